using Bot.Emulators.Tencent;

namespace Bot.Tests.Channels.Surviving;

/// <summary>A crowd talks, each when what was said before is answered, and now and then the databases of all instances stand still.</summary>
internal sealed class Storms(HurriedClock clock, CallbackLine callback, bool severalInstances, Random random) : IDisposable
{
    private SemaphoreSlim progress = new(0);
    private int onTheWay;
    private volatile bool raging;
    private volatile TaskCompletionSource? silence;

    /// <summary>Just now the databases stand still, or are about to.</summary>
    public bool Raging => raging;

    /// <summary>Somebody got an answer, or waits for it no longer.</summary>
    public void Answered() => progress.Release();

    /// <summary>Storms come up evenly between the answers; what is to happen <paramref name="meanwhile"/> happens with the first.</summary>
    public async Task Over(Func<Task> talk, int answers, int storms, Func<Task> meanwhile)
    {
        progress.Dispose();
        progress = new SemaphoreSlim(0);
        var talking = talk();
        for (var storm = 0; storm < storms; storm++)
        {
            for (var i = 0; i < answers / (storms + 1); i++)
                await Task.WhenAny(progress.WaitAsync(TestContext.Current.CancellationToken), talking);
            var owing = storm == 0 ? meanwhile() : Task.CompletedTask;
            await Come(longer: storm == 1);
            await owing;
        }

        await talking;
    }

    /// <summary>When a storm comes up, everybody waits for it and then speaks at once.</summary>
    public async Task<Delivery> Say(Func<Task<Delivery>> say)
    {
        while (true)
        {
            Interlocked.Increment(ref onTheWay);
            if (silence is not { Task.IsCompleted: false } until)
                break;
            Interlocked.Decrement(ref onTheWay);
            await until.Task;
        }

        try
        {
            return await say();
        }
        finally
        {
            Interlocked.Decrement(ref onTheWay);
        }
    }

    public void Dispose() => progress.Dispose();

    /// <summary>
    /// The databases stand still. Longer than the platform's patience only while it cuts no connections: of three deliveries, two cut and one too slow
    /// leave a service nothing to be answered on. Nor are copies sent to another instance meanwhile: whether a platform that is told success by one
    /// and the reply by the other shows it, nobody knows.
    /// </summary>
    private async Task Come(bool longer)
    {
        var (copies, cuts, halves, lost) = (callback.Copies, callback.Cuts, callback.HalfRequests, callback.LostAnswers);
        if (longer)
            (callback.Cuts, callback.HalfRequests, callback.LostAnswers) = (0, 0, 0);
        if (severalInstances)
            callback.Copies = 0;
        raging = true;
        var quiet = silence = new(TaskCreationOptions.RunContinuationsAsynchronously);
        while (Volatile.Read(ref onTheWay) > 0)
            await clock.Passes(TimeSpan.FromSeconds(0.1));
        await clock.HoldUp(TimeSpan.FromSeconds(longer ? 6 + 3 * random.NextDouble() : 4.2 + 0.5 * random.NextDouble()), quiet.SetResult);
        await clock.Passes(TimeSpan.FromSeconds(0.3));
        raging = false;
        (callback.Copies, callback.Cuts, callback.HalfRequests, callback.LostAnswers) = (copies, cuts, halves, lost);
    }
}
