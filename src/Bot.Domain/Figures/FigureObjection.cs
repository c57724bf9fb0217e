using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Figures;

/// <summary>数据异议: what a unit says against one of its figures before they are sent. Once a figure and month; it goes along with the report, whatever came of it (S39).</summary>
public sealed class FigureObjection
{
    private static readonly Rule WithReason = new("请写明异议的理由，例如哪件任务、实际情况是什么。", "S39");
    private static readonly Rule AnsweredOnce = new("这条异议已经答复过了。", "S39");
    private static readonly Rule WholeAnswer = new("请写明核实的情况。", "S39");

    private FigureObjection()
    {
    }

    internal FigureObjection(string unitId, ReportPeriod period, Measured measured, string reason, string personId, DateOnly on)
    {
        WithReason.Require(!string.IsNullOrWhiteSpace(reason));
        Id = IdOf(unitId, period, measured.Measure);
        (UnitId, PeriodId, Measure, Shown) = (unitId, period.Id, measured.Measure, measured.InWords);
        (Reason, PersonId, FiledOn) = (reason.Trim(), personId, on);
    }

    public string Id { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string PeriodId { get; private set; } = "";
    public Measure Measure { get; private set; }

    /// <summary>The figure as it stood when it was objected to.</summary>
    public string Shown { get; private set; } = "";
    public string Reason { get; private set; } = "";
    public string PersonId { get; private set; } = "";
    public DateOnly FiledOn { get; private set; }

    /// <summary>Whether the justice bureau found it right; null while it has not said so.</summary>
    public bool? Upheld { get; private set; }
    public string? Answer { get; private set; }
    public string? AnsweredById { get; private set; }
    public DateOnly? AnsweredOn { get; private set; }

    internal static string IdOf(string unitId, ReportPeriod period, Measure measure) => $"{unitId}:{period.Id}:{measure}";

    internal void Settle(bool upheld, string answer, string personId, DateOnly on)
    {
        AnsweredOnce.Require(Upheld is null);
        WholeAnswer.Require(!string.IsNullOrWhiteSpace(answer));
        (Upheld, Answer, AnsweredById, AnsweredOn) = (upheld, answer.Trim(), personId, on);
    }
}

/// <summary>An objection as it is shown and goes along with a report.</summary>
public sealed record ObjectionLine(string Id, string UnitId, string UnitName, string Period, Measure Measure, string Shown, string Reason, DateOnly FiledOn, bool? Upheld, string? Answer)
{
    public string InWords => $"{Measure.Name()}{Shown}：{Reason}（{ChineseDates.Short(FiledOn)}提出，{(Upheld is null ? "待核实" : Upheld.Value ? $"属实：{Answer}" : $"未采纳：{Answer}")}）";
}

/// <summary>Until when a month's figures may be objected to, and what was.</summary>
internal sealed class ObjectionDays(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>A month that is over, for some days after its figures were told on the next one's first working day.</summary>
    public DateOnly? OpenUntil(ReportPeriod period) => period.IsMonth && clock.Today > period.To && LastDay(period) is var last && clock.Today <= last ? last : null;

    public DateOnly LastDay(ReportPeriod month) => calendars.Current.Due(calendars.Current.NextWorkingDay(month.To), rules.FigureObjection.Period).On;

    public async Task<IReadOnlyList<ObjectionLine>> Of(ReportPeriod period, string? unit, CancellationToken cancellationToken)
    {
        var months = Months(period);
        var rows = await db.FigureObjections.AsNoTracking()
            .Where(o => months.Contains(o.PeriodId) && (unit == null || o.UnitId == unit))
            .Join(db.Units, o => o.UnitId, u => u.Id, (o, u) => new { Objection = o, Unit = u.Name })
            .ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.Objection.Id, StringComparer.Ordinal).Select(row => Line(row.Objection, row.Unit))];
    }

    internal static ObjectionLine Line(FigureObjection objection, string unit) => new(
        objection.Id, objection.UnitId, unit, ReportPeriod.Read(objection.PeriodId)!.Name, objection.Measure, objection.Shown, objection.Reason, objection.FiledOn, objection.Upheld, objection.Answer);

    private static List<string> Months(ReportPeriod period)
    {
        var months = new List<string>();
        for (var day = period.From; day <= period.To; day = day.AddMonths(1))
            months.Add(ReportPeriod.MonthOf(day).Id);
        return months;
    }
}
