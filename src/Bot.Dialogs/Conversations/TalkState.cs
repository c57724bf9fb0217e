namespace Bot.Dialogs.Conversations;

/// <summary>
/// All that is remembered of the talk with one address: running conversations (the last one is being held, those below wait), what was put away,
/// and what the front desk itself has just asked. Stored as JSON, one row an address.
/// </summary>
public sealed class TalkState
{
    internal List<Journal> Stack { get; init; } = [];

    /// <summary>Left or run out of time less than the rule pack's limit ago: may be taken up again (继续上次).</summary>
    internal List<Journal> Kept { get; init; } = [];

    /// <summary>What the front desk asked about the conversation itself.</summary>
    internal DeskQuestion Asked { get; set; }

    /// <summary>The choices last offered, so that a number or the words of one pick it.</summary>
    internal List<Offer> Offers { get; init; } = [];

    /// <summary>A second wish said together with another one; it is offered when that is done.</summary>
    internal Offer? Later { get; set; }

    /// <summary>Short pieces of the last moments that meant nothing alone (我 / 要 / 投诉).</summary>
    internal List<Piece> Pieces { get; init; } = [];

    /// <summary>Photos that came while nothing was open.</summary>
    internal List<Evidence> Photos { get; init; } = [];

    /// <summary>The person has seen what the bot can do.</summary>
    internal bool Greeted { get; set; }

    /// <summary>What was stored could not be read by this release; the person is told, once.</summary>
    internal bool Lost { get; init; }

    /// <summary>Photos and files in what was begun and not finished; some may have been handed in already.</summary>
    public IEnumerable<string> FileIds =>
        Photos.Concat(Stack.Concat(Kept).SelectMany(journal => journal.Attachments)).Select(file => file.Id)
            .Concat(Stack.Concat(Kept).SelectMany(journal => journal.Entries).Where(entry => entry.Kind == EntryKind.Answer).SelectMany(entry => RecordedValue.FileIds(entry.Value.Span)));

    internal Journal? Held => Stack.Count > 0 ? Stack[^1] : null;

    /// <summary>
    /// What is left of a talk in which nothing was said for half an hour: matters begun under a name, to be gone on with, and photos nobody has asked for yet.
    /// Null when there is nothing of the kind. That somebody was greeted is not kept of anybody: it would tell who was here (W28). Of <paramref name="staff"/>, who are
    /// known by name wherever they talk, also what the channel does not keep.
    /// </summary>
    public TalkState? AfterAPause(bool staff)
    {
        bool Lasts(Journal journal) => journal is { Hidden: false, Fleeting: false } || (staff && journal is { Hidden: false, HasSent: false });
        var left = new TalkState { Stack = Stack.FindAll(Lasts), Kept = Kept.FindAll(Lasts), Photos = Photos, Greeted = true };
        return left.HasDrafts || Photos.Count > 0 ? left : null;
    }

    /// <summary>Something was begun and can be gone on with.</summary>
    public bool HasDrafts => Stack.Count + Kept.Count > 0;

    /// <summary>Never throws: what cannot be read is begun anew, and the desk says so.</summary>
    public static TalkState Read(string? stored) => string.IsNullOrEmpty(stored) ? new TalkState() : StoredTalk.Read(stored) ?? new TalkState { Lost = true };

    public string Write() => StoredTalk.Write(this);
}

internal enum DeskQuestion
{
    Nothing,

    /// <summary>已填3项，要放弃吗？</summary>
    WhetherToDrop,

    /// <summary>上次的还留着，继续还是重新开始？</summary>
    WhetherToResume,

    /// <summary>The menu stands open above a question that takes any text; a menu word is then no answer to it.</summary>
    WhatFromTheMenu,
}

/// <summary>One choice that was offered: what its button says, what it opens (empty: the words are taken as if they had been said), and with which words.</summary>
internal sealed record Offer(string Label, string Conversation, string Words);

internal sealed record Piece(string Text, DateTime At);
