using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>Pushes of an official account: its modes, its console, and what the phone shows of them (rules 17 to 21).</summary>
public sealed class Callback : CallbackLine
{
    public const string FailureWording = "该公众号提供的服务出现故障，请稍后再试";

    private readonly WeChatPlatform platform;
    private OfficialAccount account;

    internal Callback(WeChatPlatform platform)
        : base(platform, new(platform.Account.Token, platform.Account.EncodingAesKey, platform.Account.AppId)) => (this.platform, account) = (platform, platform.Account);

    /// <summary>The console's change of key; what is pushed from now on is sealed with the new one.</summary>
    public void ChangeKey(string encodingAesKey)
    {
        account = account with { EncodingAesKey = encodingAesKey };
        Crypto = new(account.Token, encodingAesKey, account.AppId);
    }

    /// <summary>Saving the settings in the console: true when the service echoes what it was given, and nothing else.</summary>
    public Task<bool> Verify(CancellationToken cancellationToken = default) => Echoes(
        () =>
        {
            var (timestamp, nonce) = (Timestamp(), Nonce());
            var echo = RandomNumberGenerator.GetString("0123456789", 19);
            return ($"signature={Crypto.Sign(timestamp, nonce)}&echostr={echo}&timestamp={timestamp}&nonce={nonce}", echo);
        },
        Limit,
        cancellationToken);

    /// <summary>Delivers the same inner XML, freshly sealed each time, until it is answered; at most three times, then the phone shows that the service is broken.</summary>
    public async Task<Delivery> Push(WeChatUser user, string innerXml, bool conversing = true)
    {
        var outcome = await Deliver(() => Request(innerXml, user.OpenId), body => Check.Read(body, user.OpenId));
        var delivery = new Delivery(innerXml, outcome.Attempts, outcome.Reply, outcome.Failed && conversing);
        Show(user, delivery);
        return delivery;
    }

    /// <summary>Delivers once more what was answered long ago, as a platform does that lost its own note of it; no phone shows anything of that.</summary>
    public Task<Attempt> Repeat(WeChatUser user, string innerXml) => Try(() => Request(innerXml, user.OpenId), body => Check.Read(body, user.OpenId), mayBeCut: false);

    /// <summary>Sends something that a service must refuse, once, and gives back what it said.</summary>
    public Task<(HttpStatusCode Status, string Body)> PushWrong(WrongPush wrong, WeChatUser user, string text) => SendWrong(wrong, user.OpenId, text);

    internal override CallbackCrypto OtherCrypto(string? receiver = null, string? encodingAesKey = null) =>
        new(account.Token, encodingAesKey ?? account.EncodingAesKey, receiver ?? account.AppId);

    internal override string TextFrom(string person, string text) => new XElement(
        "xml",
        Marks.Text("ToUserName", account.OriginalId),
        Marks.Text("FromUserName", person),
        new XElement("CreateTime", Timestamp()),
        Marks.Text("MsgType", "text"),
        Marks.Text("Content", text),
        new XElement("MsgId", Nonce())).ToString(SaveOptions.DisableFormatting);

    internal override XElement Envelope(string encrypted) => new("xml", Marks.Text("ToUserName", account.OriginalId), Marks.Text("Encrypt", encrypted));

    internal override string Query(string timestamp, string nonce, string person, string? encryptedSignature) =>
        $"signature={Crypto.Sign(timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}&openid={person}{(encryptedSignature is null ? "" : $"&encrypt_type=aes&msg_signature={encryptedSignature}")}";

    private ReplyCheck Check => new(account, Crypto, platform.Media, platform.Strict, platform.Time);

    private HttpRequestMessage Request(string innerXml, string openId)
    {
        var (timestamp, nonce) = (Timestamp(), Nonce());
        if (account.Mode == PushMode.Plain)
            return Post(Query(timestamp, nonce, openId, null), innerXml);
        var encrypted = Crypto.Encrypt(innerXml);
        var envelope = account.Mode == PushMode.Compatible ? new XElement("xml", XElement.Parse(innerXml).Elements(), Marks.Text("Encrypt", encrypted)) : Envelope(encrypted);
        return Post(Query(timestamp, nonce, openId, Crypto.Sign(timestamp, nonce, encrypted)), envelope.ToString(SaveOptions.DisableFormatting));
    }

    private void Show(WeChatUser user, Delivery delivery)
    {
        lock (platform.Gate)
        {
            if (delivery.Reply is { MsgType: not "transfer_customer_service" } reply)
                user.Show(BubbleKind.Passive, reply.Text, reply.MediaId);
            if (delivery.FailureShown)
                user.Show(BubbleKind.FailureNotice, FailureWording);
            user.LastExchange = platform.Time.GetUtcNow();
        }

        platform.Book.Pushed(delivery);
    }
}
