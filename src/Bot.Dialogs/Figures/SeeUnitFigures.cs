using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Inspections;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Figures;

/// <summary>C20: how one's own unit stands, what a figure is made of, and what the leader does about it (S39, W40, J39).</summary>
public static partial class SeeUnitFigures
{
    private const int Listed = 9;
    private const string Unscanned = "unscanned";
    private const string Late = "late";
    private const string Rank = "rank";
    private const string Object = "object";

    private static readonly Measure[] Dated = [Measure.Results, Measure.Published, Measure.Merges, Measure.Guidance];
    private static readonly Rule OfAUnit = new("您还不属于任何执法单位，请联系司法局登记。", "S39");

    public static Conversation Conversation { get; } = new("SeeUnitFigures", "本单位数据", "这次查看", Play)
    {
        Roles = [ActorRole.UnitLeader, ActorRole.UnitLiaison],
        Browsing = ["next", "which", "act"],
        Opens = text => Own().IsMatch(text) || Ranking().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        OfAUnit.Require(chat.Visitor.UnitId is not null);
        var today = DateOnly.FromDateTime(chat.StartedAt);
        var period = PeriodWords.In(chat.Opening, today) ?? ReportPeriod.MonthOf(today);
        if (Ranking().IsMatch(chat.Opening))
        {
            chat.Say(await RankWords.Of(chat, period));
            return;
        }

        var answer = await chat.Look(new FiguresOfUnit(chat.Visitor, chat.Visitor.UnitId!, period.Id));
        var next = await chat.Choose("next", new Reply(Summary(chat, answer)) { Chart = FigureCharts.Of(answer.Unit, period) }, Options(chat, answer));
        switch (next)
        {
            case Unscanned:
                await Lines(chat, "未扫码", await List(chat, period, Measure.Scanned));
                break;
            case Late:
                var late = new List<FigureLine>();
                foreach (var measure in Dated)
                    late.AddRange(await List(chat, period, measure));
                await Lines(chat, "超期", late);
                break;
            case Rank:
                chat.Say(await RankWords.Of(chat, period));
                break;
            case Object:
                await ObjectToFigures.About(chat, period);
                break;
            default:
                chat.Say("好的。说“本单位上月数据”“本单位第四季度数据”可以看别的时段。");
                break;
        }
    }

    private static string Summary(Chat chat, UnitAnswer answer)
    {
        var (period, today) = (answer.Period, DateOnly.FromDateTime(chat.StartedAt));
        var name = period.IsMonth && period.From.Year == today.Year ? $"{period.From.Month}月" : period.Name;
        var lines = new List<string> { $"{name}{(today < period.To ? "至今" : "")}：{FigureWords.Line(answer.Unit, chat.Rules)}。", $"{FigureWords.Place(answer.Place, answer.Ranked)}。" };
        if (answer.Before.Conduct.Percent is { } before)
            lines.Add(FormattableString.Invariant($"上期规范办理率{before:0.0}%（{answer.Before.Conduct.InWords}）。"));
        if (answer.ObjectUntil is { } until)
            lines.Add($"报送前可对每一项提一次异议，到{ChineseDates.WithWeekday(until)}为止。");
        lines.AddRange(answer.Objections.Select(line => $"异议：{line.InWords}"));
        return string.Join('\n', lines);
    }

    private static List<Option> Options(Chat chat, UnitAnswer answer)
    {
        var options = new List<Option>();
        if (answer.Unit[Measure.Scanned].Missing > 0)
            options.Add(new Option(Unscanned, "看未扫码", "未扫码"));
        if (Dated.Any(measure => answer.Unit[measure].Missing > 0))
            options.Add(new Option(Late, "看超期", "超期"));
        options.Add(new Option(Rank, "看排名", "排名"));
        if (answer.ObjectUntil is not null && chat.Visitor.Role == ActorRole.UnitLeader)
            options.Add(new Option(Object, "提异议", "异议", "有异议"));
        options.Add(new Option("", "知道了", "好的", "谢谢", "没有了"));
        return options;
    }

    private static Task<IReadOnlyList<FigureLine>> List(Chat chat, ReportPeriod period, Measure measure) => chat.Look(new FigureList(chat.Visitor, chat.Visitor.UnitId, period.Id, measure));

    private static async Task Lines(Chat chat, string what, IReadOnlyList<FigureLine> lines)
    {
        var shown = lines.Take(Listed).ToList();
        var text = string.Join('\n', shown.Select(line => $"{line.SubjectId}，{ChineseDates.Short(line.On)}，{(line.EnterpriseName.Length > 0 ? line.EnterpriseName + "，" : "")}{line.Remark}。"));
        var more = lines.Count > shown.Count ? $"\n……共{lines.Count}件，其余请在工作台查看。" : "";
        var tasks = shown.Select(line => line.SubjectId).OfType<string>().Where(id => TaskReference.In(id) == id).Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count == 0)
        {
            chat.Say($"没有{what}的。");
            return;
        }

        if (chat.Visitor.Role != ActorRole.UnitLeader || tasks.Count == 0)
        {
            chat.Say($"{text}{more}", [.. shown.Select(line => line.SubjectId).OfType<string>().Distinct(StringComparer.Ordinal).Take(3).Select(id => $"打开 {id}")]);
            return;
        }

        var task = tasks.Count == 1 ? tasks[0] : await chat.Choose("which", $"{text}{more}\n办哪一件？", [.. tasks.Select(id => new Option(id, id)), new Option("", "先不办", "不办", "好的")]);
        if (task.Length == 0)
        {
            chat.Say("好的，先不办。");
            return;
        }

        var question = tasks.Count == 1 ? $"{text}{more}" : $"{shown.First(line => line.SubjectId == task).Remark}。";
        switch (await chat.Choose("act", question, new Option("urge", "催办"), new Option("explain", "要求书面说明", "书面说明", "说明"), new Option("", "先不办", "不办", "好的")))
        {
            case "urge":
                var urged = await chat.Send(new UrgeTask(chat.Visitor, task));
                chat.Say($"已催办{urged.TaskId}，{urged.People}名检查人员会收到。");
                break;
            case "explain":
                var demanded = await chat.Send(new DemandExplanation(chat.Visitor, task));
                chat.Say($"已发给经办人，请其{ChineseDates.Due(demanded.Due)}前说明，说明会发给您。");
                break;
            default:
                chat.Say("好的，先不办。");
                break;
        }
    }

    [GeneratedRegex(@"^(?:看看|查看|看)?(?:本|我们|我)单位.{0,12}(?:怎么样|如何|情况|数据|统计|报表|指标)[?？]?(?:\s*20[0-9]{2}-[0-9Q]{2})?$|^(?:统计|本单位统计|月度数据|(?:\d{1,2}月|上个?月|本月|第?[一二三四]季度)(?:的)?(?:数据|情况|统计))$")]
    private static partial Regex Own();

    [GeneratedRegex("^.{0,14}(?:单位排名|排名|排第几|名次)[?？]?$")]
    private static partial Regex Ranking();
}

/// <summary>The open ranking (W40).</summary>
internal static class RankWords
{
    public static async Task<Reply> Of(Chat chat, ReportPeriod period)
    {
        var places = await chat.Look(new RankOfUnits(chat.Visitor, period.Id));
        var own = chat.Visitor.UnitId;
        var lines = places.Where(place => place.Place is not null)
            .Select(place => FormattableString.Invariant($"{place.Place}. {place.Name}{(place.UnitId == own ? "（本单位）" : "")} {place.Measured.Percent:0.0}%（{place.Measured.InWords}）"))
            .ToList();
        var none = places.Count(place => place.Place is null);
        return new Reply(lines.Count == 0
            ? $"{period.Name}还没有单位有应办事项，不排名。"
            : $"{period.Name}规范办理率排名（扫码、结果、公示、并办、指导五项按期办到的比例）：\n{string.Join('\n', lines)}{(none > 0 ? $"\n另有{none}个单位没有应办事项，不排名。" : "")}")
        {
            Chart = FigureCharts.Of(places, period),
        };
    }
}
