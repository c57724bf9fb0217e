using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Plans;

/// <summary>Opens the deadline of every annual plan that is not here yet, in time for its first reminder (J08). Safe to repeat.</summary>
[Allowed]
public sealed record AskForPlans(Actor By) : ICommand<PlansAskedFor>, IRecordsItself;

/// <param name="Count">How many deadlines were opened.</param>
public sealed record PlansAskedFor(int Count) : IReceipt
{
    public string Subject => "";
}

internal sealed class AskForPlansHandler(ISupervisionDb db, DeadlineBook deadlines, RulePack rules, CalendarBook calendars, ChinaClock clock, AuditTrail trail) : IRequestHandler<AskForPlans, PlansAskedFor>
{
    public async Task<PlansAskedFor> Handle(AskForPlans command, CancellationToken cancellationToken)
    {
        var opened = 0;
        foreach (var year in (int[])[clock.Today.Year, clock.Today.Year + 1])
        {
            var dueOn = rules.AnnualPlanBy.In(year);
            var from = PlanDeadlines.OpenOn(dueOn, rules, calendars.Current);
            if (clock.Today >= from && clock.Today <= dueOn)
                opened += await Open(command, year, from, dueOn, cancellationToken);
        }

        return new PlansAskedFor(opened);
    }

    private async Task<int> Open(AskForPlans command, int year, DateOnly from, DateOnly dueOn, CancellationToken cancellationToken)
    {
        var uploaded = await db.Plans.Where(p => p.Year == year && p.Kind == PlanKind.Annual).Select(p => p.UnitId).ToHashSetAsync(cancellationToken);
        var asked = await db.Deadlines.Where(d => d.Kind == PlanDeadlines.Upload).Select(d => d.SubjectId).ToHashSetAsync(cancellationToken);
        var liaisons = await db.OfficialsByUnit(ActorRole.UnitLiaison, cancellationToken);
        var count = 0;
        foreach (var unit in (await db.Units.OrderBy(u => u.Id).ToListAsync(cancellationToken)).Where(u => u.IsOfThisDistrict).Select(u => u.Id))
        {
            var subject = PlanDeadlines.UploadSubject(unit, year);
            if (uploaded.Contains(unit) || asked.Contains(subject))
                continue;
            deadlines.OpenUntil(dueOn, from, PlanDeadlines.Upload, rules.AnnualPlanBy, subject, $"{year.ToString(CultureInfo.InvariantCulture)}年度检查计划上传", unit, liaisons[unit]);
            trail.Add(command.By.PersonId!, nameof(AskForPlans), subject);
            count++;
        }

        return count;
    }
}

/// <summary>By when a plan is to be here, and when a unit is asked again to file it.</summary>
public static class PlanDeadlines
{
    public const string Upload = "plan.upload";
    public const string Filing = "plan.filing";

    public static string UploadSubject(string unitId, int year) => $"{unitId}-{year.ToString(CultureInfo.InvariantCulture)}";

    public static string YearOf(string uploadSubject) => uploadSubject[(uploadSubject.LastIndexOf('-') + 1)..];

    /// <summary>The day before the first reminder of the pack, so that no reminder lies before the beginning.</summary>
    public static DateOnly OpenOn(DateOnly dueOn, RulePack rules, WorkingCalendar calendar)
    {
        var first = rules.Reminders(Upload).Where(step => step.When == ReminderMoment.WorkingDaysBefore).Select(step => step.Days).DefaultIfEmpty(0).Max();
        return calendar.AddWorkingDays(dueOn, -(first + 1));
    }
}
