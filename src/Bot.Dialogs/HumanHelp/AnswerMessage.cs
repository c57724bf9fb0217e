using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.HumanHelp;

namespace Bot.Dialogs.HumanHelp;

/// <summary>"回复 R26-231 已请联系人回电": a supervisor answers a message left for a person.</summary>
public static partial class AnswerMessage
{
    public static Conversation Conversation { get; } = new("AnswerMessage", "回复留言", "这次回复", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => Words().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var words = Words().Match(chat.Opening);
        var text = words.Groups["text"].Value.Trim();
        var answer = text.Length > 0 ? text : await chat.Ask("answer", "请写回复内容。");
        var answered = await chat.Send(new AnswerHelp(chat.Visitor, words.Groups["id"].Value.ToUpperInvariant(), answer));
        chat.Say($"{answered.Number} 已回复，对方会在聊天里看到。");
    }

    [GeneratedRegex(@"^(?:回复|打开)\s*(?<id>[Rr]\d{2}-\d+)(?<text>[\s\S]*)$")]
    private static partial Regex Words();
}
