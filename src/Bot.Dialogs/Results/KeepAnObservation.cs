using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Results;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Results;

/// <summary>观察期: an inspector gives an enterprise time until a day and says what to do; both see it, and what came of it is registered (W24).</summary>
public static partial class KeepAnObservation
{
    internal const string Word = "观察期";
    private const int Longest = 500;
    private const int Listed = 8;
    private const string Another = "另写一个事项";

    private static readonly Rule Known = new("没有找到这个观察期，可能已经登记情况，或者它不由您的单位设定。说“观察期”可以看到本单位的。", "W24");

    public static Conversation Conversation { get; } = new("KeepAnObservation", Word, "这次办理", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader],
        Opens = text => text == Word || (text.StartsWith(Word, StringComparison.Ordinal) && (TaskNumbers.In(text) is not null || Period().IsMatch(text))),
        Browsing = ["outcome"],
    };

    public static Conversation OfEnterprise { get; } = new("SeeMyObservation", Word, "这次查看", See)
    {
        Roles = [ActorRole.EnterpriseUser],
        Opens = text => text is Word or "我的观察期",
    };

    /// <summary>What an observation period is to be; asked together with the result where the inspector speaks of it.</summary>
    internal static async Task<Draft> Ask(Chat chat, string about, IReadOnlyList<string> problems)
    {
        var matter = Another;
        if (problems.Count > 0)
            matter = await chat.Choose("matter", $"{about}，给哪个事项设观察期？", [.. problems.Take(Listed).Select(problem => new Option(problem, problem)), new Option(Another, Another, "别的", "其他")]);
        if (matter == Another)
            matter = await chat.Ask("words", $"{about}，给什么事项设观察期？", Longest);
        var until = await chat.Ask("until", "观察期到哪天？例如“12月31日”。", ReadEnd, takesAnything: false);
        var what = await chat.Ask("what", "观察期内请企业做什么？用大白话写，企业会看到。", Longest);
        return new Draft(matter, until, what);
    }

    internal static IEnumerable<ReviewItem> Shown(Draft draft) =>
        [new("matter", "观察事项", draft.Matter), new("until", "观察期截止", ChineseDates.WithWeekday(draft.Until)), new("what", "企业要做", draft.WhatToDo)];

    internal static async Task Set(Chat chat, string taskId, Draft draft)
    {
        var set = await chat.Send(new SetObservationPeriod(chat.Visitor, taskId, draft.Matter, draft.Until, draft.WhatToDo));
        var remind = set.RemindOn is { } day ? $"{ChineseDates.WithWeekday(day)}提醒双方，" : "";
        var told = set.Told > 0 ? $"{set.EnterpriseName}会收到截止日期和要做的事。" : $"{set.EnterpriseName}还没有联系人绑定，请电话或书面告知并留存记录。";
        chat.Say($"已设观察期（{set.PeriodId}），到{ChineseDates.WithWeekday(set.Until)}止。{told}{remind}届满后请核实并登记。观察期内请先指导、督促改正，慎用处罚等严厉措施。", $"{Word} {set.PeriodId}");
    }

    private static async Task After(Chat chat, string taskId)
    {
        var known = await chat.Look(new MattersOfResult(chat.Visitor, taskId));
        var draft = await Ask(chat, $"{taskId} {known.EnterpriseName}", known.Problems);
        if (await chat.Review("review", $"请核对{taskId}的观察期（提交后企业会收到）：", [.. Shown(draft)]))
            await Set(chat, taskId, draft);
        else
            chat.Say("好的，没有设观察期。", $"{Word} {taskId}");
    }

    private static async Task Play(Chat chat)
    {
        if (Period().Match(chat.Opening) is { Success: true } named)
            await About(chat, named.Value.ToUpperInvariant());
        else if (TaskNumbers.In(chat.Opening) is { } task)
            await After(chat, task);
        else
            await See(chat);
    }

    private static async Task About(Chat chat, string id)
    {
        var one = (await chat.Look(new ObservationPeriods(chat.Visitor))).FirstOrDefault(period => period.Id == id);
        Known.Require(one is not null);
        if (chat.Visitor.Role == ActorRole.UnitLeader)
        {
            chat.Tell(Line(one!, mine: false));
            return;
        }

        var outcome = await chat.Choose("outcome", $"{Line(one!, mine: false)}情况怎样？", new Option("kept", "已做到", "做到了"), new Option("not", "没有做到", "没做到"), new Option("leave", "先不登记", "先不"));
        if (outcome == "leave")
        {
            chat.Say("好的。观察期内请先指导、督促改正，慎用处罚等严厉措施。");
            return;
        }

        var seen = await chat.Ask("seen", "请用一句话写明怎么核实的，企业会看到。", Longest);
        await chat.Send(new CloseObservationPeriod(chat.Visitor, id, outcome == "kept", seen));
        chat.Say(outcome == "kept" ? $"{id}已登记：已做到。企业已收到通知。" : $"{id}已登记：没有做到。企业已收到通知。需要采取措施的，请依法进行，并先看三张清单是否有适用的条款。");
    }

    private static async Task See(Chat chat)
    {
        var mine = chat.Visitor.Role == ActorRole.EnterpriseUser;
        var periods = await chat.Look(new ObservationPeriods(chat.Visitor));
        if (periods.Count == 0)
            chat.Tell(mine ? "贵单位现在没有观察期。" : "本单位现在没有观察期。要设的，请说“观察期 任务编号”。");
        else
            chat.Tell(string.Join('\n', periods.Select(period => Line(period, mine))));
    }

    private static string Line(ObservationView one, bool mine) =>
        $"{one.Id} {(mine ? one.UnitName : one.EnterpriseName)}：{one.Matter}，观察期到{ChineseDates.WithWeekday(one.Until)}止{(one.Over ? "，已届满" : "")}。{(mine ? "请做到" : "企业要做")}：{one.WhatToDo.TrimEnd('。')}。";

    private static Read<DateOnly> ReadEnd(Said said) => said.Day(Facing.Future) is { } day && day.On > DateOnly.FromDateTime(said.ChinaNow)
        ? day.On
        : Read.No<DateOnly>("请写今天以后的日期，例如“12月31日”“下个月底”。");

    internal sealed record Draft(string Matter, DateOnly Until, string WhatToDo);

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Qq][0-9]{1,4}-[0-9]{1,6}(?![A-Za-z0-9])")]
    private static partial Regex Period();
}
