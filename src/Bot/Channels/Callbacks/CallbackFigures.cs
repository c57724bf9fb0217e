using System.Diagnostics.Metrics;
using Bot.Health;

namespace Bot.Channels.Callbacks;

/// <summary>What is counted of a platform's callbacks.</summary>
internal abstract class CallbackFigures : IDisposable
{
    private readonly Meter meter = new(Figures.MeterName);
    private readonly long[] refused = new long[Enum.GetValues<Refusal>().Length];

    /// <param name="channel">As it stands in the figures' names.</param>
    protected CallbackFigures(string channel)
    {
        meter.CreateObservableCounter($"bot_{channel}_refused_total", RefusedByReason, description: "Callbacks that were refused, by reason.");
        Pushes = meter.CreateCounter<long>($"bot_{channel}_pushes_total", description: "Callbacks that were authenticated and read.");
        Repeated = meter.CreateCounter<long>($"bot_{channel}_repeated_total", description: "Pushes that had been taken before.");
        Late = meter.CreateCounter<long>($"bot_{channel}_late_total", description: "Replies that did not go out on their own connection.");
        LateSent = meter.CreateCounter<long>($"bot_{channel}_late_sent_total", description: "Late replies that went out as messages of their own.");
        LateFailed = meter.CreateCounter<long>($"bot_{channel}_late_failed_total", description: "Late replies that were given up.");
        Unknown = meter.CreateCounter<long>($"bot_{channel}_unknown_total", description: "Pushes of unknown kinds, kept as they came.");
        ClockDiffers = meter.CreateCounter<long>($"bot_{channel}_clock_differs_total", description: "Signed times that differ much from our clock.");
    }

    public Counter<long> Pushes { get; }

    public Counter<long> Repeated { get; }

    public Counter<long> Late { get; }

    public Counter<long> LateSent { get; }

    public Counter<long> LateFailed { get; }

    public Counter<long> Unknown { get; }

    public Counter<long> ClockDiffers { get; }

    /// <summary>As cheap as can be: a flood of forgeries comes through here.</summary>
    public void Refuse(Refusal refusal) => Interlocked.Increment(ref refused[(int)refusal]);

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> RefusedByReason() => Enum.GetValues<Refusal>()
        .Where(reason => reason != Refusal.None)
        .Select(reason => new Measurement<long>(Interlocked.Read(ref refused[(int)reason]), new KeyValuePair<string, object?>("reason", reason.ToString())));
}
