using Bot.Domain.Notices;
using Bot.Outbox;

namespace Bot.Channels.WeCom;

internal static class WeComSending
{
    /// <summary>What the app says by itself: notices as cards, what is queued, and what came of the cards. Needs the secret.</summary>
    /// <exception cref="Bot.Domain.Manifests.ManifestException">The cards are wrong.</exception>
    public static void AddWeComSending(this IServiceCollection services, string manifests)
    {
        services.AddSingleton(CardBook.Load(manifests, NoticeWording.Load(Path.Combine(manifests, "notices.json"))));
        services.AddSingleton<NoticeCards>();
        services.AddSingleton<CardOutcomes>();
        services.AddSingleton<WeComChannel>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<WeComChannel>());
        services.AddHostedService(provider => provider.GetRequiredService<WeComQueue>());
        services.AddHostedService(provider => provider.GetRequiredService<CardOutcomes>());
    }
}
