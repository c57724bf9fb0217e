using Bot.Audit;
using Bot.Domain;
using Bot.Domain.Guidance;
using Bot.Domain.People;
using Bot.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Bot.Storage;

public static class StorageRegistration
{
    /// <summary>
    /// The database of <c>ConnectionStrings:Database</c>. Call <see cref="Schema.BringUpToDate"/> before anything else runs; write through
    /// <see cref="Transactions"/>; a scope outside of it gets a database context for reading. Needs <c>ChinaClock</c> and <c>TimeProvider</c>.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration) =>
        services.AddStorage(DatabaseLocation.Parse(configuration.GetConnectionString("Database")));

    public static IServiceCollection AddStorage(this IServiceCollection services, DatabaseLocation location)
    {
        services.AddSingleton(location);
        services.AddSingleton<Connections>();
        services.AddSingleton(provider => Options(location.Kind, provider.GetRequiredService<ILoggerFactory>(), new UnitsChanged(provider)));
        services.AddScoped<ScopedDatabase>();
        services.AddScoped(provider => provider.GetRequiredService<ScopedDatabase>().Create());
        services.AddScoped<ISupervisionDb>(provider => provider.GetRequiredService<SupervisionDb>());
        services.AddSingleton<Schema>();
        services.AddSingleton<Transactions>();
        services.AddSingleton<Forgetting>();
        services.AddSingleton<AuditCheck>();
        services.AddScoped<MediatR.IRequestHandler<ReadDeeds, IReadOnlyList<DeedDone>>, ReadDeedsHandler>();
        return services;
    }

    internal static DbContextOptions<SupervisionDb> Options(DatabaseKind kind, ILoggerFactory? logging = null, params IEnumerable<IInterceptor> interceptors)
    {
        // A commit that lost against another instance is taken once more. What fails for good reaches the log with what was being done.
        var options = new DbContextOptionsBuilder<SupervisionDb>().UseLoggerFactory(logging).AddInterceptors(interceptors)
            .ConfigureWarnings(warnings => warnings.Log((CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug)));
        return kind == DatabaseKind.Sqlite ? options.UseSqlite().Options : options.UseNpgsql().Options;
    }
}

/// <summary>What is known of the units is read anew after one was saved.</summary>
internal sealed class UnitsChanged(IServiceProvider services) : SaveChangesInterceptor
{
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.ChangeTracker.Entries<Unit>().Any() == true)
            services.GetService<KnownUnits>()?.Forget();
        return ValueTask.FromResult(result);
    }
}
