using System.Globalization;

namespace Bot.Testing;

/// <summary>A clock that stands still until a test moves it. Times are given as China civil time.</summary>
public sealed class HandTime(string chinaTime) : TimeProvider
{
    private DateTimeOffset now = Parse(chinaTime);

    public override DateTimeOffset GetUtcNow() => now;

    public void Set(string time) => now = Parse(time);

    public void Advance(TimeSpan span) => now += span;

    private static DateTimeOffset Parse(string time) =>
        new DateTimeOffset(DateTime.Parse(time, CultureInfo.InvariantCulture), TimeSpan.FromHours(8)).ToUniversalTime();
}
