namespace Bot.Dialogs.FrontDesk;

/// <summary>A scanned code: a clear wish, whatever question stands open. That question is come back to.</summary>
internal sealed partial class DeskTurn
{
    private async Task<bool> Scanned()
    {
        if (incoming.Scene is not { Length: > 0 } scene)
            return false;
        var head = scene.Split('_')[0];
        var argument = scene.Length > head.Length ? scene[(head.Length + 1)..] : "";
        if (argument.Length == 0 || conversations.FirstOrDefault(c => c.Scene == head && May(c)) is not { } conversation)
        {
            Tell("这个二维码在这里用不了：可能不是本服务的，可能已经作废，也可能不是给您这个身份用的。");
            if (IsNew)
                replies.Add(menus.Greeting(world.Visitor, world.Rules));
            state.Greeted = true;
            await AskAgain("回到刚才：");
            return true;
        }

        if (IsNew)
            Tell(Menus.Hello(world.Visitor, world.Rules));
        state.Greeted = true;

        // Whoever scans the same code again begins anew with it.
        state.Stack.RemoveAll(journal => journal.Conversation == conversation.Id && journal.Opening == argument);
        await Open(conversation, argument);
        return true;
    }

    /// <summary>Somebody who follows because of the code has seen nothing of the bot yet.</summary>
    private bool IsNew => !state.Greeted && state.Stack.Count == 0 && world.Visitor.PersonId is null;
}
