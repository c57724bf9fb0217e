using Bot.Dialogs.Conversations;

namespace Bot.Dialogs.FrontDesk;

/// <summary>Every conversation that can be held. A new one is added here and nowhere else.</summary>
public static class AllConversations
{
    public static IReadOnlyList<Conversation> List { get; } =
    [
    ];
}
