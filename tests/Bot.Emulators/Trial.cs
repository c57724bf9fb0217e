using System.Text.Json.Nodes;
using Bot.CommandLine;
using Bot.Demo;
using Bot.Domain.Commands;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using Bot.Emulators.Bench;
using Bot.Emulators.WeChat;
using Bot.Emulators.WeCom;
using Bot.Scheduling;
using Bot.Storage;
using MediatR;

namespace Bot.Emulators;

/// <summary>
/// The whole product with the invented district, behind the emulated official account and the emulated company: what a visitor tries without accounts of their
/// own. Product, platforms, phones and desks share one clock that can be moved forward.
/// </summary>
public sealed class Trial : IAsyncDisposable
{
    /// <summary>An inspection of the invented district that was approved just before the trial begins, so that its preview is sent now.</summary>
    private const string JustApproved = "T123";

    /// <summary>
    /// Contacts of the invented district whose phones are at hand from the start: one with coming inspections, one with a finished one, and the one who
    /// is just told of <see cref="JustApproved"/>.
    /// </summary>
    private static readonly string[] AtHand = ["demo-openid-001", "demo-openid-014", "demo-openid-036"];

    /// <summary>
    /// Officials whose desks are at hand: the one who answers requests for guidance, the leader of the same unit, its liaison, and the one at the justice
    /// bureau who takes complaints.
    /// </summary>
    private static readonly string[] DesksAtHand = ["demo-wecom-I05", "demo-wecom-L02", "demo-wecom-LI02", "demo-wecom-SJ3"];

    private readonly WebApplication product;

    private Trial(WeChatPlatform platform, WeComPlatform company, WebApplication product) => (Platform, Company, this.product) = (platform, company, product);

    public WeChatPlatform Platform { get; }

    public WeComPlatform Company { get; }

    /// <summary>The page with phones and desks.</summary>
    public Uri Bench => Platform.ApiBase;

    public Uri Product => new(product.Urls.First());

    public IServiceProvider Services => product.Services;

    /// <summary>Starts afresh: what an earlier trial left in <paramref name="folder"/> is thrown away. Port 0 takes a free one.</summary>
    public static async Task<Trial> Start(string manifests, string folder, int phonePort, int productPort, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        var database = Path.Combine(folder, "emulator.db");
        foreach (var left in Directory.GetFiles(folder, "emulator.db*"))
            File.Delete(left);

        var clock = new DemoClock(TimeProvider.System, new DemoFiles(Path.Combine(manifests, "demo")).Outline.Clock.UtcDateTime);
        var platform = new WeChatPlatform(time: clock);
        var company = new WeComPlatform(time: clock);
        IReadOnlyList<string> known = [.. BringPeople(platform, manifests), .. BringOfficials(company, manifests)];
        WebApplication? product = null;
        await platform.Start(
            phonePort,
            app => new BenchPage(
                platform,
                company,
                new Surroundings((to, token) => Move(product!, to, token), productPort == 0 ? null : $"http://localhost:{productPort}/"),
                [.. known.Except(AtHand).Except(DesksAtHand)]).Map(app),
            cancellationToken);
        await company.Start(cancellationToken: cancellationToken);
        string[] settings =
        [
            $"--Urls=http://localhost:{productPort}",
            $"--Manifests={manifests}",
            $"--ConnectionStrings:Database=Data Source={database}",
            $"--Files={Path.Combine(folder, "emulator-files")}",
            .. productPort == 0 ? Array.Empty<string>() : [$"--PublicUrl=http://localhost:{productPort}"],
            .. platform.Settings,
            .. company.Settings,
            .. ChooseTemplates(platform, manifests),
        ];
        product = Program.Build(Asked.Read(productPort == 0 ? [.. settings[1..], "--Urls=http://127.0.0.1:0"] : settings), services => UnderOneClock(services, clock));
        product.MapDemo();
        await product.StartAsync(cancellationToken);
        platform.Callback.SendTo(new Uri(new Uri(product.Urls.First()), "wechat"));
        company.Callback.SendTo(new Uri(new Uri(product.Urls.First()), "wecom"));
        await Program.Main(["wechat", "menu", "publish", .. settings]);
        await Program.Main(["wecom", "menu", "publish", .. settings]);
        await SendPreview(product, cancellationToken);
        return new Trial(platform, company, product);
    }

    /// <summary>Returns when somebody presses Ctrl+C or ends the process.</summary>
    public Task UntilStopped() => product.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        await Company.DisposeAsync();
        await product.StopAsync();
        await product.DisposeAsync();
    }

    /// <summary>The demonstration's district and its web page, on which a visitor is an official; enterprises come in through the account.</summary>
    private static void UnderOneClock(IServiceCollection services, DemoClock clock)
    {
        var settings = (Settings)services.Single(service => service.ServiceType == typeof(Settings)).ImplementationInstance!;
        services.AddDemo(settings);
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
    }

    /// <summary>Nobody at that enterprise has written within 48 hours: it goes out as a template message.</summary>
    private static async Task SendPreview(WebApplication product, CancellationToken cancellationToken)
    {
        await product.Services.GetRequiredService<Transactions>().Run(
            "trial",
            (work, token) => work.Services.GetRequiredService<IMediator>().Send(new SendPreview(Actor.Service, JustApproved), token),
            cancellationToken);
        product.Services.GetRequiredService<Ticking>().Nudge();
    }

    /// <summary>Puts the templates that the manifests ask for into the account's library, and tells the product their ids.</summary>
    public static IEnumerable<string> ChooseTemplates(WeChatPlatform platform, string manifests)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(manifests, "wechat", "templates.json")))!;
        var number = 0;
        foreach (var (name, template) in file["templates"]!.AsObject())
        {
            var id = $"emulated-template-{++number}";
            var title = (string)template!["title"]!;
            platform.Templates.Add(id, title, string.Join('\n', template["keys"]!.AsArray().Select(key => $"{Label(title, (string)key!)}:{{{{{key}.DATA}}}}")));
            yield return $"--WeChat:Templates:{name}={id}";
        }
    }

    /// <summary>Everybody of the district who has an address at the account follows it; a newcomer has a phone and no more.</summary>
    public static IReadOnlyList<string> BringPeople(WeChatPlatform platform, string manifests)
    {
        var known = new List<string>();
        foreach (var person in JsonNode.Parse(File.ReadAllText(Path.Combine(manifests, "demo", "people.json")))!["records"]!.AsArray())
        {
            if ((string?)person!["wechat"] is { } openId)
                known.Add(platform.NewUser((string)person["name"]!, openId, followsForLong: true).OpenId);
        }

        platform.NewUser("新用户");
        return known;
    }

    /// <summary>Every official of the district is a member of the company, in the department of their unit, and sees the app.</summary>
    public static IReadOnlyList<string> BringOfficials(WeComPlatform company, string manifests)
    {
        JsonArray Records(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(manifests, "demo", file)))!["records"]!.AsArray();
        var units = Records("units.json").ToDictionary(unit => (string)unit!["id"]!, unit => company.NewDepartment((string)unit!["name"]!).Id);
        var justice = company.NewDepartment("司法局").Id;
        var known = new List<string>();
        foreach (var person in Records("people.json"))
        {
            if ((string?)person!["wecom"] is not { } userId)
                continue;
            var member = company.NewMember((string)person["name"]!, userId, inDepartments: (string?)person["unit"] is { } unit ? units[unit] : justice);
            member.Position = (string?)person["title"] ?? "";
            known.Add(member.UserId);
        }

        return known;
    }

    /// <summary>The words before a value, as the platform's library has them for these templates.</summary>
    private static string Label(string title, string key) => (title, key) switch
    {
        ("检查计划通知", "thing1") => "检查单位",
        ("检查计划通知", "date2") => "检查时间",
        ("检查计划通知", "thing3") => "检查事项",
        ("检查计划通知", "thing4") => "联系人",
        ("业务办理进度通知", "thing1") => "业务名称",
        ("业务办理进度通知", "phrase2") => "办理状态",
        ("业务办理进度通知", "date3") => "日期",
        ("咨询回复通知", "thing1") => "咨询内容",
        ("咨询回复通知", "thing2") => "回复单位",
        ("咨询回复通知", "date3") => "回复日期",
        ("咨询回复通知", "thing4") => "回复内容",
        _ => "备注",
    };

    private static async Task Move(WebApplication product, DateTimeOffset to, CancellationToken cancellationToken)
    {
        try
        {
            await product.Services.GetRequiredService<DemoTime>().MoveTo(to.UtcDateTime, cancellationToken);
        }
        catch (RuleBrokenException refused)
        {
            throw new InvalidOperationException(refused.Message, refused);
        }
    }
}
