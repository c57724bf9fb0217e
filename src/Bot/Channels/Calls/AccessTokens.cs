using System.Diagnostics.Metrics;
using Bot.Channels.Tokens;
using Bot.Health;
using Bot.Storage;

namespace Bot.Channels.Calls;

/// <summary>Whose access tokens they are: <paramref name="Name"/> in figures, <paramref name="Row"/> in the database, and the secret they are asked for with, if there is one.</summary>
internal sealed record TokenOwner(string Name, string Row, string? Secret)
{
    public override string ToString() => Row;
}

/// <summary>Access tokens as calls need them: shared with the other instances, and what the platform says instead of a token told as a refusal.</summary>
internal sealed class AccessTokens : IDisposable
{
    private const int NoSecret = 41004;

    private readonly CalledPlatform platform;
    private readonly PlatformHttp http;
    private readonly Func<bool, PlatformRequest> request;
    private readonly PlatformAlarms alarms;
    private readonly TimeProvider time;
    private readonly SharedToken? token;
    private readonly Meter meter = new(Figures.MeterName);
    private readonly Counter<long> refreshes;

    /// <param name="platform">Who gives them.</param>
    /// <param name="owner">For whom.</param>
    /// <param name="request">How to ask; true: for another token than the present one, if the platform knows such a request.</param>
    /// <param name="http">The way there.</param>
    /// <param name="alarms">For what needs a person.</param>
    /// <param name="transactions">For the row that instances share.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public AccessTokens(
        CalledPlatform platform, TokenOwner owner, Func<bool, PlatformRequest> request, PlatformHttp http, PlatformAlarms alarms, Transactions transactions, TimeProvider time, ILogger<AccessTokens> log)
    {
        (this.platform, this.request, this.http, this.alarms, this.time) = (platform, request, http, alarms, time);
        if (owner.Secret is not null)
            token = new SharedToken(owner.Row, owner.Secret, Ask, transactions, time, log);
        refreshes = meter.CreateCounter<long>($"bot_{owner.Name}_token_requests_total", description: "Access tokens asked for.");
        meter.CreateObservableGauge($"bot_{owner.Name}_token_left_seconds", () => ((token?.EndsAt ?? Now) - Now).TotalSeconds, description: "For how long the access token is still good.");
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<string> Get(CancellationToken cancellationToken) => OrRefusal(shared => shared.Get(cancellationToken).AsTask(), cancellationToken);

    /// <summary>Another token than the one that the platform has just refused.</summary>
    public Task<string> Another(string failed, CancellationToken cancellationToken) =>
        OrRefusal(shared => shared.Another(failed, cancellationToken), cancellationToken);

    public void Dispose() => meter.Dispose();

    private async Task<string> OrRefusal(Func<SharedToken, Task<string>> get, CancellationToken cancellationToken)
    {
        try
        {
            return token is null
                ? throw new TokenStoppedException(NoSecret, DateTime.MaxValue, false)
                : await get(token);
        }
        catch (TokenStoppedException stopped)
        {
            throw new PlatformRefusedException(platform, request(false).Api, stopped.Code, platform.AtTokenEndpoint(stopped.Code)) { RetryAt = stopped.Until };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PlatformUnreachableException(platform, request(false).Api, "没有及时得到访问令牌", false);
        }
    }

    private async Task<FreshToken> Ask(bool force, CancellationToken cancellationToken)
    {
        refreshes.Add(1, new KeyValuePair<string, object?>("force", force));
        var asked = request(force);
        var answer = await http.Ask(asked, cancellationToken);
        if (answer.Code == 0 && answer.Text("access_token") is { Length: > 0 } value)
            return new FreshToken(value, TimeSpan.FromSeconds(answer.Number("expires_in") ?? 0));

        var error = platform.AtTokenEndpoint(answer.Code);
        if (error.Alarm)
            alarms.Raise(platform.Name, asked.Api, answer.Code, error.Meaning, error.Detail == PlatformDetail.ShowAddress ? answer.OurAddress : null, answer.Rid);
        if (error.Action == PlatformAction.TryLater && error.Pause == PlatformPause.None)
            throw new PlatformUnreachableException(platform, asked.Api, error.Meaning, false) { WorthAnotherTry = true };
        throw new TokenStoppedException(answer.Code, ApiBrakes.End(error.Pause, Now), error.Pause is not (PlatformPause.Restart or PlatformPause.FiveMinutes));
    }
}
