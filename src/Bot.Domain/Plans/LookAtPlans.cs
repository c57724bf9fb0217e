using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Plans;

/// <summary>One plan in any of its versions; the current one when none is named (J09).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Inspector, ActorRole.Supervisor)]
public sealed record PlanDetail(Actor By, string PlanId, int? Version = null) : IQuery<PlanView>;

/// <param name="Id">P-U02-2027.</param>
/// <param name="UnitName">Whose it is.</param>
/// <param name="Title">As it is published.</param>
/// <param name="Kind">年度检查计划 …</param>
/// <param name="Year">Its year.</param>
/// <param name="Version">The version that is shown.</param>
/// <param name="CurrentVersion">The one in force.</param>
/// <param name="ReplacedBecause">Why a later one took its place.</param>
/// <param name="Stage">What is to be done next.</param>
/// <param name="Late">Uploaded after the day.</param>
/// <param name="Marks">The justice bureau's, in words.</param>
/// <param name="ReviewNote">What it wrote.</param>
/// <param name="Lines">What is planned.</param>
/// <param name="Next">The commands that can be given now, in the words that open them.</param>
public sealed record PlanView(
    string Id,
    string UnitName,
    string Title,
    string Kind,
    int Year,
    int Version,
    int CurrentVersion,
    string? ReplacedBecause,
    string Stage,
    bool Late,
    string Marks,
    string ReviewNote,
    IReadOnlyList<PlanLine> Lines,
    IReadOnlyList<string> Next);

/// <summary>The own unit's plans, newest first; the justice bureau sees all of a year.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Inspector, ActorRole.Supervisor)]
public sealed record MyPlans(Actor By, int Year) : IQuery<IReadOnlyList<PlanSummary>>;

public sealed record PlanSummary(string Id, string UnitName, string Title, string Stage, bool Late);

/// <summary>What is wrong with the annual plans of a year, unit by unit, as the justice bureau watches it (J08, S10, S25–S28).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record PlanProblems(Actor By, int Year) : IQuery<IReadOnlyList<PlanFinding>>;

internal sealed class LookAtPlansHandler(ISupervisionDb db, PlanRegister register, RulePack rules, ChinaClock clock) :
    IRequestHandler<PlanDetail, PlanView>,
    IRequestHandler<MyPlans, IReadOnlyList<PlanSummary>>,
    IRequestHandler<PlanProblems, IReadOnlyList<PlanFinding>>
{
    private static readonly Rule VersionKnown = new("这个计划没有这个版本。", "J09");

    public async Task<PlanView> Handle(PlanDetail query, CancellationToken cancellationToken)
    {
        var (plan, unit) = await register.Of(query.By, query.PlanId, cancellationToken);
        var version = query.Version ?? plan.Version;
        VersionKnown.Require(version >= 1 && version <= plan.Version, $"计划{plan.Id}现在有{plan.Version}个版本，没有第{version}版。");
        var earlier = await db.PlanVersions.FirstOrDefaultAsync(v => v.PlanId == plan.Id && v.Version == version, cancellationToken);
        var lines = await db.PlanLines.Where(l => l.PlanId == plan.Id && l.Version == version).OrderBy(l => l.Ordinal).ToListAsync(cancellationToken);
        return new PlanView(
            plan.Id,
            unit.Name,
            earlier?.Title ?? plan.Title,
            plan.Kind.Name(),
            plan.Year,
            version,
            plan.Version,
            earlier?.ReplacedBecause,
            earlier is null ? plan.Stage(unit.Level) : "已被新版本代替",
            plan.IsLate(rules),
            PlanWords.Marks(plan),
            plan.ReviewNote,
            lines,
            earlier is null ? Next(query.By, plan, unit) : []);
    }

    public async Task<IReadOnlyList<PlanSummary>> Handle(MyPlans query, CancellationToken cancellationToken)
    {
        var all = query.By.Role == ActorRole.Supervisor;
        var plans = await db.Plans.Where(p => p.Year == query.Year && (all || p.UnitId == query.By.UnitId)).OrderByDescending(p => p.UploadedOn).ThenBy(p => p.Id).ToListAsync(cancellationToken);
        var units = await db.Units.ToDictionaryAsync(u => u.Id, cancellationToken);
        return [.. plans.Select(plan => new PlanSummary(plan.Id, units[plan.UnitId].Name, plan.Title, plan.Stage(units[plan.UnitId].Level), plan.IsLate(rules)))];
    }

    public async Task<IReadOnlyList<PlanFinding>> Handle(PlanProblems query, CancellationToken cancellationToken)
    {
        KnownYears.Require(query.Year);
        return PlanFindings.Of(
            query.Year,
            await db.Units.OrderBy(u => u.Id).ToListAsync(cancellationToken),
            await db.Plans.Where(p => p.Year == query.Year).ToListAsync(cancellationToken),
            clock.Today,
            rules);
    }

    private static IReadOnlyList<string> Next(Actor by, InspectionPlan plan, People.Unit unit)
    {
        if (by.Role == ActorRole.Supervisor)
            return plan is { JusticeFiledOn: not null, ReviewedOn: null } ? [$"审查计划 {plan.Id}"] : [];
        if (by.Role == ActorRole.Inspector)
            return [];
        return plan.Stage(unit.Level) switch
        {
            "待市级备案" => [$"市级备案 {plan.Id}", $"调整计划 {plan.Id}"],
            "待政府批准" => [$"登记批准 {plan.Id}", $"调整计划 {plan.Id}"],
            "待报区司法局备案" => [$"司法局备案 {plan.Id}", $"调整计划 {plan.Id}"],
            "待公告" => [$"公告计划 {plan.Id}", $"调整计划 {plan.Id}"],
            _ => [$"调整计划 {plan.Id}"],
        };
    }
}
