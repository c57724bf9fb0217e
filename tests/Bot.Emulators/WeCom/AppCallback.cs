using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>Pushes of the company's app, sealed always; who answers late or wrongly gets nothing onto anybody's screen (rules 17 to 21).</summary>
public sealed class AppCallback : CallbackLine
{
    private readonly WeComPlatform platform;
    private CompanyApp app;

    internal AppCallback(WeComPlatform platform)
        : base(platform, new(platform.App.Token, platform.App.EncodingAesKey, platform.App.CorpId)) => (this.platform, app) = (platform, platform.App);

    /// <summary>How long the answer to the console's check may take.</summary>
    public TimeSpan VerificationLimit { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The console's change of key; what is pushed from now on is sealed with the new one.</summary>
    public void ChangeKey(string encodingAesKey)
    {
        app = app with { EncodingAesKey = encodingAesKey };
        Crypto = new(app.Token, encodingAesKey, app.CorpId);
    }

    /// <summary>Saving the settings in the console: true when the service answers the opened echo within a second, and nothing around it.</summary>
    public Task<bool> Verify(CancellationToken cancellationToken = default) => Echoes(
        () =>
        {
            var (timestamp, nonce) = (Timestamp(), Nonce());
            var echo = RandomNumberGenerator.GetString("0123456789", 19);
            var encrypted = Crypto.Encrypt(echo);
            return ($"msg_signature={Crypto.Sign(timestamp, nonce, encrypted)}&timestamp={timestamp}&nonce={nonce}&echostr={Uri.EscapeDataString(encrypted)}", echo);
        },
        VerificationLimit,
        cancellationToken);

    /// <summary>Delivers any inner XML as the platform would, freshly sealed each time; <paramref name="member"/> is shown the answer.</summary>
    public async Task<Delivery> Push(string innerXml, WeComMember? member = null)
    {
        var pushed = XElement.Parse(innerXml);
        var outcome = await Deliver(() => Request(innerXml), body => new AppReplyCheck(app, Crypto, platform).Read(body, pushed));
        var delivery = new Delivery(innerXml, outcome.Attempts, outcome.Reply, FailureShown: false);
        if (member is not null && outcome.Reply is { } reply)
            Show(member, pushed, reply);
        platform.Book.Pushed(delivery);
        return delivery;
    }

    /// <summary>Delivers once more what was answered long ago; no screen shows anything of that.</summary>
    public Task<Attempt> Repeat(string innerXml) => Try(() => Request(innerXml), body => new AppReplyCheck(app, Crypto, platform).Read(body, XElement.Parse(innerXml)), mayBeCut: false);

    /// <summary>Sends something that a service must refuse, once, and gives back what it said.</summary>
    public Task<(HttpStatusCode Status, string Body)> PushWrong(WrongPush wrong, WeComMember member, string text) => SendWrong(wrong, member.UserId, text);

    internal override CallbackCrypto OtherCrypto(string? receiver = null, string? encodingAesKey = null) => new(app.Token, encodingAesKey ?? app.EncodingAesKey, receiver ?? app.CorpId);

    internal override string TextFrom(string person, string text) => new XElement(
        "xml",
        Marks.Text("ToUserName", app.CorpId),
        Marks.Text("FromUserName", person),
        new XElement("CreateTime", Timestamp()),
        Marks.Text("MsgType", "text"),
        Marks.Text("Content", text),
        new XElement("MsgId", platform.NextNumber()),
        new XElement("AgentID", app.AgentId)).ToString(SaveOptions.DisableFormatting);

    internal override XElement Envelope(string encrypted) =>
        new("xml", Marks.Text("ToUserName", app.CorpId), Marks.Text("Encrypt", encrypted), Marks.Text("AgentID", $"{app.AgentId}"));

    internal override string Query(string timestamp, string nonce, string person, string? encryptedSignature) =>
        $"{(encryptedSignature is null ? "" : $"msg_signature={encryptedSignature}&")}timestamp={timestamp}&nonce={nonce}";

    private HttpRequestMessage Request(string innerXml)
    {
        var (timestamp, nonce) = (Timestamp(), Nonce());
        var encrypted = Crypto.Encrypt(innerXml);
        var envelope = Envelope(encrypted);
        if (XElement.Parse(innerXml).Element("AgentID") is not { } agent)
            envelope.Element("AgentID")!.ReplaceNodes(new XCData(""));
        else
            envelope.Element("AgentID")!.ReplaceNodes(new XCData(agent.Value));
        return Post(Query(timestamp, nonce, "", Crypto.Sign(timestamp, nonce, encrypted)), envelope.ToString(SaveOptions.DisableFormatting));
    }

    private void Show(WeComMember member, XElement pushed, PassiveReply reply)
    {
        lock (platform.Gate)
        {
            switch (reply.MsgType)
            {
                case "update_button":
                    platform.Messages.Spend(member, pushed.Element("ResponseCode")?.Value, card => card.ReplaceButtons(reply.Text));
                    break;
                case "update_template_card":
                    var replacement = CardCheck.FromXml(reply.Xml.Element("TemplateCard")!);
                    platform.Messages.Spend(member, pushed.Element("ResponseCode")?.Value, card => card.Replace(replacement));
                    break;
                default:
                    member.Show(number => new ChatEntry(number, platform.Time.GetUtcNow(), EntryKind.Passive, reply.MsgType, platform.Messages.Cut(reply.Text, "a passive text")) { MediaId = reply.MediaId });
                    break;
            }
        }
    }
}
