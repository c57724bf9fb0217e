using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Domain.Calendar;

namespace Bot.Domain.Figures;

/// <summary>A month, a quarter or a year that figures are told of. The id goes into words and keys: 2026-11, 2026-Q4, 2026.</summary>
public sealed partial record ReportPeriod(string Id, string Name, DateOnly From, DateOnly To)
{
    private const int MonthsOfYear = 12;

    public bool IsMonth => Months == 1;

    public IEnumerable<DateOnly> Days => Enumerable.Range(From.DayNumber, To.DayNumber - From.DayNumber + 1).Select(DateOnly.FromDayNumber);

    private int Months => (To.Year - From.Year) * MonthsOfYear + To.Month - From.Month + 1;

    public static ReportPeriod Month(int year, int month) => Of(string.Create(CultureInfo.InvariantCulture, $"{year}-{month:00}"), string.Create(CultureInfo.InvariantCulture, $"{year}年{month}月"), new DateOnly(year, month, 1), 1);

    public static ReportPeriod MonthOf(DateOnly day) => Month(day.Year, day.Month);

    public static ReportPeriod Quarter(int year, int quarter) => Of(new Quarter(year, quarter));

    public static ReportPeriod QuarterOf(DateOnly day) => Of(Calendar.Quarter.Of(day));

    public static ReportPeriod Year(int year) => Of(year.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{year}年"), new DateOnly(year, 1, 1), MonthsOfYear);

    /// <summary>The period of an id; null when there is none such.</summary>
    public static ReportPeriod? Read(string id)
    {
        if (Written().Match(id) is not { Success: true } read)
            return null;
        var year = int.Parse(read.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return read.Groups[2].Success ? Quarter(year, Number(read.Groups[2]))
            : read.Groups[3].Success ? Month(year, Number(read.Groups[3]))
            : Year(year);
    }

    /// <summary>The one before, of the same length.</summary>
    public ReportPeriod Before() => From.AddDays(-1) is var last && IsMonth ? MonthOf(last) : Months == Calendar.Quarter.Months ? QuarterOf(last) : Year(last.Year);

    /// <summary>2026年11月1日至今, or 至30日 once it is over.</summary>
    public string Extent(DateOnly today) =>
        today < To ? $"{ChineseDates.Long(From)}至今" : $"{ChineseDates.Long(From)}至{ChineseDates.Short(To)}";

    private static ReportPeriod Of(Quarter quarter) => new(string.Create(CultureInfo.InvariantCulture, $"{quarter.Year}-Q{quarter.Number}"), quarter.LongName, quarter.From, quarter.To);

    private static ReportPeriod Of(string id, string name, DateOnly from, int months) => new(id, name, from, from.AddMonths(months).AddDays(-1));

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(20[0-9]{2})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$")]
    private static partial Regex Written();
}
