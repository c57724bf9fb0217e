using Bot.Domain.Commands;
using Bot.Domain.Knowledge;
using Bot.Domain.Manifests;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Knowledge;

/// <summary>S18, W26, W29: the operator's files become the library; what is wrong in them is named.</summary>
public sealed class KeepingTheLibrary : IDisposable
{
    private readonly Yunlan yunlan = new();

    [Theory]
    [InlineData("""{ "kind": "手册", "entries": [] }""", "“kind”应为")]
    [InlineData("""{ "kind": "合规指引" }""", "entries")]
    [InlineData("""{ "kind": "合规指引", "entries": [{ "id": "a", "title": "甲", "points": ["一"], "date": "2026-03-01" }] }""", "source")]
    [InlineData("""{ "kind": "合规指引", "entries": [{ "id": "a", "title": "甲", "points": ["一"], "source": "某局" }] }""", "date")]
    [InlineData("""{ "kind": "合规指引", "entries": [{ "id": "a", "title": "甲", "source": "某局", "date": "2026-03-01" }] }""", "points")]
    [InlineData("""{ "kind": "合规指引", "entries": [{ "id": "甲", "title": "甲", "points": ["一"], "source": "某局", "date": "2026-03-01" }] }""", "小写字母")]
    [InlineData("""{ "kind": "合规指引", "sample": true, "entries": [{ "id": "a", "title": "甲", "points": ["一"], "source": "某局", "date": "2026-03-01" }] }""", "样例")]
    [InlineData("""{ "kind": "合规指引", "entries": [{ "id": "a", "title": "甲", "points": ["一"], "source": "某局", "date": "2026-03-01", "public": true }] }""", "public")]
    [InlineData("""{ "kind": "合规指引", "entries": [{ "id": "a", "title": "甲", "points": ["一"], "source": "某局", "date": "2026-03-01" }, { "id": "a", "title": "乙", "points": ["二"], "source": "某局", "date": "2026-03-01" }] }""", "不止一次")]
    [InlineData("""{ "kind": "典型案例", "entries": [{ "id": "a", "title": "甲", "points": ["青禾特种钢锭铸造有限公司的车间有积尘"], "source": "某局", "date": "2026-03-01" }] }""", "不能出现企业名称")]
    [InlineData("""{ "kind": "典型案例", "entries": [{ "id": "a", "title": "甲", "points": ["老板电话13800000000"], "source": "某局", "date": "2026-03-01" }] }""", "不能出现企业名称")]
    [InlineData("{", "JSON")]
    public void A_wrong_file_is_named_with_its_place(string json, string reason) // W29
    {
        var manifests = Directory.CreateTempSubdirectory("knowledge");
        Directory.CreateDirectory(Path.Combine(manifests.FullName, "knowledge"));
        File.WriteAllText(Path.Combine(manifests.FullName, "knowledge", "guides.json"), json);

        Assert.Contains(KnowledgeFolder.Check(manifests.FullName), problem => problem.ToString().Contains(reason, StringComparison.Ordinal));
        Assert.Throws<ManifestException>(() => KnowledgeFolder.Load(manifests.FullName, LeniencyLists.Load(manifests.FullName)));
        manifests.Delete(recursive: true);
    }

    [Fact]
    public void S18_the_shipped_samples_are_in_order_say_that_they_are_samples_and_name_their_source()
    {
        Assert.Empty(KnowledgeFolder.Check(Bot.Testing.Manifests.Folder));
        var entries = KnowledgeFolder.Load(Bot.Testing.Manifests.Folder, LeniencyLists.Load(Bot.Testing.Manifests.Path("lists")));

        Assert.All(entries, entry => Assert.Contains("样例", entry.Source, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<KnowledgeKind>(), kind => Assert.Contains(entries, entry => entry.Kind == kind));
        Assert.Empty(KnowledgeFolder.Load(Path.Combine(Bot.Testing.Manifests.Folder, "no-such-folder"), LeniencyLists.Load("no-such-folder")));
    }

    [Fact]
    public async Task W29_a_case_that_names_an_enterprise_of_the_registry_changes_nothing()
    {
        await yunlan.Office.TakeInKnowledge();
        var named = new KnowledgeFacts("case-x", KnowledgeKind.Case, "积尘", ["云澜区石桥河食品有限公司的车间"], "某局", new DateOnly(2026, 3, 1));

        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new TakeInKnowledge(Actor.Service, [named])));

        Assert.Equal("W29", broken.Rule.Clause);
        Assert.True(yunlan.Office.Use(db => db.KnowledgeEntries.Count()) > 50);
    }

    [Fact]
    public async Task Taken_in_again_nothing_changes_and_people_may_not_do_it()
    {
        await yunlan.Office.TakeInKnowledge();

        Assert.Equal(new KnowledgeTakenIn(0, 0), await yunlan.Office.TakeInKnowledge());
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new TakeInKnowledge(yunlan.Bureau, [])));
    }

    [Theory]
    [InlineData("涉爆粉尘", "涉爆 爆粉 粉尘")]
    [InlineData("VOCs 治理，用 PM2.5 和Ｋ歌", "vocs 治理 pm2")]
    [InlineData("油", "")]
    [InlineData("", "")]
    public void Words_are_two_neighbouring_characters(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', KnowledgeTerms.Of([text])));

    [Theory]
    [InlineData("请问我们的粉尘怎么清扫呢", "粉尘 清扫")]
    [InlineData("企业规定", "企业 业规 规定")]
    public void What_only_leads_up_to_a_question_is_left_out(string asked, string expected) =>
        Assert.Equal(expected, string.Join(' ', KnowledgeTerms.OfQuery(asked)));

    public void Dispose() => yunlan.Dispose();
}
