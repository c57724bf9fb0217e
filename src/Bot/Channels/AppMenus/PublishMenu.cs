using Bot.Channels.Calls;
using Bot.CommandLine;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Health;
using Bot.Storage;

namespace Bot.Channels.AppMenus;

/// <summary>The errand of publishing a platform's menu: what it needs of the service, and what its operator is told.</summary>
internal static class PublishMenu
{
    /// <param name="settings">The operator's.</param>
    /// <param name="addApi">Adds the platform's client.</param>
    /// <param name="publish">Sends the menu, and gives what the operator is told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>0 when it is published, 1 when the platform refuses.</returns>
    public static async Task<int> Run(Settings settings, Action<IServiceCollection> addApi, Func<IServiceProvider, Task<string>> publish, CancellationToken cancellationToken)
    {
        var collection = new ServiceCollection()
            .AddLogging()
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ChinaClock>()
            .AddSingleton<Figures>()
            .AddScoped<AuditTrail>()
            .AddStorage(settings.Database);
        addApi(collection);
        await using var services = collection.BuildServiceProvider();

        // The access token is the one that the running service uses, so that publishing takes it from nobody.
        await services.GetRequiredService<Schema>().BringUpToDate(cancellationToken);
        try
        {
            Console.WriteLine(await publish(services));
            return Errands.Done;
        }
        catch (Exception refused) when (refused is PlatformRefusedException or PlatformUnreachableException)
        {
            await Console.Error.WriteLineAsync($"菜单没有发布：{refused.Message}");
            return Errands.Found;
        }
    }
}
