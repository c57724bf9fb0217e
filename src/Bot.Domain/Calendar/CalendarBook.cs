namespace Bot.Domain.Calendar;

/// <summary>The calendar in force. A new notice replaces it while the service runs; readers see the old one or the new one, never a mixture.</summary>
public sealed class CalendarBook(WorkingCalendar first)
{
    private volatile WorkingCalendar _current = first;

    public WorkingCalendar Current => _current;

    public void Replace(WorkingCalendar calendar) => _current = calendar;
}
