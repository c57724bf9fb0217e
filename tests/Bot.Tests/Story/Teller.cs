using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bot.Domain.Calendar;
using Bot.Emulators.WeChat;
using Bot.Emulators.WeCom;
using Bot.Tests.Channels.WeChat.Talks;

namespace Bot.Tests.Story;

/// <summary>Somebody of the story: who they are, and where they are.</summary>
internal sealed record Character(string Name, string Who, bool Official);

/// <summary>
/// Lets the people of the story speak, and writes down what was said, by whom, where and when, and everything that came to anybody because of it. A step names
/// the words that somebody must then have heard: a story that was written anew cannot have lost its thread.
/// </summary>
internal sealed partial class Teller(BothPlatforms both, IReadOnlyList<Character> cast)
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly StringBuilder told = new();
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<ShownCard, int> changes = [];
    private string code = "";

    public string Told => told.ToString();

    public void Write(string lines) => told.Append(lines.ReplaceLineEndings("\n")).Append("\n\n");

    /// <summary>What is on the screens already is no part of the story.</summary>
    public void Begin() => Look();

    public Task Says(string who, string words, string hears) =>
        Step(who, words, hears, () => Find(who).Official ? Desk(who).Say(words) : Phone(who).Write(words));

    public Task Taps(string who, string words, string hears) =>
        Step(who, $"（点）`{words}`", hears, () => Find(who).Official ? Desk(who).Tap(words) : Phone(who).Tap(words));

    /// <summary>Taps a button of the newest card that says <paramref name="card"/>.</summary>
    public Task Taps(string who, string card, string button, string hears) =>
        Step(who, $"（在卡片【{Desk(who).Card(card).Title}】上点）`{button}`", hears, () => Desk(who).Tap(Desk(who).Card(card), button));

    public Task Picks(string who, string entry, string hears) =>
        Step(who, $"（点菜单）`{entry}`", hears, () => Find(who).Official ? Desk(who).TapMenu(entry) : Phone(who).TapMenu(entry));

    /// <summary>Scans the code that was shown last.</summary>
    public Task ScansTheCode(string who, string hears) => Step(who, "（用微信扫检查码）", hears, () => Phone(who).Scan($"inspect_{code}"));

    /// <summary>Time passes. What else the district does on these days is no part of the story and is not told.</summary>
    /// <param name="chinaTime">Until when.</param>
    /// <param name="about">Numbers of what the story is about.</param>
    public async Task Later(string chinaTime, params IReadOnlyList<string> about)
    {
        await both.MoveTo(chinaTime);
        Write($"### {Day(both.Now)} {Clock(both.Now)}");
        Show(Look().Where(heard => about.Any(number => heard.Words.Contains(number, StringComparison.Ordinal))), speaker: "");
    }

    private async Task Step(string who, string act, string hears, Func<Task> does)
    {
        both.GoOn();
        Write($"**{Clock(both.Now)} {who}**：{act.ReplaceLineEndings("  \n")}");
        await does();
        await both.Settle();
        var heard = Look();
        Show(heard, who);
        Assert.True(heard.Any(one => one.Words.Contains(hears, StringComparison.Ordinal)), $"Nobody heard “{hears}” after {who}: {act}\n{string.Join('\n', heard.Select(one => $"{one.By}: {one.Words}"))}");
    }

    /// <summary>Who spoke is answered first; the others as the story introduces them, for what reaches whom first is chance.</summary>
    private void Show(IEnumerable<Heard> heard, string speaker)
    {
        foreach (var one in heard.OrderBy(one => one.By != speaker).ThenBy(one => Place(one.By)).ThenBy(one => one.By, StringComparer.Ordinal))
        {
            var words = one.By == speaker && one.How.Length == 0 ? one.Words : $"→ **{one.By}**{(one.How.Length > 0 ? $"（{one.How}）" : "")}\n{one.Words}";
            if (Drawn().Matches(words) is [.., var last])
                code = last.Value;
            Write(string.Join('\n', Token().Replace(Drawn().Replace(words, "〈码〉"), "〈码〉").Split('\n').Select(line => line.Length > 0 ? $"> {line}  " : ">")));
        }
    }

    /// <summary>What has come onto the screens since the last look, and the cards that have changed.</summary>
    private List<Heard> Look()
    {
        var heard = new List<Heard>();
        foreach (var phone in both.Account.Users)
        {
            foreach (var bubble in New(phone.OpenId, phone.Inbox).Where(bubble => bubble.Kind != BubbleKind.Own))
            {
                Readable.Check(bubble);
                heard.Add(new Heard(phone.Name, bubble.Kind switch { BubbleKind.Passive => "", BubbleKind.CustomerService => "微信，客服消息", _ => "微信，模板消息" }, Words(bubble)));
            }
        }

        foreach (var desk in both.Company.Members)
        {
            foreach (var entry in New(desk.UserId, desk.Chat).Where(entry => entry.Kind != EntryKind.Own))
            {
                heard.Add(new Heard(desk.Name, "", entry.Card is { } card ? Words(card) : Tappable(entry.Text)));
                if (entry.Card is { } added)
                    changes[added] = added.Updates;
            }

            foreach (var card in desk.Cards.Where(card => changes[card] != card.Updates))
            {
                changes[card] = card.Updates;
                if (card.Done() is { } done)
                    heard.Add(new Heard(desk.Name, "卡片变了", $"【{card.Title}】{done}"));
            }
        }

        return heard;
    }

    private IEnumerable<T> New<T>(string screen, IReadOnlyList<T> all)
    {
        var from = seen.GetValueOrDefault(screen);
        seen[screen] = all.Count;
        return all.Skip(from);
    }

    private static string Words(Bubble bubble) => bubble.Card is { } card
        ? $"**【{card.Title}】**\n{string.Join('\n', card.Lines.Select(line => $"{line.Key}：{line.Value}"))}{(card.Url is null ? "" : "\n`查看详情`")}"
        : Tappable(bubble.Text) + string.Concat(bubble.Choices.Select(choice => $"\n`{choice.Caption}`"));

    private static string Words(ShownCard card)
    {
        var lines = new List<string> { $"**【{card.Title}】**" };
        lines.AddRange(((string[])[card.Description, card.QuoteTitle, card.Quote, card.SubTitle]).Where(line => line.Length > 0));
        lines.AddRange(card.Lines.Concat(card.Paragraphs).Select(line => $"{line.Key}：{line.Value}"));
        lines.AddRange(card.Questions.Select(question => $"{question.Title}：{string.Join('／', question.Options.Select(option => $"`{option.Text}`"))}"));
        lines.Add(string.Join(' ', card.Links.Concat(card.Buttons).Append(card.Submit).OfType<CardButton>().Select(button => $"`{button.Text}`")));
        if (card.Done() is { } done)
            lines.Add(done);
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private static string Tappable(string text) => Link().Replace(text, "`$1`").ReplaceLineEndings("\n");

    private static string Clock(DateTimeOffset at) => at.ToOffset(China).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => ChineseDates.WithWeekday(DateOnly.FromDateTime(at.ToOffset(China).DateTime));

    private Character Find(string name) => cast.Single(one => one.Name == name);

    private int Place(string name) => cast.TakeWhile(one => one.Name != name).Count();

    private WeChatUser Phone(string name) => both.Account.Users.First(user => user.Name == name);

    private WeComMember Desk(string name) => both.Company.Members.First(member => member.Name == name);

    [GeneratedRegex("""<a\s+href="[^"]*"[^>]*>(.*?)</a>""", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex("(?<![0-9A-Z-])(?:[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})(?![0-9A-Z-])")]
    private static partial Regex Drawn();

    [GeneratedRegex("(?<=/letters/)[0-9A-Za-z_-]+")]
    private static partial Regex Token();

    /// <summary>One thing on somebody's screen.</summary>
    private sealed record Heard(string By, string How, string Words);
}

/// <summary>How a card ended.</summary>
internal static class CardsThatEnded
{
    /// <summary>What stands on the card after it was settled; none while it can be used.</summary>
    public static string? Done(this ShownCard card) => card.GreyText is { } grey ? $"〖{grey}〗{(card.Description.Contains(grey, StringComparison.Ordinal) ? card.Description : "")}" : null;
}
