using System.Text;
using System.Xml.Linq;

namespace Bot.Emulators.Tencent;

/// <summary>A push that no service may accept (rule 17): each is right but for one thing.</summary>
public sealed class WrongPush
{
    private readonly Func<CallbackLine, string, string, HttpRequestMessage> build;

    private WrongPush(string name, Func<CallbackLine, string, string, HttpRequestMessage> build) => (Name, this.build) = (name, build);

    public static WrongPush BadSignature { get; } = new(nameof(BadSignature), (line, person, text) => Sealed(line, person, text, signature: value => Flip(value)));

    public static WrongPush ForeignReceiver { get; } = new(nameof(ForeignReceiver), (line, person, text) =>
        Sealed(line, person, text, crypto: line.OtherCrypto(receiver: "wxforeign000000000")));

    public static WrongPush StaleTimestamp { get; } = new(nameof(StaleTimestamp), (line, person, text) => Sealed(line, person, text, ago: TimeSpan.FromHours(2)));

    public static WrongPush TamperedBody { get; } = new(nameof(TamperedBody), (line, person, text) => Sealed(line, person, text, encrypted: Flip));

    public static WrongPush WrongKey { get; } = new(nameof(WrongKey), (line, person, text) =>
        Sealed(line, person, text, crypto: line.OtherCrypto(encodingAesKey: "V3JvbmdLZXlXcm9uZ0tleVdyb25nS2V5V3JvbmdLZXk")));

    public static WrongPush ClearBody { get; } = new(nameof(ClearBody), (line, person, text) => Clear(line, person, line.TextFrom(person, text)));

    public static WrongPush Doctype { get; } = new(nameof(Doctype), (line, person, text) => Sealed(line, person, text, inner: xml => "<!DOCTYPE xml [<!ENTITY a \"b\">]>" + xml));

    public static WrongPush BillionLaughs { get; } = new(nameof(BillionLaughs), (line, person, text) => Clear(line, person, Laughs()));

    public static WrongPush ExternalEntity { get; } = new(nameof(ExternalEntity), (line, person, text) =>
        Clear(line, person, "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><xml><ToUserName>&x;</ToUserName><Encrypt>&x;</Encrypt></xml>"));

    public static WrongPush Huge { get; } = new(nameof(Huge), (line, person, text) => Sealed(line, person, text + new string('大', 3_500_000)));

    public static WrongPush IllegalCharacters { get; } = new(nameof(IllegalCharacters), (line, person, text) => Sealed(line, person, text, inner: xml => xml.Replace("<xml>", "<xml>\u0001\u0008", StringComparison.Ordinal)));

    public static WrongPush Json { get; } = new(nameof(Json), (line, person, text) => Clear(line, person, $$"""{"ToUserName":"{{person}}","Encrypt":"AAAA"}"""));

    public static WrongPush Empty { get; } = new(nameof(Empty), (line, person, text) => Clear(line, person, ""));

    public static WrongPush NotUtf8 { get; } = new(nameof(NotUtf8), (line, person, text) =>
        line.Post(ClearQuery(line, person), [.. Encoding.ASCII.GetBytes("<xml><ToUserName>"), 0xC3, 0x28, 0xFF, .. Encoding.ASCII.GetBytes("</ToUserName></xml>")]));

    public static WrongPush NoSignature { get; } = new(nameof(NoSignature), (line, person, text) => line.Post("", line.TextFrom(person, text)));

    public static IReadOnlyList<WrongPush> All { get; } =
    [
        BadSignature, ForeignReceiver, StaleTimestamp, TamperedBody, WrongKey, ClearBody, Doctype, BillionLaughs, ExternalEntity, Huge, IllegalCharacters, Json, Empty, NotUtf8, NoSignature,
    ];

    public string Name { get; }

    public override string ToString() => Name;

    internal HttpRequestMessage Build(CallbackLine line, string person, string text) => build(line, person, text);

    private static HttpRequestMessage Sealed(
        CallbackLine line,
        string person,
        string text,
        CallbackCrypto? crypto = null,
        TimeSpan ago = default,
        Func<string, string>? inner = null,
        Func<string, string>? encrypted = null,
        Func<string, string>? signature = null)
    {
        crypto ??= line.Crypto;
        var (timestamp, nonce) = (line.Timestamp(ago), CallbackLine.Nonce());
        var xml = line.TextFrom(person, text);
        var ciphertext = crypto.Encrypt(inner?.Invoke(xml) ?? xml);
        var signed = crypto.Sign(timestamp, nonce, ciphertext);
        return line.Post(line.Query(timestamp, nonce, person, signature?.Invoke(signed) ?? signed), line.Envelope(encrypted?.Invoke(ciphertext) ?? ciphertext).ToString(SaveOptions.DisableFormatting));
    }

    private static HttpRequestMessage Clear(CallbackLine line, string person, string body) => line.Post(ClearQuery(line, person), body);

    private static string ClearQuery(CallbackLine line, string person) => line.Query(line.Timestamp(), CallbackLine.Nonce(), person, null);

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
