using System.Globalization;
using Bot.Domain.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Sweep;

/// <summary>What is told of a month on the first working day of the next one, once.</summary>
internal sealed class MonthlyWord(ISupervisionDb db, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>The first day of the month that is to be told of now; null when there is none. Writes nothing.</summary>
    public async Task<DateOnly?> Due(MatterKind kind, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var first = calendars.Current.NextWorkingDay(new DateOnly(today.Year, today.Month, 1).AddDays(-1));
        var last = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        var key = Told(kind, last).Key;
        if (today < first || await db.RaisedMatters.AnyAsync(m => m.Key == key, cancellationToken))
            return null;

        // A morning on which nothing ran is made up for; a service that begins in the middle of a month has nothing to tell of the one before.
        var began = ChinaClock.ToUtc(first, TimeOnly.MinValue);
        return today > first && !await db.RaisedMatters.AnyAsync(m => m.RaisedAt < began, cancellationToken) ? null : last;
    }

    /// <summary>From now on the month counts as told; false when it does already, or when it is not its turn any more.</summary>
    public async Task<bool> Begin(MatterKind kind, DateOnly month, CancellationToken cancellationToken)
    {
        if (await Due(kind, cancellationToken) != month)
            return false;
        db.RaisedMatters.Add(new RaisedMatter(Told(kind, month), clock.UtcNow));
        return true;
    }

    private static Matter Told(MatterKind kind, DateOnly month) => new(kind, "district", Severity.Record) { Version = month.ToString("yyyyMM", CultureInfo.InvariantCulture) };
}

/// <summary>What the units' leaders are to be told of a month. It is read before anything is written, for reading may take a while.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Units">For each unit the words of its notice.</param>
public sealed record MonthOfUnits(DateOnly Month, IReadOnlyList<UnitInWords> Units);

public sealed record UnitInWords(string UnitId, IReadOnlyDictionary<string, string> Fields);
