using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Sweep;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Duties;

/// <summary>The four duties that are bound together (J02).</summary>
public enum Duty
{
    /// <summary>扫码入企.</summary>
    Scan,

    /// <summary>企业安静日.</summary>
    QuietDays,

    /// <summary>分级分类: visits left out or made off-site.</summary>
    LessOften,

    /// <summary>综合查一次.</summary>
    Together,
}

/// <summary>A unit's figures of one month, one for each duty.</summary>
/// <param name="Due">Visits that ended in the month, each of which had to begin with a scan.</param>
/// <param name="Scanned">Those that did.</param>
/// <param name="Refused">Inspections kept off quiet days.</param>
/// <param name="LeftOut">Visits left out, or made in another way than on site.</param>
/// <param name="Together">Inspections done together with others.</param>
public sealed record FourFigures(int Due, int Scanned, int Refused, int LeftOut, int Together)
{
    public static readonly FourFigures None = new(0, 0, 0, 0, 0);
}

/// <summary>One line of a duty's list.</summary>
/// <param name="TaskId">The task; null for one that was refused before it was registered.</param>
/// <param name="EnterpriseName">Where.</param>
/// <param name="On">The day that counts: of the visit, of the refusal, on which it had been planned.</param>
/// <param name="Remark">What there is to say.</param>
public sealed record DutyLine(string? TaskId, string EnterpriseName, DateOnly On, string Remark);

/// <summary>The asker's unit in a month (J02).</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record FiguresOfMonth(Actor By, DateOnly Month) : IQuery<FourFigures>;

/// <summary>What one of the figures is made of.</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record DutyList(Actor By, Duty Duty, DateOnly Month) : IQuery<IReadOnlyList<DutyLine>>;

/// <summary>Part of the daily round: on the first working day of a month each unit's leader gets last month's four figures (J02). Safe to repeat, and to send twice when two
/// instances have read the same.</summary>
[Allowed]
public sealed record TellDutiesOfMonth(Actor By, MonthOfUnits Read) : ICommand<DutiesTold>, IRecordsItself;

/// <param name="Units">How many units' leaders were told.</param>
public sealed record DutiesTold(int Units) : IReceipt
{
    string IReceipt.Subject => "";
}

/// <summary>What <see cref="TellDutiesOfMonth"/> is to tell; asked outside of any transaction. Null when there is nothing to tell today.</summary>
[Allowed]
public sealed record DutiesToTell(Actor By) : IQuery<MonthOfUnits?>;

internal sealed class MonthOfDutiesHandler(ISupervisionDb db, DutyBooks books, NoticeBoard notices, MonthlyWord monthly, AuditTrail trail) :
    IRequestHandler<FiguresOfMonth, FourFigures>,
    IRequestHandler<DutyList, IReadOnlyList<DutyLine>>,
    IRequestHandler<DutiesToTell, MonthOfUnits?>,
    IRequestHandler<TellDutiesOfMonth, DutiesTold>
{
    private const int Shown = 100;

    public async Task<FourFigures> Handle(FiguresOfMonth query, CancellationToken cancellationToken)
    {
        var unit = query.By.UnitId ?? "";
        return (await books.Count(query.Month, unit, cancellationToken)).GetValueOrDefault(unit, FourFigures.None);
    }

    public async Task<IReadOnlyList<DutyLine>> Handle(DutyList query, CancellationToken cancellationToken)
    {
        var lines = (await books.List(query.Duty, query.Month, query.By.UnitId ?? "", cancellationToken)).OrderBy(line => line.On).ThenBy(line => line.TaskId, StringComparer.Ordinal).Take(Shown).ToList();
        var ids = lines.ConvertAll(line => line.EnterpriseId);
        var names = await db.Enterprises.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        return [.. lines.Select(line => new DutyLine(line.TaskId, names[line.EnterpriseId], line.On, line.Remark.TrimEnd('：')))];
    }

    public async Task<MonthOfUnits?> Handle(DutiesToTell query, CancellationToken cancellationToken)
    {
        if (await monthly.Due(MatterKind.DutiesOfMonth, cancellationToken) is not { } month)
            return null;
        var figures = await books.Count(month, null, cancellationToken);
        var units = await db.Units.AsNoTracking().OrderBy(u => u.Id).ToListAsync(cancellationToken);
        return new MonthOfUnits(month, [.. units.Where(u => u.IsOfThisDistrict).Select(unit => new UnitInWords(unit.Id, new Dictionary<string, string>
        {
            ["unit"] = unit.Name,
            ["month"] = string.Create(CultureInfo.InvariantCulture, $"{month:yyyy年M月}"),
            ["lines"] = DutyWords.Lines(figures.GetValueOrDefault(unit.Id, FourFigures.None), month),
        }))]);
    }

    public async Task<DutiesTold> Handle(TellDutiesOfMonth command, CancellationToken cancellationToken)
    {
        var month = command.Read.Month;
        if (!await monthly.Begin(MatterKind.DutiesOfMonth, month, cancellationToken))
            return new DutiesTold(0);
        var version = month.ToString("yyyyMM", CultureInfo.InvariantCulture);
        var leaders = await db.OfficialsByUnit(ActorRole.UnitLeader, cancellationToken);
        var told = 0;
        foreach (var (unit, fields) in command.Read.Units.Where(unit => leaders.Contains(unit.UnitId)))
        {
            foreach (var leader in leaders[unit])
                await notices.Owe(leader, "N54", $"N54:{unit}:{version}:{leader}", unit, fields, cancellationToken, digest: true, actions: DutyWords.Lists(month));
            trail.Add(command.By.PersonId!, nameof(TellDutiesOfMonth), unit, version);
            told++;
        }

        return new DutiesTold(told);
    }
}

/// <summary>The four duties of a month as the database counts them, and the lists that they are made of.</summary>
internal sealed class DutyBooks(ISupervisionDb db)
{
    /// <summary>The figures of the units that have any; of one, or of all.</summary>
    public async Task<IReadOnlyDictionary<string, FourFigures>> Count(DateOnly anyDay, string? unit, CancellationToken cancellationToken)
    {
        var (period, figures) = (ReportPeriod.MonthOf(anyDay), new Dictionary<string, FourFigures>(StringComparer.Ordinal));
        void Add(string unitId, Func<FourFigures, FourFigures> change) => figures[unitId] = change(figures.GetValueOrDefault(unitId, FourFigures.None));

        var visits = await FigureBooks.Done(db, period, unit)
            .GroupBy(t => new { t.CompletedOn, t.UnitId })
            .Select(of => new { of.Key.UnitId, Due = of.Count(), Scanned = of.Count(t => t.ScannedInAt != null) })
            .ToListAsync(cancellationToken);
        visits.ForEach(of => Add(of.UnitId, so => so with { Due = so.Due + of.Due, Scanned = so.Scanned + of.Scanned }));
        var refusals = await Refusals(period, unit).GroupBy(r => r.UnitId).Select(of => new { of.Key, Count = of.Count() }).ToListAsync(cancellationToken);
        refusals.ForEach(of => Add(of.Key, so => so with { Refused = of.Count }));
        var leftOut = await Apart(period, unit, InspectionStage.Exempted).GroupBy(t => t.UnitId).Select(of => new { of.Key, Count = of.Count() }).ToListAsync(cancellationToken);
        leftOut.ForEach(of => Add(of.Key, so => so with { LeftOut = of.Count }));
        var merged = await Apart(period, unit, InspectionStage.Merged).GroupBy(t => t.UnitId).Select(of => new { of.Key, Count = of.Count() }).ToListAsync(cancellationToken);
        merged.ForEach(of => Add(of.Key, so => so with { Together = of.Count }));
        foreach (var visit in await Together(period, unit, cancellationToken))
        {
            foreach (var one in visit.JointUnitIds.Append(visit.UnitId).Distinct(StringComparer.Ordinal))
                Add(one, so => so with { Together = so.Together + 1 });
        }

        return figures;
    }

    public async Task<IEnumerable<Found>> List(Duty duty, DateOnly anyDay, string unit, CancellationToken cancellationToken)
    {
        var period = ReportPeriod.MonthOf(anyDay);
        return duty switch
        {
            Duty.Scan => (await Rows(FigureBooks.Done(db, period, unit)).ToListAsync(cancellationToken))
                .Select(visit => new Found(visit.Id, visit.EnterpriseId, visit.CompletedOn!.Value, visit.Scanned ? "已扫码" : visit.NoScanReason is { } reason ? $"未扫码：{reason}" : "未扫码，没有登记原因")),
            Duty.QuietDays => (await Refusals(period, unit).ToListAsync(cancellationToken))
                .Select(refusal => new Found(refusal.TaskId, refusal.EnterpriseId, refusal.RefusedOn, $"拟定{ChineseDates.Short(refusal.WantedOn)}，在安静日内")),
            Duty.LessOften => (await Rows(Apart(period, unit, InspectionStage.Exempted)).ToListAsync(cancellationToken))
                .Select(task => new Found(task.Id, task.EnterpriseId, task.ScheduledOn, $"免予现场检查或改为非现场：{task.ExemptionReason}")),
            _ => (await Together(period, unit, cancellationToken)).Concat(await Rows(Apart(period, unit, InspectionStage.Merged)).ToListAsync(cancellationToken))
                .Select(task => new Found(task.Id, task.EnterpriseId, task.CompletedOn ?? task.ScheduledOn, task.MergedIntoTaskId is { } lead ? $"并入{lead}" : "联合检查")),
        };
    }

    /// <summary>Visits made with others, which count for each of the units, and those that another task of the same unit was joined to.</summary>
    private async Task<IEnumerable<TaskRow>> Together(ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var joint = FigureBooks.Done(db, period, null).Where(t => t.JointUnitIds.Any());
        var own = unit is null ? joint : joint.Where(t => t.UnitId == unit || t.JointUnitIds.Contains(unit));
        return (await Rows(own).ToListAsync(cancellationToken))
            .Concat(await Rows(FigureBooks.Done(db, period, unit).Where(t => t.JoinedOn != null && !t.JointUnitIds.Any())).ToListAsync(cancellationToken));
    }

    private IQueryable<InspectionTask> Apart(ReportPeriod period, string? unit, InspectionStage stage)
    {
        var (from, to) = (period.From, period.To);
        var scheduled = FigureBooks.OfUnit(db.Tasks.AsNoTracking().Where(t => t.ScheduledOn >= from && t.ScheduledOn <= to && (t.Stage == InspectionStage.Exempted || t.Stage == InspectionStage.Merged)), unit);
        return scheduled.Where(t => t.Stage == stage);
    }

    private IQueryable<QuietDayRefusal> Refusals(ReportPeriod period, string? unit)
    {
        var (from, to) = (period.From, period.To);
        var refusals = db.QuietDayRefusals.AsNoTracking().Where(r => r.RefusedOn >= from && r.RefusedOn <= to);
        return unit is null ? refusals : refusals.Where(r => r.UnitId == unit);
    }

    private static IQueryable<TaskRow> Rows(IQueryable<InspectionTask> tasks) => tasks.Select(t =>
        new TaskRow(t.Id, t.UnitId, t.EnterpriseId, t.ScheduledOn, t.CompletedOn, t.ScannedInAt != null, t.NoScanReason, t.JointUnitIds, t.MergedIntoTaskId, t.ExemptionReason));

    /// <summary>One line of a list, the enterprise not yet by its name.</summary>
    public sealed record Found(string? TaskId, string EnterpriseId, DateOnly On, string Remark);

    private sealed record TaskRow(
        string Id, string UnitId, string EnterpriseId, DateOnly ScheduledOn, DateOnly? CompletedOn, bool Scanned, string? NoScanReason, List<string> JointUnitIds, string? MergedIntoTaskId, string? ExemptionReason);
}

/// <summary>The four figures in words, each with the words that open its list.</summary>
public static class DutyWords
{
    private static readonly Dictionary<Duty, string> Names = new()
    {
        [Duty.Scan] = "应扫清单",
        [Duty.QuietDays] = "拦截清单",
        [Duty.LessOften] = "降频清单",
        [Duty.Together] = "并办清单",
    };

    /// <summary>应扫清单 …</summary>
    public static string Name(this Duty duty) => Names[duty];

    /// <summary>应扫清单 2026-03</summary>
    public static string List(this Duty duty, DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"{Names[duty]} {month:yyyy-MM}");

    public static IReadOnlyList<string> Lists(DateOnly month) => [.. Enum.GetValues<Duty>().Select(duty => duty.List(month))];

    public static string Lines(FourFigures figures, DateOnly month) => string.Create(
        CultureInfo.InvariantCulture,
        $"扫码入企：应扫{figures.Due}次，已扫{figures.Scanned}次（{Duty.Scan.List(month)}）\n安静日：拦截{figures.Refused}次（{Duty.QuietDays.List(month)}）\n分级分类：降频{figures.LeftOut}件（{Duty.LessOften.List(month)}）\n综合查一次：并办{figures.Together}件（{Duty.Together.List(month)}）");
}
