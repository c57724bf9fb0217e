using Bot.Demo;
using Bot.Domain.Calendar;
using Bot.Domain.Sweep;
using Bot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Testing;

/// <summary>The whole invented district of <c>manifests/demo</c> in an office of its own, on a real database, as it stood at an instant.</summary>
public sealed class DistrictOffice : IAsyncDisposable
{
    private readonly Databases database;

    private DistrictOffice(Databases database, Office office, DemoClock clock)
    {
        (this.database, Office, Clock) = (database, office, clock);
    }

    public Office Office { get; }

    /// <summary>The district's time; it stands where it is set.</summary>
    public DemoClock Clock { get; }

    public DateOnly Today => ChinaClock.ToChinaDate(Clock.GetUtcNow().UtcDateTime);

    /// <param name="kind">Which database.</param>
    /// <param name="at">China time; null for the time of the demonstration.</param>
    /// <param name="also">What else the office needs.</param>
    public static async Task<DistrictOffice> Open(DatabaseKind kind = DatabaseKind.Sqlite, string? at = null, Action<IServiceCollection>? also = null)
    {
        var database = await Databases.Fresh(kind);
        var files = new DemoFiles(Manifests.Path("demo"));
        var start = at is null ? files.Outline.Clock.UtcDateTime : new HandTime(at).GetUtcNow().UtcDateTime;
        var clock = new DemoClock(new HandTime("2026-01-01 00:00", timers: true), start);
        var office = new Office(database: database, also: services =>
        {
            services.AddSingleton(files).AddSingleton(clock).AddSingleton(new ChinaClock(clock)).AddSingleton<DemoDistrict>();
            also?.Invoke(services);
        });
        await office.Services.GetRequiredService<DemoDistrict>().Load(start, CancellationToken.None);
        return new DistrictOffice(database, office, clock);
    }

    /// <summary>A second instance of the service over the same database and the same time.</summary>
    public Office Beside(Action<IServiceCollection>? also = null) => new(database: database, also: services =>
    {
        services.AddSingleton(new ChinaClock(Clock));
        also?.Invoke(services);
    });

    /// <summary>All that the books say, in one piece.</summary>
    public async Task<Facts> Facts(DateOnly since)
    {
        await using var scope = Office.Services.CreateAsyncScope();
        var whole = new Facts();
        await foreach (var some in scope.ServiceProvider.GetRequiredService<Books>().Read(Today, since, Office.Rules.HighFrequencyVisits.Value, CancellationToken.None))
        {
            whole = some.Tasks.Count > 0
                ? whole with { Tasks = [.. whole.Tasks, .. some.Tasks] }
                : some with { Tasks = whole.Tasks };
        }

        return whole;
    }

    public async ValueTask DisposeAsync()
    {
        Office.Dispose();
        await database.DisposeAsync();
    }
}
