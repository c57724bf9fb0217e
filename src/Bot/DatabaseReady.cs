using Bot.Dialogs.FrontDesk;
using Bot.Storage;

namespace Bot;

/// <summary>
/// Brings the database up to date before anything else of the service starts, and meanwhile gets ready what the first message would else wait
/// for: the model of the database and the understanding of Chinese.
/// </summary>
internal sealed class DatabaseReady(Schema schema, IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.WhenAll(
        schema.BringUpToDate(cancellationToken),
        Task.Run(() => services.GetRequiredService<Desk>(), cancellationToken),
        Task.Run(BuildModel, cancellationToken));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // What was only needed to get ready is given back to the machine; left alone, the process would keep it for hours.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void BuildModel()
    {
        using var scope = services.CreateScope();
        _ = scope.ServiceProvider.GetRequiredService<SupervisionDb>().Model;
    }
}
