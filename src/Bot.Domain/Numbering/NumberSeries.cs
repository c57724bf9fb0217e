using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Numbering;

/// <summary>The last number given out in a series and year. Given in the transaction that uses it, so there are no gaps (domain.md 4.3).</summary>
public sealed class NumberSeries
{
    private NumberSeries()
    {
    }

    public NumberSeries(string series, int year, int last)
    {
        (Series, Year, Last) = (series, year, last);
    }

    public string Series { get; private set; } = "";
    public int Year { get; private set; }

    /// <summary>Concurrency token: two transactions that take the same number cannot both commit.</summary>
    public int Last { get; private set; }

    public int Next() => ++Last;

    /// <summary>Numbers up to this one were given out elsewhere, for example before the service took over the book.</summary>
    public void GoOnFrom(int last) => Last = last;
}

/// <summary>A number as printed (云指〔2026〕58号), as a short id (G26-58), and its place in the series (58).</summary>
public sealed record CaseNumber(string Printed, string Id, int Sequence);

public static class Numbers
{
    /// <summary>Takes the next number of a series in a year, e.g. <c>("云指", "G", 2026)</c>; width pads with zeros.</summary>
    public static async Task<CaseNumber> Take(ISupervisionDb db, string series, string idPrefix, int year, int width, CancellationToken cancellationToken)
    {
        var row = db.NumberSeries.Local.FirstOrDefault(s => s.Series == series && s.Year == year)
            ?? await db.NumberSeries.FirstOrDefaultAsync(s => s.Series == series && s.Year == year, cancellationToken);
        if (row is null)
            db.NumberSeries.Add(row = new NumberSeries(series, year, 0));
        var number = row.Next();
        var padded = number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
        return new CaseNumber($"{series}〔{year}〕{padded}号", $"{idPrefix}{year % 100:00}-{number}", number);
    }
}
