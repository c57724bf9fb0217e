using Bot.Domain.Commands;
using Bot.Domain.Knowledge;
using Bot.Storage;
using Bot.Testing;

namespace Bot.Tests.Knowledge;

/// <summary>The same words find the same entries in the same order on SQLite and on PostgreSQL (S18, W26, W29).</summary>
public sealed class SearchingOnBothDatabases
{
    private static readonly DateOnly March = new(2026, 3, 1);

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Every_question_finds_what_it_is_about(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var office = new Office(database: database);
        await office.TakeInKnowledge();

        var found = new List<string>();
        foreach (var (asked, _) in Questions())
            found.Add($"{asked} → {Keys(await Search(office, asked)).FirstOrDefault("")}");

        Assert.Equal(string.Join('\n', Questions().Select(question => $"{question.Asked} → {question.Expected}")), string.Join('\n', found));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task What_the_library_does_not_have_is_not_found(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var office = new Office(database: database);
        await office.TakeInKnowledge();

        foreach (var asked in (string[])["月球基地怎么申请", "今天天气怎么样", "股票什么时候涨", "的", "？？？", "", "我们公司有没有", "\" OR 1=1 --", "NEAR(a b)", "* ^ : -"])
            Assert.Equal((asked, ""), (asked, string.Join(' ', Keys(await Search(office, asked)))));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task An_entry_that_changes_or_goes_is_found_as_it_is_now(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var office = new Office(database: database);
        await Take(office, Entry("a", "粉尘清扫的记录"), Entry("b", "灭火器的检测"));
        Assert.Equal(["a"], Keys(await Search(office, "粉尘清扫")));

        Assert.Equal(new KnowledgeTakenIn(1, 1), await Take(office, Entry("a", "废水的排放")));
        Assert.Equal(new KnowledgeTakenIn(0, 0), await Take(office, Entry("a", "废水的排放")));

        Assert.Empty(await Search(office, "粉尘清扫"));
        Assert.Empty(await Search(office, "灭火器"));
        Assert.Equal(["a"], Keys(await Search(office, "废水排放")));
        Assert.Equal(2, office.Use(db => db.KnowledgeTerms.Single(t => t.Term == "废水").Entries + db.KnowledgeTerms.Single(t => t.Term == "").Entries));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Where_every_word_is_in_very_many_entries_those_with_all_of_them_are_found(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var office = new Office(database: database);
        var many = Enumerable.Range(0, 900).Select(i => Entry(FormattableString.Invariant($"e{i:000}"), (i % 2, i) switch
        {
            (_, 500) => "消防设施和台账登记",
            (0, _) => "消防设施的维护",
            _ => "台账登记的样式",
        }));
        await Take(office, [.. many]);

        Assert.Equal("e500", Keys(await Search(office, "消防设施 台账登记"))[0]);
        Assert.Equal(3, (await Search(office, "消防设施")).Count);
    }

    private static IEnumerable<(string Asked, string Expected)> Questions() =>
        File.ReadLines(Repository.Path("tests", "Bot.Tests", "Knowledge", "questions.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t') is [var asked, var expected] ? (asked, expected) : throw new FormatException(line));

    private static KnowledgeFacts Entry(string key, string title) => new(key, KnowledgeKind.Question, title, ["一条"], "样例", March);

    private static Task<KnowledgeTakenIn> Take(Office office, params KnowledgeFacts[] entries) => office.Send(new TakeInKnowledge(Actor.Service, entries));

    private static Task<IReadOnlyList<KnowledgeFound>> Search(Office office, string words) => office.Send(new SearchKnowledge(Office.Visitor(), words));

    private static List<string> Keys(IReadOnlyList<KnowledgeFound> found) => [.. found.Select(one => one.Key)];
}
