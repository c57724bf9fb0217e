using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Duties;
using Bot.Domain.Figures;
using Bot.Domain.Forms;
using Bot.Domain.Knowledge;
using Bot.Domain.Merging;
using Bot.Domain.Observers;
using Bot.Domain.Plans;
using Bot.Domain.Results;
using Bot.Domain.SpotChecks;
using Bot.Domain.Sweep;
using Bot.Domain.Visits;
using Bot.Storage;
using MediatR;

namespace Bot.Scheduling;

/// <summary>
/// The daily round through the books. It reads outside of any transaction and writes a few matters at a time, so that nobody waits for it; several
/// instances may make it at once, the transaction's key lets one write after another and what was raised is not raised again.
/// </summary>
public sealed class DailySweep(Transactions transactions, IServiceScopeFactory scopes)
{
    private const string Key = "sweep";

    /// <summary>Gives how many matters were raised.</summary>
    public async Task<int> Run(CancellationToken cancellationToken)
    {
        while (await Send(new SettleByBooks(Actor.Service), cancellationToken) is { Count: > 0 })
        {
        }

        string? after = null;
        do
            after = (await Send(new MatchImported(Actor.Service, after), cancellationToken)).Next;
        while (after is not null);
        await Send(new AskForPlans(Actor.Service), cancellationToken);
        await Send(new TellOfAlarmingVisits(Actor.Service), cancellationToken);
        await Send(new WatchObservationPeriods(Actor.Service), cancellationToken);
        if (await Look(new DutiesToTell(Actor.Service), cancellationToken) is { } duties)
            await Send(new TellDutiesOfMonth(Actor.Service, duties), cancellationToken);
        await Send(new OfferObservations(Actor.Service), cancellationToken);
        await Send(new AskForSelfChecks(Actor.Service), cancellationToken);
        if (await Look(new FiguresToTell(Actor.Service), cancellationToken) is { } figures)
            await Send(new TellFiguresOfMonth(Actor.Service, figures), cancellationToken);
        await Send(new TellMonthlyCase(Actor.Service), cancellationToken);
        await Send(new RemindOfGuides(Actor.Service), cancellationToken);
        var raised = 0;
        await using var scope = scopes.CreateAsyncScope();
        await foreach (var matters in scope.ServiceProvider.GetRequiredService<DayRound>().Find(cancellationToken))
            raised += (await Send(new RaiseMatters(Actor.Service, matters), cancellationToken)).Count;
        await foreach (var findings in scope.ServiceProvider.GetRequiredService<ClueBooks>().Find(cancellationToken))
            await Send(new RecordClues(Actor.Service, findings), cancellationToken);
        await Send(new TellOfNewClues(Actor.Service), cancellationToken);
        await Send(new LookForCommonProblems(Actor.Service), cancellationToken);
        await Send(new TellMonthlyReview(Actor.Service), cancellationToken);
        await Send(new WatchSpotChecks(Actor.Service), cancellationToken);
        return raised;
    }

    private async Task<T> Look<T>(IQuery<T> query, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(query, cancellationToken);
    }

    private Task<T> Send<T>(IRequest<T> request, CancellationToken cancellationToken) => transactions.RunLong(
        Key,
        (work, token) => work.Services.GetRequiredService<IMediator>().Send(request, token),
        cancellationToken);
}
