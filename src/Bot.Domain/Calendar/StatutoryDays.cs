using System.Collections.Concurrent;
using System.Globalization;

namespace Bot.Domain.Calendar;

/// <summary>
/// The days that are off by 全国年节及纪念日放假办法 (2024 revision) whatever the yearly notice will say. They are used
/// for a year whose notice is not loaded; bridged days and make-up days of such a year stay unknown, so every date there is provisional.
/// </summary>
internal static class StatutoryDays
{
    private static readonly ChineseLunisolarCalendar Lunar = new();

    private static readonly ConcurrentDictionary<int, IReadOnlyDictionary<DateOnly, string>> Years = new();

    public static string? NameOf(DateOnly day) => Years.GetOrAdd(day.Year, Of).GetValueOrDefault(day);

    private static Dictionary<DateOnly, string> Of(int year)
    {
        var days = new Dictionary<DateOnly, string> { [new(year, 1, 1)] = "元旦" };
        foreach (var day in new[] { 1, 2 }) days[new(year, 5, day)] = "劳动节";
        foreach (var day in new[] { 1, 2, 3 }) days[new(year, 10, day)] = "国庆节";
        if (year <= Lunar.MinSupportedDateTime.Year || year >= Lunar.MaxSupportedDateTime.Year) return days;

        var newYear = FromLunar(year, 1, 1);
        foreach (var offset in new[] { -1, 0, 1, 2 }) days[newYear.AddDays(offset)] = "春节";
        days.TryAdd(new(year, 4, ClearBrightDay(year)), "清明节");
        days.TryAdd(FromLunar(year, 5, 5), "端午节");
        days.TryAdd(FromLunar(year, 8, 15), "中秋节");
        return days;
    }

    private static DateOnly FromLunar(int year, int month, int day)
    {
        // A leap month shifts the index of the months that follow it.
        var leap = Lunar.GetLeapMonth(year);
        var index = leap > 0 && month >= leap ? month + 1 : month;
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, index, day, 0, 0, 0, 0));
    }

    // The usual approximation of the solar term 清明 for this century.
    private static int ClearBrightDay(int year)
    {
        var inCentury = year % 100;
        return (int)((inCentury * 0.2422) + 4.81) - (inCentury / 4);
    }
}
