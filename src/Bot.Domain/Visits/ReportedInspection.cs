using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Visits;

/// <summary>
/// 入企检查报告: somebody says, or another platform's file says, that an enterprise was inspected. Where no task had been registered for it, the
/// inspection went past the platform (J01).
/// </summary>
public sealed class ReportedInspection
{
    private ReportedInspection()
    {
    }

    public ReportedInspection(string id, string unitId, string enterpriseId, DateOnly on, string? namedTaskId, string content)
    {
        (Id, UnitId, EnterpriseId, On, NamedTaskId, Content) = (id, unitId, enterpriseId, on, namedTaskId, content);
    }

    public string Id { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public DateOnly On { get; private set; }

    /// <summary>The task that the report names, whether there is one or not.</summary>
    public string? NamedTaskId { get; private set; }

    /// <summary>What was looked at, in the words of whoever reports.</summary>
    public string Content { get; private set; } = "";
    public List<string> InspectorIds { get; init; } = [];
    public string? ReportedById { get; init; }

    /// <summary>The task that had been registered for it; null for what went past the platform.</summary>
    public string? TaskId { get; private set; }

    public bool Unregistered => TaskId is null;

    internal void Belongs(string? taskId) => TaskId = taskId;

    /// <summary>An inspection is registered before it takes place; what is urgent begins with its scan (J04, J12).</summary>
    internal bool IsOf(InspectionTask task) =>
        task.EnterpriseId == EnterpriseId && (task.UnitId == UnitId || task.JointUnitIds.Contains(UnitId))
        && task.Stage is not (InspectionStage.Withdrawn or InspectionStage.Exempted)
        && (task.Urgent || task.RegisteredOn <= On);
}

/// <summary>Looks for the task of a reported inspection; where there is none, the justice bureau, the unit's liaison and its inspectors hear of it, once (J01).</summary>
public sealed class ReportedInspections(ISupervisionDb db, NoticeBoard notices)
{
    public async Task Settle(ReportedInspection report, CancellationToken cancellationToken)
    {
        var tasks = report.NamedTaskId is { } named
            ? await db.Tasks.Where(t => t.Id == named).ToListAsync(cancellationToken)
            : await db.Tasks.Where(t => t.EnterpriseId == report.EnterpriseId && t.ScheduledOn == report.On).OrderBy(t => t.Id).ToListAsync(cancellationToken);
        report.Belongs(tasks.Find(report.IsOf)?.Id);
        if (report.Unregistered && !await ToldBefore(report, cancellationToken))
            await Tell(report, cancellationToken);
    }

    /// <summary>The same visit may come from a chat and from a file.</summary>
    private async Task<bool> ToldBefore(ReportedInspection report, CancellationToken cancellationToken) =>
        db.ReportedInspections.Local.Any(other => other.Id != report.Id && other.UnitId == report.UnitId && other.EnterpriseId == report.EnterpriseId && other.On == report.On)
        || await db.ReportedInspections.AnyAsync(other => other.Id != report.Id && other.UnitId == report.UnitId && other.EnterpriseId == report.EnterpriseId && other.On == report.On && other.TaskId == null, cancellationToken);

    private async Task Tell(ReportedInspection report, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["report"] = report.Id,
            ["unit"] = await db.Units.Where(u => u.Id == report.UnitId).Select(u => u.Name).FirstAsync(cancellationToken),
            ["enterprise"] = await db.Enterprises.Where(e => e.Id == report.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken),
            ["date"] = ChineseDates.Short(report.On),
            ["named"] = report.NamedTaskId is { } named ? $"所写任务{named}没有登记或不是这次检查的任务" : "没有任务编号",
        };
        foreach (var supervisor in await db.Supervisors(cancellationToken))
            await notices.Owe(supervisor, "N52", $"N52:{report.Id}:{supervisor}", report.Id, fields, cancellationToken, digest: true, actions: ["未登记检查"]);
        var known = await db.People.Where(p => report.InspectorIds.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancellationToken);
        foreach (var person in known.Union(await db.OfficialsOf(report.UnitId, Commands.ActorRole.UnitLiaison, cancellationToken)).Where(person => person != report.ReportedById))
            await notices.Owe(person, "N53", $"N53:{report.Id}:{person}", report.Id, fields, cancellationToken, digest: true, actions: ["未登记检查"]);
    }
}
