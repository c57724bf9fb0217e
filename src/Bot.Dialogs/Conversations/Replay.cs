using Bot.Domain.Rules;

namespace Bot.Dialogs.Conversations;

/// <summary>What one run of a conversation brought.</summary>
internal sealed record Outcome(IReadOnlyList<Reply> Replies, Reply? Question, string? Hint, bool Consumed, bool Ended);

/// <summary>Runs a conversation from its beginning over its journal, takes at most one step, and stops.</summary>
internal static class Replay
{
    /// <summary>A conversation awaits people and commands only; anything that takes longer is a mistake in it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static async Task<Outcome> Run(Conversation conversation, Journal journal, Surroundings world, Said? input, bool opening, CancellationToken cancellationToken)
    {
        while (true)
        {
            var chat = new Chat(journal, world, input, opening, cancellationToken);
            journal.Pending = null;
            var ended = await Play(conversation, chat);
            if (chat.RedoKey is not { } key)
                return new Outcome(Told(chat), chat.Question, chat.Hint, chat.Consumed, ended);

            Forget(journal, key);
            input = chat.RedoText is { } text ? input! with { Text = text, Files = [] } : null;
            opening = false;
        }
    }

    /// <summary>Drops the last answer so that its question is asked again. False when a command stands behind it, or nothing was answered.</summary>
    public static bool StepBack(Journal journal)
    {
        var last = journal.Entries.FindLastIndex(entry => entry.Kind is EntryKind.Answer or EntryKind.Effect or EntryKind.Refusal);
        if (last < 0 || journal.Entries[last].Kind != EntryKind.Answer)
            return false;
        Forget(journal, journal.Entries[last].Key);
        return true;
    }

    private static void Forget(Journal journal, string key) =>
        journal.Entries.RemoveAll(entry => entry.Key == key || entry.Kind == EntryKind.Confirmation);

    private static async Task<bool> Play(Conversation conversation, Chat chat)
    {
        var talk = conversation.Play(chat);
        if (!talk.IsCompleted && !chat.Suspended.IsCompleted)
            await Task.WhenAny(talk, chat.Suspended).WaitAsync(Longest);
        if (!talk.IsCompleted)
            return false;
        try
        {
            await talk;
        }
        catch (RuleBrokenException broken)
        {
            chat.Say(broken.Message);
        }

        return true;
    }

    private static IReadOnlyList<Reply> Told(Chat chat) => chat.Replies;
}
