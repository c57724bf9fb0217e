using Bot.Domain.Calendar;
using static Bot.Domain.Tests.Calendar.CountingWorkingDays;

namespace Bot.Domain.Tests.Calendar;

public sealed class YearsWithoutNotice
{
    private static readonly WorkingCalendar Calendar = PublishedYears.Calendar;

    [Theory]
    [InlineData("2026-12-30", 1, "2026-12-31", false)]
    [InlineData("2026-12-31", 1, "2027-01-04", true)]
    [InlineData("2026-12-04", 20, "2027-01-04", true)] // D17
    public void A_count_that_reaches_into_2027_is_provisional(string eventOn, int days, string dueOn, bool provisional)
    {
        var due = Calendar.Due(Day(eventOn), new(days, PeriodUnit.WorkingDays));

        Assert.Equal((Day(dueOn), provisional), (due.On, due.Provisional));
    }

    [Fact]
    public void So_is_a_calendar_period_that_is_moved_into_2027()
    {
        var due = Calendar.Due(Day("2026-12-02"), new(30, PeriodUnit.CalendarDays));

        Assert.Equal((Day("2027-01-04"), true), (due.On, due.Provisional));
    }

    [Theory]
    [InlineData("2027-01-01", "元旦")]
    [InlineData("2027-02-05", "春节")]
    [InlineData("2027-02-08", "春节")]
    [InlineData("2027-04-05", "清明节")]
    [InlineData("2027-05-01", "劳动节")]
    [InlineData("2027-05-02", "劳动节")]
    [InlineData("2027-06-09", "端午节")]
    [InlineData("2027-09-15", "中秋节")]
    [InlineData("2027-10-01", "国庆节")]
    [InlineData("2027-10-03", "国庆节")]
    [InlineData("2028-10-03", "中秋节、国庆节")]
    public void Statutory_days_are_off_before_the_notice_comes(string day, string name)
    {
        var info = Calendar.Describe(Day(day));

        Assert.Equal((DayKind.Holiday, true), (info.Kind, info.Provisional));
        Assert.Contains(info.Why, name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leap_month_does_not_shift_the_festivals() // leap 6th month in 2025, leap 2nd month in 2023
    {
        var nothingLoaded = new WorkingCalendar([]);

        Assert.Equal("中秋节", nothingLoaded.Describe(Day("2025-10-06")).Why);
        Assert.Equal("端午节", nothingLoaded.Describe(Day("2023-06-22")).Why);
        Assert.Equal("中秋节", nothingLoaded.Describe(Day("2023-09-29")).Why);
    }

    [Fact]
    public void The_notice_settles_the_date()
    {
        var notice = new HolidayYear(2027, "测试文号", "测试", null, [new("元旦", [Day("2027-01-01"), Day("2027-01-02"), Day("2027-01-03"), Day("2027-01-04")], [])]);
        var book = new CalendarBook(Calendar);

        book.Replace(Calendar.With(notice));

        var due = book.Current.Due(Day("2026-12-30"), new(2, PeriodUnit.WorkingDays));
        Assert.Equal((Day("2027-01-05"), false), (due.On, due.Provisional));
        Assert.Equal(Day("2027-01-04"), Calendar.Due(Day("2026-12-30"), new(2, PeriodUnit.WorkingDays)).On);
    }
}
