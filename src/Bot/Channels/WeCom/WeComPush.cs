using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Channels.Callbacks;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Storage;

namespace Bot.Channels.WeCom;

/// <summary>A message or event of WeCom as it was pushed: authenticated, decrypted and well-formed, its meaning not yet looked at.</summary>
public sealed class WeComPush : IPush
{
    /// <summary>Who is named as the sender of what concerns the address book.</summary>
    public const string System = "sys";

    public const string EnterAgent = "enter_agent";

    private const int LongestId = 64;
    private const int LongestText = 8000;
    private const int MostChosen = 100;

    private WeComPush()
    {
    }

    /// <summary>The company.</summary>
    public string To { get; private set; } = "";

    /// <summary>The member's userid as the platform writes it here; elsewhere it may write it in other case.</summary>
    public string From { get; private set; } = "";

    /// <summary>Null when it names none, as what concerns the address book does not.</summary>
    public string? AgentId { get; private set; }

    /// <summary>The platform's clock when it happened; a push may come much later.</summary>
    public DateTime At { get; private set; }

    public string Type { get; private set; } = "";

    /// <summary>In small letters; empty for a message.</summary>
    public string Event { get; private set; } = "";

    public string? EventKey { get; private set; }

    public string? Content { get; private set; }

    public string? MediaId { get; private set; }

    public string? Title { get; private set; }

    public string? Url { get; private set; }

    public string? ScanResult { get; private set; }

    /// <summary>Of a change in the address book.</summary>
    public string? ChangeType { get; private set; }

    public string? UserId { get; private set; }

    public string? NewUserId { get; private set; }

    public string? Status { get; private set; }

    /// <summary>Of a tapped card.</summary>
    public string? TaskId { get; private set; }

    public string? ResponseCode { get; private set; }

    /// <summary>The options that were chosen in a card, in the order of its questions.</summary>
    public IReadOnlyList<string> Chosen { get; private set; } = [];

    /// <summary>What is known of the tapped card, once it was looked up.</summary>
    internal SentCard? TappedCard { get; set; }

    /// <summary>
    /// The same however often it is delivered, and never that of another push: events of the address book of one second differ only in what they say.
    /// Opening the app has one key a day, because a greeting is enough for the day. Ends with the userid.
    /// </summary>
    public string Key { get; private set; } = "";

    public Address Address => AddressOf(From);

    /// <summary>The same person whatever the case the platform writes the userid in (WeCom, messages).</summary>
    public static Address AddressOf(string userId) => new(WeComMeanings.Channel, userId.ToLowerInvariant());

    /// <summary>Null when it is not the XML of a push.</summary>
    public static WeComPush? Read(ReadOnlySpan<byte> xml)
    {
        var push = new WeComPush();
        var fields = new Fields();
        return push.Fill(xml, ref fields) ? push : null;
    }

    private bool Fill(ReadOnlySpan<byte> document, ref Fields fields)
    {
        var xml = new StrictXml(document);
        if (xml.Read() != XmlPart.Start || !xml.Name.SequenceEqual("xml"u8))
            return false;
        List<string>? chosen = null;
        while (true)
        {
            switch (xml.Read())
            {
                case XmlPart.Leaf when xml.Depth == 1:
                    if (!fields.Take(this, xml.Name, xml.Value))
                        return false;
                    break;

                // One SDK has the name misspelt as the platform once did (WeCom, events).
                case XmlPart.Leaf when xml.Name.SequenceEqual("OptionId"u8) || xml.Name.SequenceEqual("OpitonId"u8):
                    if ((chosen ??= []).Count == MostChosen)
                        return false;
                    chosen.Add(Words(xml.Value));
                    break;
                case XmlPart.Leaf when xml.Name.SequenceEqual("ScanResult"u8):
                    ScanResult = Words(xml.Value);
                    break;
                case XmlPart.Done:
                    Chosen = chosen ?? (IReadOnlyList<string>)[];
                    return fields.Complete(this, document);
                case XmlPart.Broken:
                    return false;
            }
        }
    }

    private static string Words(ReadOnlySpan<byte> value)
    {
        var words = Encoding.UTF8.GetString(value);
        return words.Length <= LongestText ? words : words[..LongestText];
    }

    private static bool IsId(ReadOnlySpan<byte> value) => value.Length is > 0 and <= LongestId && !value.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>Letters, digits and four signs, no more: nothing that would join two ids in one.</summary>
    private static bool IsUserId(ReadOnlySpan<byte> value)
    {
        foreach (var letter in value)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'_' or (byte)'-' or (byte)'@' or (byte)'.'))
                return false;
        }

        return value.Length is > 0 and <= LongestId;
    }

    /// <summary>The fields of the outermost element. One that decides who said what, and comes twice, makes the push a forgery.</summary>
    private ref struct Fields
    {
        private long seconds;
        private string? messageId;

        public bool Take(WeComPush push, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            switch (name)
            {
                case var _ when name.SequenceEqual("ToUserName"u8):
                    return push.To.Length == 0 && IsId(value) && (push.To = Encoding.ASCII.GetString(value)).Length > 0;
                case var _ when name.SequenceEqual("FromUserName"u8):
                    return push.From.Length == 0 && IsUserId(value) && (push.From = Encoding.ASCII.GetString(value)).Length > 0;
                case var _ when name.SequenceEqual("CreateTime"u8):
                    return seconds == 0 && Utf8Parser.TryParse(value, out seconds, out var read) && read == value.Length && seconds is > 0 and < 100_000_000_000;
                case var _ when name.SequenceEqual("MsgType"u8):
                    return push.Type.Length == 0 && (push.Type = Words(value).ToLowerInvariant()).Length > 0;
                case var _ when name.SequenceEqual("MsgId"u8):
                    return messageId is null && IsId(value) && (messageId = Encoding.ASCII.GetString(value)).Length > 0;
                case var _ when name.SequenceEqual("AgentID"u8):
                    return push.AgentId is null && (push.AgentId = Words(value)) is not null;
                case var _ when name.SequenceEqual("Event"u8):
                    return push.Event.Length == 0 && (push.Event = Words(value).ToLowerInvariant()).Length > 0;
                case var _ when name.SequenceEqual("EventKey"u8):
                    return push.EventKey is null && (push.EventKey = Words(value)) is not null;
                case var _ when name.SequenceEqual("Content"u8):
                    return push.Content is null && (push.Content = Words(value)) is not null;
                case var _ when name.SequenceEqual("TaskId"u8):
                    return push.TaskId is null && (push.TaskId = Words(value)) is not null;
                case var _ when name.SequenceEqual("ResponseCode"u8):
                    return push.ResponseCode is null && (push.ResponseCode = Words(value)) is not null;
                case var _ when name.SequenceEqual("ChangeType"u8):
                    return push.ChangeType is null && (push.ChangeType = Words(value).ToLowerInvariant()) is not null;
                case var _ when name.SequenceEqual("UserID"u8):
                    return push.UserId is null && IsUserId(value) && (push.UserId = Encoding.ASCII.GetString(value)).Length > 0;
                case var _ when name.SequenceEqual("NewUserID"u8):
                    return push.NewUserId is null && (value.IsEmpty || IsUserId(value)) && (push.NewUserId = Encoding.ASCII.GetString(value)) is not null;
                case var _ when name.SequenceEqual("Status"u8):
                    push.Status = Words(value);
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
                default:
                    return true;
            }
        }

        public readonly bool Complete(WeComPush push, ReadOnlySpan<byte> document)
        {
            if (push.To.Length == 0 || push.From.Length == 0 || seconds == 0 || push.Type.Length == 0 || push.Type == "event" != push.Event.Length > 0)
                return false;
            push.At = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
            var from = push.From.ToLowerInvariant();
            push.Key = (push.Event, messageId) switch
            {
                (EnterAgent, _) => string.Create(CultureInfo.InvariantCulture, $"{StartOfDay(push.At)}:enter:{from}"),
                ("", not null) => string.Create(CultureInfo.InvariantCulture, $"{seconds}:{messageId}:{from}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"{seconds}:{Base64Url.EncodeToString(SHA256.HashData(document))}:{from}"),
            };
            return true;
        }

        private static long StartOfDay(DateTime at) => new DateTimeOffset(ChinaClock.ToUtc(ChinaClock.ToChinaDate(at), TimeOnly.MinValue)).ToUnixTimeSeconds();
    }
}
