using System.Runtime.CompilerServices;
using Bot.Domain.Calendar;
using Bot.Domain.Complaints;
using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Domain.Sweep;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Clues;

/// <summary>
/// Reads what may give clues from the books of this year and the last, a few thousand rows at a time: the database passes over what is in order, so that a
/// million tasks are one pass of it and the rules see only those that may be wrong. It writes nothing.
/// </summary>
public sealed class ClueBooks(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    private const int TasksAtOnce = 2_000;

    /// <summary>So much is written down in one transaction; others who write come in between.</summary>
    private const int FoundTogether = 500;

    /// <summary>Limits that the justice bureau itself has to keep, and those with a watch of their own.</summary>
    private static readonly string[] NotOfUnits = ["complaint.", "binding.", "help.", "supervision.", "merge."];

    private static readonly InspectionStage[] TookPlace = [InspectionStage.UnderWay, InspectionStage.Finished, InspectionStage.Reported, InspectionStage.Published];
    private static readonly MatterKind[] Warnings = [MatterKind.SameYearRepeat, MatterKind.InspectorsInvalid];

    /// <summary>What was found and is not yet part of a clue, a transaction's worth at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Finding>> Find([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var facts in Read(cancellationToken))
        {
            var found = FindClues.Of(facts, clock.Today, rules, calendars.Current).DistinctBy(finding => (finding.Kind, finding.UnitId, finding.EvidenceId)).ToList();
            foreach (var some in found.Chunk(FoundTogether))
            {
                var unknown = await Unknown(db, some, cancellationToken);
                if (unknown.Count > 0)
                    yield return unknown;
            }
        }
    }

    /// <summary>Those that are not part of a clue yet.</summary>
    internal static async Task<IReadOnlyList<Finding>> Unknown(ISupervisionDb db, IReadOnlyCollection<Finding> findings, CancellationToken cancellationToken)
    {
        var ids = findings.Select(finding => finding.EvidenceId).Distinct(StringComparer.Ordinal).ToList();
        var known = (await db.ClueEvidence.AsNoTracking().Where(e => ids.Contains(e.EvidenceId)).Select(e => new { e.Kind, e.UnitId, e.EvidenceId }).ToListAsync(cancellationToken))
            .Select(e => (e.Kind, e.UnitId, e.EvidenceId)).ToHashSet();
        return [.. findings.Where(finding => !known.Contains((finding.Kind, finding.UnitId, finding.EvidenceId)))];
    }

    private async IAsyncEnumerable<ClueFacts> Read([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var since = new DateOnly(today.Year - 1, 1, 1);
        yield return await District(today, since, cancellationToken);
        var plans = await db.Plans.AsNoTracking().Where(p => p.JusticeFiledOn != null).Select(p => new { p.Id, p.JusticeFiledOn }).ToDictionaryAsync(p => p.Id, p => p.JusticeFiledOn, StringComparer.Ordinal, cancellationToken);
        var last = "";
        while (true)
        {
            var rows = await Suspicious(last, since, today, cancellationToken);
            if (rows.Count == 0)
                break;
            last = rows[^1].Id;
            yield return new ClueFacts { Made = await Made(rows, plans, [], cancellationToken) };
        }

        yield return new ClueFacts { Made = [.. await MadeInSpite(since, cancellationToken), .. await WithoutStandards(since, plans, cancellationToken)] };
    }

    private async Task<ClueFacts> District(DateOnly today, DateOnly since, CancellationToken cancellationToken)
    {
        var units = await db.Units.AsNoTracking().ToListAsync(cancellationToken);
        return new ClueFacts
        {
            Units = units,
            Plans = new PlansSituation(today.Year, units, await db.Plans.AsNoTracking().Where(p => p.Year == today.Year).ToListAsync(cancellationToken)),
            Passed = await Passed(today, cancellationToken),
            Unmerged = await Unmerged(today, cancellationToken),
            Often = await Often(today.Year, cancellationToken),
            Complaints = await Complaints(since, cancellationToken),
            Reported = await db.ReportedInspections.AsNoTracking().Where(r => r.TaskId == null && r.On >= since).OrderBy(r => r.Id).ToListAsync(cancellationToken),
            Visits = await db.Visits.AsNoTracking().Where(v => v.On >= since && v.StartedAt != null).OrderBy(v => v.Id).ToListAsync(cancellationToken),
        };
    }

    private async Task<List<PassedLimit>> Passed(DateOnly today, CancellationToken cancellationToken)
    {
        var rows = await db.Deadlines.AsNoTracking()
            .Where(d => d.MetAt == null && d.DroppedAt == null && d.DueOn < today && d.UnitId != null)
            .Select(d => new PassedLimit(d.Kind, d.SubjectId, d.Title, d.UnitId!, d.DueOn))
            .ToListAsync(cancellationToken);

        // What is owed about plans is looked at with the plans themselves.
        return rows.FindAll(row => !row.Kind.StartsWith("plan.", StringComparison.Ordinal) && !Array.Exists(NotOfUnits, head => row.Kind.StartsWith(head, StringComparison.Ordinal)));
    }

    /// <summary>At fault is who had not answered when the limit passed; where all had, and it still was not carried out, all of them.</summary>
    private async Task<List<UnmergedPrompt>> Unmerged(DateOnly today, CancellationToken cancellationToken)
    {
        var missed = (await db.Deadlines.AsNoTracking()
            .Where(d => d.Kind.StartsWith("merge.") && d.DroppedAt == null && d.DueOn < today)
            .Select(d => new { d.SubjectId, d.DueOn, d.MetAt })
            .ToListAsync(cancellationToken)).FindAll(d => d.MetAt is null || ChinaClock.ToChinaDate(d.MetAt.Value) > d.DueOn);
        var found = new List<UnmergedPrompt>(missed.Count);
        foreach (var some in missed.Chunk(TasksAtOnce))
        {
            var ids = some.Select(d => d.SubjectId).ToList();
            var prompts = await db.MergePrompts.AsNoTracking().Include(p => p.Parties).Where(p => ids.Contains(p.Id) && p.State != MergeState.Lapsed).ToDictionaryAsync(p => p.Id, StringComparer.Ordinal, cancellationToken);
            var names = await Names(prompts.Values.Select(prompt => prompt.EnterpriseId), cancellationToken);
            found.AddRange(some.Where(d => prompts.ContainsKey(d.SubjectId)).Select(d => new UnmergedPrompt(d.SubjectId, names.GetValueOrDefault(prompts[d.SubjectId].EnterpriseId, ""), d.DueOn, AtFault(prompts[d.SubjectId], d.DueOn))));
        }

        return found;
    }

    private static IReadOnlyList<string> AtFault(MergePrompt prompt, DateOnly dueOn)
    {
        var silent = prompt.Parties.Where(party => party.Answer == MergeAnswer.Awaited || party.AnsweredAt is null || ChinaClock.ToChinaDate(party.AnsweredAt.Value) > dueOn).Select(party => party.UnitId).ToList();
        return [.. (silent.Count > 0 ? silent : prompt.Parties.Select(party => party.UnitId)).Order(StringComparer.Ordinal)];
    }

    private async Task<List<OftenVisited>> Often(int year, CancellationToken cancellationToken)
    {
        var (from, to, atLeast) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31), rules.HighFrequencyVisits.Value);
        var visits = db.Tasks.AsNoTracking().Where(t => t.CompletedOn >= from && t.CompletedOn <= to && t.Stage != InspectionStage.Merged);
        var often = await visits.GroupBy(t => t.EnterpriseId).Where(same => same.Count() >= atLeast).Select(same => same.Key).ToListAsync(cancellationToken);
        var found = new List<OftenVisited>(often.Count);
        foreach (var ids in often.Chunk(TasksAtOnce))
        {
            var names = await Names(ids, cancellationToken);
            var own = (await visits.Where(t => ids.Contains(t.EnterpriseId)).Select(t => new { t.EnterpriseId, t.Id, t.UnitId, On = t.CompletedOn!.Value }).ToListAsync(cancellationToken)).ToLookup(t => t.EnterpriseId, StringComparer.Ordinal);
            found.AddRange(ids.Select(id => new OftenVisited(
                id,
                names.GetValueOrDefault(id, id),
                year,
                [.. own[id].OrderBy(visit => visit.On).ThenBy(visit => visit.Id, StringComparer.Ordinal).Select(visit => new VisitOfUnit(visit.Id, visit.UnitId, visit.On))])));
        }

        return found;
    }

    /// <summary>
    /// Only complaints that no settled clue has used up. What is said about bribes is for its own desk and not counted here; nor is what was withdrawn.
    /// </summary>
    private async Task<List<ComplaintOfUnit>> Complaints(DateOnly since, CancellationToken cancellationToken)
    {
        var from = ChinaClock.ToUtc(since, TimeOnly.MinValue);
        var used = db.ClueEvidence.Where(e => e.Kind == ClueKind.ComplaintTrend && db.Clues.Any(c => c.Id == e.ClueId && c.State != ClueState.Open)).Select(e => e.EvidenceId);
        var rows = await db.Complaints.AsNoTracking()
            .Where(c => c.AgainstUnitId != null && c.ReceivedAt >= from && c.Kind != ComplaintKind.Integrity && c.Stage != ComplaintStage.Withdrawn && !used.Contains(c.Id))
            .Select(c => new { c.Id, c.AgainstUnitId, c.Kind, c.ReceivedAt })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(c => new ComplaintOfUnit(c.Id, c.AgainstUnitId!, c.Kind, ChinaClock.ToChinaDate(c.ReceivedAt)));
    }

    /// <summary>Tasks that took place and where something may be wrong: one pass through all of them, made by the database.</summary>
    private async Task<List<Row>> Suspicious(string after, DateOnly since, DateOnly today, CancellationToken cancellationToken)
    {
        var (resultLate, publicationLate) = (LastLate(rules.ResultEntry, today), LastLate(rules.Publication, today));
        var (quietFrom, quietTo) = (rules.QuietDays?.From ?? 0, rules.QuietDays?.To ?? 0);
        return await Rows(db.Tasks.AsNoTracking()
            .Where(t => string.Compare(t.Id, after) > 0 && t.CompletedOn >= since && TookPlace.Contains(t.Stage))
            .Where(t => (t.ScannedInAt == null && t.NoScanReason == null)
                || (t.ResultEnteredOn == null && t.CompletedOn <= resultLate)
                || (t.PublishedOn == null && t.NotPublishedBecause == null && t.CompletedOn <= publicationLate)
                || (t.ApprovedOn == null && !t.Urgent)
                || (t.PreviewSentOn == null && (t.Type == InspectionType.Daily || (t.Type == InspectionType.Special && !t.PreviewWaived)))
                || (t.CompletedOn!.Value.Day >= quietFrom && t.CompletedOn!.Value.Day <= quietTo && (t.Type != InspectionType.AdHoc || t.Ground == InspectionGround.EnterpriseRequest)))
            .OrderBy(t => t.Id)
            .Take(TasksAtOnce)).ToListAsync(cancellationToken);
    }

    /// <summary>The morning round had said what was wrong, and the visit took place all the same.</summary>
    private async Task<List<VisitMade>> MadeInSpite(DateOnly since, CancellationToken cancellationToken)
    {
        var warned = (await db.RaisedMatters.AsNoTracking()
            .Where(m => Warnings.Contains(m.Kind) && db.Tasks.Any(t => t.Id == m.SubjectId && t.CompletedOn >= since && TookPlace.Contains(t.Stage)))
            .Select(m => new { m.SubjectId, m.Kind })
            .ToListAsync(cancellationToken)).ToLookup(m => m.SubjectId, m => m.Kind, StringComparer.Ordinal);
        var made = new List<VisitMade>();
        foreach (var ids in warned.Select(task => task.Key).Chunk(TasksAtOnce))
        {
            var rows = await Rows(db.Tasks.AsNoTracking().Where(t => ids.Contains(t.Id))).ToListAsync(cancellationToken);
            var people = await People(rows.Where(row => warned[row.Id].Contains(MatterKind.InspectorsInvalid)), cancellationToken);
            made.AddRange((await Made(rows, [], [], cancellationToken)).Select(visit => visit with { WarnedOf = [.. warned[visit.Id]], UnqualifiedBecause = Why(rows.Find(row => row.Id == visit.Id)!, people) }));
        }

        return made;
    }

    /// <summary>The enterprise was told of an item for which there is nothing to go by (J16). Most units have none of these.</summary>
    private async Task<IReadOnlyList<VisitMade>> WithoutStandards(DateOnly since, Dictionary<string, DateOnly?> filed, CancellationToken cancellationToken)
    {
        var bare = await db.Items.AsNoTracking().Where(i => i.Published && !i.Standards.Any()).Select(i => new { i.Id, i.Name, i.UnitId }).ToListAsync(cancellationToken);
        if (bare.Count == 0)
            return [];
        var (ids, units) = (bare.ConvertAll(item => item.Id), bare.Select(item => item.UnitId).Distinct().ToList());
        var rows = await Rows(db.Tasks.AsNoTracking().Where(t => units.Contains(t.UnitId) && t.PreviewSentOn != null && t.CompletedOn >= since && TookPlace.Contains(t.Stage) && t.ItemIds.Any(id => ids.Contains(id)))).ToListAsync(cancellationToken);
        return await Made(rows, filed, bare.ToDictionary(item => item.Id, item => item.Name, StringComparer.Ordinal), cancellationToken);
    }

    /// <summary>Whoever was not fit may have been replaced before the visit.</summary>
    private string? Why(Row row, Dictionary<string, Person> people)
    {
        Person[] team = [.. row.InspectorIds.Select(id => people.GetValueOrDefault(id)).OfType<Person>()];
        if (team.Length == 0 || TeamRuling.Of(team, row.CompletedOn, rules) is { Allows: true })
            return null;
        return $"检查人员资格不符：{string.Join('、', team.Where(person => TeamRuling.FaultOf(person, row.CompletedOn) is not null).Select(person => person.Name).DefaultIfEmpty("持证人员不足"))}";
    }

    private async Task<Dictionary<string, Person>> People(IEnumerable<Row> rows, CancellationToken cancellationToken)
    {
        var ids = rows.SelectMany(row => row.InspectorIds).Distinct(StringComparer.Ordinal).ToList();
        return ids.Count == 0 ? [] : await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, StringComparer.Ordinal, cancellationToken);
    }

    private async Task<IReadOnlyList<VisitMade>> Made(List<Row> rows, Dictionary<string, DateOnly?> filed, Dictionary<string, string> bare, CancellationToken cancellationToken)
    {
        var names = await Names(rows.Select(row => row.EnterpriseId), cancellationToken);
        return rows.ConvertAll(row => new VisitMade(row.Id, row.UnitId, names.GetValueOrDefault(row.EnterpriseId, ""), row.Type, row.Ground, row.CompletedOn)
        {
            Urgent = row.Urgent,
            ApprovedOn = row.ApprovedOn,
            PreviewSentOn = row.PreviewSentOn,
            PreviewWaived = row.PreviewWaived,
            Scanned = row.Scanned,
            NoScanReason = row.NoScanReason,
            ResultEnteredOn = row.ResultEnteredOn,
            PublishedOn = row.PublishedOn,
            NotPublishedBecause = row.NotPublishedBecause,
            PlanFiledOn = row.PlanId is { } plan ? filed.GetValueOrDefault(plan) : null,
            ItemsWithoutStandards = [.. row.ItemIds.Where(bare.ContainsKey).Select(id => bare[id])],
        });
    }

    private async Task<Dictionary<string, string>> Names(IEnumerable<string> enterpriseIds, CancellationToken cancellationToken)
    {
        var ids = enterpriseIds.Distinct(StringComparer.Ordinal).ToList();
        return await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.Name }).ToDictionaryAsync(e => e.Id, e => e.Name, StringComparer.Ordinal, cancellationToken);
    }

    /// <summary>The last day from which this limit, counted to its end, has passed today.</summary>
    private DateOnly LastLate(Limit limit, DateOnly today)
    {
        var day = today.AddDays(-1);
        while (calendars.Current.Due(day, limit.Period).On >= today)
            day = day.AddDays(-1);
        return day;
    }

    private static IQueryable<Row> Rows(IQueryable<InspectionTask> tasks) => tasks.Select(t => new Row(t.Id, t.UnitId, t.EnterpriseId, t.Type, t.Ground, t.CompletedOn!.Value, t.InspectorIds, t.ItemIds)
    {
        PlanId = t.PlanId,
        Urgent = t.Urgent,
        ApprovedOn = t.ApprovedOn,
        PreviewSentOn = t.PreviewSentOn,
        PreviewWaived = t.PreviewWaived,
        Scanned = t.ScannedInAt != null,
        NoScanReason = t.NoScanReason,
        ResultEnteredOn = t.ResultEnteredOn,
        PublishedOn = t.PublishedOn,
        NotPublishedBecause = t.NotPublishedBecause,
    });

    private sealed record Row(string Id, string UnitId, string EnterpriseId, InspectionType Type, InspectionGround Ground, DateOnly CompletedOn, List<string> InspectorIds, List<string> ItemIds)
    {
        public string? PlanId { get; init; }
        public bool Urgent { get; init; }
        public DateOnly? ApprovedOn { get; init; }
        public DateOnly? PreviewSentOn { get; init; }
        public bool PreviewWaived { get; init; }
        public bool Scanned { get; init; }
        public string? NoScanReason { get; init; }
        public DateOnly? ResultEnteredOn { get; init; }
        public DateOnly? PublishedOn { get; init; }
        public string? NotPublishedBecause { get; init; }
    }
}
