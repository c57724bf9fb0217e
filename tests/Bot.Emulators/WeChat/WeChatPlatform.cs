using System.Globalization;
using System.Net;

namespace Bot.Emulators.WeChat;

/// <summary>
/// The official-account platform of WeChat as far as the service sees it, strict by default: its HTTP interface on an address of its own, the people with
/// their phones, the pushes to the service, and a book of all that happened.
/// </summary>
public sealed class WeChatPlatform : IAsyncDisposable
{
    private readonly List<WeChatUser> users = [];
    private readonly Dictionary<string, WeChatUser> byOpenId = new(StringComparer.Ordinal);
    private readonly HashSet<Task> background = [];
    private readonly CancellationTokenSource ending = new();
    private readonly int seed;
    private WebApplication? app;
    private long numbers = 3_428_411_849_815_980_000;

    /// <summary>A platform that is not listening yet; see <see cref="Start"/>. The same <paramref name="seed"/> gives the same chances.</summary>
    public WeChatPlatform(OfficialAccount? account = null, TimeProvider? time = null, int seed = 1)
    {
        this.seed = seed;
        Account = account ?? new();
        Time = time ?? TimeProvider.System;
        Book = new(Time);
        Tokens = new(Account, Strict, Time);
        Quotas = new(Strict, Time);
        Media = new(Strict, Time);
        Codes = new(Time);
        Faults = new(seed);
        Tags = new(this);
        Menus = new(this);
        Templates = new(this);
        Callback = new(this);
    }

    public OfficialAccount Account { get; }

    public TimeProvider Time { get; }

    public Strictness Strict { get; } = new();

    public PlatformBook Book { get; }

    public AccessTokens Tokens { get; }

    public Quotas Quotas { get; }

    public MediaStore Media { get; }

    public QrCodes Codes { get; }

    public Faults Faults { get; }

    public Tags Tags { get; }

    public Menus Menus { get; }

    public Templates Templates { get; }

    public Callback Callback { get; }

    /// <summary>What the service did that the platform's rules forbid.</summary>
    public IReadOnlyList<Violation> Violations => Book.Violations;

    /// <summary>The value for the setting WeChat:ApiBase.</summary>
    public Uri ApiBase { get; private set; } = new("http://127.0.0.1");

    public IReadOnlyList<WeChatUser> Users
    {
        get
        {
            lock (Gate)
                return [.. users];
        }
    }

    internal Lock Gate { get; } = new();

    internal CancellationToken Ending => ending.Token;

    internal IReadOnlyList<WeChatUser> UsersGuarded => users;

    /// <summary>Called with the person whose phone has changed, or with none when all have.</summary>
    internal event Action<string?>? PhoneChanged;

    /// <summary>The settings that point the service to this platform, as command-line arguments.</summary>
    public IReadOnlyList<string> Settings =>
    [
        $"--WeChat:AppId={Account.AppId}",
        $"--WeChat:AppSecret={Account.AppSecret}",
        $"--WeChat:Token={Account.Token}",
        .. Account.Mode == PushMode.Plain ? Array.Empty<string>() : [$"--WeChat:EncodingAESKey={Account.EncodingAesKey}"],
        $"--WeChat:ApiBase={ApiBase.ToString().TrimEnd('/')}",
    ];

    /// <summary>Listens on a free port of this machine, or on the given one. <paramref name="more"/> may add pages to the same address.</summary>
    public async Task<WeChatPlatform> Start(int port = 0, Action<WebApplication>? more = null, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (port == 0)
                kestrel.Listen(IPAddress.Loopback, port);
            else
                kestrel.ListenLocalhost(port);
            kestrel.Limits.MaxRequestBodySize = 32 * 1024 * 1024;
        });
        app = builder.Build();
        var desk = new ApiDesk(this);
        app.Map("/cgi-bin/{**call}", desk.Answer);
        app.MapGet("/cgi-bin/showqrcode", (string ticket) => Codes.Picture(ticket) is { } picture ? Results.Bytes(picture, "image/png") : Results.NotFound());
        app.MapGet("/mmbiz/{id}", (string id) => Media.Find(id) is { } media ? Results.Bytes(media.Bytes, media.ContentType) : Results.NotFound());
        more?.Invoke(app);
        await app.StartAsync(cancellationToken);
        ApiBase = new Uri(app.Urls.First());
        return this;
    }

    /// <summary>A person with a fresh openid who does not follow the account yet; or one whom the service knows, and who has followed for long.</summary>
    public WeChatUser NewUser(string? name = null, string? openId = null, bool followsForLong = false)
    {
        lock (Gate)
        {
            var number = users.Count + 1;
            var user = new WeChatUser(this, openId ?? string.Create(CultureInfo.InvariantCulture, $"oEmu{seed:D4}_{number:D18}x"), name ?? $"用户{number}");
            if (followsForLong)
                user.HasFollowed(Time.GetUtcNow() - TimeSpan.FromDays(30));
            users.Add(user);
            byOpenId.Add(user.OpenId, user);
            Changed(null);
            return user;
        }
    }

    public WeChatUser? Find(string openId)
    {
        lock (Gate)
            return byOpenId.GetValueOrDefault(openId);
    }

    /// <summary>Waits until every push that the platform makes of its own accord, such as reports on template messages, has been delivered.</summary>
    public async Task Settled()
    {
        while (true)
        {
            Task[] open;
            lock (Gate)
                open = [.. background];
            if (open.Length == 0)
                return;
            await Task.WhenAll(open);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        if (app is not null)
            await app.DisposeAsync();
        Callback.Dispose();
        ending.Dispose();
    }

    internal long NextNumber() => Interlocked.Increment(ref numbers);

    internal void Changed(string? openId) => PhoneChanged?.Invoke(openId);

    internal void InBackground(Func<Task> push)
    {
        var running = Task.Run(push);
        lock (Gate)
            background.Add(running);
        running.ContinueWith(
            done =>
            {
                lock (Gate)
                    background.Remove(done);
            },
            TaskScheduler.Default);
    }
}
