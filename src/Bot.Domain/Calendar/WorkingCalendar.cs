using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Bot.Domain.Calendar;

/// <summary>When a period ends and how that was counted, so that a person can check it.</summary>
/// <param name="On">The last day; acts in chat are in time until 24:00 of it.</param>
/// <param name="Provisional">A year whose holiday notice is not loaded was needed (暂定).</param>
/// <param name="Counted">The working days counted, in order; empty for calendar periods.</param>
/// <param name="Skipped">The days passed over, each with its Chinese reason.</param>
public sealed record DueDate(DateOnly On, bool Provisional, IReadOnlyList<CountedDay> Counted, IReadOnlyList<SkippedDay> Skipped);

public sealed record CountedDay(DateOnly On, bool MakeUp);

public sealed record SkippedDay(DateOnly On, string Why);

public enum DayKind
{
    Workday,
    MakeUpWorkday,
    Weekend,
    Holiday,
}

public sealed record DayInfo(DateOnly On, DayKind Kind, bool IsWorking, string Why, bool Provisional);

/// <summary>
/// The working days of mainland China by the loaded notices. Immutable and pure: the same days in, the same days out.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly HashSet<int> _knownYears;
    private readonly Dictionary<DateOnly, string> _off = [];
    private readonly Dictionary<DateOnly, string> _makeUp = [];

    public WorkingCalendar(IEnumerable<HolidayYear> years)
    {
        Years = [.. years.OrderBy(notice => notice.Year)];
        _knownYears = [.. Years.Select(notice => notice.Year)];

        // A notice may rearrange the last days of the year before it, so later notices win.
        foreach (var holiday in Years.SelectMany(notice => notice.Holidays))
        {
            foreach (var day in holiday.Off)
            {
                _makeUp.Remove(day);
                _off[day] = holiday.Name;
            }

            foreach (var day in holiday.MakeUp)
            {
                _off.Remove(day);
                _makeUp[day] = holiday.Name;
            }
        }
    }

    public IReadOnlyList<HolidayYear> Years { get; }

    /// <summary>The calendar with one more notice, which replaces an earlier version of the same year.</summary>
    public WorkingCalendar With(HolidayYear notice) => new([.. Years.Where(year => year.Year != notice.Year), notice]);

    public bool IsKnown(int year) => _knownYears.Contains(year);

    public bool IsWorkingDay(DateOnly day)
    {
        if (_makeUp.ContainsKey(day)) return true;
        return day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && HolidayOn(day) is null;
    }

    public DayInfo Describe(DateOnly day)
    {
        var provisional = !IsKnown(day.Year);
        if (_makeUp.TryGetValue(day, out var madeUp)) return new(day, DayKind.MakeUpWorkday, true, $"{madeUp}调休上班", provisional);
        if (HolidayOn(day) is { } holiday) return new(day, DayKind.Holiday, false, holiday, provisional);
        return day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
            ? new(day, DayKind.Weekend, false, "周末", provisional)
            : new(day, DayKind.Workday, true, "工作日", provisional);
    }

    /// <summary>
    /// The last day of a period that begins with an event. The day of the event is not counted (民法典 art. 201);
    /// a calendar period that ends on a day off ends on the next working day (art. 203).
    /// </summary>
    public DueDate Due(DateOnly eventOn, Period period)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(period.Amount);
        return period.Unit switch
        {
            PeriodUnit.WorkingDays => CountWorkingDays(eventOn, period.Amount),
            PeriodUnit.ExactDays => new DueDate(EndOf(eventOn, period), Provisional: false, [], []),
            _ => RollForward(EndOf(eventOn, period)),
        };
    }

    /// <summary>The last day for an act that must be done so many calendar days before an inspection; never moved (J36).</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Callers ask the calendar for every date, also for those that need no holidays.")]
    public DateOnly Before(DateOnly inspectionOn, int calendarDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(calendarDays);
        return inspectionOn.AddDays(-calendarDays);
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; negative when <paramref name="to"/> lies before.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from) return -WorkingDaysBetween(to, from);
        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
            if (IsWorkingDay(day)) count++;
        return count;
    }

    public DateOnly NextWorkingDay(DateOnly after) => AddWorkingDays(after, 1);

    /// <summary>The day that lies so many working days after, or with a negative number before, a day.</summary>
    public DateOnly AddWorkingDays(DateOnly from, int n)
    {
        var step = Math.Sign(n);
        var day = from;
        for (var left = Math.Abs(n); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkingDay(day)) left--;
        }

        return day;
    }

    /// <summary>The answer to 怎么算出来的: which days were counted, which were not and why.</summary>
    public string Explain(DateOnly eventOn, DueDate due)
    {
        var text = new StringBuilder($"{ChineseDates.Long(eventOn)}当天不算；");
        if (due.Counted.Count > 0) text.Append(ExplainCounted(due.Counted));
        else if (due.Skipped.Count > 0)
            text.Append($"期间最后一天{ChineseDates.WithWeekday(due.Skipped[0].On)}不是工作日，顺延到{ChineseDates.WithWeekday(due.On)}");
        else text.Append($"最后一天是{ChineseDates.WithWeekday(due.On)}");
        text.Append("，当天24时为止。");
        if (due.Skipped.Count > 0) text.Append($"不计的日子：{ExplainSkipped(due.Skipped)}。");
        if (due.Counted.Any(day => day.MakeUp))
            text.Append($"调休上班计入：{string.Join('、', due.Counted.Where(day => day.MakeUp).Select(day => ChineseDates.WithWeekday(day.On)))}。");
        if (due.Provisional) text.Append(ProvisionalNote(eventOn, due.On));
        return text.ToString();
    }

    private static string ExplainCounted(IReadOnlyList<CountedDay> counted)
    {
        const int namedOneByOne = 5;
        if (counted.Count <= namedOneByOne)
            return string.Join('，', counted.Select((day, index) => $"第{(index + 1).ToString(CultureInfo.InvariantCulture)}个工作日{ChineseDates.WithWeekday(day.On)}"));

        var days = string.Join('、', counted.Select(day => ChineseDates.Short(day.On)));
        return $"{counted.Count.ToString(CultureInfo.InvariantCulture)}个工作日依次是{days}";
    }

    // Neighbouring days with the same reason read as one stretch: 2月15日至2月23日（春节）.
    private static string ExplainSkipped(IReadOnlyList<SkippedDay> skipped)
    {
        var stretches = new List<(DateOnly From, DateOnly To, string Why)>();
        foreach (var day in skipped)
        {
            if (stretches.Count > 0 && stretches[^1] is var last && last.Why == day.Why && last.To.AddDays(1) == day.On)
                stretches[^1] = (last.From, day.On, day.Why);
            else
                stretches.Add((day.On, day.On, day.Why));
        }

        return string.Join('、', stretches.Select(stretch => stretch.From == stretch.To
            ? $"{ChineseDates.Short(stretch.From)}（{stretch.Why}）"
            : $"{ChineseDates.Short(stretch.From)}至{ChineseDates.Short(stretch.To)}（{stretch.Why}）"));
    }

    private string ProvisionalNote(DateOnly from, DateOnly to)
    {
        var unknown = Enumerable.Range(from.Year, to.Year - from.Year + 1).Where(year => !IsKnown(year));
        return $"{string.Join('、', unknown.Select(year => $"{year.ToString(CultureInfo.InvariantCulture)}年"))}的放假安排尚未发布，这个日期是暂定的，发布后重新计算。";
    }

    private static DateOnly EndOf(DateOnly eventOn, Period period) =>
        period.Unit == PeriodUnit.Months ? eventOn.AddMonths(period.Amount) : eventOn.AddDays(period.Amount);

    private DueDate CountWorkingDays(DateOnly eventOn, int amount)
    {
        var counted = new List<CountedDay>(amount);
        var skipped = new List<SkippedDay>();
        var provisional = false;
        var day = eventOn;
        while (counted.Count < amount)
        {
            day = day.AddDays(1);
            var info = Describe(day);
            provisional |= info.Provisional;
            if (info.IsWorking) counted.Add(new(day, info.Kind == DayKind.MakeUpWorkday));
            else skipped.Add(new(day, info.Why));
        }

        return new(day, provisional, counted, skipped);
    }

    private DueDate RollForward(DateOnly end)
    {
        var skipped = new List<SkippedDay>();
        var info = Describe(end);
        var provisional = info.Provisional;
        while (!info.IsWorking)
        {
            skipped.Add(new(info.On, info.Why));
            info = Describe(info.On.AddDays(1));
            provisional |= info.Provisional;
        }

        return new(info.On, provisional, [], skipped);
    }

    private string? HolidayOn(DateOnly day)
    {
        if (_off.TryGetValue(day, out var name)) return name;
        return IsKnown(day.Year) ? null : StatutoryDays.NameOf(day);
    }
}
