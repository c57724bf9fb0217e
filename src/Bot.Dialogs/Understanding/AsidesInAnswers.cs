using System.Buffers;

namespace Bot.Dialogs.Understanding;

/// <summary>An answer with a question of the person's own in it: 昨天下午，这个会不会被他们知道？</summary>
public static class AsidesInAnswers
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(",.。;!?…");
    private static readonly string[] Leads = ["对了", "另外", "顺便问一下", "顺便问", "顺便", "话说", "还有", "想问一下", "想问下", "问一下", "问下", "请问"];
    private static readonly string[] OfOthers = ["他们", "她们", "人家", "对方", "检查的人", "执法人员", "检查员", "领导"];

    /// <summary>
    /// The answer without the question, and the question; null when there is no such question or nothing besides it. In a told story only what can concern nobody but
    /// the service counts: "他们凭什么查我们？" is part of the story.
    /// </summary>
    public static (string Answer, string Question)? In(string text, bool inStory)
    {
        var whole = Normalise.Text(text);
        var at = 0;
        while (at < whole.Length)
        {
            var end = whole.AsSpan(at).IndexOfAny(Ends);
            end = end < 0 ? whole.Length : at + end + 1;
            var clause = whole[at..end].Trim(' ', ',');
            if (IsQuestion(clause, inStory))
            {
                var answer = (whole[..at].TrimEnd(' ', ',') + (at > 0 && end < whole.Length ? "," : "") + whole[end..].TrimStart(' ', ',')).Trim(' ', ',');
                return answer.Any(char.IsLetterOrDigit) ? (answer, clause) : null;
            }

            at = end;
        }

        return null;
    }

    private static bool IsQuestion(string clause, bool inStory)
    {
        var asked = clause;
        foreach (var lead in Leads)
        {
            if (asked.StartsWith(lead, StringComparison.Ordinal)) asked = asked[lead.Length..].TrimStart(' ', ',');
        }

        var question = SideQuestions.Of(asked);
        if (question == SideQuestion.None) return false;
        if (!inStory) return true;
        return question is SideQuestion.Confidentiality or SideQuestion.Consequences or SideQuestion.HowLong or SideQuestion.HowCounted or SideQuestion.OfficeHours or SideQuestion.LookupCodes
            && (asked.Length < clause.Length || asked.EndsWith('?') || asked.TrimEnd('。', '.', '!') is [.., '吗' or '呢' or '么'])
            && (asked.Length < clause.Length || !Array.Exists(OfOthers, word => asked.Contains(word, StringComparison.Ordinal) && !asked.Contains("会不会被他们", StringComparison.Ordinal) && !asked.Contains("会被他们", StringComparison.Ordinal) && !asked.Contains("让他们", StringComparison.Ordinal)));
    }
}
