namespace Bot.Dialogs.Conversations;

/// <summary>A conversation has grown past all measure: it loops where the desk should.</summary>
internal sealed class ConversationTooLongException() : Exception("A conversation has grown past all measure.");
