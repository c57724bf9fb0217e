using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Bot.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Channels.WeChat.Api;

/// <summary>
/// A server that answers as the test says, path by path, and keeps every request. It hands out tokens by the rules of <c>stable_token</c>, or of WeCom's
/// <c>gettoken</c>, and refuses calls with a wrong one.
/// </summary>
internal sealed class ScriptedPlatform : IAsyncDisposable
{
    public const string Secret = "0123456789abcdef0123456789abcdef";

    public const string ContactsSecret = "contacts-0123456789abcdef0123456789";

    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan BetweenForced = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<Call, HttpContext, Task>> scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Call> calls = [];
    private readonly Dictionary<string, DateTimeOffset> good = new(StringComparer.Ordinal);
    private readonly Lock door = new();
    private string? current;
    private DateTimeOffset forcedAt;
    private int made;
    private int asking;

    private ScriptedPlatform(WebApplication app, TimeProvider time) => (this.app, Time) = (app, time);

    public TimeProvider Time { get; }

    public Uri Address => new(app.Urls.Single());

    public TimeSpan TokenLife { get; set; } = TimeSpan.FromSeconds(7200);

    /// <summary>Answers every token request with this code instead.</summary>
    public int TokenRefusal { get; set; }

    /// <summary>How often a token was asked for, how often by force, and how many asked at once at most.</summary>
    public int TokenRequests { get; private set; }

    public int Forced { get; private set; }

    public int MostAskingAtOnce { get; private set; }

    public IReadOnlyCollection<Call> Calls => calls;

    public string? Token
    {
        get
        {
            lock (door)
                return current;
        }
    }

    public static async Task<ScriptedPlatform> Start(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        var platform = new ScriptedPlatform(app, time ?? new HandTime("2026-11-20 10:00"));
        app.Run(platform.Answer);
        await app.StartAsync();
        return platform;
    }

    public IReadOnlyList<Call> Of(string path) => [.. calls.Where(call => call.Path == path)];

    /// <summary>Answers the calls of a path with these bodies one after another; the last one stays.</summary>
    public void Script(string path, params string[] json)
    {
        var next = 0;
        On(path, (_, http) => Json(http, json[Math.Min(Interlocked.Increment(ref next), json.Length) - 1]));
    }

    public void On(string path, Func<Call, HttpContext, Task> answer) => scripts[path] = answer;

    public static Task Json(HttpContext http, string json, string contentType = "application/json; encoding=utf-8")
    {
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(json);
    }

    /// <summary>All tokens die now, the one in hand too; asked again in normal mode the platform gives a new one.</summary>
    public void Revoke()
    {
        lock (door)
        {
            good.Clear();
            current = null;
        }
    }

    /// <summary>The token dies, but the platform goes on giving it in normal mode.</summary>
    public void RefuseWhatIsGiven()
    {
        lock (door)
            good[current!] = DateTimeOffset.MinValue;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var call = new Call(
            http.Request.Path,
            http.Request.Query.ToDictionary(part => part.Key, part => part.Value.ToString()),
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        calls.Enqueue(call);
        if (call.Path == "/cgi-bin/stable_token")
            await TokenAnswer(call, http);
        else if (call.Path.EndsWith("/cgi-bin/gettoken", StringComparison.Ordinal))
            await TokenOfWeCom(call, http);
        else if (RefusedToken(call) is { } refusal)
            await Json(http, $$"""{"errcode":{{refusal}},"errmsg":"invalid credential, access_token is invalid rid: 6a0e-11-22"}""");
        else if (scripts.TryGetValue(call.Path, out var script))
            await script(call, http);
        else
            await Json(http, """{"errcode":0,"errmsg":"ok"}""");
    }

    private int? RefusedToken(Call call)
    {
        lock (door)
        {
            var token = call.Query.GetValueOrDefault("access_token");
            return string.IsNullOrEmpty(token) ? 41001
                : !good.TryGetValue(token, out var until) || until == DateTimeOffset.MinValue ? 40001
                : Time.GetUtcNow() < until ? null : 42001;
        }
    }

    private async Task TokenAnswer(Call call, HttpContext http)
    {
        using var asked = JsonDocument.Parse(call.Body);
        lock (door)
        {
            TokenRequests++;
            MostAskingAtOnce = Math.Max(MostAskingAtOnce, ++asking);
        }

        // As long as a platform takes, so that whoever asks at the same time is seen.
        await Task.Delay(TimeSpan.FromMilliseconds(30), http.RequestAborted);
        string answer;
        lock (door)
        {
            asking--;
            answer = TokenRefusal != 0 ? $$"""{"errcode":{{TokenRefusal}},"errmsg":"invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 6a0e-aa-bb"}"""
                : asked.RootElement.GetProperty("secret").GetString() != Secret ? """{"errcode":40125,"errmsg":"invalid appsecret"}"""
                : Give(asked.RootElement.GetProperty("force_refresh").GetBoolean());
        }

        await Json(http, answer);
    }

    /// <summary>The same token while it is good; nobody can ask for another.</summary>
    private Task TokenOfWeCom(Call call, HttpContext http)
    {
        lock (door)
        {
            TokenRequests++;
            var secret = call.Query.GetValueOrDefault("corpsecret");
            if (TokenRefusal != 0 || secret is not (Secret or ContactsSecret))
                return Json(http, $$"""{"errcode":{{(TokenRefusal != 0 ? TokenRefusal : 40001)}},"errmsg":"invalid credential, hint: [1732000000_12_ab], from ip: 203.0.113.9, more info at https://open.work.weixin.qq.com/devtool/query"}""");
            if (secret == Secret)
                return Json(http, $$"""{"errcode":0,"errmsg":"ok",{{Give(force: false)[1..]}}""");
            good["CONTACTS"] = Time.GetUtcNow() + TokenLife;
            return Json(http, $$"""{"errcode":0,"errmsg":"ok","access_token":"CONTACTS","expires_in":{{(int)TokenLife.TotalSeconds}}}""");
        }
    }

    private string Give(bool force)
    {
        var now = Time.GetUtcNow();
        if (force)
            Forced++;
        if (force && now - forcedAt >= BetweenForced)
        {
            (forcedAt, current) = (now, null);
            good.Clear();
        }

        if (current is null || (good[current] is var until && until != DateTimeOffset.MinValue && now >= until - Overlap))
        {
            current = $"TOKEN-{++made}-{new string('x', 100)}+/=";
            good[current] = now + TokenLife;
        }

        var left = good[current] == DateTimeOffset.MinValue ? TokenLife : good[current] - now;
        return $$"""{"access_token":"{{current}}","expires_in":{{(int)left.TotalSeconds}}}""";
    }
}

internal sealed record Call(string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
