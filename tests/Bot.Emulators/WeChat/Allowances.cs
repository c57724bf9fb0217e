using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>What a person did that lets the account write to them.</summary>
public enum Opening
{
    Message,
    Menu,
    Follow,
    Scan,
}

/// <summary>How many customer-service messages one person may still get (rule 6). Guarded by the platform's lock.</summary>
internal sealed class Allowances(AccountStrictness strict)
{
    private static readonly Dictionary<Opening, (int Messages, TimeSpan Within)> Grants = new Dictionary<Opening, (int, TimeSpan)>
    {
        [Opening.Message] = (5, TimeSpan.FromHours(48)),
        [Opening.Menu] = (3, TimeSpan.FromMinutes(1)),
        [Opening.Follow] = (3, TimeSpan.FromMinutes(1)),
        [Opening.Scan] = (3, TimeSpan.FromMinutes(1)),
    };

    private readonly Dictionary<Opening, Window> open = [];

    /// <summary>Counts from when the person acted, whenever the push arrives (rule 23).</summary>
    public void Open(Opening opening, DateTimeOffset actedAt) => open[opening] = new(actedAt + Grants[opening].Within, Grants[opening].Messages);

    public void CloseAll() => open.Clear();

    public int Left(DateTimeOffset now)
    {
        var windows = open.Values.Where(window => window.Until > now).Select(window => window.Left).ToArray();
        return windows.Length == 0 ? 0 : strict.AllowancesAddUp ? windows.Sum() : windows.Max();
    }

    public void Take(DateTimeOffset now)
    {
        if (!strict.Allowances)
            return;
        var windows = open.Where(pair => pair.Value.Until > now).OrderBy(pair => pair.Value.Until).ToArray();
        if (windows.Length == 0)
            throw new RefusedException(45015, "response out of time limit or subscription is canceled");
        if (Left(now) == 0)
            throw new RefusedException(45047, "out of response count limit");
        if (strict.AllowancesAddUp)
            windows = [windows.First(pair => pair.Value.Left > 0)];
        foreach (var (opening, window) in windows)
            open[opening] = window with { Left = Math.Max(0, window.Left - 1) };
    }

    private sealed record Window(DateTimeOffset Until, int Left);
}
