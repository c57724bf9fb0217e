using System.Security.Cryptography;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>A token that was handed out anew.</summary>
public sealed record IssuedToken(DateTimeOffset At, bool Stable, bool Forced, string Value);

/// <summary>The two isolated families of access tokens (rules 1 to 3 and 5).</summary>
public sealed class AccessTokens(OfficialAccount account, AccountStrictness strict, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(7200);
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(300);
    private const int Length = 512;
    private const int ForcedPerDay = 20;
    private static readonly TimeSpan BetweenForced = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Standing> known = new(StringComparer.Ordinal);
    private readonly List<IssuedToken> issued = [];
    private readonly List<DateTimeOffset> forced = [];
    private int asking;
    private string? plain;
    private string? stable;

    /// <summary>Callers that may fetch a token; none means everybody.</summary>
    public ISet<string> AllowedAddresses { get; } = new HashSet<string>(StringComparer.Ordinal);

    public IReadOnlyList<IssuedToken> Issued
    {
        get
        {
            lock (gate)
                return [.. issued];
        }
    }

    /// <summary>How many callers were asking for a token at the same moment, at most.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Every token dies now, as if another system had fetched a new one: 40001. With <paramref name="handBackTheSame"/> only a forced refresh gives another.</summary>
    public void Invalidate(bool handBackTheSame = false)
    {
        lock (gate)
        {
            foreach (var value in known.Keys.ToArray())
                known[value] = known[value] with { DiesAt = time.GetUtcNow() };
            (plain, stable) = (null, handBackTheSame ? stable : null);
        }
    }

    /// <summary>Every token reaches the end of its life now: 42001.</summary>
    public void Expire()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (var value in known.Keys.ToArray())
                known[value] = new(now, now);
            (plain, stable) = (null, null);
        }
    }

    internal void Asked()
    {
        lock (gate)
            MostAtOnce = Math.Max(MostAtOnce, ++asking);
    }

    internal void Answered()
    {
        lock (gate)
            asking--;
    }

    internal void Check(string? value)
    {
        if (!strict.Tokens)
            return;
        if (string.IsNullOrEmpty(value))
            throw new RefusedException(41001, "access_token missing", rule: 1);
        lock (gate)
        {
            if (!known.TryGetValue(value, out var standing))
                throw new RefusedException(40001, "invalid credential, access_token is invalid or not latest");
            var now = time.GetUtcNow();
            if (now >= standing.ExpiresAt)
                throw new RefusedException(42001, "access_token expired");
            if (now >= standing.DiesAt)
                throw new RefusedException(40001, "invalid credential, access_token is invalid or not latest");
        }
    }

    internal void CheckCaller(string? grantType, string? appId, string? secret, string caller)
    {
        if (string.IsNullOrEmpty(appId))
            throw new RefusedException(41002, "appid missing", rule: 5);
        if (string.IsNullOrEmpty(secret))
            throw new RefusedException(41004, "appsecret missing", rule: 5);
        if (grantType != "client_credential")
            throw new RefusedException(40002, "invalid grant_type", rule: 5);
        if (appId != account.AppId)
            throw new RefusedException(40013, "invalid appid");
        if (secret != account.AppSecret)
            throw new RefusedException(40125, "invalid appsecret");
        if (AllowedAddresses.Count > 0 && !AllowedAddresses.Contains(caller))
            throw new RefusedException(40164, $"invalid ip {caller} ipv6 ::ffff:{caller}, not in whitelist");
    }

    /// <summary>Each call gives a new token; the one before works 300 s more.</summary>
    internal (string Value, int ExpiresIn) Fetch()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (plain is not null && known[plain] is var before)
                known[plain] = before with { DiesAt = Earlier(before.DiesAt, now + Overlap) };
            plain = Issue(now, isStable: false, isForced: false);
            return (plain, (int)Life.TotalSeconds);
        }
    }

    /// <summary>The same token until 300 s before its end; a forced refresh kills the old one at once, 20 times a day and 30 s apart at most.</summary>
    internal (string Value, int ExpiresIn) FetchStable(bool force)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var left = stable is null ? TimeSpan.Zero : known[stable].ExpiresAt - now;
            if (force && left > TimeSpan.Zero && MayForce(now))
            {
                forced.Add(now);
                known[stable!] = known[stable!] with { DiesAt = now };
                stable = Issue(now, isStable: true, isForced: true);
            }
            else if (left <= Overlap)
            {
                stable = Issue(now, isStable: true, isForced: false);
            }

            return (stable!, (int)(known[stable!].ExpiresAt - now).TotalSeconds);
        }
    }

    private bool MayForce(DateTimeOffset now) =>
        (forced.Count == 0 || now - forced[^1] >= BetweenForced) && forced.Count(at => Quotas.Day(at) == Quotas.Day(now)) < ForcedPerDay;

    private string Issue(DateTimeOffset now, bool isStable, bool isForced)
    {
        var value = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", Length);
        known[value] = new(now + Life, now + Life);
        issued.Add(new(now, isStable, isForced, value));
        return value;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record Standing(DateTimeOffset ExpiresAt, DateTimeOffset DiesAt);
}
