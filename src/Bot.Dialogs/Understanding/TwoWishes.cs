namespace Bot.Dialogs.Understanding;

/// <summary>A message cut where a second wish may begin: 先查下进度，再申请指导 | 我要投诉，顺便看看预告. Whether both halves are wishes is for the intents to say.</summary>
public static class TwoWishes
{
    private const int Longest = 120;
    private const int Shortest = 2;

    /// <summary>Words that announce something more; the weaker ones join parts of one wish as often as two wishes.</summary>
    private static readonly string[] Announcing = ["然后", "顺便", "顺带", "另外", "对了", "还想", "还要", "还得", "也想", "也要", "接着", "同时", "再"];

    /// <summary>Those that a told story has hardly ever.</summary>
    private static readonly string[] Aside = ["顺便", "顺带", "另外", "对了", "还想", "也想"];

    private static readonly string[] Joining = ["以及", "还有", "并且", "和", "并", ",", ";", "。"];

    private static readonly string[] Fillers = ["我们", "我", "请问", "请", "麻烦", "帮忙", "帮", "您", "你", "一下", "也", "还", "再", "先", "想", "需要", "要", "能不能", "可不可以", "可以", "能", "给", "就"];

    private static readonly string[] Verbs = ["查", "看", "问", "办", "提", "了解", "打", "说说", "填", "找"];

    /// <summary>Where a message could be cut in two, the surest place first; <paramref name="announcedOnly"/> where any words could be part of a told story.</summary>
    public static IEnumerable<(string First, string Then)> In(string text, bool announcedOnly = false)
    {
        var whole = Normalise.Text(text);
        if (whole.Length is < 2 * Shortest or > Longest || whole.Contains("区别", StringComparison.Ordinal) || whole.Contains("不同", StringComparison.Ordinal)) yield break;
        foreach (var joint in announcedOnly ? Aside : Announcing.Concat(Joining))
        {
            for (var at = whole.IndexOf(joint, Shortest, StringComparison.Ordinal); at > 0; at = whole.IndexOf(joint, at + joint.Length, StringComparison.Ordinal))
            {
                if (Cut(whole, at, joint, announcedOnly) is { } halves) yield return halves;
            }
        }
    }

    private static (string, string)? Cut(string whole, int at, string joint, bool announcedOnly)
    {
        if (announcedOnly && !Normalise.IsMark(whole[at - 1])) return null;
        var first = whole[..at].TrimEnd(' ', ',', '.', '。', ';', '、');
        var then = whole[(at + joint.Length)..].Trim(' ', ',', '.', '。', ';', '、');
        if (first.Length < Shortest || then.Length < Shortest || !IsWish(then, announced: Array.IndexOf(Announcing, joint) >= 0, onlyMark: Normalise.IsMark(joint[0]))) return null;
        return (first.StartsWith('先') ? first[1..] : first, then);
    }

    // "再要我交罚款" wants nothing: after the words of wanting there must be what is wanted.
    private static bool IsWish(ReadOnlySpan<char> text, bool announced, bool onlyMark)
    {
        var wanted = announced;
        for (var i = 0; i < Fillers.Length; i++)
        {
            if (!text.StartsWith(Fillers[i], StringComparison.Ordinal)) continue;
            wanted |= Fillers[i] is "想" or "要" or "帮" or "请" or "麻烦" or "需要" or "能不能";
            text = text[Fillers[i].Length..].TrimStart(" ,");
            i = -1;
        }

        if (onlyMark && !wanted) return false;
        foreach (var verb in Verbs)
        {
            if (text.StartsWith(verb, StringComparison.Ordinal)) return wanted || text.Length <= 12;
        }

        return Lexicon.Read(text, out var length, out var concept) && length > 1 && concept is Concept.Complain or Concept.Rate or Concept.Preview or Concept.Guide or Concept.Feedback or Concept.Progress
            or Concept.Anonymous or Concept.Bind or Concept.Unbind or Concept.Switch or Concept.Verify or Concept.Quiet or Concept.Reschedule or Concept.Appeal or Concept.Basis or Concept.Human
            or Concept.Register or Concept.Todo or Concept.Approve or Concept.Merge or Concept.Letter or Concept.Statistic;
    }
}
