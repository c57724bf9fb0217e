using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bot.Channels.Calls;

/// <summary>
/// One request and its answer. Addresses carry the access token and are secrets: they reach neither a log, nor an exception, nor a trace
/// (calling the APIs, introduction).
/// </summary>
internal sealed partial class PlatformHttp(CalledPlatform platform, HttpClient http, TimeProvider time)
{
    /// <summary>Answers are a few hundred bytes, the longest (menus, lists of addresses) some kilobytes.</summary>
    private const int LargestAnswer = 1024 * 1024;

    /// <exception cref="PlatformUnreachableException">No answer that can be read.</exception>
    public async Task<PlatformAnswer> Ask(PlatformRequest request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(request.Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var response = await Send(request, limit.Token);
            return await Read(request, response, limit.Token);
        }
        catch (Exception broken) when (IsOfTheLine(broken, cancellationToken))
        {
            throw Unreachable(request, broken);
        }
    }

    /// <summary>For files: the answer with its body still to be read, or the JSON that stands for a refusal, with status 200 (media).</summary>
    public async Task<(HttpResponseMessage? File, PlatformAnswer? Refusal)> Fetch(PlatformRequest request, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        using var patience = new CancellationTokenSource(request.Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            response = await Send(request, limit.Token);
            var type = response.Content.Headers.ContentType?.MediaType ?? "";
            if (response.IsSuccessStatusCode && type is not ("application/json" or "text/plain" or "text/html" or ""))
                return (response, null);
            var answer = await Read(request, response, limit.Token);
            response.Dispose();
            return (null, answer);
        }
        catch (Exception broken) when (IsOfTheLine(broken, cancellationToken))
        {
            response?.Dispose();
            throw Unreachable(request, broken);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    private Task<HttpResponseMessage> Send(PlatformRequest request, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(request.Body is null ? HttpMethod.Get : HttpMethod.Post, request.Address) { Content = request.Body?.Invoke() };
        return http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task<PlatformAnswer> Read(PlatformRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // The content type says nothing: these APIs answer JSON as text/plain, too.
        var body = await Body(response, cancellationToken);
        if (body is not null && PlatformAnswer.TryRead(body) is { } answer)
            return answer;
        var status = (int)response.StatusCode;
        throw new PlatformUnreachableException(platform, request.Api, string.Create(CultureInfo.InvariantCulture, $"HTTP {status}，内容不是可以读的 JSON"), request.MayHaveHappened)
        {
            WorthAnotherTry = request.MayBeRepeated && (status >= StatusCodes.Status500InternalServerError || response.IsSuccessStatusCode),
        };
    }

    private static async Task<byte[]?> Body(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var from = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var to = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (to.Length + read > LargestAnswer)
                return null;
            to.Write(buffer, 0, read);
        }

        return to.ToArray();
    }

    private static bool IsOfTheLine(Exception broken, CancellationToken cancellationToken) =>
        broken is HttpRequestException or IOException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private PlatformUnreachableException Unreachable(PlatformRequest request, Exception broken)
    {
        // Only a connection that never came about is proof that nothing happened.
        var neverSent = broken is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };
        var how = broken switch
        {
            HttpRequestException refused => refused.HttpRequestError.ToString(),
            OperationCanceledException => "超时",
            _ => broken.GetType().Name,
        };
        return new PlatformUnreachableException(platform, request.Api, how, request.MayHaveHappened && !neverSent) { WorthAnotherTry = request.MayBeRepeated || neverSent };
    }
}

/// <summary>
/// What is asked. <paramref name="Api"/> is the path without its query and may be logged; <paramref name="Query"/> never. A null body makes it a GET.
/// </summary>
internal sealed record PlatformRequest(string Api, string Query, Func<HttpContent>? Body, CallEffect Effect, TimeSpan Patience)
{
    public string Address => $"{Api.TrimStart('/')}?{Query}";

    public bool MayBeRepeated => Effect != CallEffect.Once;

    public bool MayHaveHappened => Effect != CallEffect.None;

    public override string ToString() => Api;
}

/// <summary>What a call does, which decides whether it may be repeated when its outcome is unknown.</summary>
internal enum CallEffect
{
    /// <summary>It only reads.</summary>
    None,

    /// <summary>Done twice it comes to the same.</summary>
    Same,

    /// <summary>Done twice somebody gets two messages, or there are two of something.</summary>
    Once,
}

/// <summary>An answer of the platform: a code (absent means success, calling the APIs, rule 1) and the fields that matter; unknown ones are ignored.</summary>
internal sealed partial record PlatformAnswer(int Code, JsonElement Json)
{
    /// <summary>The platform's number of this call: <c>rid: …</c> on the official account, <c>hint: […]</c> on WeCom.</summary>
    public string? Rid => Code == 0 ? null : Found(RidForm());

    /// <summary>The address of ours that the platform complains about, or the template's key; nothing else of its words is taken over, they may hold anything.</summary>
    public string? OurAddress => Found(AddressForm());

    public string? Field => Found(FieldForm());

    public static PlatformAnswer? TryRead(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body);
            var json = document.RootElement.Clone();
            return json.ValueKind == JsonValueKind.Object ? new PlatformAnswer((int)(NumberOf(json, "errcode") ?? 0), json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string? Text(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Numbers come as numbers or as text; ids exceed 53 bits.</summary>
    public long? Number(string name) => NumberOf(Json, name);

    public static long? NumberOf(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) ? number
        : null;

    private string? Found(Regex form) => Text("errmsg") is { } words && form.Match(words) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"(?:rid: ?|hint: ?\[)([0-9A-Za-z_-]{8,64})")]
    private static partial Regex RidForm();

    [GeneratedRegex(@"((?:\d{1,3}\.){3}\d{1,3})")]
    private static partial Regex AddressForm();

    [GeneratedRegex(@"data\.([a-z_]+\d*)\.value")]
    private static partial Regex FieldForm();
}
