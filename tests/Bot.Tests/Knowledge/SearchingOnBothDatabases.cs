using Bot.Domain.Commands;
using Bot.Domain.Knowledge;
using Bot.Domain.People;
using Bot.Storage;
using Bot.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Knowledge;

/// <summary>The same words find the same entries in the same order on SQLite and on PostgreSQL (S18, W26, W29).</summary>
public sealed class SearchingOnBothDatabases
{
    private static readonly DateOnly March = new(2026, 3, 1);

    private static readonly KnowledgeKind[] Kinds = [KnowledgeKind.Question, KnowledgeKind.Guide, KnowledgeKind.FrequentProblem, KnowledgeKind.Leniency];

    private static readonly string[] Phrases =
    [
        "消防设施的维护", "台账登记的样式", "灭火器每月检查", "危废仓库标签", "动火作业审批", "有限空间通风", "粉尘清扫记录", "排污许可证延续", "健康证办理", "叉车司机持证", "安全出口畅通", "应急演练记录",
        "进货查验票据", "食品留样", "油烟净化清洗", "特种设备检验", "电气线路老化", "劳动合同签订", "工伤保险缴纳", "噪声监测报告", "废水在线监测", "雨污分流", "货架荷载", "气瓶存放间距", "防雷检测", "餐具消毒",
    ];

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

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task However_large_the_library_is_every_entry_is_ranked(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var office = new Office(database: database);
        var random = new Random(9);
        var library = Enumerable.Range(0, 4_300).Select(i => Random(random, i)).ToList();
        await Take(office, [.. library]);
        await LooksThroughAll(office, library, random);

        // One of the last is written anew and one goes: the words of both are what they are now.
        library[4_200] = library[4_200] with { Title = "月球基地的台账" };
        library.RemoveAt(4_199);
        Assert.Equal(new KnowledgeTakenIn(1, 1), await Take(office, [.. library]));
        Assert.Equal(["e4200"], Keys(await Search(office, "月球基地")));
        await LooksThroughAll(office, library, random);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task What_is_for_one_s_own_trade_comes_first_and_what_is_for_another_last(DatabaseKind kind) // S18
    {
        await using var database = await Databases.Fresh(kind);
        using var office = new Office(database: database);
        office.Add(new Enterprise("E1", "云澜区小满面馆", "91321299MA7SAMPL01") { Industry = "餐饮" });
        var caterer = office.Person("P1", "何佳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        await Take(office, Entry("a", "油烟净化") with { Trades = ["汽修", "印刷"] }, Entry("b", "油烟净化"), Entry("c", "油烟净化") with { Trades = ["印刷", "餐饮"] });

        Assert.Equal(["a", "b", "c"], Keys(await Search(office, "油烟净化")));
        Assert.Equal(["c", "b", "a"], Keys(await office.Send(new SearchKnowledge(caterer, "油烟净化"))));
    }

    private static async Task LooksThroughAll(Office office, List<KnowledgeFacts> library, Random random)
    {
        var texts = library.ConvertAll(facts => new Text(facts, [.. KnowledgeTerms.Of([facts.Title])], [.. KnowledgeTerms.Of([facts.Title, .. facts.Points, facts.Source])]));
        for (var i = 0; i < 40; i++)
        {
            var asked = string.Join(' ', Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Phrases[random.Next(Phrases.Length)]));
            KnowledgeKind[] kinds = i % 3 == 0 ? [KnowledgeKind.Leniency, KnowledgeKind.Guide] : [];
            var found = await office.Send(new SearchKnowledge(Office.Visitor(), asked, kinds) { Most = 5 });
            Assert.Equal((asked, string.Join(' ', Ranked(texts, asked, kinds))), (asked, string.Join(' ', Keys(found))));
        }
    }

    /// <summary>The same by looking at one entry after another.</summary>
    private static IEnumerable<string> Ranked(List<Text> texts, string asked, KnowledgeKind[] kinds)
    {
        var weights = KnowledgeTerms.OfQuery(asked).ToDictionary(word => word, word => Math.Log(1 + (double)texts.Count / Math.Max(1, texts.Count(text => text.Words.Contains(word)))), StringComparer.Ordinal);
        return texts.Where(text => kinds.Length == 0 || kinds.Contains(text.Facts.Kind))
            .Select(text => (text.Facts, Covers: Sum(text.Words), Score: Sum(text.Words) + Sum(text.InTitle)))
            .Where(one => one.Covers >= 0.34 * weights.Values.Sum())
            .OrderByDescending(one => Math.Round(one.Score, 4)).ThenBy(one => one.Facts.Kind).ThenByDescending(one => one.Facts.DatedOn)
            .Take(5).Select(one => one.Facts.Key);

        double Sum(HashSet<string> words) => weights.Where(weight => words.Contains(weight.Key)).Sum(weight => weight.Value);
    }

    private static KnowledgeFacts Random(Random random, int number) => new(
        FormattableString.Invariant($"e{number:0000}"),
        Kinds[random.Next(Kinds.Length)],
        Phrases[random.Next(Phrases.Length)],
        [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Phrases[Math.Min(random.Next(Phrases.Length), random.Next(Phrases.Length))])],
        "样例",
        March.AddDays(-random.Next(30)));

    private static IEnumerable<(string Asked, string Expected)> Questions() =>
        File.ReadLines(Repository.Path("tests", "Bot.Tests", "Knowledge", "questions.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t') is [var asked, var expected] ? (asked, expected) : throw new FormatException(line));

    private static KnowledgeFacts Entry(string key, string title) => new(key, KnowledgeKind.Question, title, ["一条"], "样例", March);

    private static Task<KnowledgeTakenIn> Take(Office office, params KnowledgeFacts[] entries) => office.Services.GetRequiredService<Transactions>().RunLong(
        "knowledge",
        (work, token) => work.Services.GetRequiredService<IMediator>().Send(new TakeInKnowledge(Actor.Service, entries), token),
        CancellationToken.None);

    private static Task<IReadOnlyList<KnowledgeFound>> Search(Office office, string words) => office.Send(new SearchKnowledge(Office.Visitor(), words));

    private static List<string> Keys(IReadOnlyList<KnowledgeFound> found) => [.. found.Select(one => one.Key)];

    private sealed record Text(KnowledgeFacts Facts, HashSet<string> InTitle, HashSet<string> Words);
}
