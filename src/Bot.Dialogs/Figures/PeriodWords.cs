using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Domain.Figures;

namespace Bot.Dialogs.Figures;

/// <summary>Which month, quarter or year is meant: 11月、上个月、第四季度、去年、2026-11.</summary>
internal static partial class PeriodWords
{
    private const string Numerals = "一二三四五六七八九十";
    private const int Ten = 10;

    /// <summary>Null when none is named. A month or quarter without a year is the last one that has begun.</summary>
    public static ReportPeriod? In(string text, DateOnly today)
    {
        if (Id().Match(text) is { Success: true } id && ReportPeriod.Read(id.Value) is { } written)
            return written;
        var year = Year(text, today);
        if (Quarter().Match(text) is { Success: true } quarter)
            return OfQuarter(Number(quarter.Groups[1].Value), year, today);
        if (text.Contains('季', StringComparison.Ordinal))
            return ReportPeriod.QuarterOf(today).Back(text.Contains("上季", StringComparison.Ordinal) || text.Contains("上个季", StringComparison.Ordinal) ? 1 : 0);
        if (Relative().Match(text) is { Success: true } relative)
            return ReportPeriod.MonthOf(today).Back(relative.Value.Length - relative.Value.TrimStart('上').Length);
        if (Month().Match(text) is { Success: true } month && Number(month.Groups[1].Value) is >= 1 and <= 12 and var number)
            return ReportPeriod.Month(year ?? (number > today.Month ? today.Year - 1 : today.Year), number);
        return year is { } whole ? ReportPeriod.Year(whole) : null;
    }

    private static ReportPeriod OfQuarter(int number, int? year, DateOnly today)
    {
        var named = ReportPeriod.Quarter(year ?? today.Year, number);
        return year is null && named.From > today ? ReportPeriod.Quarter(today.Year - 1, number) : named;
    }

    private static ReportPeriod Back(this ReportPeriod period, int times) => times == 0 ? period : period.Before().Back(times - 1);

    private static int? Year(string text, DateOnly today) =>
        YearNumber().Match(text) is { Success: true } year ? int.Parse(year.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : text.Contains("去年", StringComparison.Ordinal) ? today.Year - 1
        : text.Contains("今年", StringComparison.Ordinal) || text.Contains("本年", StringComparison.Ordinal) || text.Contains("全年", StringComparison.Ordinal) ? today.Year
        : null;

    private static int Number(string said) =>
        int.TryParse(said, CultureInfo.InvariantCulture, out var number) ? number
        : said.Length == 1 ? Numerals.IndexOf(said[0], StringComparison.Ordinal) + 1
        : Ten + Numerals.IndexOf(said[^1], StringComparison.Ordinal) + 1;

    [GeneratedRegex("(?<![0-9])20[0-9]{2}-(?:Q[1-4]|[0-9]{2})(?![0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Id();

    [GeneratedRegex("(20[0-9]{2})年")]
    private static partial Regex YearNumber();

    [GeneratedRegex("([一二三四1-4])季")]
    private static partial Regex Quarter();

    [GeneratedRegex("上{1,2}个?月|本月|这个月|当月")]
    private static partial Regex Relative();

    [GeneratedRegex("([0-9]{1,2}|十[一二]|[一二三四五六七八九十])月")]
    private static partial Regex Month();
}
