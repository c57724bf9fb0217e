using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Channels.WeChat;
using Bot.Channels.WeChat.Api;
using Bot.Demo;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Emulators;
using Bot.Emulators.WeChat;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Hosting;
using Bot.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Talks;

/// <summary>The account of the invented district: the real service in safe mode behind the emulated platform, everybody's phone at hand.</summary>
internal sealed class Account : IAsyncDisposable
{
    private static readonly TimeSpan BetweenMessages = TimeSpan.FromSeconds(5);

    private readonly string folder;
    private readonly Databases? server;
    private readonly Dictionary<string, string> officials;
    private bool menuPublished;
    private int said;

    private Account(RunningBot bot, WeChatPlatform platform, TalkTime time, LogLines log, string folder, Databases? server)
    {
        (Bot, Platform, Time, Log) = (bot, platform, time, log);
        (this.folder, this.server) = (folder, server);
        officials = JsonNode.Parse(File.ReadAllText(Path.Combine(Testing.Manifests.Folder, "demo", "people.json")))!["records"]!.AsArray()
            .Where(person => person!["wechat"] is null)
            .GroupBy(person => (string)person!["name"]!, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => (string)same.First()!["id"]!, StringComparer.Ordinal);
    }

    public RunningBot Bot { get; }

    public WeChatPlatform Platform { get; }

    public TalkTime Time { get; }

    public LogLines Log { get; }

    /// <summary>Where the service keeps its database and files.</summary>
    public string Folder => folder;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Account> Open(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var time = new TalkTime(LoadedDistrict.Now);
        var server = kind == DatabaseKind.Postgres ? await Databases.Fresh(kind) : null;
        var folder = server is null ? await LoadedDistrict.Copy() : Directory.CreateTempSubdirectory("bot-talk-").FullName;
        var platform = new WeChatPlatform(time: time);
        Trial.BringPeople(platform, Testing.Manifests.Folder);
        await platform.Start(cancellationToken: Token);
        string[] settings =
        [
            "--PublicUrl=https://bot.example",
            .. platform.Settings,
            .. Trial.ChooseTemplates(platform, Testing.Manifests.Folder),
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
        platform.Callback.SendTo(new Uri(bot.Address, "wechat"));
        var account = new Account(bot, platform, time, log, folder, server);
        if (server is not null)
            await account.Change(db => db.Addresses.Where(web => web.Channel == "web" && db.Addresses.Any(a => a.Channel == "wechat" && a.PersonId == web.PersonId)).ExecuteDeleteAsync(Token));
        return account;
    }

    /// <summary>The phone of somebody of the district, or, under a name that nobody there has, a new one.</summary>
    public WeChatUser Phone(string name) => Platform.Users.FirstOrDefault(user => user.Name == name) ?? Platform.NewUser(name);

    public bool IsOfficial(string name) => officials.ContainsKey(name);

    /// <summary>What an official says at their desk, which is not this account.</summary>
    public async Task<IReadOnlyList<Reply>> AtTheDesk(string name, string text)
    {
        var address = new Address("web", officials[name]);
        var incoming = new Incoming(address, string.Create(CultureInfo.InvariantCulture, $"desk-{++said}"), text, Time.GetUtcNow().UtcDateTime);
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

    /// <summary>Until everything that is due now has been done, and reported back by the platform.</summary>
    public async Task Settle()
    {
        var dueWork = Bot.Services.GetRequiredService<DueWork>();
        do
            await Platform.Settled();
        while (await dueWork.Run(Token));
    }

    /// <summary>The menu as the phones see it, with the one of those who are bound.</summary>
    public async Task Menus()
    {
        if (!menuPublished)
            await PublishWeChatMenu.Publish(Bot.Services.GetRequiredService<WeChatApi>(), WeChatMenu.Load(Testing.Manifests.Folder), Token);
        menuPublished = true;
        var bound = Bot.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<BoundMenus>().Single();
        while (await bound.Round(Token) > 0)
        {
        }
    }

    public async Task<T> Change<T>(Func<SupervisionDb, Task<T>> change)
    {
        await using var scope = Bot.Services.CreateAsyncScope();
        return await change(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
    }

    /// <summary>The tables in which some row says this, in whatever column.</summary>
    public Task<IReadOnlyList<string>> Holding(string words) => Change<IReadOnlyList<string>>(async db =>
    {
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync(Token);
        var tables = await Strings(connection, server is null ? "SELECT name FROM sqlite_master WHERE type = 'table'" : "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        var holding = new List<string>();
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                if (Enumerable.Range(0, reader.FieldCount).Any(i => Said(reader.GetValue(i)).Contains(words, StringComparison.Ordinal)))
                    holding.Add(table);
            }
        }

        return holding;
    });

    private static string Said(object value) => value switch
    {
        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
        Array several => string.Join(' ', several.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static async Task<List<string>> Strings(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Token);
        var strings = new List<string>();
        while (await reader.ReadAsync(Token))
            strings.Add(reader.GetString(0));
        return strings;
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Platform.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
