using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Directories;
using Bot.Domain.Drawing;
using Bot.Domain.Merging;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>Finds tasks for whoever may see them, gathers what the rulings look at, and tells the people of the unit.</summary>
internal sealed class TaskRegister(ISupervisionDb db, Matching matching, DrawRegister draws, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>One sentence for "does not exist" and "not yours": neither reveals another unit's tasks.</summary>
    public static readonly Rule OwnUnit = new("没有找到这个检查任务，或者它不由您的单位办理，请核对编号；还没有登记的，请先登记检查任务。", "J04") { Boundary = true };
    public static readonly Rule OwnLeader = new("只有办理单位的负责人可以审批。没有找到这个任务，或者它不由您的单位办理。", "J10") { Boundary = true };
    public static readonly Rule WithReason = new("请写明理由。", "J35");
    private static readonly Rule Short = new("文字太长了，请简要说明。", "J35");

    public const int LongestText = 1000;

    /// <summary>A task of the person's own unit, which leads it. Joint units see it (<see cref="MayLook"/>), but do not change it.</summary>
    public async Task<InspectionTask> OfUnit(Actor by, string taskId, CancellationToken cancellationToken)
    {
        var task = await Find(taskId, cancellationToken);
        OwnUnit.Require(task is not null && by.UnitId is not null && task.UnitId == by.UnitId);
        return task!;
    }

    public async Task<InspectionTask> OfLeader(Actor by, string taskId, CancellationToken cancellationToken)
    {
        var task = await Find(taskId, cancellationToken);
        OwnLeader.Require(by.Role == ActorRole.UnitLeader && task is not null && by.UnitId is not null && task.UnitId == by.UnitId);
        return task!;
    }

    /// <summary>A term of entrusted power that is over by the day of the inspection blocks it (S23).</summary>
    public async Task RequirePower(InspectionTask task, CancellationToken cancellationToken)
    {
        var unit = await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken);
        EntrustmentRulings.InForce.Require(EntrustmentRulings.Of(unit, task.ScheduledOn, rules).Allows());
    }

    public async Task<InspectionTask> MayLook(Actor by, string taskId, CancellationToken cancellationToken)
    {
        var task = await Find(taskId, cancellationToken);
        OwnUnit.Require(task is not null && (by.Role == ActorRole.Supervisor || (by.UnitId is { } unit && (task.UnitId == unit || task.JointUnitIds.Contains(unit)))));
        return task!;
    }

    public async Task<RegistrationChecks> Checks(InspectionTask task, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.FirstAsync(e => e.Id == task.EnterpriseId, cancellationToken);
        var unit = await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken);
        var plan = task.PlanId is null ? null : await db.Plans.FirstOrDefaultAsync(p => p.Id == task.PlanId, cancellationToken);
        var matters = await db.Items.Where(item => task.ItemIds.Contains(item.Id)).Select(item => item.Name).ToListAsync(cancellationToken);
        var visit = new VisitFacts(task.Id, task.UnitId, unit.Level, task.Section, task.JointUnitIds, matters, task.ScheduledOn);
        var facts = new RegistrationFacts(task.Type, task.Ground, visit, task.RegisteredOn, enterprise)
        {
            Plan = plan?.Kind,
            PlanFiledOn = plan?.JusticeFiledOn,
            Team = await Team(task.InspectorIds, cancellationToken),
            FullCoverage = task.FullCoverage,
            VisitsOfYear = await VisitsOf(task.EnterpriseId, task.ScheduledOn.Year, cancellationToken),
            Drawn = await draws.Contains(task.UnitId, task.EnterpriseId, task.ScheduledOn.Year, cancellationToken),
            Unit = unit,
        };
        return RegistrationChecks.Of(facts, calendars.Current, rules);
    }

    public async Task<List<Person>> Team(IReadOnlyCollection<string> personIds, CancellationToken cancellationToken) =>
        await db.People.Where(person => personIds.Contains(person.Id)).OrderBy(person => person.Id).ToListAsync(cancellationToken);

    /// <summary>The visits of a civil year that took place.</summary>
    public async Task<IReadOnlyCollection<VisitFacts>> VisitsOf(string enterpriseId, int year, CancellationToken cancellationToken)
    {
        var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var done = await db.Tasks.Where(t => t.EnterpriseId == enterpriseId && t.CompletedOn >= from && t.CompletedOn <= to).ToListAsync(cancellationToken);
        if (done.Count == 0)
            return [];
        var itemIds = done.SelectMany(task => task.ItemIds).Distinct().ToList();
        var names = await db.Items.Where(item => itemIds.Contains(item.Id)).ToDictionaryAsync(item => item.Id, item => item.Name, cancellationToken);
        var unitIds = done.Select(task => task.UnitId).Distinct().ToList();
        var levels = await db.Units.Where(unit => unitIds.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Level, cancellationToken);
        return [.. done.Select(task => new VisitFacts(
            task.Id,
            task.UnitId,
            levels.GetValueOrDefault(task.UnitId, ""),
            task.Section,
            task.JointUnitIds,
            [.. task.ItemIds.Select(id => names.GetValueOrDefault(id, id))],
            task.CompletedOn!.Value))];
    }

    /// <summary>The short facts of a task for a notice or a list.</summary>
    public async Task<Dictionary<string, string>> Fields(InspectionTask task, CancellationToken cancellationToken)
    {
        var items = await db.Items.Where(item => task.ItemIds.Contains(item.Id)).OrderBy(item => item.Id).Select(item => item.Name).ToListAsync(cancellationToken);
        return new Dictionary<string, string>
        {
            ["task"] = task.Id,
            ["unit"] = await db.Units.Where(unit => unit.Id == task.UnitId).Select(unit => unit.Name).FirstAsync(cancellationToken),
            ["enterprise"] = await db.Enterprises.Where(enterprise => enterprise.Id == task.EnterpriseId).Select(enterprise => enterprise.Name).FirstAsync(cancellationToken),
            ["date"] = ChineseDates.WithWeekday(task.ScheduledOn) + task.HalfDay,
            ["items"] = string.Join('、', items),
        };
    }

    public Task<List<string>> Leaders(string unitId, CancellationToken cancellationToken) => db.OfficialsOf(unitId, ActorRole.UnitLeader, cancellationToken);

    public Task<List<string>> Liaisons(string unitId, CancellationToken cancellationToken) => db.OfficialsOf(unitId, ActorRole.UnitLiaison, cancellationToken);

    public Task<List<string>> Supervisors(CancellationToken cancellationToken) =>
        db.Supervisors(cancellationToken);

    /// <summary>Whoever registered it and whoever shall go.</summary>
    public static IEnumerable<string> Handlers(InspectionTask task) => (task.RegisteredBy is { } by ? [by] : Array.Empty<string>()).Concat(task.InspectorIds).Distinct();

    /// <summary>Puts the task before the unit's leader; each submission is told once. Units that could come together are asked now (J26).</summary>
    /// <param name="task">The task.</param>
    /// <param name="checks">What the leader must see of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="why">Why it comes before the leader again.</param>
    /// <returns>The merge prompt that came of it, if one did.</returns>
    public async Task<string?> Submit(InspectionTask task, RegistrationChecks checks, CancellationToken cancellationToken, string why = "")
    {
        task.Submit(clock.UtcNow);
        var fields = await Fields(task, cancellationToken);
        fields["type"] = task.Type.Name();
        fields["flags"] = why + string.Concat(checks.All.Where(check => check.Weight > CheckWeight.Remark).Select(check => check.Words));
        foreach (var leader in await Leaders(task.UnitId, cancellationToken))
            await notices.Owe(leader, "N45", FormattableString.Invariant($"N45:{task.Id}:{clock.UtcNow:yyyyMMddHHmmss}:{leader}"), task.Id, fields, cancellationToken, actions: [$"审批 {task.Id}"]);
        return (await Match(task, cancellationToken))?.Id;
    }

    /// <summary>A task that moved, changed or fell away is held against the others of its enterprise again (J26).</summary>
    public Task<MergePrompt?> Match(InspectionTask task, CancellationToken cancellationToken) => matching.Match(task, cancellationToken);

    /// <summary>Tells those who handle a task what the leader decided.</summary>
    public async Task TellHandlers(InspectionTask task, string decision, string words, CancellationToken cancellationToken)
    {
        var fields = await Fields(task, cancellationToken);
        (fields["decision"], fields["words"]) = (decision, words);
        foreach (var person in Handlers(task))
            await notices.Owe(person, "N46", FormattableString.Invariant($"N46:{task.Id}:{decision}:{clock.UtcNow:yyyyMMddHHmmss}:{person}"), task.Id, fields, cancellationToken, actions: [$"任务 {task.Id}"]);
    }

    /// <summary>A word to the leader that a task waits; there is no limit of law, so one a day is enough (C14).</summary>
    public async Task Urge(InspectionTask task, CancellationToken cancellationToken)
    {
        var fields = await Fields(task, cancellationToken);
        (fields["type"], fields["flags"]) = (task.Type.Name(), "经办人提醒：还在等您审批。");
        foreach (var leader in await Leaders(task.UnitId, cancellationToken))
            await notices.Owe(leader, "N45", FormattableString.Invariant($"N45:{task.Id}:urge:{clock.Today:yyyyMMdd}:{leader}"), task.Id, fields, cancellationToken, actions: [$"审批 {task.Id}"]);
    }

    public static string Text(string words, bool needed, int longest = LongestText)
    {
        var text = words.Trim();
        WithReason.Require(!needed || text.Length > 0);
        Short.Require(text.Length <= longest, $"这段有{text.Length}字，请控制在{longest}字以内。");
        return text;
    }

    private async Task<InspectionTask?> Find(string taskId, CancellationToken cancellationToken)
    {
        var id = taskId.Trim().ToUpperInvariant();
        return await db.Tasks.FirstOrDefaultAsync(task => task.Id == id, cancellationToken);
    }
}
