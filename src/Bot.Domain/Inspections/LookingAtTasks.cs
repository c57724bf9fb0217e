using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Plans;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>What waits for the leader of a unit: tasks, made-up approvals, exemptions (C19).</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record ToApprove(Actor By) : IQuery<IReadOnlyList<ApprovalCard>>;

/// <summary>What a leader decides about.</summary>
public enum ApprovalKind
{
    Task,

    /// <summary>An urgent inspection that was reported (J12).</summary>
    MakeUp,

    /// <summary>An urgent inspection that was not reported yet.</summary>
    MakeUpUnreported,

    /// <summary>Leaving out an on-site visit of an enterprise with low credit or high risk (J23).</summary>
    Exemption,
}

/// <param name="Kind">What is decided.</param>
/// <param name="Task">The task.</param>
/// <param name="DueOn">The last day, where there is one.</param>
public sealed record ApprovalCard(ApprovalKind Kind, TaskView Task, DateOnly? DueOn);

/// <summary>One task for the officials of its unit, of a joint unit, or of the justice bureau.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record TaskDetail(Actor By, string TaskId) : IQuery<TaskView>;

/// <summary>The tasks to come of one's own unit, the soonest first.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record ComingTasks(Actor By) : IQuery<IReadOnlyList<TaskView>>;

/// <summary>A task as its officials see it.</summary>
public sealed record TaskView(string Id, InspectionType Type, InspectionGround Ground, string UnitId, string EnterpriseId, string Enterprise, DateOnly On, string HalfDay, InspectionStage Stage)
{
    public IReadOnlyList<string> Items { get; init; } = [];
    public IReadOnlyList<string> Inspectors { get; init; } = [];

    /// <summary>Units that come along, by name (J28).</summary>
    public IReadOnlyList<string> JointUnits { get; init; } = [];
    public string? PlanId { get; init; }
    public string? PlanTitle { get; init; }
    public string? SourceNumber { get; init; }
    public string Explanation { get; init; } = "";
    public string? Remark { get; init; }
    public string? ReturnedBecause { get; init; }
    public DateTime? SubmittedAt { get; init; }
    public DateOnly? ApprovedOn { get; init; }
    public DateOnly? PreviewSentOn { get; init; }
    public bool Surprise { get; init; }
    public string? WaiverWanted { get; init; }
    public string? ExemptionReason { get; init; }
    public bool Urgent { get; init; }
    public DateTime? ScannedInAt { get; init; }
    public string? UrgentReport { get; init; }

    /// <summary>What the rules say about it today.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];
    public QuietDayRuling Quiet { get; init; }
}

/// <summary>What an inspector of a unit chooses from when registering.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record RegistrationChoices(Actor By) : IQuery<UnitChoices>;

/// <param name="Items">The unit's published items.</param>
/// <param name="Inspectors">Its people with a certificate, oneself first.</param>
/// <param name="Plans">Its plans of this year and the next.</param>
public sealed record UnitChoices(IReadOnlyList<NamedItem> Items, IReadOnlyList<NamedInspector> Inspectors, IReadOnlyList<NamedPlan> Plans);

public sealed record NamedItem(string Id, string Name);

public sealed record NamedInspector(string Id, string Name, string Title);

public sealed record NamedPlan(string Id, string Title, int Year, PlanKind Kind, bool Filed);

/// <summary>The conditions that may set off an inspection in the field of one's own unit; empty where it has no list (S36).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record TriggersOfUnit(Actor By) : IQuery<IReadOnlyList<string>>;

/// <summary>Enterprises by id, credit code or a part of the name, for officials.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record EnterprisesNamed(Actor By, string Words) : IQuery<IReadOnlyList<NamedEnterprise>>;

public sealed record NamedEnterprise(string Id, string Name);

/// <summary>Whether an inspection of a kind could be on a day, and the next days that are free (J13, 安静日排期).</summary>
/// <param name="By">Who asks.</param>
/// <param name="On">The day.</param>
/// <param name="Type">Daily, special or ad-hoc.</param>
/// <param name="Ground">Why it takes place.</param>
/// <param name="PlanId">For a special inspection.</param>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record DayCheck(Actor By, DateOnly On, InspectionType Type = InspectionType.Daily, InspectionGround Ground = InspectionGround.Plan, string? PlanId = null) : IQuery<DayAnswer>;

/// <param name="Quiet">What the quiet days mean for it.</param>
/// <param name="Span">1—15日, empty where the district has none.</param>
/// <param name="Source">Where the rule stands.</param>
/// <param name="WorkingDay">Whether the day is one.</param>
/// <param name="Free">The next days from that one on that are neither off nor quiet.</param>
public sealed record DayAnswer(QuietDayRuling Quiet, string Span, string Source, bool WorkingDay, IReadOnlyList<DateOnly> Free);

internal sealed class LookingAtTasksHandler(ISupervisionDb db, TaskRegister register, RulePack rules, CalendarBook calendars, ChinaClock clock) :
    IRequestHandler<ToApprove, IReadOnlyList<ApprovalCard>>,
    IRequestHandler<TaskDetail, TaskView>,
    IRequestHandler<ComingTasks, IReadOnlyList<TaskView>>,
    IRequestHandler<RegistrationChoices, UnitChoices>,
    IRequestHandler<EnterprisesNamed, IReadOnlyList<NamedEnterprise>>,
    IRequestHandler<TriggersOfUnit, IReadOnlyList<string>>,
    IRequestHandler<DayCheck, DayAnswer>
{
    private const int DaysOffered = 3;
    private const int Shown = 50;
    private const int MostMatches = 6;

    public async Task<IReadOnlyList<ApprovalCard>> Handle(ToApprove query, CancellationToken cancellationToken)
    {
        var waiting = await db.Tasks
            .Where(t => t.UnitId == query.By.UnitId && t.ApprovedOn == null && (t.Stage == InspectionStage.Submitted || t.Urgent) || (t.UnitId == query.By.UnitId && t.ExemptionWanted))
            .OrderBy(t => t.ScheduledOn).ThenBy(t => t.Id)
            .Take(Shown)
            .ToListAsync(cancellationToken);
        var cards = new List<ApprovalCard>();
        foreach (var task in waiting)
        {
            if (task.ExemptionWanted && task.Stage.IsAhead())
                cards.Add(new ApprovalCard(ApprovalKind.Exemption, await View(task, cancellationToken), null));
            else if (task is { Urgent: true, ApprovedOn: null })
                cards.Add(new ApprovalCard(task.UrgentReport is null ? ApprovalKind.MakeUpUnreported : ApprovalKind.MakeUp, await View(task, cancellationToken), await DueOn(task, cancellationToken)));
            else if (task.Stage == InspectionStage.Submitted)
                cards.Add(new ApprovalCard(ApprovalKind.Task, await View(task, cancellationToken), null));
        }

        return cards;
    }

    public async Task<TaskView> Handle(TaskDetail query, CancellationToken cancellationToken) =>
        await View(await register.MayLook(query.By, query.TaskId, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<TaskView>> Handle(ComingTasks query, CancellationToken cancellationToken)
    {
        var coming = await db.Tasks
            .Where(t => t.UnitId == query.By.UnitId && t.CompletedOn == null && t.ScannedInAt == null)
            .OrderBy(t => t.ScheduledOn).ThenBy(t => t.Id)
            .ToListAsync(cancellationToken);
        var views = new List<TaskView>();
        foreach (var task in coming.Where(task => task.Stage.IsAhead()).Take(Shown))
            views.Add(await View(task, cancellationToken));
        return views;
    }

    public async Task<UnitChoices> Handle(RegistrationChoices query, CancellationToken cancellationToken)
    {
        var (unit, me) = (query.By.UnitId, query.By.PersonId);
        var items = await db.Items.Where(item => item.UnitId == unit && item.Published).OrderBy(item => item.Id).ToListAsync(cancellationToken);
        var people = await db.People.Where(person => person.UnitId == unit && person.Role == ActorRole.Inspector && person.CertificateNumber != null).OrderBy(person => person.Id).ToListAsync(cancellationToken);
        var plans = await db.Plans.Where(plan => plan.UnitId == unit).OrderByDescending(plan => plan.Year).ThenBy(plan => plan.Id).Take(Shown).ToListAsync(cancellationToken);
        return new UnitChoices(
            [.. items.Where(item => item.Selectable(clock.Today)).Select(item => new NamedItem(item.Id, item.Name))],
            [.. people.OrderBy(person => person.Id == me ? 0 : 1).Select(person => new NamedInspector(person.Id, person.Name, person.Title ?? ""))],
            [.. plans.Select(plan => new NamedPlan(plan.Id, plan.Title, plan.Year, plan.Kind, plan.JusticeFiledOn is not null))]);
    }

    public async Task<IReadOnlyList<NamedEnterprise>> Handle(EnterprisesNamed query, CancellationToken cancellationToken)
    {
        var words = query.Words.Trim();
        if (words.Length == 0)
            return [];
        var exact = words.ToUpperInvariant();
        var found = await db.Enterprises.Where(e => e.Id == exact || e.CreditCode == exact || e.Name == words).OrderBy(e => e.Id).Take(1).ToListAsync(cancellationToken);
        if (found.Count == 0 && words.Length > 1)
            found = await db.Enterprises.Where(e => e.Name.Contains(words)).OrderBy(e => e.Id).Take(MostMatches).ToListAsync(cancellationToken);
        return [.. found.Select(e => new NamedEnterprise(e.Id, e.Name))];
    }

    public async Task<IReadOnlyList<string>> Handle(TriggersOfUnit query, CancellationToken cancellationToken) =>
        rules.Triggers(await db.Units.Where(unit => unit.Id == query.By.UnitId).Select(unit => unit.Field).FirstOrDefaultAsync(cancellationToken) ?? "");

    public async Task<DayAnswer> Handle(DayCheck query, CancellationToken cancellationToken)
    {
        var plan = query.PlanId is null ? null : await db.Plans.FirstOrDefaultAsync(p => p.Id == query.PlanId && p.UnitId == query.By.UnitId, cancellationToken);
        var quiet = QuietDayRulings.Of(query.Type, query.Ground, query.On, plan?.JusticeFiledOn, rules);
        var from = query.On < clock.Today ? clock.Today : query.On;
        return new DayAnswer(quiet, rules.QuietDays?.ToString() ?? "", rules.QuietDays is { } days ? $"{days.Document} {days.Clause}" : "", calendars.Current.IsWorkingDay(query.On), VisitDays.From(from, DaysOffered, calendars.Current, rules));
    }

    private async Task<DateOnly?> DueOn(InspectionTask task, CancellationToken cancellationToken) =>
        await db.Deadlines.Where(d => d.Kind == UrgentInspectionHandler.Deadline && d.SubjectId == task.Id).Select(d => (DateOnly?)d.DueOn).FirstOrDefaultAsync(cancellationToken);

    private async Task<TaskView> View(InspectionTask task, CancellationToken cancellationToken)
    {
        var checks = await register.Checks(task, cancellationToken);
        return new TaskView(
            task.Id,
            task.Type,
            task.Ground,
            task.UnitId,
            task.EnterpriseId,
            await db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken),
            task.ScheduledOn,
            task.HalfDay,
            task.Stage)
        {
            Items = await db.Items.Where(i => task.ItemIds.Contains(i.Id)).OrderBy(i => i.Id).Select(i => i.Name).ToListAsync(cancellationToken),
            Inspectors = [.. (await register.Team(task.InspectorIds, cancellationToken)).Select(person => person.Name)],
            JointUnits = await db.Units.Where(u => task.JointUnitIds.Contains(u.Id)).OrderBy(u => u.Id).Select(u => u.Name).ToListAsync(cancellationToken),
            PlanId = task.PlanId,
            PlanTitle = task.PlanId is null ? null : await db.Plans.Where(p => p.Id == task.PlanId).Select(p => p.Title).FirstOrDefaultAsync(cancellationToken),
            SourceNumber = task.SourceNumber,
            Explanation = task.Explanation,
            Remark = task.Remark,
            ReturnedBecause = task.ReturnedBecause,
            SubmittedAt = task.SubmittedAt,
            ApprovedOn = task.ApprovedOn,
            PreviewSentOn = task.PreviewSentOn,
            Surprise = task.IsSurprise,
            WaiverWanted = task.PreviewWaived ? null : task.PreviewWaiverWanted,
            ExemptionReason = task.ExemptionReason,
            Urgent = task.Urgent,
            ScannedInAt = task.ScannedInAt,
            UrgentReport = task.UrgentReport,
            Checks = checks.All,
            Quiet = checks.Quiet,
        };
    }
}
