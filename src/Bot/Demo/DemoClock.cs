namespace Bot.Demo;

/// <summary>
/// The business clock of the demonstration: it ticks as the machine's does, from where it was set. Tokens, sockets and timers keep to the machine's
/// own clock, so that moving this one ends nobody's session.
/// </summary>
public sealed class DemoClock(TimeProvider machine, DateTime start) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset stood = new(start, TimeSpan.Zero);
    private long since = machine.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return stood + machine.GetElapsedTime(since);
    }

    /// <summary>Sets it to an instant (UTC); it goes on ticking from there.</summary>
    public void Set(DateTime utc)
    {
        lock (gate)
            (stood, since) = (new DateTimeOffset(utc, TimeSpan.Zero), machine.GetTimestamp());
    }
}
