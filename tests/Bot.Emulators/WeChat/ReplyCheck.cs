using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>What the platform does with the body of an answer to a push (rule 19).</summary>
internal sealed class ReplyCheck(OfficialAccount account, CallbackCrypto crypto, MediaStore media, AccountStrictness strict, TimeProvider time)
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
            var outer = SealedReply.Parse(text);
            var inner = outer.Element("Encrypt") is { } encrypted ? SealedReply.Parse(SealedReply.Open(crypto, outer, encrypted.Value))
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

    private PassiveReply Understand(XElement xml, string openId)
    {
        var type = xml.Element("MsgType")?.Value ?? "";
        var content = xml.Element("Content")?.Value ?? "";
        if (strict.Replies)
            CheckFrame(xml, openId, type, content);
        var mediaId = xml.Element(char.ToUpperInvariant(type.FirstOrDefault('-')) + type[Math.Min(1, type.Length)..])?.Element("MediaId")?.Value;
        if (type is "image" or "voice" or "video" && !media.Has(mediaId))
            throw new WrongReplyException($"unknown media {mediaId}");
        return new(type, type == "news" ? Article(xml) : content, mediaId, xml);
    }

    private void CheckFrame(XElement xml, string openId, string type, string content)
    {
        SealedReply.Require(xml.Name.LocalName == "xml", "the root is not <xml>");
        SealedReply.Require(xml.Element("ToUserName")?.Value == openId, "ToUserName is not the person");
        SealedReply.Require(xml.Element("FromUserName")?.Value == account.OriginalId, "FromUserName is not the account");
        SealedReply.Require(Types.Contains(type), $"unknown MsgType {type}");
        SealedReply.Require(
            long.TryParse(xml.Element("CreateTime")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var created) && Math.Abs(created - time.GetUtcNow().ToUnixTimeSeconds()) < 86_400,
            "CreateTime is not in seconds");
        if (type == "text")
        {
            SealedReply.Require(!string.IsNullOrWhiteSpace(content), "empty Content");
            SealedReply.Require(!strict.TextLength || Encoding.UTF8.GetByteCount(content) <= TextBytes, "Content longer than 2048 bytes");
        }
    }

    private static string Article(XElement xml)
    {
        var items = xml.Element("Articles")?.Elements("item").ToArray() ?? [];
        SealedReply.Require(items.Length == 1 && xml.Element("ArticleCount")?.Value == "1", "an answer to a person has exactly one article");
        return $"{items[0].Element("Title")?.Value}\n{items[0].Element("Description")?.Value}\n<a href=\"{items[0].Element("Url")?.Value}\">查看</a>";
    }
}
