using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Door;

/// <summary>
/// 核验: an enterprise scans or types the code that the inspectors show. A command, because wrong codes are counted, and because with the right one
/// scanned by the inspected enterprise itself the visit begins as registered (J30): both sides were there.
/// </summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public)]
public sealed record CheckInspectionCode(Actor By, string Code) : ICommand<InspectionCodeChecked>;

/// <summary>What a shown code turned out to be.</summary>
public enum CodeFinding
{
    /// <summary>Wrong, replaced, or not of today, which is not told apart.</summary>
    Unusable,

    /// <summary>Of an inspection of the asking enterprise, today.</summary>
    OfThisEnterprise,

    /// <summary>Genuine, but of an inspection of somebody else: which, is not said.</summary>
    OfAnother,

    /// <summary>Genuine; whether it is for the asker is not known, because he speaks for no enterprise here.</summary>
    AskerUnbound,
}

/// <param name="Finding">What it is.</param>
/// <param name="Card">Who has come; null for a code of no use.</param>
public sealed record InspectionCodeChecked(CodeFinding Finding, DoorCard? Card) : IReceipt
{
    string IReceipt.Subject => Card?.TaskId ?? "";
}

/// <summary>Who stands at the door, and what for.</summary>
/// <param name="TaskId">Null unless it is the asking enterprise's own inspection.</param>
/// <param name="UnitId">Who inspects.</param>
/// <param name="UnitName">Its name.</param>
/// <param name="UnitPhone">To be called for certainty.</param>
/// <param name="JointUnits">Who comes along.</param>
/// <param name="People">Who may come, with their certificates.</param>
/// <param name="Items">What is looked at and on which basis; empty unless it is the asking enterprise's own.</param>
/// <param name="Urgent">Begun on the spot; approval is made up (J12).</param>
/// <param name="ScannedInAt">China civil time of the scan-in; null while it has not begun.</param>
/// <param name="NotBegunBecause">Why the visit must not begin, though the code is right.</param>
public sealed record DoorCard(
    string? TaskId,
    string UnitId,
    string UnitName,
    string UnitPhone,
    IReadOnlyList<string> JointUnits,
    IReadOnlyList<CertificateFinding> People,
    IReadOnlyList<DoorItem> Items,
    bool Urgent,
    DateTime? ScannedInAt,
    string? NotBegunBecause);

public sealed record DoorItem(string Name, string Basis);

internal sealed class CheckInspectionCodeHandler(ISupervisionDb db, Arrivals arrivals, ChinaClock clock) : IRequestHandler<CheckInspectionCode, InspectionCodeChecked>
{
    private const string Tried = "inspection";

    private static readonly Rule NotByTrying = new("检查码输错次数太多，请一小时后再试。可以直接报证号核验，或打给检查单位核实。", "S24");

    public async Task<InspectionCodeChecked> Handle(CheckInspectionCode command, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow;
        var tries = await WrongTries.Of(db, command.By.Address, Tried, cancellationToken);
        NotByTrying.Require(tries.HasRoom(now));
        if (await Find(command.Code, cancellationToken) is not { } task)
        {
            tries.Note(db, now);
            return new InspectionCodeChecked(CodeFinding.Unusable, null);
        }

        if (command.By.EnterpriseId is not { } own)
            return new InspectionCodeChecked(CodeFinding.AskerUnbound, await Card(task, isOwn: false, null, cancellationToken));
        if (own != task.EnterpriseId)
            return new InspectionCodeChecked(CodeFinding.OfAnother, await Card(task, isOwn: false, null, cancellationToken));
        return new InspectionCodeChecked(CodeFinding.OfThisEnterprise, await Card(task, isOwn: true, await Begin(task, cancellationToken), cancellationToken));
    }

    /// <summary>A code that was replaced is gone already; one of another day opens nothing, so that a surprise stays one (J19).</summary>
    private async Task<InspectionTask?> Find(string typed, CancellationToken cancellationToken)
    {
        var hash = InspectionCode.HashOf(typed);
        var code = await db.InspectionCodes.FirstOrDefaultAsync(c => c.Hash == hash, cancellationToken);
        var task = code is null ? null : await db.Tasks.FirstOrDefaultAsync(t => t.Id == code.TaskId, cancellationToken);
        var good = task is not null
            && (task.Stage == InspectionStage.UnderWay || (task.ScheduledOn == clock.Today && (Arrivals.IsReady(task) || task.Stage.IsDone())));
        return good ? task : null;
    }

    /// <summary>Null when the visit is under way or over; else why it must not begin. The enterprise has to know that, so it is no refusal of its question.</summary>
    private async Task<string?> Begin(InspectionTask task, CancellationToken cancellationToken)
    {
        if (!Arrivals.IsReady(task))
            return null;
        try
        {
            await arrivals.ScanIn(task, cancellationToken);
            return null;
        }
        catch (RuleBrokenException broken)
        {
            return broken.Message;
        }
    }

    private async Task<DoorCard> Card(InspectionTask task, bool isOwn, string? notBegunBecause, CancellationToken cancellationToken)
    {
        var unit = await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken);
        var joint = await db.Units.Where(u => task.JointUnitIds.Contains(u.Id)).OrderBy(u => u.Id).Select(u => u.Name).ToListAsync(cancellationToken);
        var team = await arrivals.TeamOf(task, cancellationToken);
        var items = isOwn
            ? await db.Items.Where(i => task.ItemIds.Contains(i.Id)).OrderBy(i => i.Id).Select(i => new DoorItem(i.Name, i.Basis)).ToListAsync(cancellationToken)
            : [];
        return new DoorCard(
            isOwn ? task.Id : null,
            unit.Id,
            unit.Name,
            unit.Phone,
            joint,
            [.. team.Select(person => Certificates.Of(person, unit, clock.Today))],
            items,
            task.Urgent,
            task.ScannedInAt is { } at ? ChinaClock.ToChina(at) : null,
            notBegunBecause);
    }
}
