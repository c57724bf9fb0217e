using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.Rules;

namespace Bot.Dialogs.FrontDesk;

/// <summary>What a message led to: what is said now, what is remembered, and whether the turn must not stay in the chat's history.</summary>
public sealed record Talked(IReadOnlyList<Reply> Replies, TalkState State, bool Fleeting)
{
    /// <summary>A mistake in a conversation. The person has had a kind word and nothing they said is lost; log it and tell the operator.</summary>
    public Exception? Fault { get; init; }
}

/// <summary>
/// Decides what a message means. Order: a scanned code, emergency, global words, the open question, side questions, openings, intents, three likely choices
/// (domain.md 5.4). Knows which conversations there are; holds no state between messages.
/// </summary>
public sealed class Desk(IReadOnlyList<Conversation> conversations, IntentRecogniser recogniser)
{
    private readonly Menus menus = new(conversations);

    /// <summary>The first words to somebody new: at most five lines, and the menu as buttons.</summary>
    public Reply Greet(Actor visitor, RulePack rules) => menus.Greeting(visitor, rules);

    public async Task<Talked> Take(TalkState state, Incoming incoming, Surroundings world, CancellationToken cancellationToken)
    {
        var turn = new DeskTurn(conversations, menus, recogniser, state, incoming, world, cancellationToken);
        await turn.Take();
        return new Talked(turn.Replies, state, turn.Fleeting) { Fault = turn.Fault };
    }
}
