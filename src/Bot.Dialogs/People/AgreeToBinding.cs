using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.People;

namespace Bot.Dialogs.People;

/// <summary>"同意绑定 B26-1": a contact of the enterprise, or a supervisor, answers N30 in one message.</summary>
public static partial class AgreeToBinding
{
    public static Conversation Conversation { get; } = new("AgreeToBinding", "确认绑定", "这次确认", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Supervisor],
        Opens = text => Words().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var words = Words().Match(chat.Opening);
        var agree = !words.Groups["no"].Success;
        var confirmed = await chat.Send(new ConfirmBinding(chat.Visitor, words.Groups["id"].Value.ToUpperInvariant(), agree));
        chat.Say(agree
            ? $"已同意。{confirmed.PersonName}现在可以代{confirmed.EnterpriseName}办事，可以看到检查预告。以后不需要了，说“单位人员”可以移除。"
            : $"已拒绝。对方看不到{confirmed.EnterpriseName}的任何内容。");
    }

    [GeneratedRegex(@"^(?<no>不)?同意绑定\s*(?<id>[Bb][0-9A-Za-z-]+)$")]
    private static partial Regex Words();
}
