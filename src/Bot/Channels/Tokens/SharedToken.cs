using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Bot.Domain.Calendar;
using Bot.Storage;

namespace Bot.Channels.Tokens;

/// <summary>A token as the platform gave it, and for how long it is good.</summary>
public sealed record FreshToken(string Value, TimeSpan LivesFor)
{
    public override string ToString() => nameof(FreshToken);
}

/// <summary>
/// The platform gives no token. <paramref name="until"/>: nobody asks before then; <paramref name="forEverybody"/>: not even another instance.
/// </summary>
public sealed class TokenStoppedException(int code, DateTime until, bool forEverybody) : Exception($"没有访问令牌：平台回答 {code}")
{
    public int Code => code;

    public DateTime Until => until;

    public bool ForEverybody => forEverybody;
}

/// <summary>The platform insists on the token that it has just refused, and asking for a new one by force is used up for now.</summary>
public sealed class TokenUselessException() : Exception("平台给的访问令牌不被它自己接受，暂时不能再强制刷新");

/// <summary>
/// One access token for all instances on one database. In a process callers share one refresh; between processes the row in
/// <c>platform_tokens</c> says who fetches. Meanwhile the old token serves on. Asking with true asks for
/// another token than the present one, which kills that at once. Not to be waited for inside a piece of work of <see cref="Transactions"/>.
/// </summary>
internal sealed partial class SharedToken(
    string name, string secret, Func<bool, CancellationToken, Task<FreshToken>> ask, Transactions transactions, TimeProvider time, ILogger log)
{
    /// <summary>Both tokens are good in the last five minutes of the old one; before them the platform gives the old one again (access tokens).</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(300);

    /// <summary>Instances begin to refresh at different moments within this part of the overlap, so that mostly one finds the work done.</summary>
    private const double JitterPart = 0.2;

    /// <summary>A token that dies on its way to the platform is of no use.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Longer than asking takes; an instance that died while it asked holds up the others for no longer.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BeforeAnotherTry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Forced refreshes: at least 30 s apart and 20 a day, beyond which nothing is refreshed (access tokens). Two are left for people.</summary>
    private static readonly TimeSpan BetweenForced = TimeSpan.FromSeconds(30);
    private const int MostForcedADay = 18;

    private const int MostRounds = 3;

    private readonly SealedToken seal = new(name, secret);
    private readonly string me = RandomNumberGenerator.GetHexString(16);
    private readonly Lock door = new();
    private Held? held;
    private Task<Held>? running;
    private DateTime quietUntil;
    private TokenStoppedException? stopped;

    private string Row => $"{name}:{seal.Mark}";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <exception cref="TokenStoppedException">The platform gives none.</exception>
    public async ValueTask<string> Get(CancellationToken cancellationToken)
    {
        if (Usable() is not { } token)
            return (await Refresh(null).WaitAsync(cancellationToken)).Value;
        if (Now >= token.RefreshAt && Now >= quietUntil)
            _ = InBackground();
        return token.Value;
    }

    /// <summary>
    /// Another token than the one that has just failed. When somebody has fetched one meanwhile it is that one: a fresh token is never thrown away
    /// because of an old one's failure.
    /// </summary>
    /// <exception cref="TokenStoppedException">The platform gives none.</exception>
    /// <exception cref="TokenUselessException">It gives the failed one again.</exception>
    public async Task<string> Another(string failed, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            if (Usable() is { } token && token.Value != failed)
                return token.Value;
            if ((await Refresh(failed).WaitAsync(cancellationToken)).Value is var value && value != failed)
                return value;
        }

        throw new TokenUselessException();
    }

    /// <summary>When the token ends that is in use here.</summary>
    public DateTime? EndsAt => Usable()?.Until;

    private Held? Usable() => held is { } token && Now < token.Until ? token : null;

    private Task<Held> Refresh(string? failed)
    {
        lock (door)
        {
            if (running is null or { IsCompleted: true })
                running = Task.Run(() => Refreshed(failed));
            return running;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The old token is still good and a later call tries again; whoever asks the platform has raised the alarm.")]
    private async Task InBackground()
    {
        quietUntil = Now + BeforeAnotherTry;
        try
        {
            await Refresh(null);
        }
        catch (Exception failed)
        {
            LogLater(log, failed.GetType().Name);
        }
    }

    private async Task<Held> Refreshed(string? failed)
    {
        using var limit = new CancellationTokenSource(LongestWait);
        while (true)
        {
            if (stopped is { } stop && Now < stop.Until)
                throw new TokenStoppedException(stop.Code, stop.Until, stop.ForEverybody);
            var (adopted, mine) = await transactions.Run(Row, (work, token) => Claim(work.Rows, failed, token), limit.Token);
            if (adopted is not null)
                return held = adopted;
            if (mine)
                return held = await Fetch(failed, limit.Token);
            // By the machine's clock, as is how long everybody waits: nobody's time but the computer's.
            await Task.Delay(Glance + Glance * Random.Shared.NextDouble(), limit.Token);
        }
    }

    /// <summary>Takes what another instance has fetched, or the right to fetch; neither means that somebody else is at it.</summary>
    private async Task<(Held? Adopted, bool Mine)> Claim(HotRows rows, string? failed, CancellationToken cancellationToken)
    {
        var row = await rows.PlatformToken(Row, cancellationToken);
        var othersFetch = row.Holder is not null && row.Holder != me && Now < row.HeldUntil;
        if (seal.Open(row.Sealed) is { } value && value != failed && Now < row.ExpiresAt - Margin
            && (othersFetch || Now < row.RefreshAt || value != held?.Value))
            return (Hold(value, row), false);
        if (Now < row.StoppedUntil)
            throw new TokenStoppedException(row.StoppedBy, row.StoppedUntil, true);
        if (othersFetch)
            return (null, false);
        await rows.KeepPlatformToken(Row, row with { Holder = me, HeldUntil = Now + Lease }, cancellationToken);
        return (null, true);
    }

    private async Task<Held> Fetch(string? failed, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LongestAsking);
            var fresh = await ask(false, limit.Token);
            if (fresh.Value == failed)
            {
                if (!await transactions.Run(Row, (work, token) => ClaimForce(work.Rows, token), limit.Token))
                    throw new TokenUselessException();
                fresh = await ask(true, limit.Token);
            }

            if (fresh.Value == failed)
                throw new TokenUselessException();
            return await transactions.Run(Row, (work, token) => Keep(work.Rows, fresh, token), CancellationToken.None);
        }
        catch (Exception unfetched)
        {
            stopped = unfetched as TokenStoppedException;
            await transactions.Run(Row, (work, token) => LetGo(work.Rows, stopped, token), CancellationToken.None);
            throw;
        }
    }

    private async Task<bool> ClaimForce(HotRows rows, CancellationToken cancellationToken)
    {
        var row = await rows.PlatformToken(Row, cancellationToken);
        var today = ChinaClock.ToChinaDate(row.ForcedAt) == ChinaClock.ToChinaDate(Now) ? row.ForcedTimes : 0;
        if (Now < row.ForcedAt + BetweenForced || today >= MostForcedADay)
            return false;
        await rows.KeepPlatformToken(Row, row with { ForcedAt = Now, ForcedTimes = today + 1 }, cancellationToken);
        return true;
    }

    private async Task<Held> Keep(HotRows rows, FreshToken fresh, CancellationToken cancellationToken)
    {
        var lives = fresh.LivesFor;
        var row = await rows.PlatformToken(Row, cancellationToken) with
        {
            Sealed = seal.Seal(fresh.Value),
            RefreshAt = Now + (lives > 2 * Overlap ? lives - Overlap : lives / 2),
            ExpiresAt = Now + lives,
            Holder = null,
            HeldUntil = DateTime.UnixEpoch,
            StoppedBy = 0,
            StoppedUntil = DateTime.UnixEpoch,
        };
        await rows.KeepPlatformToken(Row, row, cancellationToken);
        return Hold(fresh.Value, row);
    }

    private async Task<bool> LetGo(HotRows rows, TokenStoppedException? stop, CancellationToken cancellationToken)
    {
        var row = await rows.PlatformToken(Row, cancellationToken);
        if (row.Holder == me)
            row = row with { Holder = null, HeldUntil = DateTime.UnixEpoch };
        if (stop is { ForEverybody: true })
            row = row with { StoppedBy = stop.Code, StoppedUntil = stop.Until };
        await rows.KeepPlatformToken(Row, row, cancellationToken);
        return true;
    }

    private static Held Hold(string value, SharedTokenRow row) =>
        new(value, row.RefreshAt + (row.ExpiresAt - row.RefreshAt) * JitterPart * Random.Shared.NextDouble(), row.ExpiresAt - Margin);

    [LoggerMessage(Level = LogLevel.Warning, Message = "访问令牌还没有刷新（{Nature}），旧的先用着")]
    private static partial void LogLater(ILogger logger, string nature);

    private sealed record Held(string Value, DateTime RefreshAt, DateTime Until)
    {
        public override string ToString() => nameof(Held);
    }
}
