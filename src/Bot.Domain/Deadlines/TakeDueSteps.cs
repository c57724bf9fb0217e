using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Deadlines;

/// <summary>Reminds and escalates what is due now, and ends what has run out. Safe to repeat and to run in several places: every step and notice is written once.</summary>
[Allowed]
public sealed record TakeDueSteps(Actor By) : ICommand<StepsTaken>, IRecordsItself;

/// <param name="Count">How many deadlines were looked at; zero when nothing was due.</param>
public sealed record StepsTaken(int Count) : IReceipt
{
    public string Subject => "";
}

internal sealed class TakeDueStepsHandler(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock, NoticeBoard board, AuditTrail trail, LapsedBindings bindings, BindingCodes bindingCodes, RunOutCodes codes, SupervisionDesk supervision, ComplaintDesk complaints, ThoseWhoWait waiting)
    : MediatR.IRequestHandler<TakeDueSteps, StepsTaken>
{
    private const int AtOnce = 50;

    public async Task<StepsTaken> Handle(TakeDueSteps request, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow;
        var due = await db.Deadlines.Where(d => d.NextStepAt <= now).OrderBy(d => d.NextStepAt).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var deadline in due)
            await Advance(request, deadline, now, cancellationToken);
        await bindings.End(cancellationToken);
        await bindingCodes.Forget(cancellationToken);
        await codes.Erase(cancellationToken);
        await WrongTries.Forget(db, now, cancellationToken);
        return new StepsTaken(due.Count);
    }

    private async Task Advance(TakeDueSteps request, Deadline deadline, DateTime now, CancellationToken cancellationToken)
    {
        var plan = ReminderPlan.Of(deadline, rules, calendars.Current);
        while (deadline.StepsDone < plan.Count && plan[deadline.StepsDone].At <= now)
        {
            var index = deadline.StepsDone;
            var step = plan[index].Step;
            if (step.When == ReminderMoment.Overdue || !Outrun(plan, index, now))
            {
                await Tell(deadline, step, index, plan, cancellationToken);
                if (step.When == ReminderMoment.Overdue && !plan.Take(index).Any(before => before.Step.When == ReminderMoment.Overdue))
                    await waiting.Tell(deadline, cancellationToken);
                trail.Add(request.By.PersonId!, step.When == ReminderMoment.Overdue ? "Escalate" : "Remind", deadline.SubjectId, deadline.Kind);
            }

            deadline.StepTaken(index + 1 < plan.Count ? plan[index + 1].At : null);
        }

        // The calendar or the pack may have moved a step since it was scheduled; left as it is, the row would come up again at once and for ever.
        deadline.Schedule(deadline.StepsDone < plan.Count ? plan[deadline.StepsDone].At : null);
    }

    /// <summary>After a standstill an earlier reminder would say what is no longer true; the later step says it right.</summary>
    private static bool Outrun(IReadOnlyList<PlannedStep> plan, int index, DateTime now) =>
        index + 1 < plan.Count && plan[index + 1].At <= now && plan[index + 1].At > plan[index].At;

    private async Task Tell(Deadline deadline, ReminderStep step, int index, IReadOnlyList<PlannedStep> plan, CancellationToken cancellationToken)
    {
        var left = calendars.Current.WorkingDaysBetween(clock.Today, deadline.DueOn);
        var overdue = left < 0 || clock.Today > deadline.DueOn;
        var fields = new Dictionary<string, string>
        {
            ["object"] = deadline.Title,
            ["due"] = ChineseDates.WithWeekday(deadline.DueOn),
        };
        if (overdue)
        {
            fields["over"] = Math.Max(1, -left).ToString(CultureInfo.InvariantCulture);
            fields["copied"] = Names(plan.Take(index + 1).Where(s => s.Step.When == ReminderMoment.Overdue).SelectMany(s => s.Step.Tell));
        }
        else if (left > 0)
        {
            fields["left"] = left.ToString(CultureInfo.InvariantCulture);
        }

        var kind = overdue ? (deadline.Kind.StartsWith("merge.", StringComparison.Ordinal) ? "N8c" : "N8") : left > 0 ? "N7" : "N7b";
        if (!overdue && deadline.Kind == TaskDeadlines.Publication)
        {
            (kind, fields) = ("N13", await Publication(deadline, cancellationToken));
        }

        // The last reminder before the day itself says how the re-check will be (S16).
        if (kind == "N7" && deadline.Kind == SupervisionDeadlines.Rectification && index + 1 < plan.Count && plan[index + 1].Step.When == ReminderMoment.DueDay)
            (kind, fields) = ("N10", await supervision.FollowUpFields(deadline, cancellationToken));

        if (kind == "N7" && deadline.Kind == PlanDeadlines.Upload)
        {
            kind = "N19";
            fields["year"] = PlanDeadlines.YearOf(deadline.SubjectId);
            fields["due"] = ChineseDates.Short(deadline.DueOn);
            fields["action"] = "上传";
        }

        foreach (var (personId, target) in await Targets(deadline, step, cancellationToken))
        {
            await board.Owe(
                personId,
                kind,
                $"{deadline.Id}:{deadline.DueOn:yyyyMMdd}:{index}:{personId}",
                deadline.SubjectId,
                fields,
                cancellationToken,
                digest: true,
                actions: Actions(deadline, target));
        }
    }

    /// <summary>Who inspected, entered and publishes, and who confirms what is not to be published (D17).</summary>
    private async Task<Dictionary<string, string>> Publication(Deadline deadline, CancellationToken cancellationToken)
    {
        var leaders = await db.People.Where(p => p.Role == ActorRole.UnitLeader && p.UnitId == deadline.UnitId).OrderBy(p => p.Id).Select(p => p.Name).ToListAsync(cancellationToken);
        return new Dictionary<string, string>
        {
            ["task"] = deadline.SubjectId,
            ["ended"] = ChineseDates.Short(deadline.StartedOn),
            ["due"] = ChineseDates.WithWeekday(deadline.DueOn),
            ["days"] = deadline.Amount.ToString(CultureInfo.InvariantCulture),
            ["leader"] = leaders.Count > 0 ? string.Join('、', leaders) : "单位负责人",
        };
    }

    private static string[] Actions(Deadline deadline, ReminderTarget target) => deadline.Kind.Split('.')[0] switch
    {
        // The bureau sees that an answer is late; to answer is the unit's.
        "guidance" when target == ReminderTarget.Supervisor => ["今日待办"],
        "guidance" => [$"答复 {deadline.SubjectId}"],
        "binding" => [$"同意绑定 {deadline.SubjectId}", $"不同意绑定 {deadline.SubjectId}"],
        "help" => [$"回复 {deadline.SubjectId}"],
        "supervision" when target != ReminderTarget.Supervisor => deadline.Kind switch
        {
            SupervisionDeadlines.Answer => [$"回复预警 {deadline.SubjectId.Split('/')[0]}"],
            SupervisionDeadlines.Receipt => [$"已收到 {deadline.SubjectId}"],
            _ => [$"提交整改 {deadline.SubjectId}"],
        },
        "observer" => ["观察任务"],
        "selfcheck" => ["季度自查"],
        "plan" when deadline.Kind == PlanDeadlines.Upload => [$"上传{PlanDeadlines.YearOf(deadline.SubjectId)}年度计划"],
        "plan" => [$"计划 {deadline.SubjectId.Split('/')[0]}"],
        _ => [$"打开 {deadline.SubjectId.Split('/')[0]}"],
    };

    private async Task<IReadOnlyList<(string PersonId, ReminderTarget Target)>> Targets(Deadline deadline, ReminderStep step, CancellationToken cancellationToken)
    {
        var people = new List<(string PersonId, ReminderTarget Target)>();
        foreach (var target in step.Tell)
        {
            if (target == ReminderTarget.Handler)
            {
                people.AddRange(deadline.HandlerIds.Select(id => (id, target)));
                continue;
            }

            var role = RoleOf(target);
            var (unit, others) = role == ActorRole.Supervisor ? (null, []) : (deadline.UnitId, deadline.OtherUnitIds);
            var ids = await db.People.Where(p => p.Role == role && (unit == null || p.UnitId == unit || others.Contains(p.UnitId!))).Select(p => p.Id).ToListAsync(cancellationToken);
            people.AddRange(ids.Select(id => (id, target)));
        }

        var told = people.DistinctBy(person => person.PersonId, StringComparer.Ordinal).ToList();
        if (!deadline.Kind.StartsWith("complaint.", StringComparison.Ordinal))
            return told;
        var may = await complaints.MayKnow(deadline.SubjectId.Split('/')[0], told.Select(person => person.PersonId), cancellationToken);
        return [.. told.Where(person => may.Contains(person.PersonId))];
    }

    private static ActorRole RoleOf(ReminderTarget target) => target switch
    {
        ReminderTarget.Liaison => ActorRole.UnitLiaison,
        ReminderTarget.Leader => ActorRole.UnitLeader,
        _ => ActorRole.Supervisor,
    };

    private static string Names(IEnumerable<ReminderTarget> told) => string.Join('、', told.Distinct().Select(target => target switch
    {
        ReminderTarget.Handler => "经办人",
        ReminderTarget.Liaison => "单位联络员",
        ReminderTarget.Leader => "单位负责人",
        _ => "司法局",
    }));
}
