using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Duties;
using Bot.Domain.Monitoring;
using Bot.Domain.Numbering;
using Bot.Domain.Plans;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Unit = Bot.Domain.People.Unit;

namespace Bot.Domain.Inspections;

/// <summary>What an inspector writes down about a visit to come.</summary>
public sealed record TaskDraft(InspectionType Type, InspectionGround Ground, string EnterpriseId, DateOnly On)
{
    /// <summary>上午 or 下午, empty when not fixed.</summary>
    public string HalfDay { get; init; } = "";
    public IReadOnlyList<string> ItemIds { get; init; } = [];
    public IReadOnlyList<string> InspectorIds { get; init; } = [];

    /// <summary>For a planned inspection (J10).</summary>
    public string? PlanId { get; init; }

    /// <summary>The number of the complaint, the assignment, the enterprise's letter (J11).</summary>
    public string? SourceNumber { get; init; }

    /// <summary>The ground in words, for who approves (J11).</summary>
    public string Explanation { get; init; } = "";

    /// <summary>The condition that set it off, in fields that have a list of them (S36).</summary>
    public string? Trigger { get; init; }

    /// <summary>Why it is registered late, repeats a kind, goes over a cap, leaves the model (J20, J21, J36, W11, W20).</summary>
    public string Remark { get; init; } = "";
    public bool FullCoverage { get; init; }

    /// <summary>Why surprise matters, where the leader is asked for it (J19).</summary>
    public string WaiverReason { get; init; } = "";
}

/// <summary>Registers an inspection of one's own unit (J04, J06, J10, J11, J36). Only inspectors may: no third party opens an inspection (W36).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record RegisterTask(Actor By, TaskDraft Draft) : ICommand<TaskReceipt>;

/// <summary>What the rules say to a draft, before anything is registered.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record CheckDraft(Actor By, TaskDraft Draft) : IQuery<DraftChecks>;

/// <param name="Checks">What was looked at.</param>
/// <param name="Earliest">Where the day is blocked: the first one that is not.</param>
/// <param name="Nearby">Other units' unfinished inspections of this enterprise that could be one visit with it.</param>
public sealed record DraftChecks(IReadOnlyList<Check> Checks, DateOnly? Earliest, IReadOnlyList<NearbyTask> Nearby);

public sealed record NearbyTask(string UnitName, DateOnly On);

/// <param name="TaskId">T26-58.</param>
/// <param name="Number">云检任〔2026〕58号.</param>
/// <param name="On">The day of the inspection.</param>
/// <param name="HalfDay">上午 or 下午, or empty.</param>
/// <param name="Stage">Where it stands now.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record TaskReceipt(string TaskId, string Number, DateOnly On, string HalfDay, InspectionStage Stage, IReadOnlyList<Check> Checks) : IReceipt
{
    /// <summary>The merge prompt that went to the units concerned, if one did (J26).</summary>
    public string? MergePrompt { get; init; }

    public string Subject => TaskId;
}

internal sealed class RegisterTaskHandler(ISupervisionDb db, TaskRegister register, RulePack rules, CalendarBook calendars, ChinaClock clock) :
    IRequestHandler<RegisterTask, TaskReceipt>,
    IRequestHandler<CheckDraft, DraftChecks>
{
    private const int LongestNumber = 60;
    private const int MostItems = 20;
    private const int MostInspectors = 20;
    private static readonly string[] HalfDays = ["", "上午", "下午"];

    private static readonly Rule InUnit = new("您还不属于任何执法单位，不能登记检查任务。", "J04");
    private static readonly Rule KnownEnterprise = new("没有找到这家企业，请核对名称或统一社会信用代码。", "J04");
    private static readonly Rule NotInPast = new("检查日期不能早于今天。", "J36");
    private static readonly Rule KnownHalfDay = new("时间请写上午或下午，也可以不写。", "W05");
    private static readonly Rule WithItems = new("请至少选一个检查事项。", "J10");
    private static readonly Rule OwnItems = new("检查事项不在本单位的事项清单里，请从清单里选。", "W02");
    private static readonly Rule PublishedItems = new("这个检查事项还没有公布，未公布的事项不能检查。", "D06");
    private static readonly Rule OwnInspectors = new("检查人员应当是本单位的人员，请从本单位名册里选。", "S24");
    private static readonly Rule TypeFitsGround = new("计划内的检查请选日常或专项；投诉举报、交办、办案、监测、企业申请等没有计划的，请选临时。", "J07");
    private static readonly Rule UrgentHasItsOwnWay = new("紧急检查不用先登记，请说“紧急检查”，当场发起扫码，事后补办审批。", "J12");
    private static readonly Rule WithPlan = new("计划内检查要选所依据的检查计划。", "J10");
    private static readonly Rule OwnPlan = new("没有找到这个检查计划，或者它不是本单位的计划。", "J10") { Boundary = true };
    private static readonly Rule PlanOfYear = new("这个检查计划不是检查当年的计划，请选当年的计划或先上传。", "J10");
    private static readonly Rule PlanFitsType = new("检查计划与检查类型不符：日常检查依据年度计划，专项检查依据专项或上级指定的计划。", "J07");
    private static readonly Rule PlanIsFiled = new("这个年度检查计划还没有报司法局备案，请先备案再登记任务。", "J10");
    private static readonly Rule PlanIsApproved = new("这个专项计划还没有政府或上级的批准，请先登记批准文件再登记任务。", "J10");
    private static readonly Rule WithSource = new("请写来源编号（投诉举报编号、交办文号、案号、企业申请文号），没有来源编号不能登记。", "J11");
    private static readonly Rule ShortSource = new("来源编号请控制在60字以内。", "J11");
    private static readonly Rule WithExplanation = new("没有计划的检查，请书面写明事由。", "J11");
    private static readonly Rule ListedTrigger = new("本领域的触发式检查须从规定的触发情形中选择。", "S36");
    private static readonly Rule WaiverOfSpecial = new("免预告只适用于专项检查，日常检查应当提前发送预告。", "J19");
    private static readonly Rule DayAllowed = new("这一天不能安排检查。", "J13");
    private static readonly Rule TeamAllowed = new("检查人员不符合要求。", "S24");
    private static readonly Rule Explained = new("有需要说明的情况，请写明原因再登记。", "J36");
    private static readonly Rule Once = new("这家企业同一天的检查本单位已经登记，不用重复登记；要加检查事项，请改原来的任务。", "J04");

    public async Task<TaskReceipt> Handle(RegisterTask command, CancellationToken cancellationToken)
    {
        var (by, draft) = (command.By, command.Draft);
        var (task, checks) = await Prepare(by, draft, cancellationToken);
        foreach (var blocking in checks.Blocking.Where(check => checks.Quiet != QuietDayRuling.NotFiled || check.Kind != CheckKind.QuietDay))
            (blocking.Kind == CheckKind.Team ? TeamAllowed : DayAllowed).Require(false, blocking.Words, blocking.Kind == CheckKind.QuietDay ? new QuietDayTry(task.UnitId, task.EnterpriseId, null, task.ScheduledOn) : null);
        var remark = TaskRegister.Text(draft.Remark, needed: false);
        var open = checks.ToExplain.Where(check => check.Kind != CheckKind.QuietDay).ToList();
        Explained.Require(remark.Length > 0 || open.Count == 0, string.Concat(open.Select(check => check.Words)));
        Once.Require(!await db.Tasks.AnyAsync(
            t => t.UnitId == task.UnitId && t.EnterpriseId == task.EnterpriseId && t.ScheduledOn == task.ScheduledOn && t.Stage != InspectionStage.Withdrawn && t.Stage != InspectionStage.Exempted && t.Stage != InspectionStage.Merged,
            cancellationToken));

        var number = await Numbers.Take(db, rules.Series("task"), "T", clock.Today.Year, 1, cancellationToken);
        var registered = new InspectionTask(Facts(number.Id, by, draft, task.Section));
        registered.RegisteredFor(by.PersonId!);
        registered.Explain(TaskRegister.Text(draft.Explanation, needed: false), draft.SourceNumber?.Trim(), remark.Length > 0 ? remark : null, draft.Trigger);
        if (draft.WaiverReason.Trim().Length > 0)
            registered.WantWaiver(TaskRegister.Text(draft.WaiverReason, needed: true));
        db.Tasks.Add(registered);
        if (draft.Ground == InspectionGround.DataMonitoring && registered.SourceNumber is { } source)
            (await db.Anomalies.FirstOrDefaultAsync(a => a.Number == source && a.UnitId == registered.UnitId && a.EnterpriseId == registered.EnterpriseId && a.State == AnomalyState.Accepted, cancellationToken))?.Register(registered.Id);
        return new TaskReceipt(registered.Id, number.Printed, registered.ScheduledOn, registered.HalfDay, registered.Stage, checks.All);
    }

    public async Task<DraftChecks> Handle(CheckDraft query, CancellationToken cancellationToken)
    {
        var (task, checks) = await Prepare(query.By, query.Draft, cancellationToken);
        var earliest = checks.Quiet.Allows() ? (DateOnly?)null : rules.QuietDays!.EarliestOutside(task.ScheduledOn, calendars.Current);
        return new DraftChecks(checks.All, earliest, await Nearby(task, cancellationToken));
    }

    private async Task<(InspectionTask Task, RegistrationChecks Checks)> Prepare(Actor by, TaskDraft draft, CancellationToken cancellationToken)
    {
        InUnit.Require(by.UnitId is not null);
        var unit = await db.Units.FirstAsync(u => u.Id == by.UnitId, cancellationToken);
        KnownEnterprise.Require(await db.Enterprises.AnyAsync(e => e.Id == draft.EnterpriseId, cancellationToken));
        NotInPast.Require(draft.On >= clock.Today);
        KnownHalfDay.Require(HalfDays.Contains(draft.HalfDay));
        await CheckItems(draft, unit, cancellationToken);
        await CheckGround(draft, unit, cancellationToken);
        var team = await register.Team([.. draft.InspectorIds], cancellationToken);
        OwnInspectors.Require(draft.InspectorIds.Count <= MostInspectors && team.Count == draft.InspectorIds.Distinct().Count() && team.TrueForAll(person => person.UnitId == unit.Id));
        var section = team.Select(person => person.Title ?? "").FirstOrDefault(unit.Sections.Contains) ?? "";
        var task = new InspectionTask(Facts("", by, draft, section));
        await register.RequirePower(task, cancellationToken);
        return (task, await register.Checks(task, cancellationToken));
    }

    private async Task CheckItems(TaskDraft draft, Unit unit, CancellationToken cancellationToken)
    {
        WithItems.Require(draft.ItemIds.Count is > 0 and <= MostItems);
        var items = await db.Items.Where(item => draft.ItemIds.Contains(item.Id)).ToListAsync(cancellationToken);
        OwnItems.Require(items.Count == draft.ItemIds.Distinct().Count() && items.TrueForAll(item => item.UnitId == unit.Id));
        var closed = items.Find(item => !item.Selectable(draft.On));
        PublishedItems.Require(closed is null, $"检查事项“{closed?.Name}”{closed?.WhyNotSelectable(draft.On)}，不能检查。");
    }

    private async Task CheckGround(TaskDraft draft, Unit unit, CancellationToken cancellationToken)
    {
        UrgentHasItsOwnWay.Require(draft.Ground != InspectionGround.Urgent);
        WaiverOfSpecial.Require(draft.WaiverReason.Trim().Length == 0 || draft.Type == InspectionType.Special);
        var planned = draft.Ground == InspectionGround.Plan;
        TypeFitsGround.Require(draft.Type switch
        {
            InspectionType.AdHoc => !planned,
            InspectionType.Special => planned || draft.Ground == InspectionGround.Assigned,
            _ => planned,
        });
        if (draft.Type != InspectionType.AdHoc)
        {
            await CheckPlan(draft, unit, cancellationToken);
            return;
        }

        var source = draft.SourceNumber?.Trim() ?? "";
        ShortSource.Require(source.Length <= LongestNumber);
        WithSource.Require(source.Length > 0 || draft.Ground is InspectionGround.Other or InspectionGround.DataMonitoring);
        WithExplanation.Require(draft.Explanation.Trim().Length > 0);
        var triggers = NeedsTrigger(draft) ? rules.Triggers(unit.Field) : [];
        ListedTrigger.Require(triggers.Count == 0 || triggers.Contains(draft.Trigger), $"本领域的触发式检查须从规定的触发情形中选择：{string.Join('、', triggers)}。");
    }

    private async Task CheckPlan(TaskDraft draft, Unit unit, CancellationToken cancellationToken)
    {
        WithPlan.Require(draft.PlanId is not null);
        var plan = await db.Plans.FirstOrDefaultAsync(p => p.Id == draft.PlanId, cancellationToken);
        OwnPlan.Require(plan?.UnitId == unit.Id);
        PlanFitsType.Require(draft.Type == InspectionType.Daily ? plan!.Kind == PlanKind.Annual : plan!.Kind is PlanKind.Special or PlanKind.FromAbove);
        PlanOfYear.Require(plan.Year == draft.On.Year);
        PlanIsFiled.Require(plan.Kind != PlanKind.Annual || plan.JusticeFiledOn is not null);
        PlanIsApproved.Require(plan.Kind != PlanKind.Special || plan.GovernmentApprovedOn is not null);
    }

    /// <summary>A complaint, an assignment, a case, a letter stand for themselves; what else sets an inspection off is chosen from the list (S36).</summary>
    private static bool NeedsTrigger(TaskDraft draft) => draft is { Type: InspectionType.AdHoc, Ground: InspectionGround.DataMonitoring or InspectionGround.Other };

    private TaskFacts Facts(string id, Actor by, TaskDraft draft, string section) => new(id, draft.Type, by.UnitId!, draft.EnterpriseId, draft.On, clock.Today)
    {
        HalfDay = draft.HalfDay,
        PlanId = draft.PlanId,
        Ground = draft.Ground,
        SourceNumber = draft.SourceNumber?.Trim(),
        Section = section,
        ItemIds = [.. draft.ItemIds.Distinct()],
        InspectorIds = [.. draft.InspectorIds.Distinct()],
        FullCoverage = draft.FullCoverage,
    };

    private async Task<IReadOnlyList<NearbyTask>> Nearby(InspectionTask task, CancellationToken cancellationToken)
    {
        var window = rules.MergeWindow.Period.Amount;
        var (from, to) = (task.ScheduledOn.AddDays(-window), task.ScheduledOn.AddDays(window));
        var others = await db.Tasks
            .Where(t => t.EnterpriseId == task.EnterpriseId && t.UnitId != task.UnitId && t.ScheduledOn >= from && t.ScheduledOn <= to && t.ScheduledOn >= clock.Today)
            .ToListAsync(cancellationToken);
        var ahead = others.Where(other => other.Stage.IsAhead() && !other.IsSurprise).OrderBy(other => other.ScheduledOn).ToList();
        var unitIds = ahead.ConvertAll(other => other.UnitId);
        var names = await db.Units.Where(unit => unitIds.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken);
        return [.. ahead.Select(other => new NearbyTask(names[other.UnitId], other.ScheduledOn))];
    }
}
