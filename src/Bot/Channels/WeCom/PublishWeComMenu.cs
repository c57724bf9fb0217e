using Bot.Channels.AppMenus;
using Bot.Channels.WeCom.Api;
using Bot.CommandLine;
using Bot.Domain.Manifests;

namespace Bot.Channels.WeCom;

/// <summary>
/// <c>wecom menu publish</c>: sends the menu of <c>manifests/wecom/menu.json</c> to WeCom, in the place of the one before. 0 when it is published, 1 when
/// the platform refuses, 2 when the settings or the file are wrong.
/// </summary>
internal static class PublishWeComMenu
{
    /// <exception cref="ManifestException">The file is wrong.</exception>
    /// <exception cref="WrongSettingException">A setting of the app is wrong.</exception>
    public static Task<int> Run(Settings settings, CancellationToken cancellationToken = default)
    {
        if (!settings.WeCom)
            return Task.FromResult(Errands.NotConfigured("企业微信", "WeCom:CorpId"));
        var account = settings.WeComAccount;
        if (account.Secret is null)
            return Task.FromResult(Errands.NotConfigured("企业微信", "WeCom:Secret"));
        var menu = WeComMenu.Load(settings.Manifests);
        return PublishMenu.Run(
            settings,
            services => services.AddSingleton(account).AddWeComApi(account),
            async services =>
            {
                await services.GetRequiredService<WeComApi>().CreateMenu(MenuButtons.Body(menu.Buttons).ToJsonString(), cancellationToken);
                return "菜单已发布，重新进入应用就能看到。";
            },
            cancellationToken);
    }
}
