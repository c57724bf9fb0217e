using Bot.Outbox;

namespace Bot.Scheduling;

public static class SchedulingRegistration
{
    /// <summary>The outbox and what becomes due by time. Channels register themselves as <see cref="IChannel"/>.</summary>
    public static IServiceCollection AddDueWork(this IServiceCollection services)
    {
        services.AddSingleton<Deliver>();
        services.AddSingleton<DueWork>();
        services.AddSingleton<Ticking>();
        services.AddHostedService(provider => provider.GetRequiredService<Ticking>());
        return services;
    }
}
