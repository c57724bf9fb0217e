using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Knowledge;

namespace Bot.Dialogs.Knowledge;

/// <summary>Who does not want the monthly case says so with one tap, and may have it back (S45).</summary>
public static class ChooseCases
{
    public static Conversation Conversation { get; } = new("ChooseCases", "月度案例", "这次设置", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.UnitLiaison],
        Opens = text => text is "不再收案例" or "退订案例" or "继续收案例" or "订阅案例",
    };

    private static async Task Play(Chat chat)
    {
        if ((await chat.Send(new ChooseMonthlyCase(chat.Visitor, chat.Opening is "继续收案例" or "订阅案例"))).Wanted)
            chat.Say("好的，每月的典型案例会发给您。", "查案例");
        else
            chat.Say("好的，以后不再每月发案例给您，检查预告和办理进展照常。想查时说“查案例”。", "继续收案例", "查案例");
    }
}
