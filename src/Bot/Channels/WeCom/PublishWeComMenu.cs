using Bot.Channels.AppMenus;
using Bot.Channels.Calls;
using Bot.Channels.WeCom.Api;
using Bot.CommandLine;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Manifests;
using Bot.Health;
using Bot.Storage;

namespace Bot.Channels.WeCom;

/// <summary>
/// <c>wecom menu publish</c>: sends the menu of <c>manifests/wecom/menu.json</c> to WeCom, in the place of the one before. 0 when it is published, 1 when
/// the platform refuses, 2 when the settings or the file are wrong.
/// </summary>
internal static class PublishWeComMenu
{
    /// <exception cref="ManifestException">The file is wrong.</exception>
    /// <exception cref="WrongSettingException">A setting of the app is wrong.</exception>
    public static async Task<int> Run(Settings settings, CancellationToken cancellationToken = default)
    {
        if (!settings.WeCom)
            return Errands.NotConfigured("企业微信", "WeCom:CorpId");
        var account = settings.WeComAccount;
        if (account.Secret is null)
            return Errands.NotConfigured("企业微信", "WeCom:Secret");
        var menu = WeComMenu.Load(settings.Manifests);

        var collection = new ServiceCollection()
            .AddLogging()
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ChinaClock>()
            .AddSingleton<Figures>()
            .AddSingleton(account)
            .AddScoped<AuditTrail>()
            .AddStorage(settings.Database);
        collection.AddWeComApi(account);
        await using var services = collection.BuildServiceProvider();

        // The access token is the one that the running service uses, so that publishing takes it from nobody.
        await services.GetRequiredService<Schema>().BringUpToDate(cancellationToken);
        try
        {
            await services.GetRequiredService<WeComApi>().CreateMenu(MenuButtons.Body(menu.Buttons).ToJsonString(), cancellationToken);
            Console.WriteLine("菜单已发布，重新进入应用就能看到。");
            return Errands.Done;
        }
        catch (Exception refused) when (refused is PlatformRefusedException or PlatformUnreachableException)
        {
            await Console.Error.WriteLineAsync($"菜单没有发布：{refused.Message}");
            return Errands.Found;
        }
    }
}
