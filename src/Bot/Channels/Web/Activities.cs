using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Channels.WeChat;
using Bot.Charts;
using Bot.Dialogs.Conversations;

namespace Bot.Channels.Web;

/// <summary>One message of a person as Direct Line posted it, cleaned of everything a client may not decide.</summary>
public sealed record PostedActivity(string Id, string Type, string Text, Press? Press, bool Voice, string? Scene, JsonObject Shown)
{
    /// <summary>Typing marks and events reach the open pages and are kept nowhere.</summary>
    public bool IsMessage => Type == "message";
}

/// <summary>Bot Framework activities, as far as a chat of words, buttons, cards and pictures needs them.</summary>
public static class Activities
{
    /// <summary>A text may be long, but nobody types more than this.</summary>
    public const int LongestText = 8000;

    public const string BotId = "bot";
    public const string BotName = "涉企检查服务助手";
    public const string HeroCard = "application/vnd.microsoft.card.hero";

    private const int LongestClientId = 200;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonObject activity) => activity.ToJsonString(Compact);

    /// <exception cref="DirectLineRefusedException">What was posted is not an activity that can be taken.</exception>
    public static PostedActivity Read(ReadOnlySpan<byte> json, DirectLineToken token)
    {
        var posted = Parse(json);
        var type = Words(posted, "type");
        if (type.Length == 0)
            type = "message";
        var text = Clean(Words(posted, "text"));
        if (text.Length > LongestText)
            throw DirectLineRefusedException.BadMessage(FormattableString.Invariant($"这段文字有{text.Length}字，太长了，请分几次发，每次不超过{LongestText}字。"));

        var channelData = posted["channelData"] as JsonObject;
        var scene = channelData is null ? null : ScenePictures.Read(Words(channelData, "scene"));
        var clientId = channelData is null ? "" : Words(channelData, "clientActivityID");
        var id = clientId is { Length: > 0 and <= LongestClientId } ? IdOf(token.Conversation, clientId) : NewId();
        var shown = new JsonObject
        {
            ["type"] = type,
            ["id"] = id,
            ["channelId"] = "directline",
            ["from"] = new JsonObject { ["id"] = token.User, ["role"] = "user" },
            ["conversation"] = new JsonObject { ["id"] = token.Conversation },
            ["recipient"] = new JsonObject { ["id"] = BotId, ["name"] = BotName },
        };
        if (text.Length > 0)
            (shown["text"], shown["textFormat"]) = (text, "plain");
        foreach (var kept in (ReadOnlySpan<string>)["name", "value", "locale", "localTimestamp"])
        {
            if (posted[kept] is { } value)
                shown[kept] = value.DeepClone();
        }

        if (channelData is not null)
        {
            // A repeated message carries its old sort key, which would misplace it in everybody's history.
            var echoed = channelData.DeepClone().AsObject();
            echoed.Remove("webchat:sequence-id");
            echoed.Remove("webChat");
            echoed.Remove("scene");
            shown["channelData"] = echoed;
        }

        return new PostedActivity(id, type, text, PressOf(posted["value"]), IsVoice(posted["attachments"]), scene, shown);
    }

    /// <summary>The bot's words. Plain text, because they may quote what people typed. <paramref name="publicUrl"/> is where a code in a picture leads.</summary>
    public static JsonObject Of(Reply reply, string id, string conversation, string user, string? replyToId, string? publicUrl = null, SceneCodes? codes = null)
    {
        var activity = new JsonObject
        {
            ["type"] = "message",
            ["id"] = id,
            ["channelId"] = "directline",
            ["from"] = new JsonObject { ["id"] = BotId, ["name"] = BotName, ["role"] = "bot" },
            ["conversation"] = new JsonObject { ["id"] = conversation },
            ["recipient"] = new JsonObject { ["id"] = user },
            ["text"] = reply.Text,
            ["textFormat"] = "plain",
            ["locale"] = "zh-CN",
            ["inputHint"] = "acceptingInput",
        };
        if (replyToId is not null)
            activity["replyToId"] = replyToId;
        if (reply.Actions.Count > 0)
            activity["suggestedActions"] = new JsonObject { ["actions"] = Buttons(reply.Actions) };
        var attachments = new JsonArray();
        if (reply.Picture is { } scene)
            attachments.Add(ScenePictures.Attachment(scene, publicUrl, codes));
        if (reply.Chart is { } chart)
            attachments.Add(new JsonObject { ["contentType"] = ChartPicture.ContentType, ["contentUrl"] = ChartPicture.DataAddress(chart), ["name"] = $"{chart.Title}.png" });
        if (reply.Card is { } card)
        {
            attachments.Add(Hero(card));
            // The text says all that the card says, for those who read the text alone; our page then shows the card alone.
            activity["channelData"] = new JsonObject { ["cardSaysAll"] = true };
        }

        if (attachments.Count > 0)
            activity["attachments"] = attachments;
        return activity;
    }

    public static string ReplyId(string toId, int number) => string.Create(CultureInfo.InvariantCulture, $"{toId}.{number}");

    public static string NewId() => "a-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Line ends as one kind, and no control characters, halves of characters or marks that turn the writing direction.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !(Rune.IsControl(rune) || rune == Rune.ReplacementChar || TurnsDirection(rune.Value)))
                clean.Append(rune);
        }

        return clean.ToString();
    }

    /// <summary>The same client id in the same conversation is the same message, whenever and however often it comes.</summary>
    private static string IdOf(string conversation, string clientId) =>
        "u-" + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation}\n{clientId}")).AsSpan(0, 16));

    private static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Strict) as JsonObject ?? throw NotAnActivity();
        }
        catch (JsonException)
        {
            throw NotAnActivity();
        }
    }

    private static DirectLineRefusedException NotAnActivity() => DirectLineRefusedException.BadMessage("消息格式不对，没有收下，请重新发送。");

    private static string Words(JsonObject from, string property)
    {
        try
        {
            return from[property] is JsonValue value && value.TryGetValue(out string? words) ? words ?? "" : "";
        }
        catch (InvalidOperationException)
        {
            // Half of a character, as JSON can write it.
            throw NotAnActivity();
        }
    }

    private static bool TurnsDirection(int rune) => rune is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static Press? PressOf(JsonNode? value) =>
        value is JsonObject pressed && Words(pressed, "step") is { Length: > 0 } step ? new Press(step, Clean(Words(pressed, "value"))) : null;

    private static bool IsVoice(JsonNode? attachments) =>
        attachments is JsonArray several && several.OfType<JsonObject>().Any(one => Words(one, "contentType").StartsWith("audio/", StringComparison.OrdinalIgnoreCase));

    private static JsonArray Buttons(IEnumerable<string> words) =>
        [.. words.Select(word => (JsonNode)new JsonObject { ["type"] = "imBack", ["title"] = word, ["value"] = word })];

    private static JsonObject Hero(Card card)
    {
        var lines = card.Facts.Select(fact => $"{fact.Label}：{fact.Value}").Concat(card.Lines);
        return new JsonObject
        {
            ["contentType"] = HeroCard,
            ["content"] = new JsonObject
            {
                ["title"] = card.Title,
                ["subtitle"] = card.Subtitle,
                ["text"] = string.Join("\n\n", lines),
                ["buttons"] = Buttons(card.Buttons),
            },
        };
    }
}
