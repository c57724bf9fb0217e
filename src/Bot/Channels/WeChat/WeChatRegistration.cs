using Bot.Channels.Callbacks;
using Bot.Channels.WeChat.Api;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Channels.WeChat;

public static class WeChatRegistration
{
    public const string Path = "/wechat";

    /// <summary>The official account as a channel. Call it only when <see cref="Settings.WeChat"/> says that one is configured.</summary>
    /// <exception cref="WrongSettingException">A setting of the account is wrong.</exception>
    public static void AddWeChat(this IServiceCollection services, Settings settings)
    {
        var account = settings.WeChatAccount;
        services.AddSingleton(account);
        services.AddWeChatApi(account);
        services.AddSingleton<WeChatFigures>();
        services.AddSingleton<SceneCodes>();
        services.AddSingleton<PushedEvents>();
        services.AddSingleton<LateReplies>();
        services.TryAddSingleton<TurnsBehind>();
        services.AddSingleton<WeChatTurns>();
        services.AddSingleton<WeChatCallback>();
        services.AddHostedService(provider => provider.GetRequiredService<WeChatTurns>());
        if (account.AppSecret is null)
            return;
        services.AddHostedService(provider => provider.GetRequiredService<LateReplies>());
        services.AddWeChatSending(settings.Manifests, account);
    }

    /// <summary>Takes the platform's calls at <c>/wechat</c>. Stands before what pages and interfaces need, because a callback needs none of it.</summary>
    public static void UseWeChat(this WebApplication app)
    {
        var callback = app.Services.GetRequiredService<WeChatCallback>();
        app.Use(next => http => http.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase) ? callback.Handle(http) : next(http));
    }
}
