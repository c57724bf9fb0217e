using System.ComponentModel;
using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;

namespace Bot.Api;

/// <summary>When a period ends and the working days that were counted.</summary>
public sealed record DeadlineAnswer(DateOnly Due, IReadOnlyList<DateOnly> Counted, bool Provisional, IReadOnlyList<SkippedAnswer> Skipped, string Explanation);

public sealed record SkippedAnswer(DateOnly On, string Why);

public sealed record DayAnswer(DateOnly On, bool Working, string Why, bool Quiet, bool Provisional);

/// <summary>The district's calendar for anybody: deadlines in working days, and what each day is. No key needed, nothing personal in it.</summary>
public static class CalendarApi
{
    /// <summary>Ten years of working days; nothing in the regulations comes near.</summary>
    public const int MostWorkingDays = 2500;

    public const int MostDays = 800;

    private static readonly DateOnly First = new(2000, 1, 1);
    private static readonly DateOnly Last = new(2099, 12, 31);

    public static void MapCalendarApi(this IEndpointRouteBuilder routes)
    {
        var calendar = routes.MapGroup("/api/calendar").WithTags("calendar");
        calendar.MapGet("/deadline", Deadline)
            .WithSummary("从一个时刻起若干个工作日的最后一天；收到当天不算。")
            .Produces<DeadlineAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        calendar.MapGet("/days", Days)
            .WithSummary("一段日子里每天是否工作日、为什么、是否企业安静日。")
            .Produces<IReadOnlyList<DayAnswer>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static IResult Deadline(
        [Description("开始的时刻，带时区，如 2026-02-13T16:00:00+08:00")] string? from,
        [Description("工作日数，0 到 2500")] string? workingDays,
        CalendarBook calendars)
    {
        if (Instant(from) is not { } received)
            return Problems.BadRequest("from 要写成带时区的时刻，如 2026-02-13T16:00:00+08:00（网址里加号写成 %2B）。");
        if (!int.TryParse(workingDays, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days > MostWorkingDays)
            return Problems.BadRequest($"workingDays 要写成 0 到 {MostWorkingDays} 之间的整数。");
        var on = ChinaClock.ToChinaDate(received.UtcDateTime);
        if (on < First || on > Last)
            return Problems.BadRequest("from 要在2000年到2099年之间。");

        var calendar = calendars.Current;
        var due = calendar.Due(on, new Period(days, PeriodUnit.WorkingDays));
        return Results.Ok(new DeadlineAnswer(
            due.On,
            [.. due.Counted.Select(day => day.On)],
            due.Provisional,
            [.. due.Skipped.Select(day => new SkippedAnswer(day.On, day.Why))],
            calendar.Explain(on, due)));
    }

    private static IResult Days(
        [Description("第一天，如 2026-02-01")] string? from,
        [Description("最后一天，含当天")] string? to,
        CalendarBook calendars,
        RulePack rules)
    {
        if (Date(from) is not { } first || Date(to) is not { } last || first < First || last > Last)
            return Problems.BadRequest("from 和 to 要写成日期，如 2026-02-01，在2000年到2099年之间。");
        if (last < first)
            return Problems.BadRequest("to 不能早于 from。");
        if (last.DayNumber - first.DayNumber >= MostDays)
            return Problems.BadRequest($"一次最多查 {MostDays} 天，请分几次查。");

        var calendar = calendars.Current;
        return Results.Ok(Enumerable.Range(first.DayNumber, last.DayNumber - first.DayNumber + 1)
            .Select(number => calendar.Describe(DateOnly.FromDayNumber(number)))
            .Select(day => new DayAnswer(day.On, day.IsWorking, day.Why, rules.QuietDays?.Covers(day.On) == true, day.Provisional)));
    }

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            && HasOffset(text!) ? at : null;

    /// <summary>Without an offset the machine's own zone would decide the date.</summary>
    private static bool HasOffset(string text) => text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
