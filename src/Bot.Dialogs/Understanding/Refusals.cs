namespace Bot.Dialogs.Understanding;

/// <summary>What a person says not to want ("我不是要投诉，想评价一下", "不绑定能咨询吗"): the message without it, and the intents it cannot have.</summary>
internal sealed record Refusals(string Remaining, IReadOnlyList<string> Intents)
{
    private static readonly string[] Wanting = ["并不是要", "并不是想", "不是要", "不是想", "不是来", "不是说要", "并不想", "不想要", "不想", "不要", "没想要", "没想", "没有要", "没有想", "没说要", "没要", "不打算", "不需要", "不用", "无需", "不是", "别"];
    private static readonly string[] Between = ["再", "去", "来", "给", "跟", "你们", "您", "你", "帮我", "对他们", "他们", "进行", "做", "提", "办", "转", "找", "的", "急着"];
    private static readonly string[] Speaking = ["我", "我们", "咱", "咱们", "先", "就", "也", "这次", "现在", "暂时", "可以", "能", "如果", "要是"];

    private static readonly (Concept Concept, string Intent)[] Wishes =
    [
        (Concept.Complain, Understanding.Intents.Complain), (Concept.Rate, Understanding.Intents.RateInspection), (Concept.Guide, Understanding.Intents.ApplyGuidance),
        (Concept.Preview, Understanding.Intents.ViewPreview), (Concept.Feedback, Understanding.Intents.GiveFeedback), (Concept.Progress, Understanding.Intents.CheckProgress),
        (Concept.Anonymous, Understanding.Intents.AnonymousConsult), (Concept.Bind, Understanding.Intents.BindEnterprise), (Concept.Unbind, Understanding.Intents.Unbind),
        (Concept.Switch, Understanding.Intents.SwitchEnterprise), (Concept.Verify, Understanding.Intents.VerifyInspector), (Concept.Reschedule, Understanding.Intents.Reschedule),
        (Concept.Appeal, Understanding.Intents.AppealResult), (Concept.Human, Understanding.Intents.Human), (Concept.Cancel, Understanding.Intents.Cancel),
    ];

    /// <summary>Null when nothing is refused; a whole message that only refuses leaves nothing.</summary>
    public static Refusals? In(string clean)
    {
        if (clean.AsSpan().IndexOfAny("不没无别") < 0) return null;
        List<string>? refused = null;
        var remaining = clean;
        for (var i = 0; i < remaining.Length; i++)
        {
            if (remaining[i] is not ('不' or '没' or '无' or '别' or '并') || IsChoice(remaining, i)) continue;
            if (Refused(remaining.AsSpan(i), remaining.AsSpan(0, i), out var length, out var intent) is false) continue;
            (refused ??= []).Add(intent);
            remaining = remaining.Remove(i, length);
            i--;
        }

        return refused is null ? null : new Refusals(remaining, refused);
    }

    // 要不要投诉 asks.
    private static bool IsChoice(string text, int i) => i > 0 && i + 1 < text.Length && text[i - 1] == text[i + 1] || i > 0 && text[i - 1] is '是' or '特';

    private static bool Refused(ReadOnlySpan<char> text, ReadOnlySpan<char> before, out int length, out string intent)
    {
        (length, intent) = (0, "");

        // 不想留名, 不方便 and 别再发 are words of their own.
        if (Lexicon.Read(text, out var own, out var meaning) && own > 1 && meaning is Concept.Anonymous or Concept.Unbind or Concept.Quiet or Concept.Reschedule or Concept.Unable or Concept.Misconduct or Concept.Wrong or Concept.Appeal or Concept.Bind)
            return false;
        var at = Length(text, Wanting);
        if (at == 0)
        {
            if (text[0] != '不' || !IsOwn(before)) return false;
            at = 1;
        }

        for (var more = Length(text[at..], Between); more > 0; more = Length(text[at..], Between)) at += more;
        if (!Lexicon.Read(text[at..], out var word, out var wish)) return false;
        foreach (var (concept, wanted) in Wishes)
        {
            if (concept != wish || concept == Concept.Anonymous && !text.Slice(at, word).SequenceEqual("匿名")) continue;
            (length, intent) = (at + word, wanted);
            return true;
        }

        return false;
    }

    private static bool IsOwn(ReadOnlySpan<char> before)
    {
        if (before.Length == 0 || Normalise.IsMark(before[^1])) return true;
        foreach (var word in Speaking)
        {
            if (before.EndsWith(word, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static int Length(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.Ordinal)) return word.Length;
        }

        return 0;
    }
}
