using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Observations;

namespace Bot.Dialogs.Observations;

/// <summary>C29: a legal observer reports what was seen at an inspection. Somebody whose term has ended is thanked and refused, and the bureau is told (S08).</summary>
public static partial class SubmitObservation
{
    private static readonly char[] Separators = [' ', ',', '，', '、', ';', '；', '。', '\n', '/'];

    public static Conversation Conversation { get; } = new("SubmitObservation", "提交观察意见", "这次观察意见", Play)
    {
        Roles = [ActorRole.LegalObserver],
        Intents = [Intents.ObserverFeedback],
        Opens = text => text is "提交观察意见" or "观察" || Task().IsMatch(text),
        TakesEvidence = true,
    };

    private static async Task Play(Chat chat)
    {
        var term = await chat.Look(new MyTerm(chat.Visitor));
        if (!term.InOffice)
        {
            await chat.Send(new TellOfEndedTerm(chat.Visitor));
            var ended = term.To is { } to ? $"您的聘期到{ChineseDates.Long(to)}已满" : "您还不在聘期内";
            chat.Say($"谢谢您。{ended}，这次的观察意见暂时不能提交，我已告诉{chat.Rules.SupervisionOffice.Name}；续聘后就可以。发现问题也可以用“意见反馈”或“投诉”告诉我们。", "意见反馈", "投诉检查行为");
            return;
        }

        var task = Task().Match(chat.Opening) is { Success: true } found ? found.Value.ToUpperInvariant() : null;
        var answers = await chat.Ask(
            "answers",
            $"请逐条回答：{string.Join(' ', Observation.Questions.Select(question => $"{question}？"))}\n按顺序答 是/否/没注意，例如“是 是 是 没注意”。",
            ReadAnswers);
        var more = await chat.AskForMore("more", "还有要说明的吗？可发照片，请避开无关人员面部和商业秘密。没有就回复“没有”。");
        var receipt = await chat.Send(new Bot.Domain.Observations.SubmitObservation(chat.Visitor, task, answers, more.Text, [.. more.Files.Select(file => file.Id)]));
        chat.Say($"已提交给{chat.Rules.SupervisionOffice.Name}，编号 {receipt.Number}。被观察单位只看到汇总，看不到您的名字。");
    }

    private static Read<IReadOnlyList<Seen>> ReadAnswers(Said said)
    {
        var count = Observation.Questions.Count;
        var words = said.Text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words is ["都是" or "全是" or "都有" or "全部是" or "都做到了"])
            return new Read<IReadOnlyList<Seen>>(true, [.. Enumerable.Repeat(Seen.Yes, count)], null);
        var answers = words.Select(One).ToList();
        if (answers.Contains(null) || answers.Count == 0)
            return Read.No<IReadOnlyList<Seen>>($"请按顺序答{count}条，每条可答：是、否、没注意。例如“是 是 是 没注意”。");
        return answers.Count == count
            ? new Read<IReadOnlyList<Seen>>(true, [.. answers.Select(answer => answer!.Value)], null)
            : Read.No<IReadOnlyList<Seen>>($"一共{count}条，收到{answers.Count}条，请再按顺序答一遍。");
    }

    private static Seen? One(string word) => word switch
    {
        "没注意" or "没看到" or "不清楚" or "没留意" or "不知道" => Seen.NotNoticed,
        "否" or "没有" or "没" or "不是" or "无" or "未" => Seen.No,
        "是" or "有" or "是的" or "对" or "都是" => Seen.Yes,
        _ => null,
    };

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Tt]\d+(?:-\d+)?(?!\d)")]
    private static partial Regex Task();
}
