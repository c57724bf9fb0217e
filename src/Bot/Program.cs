using Bot.Api;
using Bot.Calendars;
using Bot.Channels.Web;
using Bot.Channels.WeChat;
using Bot.Channels.WeCom;
using Bot.CommandLine;
using Bot.Demo;
using Bot.Domain;
using Bot.Domain.Manifests;
using Bot.Health;
using Bot.Knowledge;
using Bot.Letters;
using Bot.Meetings;
using Bot.Outbox;
using Bot.Reports;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Turns;
using Bot.Workbench;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot;

/// <summary>Starts the service, or does one errand and ends.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var asked = Asked.Read(args);
        if (asked.Mistake is { } mistake)
            return Errands.Refuse(mistake);
        try
        {
            if (asked.Errand != Errand.Serve)
                return await Errands.Run(asked);
            await using var app = Build(asked);
            await app.RunAsync();
            return Errands.Done;
        }
        catch (ManifestException broken)
        {
            return Errands.Refuse(string.Join(Environment.NewLine, broken.Problems));
        }
        catch (Exception wrong) when (wrong is WrongSettingException or DatabaseMismatchException)
        {
            return Errands.Refuse(wrong.Message);
        }
    }

    /// <summary>Addresses of requests stay out of the log, because some carry tickets; an operator may turn up what is needed.</summary>
    private static MemoryConfigurationSource QuietLog { get; } = new()
    {
        InitialData = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Microsoft"] = "Warning",
            ["Logging:Console:FormatterName"] = "simple",
            ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        },
    };

    /// <summary>The whole service, ready to be started. Tests start it too, and may exchange what they must, such as the clock.</summary>
    public static WebApplication Build(Asked asked, Action<IServiceCollection>? exchange = null)
    {
        // Settings are read once: watching their folder would wake up for every write to a database that lies below it.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. asked.SettingArguments]);
        builder.Configuration.Sources.Insert(0, QuietLog);
        var settings = new Settings(builder.Configuration, asked.Demo);
        StartupNotes.Refuse(settings);
        builder.WebHost.UseUrls(settings.Urls);
        builder.Services.AddSingleton(settings);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddRulesAndCalendar(settings);
        builder.Services.AddStorage(settings.Database).AddDomain();
        builder.Services.AddHostedService<DatabaseReady>();
        builder.Services.AddKnowledge();
        if (settings.Demo)
            builder.Services.AddDemo(settings);
        builder.Services.AddHostedService<HolidayWatch>();
        builder.Services.AddSingleton(settings.Pages);
        builder.Services.AddTurns();
        builder.Services.AddWebChannel(settings);
        if (settings.WeChat)
            builder.Services.AddWeChat(settings);
        if (settings.WeCom)
            builder.Services.AddWeCom(settings);
        builder.Services.AddCalendarFeeds();
        builder.Services.AddWorkbench();
        builder.Services.AddDrafts();
        builder.Services.AddDueWork();
        builder.Services.AddProblems();
        builder.Services.AddApiDocument();
        builder.Services.AddHealth();
        exchange?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseProblems();
        if (settings.WeChat)
            app.UseWeChat();
        if (settings.WeCom)
            app.UseWeCom();
        app.UseWebChannel();
        app.UseSite();
        app.MapDirectLine();
        app.MapNoticePages();
        app.MapLetters();
        app.MapDrafts();
        app.MapCalendarFeeds();
        app.MapMeetings();
        app.MapWorkbench(settings);
        if (settings.WeChat)
            app.Services.GetRequiredService<SceneCodes>().Map(app);
        app.MapHealth();
        app.MapCalendarApi();
        app.MapApiDocument();
        if (settings.Demo)
            app.MapDemo();
        app.Lifetime.ApplicationStarted.Register(() => StartupNotes.Say(app, settings));
        return app;
    }
}
