using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.FrontDesk;

/// <summary>One message at the front desk.</summary>
internal sealed class DeskTurn(
    IReadOnlyList<Conversation> conversations,
    IntentRecogniser recogniser,
    TalkState state,
    Incoming incoming,
    Surroundings world,
    CancellationToken cancellationToken)
{
    private readonly List<Reply> replies = [];
    private readonly string text = Normalise.Text(incoming.Text);

    public IReadOnlyList<Reply> Replies => replies;

    public bool Fleeting { get; private set; }

    public async Task Take()
    {
        if (await GlobalWord())
            return;
        if (state.Held is { } held && Find(held) is { } conversation)
        {
            await Continue(conversation, held);
            return;
        }

        await Open();
    }

    private async Task<bool> GlobalWord()
    {
        switch (GlobalWords.Of(text))
        {
            case Understanding.GlobalWord.Cancel when state.Held is { } held:
                state.Stack.Remove(held);
                replies.Add(new Reply($"好的，{Find(held)?.Draft ?? "这件事"}没有提交，内容已清除。需要时随时叫我。"));
                await AskWaiting();
                return true;
            case Understanding.GlobalWord.Back when state.Held is { } held:
                if (!Replay.StepBack(held))
                    replies.Add(new Reply("前面没有可以改的了。"));
                await AskWaiting("");
                return true;
            case Understanding.GlobalWord.Menu or Understanding.GlobalWord.Help:
                replies.Add(Menus.Greeting(world.Visitor));
                await AskWaiting();
                return true;
            default:
                return false;
        }
    }

    private async Task Continue(Conversation conversation, Journal held)
    {
        var outcome = await Run(conversation, held, new Said(text, incoming.Files, world.ChinaNow), opening: false);
        if (outcome.Consumed || outcome.Ended)
        {
            await Conclude(outcome, held);
            return;
        }

        replies.AddRange(outcome.Replies);
        if (outcome.Hint is { Length: > 0 } hint)
            replies.Add(new Reply(hint) { Actions = outcome.Question!.Actions });
        else if (outcome.Question is { } question)
            replies.Add(question);
    }

    private async Task Conclude(Outcome outcome, Journal journal)
    {
        replies.AddRange(outcome.Replies);
        if (outcome.Ended)
        {
            state.Stack.Remove(journal);
            await AskWaiting();
        }
        else if (outcome.Question is { } question)
        {
            replies.Add(question);
        }
    }

    /// <summary>Asks the open question of the conversation that waits, if one does.</summary>
    private async Task AskWaiting(string lead = "回到刚才：")
    {
        if (state.Held is not { } held || Find(held) is not { } conversation)
            return;
        var outcome = await Run(conversation, held, null, opening: false);
        if (outcome.Question is { } question)
            replies.Add(question with { Text = lead + question.Text });
    }

    private async Task Open()
    {
        var opened = conversations.FirstOrDefault(c => May(c) && c.Opens?.Invoke(text) == true);
        if (opened is null)
        {
            var understood = recogniser.Recognise(text, Audiences.Of(world.Visitor.Role));
            opened = conversations.FirstOrDefault(c => May(c) && c.Intents.Contains(understood.Intent, StringComparer.Ordinal));
        }

        if (opened is null)
        {
            replies.Add(Menus.NotUnderstood(world.Visitor));
            return;
        }

        var journal = new Journal { Conversation = opened.Id, Version = opened.Version, StartedAt = world.UtcNow, Opening = text };
        state.Stack.Add(journal);
        await Conclude(await Run(opened, journal, null, opening: true), journal);
    }

    private async Task<Outcome> Run(Conversation conversation, Journal journal, Said? input, bool opening)
    {
        journal.LastAt = world.UtcNow;
        var outcome = await Replay.Run(conversation, journal, world, input, opening, cancellationToken);
        Fleeting |= conversation.Fleeting || journal.Hidden;
        return outcome;
    }

    private bool May(Conversation conversation) => conversation.Roles.Contains(world.Visitor.Role);

    private Conversation? Find(Journal journal) =>
        conversations.FirstOrDefault(c => c.Id == journal.Conversation && c.Version == journal.Version);
}
