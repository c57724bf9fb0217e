using System.Globalization;
using Bot.Domain.Calendar;

namespace Bot.Domain.Tests.Calendar;

public sealed class CountingWorkingDays
{
    private static readonly WorkingCalendar Calendar = PublishedYears.Calendar;

    [Theory]
    [InlineData("2026-11-20", 2, "2026-11-24")] // J18: Friday evening
    [InlineData("2026-11-21", 2, "2026-11-24")] // J18: Saturday shares the due date
    [InlineData("2026-11-22", 2, "2026-11-24")]
    [InlineData("2026-11-23", 2, "2026-11-25")]
    [InlineData("2026-02-13", 2, "2026-02-24")] // J18: make-up Saturday 02-14 counts, then the Spring Festival
    [InlineData("2026-11-20", 1, "2026-11-23")] // J27
    [InlineData("2026-09-19", 1, "2026-09-20")] // J27: a Sunday that is worked
    [InlineData("2026-09-30", 3, "2026-10-10")] // J28
    [InlineData("2026-11-16", 3, "2026-11-19")] // J28 (M4), J37
    [InlineData("2026-11-24", 15, "2026-12-15")] // S15
    [InlineData("2026-12-15", 5, "2026-12-22")] // S16
    [InlineData("2026-11-20", 20, "2026-12-18")] // D17
    public void The_day_of_the_event_is_day_zero(string eventOn, int days, string dueOn)
    {
        var due = Calendar.Due(Day(eventOn), new(days, PeriodUnit.WorkingDays));

        Assert.Equal(Day(dueOn), due.On);
        Assert.False(due.Provisional);
        Assert.Equal(days, due.Counted.Count);
        Assert.Equal(days, Calendar.WorkingDaysBetween(Day(eventOn), due.On));
    }

    [Theory]
    [InlineData("2026-11-30", "2026-12-30")]
    [InlineData("2026-01-16", "2026-02-24")]
    [InlineData("2026-01-31", "2026-02-28")]
    [InlineData("2026-09-07", "2026-10-08")]
    public void A_month_ends_on_the_same_date_and_moves_off_a_holiday(string found, string dueOn) // S41
    {
        Assert.Equal(Day(dueOn), Calendar.Due(Day(found), new(1, PeriodUnit.Months)).On);
    }

    [Theory]
    [InlineData("2026-12-17", 7, "2026-12-10")] // J36
    [InlineData("2026-02-25", 7, "2026-02-18")] // in the Spring Festival, and stays there
    [InlineData("2026-11-23", 0, "2026-11-23")]
    public void A_backward_period_is_never_moved(string inspectionOn, int days, string last) =>
        Assert.Equal(Day(last), Calendar.Before(Day(inspectionOn), days));

    [Fact]
    public void What_is_skipped_is_named_with_its_reason()
    {
        var due = Calendar.Due(Day("2026-02-13"), new(2, PeriodUnit.WorkingDays));

        Assert.Equal([new(Day("2026-02-14"), true), new(Day("2026-02-24"), false)], due.Counted);
        Assert.Equal(9, due.Skipped.Count);
        Assert.All(due.Skipped, day => Assert.Equal("春节", day.Why));
    }

    [Fact]
    public void A_negative_period_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Due(Day("2026-11-20"), new(-1, PeriodUnit.WorkingDays)));

    [Fact]
    public void Counting_back_and_forth_agrees()
    {
        Assert.Equal(Day("2026-02-14"), Calendar.AddWorkingDays(Day("2026-02-24"), -1));
        Assert.Equal(Day("2026-02-24"), Calendar.NextWorkingDay(Day("2026-02-14")));
        Assert.Equal(Day("2026-11-22"), Calendar.AddWorkingDays(Day("2026-11-22"), 0));
        Assert.Equal(1, Calendar.WorkingDaysBetween(Day("2026-11-19"), Day("2026-11-20")));
        Assert.Equal(-1, Calendar.WorkingDaysBetween(Day("2026-11-20"), Day("2026-11-19")));
        Assert.Equal(0, Calendar.WorkingDaysBetween(Day("2026-11-21"), Day("2026-11-22")));
    }

    [Fact]
    public void Every_due_date_for_three_years_is_the_one_counted_from_the_bare_notices()
    {
        var holidays = HolidayNotices.Load(PublishedYears.Folder).SelectMany(year => year.Holidays).ToList();
        var off = holidays.SelectMany(holiday => holiday.Off).ToHashSet();
        var worked = holidays.SelectMany(holiday => holiday.MakeUp).ToHashSet();
        for (var eventOn = Day("2024-01-01"); eventOn < Day("2026-11-01"); eventOn = eventOn.AddDays(1))
        {
            var expected = eventOn;
            var left = 5;
            while (left > 0)
            {
                expected = expected.AddDays(1);
                if (worked.Contains(expected) || ((int)expected.DayOfWeek is >= 1 and <= 5 && !off.Contains(expected))) left--;
            }

            Assert.Equal(expected, Calendar.Due(eventOn, new(5, PeriodUnit.WorkingDays)).On);
        }
    }

    [Theory]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void The_notices_give_the_known_number_of_working_days(int year, int days) =>
        Assert.Equal(days, Calendar.WorkingDaysBetween(new(year - 1, 12, 31), new(year, 12, 31)));

    [Theory]
    [InlineData("2026-02-14", DayKind.MakeUpWorkday, true, "春节调休上班")]
    [InlineData("2026-02-15", DayKind.Holiday, false, "春节")]
    [InlineData("2026-11-21", DayKind.Weekend, false, "周末")]
    [InlineData("2026-11-23", DayKind.Workday, true, "工作日")]
    public void A_day_says_what_it_is(string day, DayKind kind, bool working, string why) =>
        Assert.Equal(new(Day(day), kind, working, why, false), Calendar.Describe(Day(day)));

    internal static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
