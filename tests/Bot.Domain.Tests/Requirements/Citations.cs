using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Testing;

namespace Bot.Domain.Tests.Requirements;

/// <summary>Which tests, conversations, notices and rules name which row of the four documents (J27, S33, D17, W06).</summary>
internal sealed partial class Citations
{
    public Citations()
    {
        foreach (var file in Repository.Sources("tests").Where(file => !file.EndsWith("TheRequirements.cs", StringComparison.Ordinal)))
            ReadTests(File.ReadAllLines(file));
        foreach (var file in Repository.Sources(Path.Combine("src", "Bot.Dialogs")))
            Note(Places, "会话 ", file);
        foreach (var notice in JsonNode.Parse(File.ReadAllText(Repository.Path("manifests", "notices.json")))!.AsArray())
        {
            foreach (var row in notice!["requirements"]!.AsArray().Select(row => (string)row!).Where(row => Row().IsMatch(row)))
                Add(Places, row, $"{(string)notice["id"]!}{(string)notice["name"]!}");
        }

        foreach (var file in Repository.Sources(Path.Combine("src", "Bot.Domain")).Concat(Repository.Sources(Path.Combine("src", "Bot"))))
            Note(Rules, "", file);
    }

    /// <summary>By row: Class.Method, or Class where the class as a whole names it.</summary>
    public SortedDictionary<string, SortedSet<string>> Tests { get; } = new(StringComparer.Ordinal);

    /// <summary>By row: conversations and notices.</summary>
    public SortedDictionary<string, SortedSet<string>> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>By row: the files whose rules name it.</summary>
    public SortedDictionary<string, SortedSet<string>> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>What is written above a test or in it is cited by the test; what is written above a class, by the class.</summary>
    private void ReadTests(string[] lines)
    {
        string? type = null, inside = null;
        var above = new List<string>();
        var (marked, braced) = (false, false);
        foreach (var line in lines)
        {
            var rows = Row().Matches(line).Select(row => row.Value).ToList();
            if (Class().Match(line) is { Success: true } named)
            {
                (type, inside) = (named.Groups[1].Value, null);
                Cite(above.Concat(rows), type);
                above.Clear();
                continue;
            }

            marked |= line.Contains("[Fact", StringComparison.Ordinal) || line.Contains("[Theory", StringComparison.Ordinal);
            if (marked && Method().Match(line) is { Success: true } test)
            {
                (inside, marked) = ($"{type}.{test.Groups[1].Value}", false);
                rows.AddRange(RowInName().Matches(test.Groups[1].Value).Select(row => row.Groups[1].Value));
                Cite(above, inside);
                above.Clear();
            }

            if (inside is not null)
                Cite(rows, inside);
            else
                above.AddRange(rows);
            braced |= inside is not null && line == "    {";
            if (inside is not null && (braced ? line == "    }" : line.EndsWith(';')))
                (inside, braced) = (null, false);
        }
    }

    private void Cite(IEnumerable<string> rows, string by)
    {
        foreach (var row in rows)
            Add(Tests, row, by);
    }

    private static void Note(SortedDictionary<string, SortedSet<string>> to, string prefix, string file)
    {
        foreach (var row in Row().Matches(File.ReadAllText(file)).Select(row => row.Value).Distinct())
            Add(to, row, prefix + Path.GetFileNameWithoutExtension(file));
    }

    private static void Add(SortedDictionary<string, SortedSet<string>> to, string row, string what)
    {
        if (!to.TryGetValue(row, out var all))
            to[row] = all = new SortedSet<string>(StringComparer.Ordinal);
        all.Add(what);
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9_])[JSDW][0-9]{2}(?![A-Za-z0-9]|-[0-9])")]
    private static partial Regex Row();

    [GeneratedRegex(@"(?:^|_)([JSDW][0-9]{2})(?=_|$)")]
    private static partial Regex RowInName();

    [GeneratedRegex(@"^public sealed (?:partial )?class (\w+)")]
    private static partial Regex Class();

    [GeneratedRegex(@"^\s+public (?:async )?(?:Task|void|ValueTask)(?:<[^>]+>)? (\w+)\(")]
    private static partial Regex Method();
}
