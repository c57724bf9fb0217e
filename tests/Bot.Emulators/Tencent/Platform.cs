using System.Net;

namespace Bot.Emulators.Tencent;

/// <summary>What an emulated platform of either kind is made of: an address of its own, a clock, a book of all that happened, faults on demand.</summary>
public abstract class Platform : IAsyncDisposable
{
    private readonly HashSet<Task> background = [];
    private readonly CancellationTokenSource ending = new();
    private WebApplication? app;
    private long numbers;
    private int atWork;
    private int pushesSent;

    private protected Platform(TimeProvider? time, int seed, long firstNumber)
    {
        (Seed, numbers) = (seed, firstNumber);
        Time = time ?? TimeProvider.System;
        Book = new(Time);
        Faults = new(seed);
    }

    public TimeProvider Time { get; }

    public PlatformBook Book { get; }

    public Faults Faults { get; }

    /// <summary>What the service did that the platform's rules forbid.</summary>
    public IReadOnlyList<Violation> Violations => Book.Violations;

    /// <summary>The address for the service's setting ApiBase.</summary>
    public Uri ApiBase { get; private set; } = new("http://127.0.0.1");

    /// <summary>A call has come and its answer is not out, although nothing but the machine keeps it.</summary>
    public bool IsAtWork => Volatile.Read(ref atWork) > 0;

    /// <summary>How many pushes have been sent off whole, whatever became of them.</summary>
    public int PushesSent => Volatile.Read(ref pushesSent);

    internal Lock Gate { get; } = new();

    internal CancellationToken Ending => ending.Token;

    private protected int Seed { get; }

    /// <summary>A path before every address, as a private deployment behind a proxy may have it.</summary>
    private protected virtual string PathBefore => "";

    /// <summary>Called with the person whose screen has changed, or with none when all have.</summary>
    internal event Action<string?>? ScreenChanged;

    /// <summary>Waits until every push that the platform makes of its own accord has been delivered.</summary>
    public async Task Settled()
    {
        while (true)
        {
            Task[] open;
            lock (Gate)
                open = [.. background];
            if (open.Length == 0)
                return;
            await Task.WhenAll(open);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        if (app is not null)
            await app.DisposeAsync();
        ending.Dispose();
        GC.SuppressFinalize(this);
    }

    internal AtWork Works() => new(this, 1);

    internal long NextNumber() => Interlocked.Increment(ref numbers);

    internal void Changed(string? who) => ScreenChanged?.Invoke(who);

    internal abstract void ExpireTokens();

    internal abstract void InvalidateTokens();

    internal void InBackground(Func<Task> push)
    {
        var running = Task.Run(push);
        lock (Gate)
            background.Add(running);
        running.ContinueWith(
            done =>
            {
                lock (Gate)
                    background.Remove(done);
            },
            TaskScheduler.Default);
    }

    private protected async Task Listen(int port, Action<WebApplication> map, Action<WebApplication>? more, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (port == 0)
                kestrel.Listen(IPAddress.Loopback, port);
            else
                kestrel.ListenLocalhost(port);
            kestrel.Limits.MaxRequestBodySize = 32 * 1024 * 1024;
        });
        app = builder.Build();
        if (PathBefore.Length > 0)
            app.UsePathBase(PathBefore).UseRouting();
        map(app);
        more?.Invoke(app);
        await app.StartAsync(cancellationToken);
        ApiBase = new Uri(app.Urls.First() + PathBefore);
    }

    internal void CountPush() => Interlocked.Increment(ref pushesSent);

    /// <summary>Counts a call as under way until it is disposed, except while it rests because a test wants it slow.</summary>
    internal sealed class AtWork : IDisposable
    {
        private readonly Platform platform;
        private readonly int by;

        public AtWork(Platform platform, int by)
        {
            (this.platform, this.by) = (platform, by);
            Interlocked.Add(ref platform.atWork, by);
        }

        public IDisposable Rests() => new AtWork(platform, -1);

        public void Dispose() => Interlocked.Add(ref platform.atWork, -by);
    }
}
