using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Knowledge;

namespace Bot.Dialogs.Knowledge;

/// <summary>Entries of the library as they are told: never without their source.</summary>
internal static class KnowledgeWords
{
    /// <summary>看《健康证多久办一次》: the words of a button that opens an entry.</summary>
    public static string Open(KnowledgeFound entry) => $"看《{entry.Title}》";

    /// <summary>The whole entry.</summary>
    public static string Whole(KnowledgeFound entry)
    {
        var points = entry.Points.Count == 1 ? entry.Points[0] : string.Join('\n', entry.Points.Select((point, i) => entry.Kind == KnowledgeKind.Case ? point : $"{i + 1}. {point}"));
        var head = entry.Title.EndsWith("指引", StringComparison.Ordinal) ? $"【{entry.Title}】" : $"【{entry.Kind.Name()}】{entry.Title}";
        return $"{head}\n{points}\n{Source(entry)}";
    }

    /// <summary>A problem with its fix in one line.</summary>
    public static string Line(KnowledgeFound entry) => $"{entry.Title}。怎么做：{string.Join("", entry.Points)}来源：{entry.Source}。";

    public static string Source(KnowledgeFound entry) => $"来源：{entry.Source}，{ChineseDates.Long(entry.DatedOn)}。";

    /// <summary>A button for each of the others.</summary>
    public static IEnumerable<string> Others(IEnumerable<KnowledgeFound> entries) => entries.Select(Open);
}

/// <summary>What the library has is offered before somebody waits two working days for it (C3, C31).</summary>
internal static class FirstLook
{
    /// <summary>An offer that fits only by half, or is not an answer to a question, would be in the way.</summary>
    private const double FitsWell = 0.6;

    /// <summary>A question of fewer words says too little to be sure of anything.</summary>
    private const int FewestWords = 3;

    /// <summary>True: the person has found what they looked for and does not want to ask any more.</summary>
    public static async Task<bool> Helped(Chat chat, string question)
    {
        if (KnowledgeTerms.OfQuery(question).Count < FewestWords)
            return false;
        var found = (await chat.Look(new SearchKnowledge(chat.Visitor, question, KnowledgeKind.Question, KnowledgeKind.FrequentProblem, KnowledgeKind.Leniency) { Most = 2 })).Where(entry => entry.Covers >= FitsWell).ToList();
        if (found.Count == 0)
            return false;
        var shown = found[0];
        while (true)
        {
            var other = found.Find(entry => entry != shown);
            Option[] more = other is null ? [] : [new Option("other", KnowledgeWords.Open(other))];
            var next = await chat.Choose(
                "helped",
                $"先看看这些是否有帮助：\n{KnowledgeWords.Whole(shown)}",
                [new Option("ask", "还要问单位", "继续", "继续提交", "提交", "没有帮助", "没帮助", "没用", "不够", "要"), new Option("enough", "有帮助，不问了", "有帮助", "有用", "解决了", "够了", "不用了", "不问了", "谢谢"), .. more]);
            if (next != "other")
                return next == "enough";
            shown = other!;
        }
    }
}
