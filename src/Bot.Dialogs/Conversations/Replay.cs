using System.Diagnostics.CodeAnalysis;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Conversations;

/// <summary>What one run is given: at most one thing that was said, and the question it was meant for.</summary>
/// <param name="Input">Null to see only what is open.</param>
/// <param name="Key">The question's name; null when nothing is open.</param>
/// <param name="Shape">The question's shape; null for whatever it has become.</param>
/// <param name="Opening">The first run: everything said is heard.</param>
internal sealed record Turn(Said? Input, string? Key, uint? Shape, bool Opening)
{
    public bool Expects(string key, uint shape) => key == Key && (Shape is null || Shape == shape);
}

/// <summary>What one run of a conversation brought.</summary>
internal sealed record Outcome(IReadOnlyList<Reply> Replies, Reply? Question, string? Hint)
{
    /// <summary>The input was an answer.</summary>
    public bool Consumed { get; init; }

    public bool Ended { get; init; }

    /// <summary>Another question stands open than the input was meant for.</summary>
    public bool Moved { get; init; }

    /// <summary>A mistake in the conversation stopped it; everything recorded before it is kept.</summary>
    public Exception? Fault { get; init; }
}

internal enum StepBack
{
    Done,
    NothingBefore,
    AlreadySent,
}

/// <summary>Runs a conversation from its beginning over its journal, takes at most one step, and stops.</summary>
internal static class Replay
{
    /// <summary>A conversation awaits people and commands only; anything that takes longer is a mistake in it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public static async Task<Outcome> Run(Conversation conversation, Journal journal, Surroundings world, Said? input, bool opening, CancellationToken cancellationToken)
    {
        return await Answer(conversation, journal, world, new Turn(journal.FailedAfter is null ? input : null, journal.Pending, journal.PendingShape, opening), cancellationToken);
    }

    private static async Task<Outcome> Answer(Conversation conversation, Journal journal, Surroundings world, Turn turn, CancellationToken cancellationToken)
    {
        var input = turn.Input;
        var again = false;
        while (true)
        {
            var chat = new Chat(journal, world, turn, cancellationToken);
            var (ended, fault) = await Play(conversation, chat);
            journal.FailedAfter = fault is null ? null : chat.Touched is [.., var last] ? last.Key : "";
            if (fault is not null || ended) journal.Pending = null;
            if (chat.Again is null || fault is not null)
                return new Outcome(chat.Replies, chat.Question, chat.Hint) { Consumed = chat.Consumed || again, Ended = ended && fault is null, Moved = chat.Moved, Fault = fault };

            again = true;
            Forget(journal, chat.Again.Key, chat.Touched);
            var text = string.IsNullOrWhiteSpace(chat.AgainWith) ? null : chat.AgainWith;
            turn = new Turn(text is null ? null : input! with { Text = text, AsWritten = null, Files = [] }, chat.Again.Key, null, Opening: false);
        }
    }

    /// <summary>Gives another answer to a question that was answered before, and comes back to the open one; null when it was not asked, or too much has been sent.</summary>
    public static async Task<Outcome?> Change(Conversation conversation, Journal journal, Surroundings world, Change change, Said said, CancellationToken cancellationToken)
    {
        var chat = await AsItStands(conversation, journal, world, cancellationToken);
        if (journal.HasSent || !chat.Touched.Any(entry => entry.Key == change.Key))
            return null;
        Forget(journal, change.Key, chat.Touched);
        (journal.Pending, journal.FailedAfter) = (change.Key, null);
        return await Answer(conversation, journal, world, new Turn(said with { Text = change.Value, AsWritten = null, Files = [] }, change.Key, null, Opening: false), cancellationToken);
    }

    /// <summary>Drops the answer before the open question, so that it is asked again. Never past a command that was given.</summary>
    public static async Task<StepBack> Back(Conversation conversation, Journal journal, Surroundings world, CancellationToken cancellationToken)
    {
        var chat = await AsItStands(conversation, journal, world, cancellationToken);
        if (chat.Touched is not [.., var last])
            return StepBack.NothingBefore;
        if (last.Kind is EntryKind.Effect or EntryKind.Refusal)
            return StepBack.AlreadySent;
        journal.Entries.Remove(last);

        // What the opening had said already is asked for now, not taken from it once more.
        journal.Pending = last.Key;
        return StepBack.Done;
    }

    private static async Task<Chat> AsItStands(Conversation conversation, Journal journal, Surroundings world, CancellationToken cancellationToken)
    {
        var chat = new Chat(journal, world, new Turn(null, null, null, Opening: false), cancellationToken);
        await Play(conversation, chat);
        return chat;
    }

    /// <summary>Forgets one answer, with the messages that added to it, and what was confirmed after it; everything else stays parked by name.</summary>
    private static void Forget(Journal journal, string key, IReadOnlyList<JournalEntry> touched)
    {
        var seen = false;
        foreach (var entry in touched)
        {
            var belongs = entry.Key == key || entry.Key.StartsWith(key + '#', StringComparison.Ordinal);
            seen |= belongs;
            if (belongs || (seen && entry.Kind == EntryKind.Confirmation))
                journal.Entries.Remove(entry);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A mistake in one conversation must not lose what the person already said in it; the fault is handed on to be logged.")]
    private static async Task<(bool Ended, Exception? Fault)> Play(Conversation conversation, Chat chat)
    {
        var talk = Start(conversation, chat);
        if (!talk.IsCompleted && !chat.Suspended.IsCompleted)
            await Watch(talk, chat);
        if (chat.Suspended.IsCompleted && talk.IsCompletedSuccessfully)
            return (false, new InvalidOperationException($"{conversation.Id} ended while its question was open: an await is missing."));
        if (talk.IsCompletedSuccessfully && chat.Busy)
            throw new InvalidOperationException($"{conversation.Id} did not await its last command.");
        if (!talk.IsCompleted)
            return chat.Suspended.IsCompleted && chat.Fault is null ? (false, null) : (false, chat.Fault ?? new InvalidOperationException($"{conversation.Id} awaits something that is not its chat."));
        try
        {
            await talk;
        }
        catch (RuleBrokenException broken)
        {
            chat.Tell(broken.Message);
        }
        catch (Exception e) when (!chat.Interrupted && e is not OperationCanceledException)
        {
            return (false, chat.Fault ?? e);
        }

        return (true, chat.Fault);
    }

    private static async Task Start(Conversation conversation, Chat chat) => await conversation.Play(chat);

    /// <summary>Waits for a command or query under way. Neither of them and no question means that the conversation awaits something else.</summary>
    private static async Task Watch(Task talk, Chat chat)
    {
        var next = Task.WhenAny(talk, chat.Suspended);
        for (var seen = -1; !next.IsCompleted && (chat.Busy || seen != chat.Operations);)
        {
            seen = chat.Operations;
            try
            {
                await next.WaitAsync(chat.Busy ? Longest : Grace);
            }
            catch (TimeoutException) when (!chat.Busy)
            {
                continue;
            }
        }
    }
}
