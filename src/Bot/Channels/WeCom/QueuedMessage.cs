using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Channels.WeCom;

/// <summary>
/// Bodies of what goes out by itself, as they are kept: the same bytes each time they are tried, so that the platform knows a repeat again (C7). Whom they
/// are for and the app's id are added when they are sent.
/// </summary>
internal static class QueuedMessage
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(string words) =>
        new JsonObject { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = words } }.ToJsonString(Plain);

    public static string Of(TemplateCard card) =>
        new JsonObject { ["msgtype"] = "template_card", ["template_card"] = card.Json() }.ToJsonString(Plain);

    /// <summary>A card that was tapped shows what came of it, by the code of the tap.</summary>
    public static string Replace(string responseCode, string done) =>
        new JsonObject { ["response_code"] = responseCode, ["button"] = new JsonObject { ["replace_name"] = done } }.ToJsonString(Plain);

    public static string Update(string responseCode, TemplateCard card) =>
        new JsonObject { ["response_code"] = responseCode, ["template_card"] = card.Json() }.ToJsonString(Plain);

    public static JsonObject Read(string body) => JsonNode.Parse(body)!.AsObject();
}
