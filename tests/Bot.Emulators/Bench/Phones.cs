using Bot.Emulators.WeChat;

namespace Bot.Emulators.Bench;

/// <summary>One phone for each person of the official account.</summary>
internal sealed class Phones(WeChatPlatform platform, HashSet<string> onShelf)
{
    public void Map(WebApplication app)
    {
        app.MapPost("/phone/users", () => Results.Json(new { id = platform.NewUser($"新用户{platform.Users.Count + 1}").OpenId }, BenchPage.Web));
        app.MapPost("/phone/users/{id}/{act}", Act);
    }

    public object State()
    {
        var now = platform.Time.GetUtcNow();
        return new
        {
            account = platform.Account.Name,
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
                    at = bubble.At.ToOffset(BenchPage.China),
                    kind = bubble.Kind.ToString(),
                    parts = BenchPage.Parts(bubble.Text),
                    choices = bubble.Choices.Select(choice => choice.Caption),
                    picture = platform.Media.Find(bubble.MediaId) is { Type: "image" } ? $"/mmbiz/{bubble.MediaId}" : null,
                    card = bubble.Card,
                }),
            }),
            codes = platform.Codes.Issued.Where(code => code.EndsAt is null || code.EndsAt > now).GroupBy(code => code.Scene).Select(same => same.Last()).Select(code => new
            {
                scene = code.Scene,
                picture = $"/cgi-bin/showqrcode?ticket={Uri.EscapeDataString(code.Ticket)}",
                until = code.EndsAt?.ToOffset(BenchPage.China),
            }),
        };
    }

    private async Task<IResult> Act(string id, string act, HttpRequest request, CancellationToken cancellationToken) =>
        platform.Find(id) is { } user ? await BenchPage.Try(() => Do(user, act, request, cancellationToken)) : Results.NotFound();

    private static async Task Do(WeChatUser user, string act, HttpRequest request, CancellationToken cancellationToken)
    {
        if (act == "photo")
        {
            using var picture = new MemoryStream();
            await request.Body.CopyToAsync(picture, cancellationToken);
            await user.SendPhoto(picture.ToArray());
            return;
        }

        var asked = await request.ReadFromJsonAsync<Asked>(BenchPage.Web, cancellationToken) ?? new();
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

    private sealed record Asked(string? Text = null, long Bubble = 0, int At = 0);
}
