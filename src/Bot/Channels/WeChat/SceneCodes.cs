using Bot.Api;
using Bot.Channels.Calls;
using Bot.Channels.Tokens;
using Bot.Channels.WeChat.Api;
using QRCoder;

namespace Bot.Channels.WeChat;

/// <summary>
/// Scenes as codes that WeChat scans itself: whoever scans one follows the account, or is in the talk at once, and the scene comes with it (B6). The platform
/// is asked for the code when its picture is looked at, so that nobody waits for it in a talk. The address is sealed, because a scene may let somebody in.
/// </summary>
public sealed class SceneCodes(WeChatApi api, WeChatAccount account, Settings settings)
{
    public const string Path = "/c";

    private const string AsPicture = ".png";
    private const int LongestSeal = 256;
    private const int PixelsPerDot = 8;

    private const string Style =
        "body{font:17px/1.7 -apple-system,'PingFang SC','Microsoft YaHei',sans-serif;margin:0;background:#f5f6f7;color:#1a1a1a;text-align:center}"
        + "main{max-width:24em;margin:0 auto;padding:1.2em}img{width:100%;max-width:20em;background:#fff;border-radius:8px}";

    private readonly SealedToken? seal = account.AppSecret is { } secret ? new SealedToken("scene", secret) : null;

    /// <summary>The page that shows the code, for a link in a message; null when the service has no address of its own or may make no codes.</summary>
    public string? PageOf(string scene) =>
        settings.PublicUrl is { } root && seal is not null ? $"{root}{Path}/{seal.Seal(scene).Replace('+', '-').Replace('/', '_').TrimEnd('=')}" : null;

    /// <summary>The code's picture alone, for a page that shows it among other things.</summary>
    public string? PictureOf(string scene) => PageOf(scene) is { } page ? page + AsPicture : null;

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Path}/{{token}}", Page).ExcludeFromDescription();
        routes.MapGet($"{Path}/{{token}}{AsPicture}", Picture).ExcludeFromDescription();
    }

    private async Task<IResult> Page(string token, HttpContext http)
    {
        var (status, picture) = await Draw(token, http.RequestAborted);
        http.Response.KeepConfidential();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        return Results.Text(picture is null ? Html("看不到二维码", "", Why(status)) : Html("微信扫一扫", Image(picture), "请对方用微信扫这个码，或长按图片转发给他，不要发到群里。"), "text/html; charset=utf-8", statusCode: status);
    }

    private async Task<IResult> Picture(string token, HttpContext http)
    {
        var (status, picture) = await Draw(token, http.RequestAborted);
        http.Response.Headers.CacheControl = picture is null ? "no-store" : "private, max-age=86400";
        return picture is null ? Results.Problem(Why(status), statusCode: status) : Results.Bytes(picture, "image/png");
    }

    private async Task<(int Status, byte[]? Picture)> Draw(string token, CancellationToken cancellationToken)
    {
        if (token.Length > LongestSeal || seal?.Open(Padded(token.Replace('-', '+').Replace('_', '/'))) is not { } scene)
            return (StatusCodes.Status404NotFound, null);
        try
        {
            var code = await api.CreateQrCode(scene, WeChatApi.LongestQrCode, cancellationToken);
            using var drawn = QRCodeGenerator.GenerateQrCode(code.Url, QRCodeGenerator.ECCLevel.M);
            using var picture = new PngByteQRCode(drawn);
            return (StatusCodes.Status200OK, picture.GetGraphic(PixelsPerDot));
        }
        catch (Exception refused) when (refused is PlatformRefusedException or PlatformUnreachableException)
        {
            return (StatusCodes.Status503ServiceUnavailable, null);
        }
    }

    private static string Padded(string sealed64) => sealed64.PadRight((sealed64.Length + 3) / 4 * 4, '=');

    private static string Why(int status) =>
        status == StatusCodes.Status404NotFound ? "这个二维码的链接不正确或已作废，请再要一个。" : "二维码暂时生成不了，请过一会儿再打开，或直接用绑定码。";

    private static string Image(byte[] picture) => $"<img alt=\"二维码\" src=\"data:image/png;base64,{Convert.ToBase64String(picture)}\">";

    private static string Html(string title, string picture, string words) =>
        $"""
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <style>{Style}</style>
        </head>
        <body><main><h1>{title}</h1>{picture}<p>{words}</p></main></body>
        </html>

        """;
}
