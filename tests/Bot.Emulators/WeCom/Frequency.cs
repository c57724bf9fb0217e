using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>Something that was answered as sent and never shown.</summary>
public sealed record Discarded(DateTimeOffset At, string UserId, string Why, string Body);

/// <summary>How often calls may come, and how many messages one member is shown (rules 11 and 13).</summary>
public sealed class Frequency
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly AppStrictness strict;
    private readonly TimeProvider time;
    private readonly Dictionary<string, Queue<DateTimeOffset>> calls = new(StringComparer.Ordinal);
    private readonly Dictionary<WeComMember, Queue<DateTimeOffset>> shown = [];
    private (DateOnly Day, long Count) today;

    internal Frequency(AppStrictness strict, TimeProvider time) => (this.strict, this.time) = (strict, time);

    /// <summary>Calls a minute of one interface, beyond which 45009 is the answer for the rest of the minute.</summary>
    public int CallsPerMinute { get; set; } = 10_000;

    public int CallsPerHour { get; set; } = 150_000;

    public int MessagesPerMinute { get; set; } = 30;

    public int MessagesPerHour { get; set; } = 1000;

    /// <summary>Messages a day to all members together.</summary>
    public long MessagesPerDay { get; set; } = 1000 * 200;

    internal void Count(string path)
    {
        if (!strict.Quotas)
            return;
        var now = time.GetUtcNow();
        var recent = calls.TryGetValue(path, out var kept) ? kept : calls[path] = new();
        Forget(recent, now - Hour);
        if (recent.Count >= CallsPerHour || recent.Count(at => at > now - Minute) >= CallsPerMinute)
            throw new RefusedException(45009, "api freq out of limit");
        recent.Enqueue(now);
    }

    internal void CountForDay(int recipients)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
        if (today.Day != day)
            today = (day, 0);
        if (strict.Quotas && today.Count + recipients > MessagesPerDay)
            throw new RefusedException(45009, "api freq out of limit");
        today.Count += recipients;
    }

    /// <summary>Whether the member is shown one more; why not otherwise.</summary>
    internal string? Refuses(WeComMember member)
    {
        if (!strict.MemberLimits)
            return null;
        var now = time.GetUtcNow();
        var recent = shown.TryGetValue(member, out var kept) ? kept : shown[member] = new();
        Forget(recent, now - Hour);
        if (recent.Count >= MessagesPerHour)
            return $"more than {MessagesPerHour} messages in an hour";
        if (recent.Count(at => at > now - Minute) >= MessagesPerMinute)
            return $"more than {MessagesPerMinute} messages in a minute";
        recent.Enqueue(now);
        return null;
    }

    private static void Forget(Queue<DateTimeOffset> times, DateTimeOffset before)
    {
        while (times.TryPeek(out var at) && at <= before)
            times.Dequeue();
    }
}
