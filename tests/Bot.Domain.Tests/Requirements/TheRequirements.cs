using Bot.Testing;

namespace Bot.Domain.Tests.Requirements;

/// <summary><c>docs/requirements.md</c> names every row of the four documents, the tests that hold it and where people meet it; this keeps it true.</summary>
public sealed class TheRequirements
{
    private const string Open = "未做：";
    private const string Partly = "部分：";
    private const string Recorded = "只作记录：";
    private const int MostNamed = 4;

    private static readonly string File = Repository.Path("docs", "requirements.md");

    private static readonly (char Document, int Rows)[] Documents = [('J', 42), ('S', 45), ('D', 25), ('W', 42)];

    /// <summary>Rows that no program can carry: what it does instead.</summary>
    private static readonly Dictionary<string, string> RecordedOnly = new(StringComparer.Ordinal)
    {
        ["D04"] = Recorded + "信息化支撑由科技部门和运维单位承担；程序提供运行状况（/health、/metrics）、台账核验（audit verify）和数据库升级，供其使用",
        ["D24"] = Recorded + "是否追责由有权机关依法决定，程序不作结论；需要时可导出任务全程记录，移送情况由司法局登记并只有司法局可见",
    };

    [Fact]
    public void Every_row_of_the_four_documents_is_in_the_table_in_order_and_each_once()
    {
        var expected = Documents.SelectMany(document => Enumerable.Range(1, document.Rows).Select(n => FormattableString.Invariant($"{document.Document}{n:00}")));

        Assert.Equal(expected, Table().Select(row => row[0]));
        Assert.All(Table(), row => Assert.NotEmpty(row[1]));
    }

    [Fact]
    public void The_tests_and_places_in_the_table_are_those_that_cite_the_row()
    {
        var citations = new Citations();
        if (Environment.GetEnvironmentVariable("BOT_WRITE_REQUIREMENTS") == "1")
            Write(citations);

        Assert.All(Table(), row => Assert.Equal(Line(row, citations), string.Join(" | ", row)));
    }

    [Fact]
    public void A_row_without_a_test_says_why()
    {
        var citations = new Citations();

        Assert.All(
            Table().Where(row => !citations.Tests.ContainsKey(row[0])),
            row => Assert.True(RecordedOnly.ContainsKey(row[0]) || (row[2].StartsWith(Open, StringComparison.Ordinal) && row[2].Length > Open.Length), row[0]));
    }

    [Fact]
    public void What_is_only_recorded_has_no_test() => Assert.Empty(RecordedOnly.Keys.Intersect(new Citations().Tests.Keys));

    [Fact]
    public void A_test_cites_only_rows_that_there_are() => Assert.All(
        new Citations().Tests.Keys, row => Assert.InRange(int.Parse(row.AsSpan(1), null), 1, Documents.Single(document => document.Document == row[0]).Rows));

    private static List<string[]> Table() =>
        [.. System.IO.File.ReadAllLines(File).Where(line => line.Length > 5 && line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[3])).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    private static void Write(Citations citations)
    {
        var rows = Table().ToDictionary(row => row[0], row => $"| {Line(row, citations)} |");
        System.IO.File.WriteAllLines(File, System.IO.File.ReadAllLines(File).Select(line => line.Length > 5 && rows.TryGetValue(line[2..5], out var written) ? written : line));
    }

    /// <summary>The row as it ought to be: what people wrote stays, what the sources say is put in.</summary>
    private static string Line(string[] row, Citations citations)
    {
        var tests = citations.Tests.TryGetValue(row[0], out var cited) ? Some(cited.OrderBy(test => test.Contains('.', StringComparison.Ordinal) ? 0 : 1).ThenBy(test => test, StringComparer.Ordinal)) : null;
        var places = citations.Places.GetValueOrDefault(row[0]) ?? citations.Rules.GetValueOrDefault(row[0]) ?? [];
        var partly = row[2].StartsWith(Partly, StringComparison.Ordinal) ? row[2][..(row[2].IndexOf('。', StringComparison.Ordinal) + 1)] : "";
        return $"{row[0]} | {row[1]} | {partly}{tests ?? RecordedOnly.GetValueOrDefault(row[0]) ?? (row[2].StartsWith(Open, StringComparison.Ordinal) ? row[2] : Open)} | {Some(places)}";
    }

    private static string Some(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join("；", all.Take(MostNamed)) + (all.Count > MostNamed ? FormattableString.Invariant($" 等{all.Count}项") : "");
    }
}
