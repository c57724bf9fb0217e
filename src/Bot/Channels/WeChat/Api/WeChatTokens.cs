using System.Diagnostics.Metrics;
using Bot.Channels.Tokens;
using Bot.Health;
using Bot.Storage;

namespace Bot.Channels.WeChat.Api;

/// <summary>The account's access token, by <c>stable_token</c>: two instances that ask at once get the same one (access tokens).</summary>
internal sealed class WeChatTokens : IDisposable
{
    private const string Api = "/cgi-bin/stable_token";
    private const int NoSecret = 41004;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly WeChatAccount account;
    private readonly WeChatHttp http;
    private readonly PlatformAlarms alarms;
    private readonly TimeProvider time;
    private readonly SharedToken? token;
    private readonly Meter meter = new(Figures.MeterName);
    private readonly Counter<long> refreshes;

    public WeChatTokens(WeChatAccount account, WeChatHttp http, PlatformAlarms alarms, Transactions transactions, TimeProvider time, ILogger<WeChatTokens> log)
    {
        (this.account, this.http, this.alarms, this.time) = (account, http, alarms, time);
        if (account.AppSecret is not null)
            token = new SharedToken($"{WeChatApi.Platform}:{account.AppId}", account.AppSecret, Ask, transactions, time, log);
        refreshes = meter.CreateCounter<long>("bot_wechat_token_requests_total", description: "Access tokens asked for.");
        meter.CreateObservableGauge("bot_wechat_token_left_seconds", () => ((token?.EndsAt ?? Now) - Now).TotalSeconds, description: "For how long the access token is still good.");
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
            throw new WeChatRefusedException(Api, stopped.Code, WeChatErrors.AtTokenEndpoint(stopped.Code)) { RetryAt = stopped.Until };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WeChatUnreachableException(Api, "没有及时得到访问令牌", false);
        }
    }

    private async Task<FreshToken> Ask(bool force, CancellationToken cancellationToken)
    {
        refreshes.Add(1, new KeyValuePair<string, object?>("force", force));
        var body = WeChatJson.Write(new { grant_type = "client_credential", appid = account.AppId, secret = account.AppSecret, force_refresh = force });
        var answer = await http.Ask(new WeChatRequest(Api, "", () => WeChatLine.Json(body), force ? WeChatEffect.Once : WeChatEffect.None, Patience), cancellationToken);
        if (answer.Code == 0 && answer.Text("access_token") is { Length: > 0 } value)
            return new FreshToken(value, TimeSpan.FromSeconds(answer.Number("expires_in") ?? 0));

        var error = WeChatErrors.AtTokenEndpoint(answer.Code);
        if (error.Alarm)
            alarms.Raise(WeChatApi.Platform, Api, answer.Code, error.Meaning, error.Detail == WeChatDetail.ShowAddress ? answer.OurAddress : null, answer.Rid);
        if (error.Action == WeChatAction.TryLater && error.Pause == WeChatPause.None)
            throw new WeChatUnreachableException(Api, error.Meaning, false) { WorthAnotherTry = true };
        throw new TokenStoppedException(answer.Code, ApiBrakes.End(error.Pause, Now), error.Pause is not (WeChatPause.Restart or WeChatPause.FiveMinutes));
    }
}
