using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Bot.Outbox;
using Bot.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Scheduling;

/// <summary>Everything that becomes due by the passing of time: reminders and escalations, notices to send, what is to be forgotten.</summary>
public sealed class DueWork(Transactions transactions, Deliver deliver, Forgetting forgetting, DailySweep dailySweep, RulePack rules, IServiceScopeFactory scopes, ChinaClock clock) : IDisposable
{
    private const int MostInstants = 20_000;

    /// <summary>A hundred thousand notices do not keep reminders, and what is to be forgotten, waiting until the last of them is out.</summary>
    private const int MostRounds = 20;

    private readonly SemaphoreSlim one = new(1);

    /// <summary>
    /// Does what is due at this moment and gives whether more is. Forgetting comes first: what was promised to be forgotten must not wait for the
    /// rest to work (W28).
    /// </summary>
    public async Task<bool> Run(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            await forgetting.Run(cancellationToken);
            return await Now(MostRounds, cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Makes the daily round, then does what is due.</summary>
    public async Task RunDaily(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            await dailySweep.Run(cancellationToken);
            await Now(MostRounds, cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>When the daily round is made (UTC): when the night's rest ends, so that what it finds is in the morning's list.</summary>
    public DateTime NextDaily(DateTime after)
    {
        var day = ChinaClock.ToChinaDate(after);
        var at = ChinaClock.ToUtc(day, rules.NightRest.To);
        return at > after ? at : ChinaClock.ToUtc(day.AddDays(1), rules.NightRest.To);
    }

    /// <summary>
    /// Moves a clock from now to <paramref name="until"/> (UTC) through every instant at which something is due, so that what would have happened
    /// one thing after another does so, each in its own words; the daily rounds on the way are made too.
    /// </summary>
    public async Task RunUntil(DateTime until, Action<DateTime> moveClock, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            await Now(int.MaxValue, cancellationToken);
            var at = clock.UtcNow;
            for (var i = 0; i < MostInstants; i++)
            {
                var daily = NextDaily(at);
                var next = await Next(at, cancellationToken) is { } due && due < daily ? due : daily;
                if (next > until)
                    break;
                moveClock(at = next);
                if (next == daily)
                    await dailySweep.Run(cancellationToken);
                await Now(int.MaxValue, cancellationToken);
            }

            moveClock(until);
            await Now(int.MaxValue, cancellationToken);
            await forgetting.Run(cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<bool> Now(int mostRounds, CancellationToken cancellationToken)
    {
        while (await Sweep(cancellationToken) > 0)
        {
        }

        for (var round = 0; round < mostRounds; round++)
        {
            if (await deliver.Round(cancellationToken) == 0)
                return false;
        }

        return true;
    }

    /// <summary>By a key of its own: reminders do not wait until another instance has made its way through the books.</summary>
    private Task<int> Sweep(CancellationToken cancellationToken) => transactions.Run(
        "due steps",
        async (work, token) => (await work.Services.GetRequiredService<IMediator>().Send(new TakeDueSteps(Actor.Service), token)).Count,
        cancellationToken);

    private async Task<DateTime?> Next(DateTime after, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupervisionDb>();
        var step = await db.Deadlines.Where(d => d.NextStepAt > after).MinAsync(d => d.NextStepAt, cancellationToken);
        var notice = await db.Notices.Where(n => n.State == NoticeState.Owed && n.NextAttemptAt > after).MinAsync(n => (DateTime?)n.NextAttemptAt, cancellationToken);
        return step is { } s && notice is { } n ? (s < n ? s : n) : step ?? notice;
    }
}
