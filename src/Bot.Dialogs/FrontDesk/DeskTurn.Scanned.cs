using System.Text;
using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;

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

    /// <summary>
    /// The menu's words are a wish, whatever question stands open: what was not begun yet gives way to it, a draft is come back to, and who taps what is open
    /// already is asked its question again. The words on a card say more than that: they are done, and what was open about the same matter has had its answer.
    /// </summary>
    private async Task<bool> FromMenu()
    {
        if (!incoming.FromMenu || text is Resume or Anew or Drop or GoOn || offers.Any(offer => offer.Label == text))
            return false;
        foreach (var journal in state.Stack.FindAll(journal => journal is { Answers: 0, HasSent: false, Attachments.Count: 0 }))
        {
            Fleeting |= IsFleeting(journal);
            state.Stack.Remove(journal);
        }

        var wanted = menus.Opened(text, Role);
        var namesMatter = Menus.Intent(text) is null;
        if (namesMatter && Matter().Match(text) is { Success: true } matter)
            state.Stack.RemoveAll(journal => journal.Conversation == wanted?.Id && journal.Opening != text && Concerns(journal, matter.Value));
        if (wanted is not null && state.Stack.Find(journal => journal.Conversation == wanted.Id && !IsBrowsing(journal) && (!namesMatter || journal.Opening == text)) is { } begun)
        {
            state.Stack.Remove(begun);
            state.Stack.Add(begun);
            await AskAgain("刚才说到这里：");
            return true;
        }

        if (wanted is null && world.Visitor.IsOfficial && namesMatter && conversations.Any(c => c.Opens?.Invoke(text) == true))
        {
            replies.Add(new Reply("这件事现在不由您的岗位办理，没有办。需要办的，请告诉本单位负责人或联络员。") { TooLate = true });
            return true;
        }

        var done = wanted is not null ? await Opened(wanted) : await GlobalWord(whole: true) || await MenuWord(text);
        if (done && state.Held is { } held && !replies.Exists(reply => reply.Step == held.Step))
            await AskAgain("回到刚才：");
        return done;
    }

    private static bool Concerns(Journal journal, string matter) =>
        journal.Opening.Contains(matter, StringComparison.OrdinalIgnoreCase) || journal.Entries.Exists(entry => entry.Value.Span.IndexOf(Encoding.UTF8.GetBytes($"\"{matter}\"")) >= 0);

    /// <summary>Somebody who follows because of the code has seen nothing of the bot yet.</summary>
    private bool IsNew => !state.Greeted && state.Stack.Count == 0 && world.Visitor.PersonId is null;

    [GeneratedRegex("(?<![0-9A-Za-z])[A-Z]{1,3}[0-9]+(-[0-9]+)?(?![0-9A-Za-z-])")]
    private static partial Regex Matter();
}
