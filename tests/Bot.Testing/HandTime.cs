using System.Globalization;

namespace Bot.Testing;

/// <summary>A clock that stands still until a test moves it. Times are given as China civil time.</summary>
/// <param name="chinaTime">Where it stands first.</param>
/// <param name="timers">Whether timers and elapsed time go by this clock too; without, by the machine's.</param>
public sealed class HandTime(string chinaTime, bool timers = false) : TimeProvider
{
    private readonly Lock door = new();
    private readonly List<HandTimer> running = [];
    private DateTimeOffset now = Parse(chinaTime);

    public override long TimestampFrequency => timers ? TimeSpan.TicksPerSecond : base.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        lock (door)
            return now;
    }

    public override long GetTimestamp() => timers ? GetUtcNow().UtcTicks : base.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!timers)
            return base.CreateTimer(callback, state, dueTime, period);
        var timer = new HandTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (door)
            running.Add(timer);
        return timer;
    }

    /// <summary>Forward through every timer on the way; a test that begins earlier is simply there.</summary>
    public void Set(string time)
    {
        if (Parse(time) < GetUtcNow())
            JumpTo(time);
        else
            MoveTo(Parse(time));
    }

    public void Advance(TimeSpan span) => MoveTo(GetUtcNow() + span);

    /// <summary>As if nothing had run for a long time: a timer that rings every so often rings once for all the times it would have.</summary>
    public void JumpTo(string time)
    {
        HandTimer[] due;
        lock (door)
        {
            now = Parse(time);
            due = [.. running.Where(timer => timer.DueAt <= now)];
            foreach (var timer in due)
                timer.GoOn(now);
        }

        foreach (var timer in due)
            timer.Ring();
    }

    /// <summary>Timers that become due on the way ring one after another, each at its own instant.</summary>
    private void MoveTo(DateTimeOffset until)
    {
        while (true)
        {
            HandTimer? next;
            lock (door)
            {
                next = running.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
                if (next is null)
                {
                    now = until > now ? until : now;
                    return;
                }

                now = next.DueAt > now ? next.DueAt!.Value : now;
                next.GoOn();
            }

            next.Ring();
        }
    }

    private static DateTimeOffset Parse(string time) =>
        new DateTimeOffset(DateTime.Parse(time, CultureInfo.InvariantCulture), TimeSpan.FromHours(8)).ToUniversalTime();

    private sealed class HandTimer(HandTime clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan pace;

        public DateTimeOffset? DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.door)
                (DueAt, pace) = (dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime, period);
            return true;
        }

        public void GoOn(DateTimeOffset? from = null) => DueAt = pace > TimeSpan.Zero ? (from ?? DueAt) + pace : null;

        public void Ring() => callback(state);

        public void Dispose()
        {
            lock (clock.door)
                clock.running.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
