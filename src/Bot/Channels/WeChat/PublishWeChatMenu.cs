using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Channels.AppMenus;
using Bot.Channels.WeChat.Api;
using Bot.CommandLine;
using Bot.Domain.Manifests;

namespace Bot.Channels.WeChat;

/// <summary>
/// <c>wechat menu publish</c>: sends the menu of <c>manifests/wechat/menu.json</c> to the platform; the variant for those who are bound takes the
/// place of the one published before. 0 when it is published, 1 when the platform refuses, 2 when the settings or the file are wrong.
/// </summary>
internal static class PublishWeChatMenu
{
    /// <exception cref="ManifestException">The file is wrong.</exception>
    /// <exception cref="WrongSettingException">A setting of the account is wrong.</exception>
    public static Task<int> Run(Settings settings, CancellationToken cancellationToken = default)
    {
        if (!settings.WeChat)
            return Task.FromResult(Errands.NotConfigured("微信公众号", "WeChat:AppId"));
        var account = settings.WeChatAccount;
        if (account.AppSecret is null)
            return Task.FromResult(Errands.NotConfigured("微信公众号", "WeChat:AppSecret"));
        var menu = WeChatMenu.Load(settings.Manifests);
        return PublishMenu.Run(
            settings,
            services => services.AddSingleton(account).AddWeChatApi(account),
            async services =>
            {
                await Publish(services.GetRequiredService<WeChatApi>(), menu, cancellationToken);
                return menu.BoundTag is null ? "菜单已发布，手机上最迟几分钟后更新。" : $"菜单和“{menu.BoundTag}”的个性化菜单已发布，手机上最迟几分钟后更新。";
            },
            cancellationToken);
    }

    /// <summary>The new variant is there before the old one goes, so that nobody is without.</summary>
    internal static async Task Publish(WeChatApi api, WeChatMenu menu, CancellationToken cancellationToken)
    {
        await api.CreateMenu(MenuButtons.Body(menu.Everybody).ToJsonString(), cancellationToken);
        if (menu.BoundTag is not { } name)
            return;
        var tag = (await api.Tag(name, cancellationToken)).ToString(CultureInfo.InvariantCulture);
        var before = Variants(await api.GetMenu(cancellationToken), tag);
        var body = MenuButtons.Body(menu.Bound);
        body["matchrule"] = new JsonObject { ["tag_id"] = tag };
        await api.AddConditionalMenu(body.ToJsonString(), cancellationToken);
        foreach (var old in before)
            await api.DeleteConditionalMenu(old, cancellationToken);
    }

    private static List<string> Variants(string published, string tag) =>
    [
        .. (JsonNode.Parse(published)?["conditionalmenu"] as JsonArray ?? [])
            .Where(variant => variant?["matchrule"]?["tag_id"]?.ToString() == tag && variant["menuid"] is not null)
            .Select(variant => variant!["menuid"]!.ToString()),
    ];
}
