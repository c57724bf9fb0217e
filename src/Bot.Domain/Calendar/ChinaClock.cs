namespace Bot.Domain.Calendar;

/// <summary>The only way to the time and the date. China keeps UTC+8 all year, so a fixed offset is exact.</summary>
public sealed class ChinaClock(TimeProvider time)
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    public DateTime LocalNow => ToChina(UtcNow);

    public DateOnly Today => ToChinaDate(UtcNow);

    public static DateOnly ToChinaDate(DateTime utc) => DateOnly.FromDateTime(ToChina(utc));

    public static DateTime ToChina(DateTime utc) => DateTime.SpecifyKind(utc + Offset, DateTimeKind.Unspecified);

    public static DateTime ToUtc(DateOnly day, TimeOnly time) => DateTime.SpecifyKind(day.ToDateTime(time) - Offset, DateTimeKind.Utc);
}
