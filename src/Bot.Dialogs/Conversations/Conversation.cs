using Bot.Domain.Commands;

namespace Bot.Dialogs.Conversations;

/// <summary>
/// One conversation: who may hold it, which intents and openings start it, and the method that is the talk. <see cref="Draft"/> is what is
/// lost when it is cancelled, as a noun phrase (这次申请, 这次投诉).
/// </summary>
public sealed record Conversation(string Id, string Title, string Draft, Func<Chat, Task> Play)
{
    /// <summary>Raise it when recorded answers no longer mean the same; running conversations then begin anew with a kind word.</summary>
    public int Version { get; init; } = 1;

    public IReadOnlyList<ActorRole> Roles { get; init; } = [];

    /// <summary>Intents (utterances.json) that open it.</summary>
    public IReadOnlyList<string> Intents { get; init; } = [];

    /// <summary>Says whether a text opens it by its shape alone: 答复 G26-58, a look-up code.</summary>
    public Func<string, bool>? Opens { get; init; }

    /// <summary>Reads words that change an answer given before, whatever question is open (还是匿名吧); null for most.</summary>
    public Func<string, Change?>? Changes { get; init; }

    /// <summary>The head of the scanned codes it takes: <c>bind</c> for the scene <c>bind_…</c>, whose rest becomes <see cref="Chat.Opening"/>.</summary>
    public string? Scene { get; init; }

    /// <summary>Questions over a list or a card, before anything was said that could be lost: another wish takes their place.</summary>
    public IReadOnlyList<string> Browsing { get; init; } = [];

    /// <summary>Holds back everything that leads to the person: the turns of this conversation are deleted from the chat's history soon (W28).</summary>
    public bool Fleeting { get; init; }

    /// <summary>Asks for photos somewhere (<see cref="Chat.AskForMore"/>): one that comes earlier is kept for that question.</summary>
    public bool TakesEvidence { get; init; }
}

/// <summary>The question whose answer changes, the new answer in words, and what is said when it is taken.</summary>
public sealed record Change(string Key, string Value, string Done);
