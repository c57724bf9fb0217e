using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace Bot.Emulators.Tencent;

/// <summary>A call as it came in, with the ways in which the platform reads it.</summary>
internal sealed partial class ApiRequest(string path, IQueryCollection query, byte[] body, string? contentType, string caller)
{
    public string Path => path;

    public byte[] Body => body;

    public string? ContentType => contentType;

    public string Caller => caller;

    /// <summary>The app that the call's token belongs to, where tokens belong to apps.</summary>
    public int? AgentId { get; set; }

    public string? Query(string name) => query.TryGetValue(name, out var value) && !StringValues.IsNullOrEmpty(value) ? value.ToString() : null;

    /// <summary>Whether characters stand as \uXXXX in the body.</summary>
    public bool HasEscapes => Escape().IsMatch(Encoding.UTF8.GetString(body));

    /// <summary>The body as an object. With <paramref name="literally"/> a \uXXXX stays the six characters that it is, as in messages on a phone.</summary>
    public JsonObject Json(bool literally = false)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
            if (literally)
                text = Escape().Replace(text, @"$1\$2");
            return JsonNode.Parse(text) as JsonObject ?? throw new RefusedException(47001, "data format error", rule: 9);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            throw new RefusedException(47001, "data format error", rule: 9);
        }
    }

    /// <summary>\uXXXX with an even number of backslashes before it.</summary>
    [GeneratedRegex(@"(?<!\\)((?:\\\\)*)(\\u[0-9a-fA-F]{4})")]
    private static partial Regex Escape();
}

/// <summary>Reading JSON as the platform does: what is missing or of another kind is a malformed body.</summary>
internal static class JsonReading
{
    public static string? TextOrNone(this JsonNode? node, string name) => node is JsonObject && node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static string Text(this JsonNode? node, string name) => node.TextOrNone(name) ?? throw new RefusedException(47001, $"data format error: {name}", rule: 9);

    public static long Number(this JsonNode? node, string name) =>
        node is JsonObject && node[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : throw new RefusedException(47001, $"data format error: {name}", rule: 9);

    public static JsonObject Object(this JsonNode? node, string name) => node is JsonObject && node[name] is JsonObject found ? found : throw new RefusedException(47001, $"data format error: {name}", rule: 9);

    public static JsonArray Array(this JsonNode? node, string name) => node is JsonObject && node[name] is JsonArray found ? found : throw new RefusedException(47001, $"data format error: {name}", rule: 9);
}

/// <summary>A file in place of JSON.</summary>
internal sealed record FileAnswer(byte[] Bytes, string ContentType, string? FileName);
