using Bot.Domain.Calendar;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Deadlines;

/// <summary>Opens and meets deadlines inside the command that causes them.</summary>
public sealed class DeadlineBook(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>What need not go out any more once the thing is done: N7, N8, N13, the plan's N19 and what who waits was to be told.</summary>
    private static readonly string[] Reminders = ["N7", "N7b", "N8", "N8b", "N8c", "N13", "N19", "N149"];

    /// <summary>Counts the limit from today (day zero) and stores the due date, so that it can be shown, queried and recounted.</summary>
    public DueDate Open(string kind, Limit limit, string subjectId, string title, string? unitId, params IEnumerable<string> handlerIds) =>
        OpenFrom(clock.Today, kind, limit, subjectId, title, unitId, handlerIds);

    public DueDate OpenFrom(DateOnly eventOn, string kind, Limit limit, string subjectId, string title, string? unitId, params IEnumerable<string> handlerIds)
    {
        var due = calendars.Current.Due(eventOn, limit.Period);
        var deadline = new Deadline(kind, subjectId, title, unitId, handlerIds, eventOn, limit, due);
        deadline.Schedule(ReminderPlan.NextAt(deadline, rules, calendars.Current));
        db.Deadlines.Add(deadline);
        return due;
    }

    /// <summary>By a day that the paper names itself; the day stays what it is, also on a day off.</summary>
    public void OpenUntil(DateOnly dueOn, DateOnly from, string kind, YearlyDate date, string subjectId, string title, string? unitId, params IEnumerable<string> handlerIds) =>
        OpenFrom(
            from,
            kind,
            new Limit(date.Name, new Period(dueOn.DayNumber - from.DayNumber, PeriodUnit.ExactDays), date.Clause, date.Document, date.IsDefault),
            subjectId,
            title,
            unitId,
            handlerIds);

    public async Task<Deadline?> Find(string kind, string subjectId, CancellationToken cancellationToken)
    {
        var id = $"{kind}:{subjectId}";
        return db.Deadlines.Local.FirstOrDefault(d => d.Id == id)
            ?? await db.Deadlines.FirstOrDefaultAsync(d => d.Id == id, cancellationToken);
    }

    public Task<Deadline?> Meet(string kind, string subjectId, CancellationToken cancellationToken) => Meet(kind, subjectId, clock.UtcNow, cancellationToken);

    /// <param name="kind">What was owed.</param>
    /// <param name="subjectId">About what.</param>
    /// <param name="at">When it was done, UTC; earlier than now where another platform tells of it.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<Deadline?> Meet(string kind, string subjectId, DateTime at, CancellationToken cancellationToken)
    {
        var deadline = await Find(kind, subjectId, cancellationToken);
        deadline?.Meet(at);
        await WithdrawReminders(kind, subjectId, cancellationToken);
        return deadline;
    }

    public async Task Drop(string kind, string subjectId, CancellationToken cancellationToken)
    {
        (await Find(kind, subjectId, cancellationToken))?.Drop(clock.UtcNow);
        await WithdrawReminders(kind, subjectId, cancellationToken);
    }

    /// <summary>Only those of this deadline: the first contact of a complaint does not settle its answer.</summary>
    private async Task WithdrawReminders(string kind, string subjectId, CancellationToken cancellationToken)
    {
        var (own, explained, urged) = ($"{kind}:{subjectId}:", $"explained:{kind}:{subjectId}:", $"urged:{subjectId}:");
        var owed = await db.Notices
            .Where(n => n.SubjectId == subjectId && n.State == NoticeState.Owed && Reminders.Contains(n.Kind))
            .Where(n => n.Key.StartsWith(own) || n.Key.StartsWith(explained) || n.Key.StartsWith(urged))
            .ToListAsync(cancellationToken);
        foreach (var reminder in owed)
            reminder.Withdraw();
    }

    /// <summary>Puts another limit in the place of the old one, counted from <paramref name="from"/>; reminders whose time has passed are not repeated.</summary>
    public DueDate Relimit(Deadline deadline, DateOnly from, Limit limit)
    {
        var due = calendars.Current.Due(from, limit.Period);
        deadline.Relimit(from, limit, due);
        var steps = ReminderPlan.Of(deadline, rules, calendars.Current);
        var behind = ReminderPlan.Behind(steps, clock.UtcNow);
        deadline.Skip(behind, behind < steps.Count ? steps[behind].At : null);
        return due;
    }
}
