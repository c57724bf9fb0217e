using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Channels.WeChat;
using QRCoder;

namespace Bot.Channels.Web;

/// <summary>Scenes on the web: drawn as a code to scan, and taken from the page that such a code leads to.</summary>
internal static partial class ScenePictures
{
    private const int PixelsPerDot = 6;

    /// <summary>
    /// The official account's code, where it makes one. Else, with a public address, the code opens the chat there; without one it holds the scene itself, which
    /// may also be typed.
    /// </summary>
    public static JsonObject Attachment(string scene, string? publicUrl, SceneCodes? codes = null) => new()
    {
        ["contentType"] = "image/png",
        ["contentUrl"] = codes?.PictureOf(scene) ?? Drawn(scene, publicUrl),
        ["name"] = "二维码.png",
    };

    private static string Drawn(string scene, string? publicUrl)
    {
        using var drawn = QRCodeGenerator.GenerateQrCode(publicUrl is null ? scene : $"{publicUrl}/?scene={scene}", QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(drawn);
        return "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsPerDot));
    }

    /// <summary>The scene that a page was opened with; anything that no code of ours can hold is none.</summary>
    public static string? Read(string given) => Scene().IsMatch(given) ? given : null;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex Scene();
}
