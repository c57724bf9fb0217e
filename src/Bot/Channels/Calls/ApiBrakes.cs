using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Bot.Domain.Calendar;
using Bot.Health;

namespace Bot.Channels.Calls;

/// <summary>
/// Keeps us from calling an API that has just said not to: for the rest of the minute, of the day, or longer. Each instance learns it for itself by
/// one call.
/// </summary>
internal sealed class ApiBrakes : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Refused again within so long after a pause, the pause was too short.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (DateTime Until, int Code)> stopped = new(StringComparer.Ordinal);
    private readonly CalledPlatform platform;
    private readonly TimeProvider time;
    private readonly Meter meter = new(Figures.MeterName);

    public ApiBrakes(CalledPlatform platform, TimeProvider time)
    {
        (this.platform, this.time) = (platform, time);
        meter.CreateObservableGauge($"bot_{platform.Name}_api_stopped", Gauge, description: "1 while an API of the platform is not called because the platform said so.");
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <exception cref="PlatformRefusedException">The API is not to be called now; the platform was not asked.</exception>
    public void Check(string api)
    {
        if (stopped.TryGetValue(api, out var stop) && Now < stop.Until)
            throw new PlatformRefusedException(platform, api, stop.Code, platform.ErrorOf(stop.Code)) { RetryAt = stop.Until };
    }

    /// <summary>Whether a call made now would be refused without being made.</summary>
    public bool Hold(string api) => stopped.TryGetValue(api, out var stop) && Now < stop.Until;

    /// <summary>Until when, if the error says so.</summary>
    public DateTime? Stop(string api, int code, PlatformPause pause)
    {
        if (pause == PlatformPause.None)
            return null;
        var until = End(pause == PlatformPause.Growing && Repeated(api, code) ? PlatformPause.AnHour : pause, Now);
        stopped[api] = (until, code);
        return until;
    }

    /// <summary>Whether this refusal comes soon after a pause for the same.</summary>
    public bool Repeated(string api, int code) => stopped.TryGetValue(api, out var stop) && stop.Code == code && Now - Soon < stop.Until;

    public void Release(int code)
    {
        foreach (var stop in stopped.Where(stop => stop.Value.Code == code))
            stopped.TryUpdate(stop.Key, (DateTime.MinValue, code), stop.Value);
    }

    public void Dispose() => meter.Dispose();

    /// <summary>The quotas of a day begin anew at midnight in China, those of a minute with the minute.</summary>
    public static DateTime End(PlatformPause pause, DateTime now) => pause switch
    {
        PlatformPause.NextMinute => new DateTime(now.Ticks - now.Ticks % Minute.Ticks, DateTimeKind.Utc) + Minute,
        PlatformPause.Growing => now + Minute * (1 + Random.Shared.NextDouble() / 4),
        PlatformPause.FiveMinutes => now + 5 * Minute,
        PlatformPause.AnHour => now + TimeSpan.FromHours(1),
        PlatformPause.NextDay => ChinaClock.ToUtc(ChinaClock.ToChinaDate(now).AddDays(1), TimeOnly.MinValue),
        PlatformPause.Restart => DateTime.MaxValue,
        _ => now,
    };

    private IEnumerable<Measurement<int>> Gauge() =>
        stopped.Select(stop => new Measurement<int>(Now < stop.Value.Until ? 1 : 0, new("api", stop.Key), new("code", stop.Value.Code)));
}
