using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Emulators.WeCom;

namespace Bot.Emulators.Bench;

/// <summary>What stands beside phones and desks in a trial: a clock that can be moved, and the product's own page.</summary>
public sealed record Surroundings(Func<DateTimeOffset, CancellationToken, Task> MoveTo, string? Web);

/// <summary>A page with phones of people who use the official account, and desks of those who use the company's app.</summary>
public sealed class BenchPage
{
    internal static readonly TimeSpan China = TimeSpan.FromHours(8);
    internal static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly Dictionary<string, string> Files = new Dictionary<string, string>
    {
        ["bench.html"] = "text/html; charset=utf-8",
        ["bench.css"] = "text/css; charset=utf-8",
        ["bench.js"] = "text/javascript; charset=utf-8",
        ["phone.js"] = "text/javascript; charset=utf-8",
        ["tools.js"] = "text/javascript; charset=utf-8",
        ["desk.js"] = "text/javascript; charset=utf-8",
    };

    private readonly WeChatPlatform wechat;
    private readonly WeComPlatform? wecom;
    private readonly Surroundings? around;
    private readonly Phones phones;
    private readonly Desks? desks;

    /// <summary>People in <paramref name="shelf"/>, by openid or userid, are put out only when a visitor asks for them.</summary>
    public BenchPage(WeChatPlatform wechat, WeComPlatform? wecom = null, Surroundings? around = null, params IReadOnlyList<string> shelf)
    {
        (this.wechat, this.wecom, this.around) = (wechat, wecom, around);
        phones = new(wechat, [.. shelf]);
        desks = wecom is null ? null : new(wecom, [.. shelf]);
    }

    public void Map(WebApplication app)
    {
        app.MapGet("/", () => Page("bench.html"));
        foreach (var file in Files.Keys)
            app.MapGet("/" + file, () => Page(file));
        app.MapGet("/bench/state", () => Results.Json(State(), Web));
        app.MapGet("/bench/changes", Changes);
        app.MapPost("/bench/clock", Move);
        phones.Map(app);
        desks?.Map(app);
    }

    /// <summary>The text cut at its links; a link is named by its place among them, and has an address unless it tells the account something.</summary>
    internal static List<object> Parts(string text)
    {
        var parts = new List<object>();
        var end = 0;
        foreach (Match link in Marks.Link().Matches(text))
        {
            if (link.Index > end)
                parts.Add(new { text = text[end..link.Index] });
            var url = WebUtility.HtmlDecode(link.Groups[1].Value);
            parts.Add(new LinkPart(link.Groups[2].Value, parts.Count(part => part is LinkPart), url.StartsWith("weixin://", StringComparison.Ordinal) ? null : url));
            end = link.Index + link.Length;
        }

        if (end < text.Length)
            parts.Add(new { text = text[end..] });
        return parts;
    }

    /// <summary>Does what a visitor asked for; what cannot be done is said in words.</summary>
    internal static async Task<IResult> Try(Func<Task> act)
    {
        try
        {
            await act();
            return Results.NoContent();
        }
        catch (Exception refused) when (refused is InvalidOperationException or JsonException)
        {
            return Results.Text(refused.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static IResult Page(string file) => Results.Stream(typeof(BenchPage).Assembly.GetManifestResourceStream("Bench/" + file)!, Files[file]);

    private object State() => new
    {
        now = wechat.Time.GetUtcNow().ToOffset(China),
        movable = around is not null,
        web = around?.Web,
        phones = phones.State(),
        desks = desks?.State(),
        violations = wechat.Violations.Concat(wecom?.Violations ?? []).Select(violation => violation.ToString()),
    };

    private Task<IResult> Move(HttpRequest request, CancellationToken cancellationToken) => around is null ? Task.FromResult(Results.NotFound()) : Try(async () =>
    {
        var asked = await request.ReadFromJsonAsync<Moved>(Web, cancellationToken);
        await around.MoveTo(asked!.To, cancellationToken);
        wechat.Changed(null);
    });

    /// <summary>Tells the page that something has changed; it then asks for the state.</summary>
    private async Task Changes(HttpContext http)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Note(string? who) => changes.Writer.TryWrite(true);
        Platform[] both = wecom is null ? [wechat] : [wechat, wecom];
        foreach (var platform in both)
            platform.ScreenChanged += Note;
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsync("data: changed\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, wechat.Ending);
            await foreach (var _ in changes.Reader.ReadAllAsync(end.Token))
            {
                await http.Response.WriteAsync("data: changed\n\n", end.Token);
                await http.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the emulator stops.
        }
        finally
        {
            foreach (var platform in both)
                platform.ScreenChanged -= Note;
        }
    }

    private sealed record LinkPart(string Text, int At, string? Url);

    private sealed record Moved(DateTimeOffset To);
}
