using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Previews;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Inspections;

/// <summary>C14: how a task stands with the leader, and what can be changed about it (J10, J13, J14, J22).</summary>
public static class FollowApproval
{
    private const int LongestReason = 500;
    private static readonly string[] Asked = ["批了", "批没", "审批了", "能批", "改到", "改期", "撤销", "取消", "报审", "换人", "免予"];

    public static Conversation Conversation { get; } = new("FollowApproval", "审批跟进", "这次修改", Play)
    {
        Roles = [ActorRole.Inspector],
        Browsing = ["next"],
        Opens = text => TaskReference.In(text) is not null && (text.StartsWith("任务 ", StringComparison.Ordinal) || Array.Exists(Asked, word => text.Contains(word, StringComparison.Ordinal))),
    };

    private static Task Play(Chat chat) => About(chat, TaskReference.In(chat.Opening)!);

    /// <summary>For those who may look and not change: how the inspection stands.</summary>
    internal static async Task Show(Chat chat, string id) => chat.Tell(State(await chat.Look(new TaskDetail(chat.Visitor, id))));

    internal static async Task About(Chat chat, string id)
    {
        var task = await chat.Look(new TaskDetail(chat.Visitor, id));
        if (chat.Opening.Contains("改到", StringComparison.Ordinal) || chat.Opening.Contains("改期", StringComparison.Ordinal))
        {
            await Move(chat, task);
            return;
        }

        var next = await chat.Ask("next", Standing(task), said => ReadNext(said, task), takesAnything: false, [.. Ways(task).Select(way => way.Label)]);
        switch (next)
        {
            case "file":
                var because = await chat.Ask("because", $"请写明不能避开安静日的原因，会连同计划报{chat.Rules.SupervisionOffice.Name}备案。", LongestReason);
                var filing = await chat.Send(new AskToFileForQuietDays(chat.Visitor, task.PlanId ?? "", because));
                chat.Say($"已把《{filing.Title}》报{chat.Rules.SupervisionOffice.Name}备案，备案后会通知您，再重新报审。", $"任务 {id}");
                break;
            case "move":
                await Move(chat, task);
                break;
            case "submit":
                await chat.Send(new SubmitTask(chat.Visitor, id));
                chat.Say("已重新报审。", $"任务 {id}");
                break;
            case "team":
                await ChangePeople(chat, id);
                break;
            case "urge":
                await chat.Send(new UrgeApproval(chat.Visitor, id));
                chat.Say("已提醒负责人；审批没有法定时限，一天提醒一次。");
                break;
            case "exempt":
                var exemption = await chat.Send(new ExemptFromVisit(chat.Visitor, id, await chat.Ask("exempt", "请写明免予现场检查的理由。", LongestReason)));
                chat.Say(exemption.WaitsForLeader ? "这家企业信用低或风险高，免予现场检查须单位负责人同意，已转给负责人。" : "已免予现场检查，理由已留痕；企业收到过预告的，已通知取消。");
                break;
            case "withdraw":
                await chat.Send(new WithdrawTask(chat.Visitor, id, await chat.Ask("withdraw", "请写明取消的原因，收到过预告的企业会看到。", LongestReason)));
                chat.Say($"任务{id}已取消。");
                break;
            case "report":
                chat.Say("请写明事由和检查结果，由单位负责人补办审批。", $"紧急报告 {id}");
                break;
            default:
                chat.Say("好的。");
                break;
        }
    }

    private static async Task Move(Chat chat, TaskView task)
    {
        var words = chat.Opening[Math.Max(0, chat.Opening.LastIndexOfAny(['到', '期']) + 1)..];
        if (ReadingTasks.Time(words, chat.StartedAt, chat.Calendar) is { } named)
            chat.Known("day", named);
        var today = DateOnly.FromDateTime(chat.StartedAt);
        var from = task.On > today ? task.On.AddDays(1) : today.AddDays(1);
        var days = (await chat.Look(new DayCheck(chat.Visitor, from, task.Type, task.Ground, task.PlanId))).Free;
        var question = $"可选{string.Join('、', days.Select(day => ChineseDates.Short(day)))}，也可以说别的日子。";
        var remark = "";
        while (true)
        {
            var time = await chat.Ask("day", question, said => ReadDay(said, days), takesAnything: false, [.. days.Select(day => ChineseDates.Short(day))]);
            try
            {
                var moved = await chat.Send(new MoveTask(chat.Visitor, task.Id, time.On, time.HalfDay.Length > 0 ? time.HalfDay : task.HalfDay, remark));
                var again = moved.Stage == InspectionStage.Submitted ? "并重新报审" : "";
                var preview = task.PreviewSentOn is null ? "预告尚未发给企业，批准后自动发。" : "企业看到的仍是原时间，批准后重发【变更】预告。";
                chat.Say($"已改为{new VisitTime(moved.On, moved.HalfDay).Words}{again}。{(task.Type == InspectionType.AdHoc || task.Surprise ? "" : preview)}", $"任务 {task.Id}");
                return;
            }
            catch (RuleBrokenException broken) when (broken.Rule.Clause == "J13" || broken.Rule.Clause == "J14" || broken.Rule.Clause == "J36")
            {
                question = broken.Message;
                if (broken.Message.Contains("请说明原因", StringComparison.Ordinal))
                {
                    remark = await chat.Ask("remark", broken.Message, LongestReason);
                    question = "请再说一次改到哪天。";
                }
            }
        }
    }

    private static async Task ChangePeople(Chat chat, string id)
    {
        var people = (await chat.Look(new RegistrationChoices(chat.Visitor))).Inspectors;
        var team = await chat.Ask("team", $"换成谁？请选两名以上。\n{ReadingTasks.Numbered(people, person => person.Name)}", Read, takesAnything: false);
        await chat.Send(new ChangeTeam(chat.Visitor, id, team));
        chat.Say("人员已更换并重新报审。", $"任务 {id}");

        Read<List<string>> Read(Said said) => ReadingTasks.Team(said.Text, people, chat.Visitor.PersonId) is { Count: > 0 } found
            ? found.ToList()
            : Conversations.Read.No<List<string>>("没认出是谁，请回复列表里的数字或全名。");
    }

    private static Read<VisitTime> ReadDay(Said said, IReadOnlyList<DateOnly> days)
    {
        if (Understanding.Numbers.Choice(said.Text, int.MaxValue) is { } number && days.FirstOrDefault(day => day.Day == number) is { Year: > 1 } meant)
            return new VisitTime(meant, "");
        return ReadingTasks.Time(said);
    }

    private static string Standing(TaskView task)
    {
        var ways = Ways(task).ToList();
        return ways.Count == 1 ? State(task) : $"{State(task)}\n{ReadingTasks.Numbered(ways, way => way.Label)}";
    }

    private static string State(TaskView task)
    {
        var state = task.Stage switch
        {
            InspectionStage.Registered when task.ReturnedBecause is { } because => $"负责人已退回：{because.TrimEnd('。')}。",
            InspectionStage.Registered => "已登记，还没有报审。",
            InspectionStage.Submitted => "已报审，等负责人审批。",
            InspectionStage.Approved or InspectionStage.Previewed => $"已批准（{ChineseDates.Short(task.ApprovedOn ?? task.On)}）{(task.Surprise ? "，已同意免预告，请勿向检查对象透露" : task.PreviewSentOn is { } sent ? $"，预告{ChineseDates.Short(sent)}已发" : "")}。",
            InspectionStage.UnderWay when task is { Urgent: true, ApprovedOn: null } => task.UrgentReport is null ? "紧急检查已扫码，还没有书面报告。" : "紧急检查已书面报告，等负责人补办审批。",
            _ => $"现在是“{task.Stage.Name()}”。",
        };
        var flags = string.Concat(task.Checks.Where(check => check.Weight == CheckWeight.Blocks).Select(check => check.Words));
        var joint = task.JointUnits.Count == 0 ? "" : $"，与{string.Join('、', task.JointUnits)}联合";
        return $"{task.Id}（{task.Enterprise}，{new VisitTime(task.On, task.HalfDay).Words}，{task.Type.Name()}{joint}）：{state}{(task.Stage.IsAhead() ? flags : "")}";
    }

    private static IEnumerable<Option> Ways(TaskView task)
    {
        if (task.Stage.IsAhead())
        {
            if (task is { Quiet: QuietDayRuling.NotFiled, PlanId: not null })
                yield return new Option("file", "去备案", "备案");
            yield return new Option("move", "改期", "改时间", "换时间");
            if (task.Stage == InspectionStage.Registered)
                yield return new Option("submit", "重新报审", "报审", "提交");
            if (task.Stage == InspectionStage.Submitted)
                yield return new Option("urge", "提醒负责人", "多久能批", "催一下", "催");
            yield return new Option("team", "换人");
            yield return new Option("exempt", "免予现场检查", "免予");
            yield return new Option("withdraw", "取消任务", "撤销");
        }

        if (task is { Stage: InspectionStage.UnderWay, Urgent: true, ApprovedOn: null, UrgentReport: null })
            yield return new Option("report", "书面报告");
        yield return new Option("done", "知道了", "好", "好的", "谢谢");
    }

    private static Read<string> ReadNext(Said said, TaskView task) => Answers.Choice(said, [.. Ways(task)]);
}
