using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
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
public sealed record FourFigures(int Due, int Scanned, int Refused, int LeftOut, int Together);

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

/// <summary>Part of the daily round: on the first working day of a month each unit's leader gets last month's four figures (J02). Safe to repeat.</summary>
[Allowed]
public sealed record TellDutiesOfMonth(Actor By) : ICommand<DutiesTold>, IRecordsItself;

/// <param name="Units">How many units' leaders were told.</param>
public sealed record DutiesTold(int Units) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class MonthOfDutiesHandler(ISupervisionDb db, NoticeBoard notices, MonthlyWord monthly, AuditTrail trail) :
    IRequestHandler<FiguresOfMonth, FourFigures>,
    IRequestHandler<DutyList, IReadOnlyList<DutyLine>>,
    IRequestHandler<TellDutiesOfMonth, DutiesTold>
{
    private const int Shown = 100;

    public async Task<FourFigures> Handle(FiguresOfMonth query, CancellationToken cancellationToken) =>
        (await Read(query.Month, query.By.UnitId ?? "", cancellationToken)).Of(query.By.UnitId ?? "");

    public async Task<IReadOnlyList<DutyLine>> Handle(DutyList query, CancellationToken cancellationToken)
    {
        var unit = query.By.UnitId ?? "";
        var books = await Read(query.Month, unit, cancellationToken);
        var lines = (query.Duty switch
        {
            Duty.Scan => books.Visits(unit).Select(visit => new Found(visit.Id, visit.EnterpriseId, visit.CompletedOn!.Value, visit.Scanned ? "已扫码" : visit.NoScanReason is { } reason ? $"未扫码：{reason}" : "未扫码，没有登记原因")),
            Duty.QuietDays => books.Refusals.Where(refusal => refusal.UnitId == unit).Select(refusal => new Found(refusal.TaskId, refusal.EnterpriseId, refusal.RefusedOn, $"拟定{ChineseDates.Short(refusal.WantedOn)}，在安静日内")),
            Duty.LessOften => books.LeftOut(unit).Select(task => new Found(task.Id, task.EnterpriseId, task.ScheduledOn, $"免予现场检查或改为非现场：{task.ExemptionReason}")),
            _ => books.Together(unit).Select(task => new Found(task.Id, task.EnterpriseId, task.CompletedOn ?? task.ScheduledOn, task.MergedIntoTaskId is { } lead ? $"并入{lead}" : "联合检查")),
        }).OrderBy(line => line.On).ThenBy(line => line.TaskId, StringComparer.Ordinal).Take(Shown).ToList();
        var ids = lines.ConvertAll(line => line.EnterpriseId);
        var names = await db.Enterprises.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        return [.. lines.Select(line => new DutyLine(line.TaskId, names[line.EnterpriseId], line.On, line.Remark.TrimEnd('：')))];
    }

    public async Task<DutiesTold> Handle(TellDutiesOfMonth command, CancellationToken cancellationToken)
    {
        if (await monthly.Begin(MatterKind.DutiesOfMonth, cancellationToken) is not { } month)
            return new DutiesTold(0);
        var version = month.ToString("yyyyMM", CultureInfo.InvariantCulture);
        var books = await Read(month, null, cancellationToken);
        var leaders = await db.OfficialsByUnit(ActorRole.UnitLeader, cancellationToken);
        var told = 0;
        foreach (var unit in (await db.Units.OrderBy(u => u.Id).ToListAsync(cancellationToken)).Where(u => u.IsOfThisDistrict && leaders.Contains(u.Id)))
        {
            var (figures, words) = (books.Of(unit.Id), DutyWords.Lists(month));
            var fields = new Dictionary<string, string>
            {
                ["unit"] = unit.Name,
                ["month"] = string.Create(CultureInfo.InvariantCulture, $"{month:yyyy年M月}"),
                ["lines"] = DutyWords.Lines(figures, month),
            };
            foreach (var leader in leaders[unit.Id])
                await notices.Owe(leader, "N54", $"N54:{unit.Id}:{version}:{leader}", unit.Id, fields, cancellationToken, digest: true, actions: words);
            trail.Add(command.By.PersonId!, nameof(TellDutiesOfMonth), unit.Id, version);
            told++;
        }

        return new DutiesTold(told);
    }

    /// <summary>The books of a month, of one unit or of all.</summary>
    private async Task<MonthBooks> Read(DateOnly anyDay, string? unit, CancellationToken cancellationToken)
    {
        var from = new DateOnly(anyDay.Year, anyDay.Month, 1);
        var to = from.AddMonths(1).AddDays(-1);
        var done = await Rows(db.Tasks.Where(t => t.CompletedOn >= from && t.CompletedOn <= to && t.Stage != InspectionStage.Merged && (unit == null || t.UnitId == unit || t.JointUnitIds.Contains(unit)))).ToListAsync(cancellationToken);
        var apart = await Rows(db.Tasks.Where(t => t.ScheduledOn >= from && t.ScheduledOn <= to && (t.Stage == InspectionStage.Exempted || t.Stage == InspectionStage.Merged) && (unit == null || t.UnitId == unit))).ToListAsync(cancellationToken);
        var refusals = await db.QuietDayRefusals.AsNoTracking().Where(r => r.RefusedOn >= from && r.RefusedOn <= to && (unit == null || r.UnitId == unit)).ToListAsync(cancellationToken);
        return new MonthBooks(done, apart, refusals);
    }

    private static IQueryable<TaskRow> Rows(IQueryable<InspectionTask> tasks) => tasks.AsNoTracking().Select(t =>
        new TaskRow(t.Id, t.UnitId, t.EnterpriseId, t.Stage, t.ScheduledOn, t.CompletedOn, t.ScannedInAt != null, t.NoScanReason, t.JointUnitIds, t.JoinedOn, t.MergedIntoTaskId, t.ExemptionReason));

    private sealed record Found(string? TaskId, string EnterpriseId, DateOnly On, string Remark);

    private sealed record TaskRow(
        string Id, string UnitId, string EnterpriseId, InspectionStage Stage, DateOnly ScheduledOn, DateOnly? CompletedOn, bool Scanned, string? NoScanReason, List<string> JointUnitIds, DateOnly? JoinedOn,
        string? MergedIntoTaskId, string? ExemptionReason);

    private sealed record MonthBooks(IReadOnlyList<TaskRow> Done, IReadOnlyList<TaskRow> Apart, IReadOnlyList<QuietDayRefusal> Refusals)
    {
        public IEnumerable<TaskRow> Visits(string unit) => Done.Where(task => task.UnitId == unit);

        public IEnumerable<TaskRow> LeftOut(string unit) => Apart.Where(task => task.UnitId == unit && task.Stage == InspectionStage.Exempted);

        public IEnumerable<TaskRow> Together(string unit) =>
        [
            .. Done.Where(task => task.JointUnitIds.Contains(unit) || (task.UnitId == unit && (task.JointUnitIds.Count > 0 || task.JoinedOn is not null))),
            .. Apart.Where(task => task.UnitId == unit && task.Stage == InspectionStage.Merged),
        ];

        public FourFigures Of(string unit) => new(
            Visits(unit).Count(),
            Visits(unit).Count(visit => visit.Scanned),
            Refusals.Count(refusal => refusal.UnitId == unit),
            LeftOut(unit).Count(),
            Together(unit).Count());
    }
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
