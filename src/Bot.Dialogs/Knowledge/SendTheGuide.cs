using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Knowledge;

namespace Bot.Dialogs.Knowledge;

/// <summary>补送指引 T101: an inspector sends the guide that a preview went out without (S19).</summary>
public static partial class SendTheGuide
{
    public static Conversation Conversation { get; } = new("SendTheGuide", "补送指引", "这次补送", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison],
        Opens = text => Asked().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var receipt = await chat.Send(new HandOverGuide(chat.Visitor, Asked().Match(chat.Opening).Groups[1].Value.ToUpperInvariant()));
        chat.Say(receipt.Told > 0 ? $"《{receipt.Title}》已发给企业（任务{receipt.TaskId}）。" : $"《{receipt.Title}》已记入任务{receipt.TaskId}，但这家企业还没有联系人绑定，请电话或书面告知。");
    }

    [GeneratedRegex("^补送(?:合规)?指引\\s*([A-Za-z0-9-]{2,20})$")]
    private static partial Regex Asked();
}
