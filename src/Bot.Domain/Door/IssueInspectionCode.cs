using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Door;

/// <summary>亮码: gives one of the inspectors the code to show at the door (S30). Each time a new one; the one before is of no use any more.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record IssueInspectionCode(Actor By, string TaskId) : ICommand<InspectionCodeIssued>;

/// <param name="TaskId">The inspection.</param>
/// <param name="Code">7KQ2-M4XF-9T3C; told here and nowhere again.</param>
/// <param name="EnterpriseName">Where it is to be shown.</param>
/// <param name="On">The only day on which it is good.</param>
public sealed record InspectionCodeIssued(string TaskId, string Code, string EnterpriseName, DateOnly On) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

internal sealed class IssueInspectionCodeHandler(ISupervisionDb db, Arrivals arrivals, ChinaClock clock) : IRequestHandler<IssueInspectionCode, InspectionCodeIssued>
{
    private static readonly Rule OnlyForWhatIsReady = new("任务经单位负责人批准后才有检查码。", "J06");
    private static readonly Rule DayNotOver = new("任务登记的检查日已经过了，检查码不能再用。要检查请先改期并重新报审。", "J30");

    public async Task<InspectionCodeIssued> Handle(IssueInspectionCode command, CancellationToken cancellationToken)
    {
        var task = await arrivals.OfTeam(command.By, command.TaskId, cancellationToken);
        OnlyForWhatIsReady.Require(Arrivals.IsReady(task) || task.Stage == InspectionStage.UnderWay, $"任务{task.Id}现在是“{task.Stage.Name()}”，没有检查码。任务经单位负责人批准后、检查结束前，才能出示检查码。");
        DayNotOver.Require(task.ScheduledOn >= clock.Today || task.Stage == InspectionStage.UnderWay);
        var shown = await db.InspectionCodes.Where(c => c.TaskId == task.Id).ToListAsync(cancellationToken);
        db.InspectionCodes.RemoveRange(shown);
        var code = InspectionCode.New();
        db.InspectionCodes.Add(new InspectionCode(task.Id, shown.Select(c => c.Version).DefaultIfEmpty().Max() + 1, InspectionCode.HashOf(code), command.By.PersonId!, clock.UtcNow));
        var enterprise = await db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);
        return new InspectionCodeIssued(task.Id, code, enterprise, task.ScheduledOn);
    }
}
