using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Bot.Domain.Calendar;

/// <summary>Dates as people read them in Chinese.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "Long and short are forms of a date here, not number types.")]
public static class ChineseDates
{
    private const string Weekdays = "日一二三四五六";

    /// <summary>2026年3月4日</summary>
    public static string Long(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    /// <summary>3月4日</summary>
    public static string Short(DateOnly day) => day.ToString("M月d日", CultureInfo.InvariantCulture);

    /// <summary>周二</summary>
    public static string Weekday(DateOnly day) => $"周{Weekdays[(int)day.DayOfWeek]}";

    /// <summary>11月24日（周二）</summary>
    public static string WithWeekday(DateOnly day) => $"{Short(day)}（{Weekday(day)}）";

    /// <summary>The same; nothing where there is no day.</summary>
    public static string WithWeekday(DateOnly? day) => day is { } on ? WithWeekday(on) : "";

    /// <summary>2026年11月24日（周二）</summary>
    public static string LongWithWeekday(DateOnly day) => $"{Long(day)}（{Weekday(day)}）";

    /// <summary>11月24日 09:32, for a moment in Chinese civil time.</summary>
    public static string WithTime(DateTime chinaLocal) => $"{Short(DateOnly.FromDateTime(chinaLocal))} {Time(TimeOnly.FromDateTime(chinaLocal))}";

    /// <summary>09:32</summary>
    public static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>11月24日（周二）, and 11月24日（周二，暂定） when a holiday notice is still missing.</summary>
    public static string Due(DueDate due) => Due(due.On, due.Provisional);

    /// <inheritdoc cref="Due(DueDate)"/>
    public static string Due(DateOnly on, bool provisional) => provisional ? $"{Short(on)}（{Weekday(on)}，暂定）" : WithWeekday(on);
}
