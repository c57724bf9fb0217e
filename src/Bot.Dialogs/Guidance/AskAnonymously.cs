using Bot.Dialogs.Complaints;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.HumanHelp;
using Bot.Dialogs.Knowledge;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;

namespace Bot.Dialogs.Guidance;

/// <summary>C31: a question without a name. Nothing of the person goes with it; the answer is fetched with a code (W28).</summary>
public static class AskAnonymously
{
    private const int LongestQuestion = 1000;

    public static Conversation Conversation { get; } = new("AskAnonymously", "匿名咨询", "这次提问", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver],
        Intents = [Intents.AnonymousConsult],
        Opens = text => text is "匿名咨询" or "匿名提问",
        Fleeting = true,
    };

    private static async Task Play(Chat chat)
    {
        chat.Hide();
        var question = await chat.Ask("question", "可以。匿名时我不会把您的身份写进问题里，只保存问题、提交日期和查询码的密文；请保存查询码来看答复。想问什么？", LongestQuestion);
        if (WhatHappened.IsComplaint(question) && await chat.Choose(
            "complain",
            $"您说的像是对检查的投诉。投诉由{chat.Rules.SupervisionOffice.Name}办理，不转给被投诉的单位；作为问题，会转给管这件事的单位。要怎么办？",
            new Option("complain", "匿名投诉", "投诉"),
            new Option("ask", "作为问题转给单位", "转给单位", "作为问题", "咨询")) == "complain")
        {
            await FileComplaint.FromQuestion(chat, question);
            return;
        }

        if (await FirstLook.Helped(chat, question))
            chat.Say("好的，没有转给单位，您的问题没有保存。需要时随时叫我。");
        else
            await About(chat, question);
    }

    /// <summary>Asks the unit whose matter it is; nothing of the person goes with the question.</summary>
    internal static async Task About(Chat chat, string question)
    {
        chat.Hide();
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        if (units.Count == 0)
        {
            chat.Say($"现在还没有单位在这里答复咨询，您的问题没有保存。可以拨打{chat.Rules.SupervisionOffice.Name}电话{chat.Rules.SupervisionOffice.Phone}或12345。", "菜单");
            return;
        }

        var unitId = UnitByTopic.Of(question, units)
            ?? await chat.Ask("unit", "这件事归哪个单位管？可以说“人社”“消防”“市场监管”这样的叫法，不知道就说“不清楚”。", said => ReadUnit(said, units), takesAnything: true, "不清楚");
        if (unitId.Length == 0)
        {
            chat.Say("那先不转了，免得转错耽误您。可以拨打12345问清是哪个单位，或者换个说法再问一次。", "匿名咨询", "人工帮助");
            return;
        }

        var receipt = await chat.Send(new RequestGuidance(chat.Visitor, unitId, question, Anonymous: true));
        chat.Say($"已转{receipt.UnitName}专业人员，最迟{ChineseDates.WithWeekday(receipt.DueOn)}答复（{receipt.Limit}），查询码 {receipt.LookupCode}。请保存，到时把它发给我就能看答复。{AtNight.Note(chat)}");
    }

    private static Read<string> ReadUnit(Said said, IReadOnlyList<UnitChoice> units)
    {
        if (UnitByTopic.Named(said.Text, units) is { } match)
        {
            return match.Id is { } id
                ? id
                : Read.No<string>($"可能是{string.Join("，也可能是", match.Ids.Take(3).Select(one => units.First(unit => unit.Id == one).Name))}，请说全一点。");
        }

        return said.Text.Contains("不清楚", StringComparison.Ordinal) || said.Text.Contains("不知道", StringComparison.Ordinal)
            ? ""
            : Read.No<string>("没认出是哪个单位，不知道就说“不清楚”。");
    }
}
