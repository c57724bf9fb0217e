using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Reports;

/// <summary>
/// 监督报告草稿 of a month, a quarter or a year (J39, S38, W40): figures with how they are counted, what is missing task by task, what units object to. Why it
/// is so and what is to be done a person writes: the program leaves the place and says nothing of its own.
/// </summary>
[Allowed(ActorRole.Supervisor)]
public sealed record DraftReport(Actor By, string Period, bool JointOverYear) : IQuery<Paper>;

internal sealed class DraftReportHandler(IMediator mediator, FigureBooks books, ObjectionDays objections, RulePack rules, ChinaClock clock) : IRequestHandler<DraftReport, Paper>
{
    private const int MostLines = 500;
    private const string ByAPerson = "（请人工补充，系统不代写结论。）";

    private static readonly (string Heading, Measure[] Measures)[] Parts =
    [
        ("一、任务", [Measure.Visits, Measure.Plans, Measure.Previewed, Measure.Results, Measure.Days, Measure.QuietDays, Measure.OffSite]),
        ("二、扫码", [Measure.Scanned]),
        ("三、并办", [Measure.Merges, Measure.Joint]),
        ("四、公示", [Measure.Published]),
        ("五、指导", [Measure.Guidance]),
        ("六、投诉和评价", [Measure.Complaints, Measure.Rating]),
        ("七、预警", [Measure.Warnings, Measure.Penalties]),
    ];

    private static readonly Measure[] WithList = [Measure.Scanned, Measure.Results, Measure.Merges, Measure.Published, Measure.Guidance];

    public async Task<Paper> Handle(DraftReport query, CancellationToken cancellationToken)
    {
        var by = query.By;
        var answer = await mediator.Send(new FiguresOfDistrict(by, query.Period), cancellationToken);
        var (period, today) = (answer.Period, clock.Today);
        var before = UnitFigures.Sum(rules.DistrictName, await books.Read(period.Before(), null, cancellationToken));
        var parts = Parts.Select(part => Figures(part.Heading, part.Measures, answer.District, before)).ToList();
        parts[2] = parts[2] with { Lines = [.. parts[2].Lines, await Joint(answer, query.JointOverYear, cancellationToken)] };
        parts.Add(new PaperPart(
            "八、单位情况",
            ["按规范办理率从高到低，并列的名次相同，本期没有应办事项的不排名。"],
            new PaperTable(["名次", "单位", "规范办理率", "检查", .. Measures.Owed.Select(measure => measure.Name())], [.. answer.Places.Select(place => Row(place, answer))])));
        var frequent = await mediator.Send(new HighFrequencyList(by, query.Period), cancellationToken);
        parts.Add(new PaperPart(
            "九、高频检查企业",
            [frequent.Count == 0 ? $"本期没有现场检查{rules.HighFrequencyVisits.Value}次及以上的企业。" : $"本期现场检查{rules.HighFrequencyVisits.Value}次及以上的企业{frequent.Count}家。"],
            frequent.Count == 0 ? null : new PaperTable(["企业", "次数", "单位数"], [.. frequent.Select(line => (IReadOnlyList<string>)[line.EnterpriseName, Text(line.Visits), Text(line.Units)])])));
        var rising = await mediator.Send(new PenaltyOutliers(by, query.Period), cancellationToken);
        parts.Add(new PaperPart(
            "十、处罚增长较快、需人工核看的单位",
            rising.Count == 0 ? [$"没有处罚数比上期增长超过{rules.PenaltyRisePercent.Value}%的单位。"] : [.. rising.Select(line => $"{line.UnitName}：本期{line.Now.InWords}，上期{line.Before.InWords}。")]));
        parts.Add(await Missing(by, query.Period, answer, cancellationToken));
        parts.Add(await Objections(period, today, cancellationToken));
        parts.Add(new PaperPart("十三、原因分析", [ByAPerson]));
        parts.Add(new PaperPart("十四、下步建议", [ByAPerson]));
        parts.Add(new PaperPart("附：口径", [.. Parts.SelectMany(part => part.Measures).Append(Measure.Conduct).Select(measure => $"{measure.Name()}：{measure.Meaning()}。")]));
        return new Paper(
            $"{rules.DistrictName}{period.Name}涉企行政检查监督报告（草稿）",
            $"数据范围：{period.Extent(today)}，生成于{ChineseDates.Long(today)}。本稿由系统按台账汇总，须经人工修改后报送。",
            parts);
    }

    private PaperPart Figures(string heading, Measure[] measures, UnitFigures now, UnitFigures before) => new(
        heading,
        [],
        new PaperTable(
            ["指标", "本期", "占比", "上期", "上期占比"],
            [.. measures.Select(measure => (IReadOnlyList<string>)[measure.Name(), Shown(now[measure]), Percent(now[measure]), Shown(before[measure]), Percent(before[measure])])]));

    /// <summary>A mean of ratings is shown from so many up (W37).</summary>
    private string Shown(Measured measured) => measured.Measure == Measure.Rating && measured.Whole < rules.RatingsShownFrom.Value ? "样本不足，不展示" : measured.InWords;

    private static string Percent(Measured measured) => measured.Measure.Form() == MeasureForm.Share && measured.Percent is { } percent ? percent.ToString("0.0", CultureInfo.InvariantCulture) + "%" : "";

    private static IReadOnlyList<string> Row(UnitPlace place, DistrictAnswer answer)
    {
        var unit = answer.Units.First(one => one.UnitId == place.UnitId);
        return [place.Place is { } at ? Text(at) : "—", place.Name, $"{Percent(place.Measured)}（{place.Measured.InWords}）", unit[Measure.Visits].InWords, .. Measures.Owed.Select(measure => unit[measure].InWords)];
    }

    private async Task<string> Joint(DistrictAnswer answer, bool overYear, CancellationToken cancellationToken)
    {
        var joint = overYear ? UnitFigures.Sum("", await books.ReadJoint(ReportPeriod.Year(answer.Period.To.Year), cancellationToken))[Measure.Joint] : answer.District[Measure.Joint];
        return JointWords.Of(joint, overYear, rules);
    }

    private async Task<PaperPart> Missing(Actor by, string period, DistrictAnswer answer, CancellationToken cancellationToken)
    {
        var names = answer.Units.ToDictionary(unit => unit.UnitId!, unit => unit.Name, StringComparer.Ordinal);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var measure in WithList)
        {
            var lines = await mediator.Send(new FigureList(by, null, period, measure), cancellationToken);
            rows.AddRange(lines.Select(line => (IReadOnlyList<string>)[measure.Name(), line.SubjectId ?? "", names.GetValueOrDefault(line.UnitId, line.UnitId), line.EnterpriseName, ChineseDates.Long(line.On), line.Remark]));
        }

        var said = rows.Count == 0 ? "本期没有未按规定办理的事项。"
            : rows.Count > MostLines ? $"共{rows.Count}件，列出前{MostLines}件，其余请在系统中按单位查看。"
            : $"共{rows.Count}件，与上面各项未办到的数相等。";
        return new PaperPart("十一、未按规定办理的事项", [said], rows.Count == 0 ? null : new PaperTable(["项目", "编号", "单位", "企业", "日期", "情况"], [.. rows.Take(MostLines)]));
    }

    private async Task<PaperPart> Objections(ReportPeriod period, DateOnly today, CancellationToken cancellationToken)
    {
        var objected = await objections.Of(period, null, cancellationToken);
        var lines = objected.Select(line => $"{line.UnitName}（{line.Period}）对{line.InWords}").ToList();
        if (lines.Count == 0)
            lines.Add("没有单位提出异议。");
        var open = ReportPeriod.MonthOf(period.To) is var last && today <= objections.LastDay(last);
        if (open)
            lines.Add($"{last.Name}的异议期到{ChineseDates.Short(objections.LastDay(last))}为止，报送前请再导出一次。");
        return new PaperPart("十二、单位对数据的异议", lines);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The joint share in words (W06).</summary>
public static class JointWords
{
    /// <summary>联合监管比例22.6%，低于25%；口径：本年度已完成任务</summary>
    public static string Of(Measured joint, bool overYear, RulePack rules)
    {
        ArgumentNullException.ThrowIfNull(joint);
        ArgumentNullException.ThrowIfNull(rules);
        var wanted = rules.JointSharePercent.Value;
        var caliber = overYear ? "本年度已完成任务" : "本期已完成任务";
        return joint.Percent is { } percent
            ? string.Create(CultureInfo.InvariantCulture, $"联合监管比例{percent:0.0}%（{joint.InWords}），{(joint.Part * 100 >= joint.Whole * (long)wanted ? $"达到{wanted}%" : $"低于{wanted}%")}；口径：{caliber}")
            : $"联合监管比例：没有已完成的任务；口径：{caliber}";
    }
}
