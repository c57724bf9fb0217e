using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using QRCoder;

namespace Bot.Channels.Web;

/// <summary>Scenes on the web: drawn as a code to scan, and taken from the page that such a code leads to.</summary>
internal static partial class ScenePictures
{
    private const int PixelsPerDot = 6;

    /// <summary>With a public address the code opens the chat there; without one it holds the scene itself, which may also be typed.</summary>
    public static JsonObject Attachment(string scene, string? publicUrl)
    {
        using var drawn = QRCodeGenerator.GenerateQrCode(publicUrl is null ? scene : $"{publicUrl}/?scene={scene}", QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(drawn);
        return new JsonObject
        {
            ["contentType"] = "image/png",
            ["contentUrl"] = "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsPerDot)),
            ["name"] = "二维码.png",
        };
    }

    /// <summary>The scene that a page was opened with; anything that no code of ours can hold is none.</summary>
    public static string? Read(string given) => Scene().IsMatch(given) ? given : null;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex Scene();
}
