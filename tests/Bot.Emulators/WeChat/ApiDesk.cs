using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Emulators.WeChat;

/// <summary>The platform's HTTP interface: one table of calls, and the faults that a test asks for.</summary>
internal sealed class ApiDesk
{
    private static readonly JsonSerializerOptions AsPlatform = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WeChatPlatform platform;
    private readonly Dictionary<string, Call> calls;

    public ApiDesk(WeChatPlatform platform)
    {
        this.platform = platform;
        var service = new CustomerService(platform);
        calls = new(StringComparer.Ordinal)
        {
            ["/cgi-bin/token"] = new("GET", false, Token),
            ["/cgi-bin/stable_token"] = new("POST", false, StableToken),
            ["/cgi-bin/message/custom/send"] = new("POST", true, service.Send),
            ["/cgi-bin/message/custom/typing"] = new("POST", true, service.Typing),
            ["/cgi-bin/message/template/send"] = new("POST", true, platform.Templates.Send),
            ["/cgi-bin/message/subscribe/bizsend"] = new("POST", true, platform.Templates.SendSubscription),
            ["/cgi-bin/template/get_all_private_template"] = new("GET", true, platform.Templates.List),
            ["/cgi-bin/menu/create"] = new("POST", true, platform.Menus.Create),
            ["/cgi-bin/menu/get"] = new("GET", true, platform.Menus.Get),
            ["/cgi-bin/menu/delete"] = new("GET", true, platform.Menus.Delete),
            ["/cgi-bin/menu/addconditional"] = new("POST", true, platform.Menus.AddConditional),
            ["/cgi-bin/menu/delconditional"] = new("POST", true, platform.Menus.DeleteConditional),
            ["/cgi-bin/menu/trymatch"] = new("POST", true, platform.Menus.TryMatch),
            ["/cgi-bin/tags/create"] = new("POST", true, platform.Tags.Create),
            ["/cgi-bin/tags/get"] = new("GET", true, platform.Tags.Get),
            ["/cgi-bin/tags/members/batchtagging"] = new("POST", true, platform.Tags.PutOn),
            ["/cgi-bin/tags/members/batchuntagging"] = new("POST", true, platform.Tags.TakeOff),
            ["/cgi-bin/tags/getidlist"] = new("POST", true, platform.Tags.Of),
            ["/cgi-bin/qrcode/create"] = new("POST", true, platform.Codes.Create),
            ["/cgi-bin/media/upload"] = new("POST", true, platform.Media.Upload),
            ["/cgi-bin/media/get"] = new("GET", true, platform.Media.Download),
            ["/cgi-bin/user/info"] = new("GET", true, UserInfo),
            ["/cgi-bin/getcallbackip"] = new("GET", true, Addresses),
            ["/cgi-bin/get_api_domain_ip"] = new("GET", true, Addresses),
            ["/cgi-bin/clear_quota"] = new("POST", true, ClearQuota),
            ["/cgi-bin/clear_quota/v2"] = new("POST", false, ClearQuotaWithSecret),
            ["/cgi-bin/openapi/quota/get"] = new("POST", true, request => platform.Quotas.Report(request.Json().Text("cgi_path"))),
        };
    }

    public async Task Answer(HttpContext http)
    {
        if (http.Request.Path != "/cgi-bin/token" && http.Request.Path != "/cgi-bin/stable_token")
        {
            await Take(http);
            return;
        }

        platform.Tokens.Asked();
        try
        {
            await Take(http);
        }
        finally
        {
            platform.Tokens.Answered();
        }
    }

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var path = http.Request.Path.Value!;
        var fault = platform.Faults.For(path);
        switch (fault)
        {
            case Fault.Slow slow:
                await Task.Delay(slow.By, platform.Time, http.RequestAborted);
                break;
            case not null when fault == Fault.TokensExpire:
                platform.Tokens.Expire();
                break;
            case not null when fault == Fault.TokensDie:
                platform.Tokens.Invalidate();
                break;
            case not null when fault == Fault.CutBefore:
                Note(http, body, 0, fault);
                http.Abort();
                return;
            case not null when fault == Fault.Hang:
                Note(http, body, 0, fault);
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
                if (call.NeedsToken)
                    platform.Tokens.Check(request.Query("access_token"));
                platform.Quotas.Count(path);
                var done = call.Do(request);
                if (done is JsonObject json && !path.EndsWith("token", StringComparison.Ordinal) && NamesItsResult(path))
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

    /// <summary>Several calls carry no errcode when they succeed; its absence means success.</summary>
    private static bool NamesItsResult(string path) =>
        path is not ("/cgi-bin/menu/get" or "/cgi-bin/menu/trymatch" or "/cgi-bin/menu/addconditional" or "/cgi-bin/qrcode/create" or "/cgi-bin/media/upload" or "/cgi-bin/media/get"
            or "/cgi-bin/user/info" or "/cgi-bin/tags/create" or "/cgi-bin/tags/get" or "/cgi-bin/tags/getidlist" or "/cgi-bin/getcallbackip" or "/cgi-bin/get_api_domain_ip" or "/cgi-bin/template/get_all_private_template");

    private JsonObject Failure(int code, string message) => new() { ["errcode"] = code, ["errmsg"] = $"{message} rid: {platform.NextNumber():x}" };

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
        var query = string.Join('&', http.Request.Query.Where(one => one.Key is not ("access_token" or "secret")).Select(one => $"{one.Key}={one.Value}"));
        var text = http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true ? "" : Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
        platform.Book.Called(new(platform.Time.GetUtcNow(), http.Request.Method, http.Request.Path.Value!, query, text, code, fault?.ToString()));
    }

    private JsonObject Token(ApiRequest request)
    {
        platform.Tokens.CheckCaller(request.Query("grant_type"), request.Query("appid"), request.Query("secret"), request.Caller);
        var (value, expiresIn) = platform.Tokens.Fetch();
        return new JsonObject { ["access_token"] = value, ["expires_in"] = expiresIn };
    }

    private JsonObject StableToken(ApiRequest request)
    {
        var json = request.Json();
        platform.Tokens.CheckCaller(json.TextOrNone("grant_type"), json.TextOrNone("appid"), json.TextOrNone("secret"), request.Caller);
        var force = json["force_refresh"] is JsonValue asked && asked.TryGetValue<bool>(out var yes) && yes;
        var (value, expiresIn) = platform.Tokens.FetchStable(force);
        return new JsonObject { ["access_token"] = value, ["expires_in"] = expiresIn };
    }

    private JsonObject UserInfo(ApiRequest request)
    {
        var user = platform.Find(request.Query("openid") ?? "") ?? throw new RefusedException(40003, "invalid openid");
        if (!user.Follows)
            return new JsonObject { ["subscribe"] = 0, ["openid"] = user.OpenId };
        return new JsonObject
        {
            ["subscribe"] = 1,
            ["openid"] = user.OpenId,
            ["subscribe_time"] = user.FollowedAt?.ToUnixTimeSeconds(),
            ["remark"] = "",
            ["groupid"] = 0,
            ["tagid_list"] = new JsonArray([.. user.TagsGuarded.Select(tag => JsonValue.Create(tag))]),
            ["subscribe_scene"] = user.FollowedByScene is null ? "ADD_SCENE_SEARCH" : "ADD_SCENE_QR_CODE",
            ["qr_scene"] = 0,
            ["qr_scene_str"] = user.FollowedByScene ?? "",
        };
    }

    private static JsonObject Addresses(ApiRequest request) => new() { ["ip_list"] = new JsonArray("127.0.0.1", "10.0.0.0/8") };

    private JsonObject ClearQuota(ApiRequest request)
    {
        if (request.Json().Text("appid") != platform.Account.AppId)
            throw new RefusedException(40013, "invalid appid");
        platform.Quotas.Clear();
        return [];
    }

    private JsonObject ClearQuotaWithSecret(ApiRequest request)
    {
        platform.Tokens.CheckCaller("client_credential", request.Query("appid") ?? request.Json().TextOrNone("appid"), request.Query("appsecret") ?? request.Json().TextOrNone("appsecret"), request.Caller);
        platform.Quotas.Clear();
        return [];
    }

    private sealed record Call(string Method, bool NeedsToken, Func<ApiRequest, object> Do);
}
