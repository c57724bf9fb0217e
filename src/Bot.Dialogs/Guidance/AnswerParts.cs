using System.Text.RegularExpressions;

namespace Bot.Dialogs.Guidance;

/// <summary>An answer as written, with what stands behind 依据： and 怎么做： taken out for their own places in the notice.</summary>
internal sealed partial record AnswerParts(string Text, string Basis, string Steps)
{
    public string Preview => string.Join('\n', new[] { Text, Line("依据", Basis), Line("建议这样做", Steps) }.Where(line => line.Length > 0));

    /// <summary>依据《安全生产法》第四十一条: a basis within the sentence is one too.</summary>
    public bool NamesBasis => Text.Contains('《', StringComparison.Ordinal) || Text.Contains("依据", StringComparison.Ordinal) || Text.Contains("根据", StringComparison.Ordinal);

    public static AnswerParts Of(string written)
    {
        var labels = Label().Matches(written);
        var basis = Behind("basis");
        var steps = Behind("steps");
        var text = written;
        foreach (var part in labels.Where(label => label.Groups["basis"].Success || label.Groups["steps"].Success).Reverse())
            text = text.Remove(part.Index, EndOf(part) - part.Index);
        text = text.Trim();

        // An answer that consists of labels only would be empty: then it stays as it was written.
        return text.Length == 0 ? new AnswerParts(written.Trim(), "", "") : new AnswerParts(text, basis, steps);

        string Behind(string name) => labels.FirstOrDefault(label => label.Groups[name].Success) is { } found
            ? written[(found.Index + found.Length)..EndOf(found)].Trim()
            : "";

        int EndOf(Match label) => labels.FirstOrDefault(other => other.Index > label.Index)?.Index ?? written.Length;
    }

    private static string Line(string label, string value) => value.Length == 0 ? "" : $"{label}：{value}";

    [GeneratedRegex(@"(?:(?<basis>依据(?:名称)?)|(?<steps>怎么做|建议这样做|做法|步骤)|(?:结论|找谁|联系人))\s*[:：]", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
