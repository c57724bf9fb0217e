using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;

namespace Bot.Domain.Merging;

/// <summary>A task that may become part of one visit, with the filing of its plan, which decides about quiet days (J14).</summary>
public sealed record MergeCandidate(InspectionTask Task, DateOnly? PlanFiledOn)
{
    public bool AllowedOn(DateOnly day, RulePack rules) => QuietDayRulings.Of(Task.Type, Task.Ground, day, PlanFiledOn, rules).Allows();
}

/// <summary>The day on which all could be done at once, and the task that leads.</summary>
public sealed record MergeSuggestion(string LeadTaskId, DateOnly On, string HalfDay)
{
    /// <summary>How far ahead a day is looked for; quiet days never fill a month, so it is found long before.</summary>
    private const int LooksAhead = 400;

    /// <summary>
    /// The earliest working day among the tasks' own that is allowed for all of them. What a complaint or a clue brought about is not put off: it
    /// draws the planned ones forward (J26), and where they may not come along on or before its day there is no suggestion.
    /// </summary>
    public static MergeSuggestion? Of(IReadOnlyList<MergeCandidate> tasks, DateOnly today, RulePack rules, WorkingCalendar calendar)
    {
        var latest = Latest(tasks);
        var own = tasks.Select(candidate => candidate.Task).OrderBy(task => task.ScheduledOn).ThenBy(task => task.Id, StringComparer.Ordinal).ToList();
        var lead = own.Find(task => Fits(task.ScheduledOn));
        if (lead is not null)
            return new MergeSuggestion(lead.Id, lead.ScheduledOn, lead.HalfDay);
        if (latest is not null)
            return null;
        var from = own[0].ScheduledOn > today ? own[0].ScheduledOn : today;
        var day = Enumerable.Range(0, LooksAhead).Select(from.AddDays).Where(Fits).Cast<DateOnly?>().FirstOrDefault();
        return day is { } found ? new MergeSuggestion(own[0].Id, found, own[0].HalfDay) : null;

        bool Fits(DateOnly on) => on >= today && !(on > latest) && calendar.IsWorkingDay(on) && tasks.All(candidate => candidate.AllowedOn(on, rules));
    }

    /// <summary>The day of the first task that cannot wait; null when all are planned.</summary>
    public static DateOnly? Latest(IEnumerable<MergeCandidate> tasks) =>
        tasks.Where(candidate => candidate.Task.Ground.NeedsPromptness()).Min(candidate => (DateOnly?)candidate.Task.ScheduledOn);
}
