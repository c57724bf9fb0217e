using Bot.Emulators.WeCom;

namespace Bot.Emulators.Bench;

/// <summary>One desk for each member of the company, with the chat of the app open.</summary>
internal sealed class Desks(WeComPlatform platform, HashSet<string> onShelf)
{
    public void Map(WebApplication app)
    {
        app.MapGet("/desk/media/{id}", (string id) => platform.Media.Find(id) is { } media ? Results.Bytes(media.Bytes, media.ContentType) : Results.NotFound());
        app.MapPost("/desk/members/{id}/{act}", Act);
    }

    public object State() => new
    {
        company = platform.App.CompanyName,
        app = platform.App.Name,
        menu = platform.Menu.Entries,
        members = platform.Members.Select(member => new
        {
            id = member.UserId,
            name = member.Name,
            position = member.Position,
            unit = string.Join('、', platform.Departments.Where(one => member.Departments.Contains(one.Id)).Select(one => one.Name)),
            seesApp = member.SeesApp,
            standing = member.Standing.ToString(),
            shelved = onShelf.Contains(member.UserId),
            entries = member.Chat.Select(entry => new
            {
                number = entry.Number,
                at = entry.At.ToOffset(BenchPage.China),
                own = entry.Kind == EntryKind.Own,
                type = entry.Type,
                parts = BenchPage.Parts(entry.Text),
                url = entry.Url,
                recalled = entry.Recalled,
                picture = platform.Media.Find(entry.MediaId) is { Type: "image" } ? $"/desk/media/{entry.MediaId}" : null,
                card = entry.Card is { } card ? Drawn(card) : null,
            }),
        }),
    };

    private static object Drawn(ShownCard card) => new
    {
        version = card.Updates,
        source = card.Source,
        title = card.Title,
        description = card.Description,
        figure = card.Emphasis.Figure,
        figureWhat = card.Emphasis.What,
        quoteTitle = card.QuoteTitle,
        quote = card.Quote,
        subTitle = card.SubTitle,
        lines = card.Lines,
        paragraphs = card.Paragraphs,
        links = card.Links,
        url = card.Url,
        questions = card.Questions,
        buttons = card.Buttons,
        submit = card.Submit?.Text,
        actions = card.MenuActions.Select(action => action.Text),
        grey = card.GreyText,
    };

    private async Task<IResult> Act(string id, string act, HttpRequest request, CancellationToken cancellationToken) =>
        platform.Find(id) is { } member ? await BenchPage.Try(() => Do(member, act, request, cancellationToken)) : Results.NotFound();

    private static async Task Do(WeComMember member, string act, HttpRequest request, CancellationToken cancellationToken)
    {
        if (act == "photo")
        {
            using var picture = new MemoryStream();
            await request.Body.CopyToAsync(picture, cancellationToken);
            await member.SendPhoto(picture.ToArray());
            return;
        }

        var asked = await request.ReadFromJsonAsync<Asked>(BenchPage.Web, cancellationToken) ?? new();
        await (act switch
        {
            "text" => member.Say(asked.Text ?? ""),
            "open" => member.Open(),
            "menu" => member.TapMenu(asked.Text ?? ""),
            "location" => member.SendLocation(31.2990, 120.5853, asked.Text ?? "云澜区"),
            "tap" => member.Tap(Card(member, asked), asked.Text ?? "", asked.Chosen?.Values.FirstOrDefault()),
            "submit" => member.Submit(Card(member, asked), [.. (asked.Chosen ?? []).SelectMany(one => one.Value.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(answer => (one.Key, answer)))]),
            "action" => member.TapAction(Card(member, asked), asked.Text ?? ""),
            "leave" => member.Leave(),
            "disable" => member.Disable(),
            "enable" => member.Enable(),
            "lose" => member.LoseSight(),
            "gain" => member.GainSight(),
            _ => throw new InvalidOperationException($"企业微信里不能做“{act}”。"),
        });
    }

    private static ShownCard Card(WeComMember member, Asked asked) =>
        member.Chat.FirstOrDefault(entry => entry.Number == asked.Entry)?.Card ?? throw new InvalidOperationException("没有这张卡片。");

    private sealed record Asked(string? Text = null, long Entry = 0, Dictionary<string, string>? Chosen = null);
}
