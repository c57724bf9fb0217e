using Bot.Domain.Calendar;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Deadlines;

/// <summary>Opens and meets deadlines inside the command that causes them.</summary>
public sealed class DeadlineBook(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>What need not go out any more once the thing is done: N7 and N8.</summary>
    private static readonly string[] Reminders = ["N7", "N8", "N8b"];

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

    public async Task<Deadline?> Find(string kind, string subjectId, CancellationToken cancellationToken)
    {
        var id = $"{kind}:{subjectId}";
        return db.Deadlines.Local.FirstOrDefault(d => d.Id == id)
            ?? await db.Deadlines.FirstOrDefaultAsync(d => d.Id == id, cancellationToken);
    }

    public async Task<Deadline?> Meet(string kind, string subjectId, CancellationToken cancellationToken)
    {
        var deadline = await Find(kind, subjectId, cancellationToken);
        deadline?.Meet(clock.UtcNow);
        foreach (var reminder in await db.Notices.Where(n => n.SubjectId == subjectId && n.State == NoticeState.Owed && Reminders.Contains(n.Kind)).ToListAsync(cancellationToken))
            reminder.Withdraw();
        return deadline;
    }

    public async Task Drop(string kind, string subjectId, CancellationToken cancellationToken) =>
        (await Find(kind, subjectId, cancellationToken))?.Drop(clock.UtcNow);

    /// <summary>Puts another limit in the place of the old one, counted from <paramref name="from"/>; reminders whose time has passed are not repeated.</summary>
    public DueDate Relimit(Deadline deadline, DateOnly from, Limit limit)
    {
        var due = calendars.Current.Due(from, limit.Period);
        deadline.Relimit(from, limit, due);
        var steps = ReminderPlan.Of(deadline, rules, calendars.Current);
        var behind = steps.Count(step => step.At <= clock.UtcNow);
        deadline.Skip(behind, behind < steps.Count ? steps[behind].At : null);
        return due;
    }
}
