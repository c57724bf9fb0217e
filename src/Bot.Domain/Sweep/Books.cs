using System.Runtime.CompilerServices;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Directories;
using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Sweep;

/// <summary>
/// Reads the books for the daily round, a few thousand tasks at a time: what is published, merged or withdrawn is passed over, except what was
/// published lately, and counts over the year are made by the database.
/// </summary>
public sealed class Books(ISupervisionDb db)
{
    private const int TasksAtOnce = 2_000;

    private static readonly InspectionStage[] Ahead = [InspectionStage.Registered, InspectionStage.Submitted, InspectionStage.Approved, InspectionStage.Previewed];
    private static readonly InspectionStage[] Open = [.. Ahead, InspectionStage.UnderWay, InspectionStage.Finished, InspectionStage.Reported];

    private readonly Dictionary<string, string> levels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Person> officials = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlanOfBooks> plans = new(StringComparer.Ordinal);

    /// <param name="today">The day in China.</param>
    /// <param name="since">From when on what is finished is still looked at.</param>
    /// <param name="highFrequency">From how many visits a year on an enterprise counts as visited too often.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<Facts> Read(DateOnly today, DateOnly since, int highFrequency, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await District(today, since, highFrequency, cancellationToken);
        var last = "";
        while (true)
        {
            var tasks = await Tasks(last, since, cancellationToken);
            if (tasks.Count == 0)
                yield break;
            last = tasks[^1].Id;
            yield return new Facts { Tasks = await WithSurroundings(tasks, today, cancellationToken) };
        }
    }

    private async Task<Facts> District(DateOnly today, DateOnly since, int highFrequency, CancellationToken cancellationToken)
    {
        var all = await db.Units.AsNoTracking().ToListAsync(cancellationToken);
        foreach (var unit in all)
            levels[unit.Id] = unit.Level;
        foreach (var item in await db.Items.AsNoTracking().Select(i => new { i.Id, i.Name }).ToListAsync(cancellationToken))
            items[item.Id] = item.Name;
        foreach (var person in await db.People.AsNoTracking().Where(p => p.UnitId != null).ToListAsync(cancellationToken))
            officials[person.Id] = person;
        var years = await db.Plans.AsNoTracking().Where(p => p.Year >= today.Year - 1).ToListAsync(cancellationToken);
        foreach (var plan in years)
            plans[plan.Id] = new PlanOfBooks(plan.Kind, plan.JusticeFiledOn);

        var withLiaison = officials.Values.Where(person => person.Role == ActorRole.UnitLiaison).Select(person => person.UnitId!).ToHashSet(StringComparer.Ordinal);
        return new Facts
        {
            Units = [.. all.Where(unit => unit.IsOfThisDistrict).Select(unit => new UnitSituation(unit.Id, unit.Name, withLiaison.Contains(unit.Id)))],
            Plans = new PlansSituation(today.Year, all, years),
            Directories = new DirectoryFacts(all, officials.Values, await db.DirectoryUpdates.AsNoTracking().ToListAsync(cancellationToken)),
            Visits = await db.Visits.AsNoTracking().Where(v => v.On >= since && v.StartedAt != null).OrderBy(v => v.Id).ToListAsync(cancellationToken),
            Merges = await Merges(since, cancellationToken),
            Guidance = await Guidance(since, cancellationToken),
            Frequencies = await Frequencies(today.Year, highFrequency, cancellationToken),
            Joint = await Joint(today.Year, cancellationToken),
            Overdue = await Overdue(today, cancellationToken),
        };
    }

    private async Task<List<TaskSituation>> Tasks(string after, DateOnly since, CancellationToken cancellationToken) => await db.Tasks.AsNoTracking()
        .Where(t => string.Compare(t.Id, after) > 0 && (Open.Contains(t.Stage) || (t.Stage == InspectionStage.Published && t.PublishedOn >= since)))
        .OrderBy(t => t.Id)
        .Take(TasksAtOnce)
        .Select(t => new TaskSituation(t.Id, t.Type, t.Ground, t.Stage, t.UnitId, t.EnterpriseId, t.ScheduledOn, t.RegisteredOn)
        {
            Section = t.Section,
            InspectorIds = t.InspectorIds,
            JointUnitIds = t.JointUnitIds,
            ItemIds = t.ItemIds,
            PlanId = t.PlanId,
            RegisteredBy = t.RegisteredBy,
            ApprovedOn = t.ApprovedOn,
            Urgent = t.Urgent,
            PreviewSentOn = t.PreviewSentOn,
            PreviewWaived = t.PreviewWaived,
            PreviewWaivedBy = t.PreviewWaivedBy,
            ExemptionWanted = t.ExemptionWanted,
            FullCoverage = t.FullCoverage,
            ScannedInAt = t.ScannedInAt,
            NoScanReason = t.NoScanReason,
            CompletedOn = t.CompletedOn,
            ResultEnteredOn = t.ResultEnteredOn,
            PublishedOn = t.PublishedOn,
            NotPublishedBecause = t.NotPublishedBecause,
        })
        .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<TaskSituation>> WithSurroundings(List<TaskSituation> tasks, DateOnly today, CancellationToken cancellationToken)
    {
        var enterpriseIds = tasks.Where(task => task.Stage.IsAhead()).Select(task => task.EnterpriseId).Distinct(StringComparer.Ordinal).ToList();
        if (enterpriseIds.Count == 0)
            return tasks;
        var enterprises = await db.Enterprises.AsNoTracking()
            .Where(e => enterpriseIds.Contains(e.Id))
            .Select(e => new { e.Id, Standing = new EnterpriseStanding(e.Name, e.CreditLevel, e.RiskLevel, e.LongTermTopCredit, e.FlexibleWhitelist, e.AnnualOnSiteCapPerUnit) })
            .ToDictionaryAsync(e => e.Id, e => e.Standing, StringComparer.Ordinal, cancellationToken);
        var newYear = new DateOnly(today.Year, 1, 1);
        var visits = (await db.Tasks.AsNoTracking()
            .Where(t => enterpriseIds.Contains(t.EnterpriseId) && t.CompletedOn >= newYear && t.Stage != InspectionStage.Merged)
            .Select(t => new { t.Id, t.EnterpriseId, t.UnitId, t.Section, t.JointUnitIds, t.ItemIds, On = t.CompletedOn!.Value })
            .ToListAsync(cancellationToken)).ToLookup(t => t.EnterpriseId, t => new VisitFacts(t.Id, t.UnitId, LevelOf(t.UnitId), t.Section, t.JointUnitIds, NamesOf(t.ItemIds), t.On), StringComparer.Ordinal);
        return tasks.ConvertAll(task => !task.Stage.IsAhead() ? task : task with
        {
            Around = new Surroundings
            {
                Plan = PlanOf(task)?.Kind,
                PlanFiledOn = PlanOf(task)?.FiledOn,
                Team = [.. task.InspectorIds.Select(id => officials.GetValueOrDefault(id)).OfType<Person>()],
                Enterprise = enterprises.GetValueOrDefault(task.EnterpriseId) ?? Surroundings.None.Enterprise,
                Planned = new VisitFacts(task.Id, task.UnitId, LevelOf(task.UnitId), task.Section, task.JointUnitIds, NamesOf(task.ItemIds), task.ScheduledOn),
                Visits = [.. visits[task.EnterpriseId]],
            },
        });
    }

    private PlanOfBooks? PlanOf(TaskSituation task) => task.PlanId is { } id ? plans.GetValueOrDefault(id) : null;

    private string LevelOf(string unitId) => levels.GetValueOrDefault(unitId, "");

    private List<string> NamesOf(IEnumerable<string> itemIds) => [.. itemIds.Select(id => items.GetValueOrDefault(id, id))];

    private async Task<List<MergeSituation>> Merges(DateOnly since, CancellationToken cancellationToken)
    {
        var from = ChinaClock.ToUtc(since, TimeOnly.MinValue);
        var prompts = await db.MergePrompts.AsNoTracking().Include(p => p.Parties).Where(p => p.State == MergeState.Open || (p.State != MergeState.Lapsed && p.HandledAt >= from)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        if (prompts.Count == 0)
            return [];
        var (ids, enterpriseIds) = (prompts.ConvertAll(p => p.Id), prompts.Select(p => p.EnterpriseId).Distinct().ToList());
        var due = (await db.Deadlines.AsNoTracking().Where(d => ids.Contains(d.SubjectId) && d.Kind.StartsWith("merge.") && d.DroppedAt == null).Select(d => new { d.SubjectId, d.DueOn }).ToListAsync(cancellationToken)).ToLookup(d => d.SubjectId, d => d.DueOn, StringComparer.Ordinal);
        var names = await db.Enterprises.AsNoTracking().Where(e => enterpriseIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, StringComparer.Ordinal, cancellationToken);
        return [.. prompts.Where(p => due[p.Id].Any()).Select(p => new MergeSituation(
            p.Id,
            names.GetValueOrDefault(p.EnterpriseId, p.EnterpriseId),
            due[p.Id].First(),
            p.HandledAt is { } at ? ChinaClock.ToChinaDate(at) : null,
            p.Late,
            [.. p.Parties.Select(party => new PromptedUnit(party.UnitId, party.AskedOn, party.SeenAt is not null))]))];
    }

    private async Task<List<GuidanceSituation>> Guidance(DateOnly since, CancellationToken cancellationToken)
    {
        var from = ChinaClock.ToUtc(since, TimeOnly.MinValue);
        var rows = await db.Deadlines.AsNoTracking()
            .Where(d => d.Kind == "guidance.reply" && d.DroppedAt == null && (d.MetAt == null || d.MetAt >= from))
            .Select(d => new { d.SubjectId, d.UnitId, d.DueOn, d.MetAt })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(d => new GuidanceSituation(d.SubjectId, d.UnitId, d.DueOn, d.MetAt is { } at ? ChinaClock.ToChinaDate(at) : null));
    }

    private async Task<List<FrequencySituation>> Frequencies(int year, int atLeast, CancellationToken cancellationToken)
    {
        var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var visits = db.Tasks.AsNoTracking().Where(t => t.CompletedOn >= from && t.CompletedOn <= to && t.Stage != InspectionStage.Merged);
        var often = await visits.GroupBy(t => t.EnterpriseId).Where(same => same.Count() >= atLeast).Select(same => new { Id = same.Key, Count = same.Count() }).ToListAsync(cancellationToken);
        var found = new List<FrequencySituation>(often.Count);
        foreach (var some in often.Chunk(TasksAtOnce))
        {
            var ids = some.Select(enterprise => enterprise.Id).ToList();
            var names = await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, StringComparer.Ordinal, cancellationToken);
            var visitors = (await visits.Where(t => ids.Contains(t.EnterpriseId)).Select(t => new { t.EnterpriseId, t.UnitId }).Distinct().ToListAsync(cancellationToken)).ToLookup(t => t.EnterpriseId, t => t.UnitId, StringComparer.Ordinal);
            found.AddRange(some.Select(enterprise => new FrequencySituation(
                enterprise.Id, names.GetValueOrDefault(enterprise.Id, enterprise.Id), year, enterprise.Count, [.. visitors[enterprise.Id].Order(StringComparer.Ordinal)])));
        }

        return found;
    }

    private async Task<JointShare> Joint(int year, CancellationToken cancellationToken)
    {
        var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var done = db.Tasks.AsNoTracking().Where(t => t.CompletedOn >= from && t.CompletedOn <= to && t.Stage != InspectionStage.Merged);
        return new JointShare(year, await done.CountAsync(cancellationToken), await done.CountAsync(t => t.JointUnitIds.Any(), cancellationToken));
    }

    /// <summary>Complaints have a desk of their own.</summary>
    private Task<int> Overdue(DateOnly today, CancellationToken cancellationToken) => db.Deadlines.AsNoTracking()
        .CountAsync(d => d.MetAt == null && d.DroppedAt == null && d.DueOn < today && !d.Kind.StartsWith("complaint.") && !d.Kind.StartsWith("binding."), cancellationToken);

    private sealed record PlanOfBooks(PlanKind Kind, DateOnly? FiledOn);
}
