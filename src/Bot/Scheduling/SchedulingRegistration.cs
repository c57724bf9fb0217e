using Bot.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Scheduling;

public static class SchedulingRegistration
{
    /// <summary>Sending notices, without anything that does it by itself.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<Pages>()
        .AddScoped<Undelivered>()
        .AddSingleton<Returning>()
        .AddSingleton<Deliver>()
        .AddSingleton<DailySweep>()
        .AddSingleton<DueWork>();

    /// <summary>The outbox and what becomes due by time. Channels register themselves as <see cref="IChannel"/>.</summary>
    public static IServiceCollection AddDueWork(this IServiceCollection services)
    {
        services.AddOutbox();
        services.AddSingleton<Ticking>();
        services.AddHostedService(provider => provider.GetRequiredService<Ticking>());
        services.TryAddSingleton(provider => new BusinessTime(provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<DailyRounds>();
        return services;
    }
}
