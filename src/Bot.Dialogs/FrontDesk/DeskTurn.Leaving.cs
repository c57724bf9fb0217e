using System.Buffers;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.FrontDesk;

/// <summary>The five global words, and what was put away or has run out of time.</summary>
internal sealed partial class DeskTurn
{
    private const int AnswersWorthAsking = 2;
    private const string Resume = "继续上次";
    private const string Anew = "重新开始";
    private const string Drop = "放弃";
    private const string GoOn = "继续填";

    /// <summary>After this the person may have forgotten what was asked.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(",.。、;!?~…:");

    private DateTime lastBefore;

    /// <summary>A question that takes any text leaves only the bare word its meaning (botframework-solutions #539).</summary>
    private async Task<bool> GlobalWord(bool whole)
    {
        var word = incoming.Files.Count > 0 || ((whole || state.Held is { PendingTakesAnything: true }) && !IsOneClause(text)) ? Understanding.GlobalWord.None : GlobalWords.Of(text);
        if (word != Understanding.GlobalWord.None && !IsOneClause(text) && Special.Of(text) is { Kind: SpecialKind.ChangeOfMind } change)
            return await ChangeOfMind(change.Detail);
        if (word == Understanding.GlobalWord.Cancel && !whole && await Offers(text))
            return false;
        return word switch
        {
            Understanding.GlobalWord.Cancel => await Cancel(),
            Understanding.GlobalWord.Back => await Back(),
            Understanding.GlobalWord.Menu => await ShowMenu(menus.Menu(world.Visitor)),
            Understanding.GlobalWord.Help => await ShowMenu(menus.Help(world.Visitor, world.Rules)),
            Understanding.GlobalWord.Human => await Human(),
            _ => false,
        };
    }

    private async Task<bool> Cancel()
    {
        if (asked == DeskQuestion.WhetherToResume && state.Kept.Count > 0)
        {
            state.Kept.Clear();
            return Told("好的，上次的内容已清除。需要时随时叫我。");
        }

        if (state.Held is null)
        {
            // With nothing under way, 撤回 means what was handed in.
            return ByOpening(text) is { } withdrawing ? await Opened(withdrawing, text) : Told("好的，现在没有正在办的事。需要时随时叫我。");
        }

        if (IsBrowsing(state.Held))
        {
            StopBrowsing();
            Tell("好的。需要时随时叫我。");
            await AskAgain("回到刚才：");
            return true;
        }

        if (asked == DeskQuestion.WhetherToDrop || state.Held is not { HasSent: false, Answers: >= AnswersWorthAsking } held)
            return await Leave();
        state.Asked = DeskQuestion.WhetherToDrop;
        replies.Add(new Reply($"已填{held.Answers}项，要放弃吗？") { Actions = [Drop, GoOn] });
        return true;
    }

    /// <summary>Leaves the conversation. A draft of some length can be taken up again for a while; an anonymous one is deleted at once (W28).</summary>
    private async Task<bool> Leave()
    {
        if (state.Held is not { } held)
            return false;
        var script = Script(held);
        var parting = script is null || held.HasSent ? null : (await Run(script, held, null, opening: false)).Question?.WhenLeft;
        state.Stack.Remove(held);
        Fleeting |= held.Hidden || script?.Fleeting == true;
        if (held.HasSent)
        {
            Tell("好的，先到这里，已经提交的不受影响。需要时随时叫我。");
        }
        else if (parting is not null)
        {
            Tell(parting);
        }
        else if (held.Answers < AnswersWorthAsking || held.Hidden || script is null or { Fleeting: true })
        {
            Tell($"好的，{script?.Draft ?? "这件事"}没有提交，内容已清除。需要时随时叫我。");
        }
        else
        {
            Keep(held, world.UtcNow + world.Rules.Conversation.ContinueWithin);
            Tell($"好的，{script.Draft}没有提交。{world.Rules.Conversation.ContinueWithin.TotalHours:0}小时内说“{Resume}”可以接着填，过后自动清除。");
        }

        await AskAgain("回到刚才：");
        return true;
    }

    private async Task<bool> Back()
    {
        if (asked == DeskQuestion.WhetherToDrop || state.Held is not { } held)
        {
            if (state.Held is null)
                replies.Add(menus.Menu(world.Visitor) with { Text = "现在没有可以返回的步骤。请选择要办的事，也可以直接说：" });
            await AskAgain("");
            return true;
        }

        if (Found(held) is not { } conversation)
        {
            await AskAgain("");
            return true;
        }

        switch (await Replay.Back(conversation, held, world, cancellationToken))
        {
            case StepBack.AlreadySent:
                Tell("前面的已经提交，不能退回修改。");
                break;
            case StepBack.NothingBefore:
                var looked = IsBrowsing(held);
                state.Stack.Remove(held);
                Fleeting |= held.Hidden || conversation.Fleeting;
                Tell(looked ? $"已退出“{conversation.Title}”。" : $"已退出“{conversation.Title}”，{conversation.Draft}没有提交。");
                await AskAgain("回到刚才：");
                return true;
        }

        await AskAgain("");
        return true;
    }

    private async Task<bool> ShowMenu(Reply menu)
    {
        replies.Add(menu);
        state.Greeted = true;
        if (state.Held is not null)
        {
            state.Asked = DeskQuestion.WhatFromTheMenu;
            await AskAgain("——回到刚才：");
        }

        return true;
    }

    private async Task<bool> Human()
    {
        var office = world.Rules.SupervisionOffice;
        if (state.Stack.Exists(journal => journal.Conversation == Menus.HelpByPeople))
        {
            Tell($"人工帮助已经打开了。急事请拨打{office.Name}电话{office.Phone}。");
            await AskAgain("");
        }
        else if (ById(Menus.HelpByPeople) is { } help)
        {
            await Open(help, text);
        }
        else
        {
            await Aside($"需要人工，请在办公时间拨打{office.Name}电话{office.Phone}。");
        }

        return true;
    }

    /// <summary>H07: the draft goes, the new wish is taken as if it had been said alone.</summary>
    private async Task<bool> ChangeOfMind(string wish)
    {
        if (state.Held is { } held)
        {
            var script = Script(held);
            state.Stack.Remove(held);
            Fleeting |= held.Hidden || script?.Fleeting == true;
            Tell(held.HasSent ? "好的，已经提交的不受影响。" : $"好的，{script?.Draft ?? "这件事"}没有提交，草稿已清除。");
        }

        text = wish;
        if (await GlobalWord(whole: true))
            return true;
        if (SideAnswers.To(SideQuestions.Of(Asking(wish)), wish, world) is { } answer)
            await Aside(answer);
        else
            await Idle();
        return true;
    }

    /// <summary>The answer to what the desk itself asked.</summary>
    private async Task<bool> DeskAnswer()
    {
        if (text == Resume && state.Held is null)
            return await TakeUpAgain();
        switch (asked)
        {
            case DeskQuestion.WhetherToDrop when text == Drop || Numbers.Choice(text, 2) == 1 || YesNo.Of(text) == true:
                return await Leave();
            case DeskQuestion.WhetherToDrop when text == GoOn || Numbers.Choice(text, 2) == 2 || YesNo.Of(text) == false:
                await AskAgain("");
                return true;
            case DeskQuestion.WhetherToResume when Numbers.Choice(text, 2) == 1 || YesNo.Of(text) == true:
                return await TakeUpAgain();
            case DeskQuestion.WhetherToResume when (text == Anew || Numbers.Choice(text, 2) == 2) && state.Kept is [.., var last] && ById(last.Conversation) is { } conversation:
                state.Kept.Clear();
                await Open(conversation, last.Opening);
                return true;
            case DeskQuestion.WhetherToResume when YesNo.Of(text) == false:
                state.Kept.Clear();
                return Told("好的，上次的内容已清除。需要时随时叫我。");
            default:
                return false;
        }
    }

    private async Task<bool> TakeUpAgain()
    {
        if (state.Kept.Count == 0)
        {
            replies.Add(menus.Menu(world.Visitor) with { Text = "没有可以继续的内容。请选择要办的事，也可以直接说：" });
            return true;
        }

        state.Stack.AddRange(state.Kept);
        state.Kept.Clear();
        await AskAgain("好，接着上次：");
        return true;
    }

    /// <summary>A pause within the pack's limit just goes on; after it the person is asked; in the end what was said is deleted.</summary>
    private void PutAwayWhatIsOld()
    {
        var times = world.Rules.Conversation;
        lastBefore = state.Held?.LastAt ?? world.UtcNow;
        state.Kept.RemoveAll(journal => world.UtcNow > journal.KeptUntil);
        state.Photos.RemoveAll(_ => world.UtcNow - lastBefore > times.ContinueWithin);
        if (state.Held is not { } held || world.UtcNow - held.LastAt <= times.ContinueWithin)
            return;
        StopBrowsing();
        state.Later = null;
        var gone = state.Stack.FindAll(journal => world.UtcNow - journal.LastAt > times.KeptFor || journal.Hidden || Script(journal) is null or { Fleeting: true });
        state.Stack.RemoveAll(gone.Contains);
        if (gone.Count > 0)
            Tell($"上次的{string.Join("、", gone.Select(journal => Script(journal)?.Title ?? "内容"))}放得太久，内容已经清除，需要的话可以重新开始。");
        if (state.Stack.Count == 0)
            return;
        state.Kept.Clear();
        foreach (var journal in state.Stack)
            journal.KeptUntil = journal.LastAt + times.KeptFor;
        state.Kept.AddRange(state.Stack);
        state.Stack.Clear();
        late = true;
    }

    private void Keep(Journal journal, DateTime until)
    {
        journal.KeptUntil = until;
        state.Kept.Clear();
        state.Kept.Add(journal);
    }

    /// <summary>上次的…停在「…」: asked when the late message says nothing by itself.</summary>
    private async Task<bool> AskWhetherToResume()
    {
        if (state.Kept is not [.., var journal] || Script(journal) is not { } conversation)
            return false;
        var outcome = await Replay.Run(conversation, journal, world, null, opening: false, cancellationToken);
        if (outcome.Question is not { } question)
            return false;
        state.Asked = DeskQuestion.WhetherToResume;
        replies.Add(new Reply($"上次的{conversation.Title}停在「{FirstLine(question.Text)}」，还留着。") { Actions = [Resume, Anew] });
        return true;
    }

    private static string FirstLine(string text)
    {
        const int longest = 40;
        var line = text.Split('\n')[0];
        return line.Length > longest ? line[..longest] + "…" : line;
    }

    private bool HasPaused(Journal held) => held.LastAt - lastBefore > Pause;

    private static bool IsOneClause(string text) => Normalise.Bare(text).AsSpan().IndexOfAny(ClauseEnds) < 0;

    /// <summary>"问下安静日" asks, though without a question mark.</summary>
    private static string Asking(string wish) => wish.EndsWith('?') ? wish : wish + "?";
}
