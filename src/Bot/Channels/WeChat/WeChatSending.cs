using Bot.Channels.WeChat.Api;
using Bot.Domain.Notices;
using Bot.Outbox;
using Bot.Storage;

namespace Bot.Channels.WeChat;

internal static class WeChatSending
{
    /// <summary>What the account says of its own accord: notices, and the menu for those who are bound. Needs the secret.</summary>
    /// <exception cref="Bot.Domain.Manifests.ManifestException">The menu or the short forms are wrong.</exception>
    public static void AddWeChatSending(this IServiceCollection services, string manifests)
    {
        services.AddSingleton(WeChatMenu.Load(manifests));
        services.AddSingleton(provider => TemplateBook.Load(manifests, provider.GetRequiredService<NoticeWording>(), provider.GetRequiredService<WeChatAccount>().Templates));
        services.AddSingleton(provider => new WeChatChannel(
            provider.GetRequiredService<WeChatApi>(),
            provider.GetRequiredService<Transactions>(),
            provider.GetRequiredService<TemplateBook>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<WeChatAccount>().NoticesPerSecond));
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<WeChatChannel>());
        services.AddSingleton<BoundMenus>();
        services.AddHostedService(provider => provider.GetRequiredService<BoundMenus>());
    }
}
