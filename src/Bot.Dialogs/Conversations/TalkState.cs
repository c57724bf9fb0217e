using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.Dialogs.Conversations;

/// <summary>
/// All that is remembered of the talk with one address: running conversations (the last one is being held, those below wait), what was put away,
/// and what the front desk itself has just asked. Stored as JSON, one row an address.
/// </summary>
public sealed class TalkState
{
    /// <summary>The shape of this record; another one is not read but begun anew.</summary>
    public const int Format = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    [JsonPropertyName("f")]
    public int StoredFormat { get; init; } = Format;

    [JsonPropertyName("s")]
    public List<Journal> Stack { get; init; } = [];

    /// <summary>Cancelled or run out of time less than the rule pack's limit ago: may be taken up again (继续上次).</summary>
    [JsonPropertyName("k")]
    public Journal? Kept { get; set; }

    /// <summary>What the front desk asked about the conversation itself.</summary>
    [JsonPropertyName("q")]
    public DeskQuestion Asked { get; set; }

    /// <summary>The three choices last offered for an unclear text, as intents, so that "2" can pick one.</summary>
    [JsonPropertyName("c")]
    public List<string>? Offered { get; set; }

    /// <summary>Short pieces of the last moments that meant nothing alone (我 / 要 / 投诉).</summary>
    [JsonPropertyName("p")]
    public List<Piece>? Pieces { get; set; }

    [JsonIgnore]
    public Journal? Held => Stack.Count > 0 ? Stack[^1] : null;

    public static TalkState Read(string? stored)
    {
        if (string.IsNullOrEmpty(stored))
            return new TalkState();
        var state = JsonSerializer.Deserialize<TalkState>(stored, Json);
        return state is { StoredFormat: Format } ? state : new TalkState();
    }

    public string Write() => JsonSerializer.Serialize(this, Json);
}

public enum DeskQuestion
{
    Nothing,

    /// <summary>已填3项，要放弃吗？</summary>
    WhetherToDrop,

    /// <summary>上次的还留着，继续还是重新开始？</summary>
    WhetherToResume,
}

public sealed record Piece(string Text, DateTime At);
