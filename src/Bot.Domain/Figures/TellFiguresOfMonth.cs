using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Domain.Sweep;
using MediatR;

namespace Bot.Domain.Figures;

/// <summary>
/// Part of the daily round: on the first working day of a month each unit's leader gets the unit's figures and place of the last one, before anybody else
/// does, and until when they may object (S39, W40). Safe to repeat, and to send twice when two instances have read the same.
/// </summary>
[Allowed]
public sealed record TellFiguresOfMonth(Actor By, MonthOfUnits Read) : ICommand<FiguresTold>, IRecordsItself;

/// <param name="Units">How many units' leaders were told.</param>
public sealed record FiguresTold(int Units) : IReceipt
{
    string IReceipt.Subject => "";
}

/// <summary>What <see cref="TellFiguresOfMonth"/> is to tell; asked outside of any transaction. Null when there is nothing to tell today.</summary>
[Allowed]
public sealed record FiguresToTell(Actor By) : IQuery<MonthOfUnits?>;

internal sealed class TellFiguresOfMonthHandler(ISupervisionDb db, FigureBooks books, ObjectionDays days, MonthlyWord monthly, NoticeBoard notices, RulePack rules, AuditTrail trail) :
    IRequestHandler<FiguresToTell, MonthOfUnits?>,
    IRequestHandler<TellFiguresOfMonth, FiguresTold>
{
    public async Task<MonthOfUnits?> Handle(FiguresToTell query, CancellationToken cancellationToken)
    {
        if (await monthly.Due(MatterKind.FiguresOfMonth, cancellationToken) is not { } month)
            return null;
        var period = ReportPeriod.MonthOf(month);
        var units = await books.Read(period, null, cancellationToken);
        var places = UnitPlace.Of(units, unit => unit.Conduct).ToDictionary(place => place.UnitId, StringComparer.Ordinal);
        var ranked = places.Values.Count(place => place.Place is not null);
        return new MonthOfUnits(month, [.. units.Select(unit => new UnitInWords(unit.UnitId!, new Dictionary<string, string>
        {
            ["unit"] = unit.Name,
            ["month"] = period.Name,
            ["lines"] = FigureWords.Line(unit, rules),
            ["place"] = FigureWords.Place(places[unit.UnitId!], ranked),
            ["until"] = ChineseDates.WithWeekday(days.LastDay(period)),
        }))]);
    }

    public async Task<FiguresTold> Handle(TellFiguresOfMonth command, CancellationToken cancellationToken)
    {
        if (!await monthly.Begin(MatterKind.FiguresOfMonth, command.Read.Month, cancellationToken))
            return new FiguresTold(0);
        var period = ReportPeriod.MonthOf(command.Read.Month);
        var leaders = await db.OfficialsByUnit(ActorRole.UnitLeader, cancellationToken);
        var told = 0;
        foreach (var (unit, fields) in command.Read.Units.Where(unit => leaders.Contains(unit.UnitId)))
        {
            foreach (var leader in leaders[unit])
                await notices.Owe(leader, "N170", $"N170:{unit}:{period.Id}:{leader}", unit, fields, cancellationToken, digest: true, actions: [$"本单位数据 {period.Id}", $"数据有异议 {period.Id}"]);
            trail.Add(command.By.PersonId!, nameof(TellFiguresOfMonth), unit, period.Id);
            told++;
        }

        return new FiguresTold(told);
    }
}

/// <summary>Figures in words.</summary>
public static class FigureWords
{
    private static readonly IReadOnlyList<Measure> Shares = [Measure.Scanned, Measure.Previewed, Measure.Results, Measure.Merges, Measure.Published, Measure.Guidance];

    /// <summary>检查12次，扫码11/12，预告11/11 … 平均评价4.3（样本6）; what there was nothing of is left out.</summary>
    public static string Line(UnitFigures unit, RulePack rules)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var said = new List<string> { $"检查{unit[Measure.Visits].InWords}次" };
        said.AddRange(Shares.Select(measure => unit[measure]).Where(measured => measured.Whole > 0).Select(measured => measured.Measure.Name() + measured.InWords));
        if (unit[Measure.Joint] is { Part: > 0 } joint)
            said.Add($"联合{joint.InWords}");
        if (unit[Measure.OffSite] is { Part: > 0 } offSite)
            said.Add($"非现场{offSite.InWords}");
        if (unit[Measure.QuietDays] is { Part: > 0 } quiet)
            said.Add($"安静日拦截{quiet.InWords}次");
        if (unit[Measure.Complaints] is { Part: > 0 } complaints)
            said.Add($"投诉{complaints.InWords}件");
        if (unit[Measure.Warnings] is { Part: > 0 } warnings)
            said.Add($"未结预警{warnings.InWords}件");
        said.Add(Rating(unit, rules));
        return string.Join('，', said.Where(part => part.Length > 0));
    }

    /// <summary>平均评价4.3（样本6）, or that there are too few to show.</summary>
    public static string Rating(UnitFigures unit, RulePack rules)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var rating = unit[Measure.Rating];
        return rating.Whole == 0 ? ""
            : unit.RatingShown(rules) is { } mean ? string.Create(CultureInfo.InvariantCulture, $"平均评价{mean:0.0}（样本{rating.Whole}）")
            : string.Create(CultureInfo.InvariantCulture, $"评价样本不足{rules.RatingsShownFrom.Value}份，不展示");
    }

    /// <summary>规范办理率91.7%，第3名（共10个单位）</summary>
    public static string Place(UnitPlace place, int ranked)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Place is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"规范办理率{place.Measured.Percent:0.0}%（{place.Measured.InWords}），第{at}名（共{ranked}个单位）")
            : "本期没有应办事项，不排名";
    }
}
