using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Domain.Manifests;
using Bot.Domain.Notices;

namespace Bot.Channels.WeCom;

/// <summary>A button of a notice's card: what stands on it and what it says; <see cref="Opens"/> when it only opens something and may be tapped again.</summary>
internal sealed record CardFormButton(string Text, string Says, bool Opens);

/// <summary>
/// An act that settles what a card is about, and the words for it. <see cref="WithinUnit"/>: for the actor's own unit only. <see cref="TellsAgain"/>: the act
/// itself sends the notice again, as things stand now.
/// </summary>
internal sealed record CardOutcome(string Words, bool WithinUnit, bool TellsAgain);

/// <summary>How a notice looks as a card.</summary>
internal sealed record CardForm(
    string Title,
    IReadOnlyDictionary<string, string> Facts,
    string Text,
    string Line,
    IReadOnlyList<CardFormButton> Buttons,
    IReadOnlyDictionary<string, CardOutcome> Settled);

/// <summary>How notices look as cards on WeCom (<c>manifests/wecom/cards.json</c>). A notice without an entry is a plain card with its buttons, or a text.</summary>
internal sealed partial class CardBook
{
    public const string FileName = "wecom/cards.json";
    private const string Subject = "subject";

    private readonly Dictionary<string, CardForm> forms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly List<string> first = [];

    private CardBook()
    {
    }

    public CardForm? Of(string kind) => forms.GetValueOrDefault(kind);

    /// <summary>What the notice is called.</summary>
    public string NameOf(string kind) => names.GetValueOrDefault(kind, "通知");

    /// <summary>Where a kind stands in the morning list; the smallest comes first.</summary>
    public int Place(string kind) => first.IndexOf(kind) is >= 0 and var place ? place : first.Count;

    /// <summary>What an act means for a card of this kind; null when it settles nothing.</summary>
    public CardOutcome? Outcome(string kind, string action) => forms.GetValueOrDefault(kind)?.Settled.GetValueOrDefault(action);

    /// <exception cref="ManifestException">The file is wrong.</exception>
    public static CardBook Load(string manifests, NoticeWording wording)
    {
        var file = ManifestFile.Open(Path.Combine(manifests, FileName), FileName);
        var book = Read(file, wording);
        file.ThrowIfBroken();
        return book;
    }

    public static IReadOnlyList<ManifestProblem> Check(string manifests)
    {
        try
        {
            var file = ManifestFile.Open(Path.Combine(manifests, FileName), FileName);
            Read(file, NoticeWording.Load(Path.Combine(manifests, "notices.json")));
            return file.Problems;
        }
        catch (ManifestException broken)
        {
            return broken.Problems;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or ArgumentException)
        {
            // Reported where notices.json itself is checked.
            return [];
        }
    }

    /// <summary>Puts the fields into a template.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> fields) =>
        Field().Replace(template, match => fields.GetValueOrDefault(match.Groups[1].Value, "")).Trim();

    public static Dictionary<string, string> Fields(string json, string subject)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
        fields[Subject] = subject;
        return fields;
    }

    internal static CardBook Read(ManifestFile file, NoticeWording wording)
    {
        var book = new CardBook();
        foreach (var notice in wording.Templates)
            book.names[notice.Id] = notice.Name;
        file.Root.AllowOnly("notice", "first", "cards");
        book.first.AddRange(file.Root.Items("first").Select(kind => kind.AsText()));
        foreach (var unknown in book.first.Where(kind => !book.names.ContainsKey(kind)))
            file.Report("first", $"notices.json 里没有通知{unknown}");
        foreach (var (kind, node) in file.Root.Child("cards")?.Members() ?? [])
        {
            var notice = wording.Templates.FirstOrDefault(notice => notice.Id == kind);
            if (notice is null)
                node.Report($"notices.json 里没有通知{kind}");
            book.forms[kind] = Form(node, notice);
        }

        return book;
    }

    private static CardForm Form(ManifestNode node, NoticeTemplate? notice)
    {
        node.AllowOnly("title", "facts", "text", "line", "buttons", "settled");
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Child("facts")?.Members() ?? [])
        {
            facts[name] = value.AsText();
            if (!Words.Fits(name, TemplateCard.LongestName))
                value.Report($"“{name}”太长，最多{TemplateCard.LongestName}个字");
        }

        var form = new CardForm(
            node.Has("buttons") ? node.Text("title") : "",
            facts,
            node.OptionalText("text") ?? "",
            node.OptionalText("line") ?? "",
            [.. node.Items("buttons").Select(Button)],
            (node.Child("settled")?.Members() ?? []).ToDictionary(act => act.Name, act => Outcome(act.Node), StringComparer.Ordinal));
        if (facts.Count > TemplateCard.MostFacts)
            node.Report($"facts 最多{TemplateCard.MostFacts}项");
        if (form.Buttons.Count > TemplateCard.MostButtons)
            node.Report($"buttons 最多{TemplateCard.MostButtons}个");
        foreach (var button in form.Buttons.Where(button => !Words.Fits(button.Text, TemplateCard.LongestButton)))
            node.Report($"按钮“{button.Text}”太长，最多{TemplateCard.LongestButton}个字");
        if (notice is not null && form.Buttons.Count > 0)
            CheckFields(node, form, notice);
        return form;
    }

    /// <summary>Every field of the notice stands on the card, so that nobody is told less by it.</summary>
    private static void CheckFields(ManifestNode node, CardForm form, NoticeTemplate notice)
    {
        var shown = new[] { form.Title, form.Text }.Concat(form.Facts.Values).SelectMany(Named).ToHashSet(StringComparer.Ordinal);
        var used = shown.Concat(Named(form.Line)).Concat(form.Buttons.SelectMany(button => Named(button.Says)));
        foreach (var unknown in used.Except(notice.Fields).Where(field => field != Subject))
            node.Report($"通知{notice.Id}没有字段{{{unknown}}}，有的是：{string.Join('、', notice.Fields)}、{Subject}");
        foreach (var missing in notice.Fields.Except(shown))
            node.Report($"通知{notice.Id}的字段{{{missing}}}没有出现在卡片上");
    }

    private static CardFormButton Button(ManifestNode node)
    {
        node.AllowOnly("text", "says", "opens");
        return new CardFormButton(node.Text("text"), node.Text("says"), node.Child("opens")?.AsFlag() ?? false);
    }

    private static CardOutcome Outcome(ManifestNode node)
    {
        node.AllowOnly("says", "withinUnit", "tellsAgain");
        return new CardOutcome(node.Text("says"), node.Child("withinUnit")?.AsFlag() ?? false, node.Child("tellsAgain")?.AsFlag() ?? false);
    }

    private static IEnumerable<string> Named(string template) => Field().Matches(template).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Field();
}
