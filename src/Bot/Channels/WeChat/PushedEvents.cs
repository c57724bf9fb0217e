using Bot.Domain.Calendar;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Turns;

namespace Bot.Channels.WeChat;

/// <summary>What is pushed without being said: reports of the platform, and people who leave. Done twice, it ends the same.</summary>
internal sealed class PushedEvents(TakeLeave takeLeave, Transactions transactions, Ticking ticking, ChinaClock clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(72);

    /// <summary>On what was sent, or on what people let us send.</summary>
    public Task Report(Push push, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The person left: the platform demands that their data goes with them (A5). Whoever has come back meanwhile does not lose it to the same event
    /// delivered again; it is remembered by what it said, which leads to nobody.
    /// </summary>
    public async Task Left(Push push, CancellationToken cancellationToken)
    {
        var key = "left" + push.Key[push.From.Length..];
        if (await transactions.Read((rows, token) => rows.Seen(Meanings.Channel, key, token), cancellationToken) is not null)
            return;
        await takeLeave.Take(
            Meanings.AddressOf(push),
            async (rows, token) =>
            {
                if (await rows.Seen(Meanings.Channel, key, token) is null)
                    await rows.RememberSeen(Meanings.Channel, key, "[]", clock.UtcNow + Remembered, token);
            },
            cancellationToken);
        ticking.Nudge();
    }
}
