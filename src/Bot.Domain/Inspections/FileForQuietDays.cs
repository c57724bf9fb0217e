using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Plans;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>Asks the justice bureau to file a special plan, or one ordered from above, whose inspections cannot keep out of quiet days (J14).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record AskToFileForQuietDays(Actor By, string PlanId, string Because) : ICommand<QuietFilingReceipt>;

/// <summary>The justice bureau has filed it: from this day on its inspections may take place on quiet days (J14).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record FileForQuietDays(Actor By, string PlanId) : ICommand<QuietFilingReceipt>;

public sealed record QuietFilingReceipt(string PlanId, string Title, DateOnly? FiledOn) : IReceipt
{
    public string Subject => PlanId;
}

internal sealed class FileForQuietDaysHandler(ISupervisionDb db, TaskRegister register, PlanRegister plans, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<AskToFileForQuietDays, QuietFilingReceipt>,
    IRequestHandler<FileForQuietDays, QuietFilingReceipt>
{
    private static readonly Rule OwnPlan = new("没有找到这个检查计划，或者它不是本单位的计划。", "J14") { Boundary = true };
    private static readonly Rule OnlySpecial = new("只有专项检查和上级指定的检查可以备案后在安静日实施，日常检查请改到安静日以外。", "J14");
    private static readonly Rule NotFiledYet = new("这个计划已经备案，不用再报。", "J14");
    private static readonly Rule AskedFirst = new("单位还没有为这个计划申请安静日备案。", "J14");
    private static readonly Rule ApprovedFirst = new("专项计划要先经政府或上级批准，再报司法局备案。", "J14");

    public async Task<QuietFilingReceipt> Handle(AskToFileForQuietDays command, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.FirstOrDefaultAsync(p => p.Id == command.PlanId, cancellationToken);
        OwnPlan.Require(plan is not null && command.By.UnitId is not null && plan.UnitId == command.By.UnitId);
        OnlySpecial.Require(plan!.Kind is PlanKind.Special or PlanKind.FromAbove);
        ApprovedFirst.Require(plan.Kind != PlanKind.Special || plan.GovernmentApprovedOn is not null);
        NotFiledYet.Require(plan.JusticeFiledOn is null);
        plan.AskForQuietDays(TaskRegister.Text(command.Because, needed: true), clock.Today);
        var fields = new Dictionary<string, string>
        {
            ["plan"] = plan.Title,
            ["unit"] = await db.Units.Where(unit => unit.Id == plan.UnitId).Select(unit => unit.Name).FirstAsync(cancellationToken),
            ["reason"] = plan.QuietDayReason,
        };
        foreach (var person in await register.Supervisors(cancellationToken))
            await notices.Owe(person, "N50", FormattableString.Invariant($"N50:{plan.Id}:{clock.Today:yyyyMMdd}:{person}"), plan.Id, fields, cancellationToken, actions: [$"备案 {plan.Id}"]);
        return new QuietFilingReceipt(plan.Id, plan.Title, null);
    }

    public async Task<QuietFilingReceipt> Handle(FileForQuietDays command, CancellationToken cancellationToken)
    {
        var (plan, unit) = await plans.Of(command.By, command.PlanId, cancellationToken);
        NotFiledYet.Require(plan.JusticeFiledOn is null);
        AskedFirst.Require(plan.QuietDaysAskedOn is not null);
        await plans.File(plan, unit, cancellationToken);
        return new QuietFilingReceipt(plan.Id, plan.Title, plan.JusticeFiledOn);
    }
}
