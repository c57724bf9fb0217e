using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Dialogs.Unlicensed;
using Bot.Domain.Commands;

namespace Bot.Dialogs.Ratings;

/// <summary>意见反馈: an opinion or a suggestion; nobody owes an answer to it, and it says so.</summary>
public static class GiveFeedback
{
    private const int LongestOpinion = 2000;

    private static readonly string[] OnlyOpeners = ["意见反馈", "我想提个建议", "提个建议", "我有个意见", "有个意见要反映", "我要反馈", "提意见", "建议", "反馈"];

    public static Conversation Conversation { get; } = new("GiveFeedback", "意见反馈", "这条意见", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver],
        Intents = [Intents.GiveFeedback],
        Opens = text => text == "意见反馈",
    };

    private static async Task Play(Chat chat)
    {
        var told = !OnlyOpeners.Contains(chat.Opening) && chat.Opening.Length > 8;
        var text = told ? chat.Opening : await chat.Ask("text", "请说您的意见或建议，几句话就行。", LongestOpinion);
        if (UnlicensedTalk.Is(text) && await ReportUnlicensedBusiness.IsMeant(chat))
        {
            // What is told here stays in the chat history; a report may be anonymous and begins in a conversation that does not (W28).
            chat.Say("好的，请点“举报无证经营”，可以匿名，不用信用代码。", "举报无证经营");
            return;
        }

        if (!await chat.Confirm("submit", $"您的意见：“{text}”。提交给{chat.Rules.SupervisionOffice.Name}吗？", "提交", "不提交"))
        {
            chat.Say("好的，没有提交。");
            return;
        }

        var receipt = await chat.Send(new Bot.Domain.Ratings.GiveFeedback(chat.Visitor, text));
        chat.Say($"已收到，编号 {receipt.Number}，谢谢。意见会认真看，不逐条答复；需要有人处理的事，请回复“投诉”或“人工”。");
    }
}
