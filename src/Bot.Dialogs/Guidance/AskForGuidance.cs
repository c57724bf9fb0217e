using Bot.Dialogs.Conversations;
using Bot.Dialogs.HumanHelp;
using Bot.Dialogs.Knowledge;
using Bot.Dialogs.People;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Previews;

namespace Bot.Dialogs.Guidance;

/// <summary>C3: an enterprise asks a unit how to comply and is told by which day it gets its answer (J18).</summary>
public static class AskForGuidance
{
    private const int LongestQuestion = 1000;
    private const int ShortestQuestion = 8;
    private const int UnitsShown = 3;

    /// <summary>Words of wanting guidance: an opening with one of them says that, not yet what is asked.</summary>
    private static readonly string[] Wishes = ["申请", "指导", "辅导", "咨询", "自查", "指引", "帮扶", "教教", "帮忙看", "帮我对照", "请人", "派人"];

    public static Conversation Conversation { get; } = new("AskForGuidance", "申请行政指导", "这次申请", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Intents = [Intents.ApplyGuidance],
        Opens = text => text is "申请行政指导" or "申请指导" or "行政指导",
        TakesEvidence = true,
    };

    /// <summary>Asked out of a preview: the unit and the inspection are known, so only the question is missing (C2).</summary>
    public static async Task About(Chat chat, PreviewCard inspection)
    {
        var question = await chat.Ask("question", "请用一两句话说明想问什么。", LongestQuestion);
        Tell(chat, await chat.Send(new RequestGuidance(chat.Visitor, inspection.UnitId, question, inspection.TaskId, FileIds: Files(chat))));
    }

    /// <summary>What the library did not have: the words that were looked for are the question, and its unit is asked for only when it is not clear.</summary>
    internal static async Task About(Chat chat, string question)
    {
        if (await WithoutEnterprise.Tell(chat, "绑定企业后才能以企业名义申请指导。"))
            return;
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var unitId = UnitByTopic.Of(question, units) ?? await Unit(chat, units);
        Tell(chat, await chat.Send(new RequestGuidance(chat.Visitor, unitId, question)));
    }

    private static async Task Play(Chat chat)
    {
        if (await WithoutEnterprise.Tell(chat, "绑定企业后才能以企业名义申请指导。"))
            return;
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var unitId = await Unit(chat, units);
        var question = IsQuestion(chat.Opening) ? chat.Opening : await chat.Ask("question", "想问什么？", LongestQuestion);
        if (await FirstLook.Helped(chat, question))
        {
            chat.Say("好的，这次申请没有提交。需要时随时叫我。", "合规指引");
            return;
        }

        var submit = await chat.Review(
            "review",
            "请看一遍：",
            [new ReviewItem("unit", "单位", NamingAUnit.Name(unitId, units)), new ReviewItem(IsQuestion(chat.Opening) ? "unit" : "question", "问题", question)]);
        if (!submit)
        {
            chat.Say("好的，这次申请没有提交，内容已清除。需要时随时叫我。");
            return;
        }

        Tell(chat, await chat.Send(new RequestGuidance(chat.Visitor, unitId, question, FileIds: Files(chat))));
    }

    private static async Task<string> Unit(Chat chat, IReadOnlyList<UnitChoice> units)
    {
        const string other = "";
        var likely = units.Take(UnitsShown).ToList();
        string[] labels = [.. likely.Select(NamingAUnit.Short), "其他"];
        var unitId = await chat.Ask(
            "unit",
            $"您想请哪个单位指导？\n{string.Join(' ', labels.Select((label, i) => $"[{i + 1}]{label}"))}",
            Read,
            takesAnything: false,
            labels);
        return unitId != other
            ? unitId
            : await chat.Ask("otherUnit", "请说单位名称，比如“消防”“交通运输局”。", said => NamingAUnit.Read(said, units), takesAnything: false);

        Read<string> Read(Said said)
        {
            if (Numbers.Choice(said.Text, labels.Length) is { } number)
                return number <= likely.Count ? likely[number - 1].Id : other;
            var shown = Array.IndexOf(labels, said.Text);
            if (shown >= 0)
                return shown < likely.Count ? likely[shown].Id : other;
            return NamingAUnit.Read(said, units);
        }
    }

    private static void Tell(Chat chat, GuidanceReceipt receipt)
    {
        var due = ChineseDates.Due(receipt.DueOn, receipt.Provisional);
        var text = $"已提交，编号 {receipt.Number}，{receipt.UnitName}最迟{due}答复（从收到次日起算{receipt.Limit}），到时我会发给您。急需可致电{receipt.UnitPhone}。";
        if (receipt.Provisional)
            text += $"\n{receipt.DueOn.Year}年的放假安排尚未发布，日期是暂定的，发布后重新计算，在“办理进度”里随时能看到。";
        chat.Say(text + AtNight.Note(chat), "怎么算出来的", "办理进度");
    }

    private static string[] Files(Chat chat) => [.. chat.Attachments.Select(file => file.Id)];

    private static bool IsQuestion(string opening) =>
        opening.Length >= ShortestQuestion && !Wishes.Any(word => opening.Contains(word, StringComparison.Ordinal));
}
