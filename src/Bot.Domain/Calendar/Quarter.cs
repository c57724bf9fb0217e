using System.Globalization;

namespace Bot.Domain.Calendar;

/// <summary>A quarter of a year (civil days in China).</summary>
public readonly record struct Quarter(int Year, int Number)
{
    /// <summary>Months of a quarter.</summary>
    public const int Months = 3;

    private const string Numerals = "一二三四";

    /// <summary>2026Q4.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Year}Q{Number}");

    /// <summary>第四季度</summary>
    public string Name => $"第{Numerals[Number - 1]}季度";

    /// <summary>2026年第四季度</summary>
    public string LongName => string.Create(CultureInfo.InvariantCulture, $"{Year}年{Name}");

    public DateOnly From => new(Year, (Number - 1) * Months + 1, 1);

    public DateOnly To => From.AddMonths(Months).AddDays(-1);

    /// <summary>The first day of its last month.</summary>
    public DateOnly LastMonth => From.AddMonths(Months - 1);

    public static Quarter Of(DateOnly day) => new(day.Year, (day.Month - 1) / Months + 1);
}
