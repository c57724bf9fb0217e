using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Inspections;
using Bot.Domain.Observations;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Results;

/// <summary>What is missing or cannot be true in a task's record (J35): a pure function of the record.</summary>
public static class RecordGaps
{
    public static IReadOnlyList<string> Of(InspectionTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var gaps = new List<string>();
        DateOnly? scanned = task.ScannedInAt is { } at ? ChinaClock.ToChinaDate(at) : null;
        if (task.Stage.IsDone() && scanned is null && task.NoScanReason is null)
            gaps.Add("没有扫码，也没有未扫码原因");
        if (task.NoScanReason is not null && string.IsNullOrWhiteSpace(task.RecorderNumber))
            gaps.Add("有未扫码原因，没有执法记录仪编号");
        if (scanned > task.ResultEnteredOn)
            gaps.Add($"扫码时间（{ChineseDates.Short(scanned.Value)}）晚于结果回填（{ChineseDates.Short(task.ResultEnteredOn!.Value)}）");
        if (scanned > task.CompletedOn)
            gaps.Add($"扫码时间（{ChineseDates.Short(scanned.Value)}）晚于检查结束（{ChineseDates.Short(task.CompletedOn!.Value)}）");
        if (task.ResultEnteredOn < task.CompletedOn)
            gaps.Add("结果回填早于检查结束");
        if (task.PublishedOn < task.ResultEnteredOn)
            gaps.Add("公示早于结果回填");
        if (task.ResultEnteredOn is not null && string.IsNullOrWhiteSpace(task.Result))
            gaps.Add("回填了日期，没有写结果");
        return gaps;
    }
}

/// <summary>The contradictory or incomplete records of the asker's unit, of all units for the justice bureau (J35).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor)]
public sealed record TasksWithGaps(Actor By) : IQuery<IReadOnlyList<TaskGaps>>;

public sealed record TaskGaps(string TaskId, string UnitId, IReadOnlyList<string> Gaps);

/// <summary>What the justice bureau watches about each unit's use of its powers (S30).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record UseOfPowers(Actor By, DateOnly From, DateOnly To) : IQuery<IReadOnlyList<PowersUsed>>;

/// <param name="UnitId">The unit.</param>
/// <param name="Done">Visits that ended in the period.</param>
/// <param name="CertificateNotShown">Observers saw that no certificate was shown.</param>
/// <param name="NotScanned">Closed with no time of a scan, reason given or not.</param>
/// <param name="Triggered">Begun by a complaint, an anomaly and the like, outside the plan.</param>
/// <param name="MinorPunished">Minor matters that were punished all the same.</param>
public sealed record PowersUsed(string UnitId, int Done, int CertificateNotShown, int NotScanned, int Triggered, int MinorPunished);

internal sealed class RecordGapsHandler(ISupervisionDb db) : IRequestHandler<TasksWithGaps, IReadOnlyList<TaskGaps>>, IRequestHandler<UseOfPowers, IReadOnlyList<PowersUsed>>
{
    private static readonly FormAnswer CertificatesNotShown = new(Observation.CertificatesShown, FormQuestion.No);

    public async Task<IReadOnlyList<TaskGaps>> Handle(TasksWithGaps query, CancellationToken cancellationToken)
    {
        var unit = query.By.Role == ActorRole.Supervisor ? null : query.By.UnitId ?? "";
        var tasks = await db.Tasks
            .Where(t => (unit == null || t.UnitId == unit) && (t.ScannedInAt != null || t.NoScanReason != null || t.CompletedOn != null))
            .OrderBy(t => t.Id)
            .ToListAsync(cancellationToken);
        return [.. tasks.Select(t => new TaskGaps(t.Id, t.UnitId, RecordGaps.Of(t))).Where(t => t.Gaps.Count > 0)];
    }

    public async Task<IReadOnlyList<PowersUsed>> Handle(UseOfPowers query, CancellationToken cancellationToken)
    {
        var done = await db.Tasks.Where(t => t.CompletedOn >= query.From && t.CompletedOn <= query.To).ToListAsync(cancellationToken);
        var ids = done.ConvertAll(t => t.Id);
        var punished = await db.Results.Where(r => ids.Contains(r.TaskId) && r.Minor && r.Penalty && !r.AwaitsLeader).Select(r => r.TaskId).ToListAsync(cancellationToken);
        var observed = await db.Observations.Where(o => o.TaskId != null && ids.Contains(o.TaskId)).ToListAsync(cancellationToken);
        return
        [
            .. done.GroupBy(t => t.UnitId).OrderBy(unit => unit.Key, StringComparer.Ordinal).Select(unit => new PowersUsed(
                unit.Key,
                unit.Count(),
                observed.Count(o => o.Read().Contains(CertificatesNotShown) && unit.Any(t => t.Id == o.TaskId)),
                unit.Count(t => t.ScannedInAt is null),
                unit.Count(t => t.Ground.NeedsPromptness()),
                unit.Count(t => punished.Contains(t.Id)))),
        ];
    }
}
