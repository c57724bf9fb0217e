using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bot.Channels.Callbacks;
using Bot.Domain.Commands;
using Bot.Emulators.Tencent;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat;
using Bot.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.Surviving;

/// <summary>
/// Moves the clock of platform and service as fast as the machine allows: a tenth of a second each time every instance has answered a request and got
/// through its queues, every push has been taken in, and the platform has answered what it was called for. So a slow machine makes nobody late; only <see cref="HoldUp"/> does.
/// </summary>
internal sealed class HurriedClock : IAsyncDisposable
{
    private const int Keys = 32;

    /// <summary>While the queues stand still nothing else says that the instance has done what the hour asks of it: a crowd's answers of the fourth second.</summary>
    private const int RequestsWhileHeld = 8;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    /// <summary>Of real time: a push that has not come by then was lost on a connection that was cut.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(300);

    private readonly HandTime time;
    private readonly IReadOnlyList<RunningBot> bots;
    private readonly Platform platform;
    private readonly CancellationTokenSource ending = new();
    private readonly Func<RunningBot, CallbackFigures> figuresOf;
    private readonly HashSet<RunningBot> known = [];
    private readonly ConcurrentDictionary<Instrument, bool> pushes = [];
    private readonly MeterListener listener = new();
    private readonly Task running;
    private int taken;
    private int lost;
    private TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HurriedClock(HandTime time, IReadOnlyList<RunningBot> bots, Platform platform, Func<RunningBot, CallbackFigures> figuresOf)
    {
        (this.time, this.bots, this.platform, this.figuresOf) = (time, bots, platform, figuresOf);
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Name.EndsWith("_pushes_total", StringComparison.Ordinal))
                it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) =>
        {
            if (pushes.ContainsKey(instrument))
                Interlocked.Increment(ref taken);
        });
        listener.Start();
        running = Task.Run(Run);
    }

    /// <summary>The databases of all instances stand still, and do so for this long after <paramref name="meanwhile"/> has begun.</summary>
    public async Task HoldUp(TimeSpan howLong, Action meanwhile)
    {
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        held.SetResult();
        var pieces = bots.SelectMany(bot => Enumerable.Range(0, Keys).Select(key => Queue(bot, $"hold {bot.Address.Port} {key}", free.Task))).ToArray();
        await Passes(3 * Beat);
        meanwhile();
        await Passes(howLong);
        held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        free.SetResult();
        await Task.WhenAll(pieces);
    }

    private int Missing => platform.PushesSent - Volatile.Read(ref taken);

    public Task Passes(TimeSpan howLong) => Task.Delay(howLong, time);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
        listener.Dispose();
    }

    private async Task Run()
    {
        while (!ending.IsCancellationRequested)
        {
            foreach (var bot in bots.Where(known.Add))
                pushes[figuresOf(bot).Pushes] = true;
            await EveryPushHasCome();
            await Task.WhenAll(bots.Select(Turn));
            await FollowedBot.Until(() => !platform.IsAtWork);
            time.Advance(Beat);
        }
    }

    /// <summary>A push that is still on its way to one instance while seconds pass would come after what another instance was sent later.</summary>
    private async Task EveryPushHasCome()
    {
        var since = Stopwatch.GetTimestamp();
        while (Missing > lost && Stopwatch.GetElapsedTime(since) < OnItsWay)
            await Task.Delay(1);
        lost = Missing;
    }

    private async Task Turn(RunningBot bot)
    {
        for (var i = 0; i < (held.Task.IsCompleted ? RequestsWhileHeld : 1); i++)
        {
            using var answer = await bot.Client.GetAsync(new Uri("health/live", UriKind.Relative));
        }

        if (!held.Task.IsCompleted)
            await Task.WhenAny(Task.WhenAll(Enumerable.Range(0, Keys / 4).Select(key => Queue(bot, $"pace {key}", Task.CompletedTask))), held.Task).Unwrap();
    }

    /// <summary>It looks at the tables that every turn needs, so that it waits for whoever holds one of them.</summary>
    private static Task<int> Queue(RunningBot bot, string key, Task until) => bot.Services.GetRequiredService<Transactions>().Run(
        key,
        async (work, token) =>
        {
            await work.Rows.Arrival(new Address("nowhere", key), key, token);
            await until;
            return 0;
        },
        CancellationToken.None);
}
