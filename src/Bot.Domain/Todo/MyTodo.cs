using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Todo;

/// <summary>What an official has to do: inspectors their own, liaisons and leaders their unit's, the justice bureau everything (C18).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record MyTodo(Actor By) : IQuery<TodoList>;

/// <param name="Today">The day in China.</param>
/// <param name="Overdue">The last day is over, longest first.</param>
/// <param name="DueToday">Must be done before midnight.</param>
/// <param name="DueTomorrow">Due on the next calendar day.</param>
/// <param name="Later">Due after tomorrow.</param>
/// <param name="RemindAt">When this official is reminded on working days, if they chose a time.</param>
public sealed record TodoList(
    DateOnly Today,
    IReadOnlyList<TodoItem> Overdue,
    IReadOnlyList<TodoItem> DueToday,
    IReadOnlyList<TodoItem> DueTomorrow,
    IReadOnlyList<TodoItem> Later,
    TimeOnly? RemindAt);

/// <param name="DeadlineId">For explaining a delay.</param>
/// <param name="Kind">guidance.reply …</param>
/// <param name="SubjectId">G26-58, T305 …</param>
/// <param name="Label">Short: G26-58答复, T305结果.</param>
/// <param name="Title">What is owed, in words.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="Provisional">The date may still move.</param>
/// <param name="OverdueBy">Working days after the last day.</param>
/// <param name="DelayReason">What was said about the delay.</param>
public sealed record TodoItem(string DeadlineId, string Kind, string SubjectId, string Label, string Title, DateOnly DueOn, bool Provisional, int OverdueBy, string? DelayReason);

internal sealed class MyTodoHandler(ISupervisionDb db, CalendarBook calendars, ComplaintDesk complaints, ChinaClock clock) : IRequestHandler<MyTodo, TodoList>
{
    public async Task<TodoList> Handle(MyTodo query, CancellationToken cancellationToken)
    {
        var (me, unit, role) = (query.By.PersonId, query.By.UnitId, query.By.Role);
        var open = db.Deadlines.Where(d => d.MetAt == null && d.DroppedAt == null);
        if (role == ActorRole.Inspector)
            open = open.Where(d => d.HandlerIds.Contains(me!));
        else if (role != ActorRole.Supervisor)
            open = open.Where(d => (unit != null && (d.UnitId == unit || d.OtherUnitIds.Contains(unit))) || d.HandlerIds.Contains(me!));
        var items = (await open.OrderBy(d => d.DueOn).ThenBy(d => d.StartedOn).ThenBy(d => d.Id).ToListAsync(cancellationToken)).ConvertAll(Item);
        if (role == ActorRole.Supervisor)
        {
            var hidden = await complaints.HiddenFrom(query.By, cancellationToken);
            items.RemoveAll(item => hidden.Contains(item.SubjectId.Split('/')[0]));
        }

        var remindAt = await db.People.Where(p => p.Id == me).Select(p => p.RemindAt).FirstOrDefaultAsync(cancellationToken);
        var today = clock.Today;
        return new TodoList(
            today,
            [.. items.Where(item => item.DueOn < today)],
            [.. items.Where(item => item.DueOn == today)],
            [.. items.Where(item => item.DueOn == today.AddDays(1))],
            [.. items.Where(item => item.DueOn > today.AddDays(1))],
            remindAt);
    }

    private TodoItem Item(Deadline deadline) => new(
        deadline.Id,
        deadline.Kind,
        deadline.SubjectId,
        deadline.SubjectId + TodoWords.Of(deadline.Kind),
        deadline.Title,
        deadline.DueOn,
        deadline.Provisional,
        Math.Max(0, calendars.Current.WorkingDaysBetween(deadline.DueOn, clock.Today)),
        deadline.DelayReason);
}

/// <summary>What has to be done about a deadline, in two or four characters.</summary>
internal static class TodoWords
{
    public static string Of(string kind) => kind switch
    {
        "guidance.reply" or "complaint.reply" or "appeal.reply" => "答复",
        "guidance.followUp" => "答复",
        "complaint.contact" => "联系",
        "unlicensed.result" => "核实处理",
        "appeal.basis" => "提供依据",
        "help.reply" => "回复",
        "task.result" => "结果",
        "task.urgentApproval" => "补办审批",
        "task.publication" => "公示",
        "task.advice" => "改进建议",
        "task.problem" => "整改复查",
        "task.explanation" => "书面说明",
        "plan.upload" => "计划上传",
        "plan.filing" => "备案",
        "supervision.spotCheck" => "抽查",
        "supervision.situation" => "说明",
        "supervision.warningAnswer" => "预警回复",
        "supervision.suggestion" => "制作文书",
        "supervision.receipt" => "签收",
        "supervision.guidingOpinion" => "指导性意见",
        "supervision.rectification" => "整改",
        "supervision.followUpCheck" => "复查",
        _ when kind.StartsWith("merge.", StringComparison.Ordinal) => "并办",
        _ => "",
    };
}
