using System.Net;
using Bot.Health;
using Bot.Storage;

namespace Bot.Channels.WeChat.Api;

public static class WeChatApiRegistration
{
    private static readonly TimeSpan ConnectionsKept = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    /// <summary><see cref="WeChatApi"/> and <see cref="Pictures"/> for the account that is registered as <see cref="WeChatAccount"/>.</summary>
    public static void AddWeChatApi(this IServiceCollection services)
    {
        // The client lives as long as the service; its connections do not, so that a changed name is noticed.
        services.AddHttpClient<WeChatHttp>((provider, http) =>
            {
                http.BaseAddress = Folder(provider.GetRequiredService<WeChatAccount>().ApiBase);
                http.Timeout = Timeout.InfiniteTimeSpan;
            })
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(provider.GetRequiredService<WeChatAccount>().Proxy));
        services.AddSingleton<PlatformAlarms>();
        services.AddSingleton<ApiBrakes>();
        services.AddSingleton(provider => new WeChatTokens(
            provider.GetRequiredService<WeChatAccount>(),
            provider.GetRequiredService<WeChatHttp>(),
            provider.GetRequiredService<PlatformAlarms>(),
            provider.GetRequiredService<Transactions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WeChatTokens>>()));
        services.AddSingleton<WeChatLine>();
        services.AddSingleton(provider => new WeChatApi(
            provider.GetRequiredService<WeChatLine>(), provider.GetRequiredService<WeChatAccount>(), provider.GetRequiredService<ApiBrakes>()));
        services.AddSingleton<Pictures>();
        services.AddSingleton<FetchPictures>();
        services.AddHostedService(provider => provider.GetRequiredService<FetchPictures>());
        services.AddSingleton(provider => new Dependency("wechat", _ => Task.CompletedTask)
        {
            Remark = () => provider.GetRequiredService<PlatformAlarms>().Standing(WeChatApi.Platform),
        });
    }

    /// <summary>No redirects and no cookies; no tracing, which would keep addresses and tell the platform of our spans.</summary>
    private static SocketsHttpHandler Handler(Uri? proxy) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = proxy is not null,
        Proxy = proxy is null ? null : new WebProxy(proxy),
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = ConnectionsKept,
        ConnectTimeout = Connecting,
        ActivityHeadersPropagator = null,
    };

    private static Uri Folder(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
