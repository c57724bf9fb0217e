using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Forms;
using Bot.Dialogs.Guidance;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Guidance;
using Bot.Domain.Observations;

namespace Bot.Dialogs.Observations;

/// <summary>
/// C29: a legal observer reports what was seen at an inspection. It is asked which inspection, or at least which unit, because what counts for nobody helps nobody (S34).
/// Somebody whose term has ended is thanked and refused, and the bureau is told (S08).
/// </summary>
public static partial class SubmitObservation
{
    private const int Longest = 60;
    private const int ListedAtMost = 4;
    private const string NoInspection = "不是某一次检查";
    private const string Unknown = "不清楚";

    public static Conversation Conversation { get; } = new("SubmitObservation", "提交观察意见", "这次观察意见", Play)
    {
        Roles = [ActorRole.LegalObserver],
        Intents = [Intents.ObserverFeedback],
        Opens = text => text is "提交观察意见" or "观察" or "填观察表" || Task().IsMatch(text),
        TakesEvidence = true,
    };

    private static async Task Play(Chat chat)
    {
        var term = await chat.Look(new MyTerm(chat.Visitor));
        if (!term.InOffice)
        {
            await chat.Send(new TellOfEndedTerm(chat.Visitor));
            var ended = term.To is { } to ? $"您的聘期到{ChineseDates.Long(to)}已满" : "您还不在聘期内";
            chat.Say($"谢谢您。{ended}，这次的观察意见暂时不能提交，我已告诉{chat.Rules.SupervisionOffice.Name}；续聘后就可以。发现问题也可以用“意见反馈”或“投诉”告诉我们。", "意见反馈", "投诉检查行为");
            return;
        }

        var seen = await WhichInspection(chat);
        var unit = seen is null ? await WhichUnit(chat) : null;
        var form = await chat.Look(new FindForm(chat.Visitor, FormBook.Observation));
        var answers = await FillIn.Ask(chat, form);
        var more = await chat.AskForMore("more", "还有要说明的吗？可发照片，请避开无关人员面部和商业秘密。没有就回复“没有”。");
        var submit = await chat.Review(
            "review",
            "请看一遍：",
            [
                new ReviewItem("which", "检查", seen is null ? NoInspection : Words(seen)),
                .. FillIn.Items(form, answers),
                new ReviewItem("more", "说明", more.InWords("没有")),
                .. seen is null ? [new ReviewItem("unit", "单位", unit?.Name ?? Unknown)] : Array.Empty<ReviewItem>(),
            ]);
        if (!submit)
        {
            chat.Say("好的，没有提交，内容已清除。需要时随时叫我。");
            return;
        }

        var receipt = await chat.Send(new Bot.Domain.Observations.SubmitObservation(chat.Visitor, seen?.TaskId, answers, more.Text, [.. more.Files.Select(file => file.Id)]) { UnitId = unit?.Id });
        chat.Say($"已提交给{chat.Rules.SupervisionOffice.Name}，编号 {receipt.Number}。被观察单位只看到汇总，看不到您的名字。");
    }

    /// <summary>Null when it is of no certain inspection. A number said on opening is taken; asked again, the number is read from the answer (我上周看了T301).</summary>
    private static async Task<SeenInspection?> WhichInspection(Chat chat)
    {
        if (TaskNumbers.In(chat.Opening) is { } told && (await chat.Look(new InspectionsToReport(chat.Visitor, told))).Count == 1)
            chat.Known("which", told);
        var own = await chat.Look(new InspectionsToReport(chat.Visitor, ""));
        var offered = own.Take(ListedAtMost).ToList();
        var question = $"是哪次检查？{(offered.Count > 0 ? "" : "请说编号（如“T301”），或企业和单位（如“青榆机械，消防”）。")}"
            + $"\n{string.Join(' ', offered.Select(Words).Append(NoInspection).Select((label, i) => $"[{i + 1}]{label}"))}{(offered.Count > 0 ? "\n别的检查请说编号，或企业和单位。" : "")}";
        while (true)
        {
            var words = await chat.Ask("which", question, said => ReadWhich(said, offered), takesAnything: true, [.. offered.Select(one => one.TaskId), NoInspection]);
            if (words == NoInspection)
                return null;
            var found = await chat.Look(new InspectionsToReport(chat.Visitor, words));
            if (found is [var only])
                return only;
            question = found.Count > 1
                ? $"可能是：\n{string.Join('\n', found.Select(Words))}\n请回复编号；都不是就说“{NoInspection}”。"
                : $"没有查到“{words}”这次已经进行的检查，请核对编号，或说企业和单位；不是某一次检查就说“{NoInspection}”。";
            offered = [.. found];
        }
    }

    private static async Task<UnitChoice?> WhichUnit(Chat chat)
    {
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var id = await chat.Ask(
            "unit",
            "是哪个单位？说“市场监管”“消防”这样的叫法就行，不知道可以说“不清楚”。",
            said => said.Text is Unknown or "不知道" or "说不清" ? "" : NamingAUnit.Read(said, units),
            takesAnything: false,
            Unknown);
        return units.FirstOrDefault(unit => unit.Id == id);
    }

    private static Read<string> ReadWhich(Said said, List<SeenInspection> offered)
    {
        if (Numbers.Choice(said.Text, offered.Count + 1) is { } number)
            return number <= offered.Count ? offered[number - 1].TaskId : NoInspection;
        if (TaskNumbers.In(said.Text) is { } task)
            return task;
        if (said.Text is NoInspection or "别的" or "都不是" or "自选" or "没有编号" or "不是" or "没有" or Unknown or "不知道")
            return NoInspection;
        return said.Text.Length is > 1 and <= Longest ? said.Text : Read.No<string>($"请说编号（如“T301”），或企业和单位；不是某一次检查就说“{NoInspection}”。");
    }

    private static string Words(SeenInspection seen) => $"{seen.TaskId} {ChineseDates.Short(seen.On)} {seen.Field}{(seen.EnterpriseName.Length > 0 ? $" {seen.EnterpriseName}" : "")}";

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Tt]\d+(?:-\d+)?(?!\d)")]
    private static partial Regex Task();
}
