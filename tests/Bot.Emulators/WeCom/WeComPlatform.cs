using System.Xml.Linq;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>A part of the company.</summary>
public sealed record Department(int Id, string Name, int ParentId);

/// <summary>
/// WeCom as far as the service sees it, strict by default: its HTTP interface on an address of its own, a company with departments and members, one app of it,
/// the pushes to the service, and a book of all that happened.
/// </summary>
public sealed class WeComPlatform : Platform
{
    private readonly List<WeComMember> members = [];
    private readonly Dictionary<string, WeComMember> byUserId = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Department> departments = [];
    private readonly List<Discarded> discarded = [];

    /// <summary>A platform that is not listening yet; see <see cref="Start"/>. The same <paramref name="seed"/> gives the same chances.</summary>
    public WeComPlatform(CompanyApp? app = null, TimeProvider? time = null, int seed = 1)
        : base(time, seed, firstNumber: 7_428_411_849_815_980_000)
    {
        App = app ?? new();
        departments.Add(new(1, App.CompanyName, 0));
        Tokens = new(App, Strict, Time);
        Frequency = new(Strict, Time);
        Media = new(Strict, Time, MediaKinds, smallest: 6);
        Menu = new(this);
        Messages = new(this);
        Contacts = new(this);
        Callback = new(this);
    }

    public CompanyApp App { get; }

    public AppStrictness Strict { get; } = new();

    public AppTokens Tokens { get; }

    public Frequency Frequency { get; }

    public MediaStore Media { get; }

    public AppMenu Menu { get; }

    public AppCallback Callback { get; }

    /// <summary>Contact changes carry all that the platform knows, as callbacks do that were set up before August 2022; else the userid and departments alone.</summary>
    public bool TellsAllOfContacts { get; set; }

    public IReadOnlyList<WeComMember> Members
    {
        get
        {
            lock (Gate)
                return [.. members];
        }
    }

    public IReadOnlyList<Department> Departments
    {
        get
        {
            lock (Gate)
                return [.. departments];
        }
    }

    /// <summary>What was answered as sent and never shown: beyond a member's limits, or a duplicate.</summary>
    public IReadOnlyList<Discarded> Discarded
    {
        get
        {
            lock (Gate)
                return [.. discarded];
        }
    }

    /// <summary>The settings that point the service to this platform, as command-line arguments.</summary>
    public IReadOnlyList<string> Settings =>
    [
        $"--WeCom:CorpId={App.CorpId}",
        $"--WeCom:AgentId={App.AgentId}",
        $"--WeCom:Secret={App.Secret}",
        $"--WeCom:Token={App.Token}",
        $"--WeCom:EncodingAESKey={App.EncodingAesKey}",
        $"--WeCom:ApiBase={ApiBase.ToString().TrimEnd('/')}",
    ];

    internal AppMessages Messages { get; }

    internal Contacts Contacts { get; }

    internal XElement AgentPart => new("AgentID", App.AgentId);

    private protected override string PathBefore => App.PathBefore;

    private static IReadOnlyDictionary<string, MediaKind> MediaKinds { get; } = new Dictionary<string, MediaKind>(StringComparer.Ordinal)
    {
        ["image"] = new(10 * MediaStore.MiB, "image/png", "image/jpeg"),
        ["voice"] = new(2 * MediaStore.MiB, "audio/amr"),
        ["video"] = new(10 * MediaStore.MiB, "video/mp4"),
        ["file"] = new(20 * MediaStore.MiB),
    };

    /// <summary>Listens on a free port of this machine, or on the given one. <paramref name="more"/> may add pages to the same address.</summary>
    public async Task<WeComPlatform> Start(int port = 0, Action<WebApplication>? more = null, CancellationToken cancellationToken = default)
    {
        await Listen(port, Map, more, cancellationToken);
        return this;
    }

    /// <summary>Somebody who has long been a member of the company; nothing is pushed about that.</summary>
    public WeComMember NewMember(string name, string? userId = null, bool seesApp = true, params IReadOnlyList<int> inDepartments)
    {
        lock (Gate)
        {
            var member = new WeComMember(this, userId ?? $"Member{members.Count + 1:D3}", name, inDepartments.Count > 0 ? [.. inDepartments] : [1], seesApp);
            members.Add(member);
            byUserId.Add(member.UserId, member);
            Changed(null);
            return member;
        }
    }

    public Department NewDepartment(string name, int parentId = 1)
    {
        lock (Gate)
        {
            var department = new Department(departments.Count + 1, name, parentId);
            departments.Add(department);
            return department;
        }
    }

    /// <summary>The member of that userid, in any case, also when they have left.</summary>
    public WeComMember? Find(string userId)
    {
        lock (Gate)
            return byUserId.GetValueOrDefault(userId);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Callback.Dispose();
    }

    internal override void ExpireTokens() => Tokens.Expire();

    internal override void InvalidateTokens() => Tokens.Revoke();

    internal void Discard(WeComMember member, string why, string body)
    {
        lock (Gate)
            discarded.Add(new(Time.GetUtcNow(), member.UserId, why, body));
    }

    internal void Renamed(WeComMember member, string userId)
    {
        lock (Gate)
        {
            byUserId.Remove(member.UserId);
            byUserId.Add(userId, member);
            Changed(null);
        }
    }

    internal Task<Delivery> ContactChanged(string change, WeComMember member, params XElement[] parts) => ContactChanged(
        change,
        member.PushedAs,
        TellsAllOfContacts ? [.. parts, Marks.Text("Name", member.Name), Marks.Text("Position", member.Position), new XElement("Status", (int)member.Standing)] : parts);

    /// <summary>Tells of a change in the contacts. It comes from the system and belongs to no app.</summary>
    internal Task<Delivery> ContactChanged(string change, string userId, params XElement[] parts) => Callback.Push(
        Xml("sys", "event", Time.GetUtcNow(), [Marks.Text("Event", "change_contact"), Marks.Text("ChangeType", change), Marks.Text("UserID", userId), .. parts]));

    internal string Xml(string from, string type, DateTimeOffset at, IReadOnlyList<XElement> parts) => new XElement(
        "xml",
        Marks.Text("ToUserName", App.CorpId),
        Marks.Text("FromUserName", from),
        new XElement("CreateTime", at.ToUnixTimeSeconds()),
        Marks.Text("MsgType", type),
        parts).ToString(SaveOptions.DisableFormatting);

    private void Map(WebApplication app)
    {
        app.Map("/cgi-bin/{**call}", new AppInterface(this).Answer);
        app.MapGet("/mmbiz/{id}", (string id) => Media.Find(id) is { } media ? Results.Bytes(media.Bytes, media.ContentType) : Results.NotFound());
    }
}
