using System.Globalization;
using System.Net.Http.Headers;
using Bot.Channels.Tokens;
using Polly;
using Polly.Retry;

namespace Bot.Channels.WeChat.Api;

/// <summary>
/// How every call is made: with the token, once more when the token was not good, again with growing pauses where that does no harm, and not at all
/// while the platform has told us to stop (API error codes).
/// </summary>
internal sealed class WeChatLine(WeChatHttp http, WeChatTokens tokens, ApiBrakes brakes, PlatformAlarms alarms, TimeProvider time)
{
    /// <summary>"Busy" and lost connections: after 1, 2 and 4 seconds, each a little more or less.</summary>
    private const int MostRetries = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan PatienceForFiles = TimeSpan.FromSeconds(30);

    private readonly ResiliencePipeline again = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<WeChatUnreachableException>(lost => lost.WorthAnotherTry),
            MaxRetryAttempts = MostRetries,
            Delay = FirstPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    public static HttpContent Json(byte[] utf8)
    {
        var content = new ByteArrayContent(utf8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return content;
    }

    /// <exception cref="WeChatRefusedException">The platform says no.</exception>
    /// <exception cref="WeChatUnreachableException">The platform says nothing.</exception>
    public Task<WeChatAnswer> Get(string api, string query, CancellationToken cancellationToken) =>
        Ask(api, query, null, WeChatEffect.None, Patience, cancellationToken);

    public Task<WeChatAnswer> Post(string api, object body, WeChatEffect effect, CancellationToken cancellationToken) =>
        PostJson(api, WeChatJson.Write(body), effect, cancellationToken);

    public Task<WeChatAnswer> PostJson(string api, byte[] utf8, WeChatEffect effect, CancellationToken cancellationToken) =>
        Ask(api, "", () => Json(utf8), effect, Patience, cancellationToken);

    public Task<WeChatAnswer> Upload(string api, string query, Func<HttpContent> body, CancellationToken cancellationToken) =>
        Ask(api, query, body, WeChatEffect.Same, PatienceForFiles, cancellationToken);

    /// <summary>The file, its body still to be read.</summary>
    public async Task<HttpResponseMessage> Download(string api, string query, CancellationToken cancellationToken) =>
        await again.ExecuteAsync(
            async token =>
            {
                HttpResponseMessage? file = null;
                var answer = await WithToken(
                    api,
                    async (accessToken, inner) =>
                    {
                        (file, var refusal) = await http.Fetch(Request(api, query, accessToken, null, WeChatEffect.None, PatienceForFiles), inner);
                        return refusal;
                    },
                    WeChatEffect.None,
                    token);
                return file ?? throw new WeChatRefusedException(api, answer?.Code ?? 0, NotAFile);
            },
            cancellationToken);

    /// <summary>Videos may come as an address instead of a file (media); we take none.</summary>
    private static WeChatError NotAFile { get; } = new(0, 0, "平台没有给出文件", WeChatAction.Drop);

    /// <summary>Of several tries one whose outcome is unknown leaves it unknown, however the last one ended.</summary>
    private async Task<WeChatAnswer> Ask(
        string api, string query, Func<HttpContent>? body, WeChatEffect effect, TimeSpan patience, CancellationToken cancellationToken)
    {
        var mayHaveHappened = false;
        try
        {
            return await again.ExecuteAsync(
                async token =>
                {
                    try
                    {
                        return (await WithToken(api, async (accessToken, inner) => await http.Ask(Request(api, query, accessToken, body, effect, patience), inner), effect, token))!;
                    }
                    catch (WeChatUnreachableException lost)
                    {
                        mayHaveHappened |= lost.OutcomeUnknown;
                        throw;
                    }
                },
                cancellationToken);
        }
        catch (WeChatRefusedException refused) when (mayHaveHappened)
        {
            refused.MayHaveHappenedBefore = true;
            throw;
        }
        catch (WeChatUnreachableException lost) when (mayHaveHappened && !lost.OutcomeUnknown)
        {
            throw new WeChatUnreachableException(api, lost.How, true);
        }
    }

    private static WeChatRequest Request(string api, string query, string accessToken, Func<HttpContent>? body, WeChatEffect effect, TimeSpan patience) =>
        new(api, $"access_token={Uri.EscapeDataString(accessToken)}{(query.Length > 0 ? "&" : "")}{query}", body, effect, patience);

    private async Task<WeChatAnswer?> WithToken(
        string api, Func<string, CancellationToken, Task<WeChatAnswer?>> call, WeChatEffect effect, CancellationToken cancellationToken)
    {
        brakes.Check(api);
        var accessToken = await tokens.Get(cancellationToken);
        var answer = await call(accessToken, cancellationToken);
        if (answer is not null && WeChatErrors.Of(answer.Code).Action == WeChatAction.RefreshToken)
        {
            accessToken = await Another(api, accessToken, answer, cancellationToken);
            answer = await call(accessToken, cancellationToken);
        }

        return answer is null or { Code: 0 } || WeChatErrors.Of(answer.Code).Action == WeChatAction.Nothing ? answer : throw Refusal(api, answer, effect);
    }

    private async Task<string> Another(string api, string failed, WeChatAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.Another(failed, cancellationToken);
        }
        catch (TokenUselessException)
        {
            throw Refusal(api, answer, WeChatEffect.None);
        }
    }

    private Exception Refusal(string api, WeChatAnswer answer, WeChatEffect effect)
    {
        var error = WeChatErrors.Of(answer.Code);
        if (answer.Code == WeChatErrors.Busy)
        {
            return new WeChatUnreachableException(api, string.Create(CultureInfo.InvariantCulture, $"{answer.Code} {error.Meaning}"), effect != WeChatEffect.None)
            {
                WorthAnotherTry = effect != WeChatEffect.Once,
            };
        }

        // Here a second token has failed, too: that is no matter of waiting any more.
        if (error.Alarm || error.Action == WeChatAction.RefreshToken)
        {
            var detail = error.Detail == WeChatDetail.ShowAddress ? answer.OurAddress : answer.Field;
            alarms.Raise(WeChatApi.Platform, api, answer.Code, error.Meaning, detail, answer.Rid);
        }

        return new WeChatRefusedException(api, answer.Code, error)
        {
            Rid = answer.Rid,
            Field = answer.Field,
            RetryAt = brakes.Stop(api, answer.Code, error.Pause),
        };
    }
}
