using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Ratings;

/// <summary>How a unit is rated: its own people see their unit, the justice bureau any. Never who, never which inspection (W37).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record UnitRatings(Actor By, string UnitId) : IQuery<UnitRating>;

/// <param name="UnitId">The unit.</param>
/// <param name="Count">How many ratings there are.</param>
/// <param name="ShownFrom">From how many on the average is shown.</param>
/// <param name="Average">Null while there are too few: one rating would be one enterprise.</param>
public sealed record UnitRating(string UnitId, int Count, int ShownFrom, decimal? Average);

internal sealed class UnitRatingsHandler(ISupervisionDb db, RulePack rules) : IRequestHandler<UnitRatings, UnitRating>
{
    private static readonly Rule OwnUnit = new("只能查看本单位的评价汇总。", "D15") { Boundary = true };

    public async Task<UnitRating> Handle(UnitRatings query, CancellationToken cancellationToken)
    {
        OwnUnit.Require(query.By.Role == ActorRole.Supervisor || query.By.UnitId == query.UnitId);
        var given = db.Feedback.Where(f => f.UnitId == query.UnitId && f.Score != null);
        var (count, sum) = (await given.CountAsync(cancellationToken), await given.SumAsync(f => f.Score!.Value, cancellationToken));
        var from = rules.RatingsShownFrom.Value;
        return new UnitRating(query.UnitId, count, from, count >= from ? Math.Round((decimal)sum / count, 1) : null);
    }
}
