using System.Globalization;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>
/// The official-account platform of WeChat as far as the service sees it, strict by default: its HTTP interface on an address of its own, the people with
/// their phones, the pushes to the service, and a book of all that happened.
/// </summary>
public sealed class WeChatPlatform : Platform
{
    private readonly List<WeChatUser> users = [];
    private readonly Dictionary<string, WeChatUser> byOpenId = new(StringComparer.Ordinal);

    /// <summary>A platform that is not listening yet; see <see cref="Start"/>. The same <paramref name="seed"/> gives the same chances.</summary>
    public WeChatPlatform(OfficialAccount? account = null, TimeProvider? time = null, int seed = 1)
        : base(time, seed, firstNumber: 3_428_411_849_815_980_000)
    {
        Account = account ?? new();
        Tokens = new(Account, Strict, Time);
        Quotas = new(Strict, Time);
        Media = new(Strict, Time, MediaKinds);
        Codes = new(Time);
        Tags = new(this);
        Menus = new(this);
        Templates = new(this);
        Callback = new(this);
    }

    public OfficialAccount Account { get; }

    public AccountStrictness Strict { get; } = new();

    public AccessTokens Tokens { get; }

    public Quotas Quotas { get; }

    public MediaStore Media { get; }

    public QrCodes Codes { get; }

    public Tags Tags { get; }

    public Menus Menus { get; }

    public Templates Templates { get; }

    public Callback Callback { get; }

    public IReadOnlyList<WeChatUser> Users
    {
        get
        {
            lock (Gate)
                return [.. users];
        }
    }

    internal IReadOnlyList<WeChatUser> UsersGuarded => users;

    private static IReadOnlyDictionary<string, MediaKind> MediaKinds { get; } = new Dictionary<string, MediaKind>(StringComparer.Ordinal)
    {
        ["image"] = new(10 * MediaStore.MiB, "image/png", "image/jpeg", "image/gif"),
        ["voice"] = new(2 * MediaStore.MiB, "audio/amr", "audio/mp3"),
        ["video"] = new(10 * MediaStore.MiB, "video/mp4"),
        ["thumb"] = new(64 * 1024, "image/jpeg"),
    };

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
        await Listen(port, Map, more, cancellationToken);
        return this;
    }

    /// <summary>A person with a fresh openid who does not follow the account yet; or one whom the service knows, and who has followed for long.</summary>
    public WeChatUser NewUser(string? name = null, string? openId = null, bool followsForLong = false)
    {
        lock (Gate)
        {
            var number = users.Count + 1;
            var user = new WeChatUser(this, openId ?? string.Create(CultureInfo.InvariantCulture, $"oEmu{Seed:D4}_{number:D18}x"), name ?? $"用户{number}");
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

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Callback.Dispose();
    }

    internal override void ExpireTokens() => Tokens.Expire();

    internal override void InvalidateTokens() => Tokens.Invalidate();

    private void Map(WebApplication app)
    {
        app.Map("/cgi-bin/{**call}", new AccountInterface(this).Answer);
        app.MapGet("/cgi-bin/showqrcode", (string ticket) => Codes.Picture(ticket) is { } picture ? Results.Bytes(picture, "image/png") : Results.NotFound());
        app.MapGet("/mmbiz/{id}", (string id) => Media.Find(id) is { } media ? Results.Bytes(media.Bytes, media.ContentType) : Results.NotFound());
    }
}
