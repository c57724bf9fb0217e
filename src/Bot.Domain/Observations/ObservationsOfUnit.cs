using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Observations;

/// <summary>What was observed at a unit, in sums only: no observer, no inspection, no words (C29).</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record ObservationsOfUnit(Actor By, string UnitId) : IQuery<ObservationSums>;

/// <param name="UnitName">The unit.</param>
/// <param name="Count">How many observations there are.</param>
/// <param name="ShownFrom">From how many on the sums are shown; as for ratings, few would point at one observer.</param>
/// <param name="Sums">For each question how often it was answered how; empty while there are too few.</param>
public sealed record ObservationSums(string UnitName, int Count, int ShownFrom, IReadOnlyList<QuestionSum> Sums);

internal sealed class ObservationsOfUnitHandler(ISupervisionDb db, FormBook forms, RulePack rules) : IRequestHandler<ObservationsOfUnit, ObservationSums>
{
    private static readonly Rule OwnUnit = new("只能查看本单位的观察汇总。", "D15") { Boundary = true };

    public async Task<ObservationSums> Handle(ObservationsOfUnit query, CancellationToken cancellationToken)
    {
        var unit = await db.Units.Where(u => u.Id == query.UnitId).Select(u => u.Name).FirstOrDefaultAsync(cancellationToken);
        OwnUnit.Require(unit is not null && (query.By.Role == ActorRole.Supervisor || query.By.UnitId == query.UnitId));
        var all = (await db.Observations.Where(o => o.UnitId == query.UnitId).ToListAsync(cancellationToken)).ConvertAll(o => o.Read());
        var from = rules.RatingsShownFrom.Value;
        return new ObservationSums(unit!, all.Count, from, all.Count < from ? [] : forms.Get(FormBook.Observation).Sums(all));
    }
}
