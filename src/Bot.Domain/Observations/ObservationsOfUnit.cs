using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Observations;

/// <summary>What was observed at a unit, in sums only: no observer, no inspection, no words (C29).</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record ObservationsOfUnit(Actor By, string UnitId) : IQuery<ObservationSums>;

/// <param name="Count">How many observations there are.</param>
/// <param name="ShownFrom">From how many on the sums are shown; as for ratings, few would point at one observer.</param>
/// <param name="Sums">For each question how often it was answered yes and no; empty while there are too few.</param>
public sealed record ObservationSums(int Count, int ShownFrom, IReadOnlyList<ObservationSum> Sums);

public sealed record ObservationSum(string Question, int Yes, int No);

internal sealed class ObservationsOfUnitHandler(ISupervisionDb db, RulePack rules) : IRequestHandler<ObservationsOfUnit, ObservationSums>
{
    private static readonly Rule OwnUnit = new("只能查看本单位的观察汇总。", "D15") { Boundary = true };

    public async Task<ObservationSums> Handle(ObservationsOfUnit query, CancellationToken cancellationToken)
    {
        OwnUnit.Require(query.By.Role == ActorRole.Supervisor || query.By.UnitId == query.UnitId);
        var all = (await db.Observations.Where(o => o.UnitId == query.UnitId).ToListAsync(cancellationToken)).ConvertAll(o => o.Answers);
        var from = rules.RatingsShownFrom.Value;
        return new ObservationSums(
            all.Count,
            from,
            all.Count < from ? [] : [.. Observation.Questions.Select((question, i) => new ObservationSum(question, Times(all, i, Seen.Yes), Times(all, i, Seen.No)))]);
    }

    private static int Times(List<List<string>> answers, int question, Seen seen) => answers.Count(given => given[question] == seen.ToString());
}
