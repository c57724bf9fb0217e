using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Bot.Emulators.WeChat;

/// <summary>What the platform does with the body of an answer to a push (rule 19).</summary>
internal sealed class ReplyCheck(OfficialAccount account, CallbackCrypto crypto, MediaStore media, Strictness strict, TimeProvider time)
{
    private const int TextBytes = 2048;
    private static readonly string[] Types = ["text", "image", "voice", "video", "music", "news", "transfer_customer_service"];

    public (Ended Ended, string? Detail, PassiveReply? Reply) Read(byte[] body, string openId)
    {
        var text = Encoding.UTF8.GetString(body);
        if (text.Length == 0 || text == "success")
            return (Ended.Silent, null, null);
        try
        {
            var outer = Parse(text);
            var inner = outer.Element("Encrypt") is { } encrypted ? Parse(Open(outer, encrypted.Value))
                : account.Mode == PushMode.Safe ? throw new WrongReplyException("a clear reply in safe mode")
                : outer;
            return (Ended.Replied, null, Understand(inner, openId));
        }
        catch (XmlException unreadable)
        {
            return (Ended.Unreadable, unreadable.Message, null);
        }
        catch (Exception wrong) when (wrong is WrongReplyException or SealBrokenException)
        {
            return (Ended.Wrong, wrong.Message, null);
        }
    }

    private static XElement Parse(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private string Open(XElement outer, string encrypted)
    {
        var timestamp = outer.Element("TimeStamp")?.Value ?? throw new WrongReplyException("no TimeStamp");
        var nonce = outer.Element("Nonce")?.Value ?? throw new WrongReplyException("no Nonce");
        if (crypto.Sign(timestamp, nonce, encrypted) != outer.Element("MsgSignature")?.Value)
            throw new WrongReplyException("wrong MsgSignature");
        return crypto.Decrypt(encrypted);
    }

    private PassiveReply Understand(XElement xml, string openId)
    {
        var type = xml.Element("MsgType")?.Value ?? "";
        var content = xml.Element("Content")?.Value ?? "";
        if (strict.Replies)
            CheckFrame(xml, openId, type, content);
        var mediaId = xml.Element(char.ToUpperInvariant(type.FirstOrDefault('-')) + type[Math.Min(1, type.Length)..])?.Element("MediaId")?.Value;
        if (type is "image" or "voice" or "video" && !media.Has(mediaId))
            throw new WrongReplyException($"unknown media {mediaId}");
        return new(type, type == "news" ? Article(xml) : content, mediaId);
    }

    private void CheckFrame(XElement xml, string openId, string type, string content)
    {
        Require(xml.Name.LocalName == "xml", "the root is not <xml>");
        Require(xml.Element("ToUserName")?.Value == openId, "ToUserName is not the person");
        Require(xml.Element("FromUserName")?.Value == account.OriginalId, "FromUserName is not the account");
        Require(Types.Contains(type), $"unknown MsgType {type}");
        Require(
            long.TryParse(xml.Element("CreateTime")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var created) && Math.Abs(created - time.GetUtcNow().ToUnixTimeSeconds()) < 86_400,
            "CreateTime is not in seconds");
        if (type == "text")
        {
            Require(!string.IsNullOrWhiteSpace(content), "empty Content");
            Require(!strict.TextLength || Encoding.UTF8.GetByteCount(content) <= TextBytes, "Content longer than 2048 bytes");
        }
    }

    private static string Article(XElement xml)
    {
        var items = xml.Element("Articles")?.Elements("item").ToArray() ?? [];
        Require(items.Length == 1 && xml.Element("ArticleCount")?.Value == "1", "an answer to a person has exactly one article");
        return $"{items[0].Element("Title")?.Value}\n{items[0].Element("Description")?.Value}\n<a href=\"{items[0].Element("Url")?.Value}\">查看</a>";
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new WrongReplyException(otherwise);
    }

    private sealed class WrongReplyException(string message) : Exception(message);
}
