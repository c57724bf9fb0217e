using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Bot.Health;

namespace Bot.Channels;

/// <summary>
/// Tells operators of refusals that need a person: counted every time, logged with a number once an hour for the same thing, and shown with the
/// readiness until an hour has passed without another.
/// </summary>
public sealed partial class PlatformAlarms(TimeProvider time, ILogger<PlatformAlarms> log) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Meter meter = new(Figures.MeterName);
    private readonly ConcurrentDictionary<(string Platform, string Api, int Code), Raised> raised = new();
    private Counter<long>? counter;

    /// <summary><paramref name="detail"/> and <paramref name="rid"/> go to the log: never a token, a secret or a person's id.</summary>
    public void Raise(string platform, string api, int code, string meaning, string? detail = null, string? rid = null)
    {
        Counter().Add(1, new("platform", platform), new("api", api), new("code", code));
        var now = time.GetUtcNow();
        var alarm = raised.GetOrAdd((platform, api, code), _ => new Raised(meaning));
        if (alarm.Again(now, Kept) is { } number)
            LogRaised(number, platform, api, code, meaning, detail ?? "", rid ?? "");
    }

    /// <summary>What is wrong now, in a line for an operator; null when nothing is.</summary>
    public string? Standing(string platform)
    {
        var now = time.GetUtcNow();
        var lines = raised.Where(alarm => alarm.Key.Platform == platform && alarm.Value.Last > now - Kept)
            .OrderBy(alarm => alarm.Key.Code)
            .Select(alarm => $"{alarm.Key.Code} {alarm.Value.Meaning}（{alarm.Key.Api}，编号 {alarm.Value.Number}）");
        return string.Join("；", lines) is { Length: > 0 } words ? words : null;
    }

    public void Dispose() => meter.Dispose();

    private Counter<long> Counter() => counter ??= meter.CreateCounter<long>("bot_platform_alarms_total", description: "Refusals of platforms that need a person.");

    [LoggerMessage(Level = LogLevel.Error, Message = "平台告警 {Number}：{Platform} {Api} {Code} {Meaning} {Detail} rid={Rid}")]
    private partial void LogRaised(string number, string platform, string api, int code, string meaning, string detail, string rid);

    private sealed class Raised(string meaning)
    {
        private readonly Lock door = new();
        private DateTimeOffset logged = DateTimeOffset.MinValue;

        public string Meaning => meaning;

        public string Number { get; private set; } = "";

        public DateTimeOffset Last { get; private set; }

        /// <summary>The number to log it under, when that is due again.</summary>
        public string? Again(DateTimeOffset now, TimeSpan kept)
        {
            lock (door)
            {
                Last = now;
                if (logged != DateTimeOffset.MinValue && now - logged < kept)
                    return null;
                logged = now;
                return Number = RandomNumberGenerator.GetHexString(8);
            }
        }
    }
}
