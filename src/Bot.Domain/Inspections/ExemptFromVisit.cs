using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Previews;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>
/// Leaves an on-site visit out. For higher or average credit the unit decides and it is recorded (J21, J22); for low credit or high risk the
/// leader has to agree (J23): an inspector's wish then waits for him.
/// </summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader)]
public sealed record ExemptFromVisit(Actor By, string TaskId, string Reason) : ICommand<ExemptionReceipt>;

/// <summary>The leader wants the visit to take place.</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record RefuseExemption(Actor By, string TaskId, string Because) : ICommand<ExemptionReceipt>;

/// <param name="TaskId">The task.</param>
/// <param name="WaitsForLeader">Nothing is left out until the leader agrees.</param>
/// <param name="Stage">Where it stands now.</param>
public sealed record ExemptionReceipt(string TaskId, bool WaitsForLeader, InspectionStage Stage) : IReceipt
{
    public string Subject => TaskId;
}

internal sealed class ExemptFromVisitHandler(ISupervisionDb db, TaskRegister register, PreviewDesk previews, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<ExemptFromVisit, ExemptionReceipt>,
    IRequestHandler<RefuseExemption, ExemptionReceipt>
{
    public async Task<ExemptionReceipt> Handle(ExemptFromVisit command, CancellationToken cancellationToken)
    {
        var task = await register.OfUnit(command.By, command.TaskId, cancellationToken);
        var reason = TaskRegister.Text(command.Reason, needed: !task.ExemptionWanted);
        var enterprise = await db.Enterprises.FirstAsync(e => e.Id == task.EnterpriseId, cancellationToken);
        task.WantExemption(reason.Length > 0 ? reason : task.ExemptionReason ?? "");
        if (command.By.Role != ActorRole.UnitLeader && SupervisionGrades.Of(enterprise).ExemptionNeedsLeader())
        {
            await TellLeader(task, enterprise, cancellationToken);
            return new ExemptionReceipt(task.Id, true, task.Stage);
        }

        task.Exempt(command.By.PersonId!);
        await previews.Cancel(task, "改为非现场方式，不再到现场", cancellationToken);
        await register.Match(task, cancellationToken);
        if (command.By.Role == ActorRole.UnitLeader)
            await register.TellHandlers(task, "已同意免予现场检查", "", cancellationToken);
        return new ExemptionReceipt(task.Id, false, task.Stage);
    }

    public async Task<ExemptionReceipt> Handle(RefuseExemption command, CancellationToken cancellationToken)
    {
        var task = await register.OfLeader(command.By, command.TaskId, cancellationToken);
        var because = TaskRegister.Text(command.Because, needed: true);
        task.KeepVisit();
        await register.TellHandlers(task, "不同意免予现场检查", $"理由：{because.TrimEnd('。')}。", cancellationToken);
        return new ExemptionReceipt(task.Id, false, task.Stage);
    }

    private async Task TellLeader(InspectionTask task, Enterprise enterprise, CancellationToken cancellationToken)
    {
        var fields = await register.Fields(task, cancellationToken);
        fields["credit"] = enterprise.CreditLevel.Length > 0 ? enterprise.CreditLevel : "未评";
        fields["risk"] = enterprise.RiskLevel.Length > 0 ? enterprise.RiskLevel : "未评";
        fields["reason"] = task.ExemptionReason!;
        foreach (var leader in await register.Leaders(task.UnitId, cancellationToken))
            await notices.Owe(leader, "N49", FormattableString.Invariant($"N49:{task.Id}:{clock.UtcNow:yyyyMMddHHmmss}:{leader}"), task.Id, fields, cancellationToken, actions: [$"审批 {task.Id}"]);
    }
}
