namespace Bot.Dialogs.Conversations;

internal enum EntryKind
{
    Answer,
    Confirmation,
    Effect,
    Refusal,
}

/// <summary>
/// A recorded answer, confirmation, command result or refusal, found again by name. <see cref="Shape"/> tells whether the question is still the
/// same one: the option codes of a choice, the arguments of a command. The value is JSON.
/// </summary>
internal sealed record JournalEntry(string Key, EntryKind Kind, uint Shape, ReadOnlyMemory<byte> Value);

/// <summary>What a running conversation is made of: everything else is replayed from it.</summary>
internal sealed class Journal
{
    private const int LongestOpening = 500;

    public Journal(string conversation, int version, DateTime startedAt)
    {
        // Stored in milliseconds: the first run must see the time that every later one reads back.
        StartedAt = startedAt.AddTicks(-(startedAt.Ticks % TimeSpan.TicksPerMillisecond));
        (Conversation, Version, LastAt) = (conversation, version, StartedAt);
    }

    public string Conversation { get; }

    public int Version { get; }

    /// <summary>UTC; also tells two instances of one conversation apart.</summary>
    public DateTime StartedAt { get; }

    /// <summary>UTC; when the person last said something to it.</summary>
    public DateTime LastAt { get; set; }

    /// <summary>The words that opened it.</summary>
    public string Opening
    {
        get;
        init => field = value.Length > LongestOpening ? value[..LongestOpening] : value;
    } = "";

    public List<JournalEntry> Entries { get; init; } = [];

    /// <summary>Photos that came before anything asked for them.</summary>
    public List<Evidence> Attachments { get; init; } = [];

    /// <summary>The open question by name and shape, and whether any text is an answer to it.</summary>
    public string? Pending { get; set; }

    public uint PendingShape { get; set; }

    public bool PendingTakesAnything { get; set; }

    public bool Hidden { get; set; }

    /// <summary>Nothing of it may be left half an hour after the last word (W28).</summary>
    public bool Fleeting { get; set; }

    /// <summary>UTC; until when it can be taken up again after it was put away.</summary>
    public DateTime? KeptUntil { get; set; }

    /// <summary>The last entry that was reached before a fault in the conversation; the next run goes on speaking behind it.</summary>
    public string? FailedAfter { get; set; }

    public int Answers => Entries.Count(entry => entry.Kind == EntryKind.Answer);

    /// <summary>A command was given: what was sent cannot be taken back by leaving.</summary>
    public bool HasSent => Entries.Exists(entry => entry.Kind == EntryKind.Effect);

    /// <summary>
    /// Names the open question on a card, so that a late press is not taken for an answer to another one. Of letters and digits, '.' and '-', because channels carry
    /// it in an address.
    /// </summary>
    public string Step => FormattableString.Invariant($"{Conversation}.{StartedAt.Ticks / TimeSpan.TicksPerMillisecond:x}.{Pending?.Replace('#', '-')}");

    public JournalEntry? Find(string key, EntryKind kind, uint shape)
    {
        foreach (var entry in Entries)
        {
            if (entry.Kind == kind && entry.Shape == shape && entry.Key == key)
                return entry;
        }

        return null;
    }
}
