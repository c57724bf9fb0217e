using System.Text;
using System.Xml.Linq;

namespace Bot.Emulators.WeChat;

/// <summary>A push that no service may accept (rule 17): each is right but for one thing.</summary>
public sealed class WrongPush
{
    private readonly Func<Callback, WeChatUser, string, HttpRequestMessage> build;

    private WrongPush(string name, Func<Callback, WeChatUser, string, HttpRequestMessage> build) => (Name, this.build) = (name, build);

    public static WrongPush BadSignature { get; } = new(nameof(BadSignature), (callback, user, text) => Sealed(callback, user, text, signature: value => Flip(value)));

    public static WrongPush ForeignReceiver { get; } = new(nameof(ForeignReceiver), (callback, user, text) =>
        Sealed(callback, user, text, crypto: new(callback.Account.Token, callback.Account.EncodingAesKey, "wxforeign000000000")));

    public static WrongPush StaleTimestamp { get; } = new(nameof(StaleTimestamp), (callback, user, text) => Sealed(callback, user, text, ago: TimeSpan.FromHours(2)));

    public static WrongPush TamperedBody { get; } = new(nameof(TamperedBody), (callback, user, text) => Sealed(callback, user, text, encrypted: Flip));

    public static WrongPush WrongKey { get; } = new(nameof(WrongKey), (callback, user, text) =>
        Sealed(callback, user, text, crypto: new(callback.Account.Token, "V3JvbmdLZXlXcm9uZ0tleVdyb25nS2V5V3JvbmdLZXk", callback.Account.AppId)));

    public static WrongPush ClearBody { get; } = new(nameof(ClearBody), (callback, user, text) => Clear(callback, user, Inner(callback, user, text)));

    public static WrongPush Doctype { get; } = new(nameof(Doctype), (callback, user, text) => Sealed(callback, user, text, inner: xml => "<!DOCTYPE xml [<!ENTITY a \"b\">]>" + xml));

    public static WrongPush BillionLaughs { get; } = new(nameof(BillionLaughs), (callback, user, text) => Clear(callback, user, Laughs()));

    public static WrongPush ExternalEntity { get; } = new(nameof(ExternalEntity), (callback, user, text) =>
        Clear(callback, user, "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><xml><ToUserName>&x;</ToUserName><Encrypt>&x;</Encrypt></xml>"));

    public static WrongPush Huge { get; } = new(nameof(Huge), (callback, user, text) => Sealed(callback, user, text + new string('大', 3_500_000)));

    public static WrongPush IllegalCharacters { get; } = new(nameof(IllegalCharacters), (callback, user, text) => Sealed(callback, user, text, inner: xml => xml.Replace("<xml>", "<xml>\u0001\u0008", StringComparison.Ordinal)));

    public static WrongPush Json { get; } = new(nameof(Json), (callback, user, text) => Clear(callback, user, $$"""{"ToUserName":"{{callback.Account.OriginalId}}","Encrypt":"AAAA"}"""));

    public static WrongPush Empty { get; } = new(nameof(Empty), (callback, user, text) => Clear(callback, user, ""));

    public static WrongPush NotUtf8 { get; } = new(nameof(NotUtf8), (callback, user, text) =>
        callback.Post(ClearQuery(callback, user), [.. Encoding.ASCII.GetBytes("<xml><ToUserName>"), 0xC3, 0x28, 0xFF, .. Encoding.ASCII.GetBytes("</ToUserName></xml>")]));

    public static WrongPush NoSignature { get; } = new(nameof(NoSignature), (callback, user, text) => callback.Post("", Inner(callback, user, text)));

    public static IReadOnlyList<WrongPush> All { get; } =
    [
        BadSignature, ForeignReceiver, StaleTimestamp, TamperedBody, WrongKey, ClearBody, Doctype, BillionLaughs, ExternalEntity, Huge, IllegalCharacters, Json, Empty, NotUtf8, NoSignature,
    ];

    public string Name { get; }

    public override string ToString() => Name;

    internal HttpRequestMessage Build(Callback callback, WeChatUser user, string text) => build(callback, user, text);

    private static string Inner(Callback callback, WeChatUser user, string text) => new XElement(
        "xml",
        WeChatUser.Text("ToUserName", callback.Account.OriginalId),
        WeChatUser.Text("FromUserName", user.OpenId),
        new XElement("CreateTime", callback.Timestamp()),
        WeChatUser.Text("MsgType", "text"),
        WeChatUser.Text("Content", text),
        new XElement("MsgId", Callback.Nonce())).ToString(SaveOptions.DisableFormatting);

    private static HttpRequestMessage Sealed(
        Callback callback,
        WeChatUser user,
        string text,
        CallbackCrypto? crypto = null,
        TimeSpan ago = default,
        Func<string, string>? inner = null,
        Func<string, string>? encrypted = null,
        Func<string, string>? signature = null)
    {
        crypto ??= callback.Crypto;
        var (timestamp, nonce) = (callback.Timestamp(ago), Callback.Nonce());
        var xml = Inner(callback, user, text);
        var ciphertext = crypto.Encrypt(inner?.Invoke(xml) ?? xml);
        var signed = crypto.Sign(timestamp, nonce, ciphertext);
        var query = $"signature={crypto.Sign(timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}&openid={user.OpenId}&encrypt_type=aes&msg_signature={signature?.Invoke(signed) ?? signed}";
        return callback.Post(query, $"<xml><ToUserName><![CDATA[{callback.Account.OriginalId}]]></ToUserName><Encrypt><![CDATA[{encrypted?.Invoke(ciphertext) ?? ciphertext}]]></Encrypt></xml>");
    }

    private static HttpRequestMessage Clear(Callback callback, WeChatUser user, string body) => callback.Post(ClearQuery(callback, user), body);

    private static string ClearQuery(Callback callback, WeChatUser user)
    {
        var (timestamp, nonce) = (callback.Timestamp(), Callback.Nonce());
        return $"signature={callback.Crypto.Sign(timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}&openid={user.OpenId}";
    }

    private static string Flip(string value)
    {
        var middle = value.Length / 2;
        return string.Concat(value.AsSpan(0, middle), value[middle] == 'a' ? "b" : "a", value.AsSpan(middle + 1));
    }

    private static string Laughs()
    {
        var entities = new StringBuilder("<!DOCTYPE xml [<!ENTITY l0 \"ha\">");
        for (var depth = 1; depth < 10; depth++)
            entities.Append("<!ENTITY l").Append(depth).Append(" \"").Insert(entities.Length, $"&l{depth - 1};", 10).Append("\">");
        return entities.Append("]><xml><ToUserName>&l9;</ToUserName><Encrypt>&l9;</Encrypt></xml>").ToString();
    }
}
