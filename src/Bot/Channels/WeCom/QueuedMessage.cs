using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Dialogs.Conversations;

namespace Bot.Channels.WeCom;

/// <summary>
/// Bodies of what goes out by itself, as they are kept: the same bytes each time they are tried, so that the platform knows a repeat again (C7). Whom they
/// are for and the app's id are added when they are sent.
/// </summary>
internal static class QueuedMessage
{
    private const string ChartFigures = "chart";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(string words) =>
        new JsonObject { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = words } }.ToJsonString(Plain);

    public static string Of(TemplateCard card) =>
        new JsonObject { ["msgtype"] = "template_card", ["template_card"] = card.Json() }.ToJsonString(Plain);

    /// <summary>A chart is kept as its figures; it is drawn and uploaded when it is sent.</summary>
    public static string Of(Chart chart) =>
        new JsonObject { ["msgtype"] = "image", [ChartFigures] = JsonSerializer.SerializeToNode(chart, Plain) }.ToJsonString(Plain);

    /// <summary>Null when it is no chart.</summary>
    public static Chart? ChartOf(JsonObject message) => message[ChartFigures]?.Deserialize<Chart>(Plain);

    public static JsonObject Image(string mediaId) => new() { ["msgtype"] = "image", ["image"] = new JsonObject { ["media_id"] = mediaId } };

    /// <summary>A card that was tapped shows what came of it, by the code of the tap.</summary>
    public static string Replace(string responseCode, string done) =>
        new JsonObject { ["response_code"] = responseCode, ["button"] = new JsonObject { ["replace_name"] = done } }.ToJsonString(Plain);

    public static string Update(string responseCode, TemplateCard card) =>
        new JsonObject { ["response_code"] = responseCode, ["template_card"] = card.Json() }.ToJsonString(Plain);

    /// <summary>The card's task; null when it is no card.</summary>
    public static string? TaskOf(JsonObject message) => (string?)message["template_card"]?["task_id"];

    /// <summary>A card as a text; null when it is no card.</summary>
    public static string? InWords(JsonObject message)
    {
        if (message["template_card"] is not JsonObject card)
            return null;
        var lines = new List<string?> { (string?)card["sub_title_text"], (string?)card["main_title"]?["desc"] };
        lines.AddRange(Items(card["horizontal_content_list"]).Select(fact => $"{fact["keyname"]}：{fact["value"]}"));
        lines.Add((string?)card["main_title"]?["title"]);
        lines.AddRange(Items(card["button_list"]).Select(button => $"【{CardTap.WordsOf((string)button["key"]!)}】"));
        lines.AddRange(Items(card["select_list"]).SelectMany(list => Items(list["option_list"])).Select((option, i) => FormattableString.Invariant($"[{i + 1}]{option["text"]}")));
        return Words.Escape(string.Join('\n', lines.Where(line => line is { Length: > 0 })));
    }

    private static IEnumerable<JsonObject> Items(JsonNode? list) => list is JsonArray items ? items.OfType<JsonObject>() : [];

    public static JsonObject Read(string body) => JsonNode.Parse(body)!.AsObject();
}
