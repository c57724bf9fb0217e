using Bot.Channels.WeChat.Api;
using Bot.Domain.Notices;
using Bot.Outbox;
using Bot.Storage;

namespace Bot.Channels.WeChat;

internal static class WeChatSending
{
    /// <summary>What the account says of its own accord: notices, and the menu for those who are bound. Needs the secret.</summary>
    /// <exception cref="Bot.Domain.Manifests.ManifestException">The menu or the short forms are wrong.</exception>
    public static void AddWeChatSending(this IServiceCollection services, string manifests, WeChatAccount account)
    {
        services.AddSingleton(WeChatMenu.Load(manifests));
        services.AddSingleton(TemplateBook.Load(manifests, NoticeWording.Load(Path.Combine(manifests, "notices.json")), account.Templates));
        services.AddSingleton(provider => new WeChatChannel(
            provider.GetRequiredService<WeChatApi>(),
            provider.GetRequiredService<Transactions>(),
            provider.GetRequiredService<TemplateBook>(),
            provider.GetRequiredService<TimeProvider>(),
            account.NoticesPerSecond));
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<WeChatChannel>());
        services.AddSingleton<BoundMenus>();
        services.AddHostedService(provider => provider.GetRequiredService<BoundMenus>());
    }
}
