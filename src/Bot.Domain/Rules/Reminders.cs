namespace Bot.Domain.Rules;

public enum ReminderMoment
{
    Halfway,
    WorkingDaysBefore,
    DaysBefore,
    DueDay,
    Overdue,
}

public enum ReminderTarget
{
    Handler,
    Liaison,
    Leader,
    Supervisor,
}

/// <summary>
/// One step of what happens around a due date. <paramref name="Days"/> are working days before or after it, calendar days for <see cref="ReminderMoment.DaysBefore"/>, and zero for the other moments.
/// Steps that are overdue are the escalation of N8: handler, liaison, leader, supervisor.
/// </summary>
public sealed record ReminderStep(ReminderMoment When, int Days, IReadOnlyList<ReminderTarget> Tell, TimeOnly At);
