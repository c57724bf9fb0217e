using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Bot.Domain.Calendar;
using Bot.Health;

namespace Bot.Channels.WeChat.Api;

/// <summary>
/// Keeps us from calling an API that has just said not to: for the rest of the minute (45011), of the day (45009, 48004), or longer. Each instance
/// learns it for itself by one call.
/// </summary>
internal sealed class ApiBrakes : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTime Until, int Code)> stopped = new(StringComparer.Ordinal);
    private readonly TimeProvider time;
    private readonly Meter meter = new(Figures.MeterName);

    public ApiBrakes(TimeProvider time)
    {
        this.time = time;
        meter.CreateObservableGauge("bot_wechat_api_stopped", Gauge, description: "1 while an API of the official account is not called because the platform said so.");
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <exception cref="WeChatRefusedException">The API is not to be called now; the platform was not asked.</exception>
    public void Check(string api)
    {
        if (stopped.TryGetValue(api, out var stop) && Now < stop.Until)
            throw new WeChatRefusedException(api, stop.Code, WeChatErrors.Of(stop.Code)) { RetryAt = stop.Until };
    }

    /// <summary>Whether a call made now would be refused without being made.</summary>
    public bool Hold(string api) => stopped.TryGetValue(api, out var stop) && Now < stop.Until;

    /// <summary>Until when, if the error says so.</summary>
    public DateTime? Stop(string api, int code, WeChatPause pause)
    {
        if (pause == WeChatPause.None)
            return null;
        var until = End(pause, Now);
        stopped[api] = (until, code);
        return until;
    }

    public void Release(int code)
    {
        foreach (var stop in stopped.Where(stop => stop.Value.Code == code))
            stopped.TryUpdate(stop.Key, (DateTime.MinValue, code), stop.Value);
    }

    public void Dispose() => meter.Dispose();

    /// <summary>The quotas of a day begin anew at midnight in China, those of a minute with the minute.</summary>
    public static DateTime End(WeChatPause pause, DateTime now) => pause switch
    {
        WeChatPause.NextMinute => new DateTime(now.Ticks - now.Ticks % Minute.Ticks, DateTimeKind.Utc) + Minute,
        WeChatPause.FiveMinutes => now + 5 * Minute,
        WeChatPause.AnHour => now + TimeSpan.FromHours(1),
        WeChatPause.NextDay => ChinaClock.ToUtc(ChinaClock.ToChinaDate(now).AddDays(1), TimeOnly.MinValue),
        WeChatPause.Restart => DateTime.MaxValue,
        _ => now,
    };

    private IEnumerable<Measurement<int>> Gauge() =>
        stopped.Select(stop => new Measurement<int>(Now < stop.Value.Until ? 1 : 0, new("api", stop.Key), new("code", stop.Value.Code)));
}
