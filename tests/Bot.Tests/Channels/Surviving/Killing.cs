using Bot.Emulators.Tencent;
using Bot.Tests.Turns;

namespace Bot.Tests.Channels.Surviving;

/// <summary>The service dies in the middle of a crowd's talk and is started again; the platform delivers again what was not answered (channels A7).</summary>
internal static class Killing
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private const int Kills = 4;

    /// <summary><paramref name="talk"/> is given what to call whenever somebody has got an answer. Gives the numbers of answers after which it was killed.</summary>
    public static async Task<IReadOnlyList<int>> Amid(RunningService service, CallbackLine callback, string route, int answers, Random random, Func<Action, Task> talk)
    {
        await service.Start();
        callback.SendTo(new Uri(service.Url, route));
        callback.BeforeRepeat = () => service.Ready.WaitAsync(Patience, TestContext.Current.CancellationToken);
        callback.Copies = 1;
        var killAt = Enumerable.Range(0, Kills).Select(kill => answers * (kill + 1) / (Kills + 1) + random.Next(-6, 6)).ToArray();
        using var deadly = new SemaphoreSlim(0);
        var answered = 0;
        var everybody = talk(() =>
        {
            if (killAt.Contains(Interlocked.Increment(ref answered)))
                deadly.Release();
        });
        foreach (var _ in killAt)
        {
            await Task.WhenAny(deadly.WaitAsync(TestContext.Current.CancellationToken), everybody);
            await service.Kill();
            await service.Start();
        }

        await everybody;
        return killAt;
    }
}
