using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>The calls that the platform of official accounts takes.</summary>
internal sealed class AccountInterface
{
    private readonly WeChatPlatform platform;
    private readonly ApiDesk desk;

    public AccountInterface(WeChatPlatform platform)
    {
        this.platform = platform;
        var service = new CustomerService(platform);
        var calls = new Dictionary<string, Call>(StringComparer.Ordinal)
        {
            ["/cgi-bin/token"] = new("GET", Token, NamesItsResult: false),
            ["/cgi-bin/stable_token"] = new("POST", StableToken, NamesItsResult: false),
            ["/cgi-bin/message/custom/send"] = Post(service.Send),
            ["/cgi-bin/message/custom/typing"] = Post(service.Typing),
            ["/cgi-bin/message/template/send"] = Post(platform.Templates.Send),
            ["/cgi-bin/message/subscribe/bizsend"] = Post(platform.Templates.SendSubscription),
            ["/cgi-bin/template/get_all_private_template"] = Get(platform.Templates.List),
            ["/cgi-bin/menu/create"] = Post(platform.Menus.Create),
            ["/cgi-bin/menu/get"] = Get(platform.Menus.Get),
            ["/cgi-bin/menu/delete"] = Get(platform.Menus.Delete, namesItsResult: true),
            ["/cgi-bin/menu/addconditional"] = Post(platform.Menus.AddConditional, namesItsResult: false),
            ["/cgi-bin/menu/delconditional"] = Post(platform.Menus.DeleteConditional),
            ["/cgi-bin/menu/trymatch"] = Post(platform.Menus.TryMatch, namesItsResult: false),
            ["/cgi-bin/tags/create"] = Post(platform.Tags.Create, namesItsResult: false),
            ["/cgi-bin/tags/get"] = Get(platform.Tags.Get),
            ["/cgi-bin/tags/members/batchtagging"] = Post(platform.Tags.PutOn),
            ["/cgi-bin/tags/members/batchuntagging"] = Post(platform.Tags.TakeOff),
            ["/cgi-bin/tags/getidlist"] = Post(platform.Tags.Of, namesItsResult: false),
            ["/cgi-bin/qrcode/create"] = Post(platform.Codes.Create, namesItsResult: false),
            ["/cgi-bin/media/upload"] = Post(platform.Media.Upload, namesItsResult: false),
            ["/cgi-bin/media/get"] = Get(platform.Media.Download),
            ["/cgi-bin/user/info"] = Get(UserInfo),
            ["/cgi-bin/getcallbackip"] = Get(Addresses),
            ["/cgi-bin/get_api_domain_ip"] = Get(Addresses),
            ["/cgi-bin/clear_quota"] = Post(ClearQuota),
            ["/cgi-bin/clear_quota/v2"] = new("POST", ClearQuotaWithSecret),
            ["/cgi-bin/openapi/quota/get"] = Post(request => platform.Quotas.Report(request.Json().Text("cgi_path"))),
        };
        desk = new(platform, calls, platform.Quotas.Count, message => $"{message} rid: {platform.NextNumber():x}");
    }

    public async Task Answer(HttpContext http)
    {
        if (http.Request.Path != "/cgi-bin/token" && http.Request.Path != "/cgi-bin/stable_token")
        {
            await desk.Answer(http);
            return;
        }

        platform.Tokens.Asked();
        try
        {
            await desk.Answer(http);
        }
        finally
        {
            platform.Tokens.Answered();
        }
    }

    private Call Post(Func<ApiRequest, object> act, bool namesItsResult = true) => new("POST", act, WithToken, namesItsResult);

    private Call Get(Func<ApiRequest, object> act, bool namesItsResult = false) => new("GET", act, WithToken, namesItsResult);

    private void WithToken(ApiRequest request) => platform.Tokens.Check(request.Query("access_token"));

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
}
