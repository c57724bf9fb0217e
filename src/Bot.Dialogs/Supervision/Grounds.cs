using Bot.Dialogs.Conversations;
using Bot.Domain.Clues;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;

namespace Bot.Dialogs.Supervision;

/// <summary>Facts and basis of a paper that a unit will read: neither may be a number alone or "不清楚" (S13, S14).</summary>
internal static class Grounds
{
    private const int LongestText = 500;
    private const int ShortestFact = 4;
    private const int ShortestBasis = 6;
    private const int Offered = 3;
    private const double Alike = 0.5;

    private static readonly string[] NotKnown = ["不清楚", "不知道", "不晓得", "不太清楚", "不确定", "说不清", "忘了", "没有依据", "暂无", "待定", "随便"];

    public static Read<string> ReadFacts(Said said)
    {
        var empty = CaseReference.Lines(said.ForPeople).FirstOrDefault(line => Letters(CaseReference.WithoutTasks(line)) < ShortestFact);
        return empty is null
            ? Answers.Text(said, 2 * LongestText)
            : Read.No<string>($"“{empty}”还看不出是什么事实。请写哪天、哪次检查、发生了什么，例如“11月2日T303未扫码”。");
    }

    /// <summary>A document with its clause; where somebody does not know it, those that are usual for such a problem are named.</summary>
    public static Read<string> ReadBasis(Said said, string problem, RulePack rules) =>
        Letters(said.Text) < ShortestBasis || NotKnown.Any(word => said.Text.Contains(word, StringComparison.Ordinal))
            ? Read.No<string>($"依据会印在文书里给单位看，要写明文件和条款。{(Usual(problem, rules) is { Count: > 0 } usual ? $"常用的有：{string.Join('；', usual)}。可以照抄一条。" : "例如“《涉企行政检查规则》第三条”。")}")
            : Answers.Text(said, LongestText);

    /// <summary>An open case of the unit about the same matter.</summary>
    public static SupervisionLine? Same(IReadOnlyList<SupervisionLine> open, string unitName, string problem) =>
        open.FirstOrDefault(line => line.UnitName == unitName && Likeness(line.Problem, problem) >= Alike);

    private static IReadOnlyList<string> Usual(string problem, RulePack rules) => [.. Enum.GetValues<ClueKind>()
        .OrderByDescending(kind => Likeness(kind.InChinese(), problem))
        .Select(kind => ClueClauses.Of(kind, rules))
        .Where(clause => clause.Any(char.IsAsciiDigit) && !clause.Contains("未规定", StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal)
        .Take(Offered)];

    private static int Letters(string text) => text.Count(char.IsLetterOrDigit);

    private static double Likeness(string one, string other)
    {
        var (first, second) = (Pairs(one), Pairs(other));
        return first.Count == 0 || second.Count == 0 ? (one == other ? 1 : 0) : (double)first.Intersect(second).Count() / Math.Min(first.Count, second.Count);
    }

    private static HashSet<(char, char)> Pairs(string text) => [.. text.Zip(text.Skip(1))];
}
