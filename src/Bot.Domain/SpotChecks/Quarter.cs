using System.Globalization;

namespace Bot.Domain.SpotChecks;

/// <summary>A quarter of a year, written 2026Q4.</summary>
public readonly record struct Quarter(int Year, int Number)
{
    private const int Months = 3;
    private const string Numerals = "一二三四";

    public DateOnly From => new(Year, (Number - 1) * Months + 1, 1);

    public DateOnly To => From.AddMonths(Months).AddDays(-1);

    /// <summary>第四季度</summary>
    public string Name => $"第{Numerals[Number - 1]}季度";

    /// <summary>2026年第四季度</summary>
    public string LongName => string.Create(CultureInfo.InvariantCulture, $"{Year}年{Name}");

    public static Quarter Of(DateOnly day) => new(day.Year, (day.Month - 1) / Months + 1);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year}Q{Number}");
}
