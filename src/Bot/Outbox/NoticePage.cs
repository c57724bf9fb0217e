using System.Text.Encodings.Web;
using Bot.Api;
using Bot.Domain.Calendar;
using Bot.Domain.Notices;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;

namespace Bot.Outbox;

/// <summary>The page with a notice's whole text, readable on a phone: nothing else, no script, no cache, in no index.</summary>
public static class NoticePage
{
    private const int LongestToken = 32;

    private const string Style =
        "body{font:17px/1.7 -apple-system,'PingFang SC','Microsoft YaHei',sans-serif;margin:0;background:#f5f6f7;color:#1a1a1a}"
        + "main{max-width:40em;margin:0 auto;padding:1.2em}h1{font-size:1.25em}p{white-space:pre-wrap;overflow-wrap:anywhere;background:#fff;border-radius:8px;padding:1em}footer{color:#555;font-size:.85em}";

    public static void MapNoticePages(this IEndpointRouteBuilder routes) => routes.MapGet(Pages.Path + "/{token}", Show).ExcludeFromDescription();

    private static async Task<IResult> Show(string token, HttpContext http, SupervisionDb db, NoticeWording wording, ChinaClock clock)
    {
        var now = clock.UtcNow;
        var notice = token.Length > LongestToken
            ? null
            : await db.Notices.AsNoTracking().FirstOrDefaultAsync(n => n.PageToken == token && n.PageUntil > now && n.State != NoticeState.Withdrawn, http.RequestAborted);
        http.Response.KeepConfidential();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        return notice is null
            ? Results.Text(Html("看不到这条通知", "链接已过期或不正确。请在公众号里回复“详情”查看最近一条通知。", ""), "text/html; charset=utf-8", statusCode: StatusCodes.Status404NotFound)
            : Results.Text(
                Html(
                    wording.Templates.FirstOrDefault(template => template.Id == notice.Kind)?.Name ?? "通知",
                    notice.Text,
                    $"{ChineseDates.Long(ChinaClock.ToChinaDate(notice.CreatedAt))}发出，本页保留到{ChineseDates.Long(ChinaClock.ToChinaDate(notice.PageUntil!.Value))}。要办理，请回到公众号。"),
                "text/html; charset=utf-8");
    }

    private static string Html(string title, string text, string foot)
    {
        var encode = HtmlEncoder.Default;
        return $"""
            <!doctype html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex, nofollow">
            <title>{encode.Encode(title)}</title>
            <style>{Style}</style>
            </head>
            <body><main><h1>{encode.Encode(title)}</h1><p>{encode.Encode(text)}</p><footer>{encode.Encode(foot)}</footer></main></body>
            </html>

            """;
    }
}
