using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>
/// Tells of tasks that a changed date, another platform's file or a changed rule pack has put onto quiet days (J13, J14): once for a task, a day and
/// a span of quiet days.
/// </summary>
[Allowed]
public sealed record AlertQuietDays(Actor By) : ICommand<QuietDaysAlerted>, IRecordsItself;

/// <summary>The tasks that may not stay where they are, told of now or before.</summary>
public sealed record QuietDaysAlerted(IReadOnlyList<string> TaskIds) : IReceipt
{
    public string Subject => "";
}

internal sealed class AlertQuietDaysHandler(ISupervisionDb db, TaskRegister register, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock)
    : IRequestHandler<AlertQuietDays, QuietDaysAlerted>
{
    /// <summary>Looks at all tasks to come and tells the inspectors and the liaison of each that may not stay where it is; without a filing the leader and the justice bureau too.</summary>
    public async Task<QuietDaysAlerted> Handle(AlertQuietDays command, CancellationToken cancellationToken)
    {
        if (rules.QuietDays is not { } quiet)
            return new QuietDaysAlerted([]);
        var today = clock.Today;
        var ahead = await db.Tasks.Where(t => t.ScheduledOn >= today && t.CompletedOn == null && t.ScannedInAt == null).ToListAsync(cancellationToken);
        var plans = await db.Plans.ToDictionaryAsync(plan => plan.Id, cancellationToken);
        var found = new List<string>();
        foreach (var task in ahead.Where(task => task.Stage.IsAhead() && quiet.Covers(task.ScheduledOn)))
        {
            var ruling = QuietDayRulings.Of(task.Type, task.Ground, task.ScheduledOn, plans.GetValueOrDefault(task.PlanId ?? "")?.JusticeFiledOn, rules);
            if (ruling.Allows())
                continue;
            found.Add(task.Id);
            await Owe(task, ruling, quiet, cancellationToken);
        }

        return new QuietDaysAlerted(found);
    }

    private async Task Owe(InspectionTask task, QuietDayRuling ruling, QuietDays quiet, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["task"] = task.Id,
            ["date"] = ChineseDates.WithWeekday(task.ScheduledOn),
            ["from"] = quiet.From.ToString(CultureInfo.InvariantCulture),
            ["to"] = quiet.To.ToString(CultureInfo.InvariantCulture),
            ["earliest"] = ChineseDates.WithWeekday(quiet.EarliestOutside(task.ScheduledOn, calendars.Current)),
            ["justice"] = rules.SupervisionOffice.Name,
        };
        var told = TaskRegister.Handlers(task).Concat(await register.Liaisons(task.UnitId, cancellationToken));
        if (ruling == QuietDayRuling.NotFiled)
            told = told.Concat(await register.Leaders(task.UnitId, cancellationToken)).Concat(await register.Supervisors(cancellationToken));
        foreach (var person in told.Distinct())
        {
            await notices.Owe(
                person,
                "N4",
                FormattableString.Invariant($"N4:{task.Id}:{task.ScheduledOn:yyyyMMdd}:{quiet.From}-{quiet.To}:{person}"),
                task.Id,
                fields,
                cancellationToken,
                actions: [$"改期 {task.Id}"]);
        }
    }
}
