using System.Net;
using Bot.Health;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Channels.Calls;

internal static class CallsRegistration
{
    private static readonly TimeSpan ConnectionsKept = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    /// <summary>The way to a platform, under its name: <see cref="PlatformHttp"/>, its brakes, the alarms and what readiness says of it.</summary>
    public static void AddCallsTo(this IServiceCollection services, CalledPlatform platform, Uri address, Uri? proxy)
    {
        // The client lives as long as the service; its connections do not, so that a changed name is noticed.
        services.AddHttpClient(platform.Name, http =>
            {
                http.BaseAddress = Folder(address);
                http.Timeout = Timeout.InfiniteTimeSpan;
            })
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => Handler(proxy));
        services.AddKeyedSingleton(platform.Name, (provider, _) => new PlatformHttp(
            platform, provider.GetRequiredService<IHttpClientFactory>().CreateClient(platform.Name), provider.GetRequiredService<TimeProvider>()));
        services.AddKeyedSingleton(platform.Name, (provider, _) => new ApiBrakes(platform, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<PlatformAlarms>();
        services.AddSingleton(provider => new Dependency(platform.Name, _ => Task.CompletedTask)
        {
            Remark = () => provider.GetRequiredService<PlatformAlarms>().Standing(platform.Name),
        });
    }

    /// <summary>Calls with the access tokens of <paramref name="owner"/>, on the way that <see cref="AddCallsTo"/> has made.</summary>
    public static PlatformLine LineTo(this IServiceProvider provider, CalledPlatform platform, TokenOwner owner, Func<bool, PlatformRequest> tokenRequest)
    {
        var http = provider.GetRequiredKeyedService<PlatformHttp>(platform.Name);
        var alarms = provider.GetRequiredService<PlatformAlarms>();
        var time = provider.GetRequiredService<TimeProvider>();
        var tokens = new AccessTokens(
            platform, owner, tokenRequest, http, alarms, provider.GetRequiredService<Storage.Transactions>(), time, provider.GetRequiredService<ILogger<AccessTokens>>());
        return new PlatformLine(platform, http, tokens, provider.GetRequiredKeyedService<ApiBrakes>(platform.Name), alarms, time);
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
