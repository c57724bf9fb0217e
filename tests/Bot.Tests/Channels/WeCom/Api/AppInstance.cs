using System.Globalization;
using Bot.Channels;
using Bot.Channels.Calls;
using Bot.Channels.Photos;
using Bot.Channels.WeCom;
using Bot.Channels.WeCom.Api;
using Bot.Domain.Calendar;
using Bot.Emulators.WeCom;
using Bot.Files;
using Bot.Health;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Api;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Channels.WeCom.Api;

/// <summary>The client of the WeCom app as one instance of the service has it, on a database that others may share, with everything that it logs.</summary>
internal sealed class AppInstance : IAsyncDisposable
{
    public const string CorpId = "ww0123456789abcdef";
    public const int AgentId = 1000002;

    private readonly ServiceProvider services;
    private readonly EverythingLogged log = new();
    private readonly string folder = Directory.CreateTempSubdirectory("bot-wecom-").FullName;

    private AppInstance(Databases database, TimeProvider time, Dictionary<string, string?> settings)
    {
        settings["Files"] = folder;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var account = WeComAccount.Read(configuration);
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddSingleton(time)
            .AddSingleton(new ChinaClock(time))
            .AddSingleton(new Settings(configuration, demo: false))
            .AddSingleton(account)
            .AddSingleton(new Figures(TimeProvider.System))
            .AddSingleton<FileStore>()
            .AddScoped<Domain.Audit.AuditTrail>()
            .AddStorage(database.Location);
        collection.AddWeComApi(account);
        services = collection.BuildServiceProvider();
        services.GetRequiredService<Figures>();
    }

    public WeComApi Api => services.GetRequiredService<WeComApi>();

    public Pictures Pictures => services.GetRequiredService<Pictures>();

    public FetchPictures Fetching => services.GetRequiredService<FetchPictures>();

    public FileStore Files => services.GetRequiredService<FileStore>();

    public Transactions Transactions => services.GetRequiredService<Transactions>();

    public ApiBrakes Brakes => services.GetRequiredKeyedService<ApiBrakes>(WeComApi.Platform);

    public PlatformAlarms Alarms => services.GetRequiredService<PlatformAlarms>();

    public string Figures => services.GetRequiredService<Figures>().ToPrometheus();

    public IReadOnlyCollection<string> Log => log.Lines;

    public static async Task<AppInstance> Start(Databases database, ScriptedPlatform platform, params (string Name, string? Value)[] settings)
    {
        var read = new Dictionary<string, string?>
        {
            ["WeCom:CorpId"] = CorpId,
            ["WeCom:AgentId"] = "1000002",
            ["WeCom:Secret"] = ScriptedPlatform.Secret,
            ["WeCom:ContactsSecret"] = ScriptedPlatform.ContactsSecret,
            ["WeCom:Token"] = "callbacktoken",
            ["WeCom:EncodingAESKey"] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
            ["WeCom:ApiBase"] = platform.Address.ToString(),
        };
        foreach (var (name, value) in settings)
            read[$"WeCom:{name}"] = value;
        return await Start(new AppInstance(database, platform.Time, read));
    }

    public static Task<AppInstance> Start(Databases database, WeComPlatform platform, TimeProvider time) => Start(new AppInstance(database, time, new()
    {
        ["WeCom:CorpId"] = platform.App.CorpId,
        ["WeCom:AgentId"] = platform.App.AgentId.ToString(CultureInfo.InvariantCulture),
        ["WeCom:Secret"] = platform.App.Secret,
        ["WeCom:ContactsSecret"] = platform.App.ContactsSecret,
        ["WeCom:Token"] = platform.App.Token,
        ["WeCom:EncodingAESKey"] = platform.App.EncodingAesKey,
        ["WeCom:ApiBase"] = platform.ApiBase.ToString(),
    }));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<AppInstance> Start(AppInstance instance)
    {
        await instance.services.GetRequiredService<Schema>().BringUpToDate(TestContext.Current.CancellationToken);

        // A machine that is busy with other tests must not make a picture late that the test wants in time.
        instance.Pictures.Patience = TimeSpan.FromMinutes(1);
        return instance;
    }
}
