using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.FrontDesk;

/// <summary>Running, opening and returning to conversations.</summary>
internal sealed partial class DeskTurn
{
    private const int MostOpen = 5;

    private async Task Open(Conversation conversation, string opening)
    {
        StopBrowsing();
        if (state.Stack.Count >= MostOpen)
        {
            Tell("已经有几件事没办完了，先把它们办完，或说“取消”。");
            await AskAgain("回到刚才：");
            return;
        }

        var journal = new Journal(conversation.Id, conversation.Version, world.UtcNow) { Opening = opening };
        if (conversation.TakesEvidence)
        {
            journal.Attachments.AddRange(state.Photos);
            state.Photos.Clear();
        }

        state.Pieces.Clear();
        state.Stack.Add(journal);
        await Conclude(await Run(conversation, journal, null, opening: true), journal);
    }

    /// <summary>What was only being looked at is let go without a word: there is nothing in it to come back to.</summary>
    private void StopBrowsing()
    {
        foreach (var journal in state.Stack.FindAll(IsBrowsing))
        {
            Fleeting |= IsFleeting(journal);
            state.Stack.Remove(journal);
        }
    }

    private bool IsBrowsing(Journal journal) =>
        journal.Pending is { } pending && Script(journal) is { } script && script.Browsing.Contains(pending.Split('#')[0], StringComparer.Ordinal);

    private async Task Conclude(Outcome outcome, Journal journal)
    {
        if (outcome.Fault is { } fault)
        {
            Fault = fault;
            if (fault is ConversationTooLongException)
                state.Stack.Remove(journal);
            Tell(fault is ConversationTooLongException
                ? "这次说得太长了，先到这里；已经提交的都有效。需要的话请重新开始，或回复“人工”。"
                : "出了点问题，已经记录。您说的内容都还在，稍后再发一条消息就能接着办，也可以回复“人工”。");
            return;
        }

        replies.AddRange(outcome.Replies);
        if (outcome.Moved)
            Tell("情况有更新，请再确认一下。");
        if (outcome.Hint is { Length: > 0 } hint)
            Tell(hint);
        if (outcome.Ended)
        {
            state.Stack.Remove(journal);
            await AskAgain("回到刚才：");
        }
        else if (outcome.Question is { } question)
        {
            replies.Add(question);
        }
    }

    /// <summary>Asks the open question of the conversation that waits, if one does.</summary>
    private async Task AskAgain(string lead)
    {
        while (state.Held is { } held)
        {
            if (Found(held) is not { } conversation)
                continue;
            var outcome = await Run(conversation, held, null, opening: false);
            if (outcome.Fault is null && outcome is { Ended: false, Question: { } question })
            {
                replies.Add(question with { Text = lead + question.Text });
                return;
            }

            await Conclude(outcome, held);
            return;
        }

        if (lead.EndsWith("——回到刚才：", StringComparison.Ordinal))
            Tell(lead[..lead.LastIndexOf('\n')]);
    }

    private async Task<Outcome> Run(Conversation conversation, Journal journal, Said? input, bool opening)
    {
        var outcome = await Replay.Run(conversation, journal, world, input, opening, cancellationToken);
        journal.LastAt = world.UtcNow;
        Fleeting |= conversation.Fleeting || journal.Hidden;
        return outcome;
    }

    /// <summary>The running conversation's script; one that this release no longer has is dropped with a word.</summary>
    private Conversation? Found(Journal journal)
    {
        var found = Script(journal);
        if (found is null)
        {
            state.Stack.Remove(journal);
            Tell("系统刚更新过，刚才没办完的事没能接上，请重新说一遍，抱歉。");
        }

        return found;
    }

    private Conversation? Script(Journal journal) => conversations.FirstOrDefault(c => c.Id == journal.Conversation && c.Version == journal.Version);

    /// <summary>Every turn while it is open must leave the history, also one in which only the desk speaks (W28).</summary>
    private bool IsFleeting(Journal journal) => journal.Hidden || Script(journal) is null or { Fleeting: true };

    private Conversation? ById(string id) => id.Length == 0 ? null : conversations.FirstOrDefault(c => c.Id == id && May(c));

    private bool May(Conversation conversation) => conversation.Roles.Contains(Role);

    /// <summary>Whether the open question has a button that says no (没有, 先不用): then a decline is an answer to it.</summary>
    private Task<bool> OffersNo() => Offers(action => YesNo.Of(action) == false);

    /// <summary>Whether the open question has a button of just these words (不提交): then they answer it, whatever else they mean.</summary>
    private Task<bool> Offers(string words) => asked == DeskQuestion.Nothing ? Offers(action => Normalise.Text(action) == words) : Task.FromResult(false);

    private async Task<bool> Offers(Predicate<string> which)
    {
        if (state.Held is not { } held || Script(held) is not { } conversation)
            return false;
        var outcome = await Run(conversation, held, null, opening: false);
        return outcome.Question is { } question && question.Actions.Any(action => which(action));
    }
}
