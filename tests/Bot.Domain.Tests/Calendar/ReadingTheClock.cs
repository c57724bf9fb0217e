using Bot.Domain.Calendar;
using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Calendar;

public sealed class ReadingTheClock
{
    private static readonly OfficeHours Hours = new([new(new(9, 0), new(12, 0)), new(new(13, 30), new(17, 30))]);

    [Fact]
    public void Midnight_in_China_is_four_in_the_afternoon_UTC()
    {
        var clock = new ChinaClock(new Stopped(new(2026, 11, 21, 16, 0, 0, TimeSpan.Zero)));

        Assert.Equal(new DateOnly(2026, 11, 22), clock.Today);
        Assert.Equal(new DateTime(2026, 11, 22), clock.LocalNow);
        Assert.Equal((DateTimeKind.Utc, DateTimeKind.Unspecified), (clock.UtcNow.Kind, clock.LocalNow.Kind));
        Assert.Equal(clock.UtcNow, ChinaClock.ToUtc(clock.Today, TimeOnly.MinValue));
        Assert.Equal(DateTimeKind.Utc, ChinaClock.ToUtc(clock.Today, TimeOnly.MinValue).Kind);
    }

    [Theory]
    [InlineData("2026-11-23T09:00:00", true, "2026-11-23T09:00:00")]
    [InlineData("2026-11-23T08:59:00", false, "2026-11-23T09:00:00")]
    [InlineData("2026-11-23T12:00:00", false, "2026-11-23T13:30:00")]
    [InlineData("2026-11-23T17:29:00", true, "2026-11-23T17:29:00")]
    [InlineData("2026-11-20T17:30:00", false, "2026-11-23T09:00:00")]
    [InlineData("2026-02-14T10:00:00", true, "2026-02-14T10:00:00")] // a make-up Saturday
    [InlineData("2026-02-16T10:00:00", false, "2026-02-24T09:00:00")] // the Spring Festival
    public void Offices_open_on_working_days(string now, bool open, string opening)
    {
        var moment = DateTime.Parse(now, null);

        Assert.Equal(open, Hours.IsOpen(moment, PublishedYears.Calendar));
        Assert.Equal(DateTime.Parse(opening, null), Hours.NextOpening(moment, PublishedYears.Calendar));
    }

    [Theory]
    [InlineData("2026-11-22T20:59:00", "2026-11-22T20:59:00")]
    [InlineData("2026-11-22T21:00:00", "2026-11-23T08:00:00")]
    [InlineData("2026-11-23T02:00:00", "2026-11-23T08:00:00")]
    [InlineData("2026-11-23T08:00:00", "2026-11-23T08:00:00")]
    public void Notices_wait_for_the_end_of_the_night(string now, string sent) =>
        Assert.Equal(DateTime.Parse(sent, null), new NightRest(new(21, 0), new(8, 0)).EndAfter(DateTime.Parse(now, null)));

    private sealed class Stopped(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
