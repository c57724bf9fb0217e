using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>What WeCom does with the body of an answer to a push (rule 19): empty says nothing, everything else is sealed.</summary>
internal sealed class AppReplyCheck(CompanyApp app, CallbackCrypto crypto, WeComPlatform platform)
{
    private static readonly string[] Types = ["text", "image", "voice", "video", "news", "update_button", "update_template_card"];
    private static readonly string[] Answerable = ["subscribe", "enter_agent", "location", "click", "view", "view_miniprogram", "scancode_waitmsg"];
    private static readonly string[] CardEvents = ["template_card_event", "template_card_menu_event"];

    public (Ended Ended, string? Detail, PassiveReply? Reply) Read(byte[] body, XElement pushed)
    {
        var text = Encoding.UTF8.GetString(body);
        if (text.Length == 0)
            return (Ended.Silent, null, null);
        try
        {
            SealedReply.Require(text != "success", "a bare “success” is for command addresses of third parties; nothing to say is an empty body");
            var outer = SealedReply.Parse(text);
            var inner = SealedReply.Parse(SealedReply.Open(crypto, outer, outer.Element("Encrypt")?.Value ?? throw new WrongReplyException("a clear reply")));
            return (Ended.Replied, null, Understand(inner, pushed));
        }
        catch (XmlException unreadable)
        {
            return (Ended.Unreadable, unreadable.Message, null);
        }
        catch (Exception wrong) when (wrong is WrongReplyException or SealBrokenException or RefusedException)
        {
            return (Ended.Wrong, wrong.Message, null);
        }
    }

    private PassiveReply Understand(XElement xml, XElement pushed)
    {
        var type = xml.Element("MsgType")?.Value ?? "";
        var content = xml.Element("Content")?.Value ?? "";
        if (platform.Strict.Replies)
        {
            CheckFrame(xml, pushed, type);
            SealedReply.Require(type != "text" || !string.IsNullOrWhiteSpace(content), "empty Content");
        }

        var mediaId = xml.Element(char.ToUpperInvariant(type.FirstOrDefault('-')) + type[Math.Min(1, type.Length)..])?.Element("MediaId")?.Value;
        if (type is "image" or "voice" or "video" && !platform.Media.Has(mediaId))
            throw new WrongReplyException($"unknown media {mediaId}");
        return new(type, Shown(xml, type, content), mediaId, xml);
    }

    private string Shown(XElement xml, string type, string content)
    {
        switch (type)
        {
            case "update_button":
                var name = xml.Element("Button")?.Element("ReplaceName")?.Value ?? "";
                SealedReply.Require(name.Length > 0, "empty ReplaceName");
                return name;
            case "update_template_card":
                var card = CardCheck.FromXml(xml.Element("TemplateCard") ?? throw new WrongReplyException("no TemplateCard"));
                platform.Messages.Cards.Check(card, replaces: true);
                return card["main_title"].TextOrNone("title") ?? "";
            case "news":
                return string.Join('\n', xml.Element("Articles")?.Elements("item").Select(item => $"{item.Element("Title")?.Value}\n{item.Element("Description")?.Value}") ?? []);
            default:
                return content;
        }
    }

    private void CheckFrame(XElement xml, XElement pushed, string type)
    {
        SealedReply.Require(xml.Name.LocalName == "xml", "the root is not <xml>");
        SealedReply.Require(string.Equals(xml.Element("ToUserName")?.Value, pushed.Element("FromUserName")?.Value, StringComparison.OrdinalIgnoreCase), "ToUserName is not the member");
        SealedReply.Require(xml.Element("FromUserName")?.Value == app.CorpId, "FromUserName is not the company");
        SealedReply.Require(Types.Contains(type), $"unknown MsgType {type}");
        SealedReply.Require(
            long.TryParse(xml.Element("CreateTime")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var created) && Math.Abs(created - platform.Time.GetUtcNow().ToUnixTimeSeconds()) < 86_400,
            "CreateTime is not in seconds");
        var happened = pushed.Element("MsgType")?.Value == "event" ? pushed.Element("Event")?.Value.ToLowerInvariant() ?? "" : null;
        var ofCard = happened is not null && CardEvents.Contains(happened);
        SealedReply.Require(ofCard == type.StartsWith("update_", StringComparison.Ordinal), ofCard ? "a tap on a card takes an update of the card only" : $"{type} answers no card");
        SealedReply.Require(happened is null || ofCard || Answerable.Contains(happened), $"{happened} takes no answer");
    }
}
