using System.Globalization;

namespace Bot.Domain.Forms;

/// <summary>A quarter of a year.</summary>
public readonly record struct Quarter(int Year, int Number)
{
    private const int Months = 3;

    /// <summary>2026Q4.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Year}Q{Number}");

    /// <summary>2026年第四季度</summary>
    public string Chinese => string.Create(CultureInfo.InvariantCulture, $"{Year}年第{"一二三四"[Number - 1]}季度");

    public DateOnly LastMonth => new(Year, Number * Months, 1);

    public DateOnly LastDay => LastMonth.AddMonths(1).AddDays(-1);

    public static Quarter Of(DateOnly day) => new(day.Year, ((day.Month - 1) / Months) + 1);
}
