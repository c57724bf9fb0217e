using System.Globalization;
using Bot.Domain.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Sweep;

/// <summary>What is told of a month on the first working day of the next one, once.</summary>
internal sealed class MonthlyWord(ISupervisionDb db, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>The first day of the month to be told of, which from now on counts as told; null when nothing is to be told.</summary>
    public async Task<DateOnly?> Begin(MatterKind kind, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var month = new DateOnly(today.Year, today.Month, 1);
        var first = calendars.Current.NextWorkingDay(month.AddDays(-1));
        var matter = new Matter(kind, "district", Severity.Record) { Version = month.AddMonths(-1).ToString("yyyyMM", CultureInfo.InvariantCulture) };
        if (today < first || await db.RaisedMatters.AnyAsync(m => m.Key == matter.Key, cancellationToken))
            return null;

        // A morning on which nothing ran is made up for; a service that begins in the middle of a month has nothing to tell of the one before.
        var began = ChinaClock.ToUtc(first, TimeOnly.MinValue);
        if (today > first && !await db.RaisedMatters.AnyAsync(m => m.RaisedAt < began, cancellationToken))
            return null;
        db.RaisedMatters.Add(new RaisedMatter(matter, clock.UtcNow));
        return month.AddMonths(-1);
    }
}
