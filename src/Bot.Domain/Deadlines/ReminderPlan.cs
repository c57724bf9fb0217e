using Bot.Domain.Calendar;
using Bot.Domain.Rules;

namespace Bot.Domain.Deadlines;

/// <summary>A step of a deadline's plan at its instant.</summary>
public sealed record PlannedStep(DateTime At, ReminderStep Step);

/// <summary>When a deadline reminds and escalates: a pure function of the deadline, the rule pack and the calendar.</summary>
public static class ReminderPlan
{
    /// <summary>
    /// The steps in order of time, those on the same morning in order of the pack. A half-way step that would fall on the due day is left out;
    /// two reminders of one morning are one, to everybody whom either names (J37: nobody is told the same twice).
    /// </summary>
    public static IReadOnlyList<PlannedStep> Of(Deadline deadline, RulePack rules, WorkingCalendar calendar) =>
        [.. rules.Reminders(deadline.Kind)
            .Select(step => (Step: step, On: DayOf(step, deadline, calendar)))
            .Where(planned => planned.On is not null)
            .Select(planned => new PlannedStep(ChinaClock.ToUtc(planned.On!.Value, planned.Step.At), planned.Step))
            .GroupBy(planned => (planned.At, Key: planned.Step.When == ReminderMoment.Overdue ? planned.Step : null))
            .Select(same => same.First() with { Step = same.First().Step with { Tell = [.. same.SelectMany(planned => planned.Step.Tell).Distinct()] } })
            .OrderBy(planned => planned.At)];

    public static DateTime? NextAt(Deadline deadline, RulePack rules, WorkingCalendar calendar)
    {
        var steps = Of(deadline, rules, calendar);
        return deadline.StepsDone < steps.Count ? steps[deadline.StepsDone].At : null;
    }

    /// <summary>How many steps a new due day has put behind us. An escalation never is: it is owed however late it is noticed (J37).</summary>
    public static int Behind(IReadOnlyList<PlannedStep> steps, DateTime now) => steps.TakeWhile(step => step.At <= now && step.Step.When != ReminderMoment.Overdue).Count();

    private static DateOnly? DayOf(ReminderStep step, Deadline deadline, WorkingCalendar calendar)
    {
        switch (step.When)
        {
            case ReminderMoment.Halfway:
                var total = calendar.WorkingDaysBetween(deadline.StartedOn, deadline.DueOn);
                return total < 2 ? null : calendar.AddWorkingDays(deadline.StartedOn, (total + 1) / 2);
            case ReminderMoment.WorkingDaysBefore:
                var before = calendar.AddWorkingDays(deadline.DueOn, -step.Days);
                return before <= deadline.StartedOn ? null : before;
            case ReminderMoment.DaysBefore:
                var earlier = deadline.DueOn.AddDays(-step.Days);
                return earlier <= deadline.StartedOn ? null : earlier;
            case ReminderMoment.DueDay:
                return deadline.DueOn;
            default:
                return calendar.AddWorkingDays(deadline.DueOn, step.Days);
        }
    }
}
