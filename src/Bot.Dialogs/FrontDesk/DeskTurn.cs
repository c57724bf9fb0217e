using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;

namespace Bot.Dialogs.FrontDesk;

/// <summary>One message at the front desk: what it means, in the order of domain.md 5.4.</summary>
internal sealed partial class DeskTurn(
    IReadOnlyList<Conversation> conversations,
    Menus menus,
    IntentRecogniser recogniser,
    TalkState state,
    Incoming incoming,
    Surroundings world,
    CancellationToken cancellationToken)
{
    private readonly List<Reply> replies = [];
    private string text = Normalise.Text(incoming.Press?.Value ?? incoming.Text);
    private DeskQuestion asked;
    private IReadOnlyList<Offer> offers = [];

    public IReadOnlyList<Reply> Replies => replies;

    public bool Fleeting { get; private set; }

    public Exception? Fault { get; private set; }

    private ActorRole Role => world.Visitor.Role;

    public async Task Take()
    {
        if (TurnedAway() || OnlyOpened())
            return;
        (asked, offers) = (state.Asked, [.. state.Offers]);
        state.Asked = DeskQuestion.Nothing;
        state.Offers.Clear();
        if (state.Lost)
            Tell("系统刚更新过，刚才没说完的内容没能接上，请再说一遍，抱歉。");
        Fleeting = state.Stack.Exists(IsFleeting);
        PutAwayWhatIsOld();
        await Understand();
        OfferWhatWaits();
        Fleeting |= state.Stack.Exists(IsFleeting);
        foreach (var journal in state.Stack)
            journal.Fleeting = IsFleeting(journal);
        if (replies.Count == 0)
            Tell("好的。");
    }

    /// <summary>Nothing of the talk is touched: who is let in again finds it as it was.</summary>
    private bool TurnedAway()
    {
        if (!incoming.ForStaff || Role.IsOfficial() || Role == ActorRole.LegalObserver)
            return false;
        var office = world.Rules.SupervisionOffice;
        return Told($"您的账号不在{world.Rules.DistrictName}涉企行政检查的人员名单里，请联系{office.Name}（电话{office.Phone}）登记后再使用。");
    }

    private bool OnlyOpened()
    {
        if (!incoming.OnlyOpened)
            return false;
        if (state.Held is null && state.Asked == DeskQuestion.Nothing && state.Offers.Count == 0)
        {
            state.Greeted = true;
            replies.Add(menus.Greeting(world.Visitor, world.Rules));
        }

        return true;
    }

    private async Task Understand()
    {
        if (await Scanned() || await StalePress() || await Emergency() || await Changed() || await FromMenu() || await GlobalWord(whole: false) || await PickedOffer() || await DeskAnswer())
            return;
        if (state.Held is not null)
            await Held();
        else
            await Idle();
    }

    /// <summary>
    /// Danger first (H09): no form, no queue. What was being talked about stays where it was; an official who is just writing it down is told the same, and it
    /// is written down.
    /// </summary>
    private async Task<bool> Emergency()
    {
        if (Understanding.Emergency.Of(text) is not { } kind)
            return false;
        Tell(SpecialAnswers.ToEmergency(kind));
        if (world.Visitor.IsOfficial && state.Held is { } writing && !IsBrowsing(writing))
            return false;
        var office = world.Rules.SupervisionOffice;
        if (ById(Menus.HelpByPeople) is { } help && state.Held?.Conversation != help.Id)
            Offer($"报警之后，需要我告诉{office.Name}吗？", new Offer($"告诉{office.Name}", help.Id, text));
        else
            Tell($"报警之后，可以告诉{office.Name}，电话{office.Phone}。");
        await AskAgain("回到刚才：");
        return true;
    }

    /// <summary>A card outlives its question. What is pressed late is no answer to another one.</summary>
    private async Task<bool> StalePress()
    {
        if (incoming.Press is not { Step.Length: > 0 } press || press.Step == state.Held?.Step)
            return false;
        replies.Add(new Reply(state.Held is null ? "这张卡片上的事已经结束了，要办请重新说一遍。" : "这一步已经填过了。") { TooLate = true });
        await AskAgain("");
        if (state.Held is null)
            replies.Add(menus.Menu(world.Visitor));
        return true;
    }

    /// <summary>A choice offered a message ago: by its words, and by its number when no other question is open.</summary>
    private async Task<bool> PickedOffer()
    {
        if (offers.Count == 0 || incoming.Files.Count > 0)
            return false;
        var picked = offers.FirstOrDefault(offer => offer.Label == text);
        if (picked is null && state.Held is null && Numbers.Choice(text, offers.Count) is { } number)
            picked = offers[number - 1];
        if (picked is null && state.Held is null && offers.Count == 1 && YesNo.Of(text) is { } yes)
        {
            if (yes)
                picked = offers[0];
            else
                return Told("好的，需要时随时叫我。");
        }

        if (picked is null)
            return false;
        if (ById(picked.Conversation) is { } conversation)
            await Open(conversation, picked.Words);
        else
            await MenuWord(picked.Words);
        return true;
    }

    private async Task Held()
    {
        if (state.Held is not { } held || Found(held) is not { } conversation)
        {
            await Idle();
            return;
        }

        if (await BesideTheQuestion(held))
            return;
        if (await AnsweredInPart(conversation, held))
            return;
        var outcome = await Run(conversation, held, new Said(text, incoming.Files, world.ChinaNow) { AsWritten = Normalise.ForPeople(incoming.Press?.Value ?? incoming.Text), Calendar = world.Calendar }, opening: false);
        if (outcome.Moved && IsBrowsing(held) && Beside(held) is { } instead)
            await Opened(instead);
        else if (outcome.Consumed || outcome.Ended || outcome.Moved || outcome.Fault is not null)
            await Conclude(outcome, held);
        else
            await NoAnswer(conversation, held, outcome);
    }

    /// <summary>An answer of before is taken back for another one, and the talk goes on where it was.</summary>
    private async Task<bool> Changed()
    {
        if (incoming.Files.Count > 0 || state.Held is not { } held || Script(held) is not { } conversation || conversation.Changes?.Invoke(text) is not { } change || held.Pending == change.Key)
            return false;
        var outcome = await Replay.Change(conversation, held, world, change, new Said(text, [], world.ChinaNow) { Calendar = world.Calendar }, cancellationToken);
        if (outcome is null)
            return false;
        held.LastAt = world.UtcNow;
        Tell(change.Done);
        await Conclude(outcome, held);
        return true;
    }

    /// <summary>What is said while a question is open but would be misread as its answer.</summary>
    private async Task<bool> BesideTheQuestion(Journal held)
    {
        if (incoming.Files.Count > 0)
            return false;
        if (asked == DeskQuestion.WhatFromTheMenu && menus.Of(Role).Contains(text))
            return await MenuWord(text);
        var question = SideQuestions.Of(text);
        if (held.PendingTakesAnything)
        {
            if (await CommandInstead(held))
                return true;
            if (SideAnswers.To(AsksOnTheSide(text) ? question : SideQuestions.OfOwnSafety(text), text, world) is { } aside)
                return await Aside(aside);
        }
        else
        {
            // 等等，改一下建议 is about what is open, and the open question knows what can be changed.
            if (Special.Of(text) is { Kind: SpecialKind.ChangeOfMind } change)
            {
                if (!Corrections.Begins(change.Detail))
                    return await ChangeOfMind(change.Detail);
                text = change.Detail;
            }

            // "15号算不算安静日" is no date of a complaint, "几点下班" no time.
            if (held.PendingShape == Shape.Free && question is SideQuestion.QuietDays or SideQuestion.OfficeHours && SideAnswers.To(question, text, world) is { } answer)
                return await Aside(answer);
        }

        return IsDecline(text) && held.PendingTakesAnything && !await OffersNo() && await Leave();
    }

    /// <summary>
    /// Exactly the words of a command, typed where any text is an answer: not taken as content unseen. What they name is opened, and the question is come back
    /// to; who does mean the word as an answer says a little more.
    /// </summary>
    private async Task<bool> CommandInstead(Journal held)
    {
        if (incoming.Press is not null || !IsCommand(text) || menus.Opened(text, Role) is not { } wanted || wanted.Id == held.Conversation || await Offers(text))
            return false;
        Tell($"先打开“{text}”，没有当作回答写进去；要写进回答的，请多写几个字。");
        return await Opened(wanted);
    }

    private bool IsCommand(string words) => menus.Of(Role).Contains(words) || Menus.Intent(words) is not null || words is "常见问题" or "查案例";

    /// <summary>The open question could do nothing with the message.</summary>
    private async Task NoAnswer(Conversation conversation, Journal held, Outcome outcome)
    {
        replies.AddRange(outcome.Replies);
        if (incoming.Files.Count > 0 && conversation.TakesEvidence)
        {
            held.Attachments.AddRange(incoming.Files);
            Tell("图片先收下了，会和这次的内容一起提交。");
            await AskAgain("");
            return;
        }

        if (incoming.Wordless is not null || text.Length == 0)
        {
            Tell(incoming.Files.Count > 0 ? "这一步用不到图片，请用文字回复。" : Wordless());
            await AskAgain("");
            return;
        }

        if (SideAnswers.To(SideQuestions.Of(text), text, world) is { } aside)
            await Aside(aside);
        else if (IsDecline(text))
            await Leave();
        else if (Special.Of(text) is { } special && await SpecialAnswer(special))
            return;
        else if (Beside(held) is { } other)
            await Opened(other);
        else
            Hint(outcome, held);
    }

    private void Hint(Outcome outcome, Journal held)
    {
        var question = outcome.Question!;
        var hint = outcome.Hint is { Length: > 0 } said ? said : "没听明白。";
        if (HasPaused(held))
            replies.Add(question with { Text = $"{hint}\n{question.Text}" });
        else
            replies.Add(new Reply(hint) { Actions = question.Actions, Step = question.Step });
    }

    /// <summary>Answers and returns to what was open, in one message.</summary>
    private async Task<bool> Aside(string answer)
    {
        if (state.Held is null)
            return Told(answer);
        await AskAgain($"{answer}\n——回到刚才：");
        return true;
    }

    private void Offer(string question, params IReadOnlyList<Offer> choices)
    {
        // What was said or sent now may become the beginning of something anonymous.
        Fleeting |= choices.Any(choice => choice.Words == text && ById(choice.Conversation)?.Fleeting == true);
        state.Offers.AddRange(choices);
        replies.Add(new Reply(question) { Actions = [.. choices.Select(choice => choice.Label)] });
    }

    private void Tell(string said) => replies.Add(new Reply(said));

    private bool Told(string said)
    {
        Tell(said);
        return true;
    }

    private string Wordless() => incoming.Wordless switch
    {
        "语音" => "这段语音我没听清，麻烦用文字说一下。",
        "图片" => "这张图片没能收下，请换一张或过一会儿再发（jpg、png、gif，不超过10 MB）。",
        "位置" => "位置收到了，我还用不上，请用文字说要办的事。",
        _ => "收到。我只看得懂文字和图片，请用文字说一下。",
    };

    /// <summary>不用了谢谢 (H05): no to an offer, the end of a draft, good-bye to nobody in particular.</summary>
    private static bool IsDecline(string text) => Special.Of(text)?.Kind == SpecialKind.PoliteDecline && text.Length > 1;

    /// <summary>Where any text is an answer, only an announced question is one beside the matter.</summary>
    private static bool AsksOnTheSide(string text) =>
        Array.Exists(["先问一下", "先问下", "插一句", "顺便问", "另外问", "问个别的", "打断一下", "等等问"], lead => text.StartsWith(lead, StringComparison.Ordinal));
}
