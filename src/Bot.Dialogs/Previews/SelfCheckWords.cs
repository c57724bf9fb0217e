using System.Buffers;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Previews;

/// <summary>Which lines of a self-check list are kept and which are not; both empty when the person is done.</summary>
internal sealed record SelfChecked(IReadOnlyList<int> Done, IReadOnlyList<int> Missing);

/// <summary>Reads "1、2做到了", "第三项我们没有", "都做到了，除了3没有", "好了".</summary>
internal static class SelfCheckWords
{
    private static readonly string[] Over = ["好了", "完了", "查完了", "没有了", "就这些", "结束", "先这样", "知道了", "谢谢", "好", "好的", "自查完了"];
    private static readonly string[] All = ["都", "全部", "全都", "每项", "所有"];
    private static readonly string[] Lacking = ["没", "无", "未", "不", "缺", "差", "×"];
    private static readonly string[] Kept = ["有", "做到", "好", "合格", "达标", "符合", "完成", "齐", "是", "√", "ok"];
    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(",。;!");

    public static Read<SelfChecked> Read(Said said, int lines)
    {
        var text = said.Text.ToLowerInvariant();
        if (Over.Contains(text.TrimEnd('。', '!', '了') is var bare && Over.Contains(bare) ? bare : text))
            return new SelfChecked([], []);
        var states = new SortedDictionary<int, bool>();
        var waiting = new List<int>();
        foreach (var clause in Clauses(text))
        {
            var named = Lines(clause, lines);
            waiting.AddRange(named);
            if (Polarity(clause) is not { } kept)
                continue;
            if (waiting.Count == 0 && All.Any(word => clause.Contains(word, StringComparison.Ordinal)))
                waiting.AddRange(Enumerable.Range(1, lines).Where(line => !states.ContainsKey(line)));
            foreach (var line in waiting)
                states[line] = kept;
            waiting.Clear();
        }

        if (states.Count == 0 || waiting.Count > 0)
            return Conversations.Read.No<SelfChecked>($"请说第几项做到了、第几项没有，比如“1做到了，3没有”（共{lines}项）；查完说“好了”。");
        return new SelfChecked([.. states.Where(state => state.Value).Select(state => state.Key)], [.. states.Where(state => !state.Value).Select(state => state.Key)]);
    }

    private static bool? Polarity(string clause)
    {
        if (Lacking.Any(word => clause.Contains(word, StringComparison.Ordinal)))
            return false;
        return Kept.Any(word => clause.Contains(word, StringComparison.Ordinal)) ? true : null;
    }

    private static List<int> Lines(string clause, int lines)
    {
        var found = new List<int>();
        for (var at = 0; at < clause.Length;)
        {
            if (Numerals.Read(clause, ref at, out var number))
            {
                if (number >= 1 && number <= lines && !found.Contains(number))
                    found.Add(number);
            }
            else
            {
                at++;
            }
        }

        return found;
    }

    private static IEnumerable<string> Clauses(string text)
    {
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !ClauseEnds.Contains(text[i]))
                continue;
            if (i > from)
                yield return text[from..i];
            from = i + 1;
        }
    }
}
