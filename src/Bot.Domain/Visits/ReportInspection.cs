using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Visits;

/// <summary>
/// 入企报告: an official says that an enterprise was inspected, and which task it belonged to (J01). The number is taken as it is said: one that names no
/// registered task is what the justice bureau is to hear of.
/// </summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record ReportInspection(Actor By, string Enterprise, DateOnly On, string? NamedTask, string Content) : ICommand<InspectionReported>;

/// <param name="ReportId">R26-1.</param>
/// <param name="EnterpriseName">Where.</param>
/// <param name="On">When.</param>
/// <param name="TaskId">The registered task; null when the inspection went past the platform.</param>
public sealed record InspectionReported(string ReportId, string EnterpriseName, DateOnly On, string? TaskId) : IReceipt
{
    string IReceipt.Subject => ReportId;
}

/// <summary>Inspections without a task, the latest first: the justice bureau sees all, a unit its own (J01, J40).</summary>
[Allowed(ActorRole.Supervisor, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Inspector)]
public sealed record UnregisteredInspections(Actor By) : IQuery<IReadOnlyList<UnregisteredInspection>>;

public sealed record UnregisteredInspection(string ReportId, string UnitName, string EnterpriseName, DateOnly On, string Content);

internal sealed class ReportInspectionHandler(ISupervisionDb db, ReportedInspections reports, RulePack rules, ChinaClock clock) :
    IRequestHandler<ReportInspection, InspectionReported>,
    IRequestHandler<UnregisteredInspections, IReadOnlyList<UnregisteredInspection>>
{
    private const int Longest = 500;
    private const int LongestNumber = 60;
    private const int Shown = 20;

    private static readonly Rule InUnit = new("您还不属于任何执法单位，不能报告入企检查。", "J01");
    private static readonly Rule OneEnterprise = new("没有查到这家企业，或者名称对应好几家。请写企业编号或全称。", "J01");
    private static readonly Rule AlreadyHappened = new("入企报告写已经发生的检查；还没有去的，请先登记任务，说“登记任务”。", "J04");
    private static readonly Rule WithContent = new("请用一两句话写明检查了什么（最多500字）。", "J35");
    private static readonly Rule ShortNumber = new("任务编号请控制在60字以内，没有登记任务的不用写。", "J01");

    public async Task<InspectionReported> Handle(ReportInspection command, CancellationToken cancellationToken)
    {
        InUnit.Require(command.By.UnitId is not null);
        AlreadyHappened.Require(command.On <= clock.Today);
        var content = command.Content.Trim();
        WithContent.Require(content.Length is > 0 and <= Longest);
        ShortNumber.Require(command.NamedTask is null || command.NamedTask.Length <= LongestNumber);
        var asked = command.Enterprise.Trim();
        var found = await db.Enterprises.Where(e => e.Id == asked || e.CreditCode == asked || e.Name.Contains(asked)).OrderBy(e => e.Id).Take(2).ToListAsync(cancellationToken);
        OneEnterprise.Require(asked.Length > 0 && found.Count == 1);
        var enterprise = found[0];

        // One visit is one report, whoever of the unit tells of it again.
        var report = await db.ReportedInspections.FirstOrDefaultAsync(r => r.UnitId == command.By.UnitId && r.EnterpriseId == enterprise.Id && r.On == command.On, cancellationToken);
        if (report is null)
        {
            var number = await Numbers.Take(db, rules.Series("visitReport"), "R", clock.Today.Year, 1, cancellationToken);
            report = new ReportedInspection(number.Id, command.By.UnitId!, enterprise.Id, command.On, Named(command.NamedTask), content) { ReportedById = command.By.PersonId, InspectorIds = [command.By.PersonId!] };
            db.ReportedInspections.Add(report);
            await reports.Settle(report, cancellationToken);
        }

        return new InspectionReported(report.Id, enterprise.Name, report.On, report.TaskId);
    }

    public async Task<IReadOnlyList<UnregisteredInspection>> Handle(UnregisteredInspections query, CancellationToken cancellationToken)
    {
        var unit = query.By.Role == ActorRole.Supervisor ? null : query.By.UnitId ?? "";
        var reports = await db.ReportedInspections
            .Where(r => r.TaskId == null && (unit == null || r.UnitId == unit))
            .OrderByDescending(r => r.On).ThenByDescending(r => r.Id)
            .Take(Shown)
            .ToListAsync(cancellationToken);
        var (unitIds, enterpriseIds) = (reports.ConvertAll(r => r.UnitId), reports.ConvertAll(r => r.EnterpriseId));
        var units = await db.Units.Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        var enterprises = await db.Enterprises.Where(e => enterpriseIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        return [.. reports.Select(r => new UnregisteredInspection(r.Id, units[r.UnitId], enterprises[r.EnterpriseId], r.On, r.Content))];
    }

    private static string? Named(string? taskId) => string.IsNullOrWhiteSpace(taskId) ? null : taskId.Trim().ToUpperInvariant();
}
