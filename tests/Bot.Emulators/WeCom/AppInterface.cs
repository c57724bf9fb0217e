using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>The calls that WeCom takes.</summary>
internal sealed class AppInterface
{
    private readonly WeComPlatform platform;
    private readonly ApiDesk desk;

    public AppInterface(WeComPlatform platform)
    {
        this.platform = platform;
        var calls = new Dictionary<string, Call>(StringComparer.Ordinal)
        {
            ["/cgi-bin/gettoken"] = new("GET", Token),
            ["/cgi-bin/message/send"] = Post(platform.Messages.Send),
            ["/cgi-bin/message/update_template_card"] = Post(platform.Messages.Update),
            ["/cgi-bin/message/recall"] = Post(platform.Messages.Recall),
            ["/cgi-bin/user/get"] = Get(platform.Contacts.User),
            ["/cgi-bin/user/list_id"] = Post(platform.Contacts.UserIds),
            ["/cgi-bin/user/simplelist"] = Get(platform.Contacts.UsersOf),
            ["/cgi-bin/user/list"] = Get(platform.Contacts.UsersOf),
            ["/cgi-bin/department/list"] = Get(platform.Contacts.Departments),
            ["/cgi-bin/department/simplelist"] = Get(platform.Contacts.DepartmentIds),
            ["/cgi-bin/auth/getuserinfo"] = Get(platform.Contacts.SignedIn),
            ["/cgi-bin/agent/get"] = Get(Agent),
            ["/cgi-bin/menu/create"] = Post(platform.Menu.Create),
            ["/cgi-bin/menu/get"] = Get(platform.Menu.Get),
            ["/cgi-bin/menu/delete"] = Get(platform.Menu.Delete),
            ["/cgi-bin/media/upload"] = Post(Upload),
            ["/cgi-bin/media/get"] = Get(platform.Media.Download, namesItsResult: false),
            ["/cgi-bin/getcallbackip"] = Get(Addresses),
            ["/cgi-bin/get_api_domain_ip"] = Get(Addresses),
        };
        desk = new(platform, calls, platform.Frequency.Count, message => $"{message}, hint: [{platform.Time.GetUtcNow().ToUnixTimeSeconds()}_{platform.NextNumber():x}], more info at https://open.work.weixin.qq.com/devtool/query");
    }

    public Task Answer(HttpContext http) => desk.Answer(http);

    private Call Post(Func<ApiRequest, object> act) => new("POST", act, WithToken);

    private Call Get(Func<ApiRequest, object> act, bool namesItsResult = true) => new("GET", act, WithToken, namesItsResult);

    private void WithToken(ApiRequest request) => request.AgentId = platform.Tokens.Check(request.Query("access_token"), request.Caller);

    private JsonObject Token(ApiRequest request)
    {
        var (value, expiresIn) = platform.Tokens.Fetch(request.Query("corpid"), request.Query("corpsecret"));
        return new JsonObject { ["access_token"] = value, ["expires_in"] = expiresIn };
    }

    private JsonObject Agent(ApiRequest request)
    {
        if (request.Query("agentid") != request.AgentId?.ToString(CultureInfo.InvariantCulture))
            throw new RefusedException(301002, "not allow operate another agent with this accesstoken");
        return new JsonObject
        {
            ["agentid"] = platform.App.AgentId,
            ["name"] = platform.App.Name,
            ["allow_userinfos"] = new JsonObject { ["user"] = new JsonArray([.. platform.Members.Where(member => member.SeesApp).Select(member => new JsonObject { ["userid"] = member.UserId.ToLowerInvariant() })]) },
            ["close"] = 0,
        };
    }

    /// <summary>Here the time of keeping is a string.</summary>
    private JsonObject Upload(ApiRequest request)
    {
        var kept = platform.Media.Upload(request);
        kept["created_at"] = kept["created_at"]!.ToString();
        return kept;
    }

    private static JsonObject Addresses(ApiRequest request) => new() { ["ip_list"] = new JsonArray("127.0.0.1", "10.0.0.0/8") };
}
