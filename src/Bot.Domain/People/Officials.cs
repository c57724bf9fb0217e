using Bot.Domain.Commands;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>Whom a notice goes to on the officials' side, by id.</summary>
internal static class Officials
{
    /// <summary>Everybody of the justice bureau.</summary>
    public static Task<List<string>> Supervisors(this ISupervisionDb db, CancellationToken cancellationToken) =>
        db.People.Where(p => p.Role == ActorRole.Supervisor).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellationToken);

    /// <summary>A unit's people of one role.</summary>
    public static Task<List<string>> OfficialsOf(this ISupervisionDb db, string unitId, ActorRole role, CancellationToken cancellationToken) =>
        db.People.Where(p => p.UnitId == unitId && p.Role == role).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellationToken);

    /// <summary>Who answers for a unit: its leaders, then its liaisons.</summary>
    public static async Task<List<string>> LeadersAndLiaisonsOf(this ISupervisionDb db, string unitId, CancellationToken cancellationToken) =>
        [.. await db.OfficialsOf(unitId, ActorRole.UnitLeader, cancellationToken), .. await db.OfficialsOf(unitId, ActorRole.UnitLiaison, cancellationToken)];

    /// <summary>The people of one role in all units, by unit.</summary>
    public static async Task<ILookup<string, string>> OfficialsByUnit(this ISupervisionDb db, ActorRole role, CancellationToken cancellationToken) =>
        (await db.People.Where(p => p.Role == role && p.UnitId != null).OrderBy(p => p.Id).Select(p => new { p.Id, p.UnitId }).ToListAsync(cancellationToken)).ToLookup(p => p.UnitId!, p => p.Id, StringComparer.Ordinal);
}
