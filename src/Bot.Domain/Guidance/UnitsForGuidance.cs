using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>The units that may be asked, those that enterprises ask most first.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record UnitsForGuidance(Actor By) : IQuery<IReadOnlyList<UnitChoice>>;

public sealed record UnitChoice(string Id, string Name, string Field);

internal sealed class UnitsForGuidanceHandler(KnownUnits known, Lazy<ISupervisionDb> db) : IRequestHandler<UnitsForGuidance, IReadOnlyList<UnitChoice>>
{
    /// <summary>The lines of work that enterprises ask about most, for the order of a list only.</summary>
    private static readonly string[] AskedMost = ["应急管理", "生态环境", "市场监管", "消防救援"];

    public async Task<IReadOnlyList<UnitChoice>> Handle(UnitsForGuidance query, CancellationToken cancellationToken)
    {
        var read = known.Read();
        if (read.Units is { } units)
            return units;
        var stored = await db.Value.Units.OrderBy(u => u.Id).Select(u => new UnitChoice(u.Id, u.Name, u.Field)).ToListAsync(cancellationToken);
        units = [.. stored.OrderBy(unit => Array.IndexOf(AskedMost, unit.Field) is var place && place < 0 ? AskedMost.Length : place)];
        known.Keep(units, read.Version);
        return units;
    }
}

/// <summary>
/// The units as last read. Every turn of a conversation looks at them again and they change with an import only; what another process changed is
/// seen a few seconds later.
/// </summary>
public sealed class KnownUnits(TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    private readonly Lock one = new();
    private IReadOnlyList<UnitChoice>? units;
    private long readAt;
    private int version;

    /// <summary>A unit was changed here; what is being read at this moment is not kept.</summary>
    public void Forget()
    {
        lock (one)
            (units, version) = (null, version + 1);
    }

    internal (IReadOnlyList<UnitChoice>? Units, int Version) Read()
    {
        lock (one)
            return (units is not null && time.GetElapsedTime(readAt) < GoodFor ? units : null, version);
    }

    internal void Keep(IReadOnlyList<UnitChoice> read, int readVersion)
    {
        lock (one)
        {
            if (readVersion == version)
                (units, readAt) = (read, time.GetTimestamp());
        }
    }
}
