using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Reports;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Reports;

namespace Bot.Dialogs.Figures;

/// <summary>The justice bureau looks at the district or at one unit: figures, ranking, the enterprises visited most, what a person should look at (J39, S01, S32, W25, W40).</summary>
public static partial class SeeDistrictFigures
{
    private const int Listed = 12;

    private static readonly Measure[] Dated = [Measure.Results, Measure.Published, Measure.Merges, Measure.Guidance];

    public static Conversation Conversation { get; } = new("SeeDistrictFigures", "统计", "这次查看", Play)
    {
        Roles = [ActorRole.Supervisor],
        Browsing = ["next"],
        Opens = text => Wanted().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var today = DateOnly.FromDateTime(chat.StartedAt);
        var named = PeriodWords.In(chat.Opening, today);
        var period = named ?? ReportPeriod.MonthOf(today);
        if (chat.Opening.Contains("高频", StringComparison.Ordinal))
        {
            await Frequent(chat, named ?? ReportPeriod.Year(today.Year));
            return;
        }

        if (chat.Opening.Contains("排名", StringComparison.Ordinal))
        {
            chat.Say(await RankWords.Of(chat, period));
            return;
        }

        var answer = await chat.Look(new FiguresOfDistrict(chat.Visitor, period.Id));
        if (PeopleAndUnits.Unit(chat.Opening, [.. answer.Units.Select(unit => (unit.UnitId!, unit.Name, ""))])?.Id is { } one)
        {
            await OfUnit(chat, period, one);
            return;
        }

        var joint = (await chat.Look(new FiguresOfDistrict(chat.Visitor, ReportPeriod.Year(period.To.Year).Id))).District[Measure.Joint];
        var text = $"{period.Name}{(today < period.To ? "至今" : "")}，{answer.District.Name}{answer.Units.Count}个单位：{FigureWords.Line(answer.District, chat.Rules)}。\n"
            + FormattableString.Invariant($"规范办理率{Percent(answer.District.Conduct)}，上期{Percent(answer.Before.Conduct)}。\n")
            + $"{JointWords.Of(joint, overYear: true, chat.Rules)}。";
        var next = await chat.Choose(
            "next",
            new Reply(text) { Chart = FigureCharts.Of(answer.Places, period) },
            new Option("rank", "单位排名", "排名"),
            new Option("unscanned", "看未扫码", "未扫码"),
            new Option("late", "看超期", "超期"),
            new Option("frequent", "高频企业", "高频"),
            new Option("penalty", "处罚波动", "处罚"),
            new Option("report", "出报告", "报告"),
            new Option("", "知道了", "好的", "谢谢"));
        switch (next)
        {
            case "rank":
                chat.Say(await RankWords.Of(chat, period));
                break;
            case "unscanned":
                await Lines(chat, answer, [Measure.Scanned], "未扫码");
                break;
            case "late":
                await Lines(chat, answer, Dated, "超期");
                break;
            case "frequent":
                await Frequent(chat, period);
                break;
            case "penalty":
                var rising = await chat.Look(new PenaltyOutliers(chat.Visitor, period.Id));
                chat.Say(rising.Count == 0
                    ? $"没有处罚数比上期增长超过{chat.Rules.PenaltyRisePercent.Value}%的单位。"
                    : $"处罚数比上期增长超过{chat.Rules.PenaltyRisePercent.Value}%，请人工核看是否存在以罚增收、以罚代管：\n{string.Join('\n', rising.Select(line => $"{line.UnitName}：本期{line.Now.InWords}，上期{line.Before.InWords}"))}");
                break;
            case "report":
                await MakeAReport.About(chat, period);
                break;
            default:
                chat.Say("好的。说单位名称加“数据”可以看一个单位，例如“应急局11月数据”。");
                break;
        }
    }

    private static async Task OfUnit(Chat chat, ReportPeriod period, string unit)
    {
        var answer = await chat.Look(new FiguresOfUnit(chat.Visitor, unit, period.Id));
        var objections = answer.Objections.Count == 0 ? "" : $"\n异议：{string.Join('；', answer.Objections.Select(line => line.InWords))}";
        chat.Say(new Reply($"{answer.Unit.Name}{period.Name}：{FigureWords.Line(answer.Unit, chat.Rules)}。\n{FigureWords.Place(answer.Place, answer.Ranked)}。{objections}") { Chart = FigureCharts.Of(answer.Unit, period) });
    }

    private static async Task Frequent(Chat chat, ReportPeriod period)
    {
        var frequent = await chat.Look(new HighFrequencyList(chat.Visitor, period.Id));
        chat.Say(frequent.Count == 0
            ? $"{period.Name}没有现场检查{chat.Rules.HighFrequencyVisits.Value}次及以上的企业。"
            : $"{period.Name}现场检查{chat.Rules.HighFrequencyVisits.Value}次及以上的企业{frequent.Count}家：\n{string.Join('\n', frequent.Take(Listed).Select((line, i) => FormattableString.Invariant($"{i + 1}. {line.EnterpriseName} {line.Visits}次，{line.Units}个单位")))}");
    }

    private static async Task Lines(Chat chat, DistrictAnswer answer, IReadOnlyList<Measure> measures, string what)
    {
        var names = answer.Units.ToDictionary(unit => unit.UnitId!, unit => unit.Name, StringComparer.Ordinal);
        var lines = new List<FigureLine>();
        foreach (var measure in measures)
            lines.AddRange(await chat.Look(new FigureList(chat.Visitor, null, answer.Period.Id, measure)));
        var shown = string.Join('\n', lines.Take(Listed).Select(line => $"{line.SubjectId}，{names[line.UnitId]}，{ChineseDates.Short(line.On)}，{line.Remark}"));
        chat.Say(lines.Count == 0 ? $"没有{what}的。" : $"{what}{lines.Count}件：\n{shown}{(lines.Count > Listed ? "\n……其余在报告的清单里。" : "")}", $"出{answer.Period.Name}报告");
    }

    private static string Percent(Measured measured) => measured.Percent is { } percent ? FormattableString.Invariant($"{percent:0.0}%（{measured.InWords}）") : "—";

    [GeneratedRegex(@"^(?:统计|全区(?:怎么样|情况|数据|统计)[?？]?|每日情况|.{0,20}(?:数据|统计|指标)|.{0,14}(?:高频企业|高频检查(?:名单|企业)?|单位排名|排名)|联合检查比例|联合监管比例)$")]
    private static partial Regex Wanted();
}
