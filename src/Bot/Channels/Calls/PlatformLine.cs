using System.Globalization;
using System.Net.Http.Headers;
using Bot.Channels.Tokens;
using Polly;
using Polly.Retry;

namespace Bot.Channels.Calls;

/// <summary>
/// How every call is made: with the token, once more when the token was not good, again with growing pauses where that does no harm, and not at all
/// while the platform has told us to stop (API error codes).
/// </summary>
internal sealed class PlatformLine(CalledPlatform platform, PlatformHttp http, AccessTokens tokens, ApiBrakes brakes, PlatformAlarms alarms, TimeProvider time)
    : IDisposable
{
    private const int Busy = -1;

    /// <summary>"Busy" and lost connections: after 1, 2 and 4 seconds, each a little more or less.</summary>
    private const int MostRetries = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan PatienceForFiles = TimeSpan.FromSeconds(30);

    private readonly ResiliencePipeline again = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<PlatformUnreachableException>(lost => lost.WorthAnotherTry),
            MaxRetryAttempts = MostRetries,
            Delay = FirstPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    public CalledPlatform Platform => platform;

    public ApiBrakes Brakes => brakes;

    public void Dispose() => tokens.Dispose();

    public static HttpContent Json(byte[] utf8)
    {
        var content = new ByteArrayContent(utf8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return content;
    }

    /// <exception cref="PlatformRefusedException">The platform says no.</exception>
    /// <exception cref="PlatformUnreachableException">The platform says nothing.</exception>
    public Task<PlatformAnswer> Get(string api, string query, CancellationToken cancellationToken) =>
        Ask(api, query, null, CallEffect.None, Patience, cancellationToken);

    public Task<PlatformAnswer> Post(string api, object body, CallEffect effect, CancellationToken cancellationToken) =>
        PostJson(api, "", RawJson.Write(body), effect, cancellationToken);

    public Task<PlatformAnswer> PostJson(string api, string query, byte[] utf8, CallEffect effect, CancellationToken cancellationToken) =>
        Ask(api, query, () => Json(utf8), effect, Patience, cancellationToken);

    public Task<PlatformAnswer> Upload(string api, string query, Func<HttpContent> body, CancellationToken cancellationToken) =>
        Ask(api, query, body, CallEffect.Same, PatienceForFiles, cancellationToken);

    /// <summary>A file that somebody sent, as both platforms keep it.</summary>
    public async Task<PlatformMedia> DownloadMedia(string api, string mediaId, CancellationToken cancellationToken)
    {
        var answer = await Download(api, $"media_id={Uri.EscapeDataString(mediaId)}", cancellationToken);
        try
        {
            return new PlatformMedia(answer, await answer.Content.ReadAsStreamAsync(cancellationToken));
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>The file, its body still to be read.</summary>
    private async Task<HttpResponseMessage> Download(string api, string query, CancellationToken cancellationToken) =>
        await again.ExecuteAsync(
            async token =>
            {
                HttpResponseMessage? file = null;
                var answer = await WithToken(
                    api,
                    async (accessToken, inner) =>
                    {
                        (file, var refusal) = await http.Fetch(Request(api, query, accessToken, null, CallEffect.None, PatienceForFiles), inner);
                        return refusal;
                    },
                    CallEffect.None,
                    token);
                return file ?? throw new PlatformRefusedException(platform, api, answer?.Code ?? 0, NotAFile);
            },
            cancellationToken);

    /// <summary>Videos may come as an address instead of a file (media); we take none.</summary>
    private static PlatformError NotAFile { get; } = new(0, 0, "平台没有给出文件", PlatformAction.Drop);

    /// <summary>Of several tries one whose outcome is unknown leaves it unknown, however the last one ended.</summary>
    private async Task<PlatformAnswer> Ask(
        string api, string query, Func<HttpContent>? body, CallEffect effect, TimeSpan patience, CancellationToken cancellationToken)
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
                    catch (PlatformUnreachableException lost)
                    {
                        mayHaveHappened |= lost.OutcomeUnknown;
                        throw;
                    }
                },
                cancellationToken);
        }
        catch (PlatformRefusedException refused) when (mayHaveHappened)
        {
            refused.MayHaveHappenedBefore = true;
            throw;
        }
        catch (PlatformUnreachableException lost) when (mayHaveHappened && !lost.OutcomeUnknown)
        {
            throw new PlatformUnreachableException(platform, api, lost.How, true);
        }
    }

    private static PlatformRequest Request(string api, string query, string accessToken, Func<HttpContent>? body, CallEffect effect, TimeSpan patience) =>
        new(api, $"access_token={Uri.EscapeDataString(accessToken)}{(query.Length > 0 ? "&" : "")}{query}", body, effect, patience);

    private async Task<PlatformAnswer?> WithToken(
        string api, Func<string, CancellationToken, Task<PlatformAnswer?>> call, CallEffect effect, CancellationToken cancellationToken)
    {
        brakes.Check(api);
        var accessToken = await tokens.Get(cancellationToken);
        var answer = await call(accessToken, cancellationToken);
        if (answer is not null && platform.ErrorOf(answer.Code).Action == PlatformAction.RefreshToken)
        {
            accessToken = await Another(api, accessToken, answer, cancellationToken);
            answer = await call(accessToken, cancellationToken);
        }

        return answer is null or { Code: 0 } || platform.ErrorOf(answer.Code).Action == PlatformAction.Nothing ? answer : throw Refusal(api, answer, effect);
    }

    private async Task<string> Another(string api, string failed, PlatformAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.Another(failed, cancellationToken);
        }
        catch (TokenUselessException)
        {
            throw Refusal(api, answer, CallEffect.None);
        }
    }

    private Exception Refusal(string api, PlatformAnswer answer, CallEffect effect)
    {
        var error = platform.ErrorOf(answer.Code);
        if (answer.Code == Busy)
        {
            return new PlatformUnreachableException(platform, api, string.Create(CultureInfo.InvariantCulture, $"{answer.Code} {error.Meaning}"), effect != CallEffect.None)
            {
                WorthAnotherTry = effect != CallEffect.Once,
            };
        }

        // Here a second token has failed, too: that is no matter of waiting any more.
        if (error.Alarm || error.Action == PlatformAction.RefreshToken || (error.Pause == PlatformPause.Growing && brakes.Repeated(api, answer.Code)))
        {
            var detail = error.Detail == PlatformDetail.ShowAddress ? answer.OurAddress : answer.Field;
            alarms.Raise(platform.Name, api, answer.Code, error.Meaning, detail, answer.Rid);
        }

        return new PlatformRefusedException(platform, api, answer.Code, error)
        {
            Rid = answer.Rid,
            Field = answer.Field,
            RetryAt = brakes.Stop(api, answer.Code, error.Pause),
        };
    }
}
