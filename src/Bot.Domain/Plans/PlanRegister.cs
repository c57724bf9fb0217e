using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Plans;

/// <param name="PlanId">P-U02-2027.</param>
/// <param name="Number">云检计〔2027〕1号, or null when it came by file.</param>
/// <param name="Title">As it is published.</param>
/// <param name="Stage">What is to be done next: 待市级备案.</param>
/// <param name="Version">1, and more after adjustments.</param>
/// <param name="DueOn">By when the annual plan of that year is to be uploaded.</param>
/// <param name="Late">Uploaded after that day.</param>
/// <param name="RemindOn">When the unit is reminded of what is still missing; null when nothing is.</param>
public sealed record PlanReceipt(string PlanId, string? Number, string Title, string Stage, int Version, DateOnly DueOn, bool Late, DateOnly? RemindOn) : IReceipt
{
    string IReceipt.Subject => PlanId;
}

/// <summary>Finds plans for whoever may see them and keeps their deadlines.</summary>
internal sealed class PlanRegister(ISupervisionDb db, DeadlineBook deadlines, NoticeBoard notices, RulePack rules, ChinaClock clock)
{
    public static readonly Rule Found = new("没有找到这个计划，或者它不是您单位的。说“检查计划”可以看到本单位的计划。", "D15") { Boundary = true };

    public async Task<(InspectionPlan Plan, Unit Unit)> Of(Actor by, string planId, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.FirstOrDefaultAsync(p => p.Id == planId, cancellationToken);
        Found.Require(plan is not null && (by.Role == ActorRole.Supervisor || plan.UnitId == by.UnitId));
        return (plan!, await db.Units.FirstAsync(u => u.Id == plan!.UnitId, cancellationToken));
    }

    public PlanReceipt Receipt(InspectionPlan plan, Unit unit, DateOnly? remindOn = null) =>
        new(plan.Id, plan.Number, plan.Title, plan.Stage(unit.Level), plan.Version, rules.AnnualPlanBy.In(plan.Year), plan.IsLate(rules), remindOn);

    /// <summary>What is filed nowhere yet is asked for again until it is (S26, S27).</summary>
    public async Task<DateOnly> AwaitFiling(InspectionPlan plan, Unit unit, CancellationToken cancellationToken)
    {
        var liaisons = await Liaisons(unit.Id, cancellationToken);
        return await deadlines.Find(PlanDeadlines.Filing, Subject(plan), cancellationToken) is { } open
            ? open.DueOn
            : deadlines.Open(PlanDeadlines.Filing, rules.PlanFiling, Subject(plan), $"{plan.Title}备案", unit.Id, liaisons).On;
    }

    /// <summary>
    /// The one way into the justice bureau's file, whoever takes the step (S26, J14). Where the unit asked for it because of quiet days, all who wait hear
    /// that they may go on.
    /// </summary>
    public async Task File(InspectionPlan plan, Unit unit, CancellationToken cancellationToken)
    {
        plan.FileWithJustice(unit.Level, clock.Today);
        await deadlines.Meet(PlanDeadlines.Filing, Subject(plan), cancellationToken);
        if (plan.QuietDaysAskedOn is null)
            return;
        var fields = new Dictionary<string, string> { ["plan"] = plan.Title, ["unit"] = unit.Name, ["date"] = ChineseDates.Long(clock.Today) };
        var waiting = await db.Tasks.Where(t => t.PlanId == plan.Id && t.ScheduledOn >= clock.Today).ToListAsync(cancellationToken);
        var told = waiting.SelectMany(TaskRegister.Handlers).Concat(await Liaisons(unit.Id, cancellationToken)).Concat(await db.OfficialsOf(unit.Id, ActorRole.UnitLeader, cancellationToken));
        foreach (var person in told.Distinct())
            await notices.Owe(person, "N51", $"N51:{Subject(plan)}:{person}", plan.Id, fields, cancellationToken);
    }

    public Task Replaced(InspectionPlan plan, CancellationToken cancellationToken) => deadlines.Drop(PlanDeadlines.Filing, Subject(plan), cancellationToken);

    public Task Uploaded(InspectionPlan plan, CancellationToken cancellationToken) => deadlines.Meet(PlanDeadlines.Upload, PlanDeadlines.UploadSubject(plan.UnitId, plan.Year), cancellationToken);

    public Task<List<string>> Liaisons(string unitId, CancellationToken cancellationToken) =>
        db.OfficialsOf(unitId, ActorRole.UnitLiaison, cancellationToken);

    public async Task TellSupervisors(InspectionPlan plan, Unit unit, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string> { ["unit"] = unit.Name, ["plan"] = plan.Title, ["date"] = ChineseDates.Short(clock.Today) };
        foreach (var supervisor in await db.Supervisors(cancellationToken))
            await notices.Owe(supervisor, "N19b", $"N19b:{Subject(plan)}:{supervisor}", plan.Id, fields, cancellationToken, digest: true, actions: [$"计划 {plan.Id}"]);
    }

    /// <summary>Each version has a filing of its own.</summary>
    private static string Subject(InspectionPlan plan) => plan.Version == 1 ? plan.Id : $"{plan.Id}/{plan.Version.ToString(CultureInfo.InvariantCulture)}";
}
