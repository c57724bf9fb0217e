using Bot.Audit;
using Bot.Channels.AppMenus;
using Bot.Channels.WeChat;
using Bot.Channels.WeChat.Api;
using Bot.Channels.WeCom;
using Bot.Channels.WeCom.Api;
using Bot.Demo;
using Bot.Emulators;
using Bot.Emulators.WeChat;
using Bot.Emulators.WeCom;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Talks;
using Bot.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Story;

/// <summary>
/// The invented district with everybody where they really are: enterprises on their phones behind the official account, officials at their desks in WeCom. One
/// service, encryption on both sides, one clock.
/// </summary>
internal sealed class BothPlatforms : IAsyncDisposable
{
    private static readonly TimeSpan BetweenMessages = TimeSpan.FromMinutes(1);

    private readonly string folder;
    private readonly Databases? server;

    private BothPlatforms(RunningBot bot, WeChatPlatform account, WeComPlatform company, TalkTime time, LogLines log, string folder, Databases? server)
    {
        (Bot, Account, Company, Time, Log) = (bot, account, company, time, log);
        (this.folder, this.server) = (folder, server);
    }

    public WeChatPlatform Account { get; }

    public WeComPlatform Company { get; }

    public LogLines Log { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    private RunningBot Bot { get; }

    private TalkTime Time { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<BothPlatforms> Open(DatabaseKind kind)
    {
        var time = new TalkTime(LoadedDistrict.Now);
        var server = kind == DatabaseKind.Postgres ? await Databases.Fresh(kind) : null;
        var folder = server is null ? await LoadedDistrict.Copy() : Directory.CreateTempSubdirectory("bot-story-").FullName;
        var account = new WeChatPlatform(time: time);
        var company = new WeComPlatform(time: time);
        Trial.BringPeople(account, Testing.Manifests.Folder);
        Trial.BringOfficials(company, Testing.Manifests.Folder);
        await account.Start(cancellationToken: Token);
        await company.Start(cancellationToken: Token);
        string[] settings =
        [
            "--PublicUrl=https://bot.example",
            .. account.Settings,
            .. company.Settings,
            .. Trial.ChooseTemplates(account, Testing.Manifests.Folder),
            .. server is null ? Array.Empty<string>() : [$"--ConnectionStrings:Database={server.Location.ConnectionString}"],
        ];
        var log = new LogLines();
        var bot = await RunningBot.Start(
            folder,
            services =>
            {
                time.RuleOver(services);
                services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log);
            },
            settings: settings);
        account.Callback.SendTo(new Uri(bot.Address, "wechat"));
        company.Callback.SendTo(new Uri(bot.Address, "wecom"));
        var both = new BothPlatforms(bot, account, company, time, log, folder, server);
        await both.Prepare();
        return both;
    }

    /// <summary>The next full minute: what is said in the story is of the same minute each time, whatever had to be waited for in the one before.</summary>
    public void GoOn() => Time.Advance(BetweenMessages - TimeSpan.FromTicks(Now.Ticks % BetweenMessages.Ticks));

    /// <summary>Moves the clock of all forward, through everything that becomes due.</summary>
    public async Task MoveTo(string chinaTime)
    {
        await Bot.Services.GetRequiredService<DemoTime>().MoveTo(new HandTime(chinaTime).GetUtcNow().UtcDateTime, Token);
        await Settle();
    }

    /// <summary>Until everything that is due has been done, has reached everybody, and stands on every card.</summary>
    public async Task Settle()
    {
        var dueWork = Bot.Services.GetRequiredService<DueWork>();
        var outcomes = Bot.Services.GetRequiredService<CardOutcomes>();
        do
        {
            await SendWhatWaits();
            await outcomes.Round(Token);
            await SendWhatWaits();
            await Account.Settled();
            await Company.Settled();
        }
        while (await dueWork.Run(Token) || await NextDue() is not null);
    }

    /// <summary>The menu as the phones see it, with the one of those who are bound.</summary>
    public async Task PublishMenus()
    {
        await PublishWeChatMenu.Publish(Bot.Services.GetRequiredService<WeChatApi>(), WeChatMenu.Load(Testing.Manifests.Folder), Token);
        var bound = Bot.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<BoundMenus>().Single();
        while (await bound.Round(Token) > 0)
        {
        }

        await Bot.Services.GetRequiredService<WeComApi>().CreateMenu(MenuButtons.Body(WeComMenu.Load(Testing.Manifests.Folder).Buttons).ToJsonString(), Token);
    }

    public Task<AuditFinding> Audit() => Bot.Services.GetRequiredService<AuditCheck>().Run(Token);

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Account.DisposeAsync();
        await Company.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Whoever has an address on a platform is reached there alone: the second one, on the web, is the demonstration's.</summary>
    private async Task Prepare()
    {
        await Use(db => db.Addresses.Where(web => web.Channel == "web" && db.Addresses.Any(a => a.Channel != "web" && a.PersonId == web.PersonId)).ExecuteDeleteAsync(Token));
        await PublishMenus();
        await Settle();
    }

    /// <summary>Also what has its time in a few seconds: the outcome on a card, a call that the platform did not answer.</summary>
    private async Task SendWhatWaits()
    {
        var queue = Bot.Services.GetRequiredService<WeComQueue>();
        while (await NextDue() is { } due)
        {
            if (due > Now)
                Time.Advance(due - Now);
            queue.Nudge();
            await Task.Yield();
        }
    }

    /// <summary>What is just being sent is due at once: its time in the table is when another would take it over.</summary>
    private Task<DateTimeOffset?> NextDue() => Use(async db => (await db.Database
        .SqlQueryRaw<long>("SELECT CASE WHEN state = 0 THEN due_at ELSE 0 END AS \"Value\" FROM late_replies WHERE state <= 1")
        .ToListAsync(Token)) is [_, ..] waiting ? DateTimeOffset.FromUnixTimeMilliseconds(waiting.Min()) : (DateTimeOffset?)null);

    private async Task<T> Use<T>(Func<SupervisionDb, Task<T>> use)
    {
        await using var scope = Bot.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
    }
}
