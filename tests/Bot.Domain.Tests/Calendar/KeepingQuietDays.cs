using Bot.Domain.Calendar;
using static Bot.Domain.Tests.Calendar.CountingWorkingDays;

namespace Bot.Domain.Tests.Calendar;

public sealed class KeepingQuietDays // J13
{
    private static readonly QuietDays Quiet = new(1, 15);

    [Theory]
    [InlineData("2026-11-30", false)]
    [InlineData("2026-12-01", true)]
    [InlineData("2026-12-03", true)]
    [InlineData("2026-12-15", true)]
    [InlineData("2026-12-16", false)]
    public void They_cover_the_first_to_the_fifteenth(string day, bool covered) => Assert.Equal(covered, Quiet.Covers(Day(day)));

    [Theory]
    [InlineData("2026-12-03", "2026-12-16")]
    [InlineData("2026-12-16", "2026-12-16")]
    [InlineData("2026-02-10", "2026-02-24")] // 16 to 23 February are the Spring Festival
    [InlineData("2026-05-08", "2026-05-18")] // the 16th is a Saturday
    [InlineData("2026-10-31", "2026-11-16")] // a Saturday, then November's quiet days
    public void The_earliest_other_day_is_a_working_day(string wanted, string earliest) =>
        Assert.Equal(Day(earliest), Quiet.EarliestOutside(Day(wanted), PublishedYears.Calendar));

    [Fact]
    public void Only_the_date_in_China_counts()
    {
        var halfPastMidnight = new DateTime(2026, 12, 15, 16, 30, 0, DateTimeKind.Utc);

        Assert.Equal(Day("2026-12-16"), ChinaClock.ToChinaDate(halfPastMidnight));
        Assert.False(Quiet.Covers(ChinaClock.ToChinaDate(halfPastMidnight)));
    }
}
