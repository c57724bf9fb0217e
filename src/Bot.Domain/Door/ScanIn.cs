using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Door;

/// <summary>扫码入企: one of the inspectors registers at the door, on the day, that the visit begins; the enterprise is told at once who has come (J30). An urgent one begins with this (J12).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record ScanIn(Actor By, string TaskId) : ICommand<ScannedIn>;

/// <param name="TaskId">The inspection.</param>
/// <param name="At">China civil time.</param>
/// <param name="Told">How many contacts of the enterprise were told.</param>
/// <param name="ResultDue">By when the result is to be entered, if the visit ends today (J37).</param>
public sealed record ScannedIn(string TaskId, DateTime At, int Told, DateOnly ResultDue) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

/// <summary>Why a visit began without a scan: the three that the paper knows (J31).</summary>
public enum NoScanReason
{
    /// <summary>未申领执照.</summary>
    NoLicence,

    /// <summary>现场看不到执照.</summary>
    LicenceNotSeen,

    /// <summary>当事人拒不配合.</summary>
    Refused,
}

/// <summary>没有扫码的: the reason and the number of the body camera that recorded the visit (J31). May be noted afterwards, never before.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record RecordNoScan(Actor By, string TaskId, NoScanReason Reason, string RecorderNumber) : ICommand<NoScanRecorded>;

/// <param name="TaskId">The inspection.</param>
/// <param name="Reason">In words.</param>
/// <param name="RecorderNumber">The body camera's.</param>
/// <param name="At">China civil time.</param>
/// <param name="ResultDue">By when the result is to be entered (J37).</param>
public sealed record NoScanRecorded(string TaskId, string Reason, string RecorderNumber, DateTime At, DateOnly ResultDue) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

public static class NoScanReasons
{
    public static string Name(this NoScanReason reason) => reason switch
    {
        NoScanReason.NoLicence => "未申领执照",
        NoScanReason.LicenceNotSeen => "现场看不到执照",
        _ => "当事人拒不配合",
    };
}

internal sealed class ScanInHandler(Arrivals arrivals, TaskDeadlines deadlines, ChinaClock clock) :
    IRequestHandler<ScanIn, ScannedIn>,
    IRequestHandler<RecordNoScan, NoScanRecorded>
{
    private const int LongestNumber = 40;

    private static readonly Rule OneOfThree = new("未扫码的原因只有三种：未申领执照、现场看不到执照、当事人拒不配合。请选一种。", "J31");
    private static readonly Rule WithRecorder = new("没有扫码的，请登记执法记录仪编号。", "J31");

    public async Task<ScannedIn> Handle(ScanIn command, CancellationToken cancellationToken)
    {
        var task = await arrivals.OfTeam(command.By, command.TaskId, cancellationToken);
        var told = await arrivals.ScanIn(task, cancellationToken);
        var due = await deadlines.ResultDue(task.Id, cancellationToken);
        return new ScannedIn(task.Id, clock.LocalNow, told, due);
    }

    public async Task<NoScanRecorded> Handle(RecordNoScan command, CancellationToken cancellationToken)
    {
        OneOfThree.Require(Enum.IsDefined(command.Reason));
        var recorder = command.RecorderNumber.Trim();
        WithRecorder.Require(recorder.Length is > 0 and <= LongestNumber, recorder.Length == 0 ? WithRecorder.Sentence : $"执法记录仪编号最多{LongestNumber}个字，请核对。");
        var task = await arrivals.OfTeam(command.By, command.TaskId, cancellationToken);
        await arrivals.RequireReady(task, afterwardsToo: true, cancellationToken);
        await arrivals.RequireTeam(task, cancellationToken);
        task.BeginWithoutScan(command.Reason.Name(), recorder, clock.UtcNow);
        await deadlines.OpenResult(task, task.ScheduledOn, cancellationToken);
        return new NoScanRecorded(task.Id, command.Reason.Name(), recorder, clock.LocalNow, await deadlines.ResultDue(task.Id, cancellationToken));
    }
}

/// <summary>The tasks that the asking inspector may begin today, or has begun and not finished.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record TasksAtTheDoor(Actor By) : IQuery<IReadOnlyList<DoorTask>>;

/// <param name="TaskId">The inspection.</param>
/// <param name="EnterpriseName">Where.</param>
/// <param name="On">The day it is registered for.</param>
/// <param name="HalfDay">上午 or 下午, or empty.</param>
/// <param name="Begun">Scanned in already, or the reason recorded.</param>
public sealed record DoorTask(string TaskId, string EnterpriseName, DateOnly On, string HalfDay, bool Begun);

internal sealed class TasksAtTheDoorHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<TasksAtTheDoor, IReadOnlyList<DoorTask>>
{
    public async Task<IReadOnlyList<DoorTask>> Handle(TasksAtTheDoor query, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var tasks = await db.Tasks.Where(t => t.ScheduledOn == today || t.Stage == InspectionStage.UnderWay).OrderBy(t => t.Id).ToListAsync(cancellationToken);
        var own = tasks.FindAll(t => t.InspectorIds.Contains(query.By.PersonId!) && (Arrivals.IsReady(t) || t.Stage == InspectionStage.UnderWay));
        var ids = own.ConvertAll(t => t.EnterpriseId);
        var names = await db.Enterprises.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        return [.. own.Select(t => new DoorTask(t.Id, names[t.EnterpriseId], t.ScheduledOn, t.HalfDay, t.Stage == InspectionStage.UnderWay))];
    }
}
