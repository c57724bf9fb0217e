using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Emulators.Tencent;

/// <summary>One call of a platform's interface. Several carry no errcode when they succeed.</summary>
internal sealed record Call(string Method, Func<ApiRequest, object> Do, Action<ApiRequest>? Admit = null, bool NamesItsResult = true);

/// <summary>A platform's HTTP interface: one table of calls, and the faults that a test asks for.</summary>
internal sealed class ApiDesk(Platform platform, IReadOnlyDictionary<string, Call> calls, Action<string> count, Func<string, string> hint)
{
    private static readonly JsonSerializerOptions AsPlatform = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task Answer(HttpContext http)
    {
        using var underway = platform.Works();
        await Answer(http, underway);
    }

    private async Task Answer(HttpContext http, Platform.AtWork underway)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var path = http.Request.Path.Value!;
        var fault = platform.Faults.For(path);
        switch (fault)
        {
            case Fault.Slow slow:
                using (underway.Rests())
                    await Task.Delay(slow.By, platform.Time, http.RequestAborted);
                break;
            case not null when fault == Fault.TokensExpire:
                platform.ExpireTokens();
                break;
            case not null when fault == Fault.TokensDie:
                platform.InvalidateTokens();
                break;
            case not null when fault == Fault.CutBefore:
                Note(http, body, 0, fault);
                http.Abort();
                return;
            case not null when fault == Fault.Hang:
                Note(http, body, 0, fault);
                using (underway.Rests())
                using (var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, platform.Ending))
                    await Task.Delay(Timeout.InfiniteTimeSpan, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                http.Abort();
                return;
            case not null when fault == Fault.BadGateway:
                Note(http, body, 0, fault);
                http.Response.StatusCode = StatusCodes.Status502BadGateway;
                await http.Response.WriteAsync("<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>", http.RequestAborted);
                return;
        }

        var answer = fault is Fault.Code code ? Failure(code.Number, code.Message) : Do(http.Request, path, body.ToArray());
        Note(http, body, answer is JsonObject json ? (int?)json["errcode"] ?? 0 : 0, fault);
        await Write(http, answer, fault);
    }

    private object Do(HttpRequest http, string path, byte[] body)
    {
        try
        {
            if (!calls.TryGetValue(path, out var call))
                throw new RefusedException(40066, "invalid url", rule: 11);
            var request = new ApiRequest(path, http.Query, body, http.ContentType, http.HttpContext.Connection.RemoteIpAddress?.MapToIPv4().ToString() ?? "");
            if (http.Method != call.Method)
                throw new RefusedException(call.Method == "POST" ? 43002 : 43001, $"require {call.Method} method", rule: 3);
            lock (platform.Gate)
            {
                call.Admit?.Invoke(request);
                count(path);
                var done = call.Do(request);
                if (done is JsonObject json && call.NamesItsResult)
                {
                    json.Insert(0, "errcode", 0);
                    json.Insert(1, "errmsg", "ok");
                }

                return done;
            }
        }
        catch (RefusedException refused)
        {
            if (refused.Rule is { } rule)
                platform.Book.Broken(rule, $"{path}: {refused.Code} {refused.Message}");
            return Failure(refused.Code, refused.Message);
        }
    }

    private JsonObject Failure(int code, string message) => new() { ["errcode"] = code, ["errmsg"] = hint(message) };

    private static async Task Write(HttpContext http, object answer, Fault? fault)
    {
        if (fault == Fault.CutAfter)
        {
            http.Abort();
            return;
        }

        if (answer is FileAnswer file)
        {
            http.Response.ContentType = file.ContentType;
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.FileName}\"";
            await Bytes(http, file.Bytes, fault);
            return;
        }

        var json = (JsonObject)answer;
        if (fault == Fault.ExtraFields)
            (json["new_in_2027"], json["hints"]) = (new JsonArray(1, "two"), new JsonObject { ["deep"] = new JsonObject { ["er"] = true } });
        if (fault == Fault.TextualCode && json["errcode"] is { } code)
            json["errcode"] = code.ToString();
        http.Response.ContentType = fault == Fault.WrongContentType ? "text/plain" : "application/json; encoding=utf-8";
        await Bytes(http, Encoding.UTF8.GetBytes(json.ToJsonString(AsPlatform)), fault);
    }

    private static async Task Bytes(HttpContext http, byte[] bytes, Fault? fault)
    {
        http.Response.ContentLength = bytes.Length;
        if (fault != Fault.HalfBody)
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
            return;
        }

        await http.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    }

    private void Note(HttpContext http, MemoryStream body, int code, Fault? fault)
    {
        var query = string.Join('&', http.Request.Query.Where(one => one.Key is not ("access_token" or "secret" or "corpsecret")).Select(one => $"{one.Key}={one.Value}"));
        var text = http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true ? "" : Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
        platform.Book.Called(new(platform.Time.GetUtcNow(), http.Request.Method, http.Request.Path.Value!, query, text, code, fault?.ToString()));
    }
}
