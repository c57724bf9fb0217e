using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;

namespace Bot.Dialogs.Clues;

/// <summary>普遍问题: what several units did in a quarter, and one reminder to all of them without names (S31).</summary>
public static partial class ShareProblems
{
    private const string Word = "普遍问题";
    private const string Remind = "普遍提醒";
    private const int Longest = 500;

    public static Conversation Conversation { get; } = new("ShareProblems", Word, "这次提醒", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is Word or Remind || Number().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var problems = await chat.Look(new CommonProblemList(chat.Visitor));
        var id = Number().Match(chat.Opening) is { Success: true } found ? found.Value.ToUpperInvariant() : null;
        if (id is null)
        {
            if (problems.Count == 0)
                chat.Tell($"本季度没有普遍问题（同一问题涉及{chat.Rules.WidespreadProblemUnits.Value}个以上单位）。");
            else
                chat.Say(string.Join('\n', problems.Select(Line)), [.. problems.Where(one => one.RemindedOn is null).Take(3).Select(one => $"{Remind} {one.Id}"), "指导性意见"]);
            return;
        }

        var problem = problems.FirstOrDefault(one => one.Id == id);
        if (problem is null)
        {
            chat.Tell("没有找到这个普遍问题。说“普遍问题”可以看到本季度的。");
            return;
        }

        var example = await chat.Ask("example", $"{Line(problem)}\n请写一个例子，不带单位和企业名称，会发给全部单位的联络员。", Longest);
        if (!await chat.Confirm("sure", $"提醒内容：“{problem.Kind.InChinese()}”，例如：{example}。发给全部单位联络员？", "发送", "先不发"))
        {
            chat.Say("好的，没有发送。", Word);
            return;
        }

        var reminded = await chat.Send(new RemindAllUnits(chat.Visitor, id, example));
        chat.Say($"已提醒{reminded.Units}个单位的联络员，只发这一次。", Word);
    }

    private static string Line(CommonProblemView problem) =>
        $"{problem.Id} {problem.Kind.InChinese()}，涉及{problem.Units.Count}个单位（{string.Join('、', problem.Units)}），指导性意见最迟{ChineseDates.Due(problem.OpinionBy)}{(problem.RemindedOn is { } on ? $"，{ChineseDates.Short(on)}已普遍提醒" : "")}。";

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Pp][0-9]{2}[Qq][1-4]-[0-9]{1,3}(?![A-Za-z0-9])")]
    private static partial Regex Number();
}
