using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Figures;

/// <summary>What a figure is made of, line by line, by the same words as the figure itself: their number is what the figure says (S38).</summary>
internal sealed class FigureLists(ISupervisionDb db, FigureBooks books, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>Measures that have a list.</summary>
    public static readonly IReadOnlyList<Measure> Listed =
        [Measure.Visits, Measure.Scanned, Measure.Previewed, Measure.Results, Measure.Merges, Measure.Published, Measure.Guidance, Measure.Joint, Measure.OffSite, Measure.QuietDays];

    public async Task<IReadOnlyList<FigureLine>> Of(ReportPeriod period, string? unit, Measure measure, CancellationToken cancellationToken)
    {
        var found = measure switch
        {
            Measure.Merges or Measure.Guidance => await Answers(period, unit, measure, cancellationToken),
            Measure.OffSite => await LeftOut(period, unit, cancellationToken),
            Measure.QuietDays => await Refused(period, unit, cancellationToken),
            _ when Listed.Contains(measure) => await Visits(period, unit, measure, cancellationToken),
            _ => [],
        };
        var ids = found.Select(one => one.EnterpriseId).Where(id => id is not null).Distinct().ToList();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        const int together = 500;
        foreach (var some in ids.Chunk(together))
        {
            foreach (var enterprise in await db.Enterprises.AsNoTracking().Where(e => some.Contains(e.Id)).Select(e => new { e.Id, e.Name }).ToListAsync(cancellationToken))
                names[enterprise.Id] = enterprise.Name;
        }

        return
        [
            .. found.OrderBy(one => one.On).ThenBy(one => one.SubjectId, StringComparer.Ordinal)
                .Select(one => new FigureLine(one.SubjectId, one.UnitId, one.EnterpriseId is { } id ? names.GetValueOrDefault(id, id) : "", one.On, one.Remark)),
        ];
    }

    private async Task<List<Found>> Visits(ReportPeriod period, string? unit, Measure measure, CancellationToken cancellationToken)
    {
        var done = FigureBooks.Done(db, period, unit);
        var rows = measure switch
        {
            Measure.Scanned => await Rows(done.Where(t => t.ScannedInAt == null), cancellationToken),
            Measure.Previewed => await Rows(done.Where(t => t.Type != InspectionType.AdHoc && !t.PreviewWaived && t.PreviewSentOn == null), cancellationToken),
            Measure.Joint => await Rows(done.Where(t => t.JointUnitIds.Any()), cancellationToken),
            Measure.Results or Measure.Published => await NotInTime(period, unit, measure, cancellationToken),
            _ => await Rows(done, cancellationToken),
        };
        var found = new List<Found>();
        foreach (var row in rows)
        {
            var remark = measure switch
            {
                Measure.Scanned => row.NoScanReason is { } reason ? $"未扫码：{reason}" : "无扫码无原因",
                Measure.Previewed => "没有发预告",
                Measure.Results => Late(row.ResultEnteredOn, books.DueOn(row.On, rules.ResultEntry), "回填"),
                Measure.Published => Late(row.PublishedOn, books.DueOn(row.On, rules.Publication), "公示"),
                Measure.Joint => "联合检查",
                _ => row.Type.Name(),
            };
            if (remark is not null)
                found.Add(new Found(row.Id, row.UnitId, row.EnterpriseId, row.On, remark));
        }

        return found;
    }

    /// <summary>What was in time stays in the database.</summary>
    private async Task<List<Row>> NotInTime(ReportPeriod period, string? unit, Measure measure, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        foreach (var (days, resultBy, publishedBy) in books.Parts(period))
        {
            var done = FigureBooks.Done(db, days, unit);
            rows.AddRange(await Rows(
                measure == Measure.Results ? done.Where(t => t.ResultEnteredOn == null || t.ResultEnteredOn > resultBy) : done.Where(t => (t.PublishedOn == null || t.PublishedOn > publishedBy) && t.NotPublishedBecause == null),
                cancellationToken));
        }

        return rows;
    }

    private static Task<List<Row>> Rows(IQueryable<InspectionTask> tasks, CancellationToken cancellationToken) =>
        tasks.Select(t => new Row(t.Id, t.UnitId, t.EnterpriseId, t.CompletedOn!.Value, t.NoScanReason, t.ResultEnteredOn, t.PublishedOn, t.Type)).ToListAsync(cancellationToken);

    private async Task<List<Found>> Answers(ReportPeriod period, string? unit, Measure measure, CancellationToken cancellationToken)
    {
        var late = (await FigureBooks.Owed(db, period, unit, cancellationToken))
            .Where(owed => owed.Measure == measure && FigureBooks.InTime(owed.DoneOn, owed.DueOn, clock.Today) == false)
            .ToList();
        var ids = late.ConvertAll(owed => owed.SubjectId);
        var enterprises = measure == Measure.Merges
            ? await db.MergePrompts.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => (string?)p.EnterpriseId, StringComparer.Ordinal, cancellationToken)
            : await db.GuidanceRequests.AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.EnterpriseId, StringComparer.Ordinal, cancellationToken);
        return
        [
            .. late.SelectMany(owed => owed.UnitIds
                .Where(by => unit is null || by == unit)
                .Select(by => new Found(owed.SubjectId, by, enterprises.GetValueOrDefault(owed.SubjectId), owed.StartedOn, Late(owed.DoneOn, owed.DueOn, measure == Measure.Merges ? "处理" : "答复")!))),
        ];
    }

    private async Task<List<Found>> LeftOut(ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var (from, to) = (period.From, period.To);
        return await FigureBooks.OfUnit(db.Tasks.AsNoTracking().Where(t => t.ScheduledOn >= from && t.ScheduledOn <= to && t.Stage == InspectionStage.Exempted), unit)
            .Select(t => new Found(t.Id, t.UnitId, t.EnterpriseId, t.ScheduledOn, "改为非现场或免予现场检查"))
            .ToListAsync(cancellationToken);
    }

    private async Task<List<Found>> Refused(ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var (from, to) = (period.From, period.To);
        var rows = await db.QuietDayRefusals.AsNoTracking().Where(r => r.RefusedOn >= from && r.RefusedOn <= to && (unit == null || r.UnitId == unit)).ToListAsync(cancellationToken);
        return rows.ConvertAll(r => new Found(r.TaskId, r.UnitId, r.EnterpriseId, r.RefusedOn, $"拟定{ChineseDates.Short(r.WantedOn)}，在安静日内"));
    }

    /// <summary>Null when it was in time, or still may be.</summary>
    private string? Late(DateOnly? on, DateOnly dueOn, string what) => FigureBooks.InTime(on, dueOn, clock.Today) switch
    {
        false when on is { } day => FormattableString.Invariant($"应于{ChineseDates.Short(dueOn)}前{what}，{ChineseDates.Short(day)}{what}，晚{calendars.Current.WorkingDaysBetween(dueOn, day)}个工作日"),
        false => FormattableString.Invariant($"应于{ChineseDates.Short(dueOn)}前{what}，还没有{what}，已超期{calendars.Current.WorkingDaysBetween(dueOn, clock.Today)}个工作日"),
        _ => null,
    };

    private sealed record Row(string Id, string UnitId, string EnterpriseId, DateOnly On, string? NoScanReason, DateOnly? ResultEnteredOn, DateOnly? PublishedOn, InspectionType Type);

    private sealed record Found(string? SubjectId, string UnitId, string? EnterpriseId, DateOnly On, string Remark);
}
