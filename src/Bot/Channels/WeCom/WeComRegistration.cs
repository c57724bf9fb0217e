using Bot.Channels.Callbacks;
using Bot.Channels.WeCom.Api;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Channels.WeCom;

public static class WeComRegistration
{
    public const string Path = "/wecom";

    /// <summary>The app in WeCom as a channel. Call it only when <see cref="Settings.WeCom"/> says that one is configured.</summary>
    /// <exception cref="WrongSettingException">A setting of the app is wrong.</exception>
    public static void AddWeCom(this IServiceCollection services, Settings settings)
    {
        var account = settings.WeComAccount;
        services.AddSingleton(account);
        services.AddWeComApi(account);
        services.AddSingleton<WeComFigures>();
        services.AddSingleton<StaffChanges>();
        services.TryAddSingleton<TurnsBehind>();
        services.AddSingleton<WeComTurns>();
        services.AddSingleton<WeComCallback>();
        services.AddHostedService(provider => provider.GetRequiredService<WeComTurns>());
        services.AddSingleton<WeComQueue>();
        if (account.Secret is null)
            return;
        services.AddSingleton<RollCall>().AddHostedService(provider => provider.GetRequiredService<RollCall>());
        services.AddWeComSending(settings.Manifests);
    }

    /// <summary>Takes the platform's calls at <c>/wecom</c>. Stands before what pages and interfaces need, because a callback needs none of it.</summary>
    public static void UseWeCom(this WebApplication app)
    {
        var callback = app.Services.GetRequiredService<WeComCallback>();
        app.Use(next => http => http.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase) ? callback.Handle(http) : next(http));
    }
}
