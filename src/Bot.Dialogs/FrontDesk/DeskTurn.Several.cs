using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.FrontDesk;

/// <summary>More than one thing in one message: two wishes, a question inside an answer, an answer with another wish behind it.</summary>
internal sealed partial class DeskTurn
{
    private const double SureOfHalf = 0.5;
    private const double SureOfSecondWish = 0.6;

    /// <summary>先查下进度，再申请指导: the first is begun, the second is offered when it is done.</summary>
    private async Task<bool> TwoAtOnce()
    {
        if (state.Held is not null || incoming.Files.Count > 0 || incoming.Press is not null)
            return false;
        foreach (var (first, then) in TwoWishes.In(text))
        {
            if (Wish(first, SureOfHalf) is not { } begun || Wish(then, SureOfSecondWish) is not { } waits || begun.Id == waits.Id)
                continue;
            var whole = recogniser.Recognise(text, Audiences.Of(Role));
            if (whole.IsClear && ByIntent(whole.Intent) is { } both && both.Id != begun.Id && both.Id != waits.Id)
                continue;
            text = first;
            state.Later = new Offer(waits.Title, waits.Id, Menus.Opening(waits, then));
            Tell($"好的，先办“{begun.Title}”，“{waits.Title}”我记着，办完接着办。");
            return await Opened(begun);
        }

        return false;
    }

    /// <summary>A part of the message answers the open question; the rest asks the service something or wishes something more.</summary>
    private async Task<bool> AnsweredInPart(Conversation conversation, Journal held)
    {
        if (incoming.Files.Count > 0 || incoming.Press is not null)
            return false;
        var inStory = held.PendingTakesAnything;
        if (AsidesInAnswers.In(text, inStory) is var (answer, question) && SideAnswers.To(SideQuestions.Of(question), question, world) is { } aside)
            return await TakenAs(answer, conversation, held, () => Tell(aside));
        foreach (var (first, then) in TwoWishes.In(text, announcedOnly: true))
        {
            if (Wish(then, SureOfSecondWish) is not { } waits || waits.Id == conversation.Id || state.Stack.Exists(journal => journal.Conversation == waits.Id))
                continue;
            return await TakenAs(first, conversation, held, () =>
            {
                state.Later = new Offer(waits.Title, waits.Id, Menus.Opening(waits, then));
                Tell($"“{waits.Title}”我记着，这件办完接着办。");
            });
        }

        return false;
    }

    private async Task<bool> TakenAs(string answer, Conversation conversation, Journal held, Action first)
    {
        var outcome = await Run(conversation, held, new Said(answer, [], world.ChinaNow) { Calendar = world.Calendar }, opening: false);
        if (!outcome.Consumed || outcome.Moved || outcome.Fault is not null)
            return false;
        first();
        await Conclude(outcome, held);
        return true;
    }

    /// <summary>The conversation that words clearly ask for.</summary>
    private Conversation? Wish(string words, double sure)
    {
        if (menus.Of(Role).Contains(words) && menus.Opened(words, Role) is { } fromMenu)
            return fromMenu;
        if (ByOpening(words) is { } opened)
            return opened;
        var understood = recogniser.Recognise(words, Audiences.Of(Role));
        return understood.IsClear && understood.Score >= sure ? ByIntent(understood.Intent) : null;
    }

    /// <summary>Nothing is open any more: what was put off is offered, once.</summary>
    private void OfferWhatWaits()
    {
        if (state.Later is not { } later || state.Held is not null || state.Offers.Count > 0 || state.Asked != DeskQuestion.Nothing)
            return;
        state.Later = null;
        if (ById(later.Conversation) is { } conversation)
            Offer($"您刚才还说要办“{conversation.Title}”，现在办吗？", later);
    }
}
