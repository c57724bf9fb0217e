using System.Text.Json.Nodes;
using System.Xml.Linq;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Channels.WeCom.Emulator;

/// <summary>A service behind the app that does with a push what a test says, without the product's code.</summary>
internal sealed class AppService : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly WeComPlatform platform;
    private readonly HttpClient http = new();
    private readonly List<XElement> pushed = [];
    private string token = "";

    private AppService(WebApplication app, WeComPlatform platform) => (this.app, this.platform) = (app, platform);

    /// <summary>What was pushed, opened.</summary>
    public IReadOnlyList<XElement> Pushed
    {
        get
        {
            lock (pushed)
                return [.. pushed];
        }
    }

    /// <summary>What to answer: inner XML to be sealed, or nothing.</summary>
    public Func<XElement, string?> Answers { get; set; } = _ => null;

    /// <summary>Instead of an answer in order.</summary>
    public Func<HttpContext, Task>? Misbehaves { get; set; }

    public static async Task<AppService> Start(WeComPlatform platform)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var service = new AppService(app, platform);
        app.MapPost("/wecom", service.Take);
        app.MapGet("/wecom", service.Echo);
        await app.StartAsync();
        await platform.Start();
        platform.Callback.SendTo(new Uri($"{app.Urls.Single()}/wecom"));
        return await service.LogIn();
    }

    public async Task<AppService> LogIn()
    {
        token = (string)(await Token())["access_token"]!;
        return this;
    }

    public void Use(string other) => token = other;

    public Task<JsonNode> Token(string? secret = null) => Read(http.GetAsync(At($"gettoken?corpid={platform.App.CorpId}&corpsecret={secret ?? platform.App.Secret}")));

    public Task<JsonNode> Call(string path, string json) => Read(http.PostAsync(At($"{path}{(path.Contains('?') ? '&' : '?')}access_token={token}"), new StringContent(json)));

    public Task<JsonNode> CallGet(string path, string query = "") => Read(http.GetAsync(At($"{path}?access_token={token}&{query}")));

    public Task<JsonNode> Send(string to, string more) => Call("message/send", $$"""{"touser":"{{to}}","agentid":{{platform.App.AgentId}},{{more}}}""");

    public Task<JsonNode> SendText(string to, string text, string more = "") => Send(to, $$"""{{more}}"msgtype":"text","text":{"content":"{{text}}"}""");

    public static int Code(JsonNode answer) => (int)answer["errcode"]!;

    /// <summary>The frame of an answer to a push, around what is given.</summary>
    public string Reply(XElement to, string type, params XElement[] parts) => new XElement(
        "xml",
        new XElement("ToUserName", to.Element("FromUserName")!.Value),
        new XElement("FromUserName", platform.App.CorpId),
        new XElement("CreateTime", platform.Time.GetUtcNow().ToUnixTimeSeconds()),
        new XElement("MsgType", type),
        parts).ToString();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await platform.DisposeAsync();
        await app.DisposeAsync();
    }

    private CallbackCrypto Crypto => new(platform.App.Token, platform.App.EncodingAesKey, platform.App.CorpId);

    private Uri At(string path) => new($"{platform.ApiBase.ToString().TrimEnd('/')}/cgi-bin/{path}");

    private static async Task<JsonNode> Read(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task Echo(HttpContext context)
    {
        var query = context.Request.Query;
        if (Misbehaves is { } misbehaves)
            await misbehaves(context);
        else if (Crypto.Sign(query["timestamp"]!, query["nonce"]!, query["echostr"]!) == query["msg_signature"])
            await context.Response.WriteAsync(Crypto.Decrypt(query["echostr"]!));
    }

    private async Task Take(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var encrypted = XElement.Parse(await reader.ReadToEndAsync()).Element("Encrypt")!.Value;
        Assert.Equal((string?)context.Request.Query["msg_signature"], Crypto.Sign(context.Request.Query["timestamp"]!, context.Request.Query["nonce"]!, encrypted));
        using var strict = System.Xml.XmlReader.Create(new StringReader(Crypto.Decrypt(encrypted)), new() { DtdProcessing = System.Xml.DtdProcessing.Prohibit });
        var inner = XElement.Load(strict);
        lock (pushed)
            pushed.Add(inner);
        if (Misbehaves is { } misbehaves)
            await misbehaves(context);
        else if (Answers(inner) is { } answer && Crypto.Encrypt(answer) is var cipher)
            await context.Response.WriteAsync($"<xml><Encrypt><![CDATA[{cipher}]]></Encrypt><MsgSignature>{Crypto.Sign("1", "2", cipher)}</MsgSignature><TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>");
    }
}
