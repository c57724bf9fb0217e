using Bot.Domain.Calendar;
using Bot.Domain.Complaints;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Figures;

/// <summary>
/// Counts what happened in a period. The database counts by unit, day by day, from indexes that hold nothing but what is counted, so that only the period's
/// own entries are touched; the last day in time is the same for all that ended on one day.
/// </summary>
internal sealed class FigureBooks(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    private readonly Dictionary<(DateOnly Ended, Limit Limit), DateOnly> dueOn = [];

    /// <summary>All figures of the units of this district; of the one asked for, or of all.</summary>
    public async Task<IReadOnlyList<UnitFigures>> Read(ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        await CountOwed(tally, period, unit, cancellationToken);
        await CountVisits(tally, period, unit, cancellationToken);
        await CountJoint(tally, period, unit, cancellationToken);
        await CountPenalties(tally, period, unit, cancellationToken);
        await CountApart(tally, period, unit, cancellationToken);
        await CountAnswers(tally, period, unit, cancellationToken);
        await CountVoices(tally, period, unit, cancellationToken);
        await CountPlans(tally, period, unit, cancellationToken);
        return await Of(tally, unit, cancellationToken);
    }

    /// <summary>No more than what is owed by rule, which is all that places need (W40).</summary>
    public async Task<IReadOnlyList<UnitFigures>> ReadOwed(ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        await CountOwed(tally, period, unit, cancellationToken);
        await CountAnswers(tally, period, unit, cancellationToken);
        return await Of(tally, unit, cancellationToken);
    }

    /// <summary>How many were done, and how many of them jointly (W06).</summary>
    public async Task<IReadOnlyList<UnitFigures>> ReadJoint(ReportPeriod period, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        await CountVisits(tally, period, null, cancellationToken);
        await CountJoint(tally, period, null, cancellationToken);
        return await Of(tally, null, cancellationToken);
    }

    /// <summary>The penalties, and nothing else (W25).</summary>
    public async Task<IReadOnlyList<UnitFigures>> ReadPenalties(ReportPeriod period, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        await CountPenalties(tally, period, null, cancellationToken);
        return await Of(tally, null, cancellationToken);
    }

    /// <summary>Inspections that ended in the period; one that was done in the course of another is not counted twice.</summary>
    internal static IQueryable<InspectionTask> Done(ISupervisionDb db, ReportPeriod period, string? unit)
    {
        var (from, to, tasks) = (period.From, period.To, db.Tasks.AsNoTracking().Where(t => t.Stage != InspectionStage.Merged));
        if (unit is null)
            return tasks.Where(t => t.CompletedOn >= from && t.CompletedOn <= to);

        // Day by day, so that the database goes to the unit's own entries of each day and past the others'.
        var days = period.Days.ToList();
        return tasks.Where(t => days.Contains(t.CompletedOn!.Value) && t.UnitId == unit);
    }

    /// <summary>A condition that may be none keeps the database from its index.</summary>
    internal static IQueryable<InspectionTask> OfUnit(IQueryable<InspectionTask> tasks, string? unit) => unit is null ? tasks : tasks.Where(t => t.UnitId == unit);

    /// <summary>The period in parts; for whatever ended in one of them the last days in time are the same, as they are from a Friday to the Sunday after it.</summary>
    internal IEnumerable<DueAlike> Parts(ReportPeriod period)
    {
        DueAlike? part = null;
        foreach (var day in period.Days)
        {
            var (resultBy, publishedBy) = (DueOn(day, rules.ResultEntry), DueOn(day, rules.Publication));
            if (part is not null && (part.ResultBy, part.PublishedBy) != (resultBy, publishedBy))
                yield return part;
            part = part is not null && (part.ResultBy, part.PublishedBy) == (resultBy, publishedBy) ? part with { Days = part.Days with { To = day } } : new DueAlike(period with { From = day, To = day }, resultBy, publishedBy);
        }

        yield return part!;
    }

    /// <summary>Null while neither done nor too late.</summary>
    internal static bool? InTime(DateOnly? doneOn, DateOnly dueOn, DateOnly today) => doneOn is { } on ? on <= dueOn : today > dueOn ? false : null;

    private async Task<IReadOnlyList<UnitFigures>> Of(Tally tally, string? unit, CancellationToken cancellationToken)
    {
        var units = await db.Units.AsNoTracking().Where(u => unit == null || u.Id == unit).OrderBy(u => u.Id).ToListAsync(cancellationToken);
        return [.. units.Where(u => u.IsOfThisDistrict).Select(one => new UnitFigures(one.Id, one.Name, tally.Of(one.Id)))];
    }

    /// <summary>Scans, results and publications.</summary>
    private async Task CountOwed(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        if (unit is null)
            await CountOwedByAll(tally, period, cancellationToken);
        else
            await CountOwedBy(unit, tally, period, cancellationToken);

        // Few are withheld: counted with the others above, they are taken out again.
        var withheld = await Done(db, period, unit)
            .Where(t => t.NotPublishedBecause != null)
            .GroupBy(t => new { t.UnitId, t.CompletedOn, t.PublishedOn })
            .Select(of => new { of.Key.UnitId, Ended = of.Key.CompletedOn!.Value, On = of.Key.PublishedOn, Count = of.Count() })
            .ToListAsync(cancellationToken);
        foreach (var of in withheld)
        {
            if (InTime(of.On, DueOn(of.Ended, rules.Publication), clock.Today) is { } inTime)
                tally.Add(of.UnitId, Measure.Published, inTime ? -of.Count : 0, -of.Count);
        }
    }

    /// <summary>No more comes back than a line for each unit and day: the database compares with the last days in time, which are the same for all.</summary>
    private async Task CountOwedByAll(Tally tally, ReportPeriod period, CancellationToken cancellationToken)
    {
        foreach (var (days, resultBy, publishedBy) in Parts(period))
        {
            var units = await Done(db, days, null)
                .GroupBy(t => new { t.CompletedOn, t.UnitId })
                .Select(of => new
                {
                    of.Key.UnitId,
                    Visits = of.Count(),
                    Scanned = of.Count(t => t.ScannedInAt != null),
                    Entered = of.Count(t => t.ResultEnteredOn != null),
                    EnteredInTime = of.Count(t => t.ResultEnteredOn <= resultBy),
                    Published = of.Count(t => t.PublishedOn != null),
                    PublishedInTime = of.Count(t => t.PublishedOn <= publishedBy),
                })
                .ToListAsync(cancellationToken);
            foreach (var of in units)
            {
                tally.Add(of.UnitId, Measure.Scanned, of.Scanned, of.Visits);
                tally.Add(of.UnitId, Measure.Results, of.EnteredInTime, clock.Today > resultBy ? of.Visits : of.Entered);
                tally.Add(of.UnitId, Measure.Published, of.PublishedInTime, clock.Today > publishedBy ? of.Visits : of.Published);
            }
        }
    }

    /// <summary>One unit's visits are so few that one question for the whole period is quicker than one for each day.</summary>
    private async Task CountOwedBy(string unit, Tally tally, ReportPeriod period, CancellationToken cancellationToken)
    {
        var visits = await Done(db, period, unit)
            .GroupBy(t => new { t.CompletedOn, t.ResultEnteredOn, t.PublishedOn })
            .Select(of => new { Ended = of.Key.CompletedOn!.Value, of.Key.ResultEnteredOn, of.Key.PublishedOn, Count = of.Count(), Scanned = of.Count(t => t.ScannedInAt != null) })
            .ToListAsync(cancellationToken);
        foreach (var of in visits)
        {
            tally.Add(unit, Measure.Scanned, of.Scanned, of.Count);
            Judge(Measure.Results, of.ResultEnteredOn, DueOn(of.Ended, rules.ResultEntry), of.Count);
            Judge(Measure.Published, of.PublishedOn, DueOn(of.Ended, rules.Publication), of.Count);
        }

        void Judge(Measure measure, DateOnly? doneOn, DateOnly dueOn, int count)
        {
            var inTime = InTime(doneOn, dueOn, clock.Today);
            tally.Add(unit, measure, inTime == true ? count : 0, inTime is null ? 0 : count);
        }
    }

    private async Task CountVisits(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        // By day and unit, as the index has them: nothing is sorted.
        var visits = await Done(db, period, unit)
            .GroupBy(t => new { t.CompletedOn, t.UnitId })
            .Select(of => new
            {
                of.Key.UnitId,
                Ended = of.Key.CompletedOn!.Value,
                Visits = of.Count(),
                ToPreview = of.Count(t => t.Type != InspectionType.AdHoc && !t.PreviewWaived),
                Previewed = of.Count(t => t.Type != InspectionType.AdHoc && !t.PreviewWaived && t.PreviewSentOn != null),
                Entered = of.Count(t => t.ResultEnteredOn != null),
                Later = of.Count(t => t.ResultEnteredOn > t.CompletedOn),
                LaterDays = of.Sum(t => t.ResultEnteredOn > t.CompletedOn ? (long)t.ResultEnteredOn!.Value.DayNumber : 0L),
            })
            .ToListAsync(cancellationToken);
        foreach (var of in visits)
        {
            tally.Add(of.UnitId, Measure.Visits, of.Visits, of.Visits);
            tally.Add(of.UnitId, Measure.Previewed, of.Previewed, of.ToPreview);
            tally.Add(of.UnitId, Measure.Days, of.LaterDays - ((long)of.Later * of.Ended.DayNumber), of.Entered);
            tally.Add(of.UnitId, Measure.Joint, 0, of.Visits);
        }
    }

    private async Task CountJoint(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var joint = await Done(db, period, unit).Where(t => t.JointUnitIds.Any()).GroupBy(t => t.UnitId).Select(of => new { of.Key, Count = of.Count() }).ToListAsync(cancellationToken);
        joint.ForEach(of => tally.Add(of.Key, Measure.Joint, of.Count, 0));
    }

    private async Task CountPenalties(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var (from, to) = (period.From, period.To);
        var results = db.Results.AsNoTracking().Where(r => r.CountsFrom >= from && r.CountsFrom <= to);
        var penalties = await (unit is null ? results : results.Where(r => r.UnitId == unit))
            .GroupBy(r => new { r.CountsFrom, r.UnitId })
            .Select(of => new { of.Key.UnitId, Results = of.Count(), Penalties = of.Count(r => r.Penalty) })
            .ToListAsync(cancellationToken);
        penalties.ForEach(of => tally.Add(of.UnitId, Measure.Penalties, of.Penalties, of.Results));
    }

    private async Task CountApart(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var (from, to) = (period.From, period.To);
        var scheduled = OfUnit(db.Tasks.AsNoTracking().Where(t => t.ScheduledOn >= from && t.ScheduledOn <= to), unit);
        var planned = await scheduled.GroupBy(t => new { t.ScheduledOn, t.UnitId }).Select(of => new { of.Key.UnitId, Count = of.Count() }).ToListAsync(cancellationToken);
        planned.ForEach(of => tally.Add(of.UnitId, Measure.OffSite, 0, of.Count));
        var apart = await scheduled
            .Where(t => t.Stage == InspectionStage.Exempted || t.Stage == InspectionStage.Merged)
            .GroupBy(t => new { t.UnitId, t.Stage })
            .Select(of => new { of.Key.UnitId, of.Key.Stage, Count = of.Count() })
            .ToListAsync(cancellationToken);
        foreach (var of in apart)
            tally.Add(of.UnitId, Measure.OffSite, of.Stage == InspectionStage.Exempted ? of.Count : 0, of.Stage == InspectionStage.Merged ? -of.Count : 0);
        var refusals = db.QuietDayRefusals.AsNoTracking().Where(r => r.RefusedOn >= from && r.RefusedOn <= to);
        var refused = await (unit is null ? refusals : refusals.Where(r => r.UnitId == unit))
            .GroupBy(r => r.UnitId)
            .Select(of => new { of.Key, Count = of.Count() })
            .ToListAsync(cancellationToken);
        refused.ForEach(of => tally.Add(of.Key, Measure.QuietDays, of.Count, of.Count));
    }

    /// <summary>Prompts to merge, which several units may owe together, and requests for guidance.</summary>
    private async Task CountAnswers(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        foreach (var owed in await Owed(db, period, unit, cancellationToken))
        {
            if (InTime(owed.DoneOn, owed.DueOn, clock.Today) is not { } inTime)
                continue;
            foreach (var by in owed.UnitIds.Where(by => unit is null || by == unit))
                tally.Add(by, owed.Measure, inTime ? 1 : 0, 1);
        }
    }

    /// <summary>What began in the period and was not dropped.</summary>
    internal static async Task<IReadOnlyList<OwedAnswer>> Owed(ISupervisionDb db, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var (from, to) = (period.From, period.To);
        var began = db.Deadlines.AsNoTracking()
            .Where(d => (d.Kind == "merge.sameUnit" || d.Kind == "merge.acrossUnits" || d.Kind == "guidance.reply") && d.StartedOn >= from && d.StartedOn <= to && d.DroppedAt == null);
        var rows = await (unit is null ? began : began.Where(d => d.UnitId == unit || d.OtherUnitIds.Contains(unit)))
            .OrderBy(d => d.StartedOn).ThenBy(d => d.Id)
            .Select(d => new { d.Kind, d.SubjectId, d.UnitId, d.OtherUnitIds, d.StartedOn, d.DueOn, d.MetAt })
            .ToListAsync(cancellationToken);
        return [.. rows.Where(row => row.UnitId is not null).Select(row => new OwedAnswer(
            row.Kind == "guidance.reply" ? Measure.Guidance : Measure.Merges,
            row.SubjectId,
            [row.UnitId!, .. row.OtherUnitIds],
            row.StartedOn,
            row.DueOn,
            row.MetAt is { } at ? ChinaClock.ToChinaDate(at) : null))];
    }

    private async Task CountVoices(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var (from, to) = (period.From, period.To);
        var (began, ended) = (ChinaClock.ToUtc(from, TimeOnly.MinValue), ChinaClock.ToUtc(to.AddDays(1), TimeOnly.MinValue));

        // What hints at favours is nobody's business but the desk's: it is in no figure (H11).
        var received = db.Complaints.AsNoTracking()
            .Where(c => c.ReceivedAt >= began && c.ReceivedAt < ended && c.AgainstUnitId != null && c.Stage != ComplaintStage.Withdrawn && c.Kind != ComplaintKind.Integrity);
        var complaints = await (unit is null ? received : received.Where(c => c.AgainstUnitId == unit))
            .GroupBy(c => c.AgainstUnitId!)
            .Select(of => new { of.Key, Count = of.Count() })
            .ToListAsync(cancellationToken);
        complaints.ForEach(of => tally.Add(of.Key, Measure.Complaints, of.Count, of.Count));
        var given = db.Feedback.AsNoTracking().Where(f => f.Score != null && f.GivenOn >= from && f.GivenOn <= to);
        var ratings = await (unit is null ? given : given.Where(f => f.UnitId == unit))
            .GroupBy(f => new { f.GivenOn, f.UnitId })
            .Select(of => new { UnitId = of.Key.UnitId!, Count = of.Count(), Sum = of.Sum(f => f.Score!.Value) })
            .ToListAsync(cancellationToken);
        ratings.ForEach(of => tally.Add(of.UnitId, Measure.Rating, of.Sum, of.Count));
    }

    private async Task CountPlans(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var (year, to) = (period.To.Year, period.To);
        var plans = await db.Plans.AsNoTracking()
            .Where(p => p.Year == year && (unit == null || p.UnitId == unit))
            .GroupBy(p => p.UnitId)
            .Select(of => new { of.Key, Count = of.Count(), Filed = of.Count(p => p.JusticeFiledOn <= to) })
            .ToListAsync(cancellationToken);
        plans.ForEach(of => tally.Add(of.Key, Measure.Plans, of.Filed, of.Count));
        var warnings = await db.SupervisionCases.AsNoTracking()
            .Where(c => c.OpenedOn <= to && (c.ClosedOn == null || c.ClosedOn > to) && (unit == null || c.UnitId == unit))
            .GroupBy(c => c.UnitId)
            .Select(of => new { of.Key, Count = of.Count() })
            .ToListAsync(cancellationToken);
        warnings.ForEach(of => tally.Add(of.Key, Measure.Warnings, of.Count, of.Count));
    }

    internal DateOnly DueOn(DateOnly ended, Limit limit)
    {
        if (!dueOn.TryGetValue((ended, limit), out var on))
            dueOn[(ended, limit)] = on = calendars.Current.Due(ended, limit.Period).On;
        return on;
    }

    internal sealed record DueAlike(ReportPeriod Days, DateOnly ResultBy, DateOnly PublishedBy);

    internal sealed record OwedAnswer(Measure Measure, string SubjectId, IReadOnlyList<string> UnitIds, DateOnly StartedOn, DateOnly DueOn, DateOnly? DoneOn);

    private sealed class Tally
    {
        private readonly Dictionary<(string Unit, Measure Measure), Measured> counted = [];

        public void Add(string unit, Measure measure, long part, long whole) =>
            counted[(unit, measure)] = counted.TryGetValue((unit, measure), out var so) ? so.With(new Measured(measure, part, whole)) : new Measured(measure, part, whole);

        public Dictionary<Measure, Measured> Of(string unit) => counted.Where(one => one.Key.Unit == unit).ToDictionary(one => one.Key.Measure, one => one.Value);
    }
}
