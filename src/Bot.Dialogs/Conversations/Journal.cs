using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.Dialogs.Conversations;

public enum EntryKind
{
    Answer,
    Confirmation,
    Effect,
    Refusal,
}

/// <summary>
/// A recorded answer, confirmation, command result or refusal, found again by name. <see cref="Shape"/> tells whether the question is still the
/// same one: the option codes of a choice, the arguments of a command.
/// </summary>
public sealed record JournalEntry(
    [property: JsonPropertyName("k")] string Key,
    [property: JsonPropertyName("t")] EntryKind Kind,
    [property: JsonPropertyName("s"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] uint Shape,
    [property: JsonPropertyName("v")] JsonElement Value);

/// <summary>What a running conversation is made of: everything else is replayed from it.</summary>
public sealed class Journal
{
    [JsonPropertyName("c")]
    public string Conversation { get; init; } = "";

    [JsonPropertyName("v")]
    public int Version { get; init; }

    /// <summary>UTC; also tells two instances of one conversation apart.</summary>
    [JsonPropertyName("at")]
    public DateTime StartedAt { get; init; }

    [JsonPropertyName("last")]
    public DateTime LastAt { get; set; }

    /// <summary>The words that opened it.</summary>
    [JsonPropertyName("o"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Opening { get; init; }

    [JsonPropertyName("e")]
    public List<JournalEntry> Entries { get; init; } = [];

    /// <summary>The open question's name, and whether any text is an answer to it.</summary>
    [JsonPropertyName("p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Pending { get; set; }

    [JsonPropertyName("l"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PendingTakesAnything { get; set; }

    [JsonPropertyName("h"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Hidden { get; set; }

    [JsonIgnore]
    public int Answers => Entries.Count(entry => entry.Kind == EntryKind.Answer);
}
