using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Results;

namespace Bot.Dialogs.Results;

/// <summary>After the result: closing a corrected problem (D14, W17), and advice in plain words (S21).</summary>
public static class FollowUpAfterResult
{
    private const int Longest = 500;
    private const int LongestAdvice = 2000;
    private const string Close = "销号";
    private const string Advise = "改进建议";

    public static Conversation Conversation { get; } = new("FollowUpAfterResult", "整改复查", "这次办理", Play)
    {
        Roles = [ActorRole.Inspector],
        Opens = text => (text.StartsWith(Close, StringComparison.Ordinal) && TaskNumbers.ProblemIn(text) is not null) || (text.StartsWith(Advise, StringComparison.Ordinal) && TaskNumbers.In(text) is not null),
    };

    internal static async Task CloseProblem(Chat chat, string problemId)
    {
        var problem = await chat.Look(new OpenProblem(chat.Visitor, problemId));
        var by = problem.CorrectBy is { } day ? $"，改正期限{ChineseDates.WithWeekday(day)}" : "";
        var seen = await chat.Ask("seen", $"{problem.Id} {problem.EnterpriseName}：{problem.Text}{by}。核实已改正的，请用一句话写明怎么核实的（例如“现场复查，台账已补齐”）；没改正的，回复“取消”。", Longest);
        var closed = await chat.Send(new CloseProblem(chat.Visitor, problem.Id, seen));
        chat.Say(closed.StillOpen == 0 ? $"{problem.Id}已销号，企业已收到通知。这次检查的问题都已销号。" : $"{problem.Id}已销号，企业已收到通知。还有{closed.StillOpen}个问题没有销号。");
    }

    internal static async Task GiveAdvice(Chat chat, string taskId)
    {
        var text = await chat.Ask("advice", $"请写给企业的改进建议（{taskId}），一行一条或用分号隔开，用大白话。", LongestAdvice);
        var given = await chat.Send(new GiveAdvice(chat.Visitor, taskId, text.Split(['\n', '；', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        chat.Say($"已发给企业：改进建议{given.Lines}条。");
    }

    private static Task Play(Chat chat) => chat.Opening.StartsWith(Close, StringComparison.Ordinal)
        ? CloseProblem(chat, TaskNumbers.ProblemIn(chat.Opening)!)
        : GiveAdvice(chat, TaskNumbers.In(chat.Opening)!);
}
