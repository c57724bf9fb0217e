using Bot.Dialogs.Appeals;
using Bot.Dialogs.Complaints;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Door;
using Bot.Dialogs.Guidance;
using Bot.Dialogs.Inspections;
using Bot.Dialogs.Merging;
using Bot.Dialogs.Results;
using Bot.Dialogs.Supervision;
using Bot.Dialogs.Understanding;
using Bot.Dialogs.Unlicensed;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Door;
using Bot.Domain.Inspections;
using Bot.Domain.Plans;
using Bot.Domain.Results;
using Bot.Domain.Supervision;
using Bot.Domain.Todo;
using Bot.Domain.Unlicensed;

namespace Bot.Dialogs.Todo;

/// <summary>C18: what an official has to do, what is late and why, and when to be reminded.</summary>
public static class SeeMyTodo
{
    private const int LongestReason = 300;
    private const int Listed = 9;
    private const string OpenItem = "打开 ";

    public static Conversation Conversation { get; } = new("SeeMyTodo", "今日待办", "这次查看", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor],
        Intents = [Intents.StaffTodo],
        Browsing = ["wish", "which", "next"],
        Opens = text => text is "待办" or "今日待办" or "今日" || (text.StartsWith(OpenItem, StringComparison.Ordinal) && !ComplaintDesk.Names(text) && !HandleUnlicensedReports.Names(text) && !AppealReference.Opens(text)) || ChangesReminder(text),
    };

    private static async Task Play(Chat chat)
    {
        if (ChangesReminder(chat.Opening))
        {
            await ChangeReminder(chat, chat.Opening);
            return;
        }

        var todo = await chat.Look(new MyTodo(chat.Visitor));
        if (chat.Opening.StartsWith(OpenItem, StringComparison.Ordinal))
        {
            if (Everything(todo).FirstOrDefault(item => item.SubjectId == chat.Opening[OpenItem.Length..].Trim()) is { } named)
                await Item(chat, named);
            else if (TaskReference.In(chat.Opening) is { } task)
                await Inspection(chat, task);
            else
                chat.Tell("没有找到这件事，可能已经办完。说“待办”可以看到您的事项。");
            return;
        }

        if (!Everything(todo).Any())
        {
            chat.Tell($"{Day(todo.Today)}没有待办的事。{Reminder(chat, todo)}");
            return;
        }

        var wish = await chat.Ask("wish", Summary(chat, todo), said => ReadWish(said, todo), takesAnything: false, Buttons(todo));
        if (wish.Length == 0)
            chat.Say("好的，快到期时我会提醒您。");
        else if (ChangesReminder(wish))
            await ChangeReminder(chat, wish);
        else if (Everything(todo).FirstOrDefault(item => item.DeadlineId == wish) is { } item)
            await Item(chat, item);
        else
            await OneOf(chat, Part(todo, wish));
    }

    private static async Task OneOf(Chat chat, IReadOnlyList<TodoItem> items)
    {
        var id = items.Count == 1
            ? items[0].DeadlineId
            : await chat.Choose("which", "先看哪一件？", [.. items.Take(Listed).Select(item => new Option(item.DeadlineId, $"{item.Label}，{Due(item)}", item.SubjectId, item.Label)), new Option("", "知道了", "好的", "谢谢")]);
        if (id.Length == 0)
            chat.Say("好的，快到期时我会提醒您。");
        else if (items.FirstOrDefault(item => item.DeadlineId == id) is { } item)
            await Item(chat, item);
        else
            chat.Say("这件事刚刚有人办完了。", "今日待办");
    }

    /// <summary>An inspection that a notice named: for its inspectors the next step, for the leader the decision, for others how it stands.</summary>
    private static async Task Inspection(Chat chat, string task)
    {
        switch (chat.Visitor.Role)
        {
            case ActorRole.Inspector when (await chat.Look(new TasksAtTheDoor(chat.Visitor))).Any(one => one.TaskId == task && !one.Begun):
                await ComeToTheDoor.About(chat, task);
                break;
            case ActorRole.Inspector when (await chat.Look(new ResultsToEnter(chat.Visitor))).Any(one => one.TaskId == task):
                await EnterTheResult.About(chat, task);
                break;
            case ActorRole.Inspector:
                await FollowApproval.About(chat, task);
                break;
            case ActorRole.UnitLeader:
                await ApproveTasks.About(chat, task);
                break;
            default:
                await FollowApproval.Show(chat, task);
                break;
        }
    }

    private static async Task Item(Chat chat, TodoItem item)
    {
        if (item.Kind.StartsWith("guidance.", StringComparison.Ordinal) && chat.Visitor.Role != ActorRole.Supervisor)
        {
            await AnswerTheEnterprise.About(chat, item.SubjectId);
            return;
        }

        if (item.Kind == UnlicensedDesk.ResultDeadline)
        {
            await HandleUnlicensedReports.About(chat, item.SubjectId);
            return;
        }

        if (CaseReference.In(item.SubjectId) is { } supervised)
        {
            await (chat.Visitor.Role == ActorRole.Supervisor ? SuperviseInSteps.About(chat, supervised) : AnswerTheBureau.About(chat, supervised));
            return;
        }

        if (item.Kind == SupervisionDeadlines.Opinion)
        {
            await GuideAllUnits.Issue(chat, item.SubjectId);
            return;
        }

        var text = $"{item.Label}：{item.Title}，{(item.OverdueBy > 0 ? $"应于{Due(item)}办结，已超期{item.OverdueBy}个工作日" : $"最迟{Due(item)}24时")}。{Said(item)}";
        if (ComplaintDesk.Names(OpenItem + item.SubjectId))
        {
            await ComplaintDesk.About(chat, item.SubjectId);
            return;
        }

        if (item.Kind.StartsWith("appeal.", StringComparison.Ordinal))
        {
            await (chat.Visitor.Role == ActorRole.Supervisor ? AnswerAppeals.About(chat, item.SubjectId) : ExplainTheBasis.About(chat, item.SubjectId));
            return;
        }

        if (item.Kind.StartsWith("merge.", StringComparison.Ordinal) && chat.Visitor.Role != ActorRole.Inspector)
        {
            await HandleMergePrompts.About(chat, item.SubjectId);
            return;
        }

        if (item.Kind == TaskDeadlines.UrgentApproval && chat.Visitor.Role == ActorRole.UnitLeader)
        {
            await ApproveTasks.About(chat, item.SubjectId);
            return;
        }

        if (item.Kind == TaskDeadlines.UrgentApproval && chat.Visitor.Role == ActorRole.Inspector)
        {
            var reported = (await chat.Look(new TaskDetail(chat.Visitor, item.SubjectId))).UrgentReport is not null;
            chat.Say($"{text}{(reported ? "已书面报告，等单位负责人补办。" : "请先书面报告事由和结果，由单位负责人补办。")}", reported ? $"任务 {item.SubjectId}" : $"紧急报告 {item.SubjectId}");
            return;
        }

        if (item.Kind.StartsWith("plan.", StringComparison.Ordinal) && chat.Visitor.Role != ActorRole.Supervisor)
        {
            chat.Say(text, item.Kind == PlanDeadlines.Upload ? $"上传{PlanDeadlines.YearOf(item.SubjectId)}年度计划" : $"计划 {item.SubjectId.Split('/')[0]}");
            return;
        }

        if (item.OverdueBy == 0 && chat.Visitor.Role == ActorRole.Inspector && await Handled(chat, item))
            return;
        if (item.OverdueBy == 0 || chat.Visitor.Role == ActorRole.Supervisor)
        {
            chat.Tell(text);
            return;
        }

        var act = Act(chat, item);
        var next = await chat.Ask(
            "next",
            $"{text}\n[1]{act} [2]说明原因",
            said => ReadNext(said, act),
            takesAnything: false,
            act,
            "说明原因");
        if (!next.Explains && await Handled(chat, item))
            return;
        if (!next.Explains)
        {
            chat.Say("好的。经办人办完，这件事会自动从待办里去掉；说明原因不影响办理。", "今日待办");
            return;
        }

        var reason = next.Reason.Length > 0 ? next.Reason : await chat.Ask("reason", "请用一句话说明原因。", LongestReason);
        var explained = await chat.Send(new ExplainDelay(chat.Visitor, item.DeadlineId, reason));
        chat.Say($"已记原因，仍计超期{explained.OverdueBy}个工作日，{ChineseDates.WithWeekday(explained.RemindOn)}{Time(explained.RemindAt)}再提醒您一次。", "待办", "提醒时间");
    }

    /// <summary>What an inspector can do about an inspection right here.</summary>
    private static async Task<bool> Handled(Chat chat, TodoItem item)
    {
        if (chat.Visitor.Role != ActorRole.Inspector)
            return false;
        switch (item.Kind)
        {
            case TaskDeadlines.Result:
                await EnterTheResult.About(chat, item.SubjectId);
                return true;
            case TaskDeadlines.Publication:
                await PublishTheResult.About(chat, item.SubjectId);
                return true;
            case TaskDeadlines.Problem:
                await FollowUpAfterResult.CloseProblem(chat, item.SubjectId);
                return true;
            case TaskDeadlines.Advice:
                await FollowUpAfterResult.GiveAdvice(chat, item.SubjectId);
                return true;
            default:
                return false;
        }
    }

    private static async Task ChangeReminder(Chat chat, string words)
    {
        var time = TimeIn(words, chat.StartedAt) ?? await chat.Ask("time", "工作日几点提醒您？比如“九点半”。", ReadTime, takesAnything: false);
        var changed = await chat.Send(new RemindMeAt(chat.Visitor, time));
        chat.Say($"已改为工作日{Time(changed.Time)}。");

        static Read<TimeOnly> ReadTime(Said said) => TimeIn(said.Text, said.ChinaNow) is { } at ? at : Read.No<TimeOnly>("没听明白时间，请说“八点半”“9:30”这样的。");
    }

    private static string Summary(Chat chat, TodoList todo)
    {
        var parts = new List<string>();
        if (todo.Overdue.Count > 0)
            parts.Add($"已超期{todo.Overdue.Count}件：{Labels(todo.Overdue)}。");
        parts.Add(todo.DueToday.Count > 0 ? $"{(parts.Count > 0 ? "今天" : "")}到期{todo.DueToday.Count}件：{Labels(todo.DueToday)}。" : "没有必须今天办的事。");
        if (todo.DueTomorrow.Count > 0)
            parts.Add($"明天到期{todo.DueTomorrow.Count}件：{Labels(todo.DueTomorrow)}。");
        if (todo.Later.Count > 0)
            parts.Add($"以后到期{todo.Later.Count}件，最早{ChineseDates.WithWeekday(todo.Later[0].DueOn)}。");
        return $"{Day(todo.Today)}{string.Concat(parts)}{Reminder(chat, todo)}";
    }

    private static string[] Buttons(TodoList todo) =>
    [
        .. new[] { ("先看超期的", todo.Overdue), ("看今天的", todo.DueToday), ("看明天的", todo.DueTomorrow), ("看以后的", todo.Later) }
            .Where(part => part.Item2.Count > 0).Select(part => part.Item1),
        "知道了",
    ];

    private static Read<string> ReadWish(Said said, TodoList todo)
    {
        var text = said.Text;
        if (ChangesReminder(text))
            return text;
        if (Everything(todo).FirstOrDefault(item => text.Contains(item.SubjectId, StringComparison.OrdinalIgnoreCase)) is { } named)
            return named.DeadlineId;
        foreach (var (word, part) in new[] { ("超期", "overdue"), ("逾期", "overdue"), ("今天", "today"), ("明天", "tomorrow"), ("以后", "later") })
        {
            if (text.Contains(word, StringComparison.Ordinal))
                return Part(todo, part).Count > 0 ? part : Read.No<string>($"没有{word}的事。");
        }

        return YesNo.Of(text) is not null || text is "知道了" or "谢谢"
            ? ""
            : Read.No<string>("可以说“先看超期的”“看明天的”，或直接说编号；看完说“知道了”。");
    }

    private static Read<Next> ReadNext(Said said, string act)
    {
        if (Numbers.ChoiceAndRest(said.Text, 2) is (2, var reason))
            return new Next(true, reason);
        if (said.Text.StartsWith("说明原因", StringComparison.Ordinal))
            return new Next(true, said.Text["说明原因".Length..].Trim(' ', ':', ','));
        return Numbers.Choice(said.Text, 2) switch
        {
            1 => new Next(false, ""),
            2 => new Next(true, ""),
            _ => said.Text == act ? new Next(false, "") : Read.No<Next>($"请回复1（{act}）或2（说明原因），也可以写“2 原因”。"),
        };
    }

    private static IReadOnlyList<TodoItem> Part(TodoList todo, string part) => part switch
    {
        "overdue" => todo.Overdue,
        "today" => todo.DueToday,
        "tomorrow" => todo.DueTomorrow,
        _ => todo.Later,
    };

    private static IEnumerable<TodoItem> Everything(TodoList todo) => [.. todo.Overdue, .. todo.DueToday, .. todo.DueTomorrow, .. todo.Later];

    private static string Labels(IReadOnlyList<TodoItem> items) => string.Join('、', items.Take(Listed).Select(item => item.Label)) + (items.Count > Listed ? "等" : "");

    private static string Act(Chat chat, TodoItem item) => (chat.Visitor.Role, item.Kind) switch
    {
        (ActorRole.Inspector, TaskDeadlines.Result) => "回填",
        (ActorRole.Inspector, TaskDeadlines.Publication or TaskDeadlines.Problem or TaskDeadlines.Advice) => "去办理",
        _ => "知道了",
    };

    private static string Said(TodoItem item) => item.DelayReason is { } reason ? $"已说明原因：{reason}。" : "";

    private static string Due(TodoItem item) => ChineseDates.Due(item.DueOn, item.Provisional);

    private static string Day(DateOnly today) => $"今天（{ChineseDates.Short(today)}，{ChineseDates.Weekday(today)}）";

    private static string Reminder(Chat chat, TodoList todo) => $"提醒时间：工作日{Time(todo.RemindAt ?? chat.Rules.MorningDigest.At)}，可说“提醒改到九点半”。";

    private static string Time(TimeOnly time) => FormattableString.Invariant($"{time.Hour}:{time.Minute:00}");

    private static bool ChangesReminder(string text) =>
        text == "提醒时间" || (text.Contains("提醒", StringComparison.Ordinal) && (text.Contains("改到", StringComparison.Ordinal) || text.Contains("改成", StringComparison.Ordinal) || text.Contains("改为", StringComparison.Ordinal)));

    /// <summary>"九点" alone is a time of the morning here: nobody wants reminders at night.</summary>
    private static TimeOnly? TimeIn(string text, DateTime chinaNow)
    {
        var time = text[(text.LastIndexOfAny(['到', '成', '为']) + 1)..];
        return (Dates.Of(time, chinaNow) ?? Dates.Of($"今天{time}", chinaNow))?.At;
    }

    private sealed record Next(bool Explains, string Reason);
}
