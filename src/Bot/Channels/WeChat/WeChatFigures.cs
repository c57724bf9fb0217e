using System.Diagnostics.Metrics;
using Bot.Health;

namespace Bot.Channels.WeChat;

/// <summary>What is counted of the official account's callbacks.</summary>
internal sealed class WeChatFigures : IDisposable
{
    private readonly Meter meter = new(Figures.MeterName);
    private readonly Counter<long> refused;

    public WeChatFigures()
    {
        refused = meter.CreateCounter<long>("bot_wechat_refused_total", description: "Callbacks that were refused, by reason.");
        Pushes = meter.CreateCounter<long>("bot_wechat_pushes_total", description: "Callbacks that were authenticated and read.");
        Repeated = meter.CreateCounter<long>("bot_wechat_repeated_total", description: "Pushes that had been taken before.");
        Late = meter.CreateCounter<long>("bot_wechat_late_total", description: "Replies that did not go out on their own connection.");
        LateSent = meter.CreateCounter<long>("bot_wechat_late_sent_total", description: "Late replies that went out as customer-service messages.");
        LateFailed = meter.CreateCounter<long>("bot_wechat_late_failed_total", description: "Late replies that were given up.");
        Unknown = meter.CreateCounter<long>("bot_wechat_unknown_total", description: "Pushes of unknown kinds, kept as they came.");
        ClockDiffers = meter.CreateCounter<long>("bot_wechat_clock_differs_total", description: "Signed times that differ much from our clock.");
    }

    public Counter<long> Pushes { get; }

    public Counter<long> Repeated { get; }

    public Counter<long> Late { get; }

    public Counter<long> LateSent { get; }

    public Counter<long> LateFailed { get; }

    public Counter<long> Unknown { get; }

    public Counter<long> ClockDiffers { get; }

    public void Refuse(Refusal refusal) => refused.Add(1, new KeyValuePair<string, object?>("reason", refusal.ToString()));

    public void Dispose() => meter.Dispose();
}
