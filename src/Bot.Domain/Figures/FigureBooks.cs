using Bot.Domain.Calendar;
using Bot.Domain.Complaints;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Figures;

/// <summary>
/// Counts what happened in a period. The database counts by unit and day, so that a million tasks come back as some thousand rows; which day was the last
/// one in time is then looked up in the calendar.
/// </summary>
internal sealed class FigureBooks(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    private readonly Dictionary<(DateOnly Ended, Limit Limit), DateOnly> dueOn = [];

    /// <summary>The units of this district; the one asked for, or all.</summary>
    public async Task<IReadOnlyList<UnitFigures>> Read(ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var units = (await db.Units.AsNoTracking().Where(u => unit == null || u.Id == unit).OrderBy(u => u.Id).ToListAsync(cancellationToken)).Where(u => u.IsOfThisDistrict).ToList();
        var tally = new Tally();
        await CountVisits(tally, period, unit, cancellationToken);
        await CountInTime(tally, period, unit, cancellationToken);
        await CountApart(tally, period, unit, cancellationToken);
        await CountAnswers(tally, period, unit, cancellationToken);
        await CountVoices(tally, period, unit, cancellationToken);
        await CountPlans(tally, period, unit, cancellationToken);
        return [.. units.Select(one => new UnitFigures(one.Id, one.Name, tally.Of(one.Id)))];
    }

    /// <summary>Inspections that ended in the period; one that was done in the course of another is not counted twice.</summary>
    internal static IQueryable<InspectionTask> Done(ISupervisionDb db, ReportPeriod period, string? unit)
    {
        var (from, to) = (period.From, period.To);
        return db.Tasks.AsNoTracking().Where(t => t.CompletedOn >= from && t.CompletedOn <= to && t.Stage != InspectionStage.Merged && (unit == null || t.UnitId == unit));
    }

    /// <summary>Null while neither done nor too late.</summary>
    internal static bool? InTime(DateOnly? doneOn, DateOnly dueOn, DateOnly today) => doneOn is { } on ? on <= dueOn : today > dueOn ? false : null;

    private async Task CountVisits(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var visits = await Done(db, period, unit)
            .GroupBy(t => t.UnitId)
            .Select(of => new
            {
                UnitId = of.Key,
                Visits = of.Count(),
                Scanned = of.Count(t => t.ScannedInAt != null),
                ToPreview = of.Count(t => t.Type != InspectionType.AdHoc && !t.PreviewWaived),
                Previewed = of.Count(t => t.Type != InspectionType.AdHoc && !t.PreviewWaived && t.PreviewSentOn != null),
            })
            .ToListAsync(cancellationToken);
        var joint = (await Done(db, period, unit).Where(t => t.JointUnitIds.Any()).GroupBy(t => t.UnitId).Select(of => new { of.Key, Count = of.Count() }).ToListAsync(cancellationToken)).ToDictionary(of => of.Key, of => of.Count, StringComparer.Ordinal);
        foreach (var of in visits)
        {
            tally.Add(of.UnitId, Measure.Visits, of.Visits, of.Visits);
            tally.Add(of.UnitId, Measure.Scanned, of.Scanned, of.Visits);
            tally.Add(of.UnitId, Measure.Previewed, of.Previewed, of.ToPreview);
            tally.Add(of.UnitId, Measure.Joint, joint.GetValueOrDefault(of.UnitId), of.Visits);
        }
    }

    private async Task CountInTime(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var entered = await Done(db, period, unit)
            .GroupBy(t => new { t.UnitId, t.CompletedOn, t.ResultEnteredOn })
            .Select(of => new { of.Key.UnitId, Ended = of.Key.CompletedOn!.Value, On = of.Key.ResultEnteredOn, Count = of.Count() })
            .ToListAsync(cancellationToken);
        foreach (var of in entered)
        {
            if (InTime(of.On, DueOn(of.Ended, rules.ResultEntry), today) is { } inTime)
                tally.Add(of.UnitId, Measure.Results, inTime ? of.Count : 0, of.Count);
            if (of.On is { } on)
                tally.Add(of.UnitId, Measure.Days, of.Count * (long)Math.Max(0, on.DayNumber - of.Ended.DayNumber), of.Count);
        }

        var published = await Done(db, period, unit)
            .Where(t => t.NotPublishedBecause == null)
            .GroupBy(t => new { t.UnitId, t.CompletedOn, t.PublishedOn })
            .Select(of => new { of.Key.UnitId, Ended = of.Key.CompletedOn!.Value, On = of.Key.PublishedOn, Count = of.Count() })
            .ToListAsync(cancellationToken);
        foreach (var of in published)
        {
            if (InTime(of.On, DueOn(of.Ended, rules.Publication), today) is { } inTime)
                tally.Add(of.UnitId, Measure.Published, inTime ? of.Count : 0, of.Count);
        }

        var (from, to) = (period.From, period.To);
        var penalties = await db.Results.AsNoTracking()
            .Join(db.Tasks.Where(t => t.ResultEnteredOn >= from && t.ResultEnteredOn <= to && (unit == null || t.UnitId == unit)), r => r.TaskId, t => t.Id, (r, t) => new { t.UnitId, r.Penalty })
            .GroupBy(one => one.UnitId)
            .Select(of => new { of.Key, Results = of.Count(), Penalties = of.Count(one => one.Penalty) })
            .ToListAsync(cancellationToken);
        penalties.ForEach(of => tally.Add(of.Key, Measure.Penalties, of.Penalties, of.Results));
    }

    private async Task CountApart(Tally tally, ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var (from, to) = (period.From, period.To);
        var planned = await db.Tasks.AsNoTracking()
            .Where(t => t.ScheduledOn >= from && t.ScheduledOn <= to && t.Stage != InspectionStage.Merged && (unit == null || t.UnitId == unit))
            .GroupBy(t => t.UnitId)
            .Select(of => new { of.Key, Planned = of.Count(), OffSite = of.Count(t => t.Stage == InspectionStage.Exempted) })
            .ToListAsync(cancellationToken);
        planned.ForEach(of => tally.Add(of.Key, Measure.OffSite, of.OffSite, of.Planned));
        var refused = await db.QuietDayRefusals.AsNoTracking()
            .Where(r => r.RefusedOn >= from && r.RefusedOn <= to && (unit == null || r.UnitId == unit))
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
        var rows = await db.Deadlines.AsNoTracking()
            .Where(d => (d.Kind == "merge.sameUnit" || d.Kind == "merge.acrossUnits" || d.Kind == "guidance.reply") && d.StartedOn >= from && d.StartedOn <= to && d.DroppedAt == null)
            .Where(d => unit == null || d.UnitId == unit || d.OtherUnitIds.Contains(unit))
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
        var complaints = await db.Complaints.AsNoTracking()
            .Where(c => c.ReceivedAt >= began && c.ReceivedAt < ended && c.AgainstUnitId != null && c.Stage != ComplaintStage.Withdrawn && c.Kind != ComplaintKind.Integrity && (unit == null || c.AgainstUnitId == unit))
            .GroupBy(c => c.AgainstUnitId!)
            .Select(of => new { of.Key, Count = of.Count() })
            .ToListAsync(cancellationToken);
        complaints.ForEach(of => tally.Add(of.Key, Measure.Complaints, of.Count, of.Count));
        var ratings = await db.Feedback.AsNoTracking()
            .Where(f => f.Score != null && f.GivenOn >= from && f.GivenOn <= to)
            .Join(db.Tasks.Where(t => unit == null || t.UnitId == unit), f => f.TaskId, t => t.Id, (f, t) => new { t.UnitId, Score = f.Score!.Value })
            .GroupBy(one => one.UnitId)
            .Select(of => new { of.Key, Count = of.Count(), Sum = of.Sum(one => one.Score) })
            .ToListAsync(cancellationToken);
        ratings.ForEach(of => tally.Add(of.Key, Measure.Rating, of.Sum, of.Count));
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

    internal sealed record OwedAnswer(Measure Measure, string SubjectId, IReadOnlyList<string> UnitIds, DateOnly StartedOn, DateOnly DueOn, DateOnly? DoneOn);

    private sealed class Tally
    {
        private readonly Dictionary<(string Unit, Measure Measure), Measured> counted = [];

        public void Add(string unit, Measure measure, long part, long whole) =>
            counted[(unit, measure)] = counted.TryGetValue((unit, measure), out var so) ? so.With(new Measured(measure, part, whole)) : new Measured(measure, part, whole);

        public Dictionary<Measure, Measured> Of(string unit) => counted.Where(one => one.Key.Unit == unit).ToDictionary(one => one.Key.Measure, one => one.Value);
    }
}
