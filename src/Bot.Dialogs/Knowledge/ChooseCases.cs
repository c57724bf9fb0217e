using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.Knowledge;

namespace Bot.Dialogs.Knowledge;

/// <summary>Who does not want the monthly case says so with one tap, and may have it back (S45).</summary>
public static partial class ChooseCases
{
    public static Conversation Conversation { get; } = new("ChooseCases", "月度案例", "这次设置", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.UnitLiaison],
        Intents = [Intents.MonthlyCase],
        Opens = text => Stops(text) || Wants(text),
    };

    private static bool Stops(string text) => text is "不再收案例" or "退订案例";

    private static bool Wants(string text) => text is "继续收案例" or "订阅案例";

    private static async Task Play(Chat chat)
    {
        var wanted = Wants(chat.Opening) || (!Stops(chat.Opening) && !NoMore().IsMatch(chat.Opening) && await chat.Choose(
            "wanted",
            "每月的典型案例，您还想收吗？",
            new Option("yes", "继续收案例", "继续收", "继续", "收", "想", "要", "是"),
            new Option("no", "不再收案例", "不再收", "不收", "不想", "不要", "不用", "否")) == "yes");
        if ((await chat.Send(new ChooseMonthlyCase(chat.Visitor, wanted))).Wanted)
            chat.Say("好的，每月的典型案例会发给您。", "查案例");
        else
            chat.Say("好的，以后不再每月发案例给您，检查预告和办理进展照常。想查时说“查案例”。", "继续收案例", "查案例");
    }

    [GeneratedRegex("(?:不想|不要|不用|不再|别再|别给|退订|停发|停了)")]
    private static partial Regex NoMore();
}
