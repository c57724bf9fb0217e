using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Figures;

/// <summary>A leader objects to a figure before it is sent, once; the bureau looks into it, and it goes along with the report (S39).</summary>
public static partial class ObjectToFigures
{
    private const int LongestReason = 500;

    private static readonly Rule StillOpen = new("现在没有可以提异议的数据：每月第一个工作日会把上月数据发给您，之后几天内可以提。", "S39");
    private static readonly Rule SomeLeft = new("每一项都已经提过异议，或者没有数据。", "S39");

    public static Conversation Conversation { get; } = new("ObjectToFigures", "数据异议", "这次异议", chat => About(chat, Period(chat)))
    {
        Roles = [ActorRole.UnitLeader],
        Browsing = ["figure"],
        Intents = [Intents.ObjectToFigures],
        Opens = text => Opening().IsMatch(text),
    };

    /// <summary>For the justice bureau: look into an objection and answer it.</summary>
    public static Conversation OfBureau { get; } = new("SettleObjections", "数据异议", "这次核实", Settle)
    {
        Roles = [ActorRole.Supervisor],
        Browsing = ["which"],
        Intents = [Intents.ObjectToFigures],
        Opens = text => text is "数据异议" or "待核实异议" || Tapped().IsMatch(text),
    };

    internal static async Task About(Chat chat, ReportPeriod period)
    {
        var answer = await chat.Look(new FiguresOfUnit(chat.Visitor, chat.Visitor.UnitId ?? "", period.Id));
        StillOpen.Require(answer.ObjectUntil is not null);
        var figures = answer.Unit.All.Values.Where(one => !one.IsEmpty && one.Measure != Measure.Rating && answer.Objections.All(line => line.Measure != one.Measure)).OrderBy(one => one.Measure).ToList();
        SomeLeft.Require(figures.Count > 0);
        var measure = Enum.Parse<Measure>(await chat.Choose(
            "figure",
            $"对{period.Name}的哪一项有异议？每项只能提一次，到{ChineseDates.WithWeekday(answer.ObjectUntil!.Value)}为止。",
            [.. figures.Select(one => new Option(one.Measure.ToString(), $"{one.Measure.Name()}{one.InWords}", one.Measure.Name()))]));
        var reason = await chat.Ask("reason", $"{measure.Name()}：{measure.Meaning()}。\n请写明理由，最好写出任务编号和实际情况。", LongestReason);
        if (!await chat.Confirm("sure", $"对{period.Name}“{measure.Name()}”的异议：{reason}\n提交后不能修改，会附在报告里。提交吗？", "提交", "不提交"))
        {
            chat.Say("没有提交，异议机会还在。");
            return;
        }

        var objected = await chat.Send(new ObjectToFigure(chat.Visitor, period.Id, measure, reason));
        chat.Say($"已提交对“{measure.Name()}{objected.Shown}”的异议，{chat.Rules.SupervisionOffice.Name}核实后答复您，异议和答复一并附在报告里。");
    }

    private static async Task Settle(Chat chat)
    {
        var open = await chat.Look(new OpenObjections(chat.Visitor));
        if (open.Count == 0)
        {
            chat.Tell("没有待核实的数据异议。");
            return;
        }

        var tapped = Tapped().Match(chat.Opening);
        var id = tapped.Success ? tapped.Groups["id"].Value : open.Count == 1 ? open[0].Id : await chat.Choose("which", "核实哪一条？", [.. open.Take(Most).Select(line => new Option(line.Id, $"{line.UnitName} {line.Period} {line.Measure.Name()}{line.Shown}", line.UnitName))]);
        if (open.FirstOrDefault(line => line.Id == id) is not { } one)
        {
            chat.Tell("这条异议刚刚有人答复了。");
            return;
        }

        var shown = $"{one.UnitName}对{one.Period}“{one.Measure.Name()}{one.Shown}”提出：{one.Reason}\n口径：{one.Measure.Meaning()}。\n";
        var upheld = tapped.Success ? tapped.Groups["act"].Value == Upheld : await chat.Confirm("upheld", $"{shown}属实吗？", "属实", "不采纳");
        var answer = await chat.Ask("answer", (tapped.Success ? shown : "") + (upheld ? "请写明核实的情况；数据由单位在原任务里更正，报告按更正后的台账生成。" : "请写明不采纳的理由。"), LongestReason);
        await chat.Send(new SettleObjection(chat.Visitor, id, upheld, answer));
        chat.Say($"已答复{one.UnitName}：{(upheld ? "属实" : "未采纳")}。{answer}", open.Count > 1 ? ["数据异议"] : []);
    }

    private const int Most = 9;
    private const string Upheld = "异议属实";

    private static ReportPeriod Period(Chat chat)
    {
        var today = DateOnly.FromDateTime(chat.StartedAt);
        return PeriodWords.In(chat.Opening, today) ?? ReportPeriod.MonthOf(today).Before();
    }

    [GeneratedRegex(@"^(?<act>异议属实|异议不采纳)\s*(?<id>\S+)$")]
    private static partial Regex Tapped();

    [GeneratedRegex(@"^(?:(?:对|我们?对)?.{0,10}数据(?:有|提|不对|有误).{0,6}(?:\s*20[0-9]{2}-[0-9]{2})?|提数据异议|数据异议)$")]
    private static partial Regex Opening();
}
