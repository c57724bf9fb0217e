using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>Calls counted per interface and day of China time, per minute where a test says so, and the monthly budget of clearing them (rule 11).</summary>
public sealed class Quotas(AccountStrictness strict, TimeProvider time)
{
    private const int ClearsPerMonth = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Path, DateOnly Day), int> used = [];
    private readonly Dictionary<(string Path, long Minute), int> usedInMinute = [];
    private readonly Dictionary<(int Year, int Month), int> clears = [];

    /// <summary>A new account's limits.</summary>
    public IDictionary<string, int> PerDay { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["/cgi-bin/token"] = 2000,
        ["/cgi-bin/stable_token"] = 500_000,
        ["/cgi-bin/menu/create"] = 1000,
        ["/cgi-bin/menu/get"] = 10_000,
        ["/cgi-bin/menu/delete"] = 1000,
        ["/cgi-bin/menu/addconditional"] = 2000,
        ["/cgi-bin/menu/delconditional"] = 2000,
        ["/cgi-bin/menu/trymatch"] = 20_000,
        ["/cgi-bin/media/upload"] = 100_000,
        ["/cgi-bin/media/get"] = 200_000,
        ["/cgi-bin/message/custom/send"] = 500_000,
        ["/cgi-bin/message/template/send"] = 100_000,
        ["/cgi-bin/qrcode/create"] = 100_000,
        ["/cgi-bin/user/info"] = 5_000_000,
    };

    public IDictionary<string, int> PerMinute { get; } = new Dictionary<string, int>(StringComparer.Ordinal) { ["/cgi-bin/stable_token"] = 10_000 };

    internal static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    internal void Count(string path)
    {
        if (!strict.Quotas)
            return;
        lock (gate)
        {
            var now = time.GetUtcNow();
            var minute = (path, now.ToUnixTimeSeconds() / 60);
            usedInMinute[minute] = usedInMinute.GetValueOrDefault(minute) + 1;
            if (PerMinute.TryGetValue(path, out var perMinute) && usedInMinute[minute] > perMinute)
                throw new RefusedException(45011, "api minute-quota reach limit, must slower, retry next minute");
            var day = (path, Day(now));
            if (PerDay.TryGetValue(path, out var perDay) && used.GetValueOrDefault(day) >= perDay)
                throw new RefusedException(45009, "reach max api daily quota limit");
            used[day] = used.GetValueOrDefault(day) + 1;
        }
    }

    internal void Clear()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var month = (Day(now).Year, Day(now).Month);
            if (clears.GetValueOrDefault(month) >= ClearsPerMonth)
                throw new RefusedException(48006, "forbid to clear quota because of reaching the limit");
            clears[month] = clears.GetValueOrDefault(month) + 1;
            used.Clear();
        }
    }

    internal JsonObject Report(string path)
    {
        lock (gate)
        {
            if (!path.StartsWith('/') || !PerDay.TryGetValue(path, out var limit))
                throw new RefusedException(76021, "cgi_path not found, please check");
            var spent = used.GetValueOrDefault((path, Day(time.GetUtcNow())));
            return new JsonObject
            {
                ["quota"] = new JsonObject { ["daily_limit"] = limit, ["used"] = spent, ["remain"] = limit - spent },
                ["rate_limit"] = PerMinute.TryGetValue(path, out var perMinute) ? new JsonObject { ["call_count"] = perMinute, ["refresh_second"] = 60 } : new JsonObject(),
            };
        }
    }
}
