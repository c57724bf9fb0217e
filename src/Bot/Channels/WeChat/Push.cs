using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Channels.Callbacks;
using Bot.Domain.Commands;

namespace Bot.Channels.WeChat;

/// <summary>One answer or result inside a subscription-notice event.</summary>
public sealed record SubscriptionItem(string TemplateId, string? Answer, string? MessageId, string? ErrorCode, string? ErrorStatus);

/// <summary>A message or event as the platform pushed it: authenticated, decrypted and well-formed, its meaning not yet looked at.</summary>
public sealed class Push : IPush
{
    private const int LongestId = 64;
    private const int LongestText = 8000;

    private Push()
    {
    }

    /// <summary>The account's own id, <c>gh_…</c>.</summary>
    public string To { get; private set; } = "";

    /// <summary>The person's openid.</summary>
    public string From { get; private set; } = "";

    /// <summary>The platform's clock when it happened; a push may come much later.</summary>
    public DateTime At { get; private set; }

    public string Type { get; private set; } = "";

    /// <summary>In small letters, as older and newer pages spell it differently; empty for a message.</summary>
    public string Event { get; private set; } = "";

    public string? EventKey { get; private set; }

    public string? Content { get; private set; }

    public string? Recognition { get; private set; }

    public string? MediaId { get; private set; }

    public string? Title { get; private set; }

    public string? Url { get; private set; }

    /// <summary>Of the choice that was tapped.</summary>
    public string? MenuId { get; private set; }

    /// <summary>Of a message that the platform reports about.</summary>
    public string? ReportedId { get; private set; }

    public string? Status { get; private set; }

    public string? ScanResult { get; private set; }

    public IReadOnlyList<SubscriptionItem> Items { get; private set; } = [];

    /// <summary>
    /// The same however often it is delivered, and never that of another push: MsgId alone has collided between people, and events of one second
    /// differ only in what they say. Begins with the time, so that what comes together is stored together, and ends with the openid.
    /// </summary>
    public string Key { get; private set; } = "";

    public Address Address => new(Meanings.Channel, From);

    /// <summary>Null when it is not the XML of a push.</summary>
    public static Push? Read(ReadOnlySpan<byte> xml)
    {
        var push = new Push();
        var fields = new Fields();
        return push.Fill(xml, ref fields) ? push : null;
    }

    private bool Fill(ReadOnlySpan<byte> document, ref Fields fields)
    {
        var xml = new StrictXml(document);
        if (xml.Read() != XmlPart.Start || !xml.Name.SequenceEqual("xml"u8))
            return false;
        List<SubscriptionItem>? items = null;
        while (true)
        {
            switch (xml.Read())
            {
                case XmlPart.Leaf when xml.Depth == 1:
                    if (!fields.Take(this, xml.Name, xml.Value))
                        return false;
                    break;
                case XmlPart.Leaf:
                    Inside(xml.Name, xml.Value, items);
                    break;
                case XmlPart.Start when xml.Name.SequenceEqual("List"u8):
                    (items ??= []).Add(new SubscriptionItem("", null, null, null, null));
                    break;
                case XmlPart.Done:
                    Items = items ?? (IReadOnlyList<SubscriptionItem>)[];
                    return fields.Complete(this, document);
                case XmlPart.Broken:
                    return false;
            }
        }
    }

    /// <summary>Which wrapper stands around the list differs between sources, so none is asked for.</summary>
    private void Inside(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, List<SubscriptionItem>? items)
    {
        if (name.SequenceEqual("ScanResult"u8))
            ScanResult = Words(value);
        if (items is not [.., var last])
            return;
        items[^1] = name switch
        {
            _ when name.SequenceEqual("TemplateId"u8) => last with { TemplateId = Words(value) },
            _ when name.SequenceEqual("SubscribeStatusString"u8) => last with { Answer = Words(value) },
            _ when name.SequenceEqual("MsgID"u8) => last with { MessageId = Words(value) },
            _ when name.SequenceEqual("ErrorCode"u8) => last with { ErrorCode = Words(value) },
            _ when name.SequenceEqual("ErrorStatus"u8) => last with { ErrorStatus = Words(value) },
            _ => last,
        };
    }

    private static string Words(ReadOnlySpan<byte> value)
    {
        var words = Encoding.UTF8.GetString(value);
        return words.Length <= LongestText ? words : words[..LongestText];
    }

    private static bool IsId(ReadOnlySpan<byte> value) => value.Length is > 0 and <= LongestId && !value.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>The fields of the outermost element. One that decides who said what, and comes twice, makes the push a forgery.</summary>
    private ref struct Fields
    {
        private long seconds;
        private string? messageId;

        public bool Take(Push push, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            switch (name)
            {
                case var _ when name.SequenceEqual("ToUserName"u8):
                    return push.To.Length == 0 && IsId(value) && (push.To = Encoding.ASCII.GetString(value)).Length > 0;
                case var _ when name.SequenceEqual("FromUserName"u8):
                    return push.From.Length == 0 && IsId(value) && (push.From = Encoding.ASCII.GetString(value)).Length > 0;
                case var _ when name.SequenceEqual("CreateTime"u8):
                    return seconds == 0 && Utf8Parser.TryParse(value, out seconds, out var read) && read == value.Length && seconds is > 0 and < 100_000_000_000;
                case var _ when name.SequenceEqual("MsgType"u8):
                    return push.Type.Length == 0 && (push.Type = TypeOf(value)).Length > 0;
                case var _ when name.SequenceEqual("MsgId"u8):
                    return messageId is null && IsId(value) && (messageId = Encoding.ASCII.GetString(value)).Length > 0;
                case var _ when name.SequenceEqual("Content"u8):
                    return push.Content is null && (push.Content = Words(value)) is not null;
                case var _ when name.SequenceEqual("Event"u8):
                    return push.Event.Length == 0 && (push.Event = Words(value).ToLowerInvariant()).Length > 0;
                case var _ when name.SequenceEqual("EventKey"u8):
                    return push.EventKey is null && (push.EventKey = Words(value)) is not null;
                case var _ when name.SequenceEqual("bizmsgmenuid"u8):
                    push.MenuId = Words(value);
                    return true;
                case var _ when name.SequenceEqual("Recognition"u8):
                    push.Recognition = Words(value);
                    return true;
                case var _ when name.SequenceEqual("MediaId"u8):
                    push.MediaId = Words(value);
                    return true;
                case var _ when name.SequenceEqual("Title"u8):
                    push.Title = Words(value);
                    return true;
                case var _ when name.SequenceEqual("Url"u8):
                    push.Url = Words(value);
                    return true;
                case var _ when name.SequenceEqual("MsgID"u8):
                    push.ReportedId = Words(value);
                    return true;
                case var _ when name.SequenceEqual("Status"u8):
                    push.Status = Words(value);
                    return true;
                default:
                    return true;
            }
        }

        public readonly bool Complete(Push push, ReadOnlySpan<byte> document)
        {
            if (push.To.Length == 0 || push.From.Length == 0 || seconds == 0 || push.Type.Length == 0 || push.Type == "event" != push.Event.Length > 0)
                return false;
            push.At = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
            push.Key = messageId is not null && push.Event.Length == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{seconds}:{messageId}:{push.From}")
                : string.Create(CultureInfo.InvariantCulture, $"{seconds}:{Base64Url.EncodeToString(SHA256.HashData(document))}:{push.From}");
            return true;
        }

        private static string TypeOf(ReadOnlySpan<byte> value) => value.SequenceEqual("text"u8) ? "text" : Words(value).ToLowerInvariant();
    }
}
