using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>The units that may be asked, those that enterprises ask most first.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record UnitsForGuidance(Actor By) : IQuery<IReadOnlyList<UnitChoice>>;

public sealed record UnitChoice(string Id, string Name, string Field);

internal sealed class UnitsForGuidanceHandler(ISupervisionDb db) : IRequestHandler<UnitsForGuidance, IReadOnlyList<UnitChoice>>
{
    /// <summary>The lines of work that enterprises ask about most, for the order of a list only.</summary>
    private static readonly string[] AskedMost = ["应急管理", "生态环境", "市场监管", "消防救援"];

    public async Task<IReadOnlyList<UnitChoice>> Handle(UnitsForGuidance query, CancellationToken cancellationToken)
    {
        var units = await db.Units.OrderBy(u => u.Id).Select(u => new UnitChoice(u.Id, u.Name, u.Field)).ToListAsync(cancellationToken);
        return [.. units.OrderBy(unit => Array.IndexOf(AskedMost, unit.Field) is var place && place < 0 ? AskedMost.Length : place)];
    }
}
