using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Inspections;
using Bot.Domain.Commands;
using Bot.Domain.Figures;

namespace Bot.Dialogs.Figures;

/// <summary>The inspector says in writing what the leader wants to know about a task (C20): 说明 T303.</summary>
public static partial class ExplainATask
{
    private const int Longest = 500;

    public static Conversation Conversation { get; } = new("ExplainATask", "书面说明", "这次说明", Play)
    {
        Roles = [ActorRole.Inspector],
        Opens = text => Opening().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var task = TaskReference.In(chat.Opening)!;
        var said = TaskReference.Rest(Lead().Replace(chat.Opening, ""));
        if (said.Length > 0)
            chat.Known("text", said);
        var text = await chat.Ask("text", $"请写明任务{task}的情况，会发给单位负责人。", Longest);
        var given = await chat.Send(new GiveExplanation(chat.Visitor, task, text));
        chat.Say($"已发给单位负责人{(given.OnTime ? "" : "（已超过要求的时间）")}：{text}");
    }

    [GeneratedRegex(@"^(?:书面)?说明\s*[Tt][0-9-]+.*$", RegexOptions.Singleline)]
    private static partial Regex Opening();

    [GeneratedRegex("^(?:书面)?说明")]
    private static partial Regex Lead();
}
