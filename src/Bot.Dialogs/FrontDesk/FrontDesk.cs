using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;

namespace Bot.Dialogs.FrontDesk;

/// <summary>What a message led to: what is said now, what is remembered, and whether the turn must not stay in the chat's history.</summary>
public sealed record Talked(IReadOnlyList<Reply> Replies, TalkState State, bool Fleeting);

/// <summary>
/// Decides what a message means. Order: emergency, global words, the open question, side questions, openings, intents, three likely choices
/// (domain.md 5.4). Knows which conversations there are; holds no state between messages.
/// </summary>
public sealed class Desk(IReadOnlyList<Conversation> conversations, IntentRecogniser recogniser)
{
    /// <summary>The first words to somebody new: at most five lines, and the menu as buttons.</summary>
    public static Reply Greet(Actor visitor) => Menus.Greeting(visitor);

    public async Task<Talked> Take(TalkState state, Incoming incoming, Surroundings world, CancellationToken cancellationToken)
    {
        var turn = new DeskTurn(conversations, recogniser, state, incoming, world, cancellationToken);
        await turn.Take();
        return new Talked(turn.Replies, state, turn.Fleeting);
    }
}
