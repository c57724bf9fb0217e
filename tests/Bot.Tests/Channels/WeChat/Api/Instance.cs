using Bot.Channels;
using Bot.Channels.Calls;
using Bot.Channels.Photos;
using Bot.Channels.WeChat;
using Bot.Channels.WeChat.Api;
using Bot.Domain.Calendar;
using Bot.Emulators.WeChat;
using Bot.Files;
using Bot.Health;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Channels.WeChat.Api;

/// <summary>The product's client as one instance of the service has it, on a database that others may share, with everything that it logs.</summary>
internal sealed class Instance : IAsyncDisposable
{
    public const string AppId = "wx0123456789abcdef";

    private readonly ServiceProvider services;
    private readonly EverythingLogged log = new();
    private readonly string folder = Directory.CreateTempSubdirectory("bot-wechat-").FullName;

    private Instance(Databases database, Uri address, TimeProvider time, string appId, string secret)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Files"] = folder,
            ["WeChat:AppId"] = appId,
            ["WeChat:AppSecret"] = secret,
            ["WeChat:Token"] = "callbacktoken",
            ["WeChat:ApiBase"] = address.ToString(),
        }).Build();
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddSingleton(time)
            .AddSingleton(new ChinaClock(time))
            .AddSingleton(new Settings(configuration, demo: false))
            .AddSingleton(WeChatAccount.Read(configuration))
            .AddSingleton(new Figures(TimeProvider.System))
            .AddSingleton<FileStore>()
            .AddScoped<Domain.Audit.AuditTrail>()
            .AddStorage(database.Location);
        collection.AddWeChatApi(WeChatAccount.Read(configuration));
        services = collection.BuildServiceProvider();
        services.GetRequiredService<Figures>();
    }

    public WeChatApi Api => services.GetRequiredService<WeChatApi>();

    public Pictures Pictures => services.GetRequiredService<Pictures>();

    public FetchPictures Fetching => services.GetRequiredService<FetchPictures>();

    public FileStore Files => services.GetRequiredService<FileStore>();

    public Transactions Transactions => services.GetRequiredService<Transactions>();

    public ApiBrakes Brakes => services.GetRequiredKeyedService<ApiBrakes>(WeChatApi.Platform);

    public PlatformAlarms Alarms => services.GetRequiredService<PlatformAlarms>();

    public string Figures => services.GetRequiredService<Figures>().ToPrometheus();

    public IReadOnlyCollection<string> Log => log.Lines;

    public static Task<Instance> Start(Databases database, ScriptedPlatform platform, string secret = ScriptedPlatform.Secret) =>
        Start(new Instance(database, platform.Address, platform.Time, AppId, secret));

    public static Task<Instance> Start(Databases database, WeChatPlatform platform, TimeProvider time) =>
        Start(new Instance(database, platform.ApiBase, time, platform.Account.AppId, platform.Account.AppSecret));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Instance> Start(Instance instance)
    {
        await instance.services.GetRequiredService<Schema>().BringUpToDate(TestContext.Current.CancellationToken);

        // A machine that is busy with other tests must not make a picture late that the test wants in time.
        instance.Pictures.Patience = TimeSpan.FromMinutes(1);
        return instance;
    }
}
