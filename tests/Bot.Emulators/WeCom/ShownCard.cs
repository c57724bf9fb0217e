using System.Text;
using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>A button of a card; one with an address opens a page and tells the app nothing.</summary>
public sealed record CardButton(string Text, string? Key, string? Url, int Style);

/// <summary>One of the answers to choose from.</summary>
public sealed record CardOption(string Id, string Text);

/// <summary>A list to choose from: a drop-down, or boxes to tick, of which several may be chosen when <paramref name="Many"/>.</summary>
public sealed record CardQuestion(string Key, string Title, IReadOnlyList<CardOption> Options, IReadOnlyList<string> Chosen, bool Many, bool Disabled);

/// <summary>A template card as one member sees it now. An update changes it in place, for that member alone.</summary>
public sealed class ShownCard
{
    private JsonObject json;

    internal ShownCard(JsonObject card) => json = (JsonObject)card.DeepClone();

    /// <summary>What the card was made of, last time it was sent or replaced.</summary>
    public JsonObject Json => (JsonObject)json.DeepClone();

    public string Type => json.TextOrNone("card_type") ?? "";

    public string TaskId => json.TextOrNone("task_id") ?? "";

    public string Source => json["source"].TextOrNone("desc") ?? "";

    public string Title => json["main_title"].TextOrNone("title") ?? "";

    public string Description => json["main_title"].TextOrNone("desc") ?? "";

    public string SubTitle => json.TextOrNone("sub_title_text") ?? "";

    public string QuoteTitle => json["quote_area"].TextOrNone("title") ?? "";

    public string Quote => json["quote_area"].TextOrNone("quote_text") ?? "";

    /// <summary>The big figure and what it counts.</summary>
    public (string Figure, string What) Emphasis => (json["emphasis_content"].TextOrNone("title") ?? "", json["emphasis_content"].TextOrNone("desc") ?? "");

    public IReadOnlyList<KeyValuePair<string, string>> Lines => [.. Items(json, "horizontal_content_list").Select(line => KeyValuePair.Create(line.TextOrNone("keyname") ?? "", line.TextOrNone("value") ?? ""))];

    /// <summary>Longer paragraphs of a news card.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Paragraphs => [.. Items(json, "vertical_content_list").Select(one => KeyValuePair.Create(one.TextOrNone("title") ?? "", one.TextOrNone("desc") ?? ""))];

    public IReadOnlyList<CardButton> Links => [.. Items(json, "jump_list").Select(jump => new CardButton(jump.TextOrNone("title") ?? "", null, jump.TextOrNone("url"), 0))];

    public IReadOnlyList<CardButton> Buttons =>
    [
        .. Items(json, "button_list").Select(button => new CardButton(
            button.TextOrNone("text") ?? "",
            Number(button, "type") == 1 ? null : button.TextOrNone("key"),
            Number(button, "type") == 1 ? button.TextOrNone("url") : null,
            Number(button, "style") ?? 1)),
    ];

    /// <summary>Entries of the card's own little menu.</summary>
    public IReadOnlyList<CardButton> MenuActions => [.. Items(json["action_menu"], "action_list").Select(action => new CardButton(action.TextOrNone("text") ?? "", action.TextOrNone("key"), null, 0))];

    public IReadOnlyList<CardQuestion> Questions =>
    [
        .. Items(json, "select_list").Select(DropDown),
        .. json["button_selection"] is JsonObject selection ? [DropDown(selection)] : Array.Empty<CardQuestion>(),
        .. json["checkbox"] is JsonObject boxes ? [Boxes(boxes)] : Array.Empty<CardQuestion>(),
    ];

    public CardButton? Submit => json["submit_button"] is JsonObject submit ? new(submit.TextOrNone("text") ?? "提交", submit.TextOrNone("key"), null, 1) : null;

    /// <summary>Where a tap beside the buttons leads.</summary>
    public string? Url => json["card_action"].TextOrNone("url");

    /// <summary>What stands in grey where the buttons were; none while they can be tapped.</summary>
    public string? GreyText { get; private set; }

    public bool Recalled { get; private set; }

    /// <summary>How often the card was changed after it had been sent.</summary>
    public int Updates { get; private set; }

    /// <summary>Whether there is something to tap.</summary>
    public bool Usable => GreyText is null && !Recalled && (Buttons.Any(button => button.Key is not null) || Submit is not null);

    /// <summary>The card as lines of text: title, facts, buttons in brackets.</summary>
    public override string ToString()
    {
        if (Recalled)
            return "（卡片已撤回）";
        var text = new StringBuilder();
        void Line(string line)
        {
            if (line.Length > 0)
                text.AppendLine(line);
        }

        Line(Source);
        Line($"【{Title}】{Description}");
        Line($"{Emphasis.Figure} {Emphasis.What}".Trim());
        Line(string.Join('：', new[] { QuoteTitle, Quote }.Where(part => part.Length > 0)));
        Line(SubTitle);
        foreach (var (key, value) in Lines.Concat(Paragraphs))
            Line($"{key}：{value}");
        foreach (var question in Questions)
            Line($"{(question.Title.Length > 0 ? question.Title : "选择")}：{string.Join('／', question.Options.Select(option => question.Chosen.Contains(option.Id) ? $"●{option.Text}" : option.Text))}");
        Line(string.Join(' ', Links.Select(link => $"〔{link.Text}〕")));
        Line(GreyText is { } grey ? $"〖{grey}〗" : string.Join(' ', Buttons.Append(Submit).OfType<CardButton>().Select(button => $"[{button.Text}]")));
        return text.ToString().ReplaceLineEndings("\n").TrimEnd();
    }

    /// <summary>What was chosen stays as it was chosen, until the card is replaced.</summary>
    internal void Choose(string question, IReadOnlyList<string> options)
    {
        foreach (var list in Items(json, "select_list").Append(json["button_selection"]).OfType<JsonObject>().Where(list => list.TextOrNone("question_key") == question))
            list["selected_id"] = options.FirstOrDefault();
        foreach (var option in Items(json["checkbox"], "option_list").OfType<JsonObject>())
            option["is_checked"] = json["checkbox"].TextOrNone("question_key") == question ? options.Contains(option.TextOrNone("id")) : Yes(option, "is_checked");
    }

    internal void Recall() => Recalled = true;

    internal void ReplaceButtons(string words) => (GreyText, Updates) = (words, Updates + 1);

    internal void Replace(JsonObject card)
    {
        var task = TaskId;
        json = (JsonObject)card.DeepClone();
        if (TaskId.Length == 0 && task.Length > 0)
            json["task_id"] = task;
        (GreyText, Updates) = (json.TextOrNone("replace_text") is { Length: > 0 } grey ? grey : null, Updates + 1);
    }

    private static int? Number(JsonNode? node, string name) => node?[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static IEnumerable<JsonNode?> Items(JsonNode? node, string name) => node is JsonObject && node[name] is JsonArray list ? list : [];

    private static CardQuestion DropDown(JsonNode? list) => new(
        list.TextOrNone("question_key") ?? "",
        list.TextOrNone("title") ?? "",
        Options(list),
        list.TextOrNone("selected_id") is { } chosen ? [chosen] : [],
        Many: false,
        Disabled: Yes(list, "disable"));

    private static CardQuestion Boxes(JsonNode? boxes) => new(
        boxes.TextOrNone("question_key") ?? "",
        "",
        Options(boxes),
        [.. Items(boxes, "option_list").Where(option => Yes(option, "is_checked")).Select(option => option.TextOrNone("id") ?? "")],
        Many: Number(boxes, "mode") == 1,
        Disabled: Yes(boxes, "disable"));

    private static CardOption[] Options(JsonNode? list) => [.. Items(list, "option_list").Select(option => new CardOption(option.TextOrNone("id") ?? "", option.TextOrNone("text") ?? ""))];

    private static bool Yes(JsonNode? node, string name) => node?[name] is JsonValue value && (value.TryGetValue<bool>(out var yes) ? yes : value.TryGetValue<int>(out var number) && number != 0);
}
