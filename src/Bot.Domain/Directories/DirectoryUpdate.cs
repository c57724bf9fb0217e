using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Directories;

/// <summary>两库: the inspectors' and the entities' directory (D09).</summary>
public enum DirectoryKind
{
    Inspectors,
    Entities,
}

/// <summary>When a unit's part of a directory was last brought up to date; the entities' directory is the district's and has no unit (D09).</summary>
public sealed class DirectoryUpdate
{
    /// <summary>In place of a unit, for the directory of the whole district.</summary>
    public const string WholeDistrict = "";

    private DirectoryUpdate()
    {
    }

    public DirectoryUpdate(DirectoryKind directory, string unitId, DateOnly on)
    {
        (Directory, UnitId, LastOn) = (directory, unitId, on);
    }

    public DirectoryKind Directory { get; private set; }
    public string UnitId { get; private set; } = "";
    public DateOnly LastOn { get; private set; }

    public void Again(DateOnly on) => LastOn = on;
}

/// <summary>The unit has looked its directory of inspectors through and it is right as it stands (D09).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record ConfirmDirectory(Actor By) : ICommand<DirectoryConfirmed>;

/// <param name="UnitId">Whose directory.</param>
/// <param name="Inspectors">How many stand in it.</param>
public sealed record DirectoryConfirmed(string UnitId, int Inspectors) : IReceipt
{
    string IReceipt.Subject => UnitId;
}

internal sealed class ConfirmDirectoryHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<ConfirmDirectory, DirectoryConfirmed>
{
    public async Task<DirectoryConfirmed> Handle(ConfirmDirectory command, CancellationToken cancellationToken)
    {
        var unit = command.By.UnitId!;
        var update = await db.DirectoryUpdates.FirstOrDefaultAsync(u => u.Directory == DirectoryKind.Inspectors && u.UnitId == unit, cancellationToken);
        if (update is null)
            db.DirectoryUpdates.Add(new DirectoryUpdate(DirectoryKind.Inspectors, unit, clock.Today));
        else
            update.Again(clock.Today);
        return new DirectoryConfirmed(unit, await db.People.CountAsync(p => p.UnitId == unit && p.Role == ActorRole.Inspector, cancellationToken));
    }
}
