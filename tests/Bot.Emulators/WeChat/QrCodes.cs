using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;
using QRCoder;

namespace Bot.Emulators.WeChat;

/// <summary>A code with a scene that the service has had made.</summary>
public sealed record SceneCode(string Scene, string Ticket, string Url, DateTimeOffset? EndsAt);

/// <summary>Parametric QR codes.</summary>
public sealed class QrCodes(TimeProvider time)
{
    private const int LongestScene = 64;
    private const int LongestLife = 2_592_000;
    private const int LifeWhenUnsaid = 60;

    private readonly Lock gate = new();
    private readonly List<SceneCode> issued = [];

    public IReadOnlyList<SceneCode> Issued
    {
        get
        {
            lock (gate)
                return [.. issued];
        }
    }

    /// <summary>The scene behind a ticket or a picture's address; anything else is taken for a scene itself.</summary>
    public string SceneOf(string code) => Issued.FirstOrDefault(one => one.Ticket == code || one.Url == code)?.Scene ?? code;

    internal string TicketOf(string scene) => Issued.LastOrDefault(one => one.Scene == scene)?.Ticket ?? "g" + Random("Q8TAAAAAAAAAAS5odHRwOi8vd2VpeGlu", 60);

    internal JsonObject Create(ApiRequest request)
    {
        var json = request.Json();
        var action = json.Text("action_name");
        var scene = json.Object("action_info").Object("scene");
        var value = action switch
        {
            "QR_STR_SCENE" or "QR_LIMIT_STR_SCENE" => scene.TextOrNone("scene_str") is { Length: >= 1 and <= LongestScene } text ? text : throw new RefusedException(40053, "invalid action info"),
            "QR_SCENE" => scene.Number("scene_id") is > 0 and <= uint.MaxValue and var number ? $"{number}" : throw new RefusedException(40053, "invalid action info"),
            "QR_LIMIT_SCENE" => scene.Number("scene_id") is >= 1 and <= 100_000 and var number ? $"{number}" : throw new RefusedException(40053, "invalid action info"),
            _ => throw new RefusedException(40052, "invalid action name"),
        };
        int? seconds = action.Contains("LIMIT", StringComparison.Ordinal) ? null : json["expire_seconds"] is null ? LifeWhenUnsaid : (int)Math.Min(LongestLife, json.Number("expire_seconds"));
        var code = new SceneCode(value, "g" + Random("Q8TAAAAAAAAAAS5odHRwOi8vd2VpeGlu", 60), "http://weixin.qq.com/q/0" + Random("2abcdefghijkmnpqrstuvwxyz", 20), seconds is { } life ? time.GetUtcNow().AddSeconds(life) : null);
        lock (gate)
            issued.Add(code);
        var answer = new JsonObject { ["ticket"] = code.Ticket, ["url"] = code.Url };
        if (seconds is { } left)
            answer["expire_seconds"] = left;
        return answer;
    }

    /// <summary>The picture of a code as PNG, or none when the ticket is unknown or over.</summary>
    public byte[]? Picture(string? ticket)
    {
        var code = Issued.FirstOrDefault(one => one.Ticket == ticket && (one.EndsAt is null || one.EndsAt > time.GetUtcNow()));
        if (code is null)
            return null;
        using var drawing = QRCodeGenerator.GenerateQrCode(code.Url, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(drawing);
        return png.GetGraphic(8);
    }

    private static string Random(string from, int length) => RandomNumberGenerator.GetString(from, length);
}
