using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>Template cards as the platform takes them: what each type needs, how many, how long, which keys (rule 15).</summary>
internal sealed partial class CardCheck(AppStrictness strict, PlatformBook book)
{
    private const int Wrong = 40058;
    private const int KeyBytes = 1024;
    private const int IdBytes = 128;

    private static readonly string[] Lists = ["action_list", "horizontal_content_list", "vertical_content_list", "jump_list", "button_list", "select_list", "option_list"];
    private static readonly string[] Numbers = ["type", "desc_color", "style", "mode", "is_checked", "disable"];

    /// <summary>A new card, or one that replaces another and then may leave the task id away.</summary>
    public void Check(JsonObject card, bool replaces)
    {
        if (!strict.Cards)
            return;
        var type = card.TextOrNone("card_type");
        var task = card.TextOrNone("task_id");
        var title = card["main_title"].TextOrNone("title") is { Length: > 0 };
        var open = replaces && card.TextOrNone("replace_text") is { Length: > 0 };
        switch (type)
        {
            case "text_notice":
                Need(title || card.TextOrNone("sub_title_text") is { Length: > 0 }, "main_title.title or sub_title_text");
                Need(card["card_action"] is JsonObject, "card_action");
                break;
            case "news_notice":
                Need(title, "main_title.title");
                Need(card["card_action"] is JsonObject, "card_action");
                Need(card["card_image"] is JsonObject || card["image_text_area"] is JsonObject, "card_image or image_text_area");
                break;
            case "button_interaction":
                Need(title, "main_title.title");
                Need(open || card["button_list"] is JsonArray { Count: > 0 }, "button_list");
                Need(replaces || task is not null, "task_id");
                break;
            case "vote_interaction":
                Need(title, "main_title.title");
                Need(card["checkbox"] is JsonObject, "checkbox");
                Need(open || card["submit_button"] is JsonObject, "submit_button");
                Need(replaces || task is not null, "task_id");
                break;
            case "multiple_interaction":
                Need(title, "main_title.title");
                Need(card["select_list"] is JsonArray { Count: > 0 }, "select_list");
                Need(open || card["submit_button"] is JsonObject, "submit_button");
                Need(replaces || task is not null, "task_id");
                break;
            default:
                throw Refused($"invalid card_type {type}");
        }

        Need(card["action_menu"] is null || replaces || task is not null, "task_id beside action_menu");
        if (task is not null && (Encoding.UTF8.GetByteCount(task) is 0 or > IdBytes || !TaskIds().IsMatch(task)))
            throw Refused($"invalid task_id {task}");
        Sizes(card);
        Keys(card);
        if (strict.CardLengths)
            Lengths(card);
    }

    /// <summary>The XML of a passive update as the JSON of the same card: CamelCase names, repeated elements for lists.</summary>
    public static JsonObject FromXml(XElement card)
    {
        var json = new JsonObject();
        foreach (var same in card.Elements().GroupBy(element => Snake(element.Name.LocalName)))
        {
            JsonNode Value(XElement element) => element.HasElements ? FromXml(element)
                : Numbers.Contains(same.Key) && int.TryParse(element.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
                : element.Value;
            json[same.Key] = Lists.Contains(same.Key) ? new JsonArray([.. same.Select(Value)]) : Value(same.Last());
        }

        return json;
    }

    private static void Sizes(JsonObject card)
    {
        Most(card, "horizontal_content_list", 6);
        Most(card, "jump_list", 3);
        Most(card, "vertical_content_list", 4);
        Most(card, "button_list", 6);
        Most(card, "select_list", 3);
        Most(card["action_menu"], "action_list", 3, least: 1);
        Most(card["button_selection"], "option_list", 10, least: 1);
        Most(card["checkbox"], "option_list", 20, least: 1);
        foreach (var select in Items(card, "select_list"))
            Most(select, "option_list", 10, least: 1);
    }

    private static void Keys(JsonObject card)
    {
        Unique(Items(card, "button_list").Where(button => button?["type"] is not JsonValue type || type.ToString() != "1").Select(button => button.TextOrNone("key")), KeyBytes, "key of a button");
        Unique(Items(card["action_menu"], "action_list").Select(action => action.TextOrNone("key")), KeyBytes, "key of an action");
        Unique(Items(card, "select_list").Select(select => select.TextOrNone("question_key")), KeyBytes, "question_key");
        foreach (var list in Items(card, "select_list").Append(card["checkbox"]).Append(card["button_selection"]).OfType<JsonObject>())
        {
            Unique([list.TextOrNone("question_key")], KeyBytes, "question_key");
            Unique(Items(list, "option_list").Select(option => option.TextOrNone("id")), IdBytes, "id of an option");
        }

        if (card["submit_button"] is JsonObject submit)
            Unique([submit.TextOrNone("key")], KeyBytes, "key of submit_button");
        foreach (var button in Items(card, "button_list").Where(button => button?["type"] is JsonValue type && type.ToString() == "1"))
            Need(button.TextOrNone("url") is { Length: > 0 }, "url of a button");
        foreach (var action in new[] { card["card_action"] }.Where(action => action is JsonObject && action["type"]?.ToString() != "0"))
            Need(action.TextOrNone("url") is { Length: > 0 } || action.TextOrNone("appid") is { Length: > 0 }, "url of card_action");
    }

    /// <summary>Figures in characters that the platform suggests for display.</summary>
    private void Lengths(JsonObject card)
    {
        Length(card["source"], "desc", 20);
        Length(card["main_title"], "title", 36);
        Length(card["main_title"], "desc", 44);
        Length(card, "sub_title_text", 160);
        Length(card["emphasis_content"], "title", 14);
        Length(card["emphasis_content"], "desc", 22);
        Length(card["submit_button"], "text", 10);
        Length(card["button_selection"], "title", 13);
        foreach (var line in Items(card, "horizontal_content_list"))
        {
            Length(line, "keyname", 5);
            Length(line, "value", 30);
        }

        foreach (var paragraph in Items(card, "vertical_content_list"))
        {
            Length(paragraph, "title", 38);
            Length(paragraph, "desc", 160);
        }

        foreach (var jump in Items(card, "jump_list"))
            Length(jump, "title", 18);
        foreach (var button in Items(card, "button_list"))
            Length(button, "text", 10);
        foreach (var option in Items(card, "select_list").Append(card["button_selection"]).SelectMany(list => Items(list, "option_list")))
            Length(option, "text", 16);
        foreach (var option in Items(card["checkbox"], "option_list"))
            Length(option, "text", 17);
    }

    private void Length(JsonNode? node, string name, int most)
    {
        if (node.TextOrNone(name) is { } text && new StringInfo(text).LengthInTextElements > most)
            book.Broken(15, $"{name} of a card is longer than {most} characters and is shown cut: {text}");
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node, string name) => node is JsonObject && node[name] is JsonArray list ? list : [];

    private static void Most(JsonNode? node, string name, int most, int least = 0)
    {
        if (node is JsonObject && (node[name] is JsonArray list ? list.Count : 0) is var count && (count > most || count < least))
            throw Refused($"{name} has {count} entries");
    }

    private static void Unique(IEnumerable<string?> keys, int bytes, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (key is not { Length: > 0 } || Encoding.UTF8.GetByteCount(key) > bytes)
                throw Refused($"invalid {what}");
            if (!seen.Add(key))
                throw Refused($"{what} is not unique: {key}");
        }
    }

    private static void Need(bool there, string what)
    {
        if (!there)
            throw Refused($"missing {what}");
    }

    private static RefusedException Refused(string why) => new(Wrong, $"invalid Request Parameter: template_card {why}", rule: 15);

    private static string Snake(string camel) => camel == "CheckBox" ? "checkbox" : Humps().Replace(camel, "_$1").ToLowerInvariant();

    [GeneratedRegex("^[0-9A-Za-z_@-]+$")]
    private static partial Regex TaskIds();

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex Humps();
}
