using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using MediatR;

namespace Bot.Domain.SpotChecks;

/// <summary>办结抽查: by which means, and what was found (S04). Where something was wrong it becomes a clue.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record CloseSpotCheck(Actor By, string SpotCheckId, IReadOnlyList<SpotCheckMeans> Means, [property: AtMost(2000)] string Findings, bool FoundProblems, IReadOnlyList<string> FileIds) : ICommand<SpotCheckClosed>;

/// <param name="SpotCheckId">Q26-1.</param>
/// <param name="Closed">How many of the quarter are closed now.</param>
/// <param name="Needed">How many are owed.</param>
/// <param name="ClueId">The clue that follows from it.</param>
public sealed record SpotCheckClosed(string SpotCheckId, int Closed, int Needed, string? ClueId) : IReceipt
{
    string IReceipt.Subject => SpotCheckId;
}

internal sealed class CloseSpotCheckHandler(SpotCheckBook book, ClueDesk clues, ChinaClock clock) : IRequestHandler<CloseSpotCheck, SpotCheckClosed>
{
    public async Task<SpotCheckClosed> Handle(CloseSpotCheck command, CancellationToken cancellationToken)
    {
        var check = await book.Named(command.SpotCheckId, cancellationToken);
        check.Close(command.Means, command.Findings, command.FoundProblems, command.FileIds, clock.Today);
        var quarter = Quarter.Of(check.BegunOn);
        var checks = await book.Of(quarter, cancellationToken);
        await book.Count(quarter, checks, cancellationToken);
        var clue = check.FoundProblems
            ? (await clues.Take([new Finding(ClueKind.FromSpotCheck, check.UnitId, check.Id, clock.Today, $"{quarter.Name}抽查{check.Number}：{check.Findings}") { Matter = check.Id }], cancellationToken))[0]
            : null;
        return new SpotCheckClosed(check.Id, checks.Count(one => one.State == SpotCheckState.Closed), book.Needed((await book.Units(cancellationToken)).Count), clue?.Id);
    }
}
