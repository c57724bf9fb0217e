using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;

namespace Bot.Dialogs.Forms;

/// <summary>W36: an observer from an association passes on what the trade has trouble with; the justice bureau reads it.</summary>
public static class CollectTradeProblems
{
    public static Conversation Conversation { get; } = new("CollectTradeProblems", "行业问题", "这次填写", Play)
    {
        Roles = [ActorRole.LegalObserver],
        Opens = text => text is "行业问题" or "反映行业问题" or "协会反映问题" or "收集行业问题",
    };

    public static Conversation List { get; } = new("SeeTradeProblems", "行业问题", "这次查看", Show)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is "行业问题" or "协会反映的问题",
    };

    private static async Task Play(Chat chat)
    {
        var form = await chat.Look(new FindForm(chat.Visitor, FormBook.TradeProblems));
        chat.Say(form.Intro);
        var answers = await FillIn.Ask(chat, form);
        if (!await chat.Confirm("submit", $"提交给{chat.Rules.SupervisionOffice.Name}吗？", "提交", "不提交"))
        {
            chat.Say("好的，没有提交。");
            return;
        }

        await chat.Send(new ReportTradeProblem(chat.Visitor, answers));
        chat.Say($"已提交给{chat.Rules.SupervisionOffice.Name}，谢谢。这里只收集问题，不会因此发起对企业的检查。");
    }

    private static async Task Show(Chat chat)
    {
        var problems = await chat.Look(new TradeProblems(chat.Visitor));
        chat.Say(problems.Count == 0 ? "还没有协会反映的行业问题。" : string.Join("\n\n", problems.Select(problem => $"{ChineseDates.Short(problem.On)} {problem.From}\n{string.Join('\n', problem.Lines)}")));
    }
}
