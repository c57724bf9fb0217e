using System.Text.Json;
using System.Threading.Channels;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat.Phone;

/// <summary>What stands beside the phones in a trial: a clock that can be moved, and the page on which a visitor is an official.</summary>
public sealed record Surroundings(Func<DateTimeOffset, CancellationToken, Task> MoveTo, string? Officials);

/// <summary>A page that looks like phones, one for each person, on the emulator's own address.</summary>
public sealed class PhonePage(WeChatPlatform platform, Surroundings? around = null, params IReadOnlyList<string> shelf)
{
    /// <summary>People whose phones lie on a shelf until a visitor takes one up.</summary>
    private readonly HashSet<string> onShelf = [.. shelf];

    private static readonly TimeSpan China = TimeSpan.FromHours(8);
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly Dictionary<string, string> Files = new Dictionary<string, string>
    {
        ["phone.html"] = "text/html; charset=utf-8",
        ["phone.css"] = "text/css; charset=utf-8",
        ["phone.js"] = "text/javascript; charset=utf-8",
    };

    public void Map(WebApplication app)
    {
        app.MapGet("/", () => Page("phone.html"));
        app.MapGet("/phone.css", () => Page("phone.css"));
        app.MapGet("/phone.js", () => Page("phone.js"));
        app.MapGet("/phone/state", () => Results.Json(State(), Web));
        app.MapGet("/phone/changes", Changes);
        app.MapPost("/phone/users", () => Results.Json(new { id = platform.NewUser($"新用户{platform.Users.Count + 1}").OpenId }, Web));
        app.MapPost("/phone/clock", Move);
        app.MapPost("/phone/users/{id}/{act}", Act);
    }

    private static IResult Page(string file)
    {
        var stream = typeof(PhonePage).Assembly.GetManifestResourceStream("Phone/" + file)!;
        return Results.Stream(stream, Files[file]);
    }

    private object State()
    {
        var now = platform.Time.GetUtcNow();
        return new
        {
            account = platform.Account.Name,
            now = now.ToOffset(China),
            movable = around is not null,
            officials = around?.Officials,
            users = platform.Users.Select(user => new
            {
                id = user.OpenId,
                name = user.Name,
                follows = user.Follows,
                shelved = onShelf.Contains(user.OpenId),
                typing = user.TypingSince is { } since && now - since < TimeSpan.FromSeconds(15),
                allowance = user.Allowance,
                menu = user.Menu,
                bubbles = user.Inbox.Select(bubble => new
                {
                    number = bubble.Number,
                    at = bubble.At.ToOffset(China),
                    kind = bubble.Kind.ToString(),
                    parts = Parts(bubble),
                    choices = bubble.Choices.Select(choice => choice.Caption),
                    picture = platform.Media.Find(bubble.MediaId) is { Type: "image" } ? $"/mmbiz/{bubble.MediaId}" : null,
                    card = bubble.Card,
                }),
            }),
            codes = platform.Codes.Issued.Where(code => code.EndsAt is null || code.EndsAt > now).GroupBy(code => code.Scene).Select(same => same.Last()).Select(code => new
            {
                scene = code.Scene,
                picture = $"/cgi-bin/showqrcode?ticket={Uri.EscapeDataString(code.Ticket)}",
                until = code.EndsAt?.ToOffset(China),
            }),
            violations = platform.Violations.Select(violation => violation.ToString()),
        };
    }

    /// <summary>The text cut at its links; a link is named by its place among them.</summary>
    private static List<object> Parts(Bubble bubble)
    {
        var parts = new List<object>();
        var end = 0;
        var tappables = bubble.Tappables.ToArray();
        foreach (System.Text.RegularExpressions.Match link in Bubble.Link().Matches(bubble.Text))
        {
            if (link.Index > end)
                parts.Add(new { text = bubble.Text[end..link.Index] });
            var at = parts.Count(part => part is TappablePart);
            parts.Add(new TappablePart(link.Groups[2].Value, at, tappables[at].Url));
            end = link.Index + link.Length;
        }

        if (end < bubble.Text.Length)
            parts.Add(new { text = bubble.Text[end..] });
        return parts;
    }

    private async Task<IResult> Act(string id, string act, HttpRequest request, CancellationToken cancellationToken)
    {
        if (platform.Find(id) is not { } user)
            return Results.NotFound();
        try
        {
            await Do(user, act, request, cancellationToken);
            return Results.NoContent();
        }
        catch (Exception refused) when (refused is InvalidOperationException or JsonException)
        {
            return Results.Text(refused.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    private static async Task Do(WeChatUser user, string act, HttpRequest request, CancellationToken cancellationToken)
    {
        if (act == "photo")
        {
            using var picture = new MemoryStream();
            await request.Body.CopyToAsync(picture, cancellationToken);
            await user.SendPhoto(picture.ToArray());
            return;
        }

        var asked = await request.ReadFromJsonAsync<Asked>(Web, cancellationToken) ?? new();
        await (act switch
        {
            "follow" => user.Follow(),
            "unfollow" => user.Unfollow(),
            "scan" => user.Scan(asked.Text ?? ""),
            "text" => user.Write(asked.Text ?? ""),
            "location" => user.SendLocation(31.2990, 120.5853, asked.Text ?? "云澜区"),
            "menu" => user.TapMenu(asked.Text ?? ""),
            "tap" => user.Tap(user.Inbox.First(bubble => bubble.Number == asked.Bubble).Tappables.ElementAt(asked.At)),
            _ => throw new InvalidOperationException($"手机上不能做“{act}”。"),
        });
    }

    private async Task<IResult> Move(HttpRequest request, CancellationToken cancellationToken)
    {
        if (around is null)
            return Results.NotFound();
        try
        {
            var asked = await request.ReadFromJsonAsync<Moved>(Web, cancellationToken);
            await around.MoveTo(asked!.To, cancellationToken);
            platform.Changed(null);
            return Results.NoContent();
        }
        catch (Exception refused) when (refused is InvalidOperationException or JsonException)
        {
            return Results.Text(refused.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Tells the page that something has changed; it then asks for the state.</summary>
    private async Task Changes(HttpContext http)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Note(string? who) => changes.Writer.TryWrite(true);
        platform.ScreenChanged += Note;
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsync("data: changed\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, platform.Ending);
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
            platform.ScreenChanged -= Note;
        }
    }

    private sealed record TappablePart(string Text, int At, string? Url);

    private sealed record Asked(string? Text = null, long Bubble = 0, int At = 0);

    private sealed record Moved(DateTimeOffset To);
}
