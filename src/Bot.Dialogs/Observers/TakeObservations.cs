using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Observers;

namespace Bot.Dialogs.Observers;

/// <summary>C30: a legal observer says which of the month's observations can be made.</summary>
public static partial class TakeObservations
{
    private const string Tasks = "观察任务";

    private static readonly string[] Words = [Tasks, "本月观察任务", "我的观察任务", "接受观察任务"];

    public static Conversation Conversation { get; } = new("TakeObservations", Tasks, "这次答复", Play)
    {
        Roles = [ActorRole.LegalObserver],
        Opens = text => Words.Contains(text, StringComparer.Ordinal),
        Browsing = ["taken"],
    };

    /// <summary>How the month's observations stand, for the justice bureau.</summary>
    public static Conversation Overview { get; } = new("SeeObservationTasks", Tasks, "这次查看", Show)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => Words.Contains(text, StringComparer.Ordinal) || text == "观察员任务",
    };

    private static async Task Play(Chat chat)
    {
        var tasks = await chat.Look(new ObservationOffersOfMonth(chat.Visitor));
        var open = tasks.Where(task => task.State is OfferState.Offered).ToList();
        if (open.Count == 0)
        {
            chat.Say(tasks.Count == 0 ? "本月没有给您安排观察任务。看到检查，随时可以说“观察”填写。" : $"{Month(tasks[0])}观察任务：{ChineseList.Circled(tasks.Select(task => $"{Line(task)}（{State(task.State)}）"))}。检查后说“观察”填写。", "观察");
            return;
        }

        var taken = await chat.Ask(
            "taken",
            $"{Month(open[0])}观察任务{open.Count}件：{ChineseList.Circled(open.Select(Line))}。是否接受？",
            said => ReadTaken(said, open.Count),
            takesAnything: false,
            open.Count > 1 ? ["都接受", "都不方便"] : ["接受", "不方便"]);
        if (taken.Count > 0 && taken.Count < open.Count
            && !await chat.Confirm("some", $"那只安排{string.Join('、', taken.Select(number => $"第{Digits[number - 1]}件"))}，可以吗？", "可以", "都不参加"))
            taken = [];
        if (taken.Count == 0)
        {
            await chat.Send(new AnswerObservationOffer(chat.Visitor, []));
            chat.Say("好的，本月不安排。谢谢您告知，不需要说明原因。");
            return;
        }

        var understood = await chat.Ask(
            "rules",
            "提示：不干扰检查；不得透露未公开的检查安排；拍照避开人脸和商业秘密。",
            said => said.Text is "明白" or "知道了" or "好" or "好的" or "清楚" or "了解" || YesNo.Of(said.Text) == true ? true : Read.No<bool>("请回复“明白”，我再登记；不参加了请说“取消”。"),
            takesAnything: false,
            "明白");
        if (!understood)
            return;
        var answered = await chat.Send(new AnswerObservationOffer(chat.Visitor, [.. taken.Select(number => open[number - 1].Ordinal)]));
        chat.Say($"已登记{answered.Taken}件。检查后回复“观察”即可填写，{ChineseDates.Short(answered.Until)}前有效。");
    }

    private static async Task Show(Chat chat)
    {
        var tasks = await chat.Look(new ObservationOffersOfMonth(chat.Visitor));
        chat.Say(tasks.Count == 0
            ? "本月还没有安排观察任务：每月第一个工作日自动发给在聘期内的观察员。"
            : $"{Month(tasks[0])}观察任务：\n{string.Join('\n', tasks.GroupBy(task => task.Observer).Select(of => $"{of.Key}：{ChineseList.Circled(of.Select(task => $"{Line(task)}（{State(task.State)}）"))}"))}");
    }

    private const string Digits = "一二三四五六七八九十";

    private static string Month(OfferedObservation task) => $"{task.Until.Month}月";

    private static string Line(OfferedObservation task) => task.TaskId is null ? "自选一次" : $"{task.TaskId} {(task.On is { } on ? ChineseDates.Short(on) : "")} {task.Field}".TrimEnd();

    private static string State(OfferState state) => state switch
    {
        OfferState.Offered => "待答复",
        OfferState.Accepted => "已接受",
        OfferState.Declined => "不参加",
        OfferState.Done => "已完成",
        _ => "已过期",
    };

    /// <summary>Which ones are taken: 都接受, 第一件可以, 第二件选不了.</summary>
    private static Read<IReadOnlyList<int>> ReadTaken(Said said, int count)
    {
        var all = Enumerable.Range(1, count).ToList();
        var named = Ordinal().Matches(said.Text).Select(found => Number(found.Groups[1].Value)).Where(number => number >= 1 && number <= count).Distinct().Order().ToList();
        var cannot = Cannot().IsMatch(said.Text);
        if (named.Count > 0)
            return new Read<IReadOnlyList<int>>(true, cannot ? [.. all.Except(named)] : named, null);
        if (cannot || YesNo.Of(said.Text) == false)
            return new Read<IReadOnlyList<int>>(true, [], null);
        if (said.Text is "都接受" or "接受" or "全部接受" or "都可以" or "都行" or "没问题" || YesNo.Of(said.Text) == true)
            return new Read<IReadOnlyList<int>>(true, all, null);
        return Read.No<IReadOnlyList<int>>("请说“都接受”“都不方便”，或者“第二件选不了”这样的话。");
    }

    private static int Number(string digit) => Digits.IndexOf(digit, StringComparison.Ordinal) is >= 0 and var at ? at + 1 : int.TryParse(digit, out var number) ? number : 0;

    [GeneratedRegex("第?([一二三四五六七八九十]|[0-9]{1,2})(?:件|个|项|次)")]
    private static partial Regex Ordinal();

    [GeneratedRegex("不方便|不行|选不了|去不了|不能|没空|没时间|来不及|不接受|不参加|不去|不可以|参加不了|做不了|冲突")]
    private static partial Regex Cannot();
}
