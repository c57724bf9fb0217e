using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bot.Emulators.WeChat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Channels.WeChat.Emulator;

/// <summary>A service that does with a push what a test says.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication app;

    private StandIn(WebApplication app) => this.app = app;

    public Uri Address => new($"{app.Urls.Single()}/wechat");

    public static async Task<StandIn> Start(RequestDelegate onPush)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/wechat", onPush);
        await app.StartAsync();
        return new StandIn(app);
    }

    /// <summary>A service that says nothing to anything.</summary>
    public static Task<StandIn> Silent() => Start(http => http.Response.WriteAsync("success"));

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Calls to the platform as a service makes them, without its code.</summary>
internal sealed class BareClient(WeChatPlatform platform) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = platform.ApiBase };
    private string token = "";

    public async Task<BareClient> LogIn()
    {
        token = (string)(await Token())["access_token"]!;
        return this;
    }

    public void Use(string other) => token = other;

    public Task<JsonNode> Token() => Get($"cgi-bin/token?grant_type=client_credential&appid={platform.Account.AppId}&secret={platform.Account.AppSecret}");

    public Task<JsonNode> StableToken(bool force = false) => Read(http.PostAsJsonAsync(
        "cgi-bin/stable_token", new { grant_type = "client_credential", appid = platform.Account.AppId, secret = platform.Account.AppSecret, force_refresh = force }));

    public Task<JsonNode> Call(string path, string json) => Read(http.PostAsync($"cgi-bin/{path}?access_token={token}", new StringContent(json)));

    public Task<JsonNode> CallGet(string path, string query = "") => Get($"cgi-bin/{path}?access_token={token}&{query}");

    public Task<int> Write(WeChatUser user, string text) => Code(Call("message/custom/send", $$$"""{"touser":"{{{user.OpenId}}}","msgtype":"text","text":{"content":"{{{text}}}"}}"""));

    public Task<JsonNode> Template(WeChatUser user, string data, string clientId = "") =>
        Call("message/template/send", $$"""{"touser":"{{user.OpenId}}","template_id":"T1","data":{{data}}{{(clientId.Length == 0 ? "" : $",\"client_msg_id\":\"{clientId}\"")}}}""");

    public static async Task<int> Code(Task<JsonNode> answer) => (int?)(await answer)["errcode"] ?? 0;

    public void Dispose() => http.Dispose();

    private Task<JsonNode> Get(string address) => Read(http.GetAsync(address));

    private static async Task<JsonNode> Read(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
