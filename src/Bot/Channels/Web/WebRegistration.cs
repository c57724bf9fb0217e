using System.Threading.RateLimiting;
using Bot.Files;
using Bot.Outbox;
using Microsoft.AspNetCore.HttpOverrides;

namespace Bot.Channels.Web;

public static class WebRegistration
{
    private static readonly TimeSpan PreflightKept = TimeSpan.FromHours(1);

    /// <summary>The web channel: Direct Line, its history and streams, uploads, and the limits against floods.</summary>
    public static void AddWebChannel(this IServiceCollection services, Settings settings)
    {
        // Tokens live by the machine's clock even where the demonstration moves its own.
        services.AddSingleton(new DirectLineTokens(settings.DirectLineSecret, TimeProvider.System));
        services.AddSingleton<FileStore>();
        services.AddEvidenceFiles();
        services.AddPlanSheets();
        services.AddSingleton<WebHistory>();
        services.AddSingleton<WebStreams>();
        services.AddSingleton<WebUploads>();
        services.AddSingleton<WebTurns>();
        services.AddSingleton<WebChannel>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<WebChannel>());
        services.AddHostedService<NewsOfOtherInstances>();
        services.AddCors(cors => cors.AddPolicy(DirectLine.CorsPolicy, policy =>
        {
            if (settings.DirectLineOrigins.Count > 0)
                policy.WithOrigins([.. settings.DirectLineOrigins]);
            else
                policy.AllowAnyOrigin();
            policy.WithMethods("GET", "POST")
                .WithHeaders("authorization", "content-type", "x-ms-bot-agent", "x-requested-with")
                .SetPreflightMaxAge(PreflightKept);
        }));
        services.Configure<ForwardedHeadersOptions>(options =>
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost);
        services.AddRateLimiter(limits =>
        {
            limits.AddPolicy(DirectLine.PostLimit, http => PerMinute(http.Request.Headers.Authorization.ToString(), settings.PostsPerMinute));
            limits.AddPolicy(DirectLine.TokenLimit, http => PerMinute(http.Connection.RemoteIpAddress?.ToString() ?? "", settings.TokensPerMinute));

            // 429 makes the official clients wait in silence; 400 is shown at once with a way to try again.
            limits.OnRejected = async (rejected, _) =>
                await Refusals.Answer(StatusCodes.Status400BadRequest, "TooManyRequests", "您发得太快了，请过一分钟再试。").ExecuteAsync(rejected.HttpContext);
        });
    }

    public static void UseWebChannel(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseRouting();
        app.UseCors();
        app.UseRateLimiter();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(25), KeepAliveTimeout = TimeSpan.FromSeconds(25) });
    }

    private static RateLimitPartition<string> PerMinute(string who, int posts) =>
        RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = posts,
            TokensPerPeriod = Math.Max(1, posts / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / posts)),
            AutoReplenishment = true,
        });
}
