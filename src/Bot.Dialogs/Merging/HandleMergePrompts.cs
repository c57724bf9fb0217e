using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Merging;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Merging;

/// <summary>C21: a liaison answers prompts to merge, urges the others, asks why a task is in none (J24–J28, D08, W14); the justice bureau settles what is stuck.</summary>
public static partial class HandleMergePrompts
{
    private const int LongestReason = 300;
    private const int Listed = 9;

    public static Conversation Conversation { get; } = new("HandleMergePrompts", "并办提示", "这次办理", Play)
    {
        Roles = [ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor],
        Intents = [Intents.StaffMerge],
        Browsing = ["which", "wish", "wait"],
        Opens = text => text is "并办提示" or "并办" or "本月冲突" || ((text.StartsWith("打开", StringComparison.Ordinal) || text.Contains('并', StringComparison.Ordinal)) && Prompt().IsMatch(text)) || AsksWhy(text),
    };

    private static async Task Play(Chat chat)
    {
        if (chat.Opening == "本月冲突")
        {
            await Meetings(chat);
            return;
        }

        if (AsksWhy(chat.Opening))
        {
            chat.Tell(await chat.Look(new WhyNotMerged(chat.Visitor, InspectionTaskId().Match(chat.Opening).Value.ToUpperInvariant())));
            return;
        }

        var id = Prompt().Match(chat.Opening) is { Success: true } named ? named.Value.ToUpperInvariant() : await Pick(chat);
        if (id.Length > 0)
            await About(chat, id);
    }

    private static async Task<string> Pick(Chat chat)
    {
        var seen = await chat.Send(new SeeMergePrompts(chat.Visitor));
        if (seen.Open.Count == 0)
        {
            chat.Say(chat.Visitor.Role == ActorRole.Supervisor ? "现在没有超期或各方不一致的并办提示。" : "现在没有待处理的并办提示。");
            return "";
        }

        if (seen.Open.Count == 1)
            return seen.Open[0].Id;
        var first = seen.Open.Min(line => line.DueOn);
        return await chat.Choose(
            "which",
            $"并办提示{seen.Open.Count}条，最早到期{ChineseDates.WithWeekday(first)}。看哪一条？",
            [.. seen.Open.Take(Listed).Select(line => new Option(line.Id, $"{line.Id} {line.EnterpriseName}（{(line.Overdue ? "已超期，应于" : "最迟")}{ChineseDates.Short(line.DueOn)}{(line.Agreed ? "，已同意" : "")}）", line.Id))]);
    }

    internal static async Task About(Chat chat, string id)
    {
        // Recorded as it was opened: an answer changes what a replay would see.
        var prompt = await chat.Send(new OpenMergePrompt(chat.Visitor, id));
        if (prompt.State != MergeState.Open)
            chat.Say(Closed(prompt));
        else if (chat.Visitor.Role == ActorRole.Supervisor)
            await Settle(chat, prompt);
        else if (prompt.Mine == MergeAnswer.Agreed)
            await Wait(chat, prompt, $"{Introduce(prompt)}\n贵单位已同意。等待：{Awaited(prompt)}。");
        else
            await Answer(chat, prompt);
    }

    private static async Task Answer(Chat chat, MergeView prompt)
    {
        var wish = Said(chat.Opening) ?? await chat.Choose(
            "wish",
            Introduce(prompt),
            new Option("agree", "同意", "同意并办", "可以", "好", "好的", "行", "没意见"),
            new Option("date", "换日期", "改期", "换一天", "改日期"),
            new Option("decline", "不并并说明", "不并", "不同意", "不能并"));
        switch (wish)
        {
            case "agree":
                await Tell(chat, prompt, await chat.Send(new AgreeToMerge(chat.Visitor, prompt.Id, await Section(chat, prompt))));
                break;
            case "date":
                await Propose(chat, prompt);
                break;
            default:
                var reason = await chat.Ask("reason", "请用一句话说明不并办的理由，其他单位也会看到。", LongestReason);
                var declined = await chat.Send(new DeclineMerge(chat.Visitor, prompt.Id, reason));
                chat.Say(declined.Closed
                    ? "已记录理由。各单位都说明不并，这条提示已办结，同样的任务不再提示。"
                    : $"已记录理由并告知其他单位。各方不一致时由{chat.Rules.SupervisionOffice.Name}协调，最迟{Due(prompt)}24时；超期计入“应整合未整合”。");
                break;
        }
    }

    /// <summary>What the opening says already: a tap on a card, or the same words typed.</summary>
    private static string? Said(string opening) => opening switch
    {
        _ when opening.StartsWith("同意并办", StringComparison.Ordinal) => "agree",
        _ when opening.StartsWith("换日期并办", StringComparison.Ordinal) => "date",
        _ when opening.StartsWith("不并", StringComparison.Ordinal) => "decline",
        _ => null,
    };

    /// <summary>Inside one unit a section has to lead (J27).</summary>
    private static async Task<string?> Section(Chat chat, MergeView prompt) => (prompt.Scope, prompt.Sections.Count) switch
    {
        (MergeScope.AcrossUnits, _) => null,
        (_, 0) => await chat.Ask("section", "由哪个科室牵头？", longest: 50),
        (_, 1) => prompt.Sections[0],
        _ => await chat.Choose("section", "由哪个科室牵头？", [.. prompt.Sections.Take(Listed).Select(section => new Option(section, section))]),
    };

    private static async Task Propose(Chat chat, MergeView prompt)
    {
        var ask = "改到哪天一次完成？比如“12月21日下午”。";
        var section = await Section(chat, prompt);
        while (true)
        {
            var day = await chat.Ask("date", ask, ReadDay, takesAnything: false);
            try
            {
                await Tell(chat, prompt, await chat.Send(new ProposeMergeDate(chat.Visitor, prompt.Id, day.On, day.HalfDay, section)));
                return;
            }
            catch (RuleBrokenException refused)
            {
                ask = $"{refused.Message}请再说一个日期。";
            }
        }
    }

    private static async Task Tell(Chat chat, MergeView prompt, MergeReceipt receipt)
    {
        if (receipt.JointTaskId is null && receipt.Waiting.Length > 0)
        {
            await Wait(chat, prompt, $"已记录{receipt.UnitName}同意{ChineseDates.Short(receipt.On)}一次完成。等待：{receipt.Waiting}。都同意后生成联合任务并通知企业。");
            return;
        }

        chat.Say(receipt.JointTaskId is null
            ? "相关任务已经开始或取消，不用再并办。"
            : $"已定：{ChineseDates.Short(receipt.On)}一次完成，任务{string.Join('、', receipt.MergedTaskIds)}并入{receipt.JointTaskId}，事项和人员一并带入。{(receipt.NeedsApproval ? "日期或人员有变化，由牵头单位负责人批准后通知企业。" : "企业会收到合并后的预告。")}{(receipt.Late ? "这次处理已超期，计入“应整合未整合”。" : "")}");
    }

    private static async Task Wait(Chat chat, MergeView prompt, string words)
    {
        while (true)
        {
            var next = await chat.Choose(
                "wait",
                words,
                new Option("urge", "催一下", "催", "催办", "再催一下"),
                new Option("disagree", "他们不同意呢", "不同意呢", "不同意怎么办", "对方不同意"),
                new Option("done", "知道了", "好", "好的", "谢谢", "没有了"));
            if (next == "done")
            {
                chat.Say("好的，有结果会告诉您。");
                return;
            }

            words = next == "urge"
                ? Urged(await chat.Send(new UrgeMerge(chat.Visitor, prompt.Id)))
                : $"{Sides(prompt.Parties.Count)}不一致时由{chat.Rules.SupervisionOffice.Name}协调；超期计入“应整合未整合”。";
        }
    }

    private static async Task Settle(Chat chat, MergeView prompt)
    {
        var sides = string.Join('；', prompt.Parties.Select(side => $"{side.UnitName}{Words(side)}"));
        var wish = await chat.Choose(
            "wish",
            $"{Introduce(prompt)}\n{sides}。",
            new Option("merge", "按建议并办", "并办", "同意"),
            new Option("date", "另定日期", "换日期"),
            new Option("apart", "不并并说明", "不并", "各自检查"));
        var day = wish == "date" ? await chat.Ask("date", "定在哪天一次完成？", ReadDay, takesAnything: false) : null;
        var reason = await chat.Ask("reason", "请写协调决定的理由，各单位都会看到。", LongestReason);
        var receipt = await chat.Send(new SettleMerge(chat.Visitor, prompt.Id, wish != "apart", reason, day?.On));
        if (wish == "apart")
            chat.Say("已记录：不并办，各自检查；已告知各单位。");
        else
            await Tell(chat, prompt, receipt);
    }

    private static async Task Meetings(Chat chat)
    {
        var today = chat.StartedAt;
        var meetings = await chat.Look(new MeetingTasks(chat.Visitor, today.Year, today.Month));
        chat.Tell(meetings.Count == 0
            ? "本月本单位没有在同一企业碰头的检查。"
            : $"本月本单位有{meetings.Count}家企业的检查碰头：\n{string.Join('\n', meetings.Select(one => $"{one.EnterpriseName}：{string.Join('、', one.Tasks)}{(one.PromptId is { } id ? $"，见{id}" : "")}"))}");
    }

    private static string Introduce(MergeView prompt)
    {
        var tasks = string.Join('、', prompt.Tasks.Select(task => $"{(prompt.Scope == MergeScope.SameUnit && task.Section.Length > 0 ? task.Section : task.UnitName)}{ChineseDates.Short(task.On)}"));
        var trade = prompt.IndustryAndTrade ? "，工贸企业（按线上线下协作联动机制办理）" : "";
        var limit = prompt.Standing == MergeStanding.Overdue ? $"应于{Due(prompt)}处理，已超期{prompt.OverdueBy}个工作日，计入“应整合未整合”" : $"最迟{Due(prompt)}处理";
        var by = prompt.ProposedBy is { } proposer ? $"{proposer}提出" : "建议";
        var day = prompt.On is { } on ? $"{by}{ChineseDates.Short(on)}{prompt.HalfDay}一次完成，{prompt.LeadName}牵头。" : "";
        var tests = prompt.Tests.Count > 0 ? $"\n{string.Join('；', prompt.Tests)}，请直接采用。" : "";
        return $"并办提示{prompt.Id}：{prompt.EnterpriseName}，{tasks}{trade}，{limit}。{day}{tests}";
    }

    private static string Closed(MergeView prompt) => prompt.State switch
    {
        MergeState.Merged => $"并办提示{prompt.Id}已处理：{prompt.EnterpriseName}的检查并入任务{prompt.LeadTaskId}，{prompt.Standing.Name()}。",
        MergeState.NotMerged => $"并办提示{prompt.Id}已处理：不并办，{prompt.Standing.Name()}。理由：{prompt.Because}",
        _ => $"并办提示{prompt.Id}不用再办：相关任务已经开始、取消或调整。",
    };

    private static string Urged(MergeUrged urged) => urged.Reminded.Length == 0
        ? $"{urged.Already}今天已提醒过，不重复提醒。"
        : "已各提醒一次（今天已提醒过的不重复）。";

    private static string Awaited(MergeView prompt) => string.Join('、', prompt.Parties.Where(side => side.Answer != MergeAnswer.Agreed).Select(side => side.UnitName));

    private static string Words(MergeSide side) => side.Answer switch
    {
        MergeAnswer.Agreed => "同意",
        MergeAnswer.Declined => $"不同意（{side.Reason}）",
        _ => "还没有回复",
    };

    private static string Sides(int count) => count switch
    {
        2 => "两方",
        3 => "三方",
        _ => "各方",
    };

    private static string Due(MergeView prompt) => prompt.Due is { } due ? ChineseDates.Due(due) : "今天";

    private static Read<Day> ReadDay(Said said) => said.Day(Facing.Future) is { } moment
        ? new Day(moment.On, said.Text.Contains("下午", StringComparison.Ordinal) ? "下午" : said.Text.Contains("上午", StringComparison.Ordinal) ? "上午" : "")
        : Read.No<Day>("没听明白日期，请说“12月21日”“下周一下午”这样的。");

    private static bool AsksWhy(string text) => text.Contains('并', StringComparison.Ordinal) && InspectionTaskId().IsMatch(text) && !Prompt().IsMatch(text);

    [GeneratedRegex(@"(?<![0-9A-Za-z])[Mm]\d{1,6}(?:-\d{1,6})?(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Prompt();

    [GeneratedRegex(@"(?<![0-9A-Za-z])[Tt]\d{1,8}(?:-\d{1,6})?(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex InspectionTaskId();

    private sealed record Day(DateOnly On, string HalfDay);
}
