using Bot.Domain.Calendar;
using static Bot.Domain.Tests.Calendar.CountingWorkingDays;

namespace Bot.Domain.Tests.Calendar;

public sealed class ExplainingADate
{
    [Theory]
    [InlineData("2026-11-16", 2, PeriodUnit.WorkingDays, "2026年11月16日当天不算；第1个工作日11月17日（周二），第2个工作日11月18日（周三），当天24时为止。")]
    [InlineData("2026-02-13", 2, PeriodUnit.WorkingDays, "2026年2月13日当天不算；第1个工作日2月14日（周六），第2个工作日2月24日（周二），当天24时为止。不计的日子：2月15日至2月23日（春节）。调休上班计入：2月14日（周六）。")]
    [InlineData("2026-12-30", 2, PeriodUnit.WorkingDays, "2026年12月30日当天不算；第1个工作日12月31日（周四），第2个工作日1月4日（周一），当天24时为止。不计的日子：1月1日（元旦）、1月2日至1月3日（周末）。2027年的放假安排尚未发布，这个日期是暂定的，发布后重新计算。")]
    [InlineData("2026-09-02", 30, PeriodUnit.CalendarDays, "2026年9月2日当天不算；期间最后一天10月2日（周五）不是工作日，顺延到10月8日（周四），当天24时为止。不计的日子：10月2日至10月7日（国庆节）。")]
    [InlineData("2026-11-02", 1, PeriodUnit.Months, "2026年11月2日当天不算；最后一天是12月2日（周三），当天24时为止。")]
    [InlineData("2026-11-20", 6, PeriodUnit.WorkingDays, "2026年11月20日当天不算；6个工作日依次是11月23日、11月24日、11月25日、11月26日、11月27日、11月30日，当天24时为止。不计的日子：11月21日至11月22日（周末）、11月28日至11月29日（周末）。")]
    public void It_can_be_checked_on_a_wall_calendar(string eventOn, int amount, PeriodUnit unit, string expected)
    {
        var due = PublishedYears.Calendar.Due(Day(eventOn), new(amount, unit));

        Assert.Equal(expected, PublishedYears.Calendar.Explain(Day(eventOn), due));
    }

    [Fact]
    public void Dates_and_periods_are_written_as_people_write_them()
    {
        Assert.Equal("2026年3月4日", ChineseDates.Long(Day("2026-03-04")));
        Assert.Equal("3月4日", ChineseDates.Short(Day("2026-03-04")));
        Assert.Equal("11月24日（周二）", ChineseDates.WithWeekday(Day("2026-11-24")));
        Assert.Equal("1月4日（周一，暂定）", ChineseDates.Due(PublishedYears.Calendar.Due(Day("2026-12-31"), new(1, PeriodUnit.WorkingDays))));
        Assert.Equal("2个工作日", new Period(2, PeriodUnit.WorkingDays).ToString());
        Assert.Equal("30日", new Period(30, PeriodUnit.CalendarDays).ToString());
        Assert.Equal("1个月", new Period(1, PeriodUnit.Months).ToString());
    }
}
