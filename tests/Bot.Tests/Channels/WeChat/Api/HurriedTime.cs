using System.Collections.Concurrent;
using System.Globalization;

namespace Bot.Tests.Channels.WeChat.Api;

/// <summary>A clock for which every pause is over at once: it moves on by as much as was to be waited, and remembers how much that was.</summary>
internal sealed class HurriedTime(string chinaTime) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> pauses = [];
    private long ticks = DateTime.Parse(chinaTime, CultureInfo.InvariantCulture).AddHours(-8).Ticks;

    public IReadOnlyCollection<TimeSpan> Pauses => pauses;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan span) => Interlocked.Add(ref ticks, span.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // The limit of a call is no pause.
        if (state is CancellationTokenSource)
            return base.CreateTimer(callback, state, dueTime, period);
        pauses.Enqueue(dueTime);
        Advance(dueTime);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new OverTimer();
    }

    private sealed class OverTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
