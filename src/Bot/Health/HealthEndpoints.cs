using System.Text.Json.Serialization;
using Bot.Storage;

namespace Bot.Health;

/// <summary>One thing the service needs, asked whether it is there.</summary>
public sealed record Dependency(string Name, Func<CancellationToken, Task> Ask)
{
    /// <summary>What an operator should look at although the service can work; null when there is nothing.</summary>
    public Func<string?> Remark { get; init; } = () => null;
}

public sealed record DependencyState(string Name, bool Ready, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Problem);

public sealed record Readiness(bool Ready, IReadOnlyList<DependencyState> Dependencies);

/// <summary>Liveness says that the process answers; readiness says whether it can work, and what is missing.</summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton(_ => new Figures(TimeProvider.System));
        services.AddSingleton(provider => new Dependency(
            "database",
            cancellationToken => provider.GetRequiredService<Transactions>().Read((rows, token) => rows.LastActivity("", token), cancellationToken)));
    }

    public static void MapHealth(this WebApplication app)
    {
        // Made at start, so that it hears every figure from the first on.
        app.Services.GetRequiredService<Figures>();
        app.MapGet("/health/live", () => Results.Text("ok")).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();
        app.MapGet("/metrics", (Figures figures) => Results.Text(figures.ToPrometheus(), "text/plain; version=0.0.4; charset=utf-8")).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(IEnumerable<Dependency> dependencies, CancellationToken cancellationToken)
    {
        var states = await Task.WhenAll(dependencies.Select(dependency => Ask(dependency, cancellationToken)));
        var ready = new Readiness(states.All(state => state.Ready), states);
        return Results.Json(ready, statusCode: ready.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<DependencyState> Ask(Dependency dependency, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await dependency.Ask(patience.Token).WaitAsync(patience.Token);
            return new DependencyState(dependency.Name, true, dependency.Remark());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DependencyState(dependency.Name, false, "没有及时回答");
        }
        catch (Exception absent) when (absent is System.Data.Common.DbException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            return new DependencyState(dependency.Name, false, absent.GetType().Name);
        }
    }
}
