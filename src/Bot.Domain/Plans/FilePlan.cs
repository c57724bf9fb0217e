using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Unit = Bot.Domain.People.Unit;

namespace Bot.Domain.Plans;

/// <summary>The city's unit has taken the plan into its file and given a number; comes before the justice bureau (S26).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record FileWithSuperior(Actor By, string PlanId, string Number, DateOnly? On = null) : ICommand<PlanReceipt>;

/// <summary>The government or the superior has approved a special plan.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record RecordApproval(Actor By, string PlanId, string Number, DateOnly? On = null) : ICommand<PlanReceipt>;

/// <summary>Files the plan with the district's justice bureau, which is told and reviews it (S25–S27, J14).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record FileWithJustice(Actor By, string PlanId) : ICommand<PlanReceipt>;

/// <summary>The plan has been made public (S28).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record PublishPlan(Actor By, string PlanId, DateOnly? On = null) : ICommand<PlanReceipt>;

/// <summary>The justice bureau's three marks: 合法, 合理, 协调 (S25).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ReviewPlan(Actor By, string PlanId, bool Lawful, bool Reasonable, bool Coordinated, string Note = "") : ICommand<PlanReceipt>;

internal sealed class FilePlanHandler(PlanRegister register, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<FileWithSuperior, PlanReceipt>,
    IRequestHandler<RecordApproval, PlanReceipt>,
    IRequestHandler<FileWithJustice, PlanReceipt>,
    IRequestHandler<PublishPlan, PlanReceipt>,
    IRequestHandler<ReviewPlan, PlanReceipt>
{
    private const int LongestNumber = 60;
    private const int LongestNote = 500;

    private static readonly Rule WithNumber = new("请写备案或批准文件的编号，60字以内。", "S26");
    private static readonly Rule NotInFuture = new("日期不能晚于今天，也不能早于计划上传以前一年，请核对。", "J35");
    private static readonly Rule ShortNote = new("审查意见请控制在500字以内。", "S25");

    public async Task<PlanReceipt> Handle(FileWithSuperior command, CancellationToken cancellationToken)
    {
        var (plan, unit) = await register.Of(command.By, command.PlanId, cancellationToken);
        plan.FileWithSuperior(unit.Level, Number(command.Number), Day(plan, command.On));
        return register.Receipt(plan, unit, await register.AwaitFiling(plan, unit, cancellationToken));
    }

    public async Task<PlanReceipt> Handle(RecordApproval command, CancellationToken cancellationToken)
    {
        var (plan, unit) = await register.Of(command.By, command.PlanId, cancellationToken);
        plan.ApproveByGovernment(Number(command.Number), Day(plan, command.On));
        return register.Receipt(plan, unit);
    }

    public async Task<PlanReceipt> Handle(FileWithJustice command, CancellationToken cancellationToken)
    {
        var (plan, unit) = await register.Of(command.By, command.PlanId, cancellationToken);
        await register.File(plan, unit, cancellationToken);
        await register.TellSupervisors(plan, unit, cancellationToken);
        return register.Receipt(plan, unit);
    }

    public async Task<PlanReceipt> Handle(PublishPlan command, CancellationToken cancellationToken)
    {
        var (plan, unit) = await register.Of(command.By, command.PlanId, cancellationToken);
        plan.Publish(Day(plan, command.On));
        return register.Receipt(plan, unit);
    }

    public async Task<PlanReceipt> Handle(ReviewPlan command, CancellationToken cancellationToken)
    {
        var note = command.Note.Trim();
        ShortNote.Require(note.Length <= LongestNote);
        var (plan, unit) = await register.Of(command.By, command.PlanId, cancellationToken);
        plan.Review(command.Lawful, command.Reasonable, command.Coordinated, note, clock.Today);
        await Tell(plan, unit, cancellationToken);
        return register.Receipt(plan, unit);
    }

    private async Task Tell(InspectionPlan plan, Unit unit, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["plan"] = plan.Title,
            ["marks"] = PlanWords.Marks(plan),
            ["note"] = plan.ReviewNote.Length > 0 ? plan.ReviewNote.TrimEnd('。') : "无",
        };
        foreach (var liaison in await register.Liaisons(unit.Id, cancellationToken))
        {
            await notices.Owe(
                liaison,
                "N19c",
                $"N19c:{plan.Id}:{plan.Version}:{fields["marks"]}:{clock.Today:yyyyMMdd}:{liaison}",
                plan.Id,
                fields,
                cancellationToken,
                actions: [$"计划 {plan.Id}"]);
        }
    }

    private static string Number(string number)
    {
        var clean = number.Trim();
        WithNumber.Require(clean.Length is > 0 and <= LongestNumber);
        return clean;
    }

    /// <summary>A filing may be entered later than it happened, but not before it did.</summary>
    private DateOnly Day(InspectionPlan plan, DateOnly? on)
    {
        var day = on ?? clock.Today;
        NotInFuture.Require(day <= clock.Today && day >= plan.UploadedOn.AddYears(-1));
        return day;
    }
}

/// <summary>Plans in words.</summary>
public static class PlanWords
{
    public static string Marks(InspectionPlan plan) => Marks(plan.Lawful, plan.Reasonable, plan.Coordinated);

    public static string Marks(bool? lawful, bool? reasonable, bool? coordinated) =>
        lawful is null ? "尚未审查" : $"{(lawful.Value ? "合法" : "不合法")}、{(reasonable == true ? "合理" : "不合理")}、{(coordinated == true ? "协调" : "不协调")}";
}
