namespace Bot.Demo;

/// <summary>The district is there before anybody can ask for it, and its time is kept when the service stops.</summary>
internal sealed class DemoOpening(DemoDistrict district) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => district.Open(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => district.KeepTime(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
