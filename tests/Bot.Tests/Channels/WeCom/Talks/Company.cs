using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Channels.AppMenus;
using Bot.Channels.WeCom;
using Bot.Channels.WeCom.Api;
using Bot.Demo;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Emulators;
using Bot.Emulators.WeCom;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Talks;
using Bot.Tests.Hosting;
using Bot.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bot.Tests.Channels.WeCom.Talks;

/// <summary>The invented district's officials at their desks: the real service behind the emulated company, everything encrypted; enterprises are on the web.</summary>
internal sealed class Company : IAsyncDisposable
{
    private const string Waiting = """SELECT count(*) AS "Value" FROM late_replies WHERE channel = 'wecom' AND state <= 1""";
    private const string UnderWay = """
        SELECT count(*) AS "Value" FROM late_replies r WHERE channel = 'wecom' AND (state = 1 OR (state = 0 AND due_at <= {0} AND NOT EXISTS
            (SELECT 1 FROM late_replies b WHERE b.channel = 'wecom' AND b.external_id = r.external_id AND b.state <= 1
                AND (b.purge_at < r.purge_at OR (b.purge_at = r.purge_at AND b.message_id < r.message_id)))))
        """;
    private const string WaitingCards = Waiting + " AND message_id LIKE 'done:%'";

    private static readonly TimeSpan BetweenMessages = TimeSpan.FromSeconds(5);

    /// <summary>A card shows what came of it after any tap on it has been answered.</summary>
    private static readonly TimeSpan AfterATap = TimeSpan.FromSeconds(6);

    private readonly string folder;
    private readonly Databases? server;
    private readonly Dictionary<string, string> people;
    private bool menuPublished;
    private int said;

    private Company(RunningBot bot, WeComPlatform platform, TalkTime time, LogLines log, string folder, Databases? server)
    {
        (Bot, Platform, Time, Log) = (bot, platform, time, log);
        (this.folder, this.server) = (folder, server);
        people = JsonNode.Parse(File.ReadAllText(Path.Combine(Testing.Manifests.Folder, "demo", "people.json")))!["records"]!.AsArray()
            .Where(person => person!["wecom"] is null)
            .GroupBy(person => (string)person!["name"]!, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => (string)same.First()!["id"]!, StringComparer.Ordinal);
    }

    public RunningBot Bot { get; }

    public WeComPlatform Platform { get; }

    public TalkTime Time { get; }

    public LogLines Log { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Company> Open(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var time = new TalkTime(LoadedDistrict.Now);
        var server = kind == DatabaseKind.Postgres ? await Databases.Fresh(kind) : null;
        var folder = server is null ? await LoadedDistrict.Copy(LoadedDistrict.OnlyInTheCompany) : Directory.CreateTempSubdirectory("bot-talk-").FullName;
        var platform = new WeComPlatform(time: time);
        Trial.BringOfficials(platform, Testing.Manifests.Folder);
        await platform.Start(cancellationToken: Token);
        var log = new LogLines();
        var bot = await RunningBot.Start(
            folder,
            services =>
            {
                time.RuleOver(services);

                // What is due is done when a talk has come so far, and the round of the start before it begins, so that it reads the same every time.
                services.Remove(services.Single(one => one.ServiceType == typeof(IHostedService) && one.ImplementationFactory?.Method.ReturnType == typeof(Ticking)));
                services.Remove(services.Single(one => one.ServiceType == typeof(IHostedService) && one.ImplementationType == typeof(DailyRounds)));
                services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log);
            },
            settings:
            [
                "--PublicUrl=https://bot.example",
                .. platform.Settings,
                .. server is null ? Array.Empty<string>() : [$"--ConnectionStrings:Database={server.Location.ConnectionString}"],
            ]);
        platform.Callback.SendTo(new Uri(bot.Address, "wecom"));
        var company = new Company(bot, platform, time, log, folder, server);
        if (server is not null)
            await company.Change(db => db.Database.ExecuteSqlRawAsync(LoadedDistrict.OnlyInTheCompany, Token));
        await bot.Services.GetRequiredService<DueWork>().RunDaily(Token);
        return company;
    }

    public WeComMember? Desk(string name) => Platform.Members.FirstOrDefault(member => member.Name == name);

    /// <summary>Whether this is somebody of the district who has no desk in the company.</summary>
    public bool IsOnTheWeb(string name) => people.ContainsKey(name);

    /// <summary>What somebody says on the web.</summary>
    public async Task<IReadOnlyList<Reply>> OnTheWeb(string name, string text)
    {
        var incoming = new Incoming(new Address("web", people[name]), string.Create(CultureInfo.InvariantCulture, $"web-{++said}"), text, Time.GetUtcNow().UtcDateTime);
        return (await Bot.Services.GetRequiredService<TakeTurn>().Take(incoming, null, Token)).Replies;
    }

    /// <summary>Time goes on a little, so that no two messages are of the same second.</summary>
    public void GoOn() => Time.Advance(BetweenMessages);

    /// <summary>Moves the clock of all forward, through everything that becomes due.</summary>
    public async Task MoveTo(string chinaTime)
    {
        await Bot.Services.GetRequiredService<DemoTime>().MoveTo(new HandTime(chinaTime).GetUtcNow().UtcDateTime, Token);
        await Settle();
    }

    /// <summary>Until everything that is due now has been done, and every card shows what came of it.</summary>
    public async Task Settle()
    {
        var (dueWork, queue, outcomes) = (Bot.Services.GetRequiredService<DueWork>(), Bot.Services.GetRequiredService<WeComQueue>(), Bot.Services.GetRequiredService<CardOutcomes>());
        do
        {
            await Platform.Settled();
            await Send(queue);
            await outcomes.Round(Token);
            if (await Count(WaitingCards) > 0)
                Time.Advance(AfterATap);
            await Send(queue);
        }
        while (await dueWork.Run(Token) || await Count(WaitingCards) > 0);
    }

    /// <summary>What still waits in the queue, whenever it is due.</summary>
    public Task<long> InTheQueue() => Count(Waiting);

    public async Task Menus()
    {
        if (!menuPublished)
            await Bot.Services.GetRequiredService<WeComApi>().CreateMenu(MenuButtons.Body(WeComMenu.Load(Testing.Manifests.Folder).Buttons).ToJsonString(), Token);
        menuPublished = true;
    }

    public async Task<T> Change<T>(Func<SupervisionDb, Task<T>> change)
    {
        await using var scope = Bot.Services.CreateAsyncScope();
        return await change(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Platform.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>All that is due, also what the service itself has just taken up.</summary>
    private async Task Send(WeComQueue queue)
    {
        do
            await queue.Round(Token);
        while (await Count(UnderWay, Time.GetUtcNow().ToUnixTimeMilliseconds()) > 0);
    }

    private Task<long> Count(string sql, params object[] values) => Change(db => db.Database.SqlQueryRaw<long>(sql, values).SingleAsync(Token));
}
