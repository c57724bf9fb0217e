using Bot.Domain.Door;
using Bot.Domain.Manifests;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Results;

/// <summary>W23: the three lists are looked up, the inspector decides, the enterprise reads the treatment with its basis.</summary>
public sealed class TreatingLeniently : IDisposable
{
    private static readonly ProblemFound Label = new("危废标签缺失", "《固体废物污染环境防治法》第七十七条", new DateOnly(2026, 12, 4));

    private readonly Yunlan yunlan = new("2026-11-16 09:00");

    [Theory]
    [InlineData("危废标签缺失", Leniency.NoPenalty, 2)]
    [InlineData("2号仓库危险废物识别标志填写有误", Leniency.NoPenalty, 2)]
    [InlineData("喷涂车间没有贴警示标识", Leniency.NoPenalty, 1)]
    [InlineData("上月培训没有记录，检查前已补训", Leniency.Mitigated, 1)]
    [InlineData("有限空间审批单填写不完整", Leniency.Lighter, 1)]
    public async Task W23_a_matter_of_a_list_is_found_with_its_basis(string problem, Leniency leniency, int number)
    {
        var found = Assert.Single(await yunlan.Office.Send(new LookUpLeniency(yunlan.Safety, [problem])));

        Assert.Equal((leniency, number), (found!.Leniency, found.Number));
        Assert.StartsWith("《中华人民共和国行政处罚法》第三十", found.Basis, StringComparison.Ordinal);
        Assert.Contains("样例", found.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("台账不全")]
    [InlineData("危废直接倒进雨水沟")]
    [InlineData("标签缺失")]
    [InlineData("")]
    public async Task W23_what_is_on_no_list_is_not_suggested(string problem) =>
        Assert.Null(Assert.Single(await yunlan.Office.Send(new LookUpLeniency(yunlan.Safety, [problem]))));

    [Fact]
    public async Task W23_what_the_inspector_takes_is_kept_counts_as_minor_and_the_enterprise_reads_it()
    {
        await Visited();

        await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T101", ResultKind.OrderedToCorrect, [Label with { LeniencyId = "NoPenalty-2" }, Label with { Text = "台账不全" }]));

        Assert.Contains("危废标签缺失（依据：《固体废物污染环境防治法》第七十七条；12月4日（周五）前改正；不予处罚，依据：《中华人民共和国行政处罚法》第三十三条第一款）", yunlan.Notice("N61", "P001"), StringComparison.Ordinal);
        Assert.True(yunlan.Office.Use(db => db.Results.Single().Minor));
        Assert.Equal([Leniency.NoPenalty, null], yunlan.Office.Use(db => db.Problems.OrderBy(p => p.Id).Select(p => p.Leniency).ToList()));
    }

    [Fact]
    public async Task W23_only_an_entry_that_fits_the_problem_can_be_taken_and_not_with_a_penalty()
    {
        await Visited();

        await Refused([Label with { LeniencyId = "NoPenalty-1" }], penalty: false, "不符");
        await Refused([Label with { LeniencyId = "NoPenalty-99" }], penalty: false, "清单里没有");
        await Refused([Label with { LeniencyId = "NoPenalty-2" }], penalty: true, "前后不一致");
        Assert.Empty(yunlan.Office.Use(db => db.Results.ToList()));
    }

    [Theory]
    [InlineData("""{ "list": "不处罚", "title": "清单", "entries": [] }""", "“list”应为不予处罚、减轻处罚、从轻处罚")]
    [InlineData("""{ "list": "不予处罚", "title": "清单", "sample": true, "entries": [] }""", "样例")]
    [InlineData("""{ "list": "不予处罚", "title": "清单", "entries": [{ "number": 1, "matter": "甲", "conditions": "乙", "basis": "丙" }] }""", "signs")]
    [InlineData("""{ "list": "不予处罚", "title": "清单", "entries": [{ "number": 1, "matter": "甲", "signs": ["丁"], "conditions": "乙" }] }""", "basis")]
    [InlineData("""{ "list": "不予处罚", "title": "清单" }""", "entries")]
    [InlineData("""{ "list": "不予处罚", "title": "清单", "entries": [{ "number": 1, "matter": "甲", "signs": ["丁"], "conditions": "乙", "basis": "丙" }, { "number": 1, "matter": "戊", "signs": ["己"], "conditions": "乙", "basis": "丙" }] }""", "出现了不止一次")]
    [InlineData("{", "JSON")]
    public void W23_a_wrong_list_is_named_with_its_place(string json, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("lists");
        File.WriteAllText(Path.Combine(folder.FullName, "no-penalty.json"), json);

        Assert.Contains(LeniencyLists.Check(folder.FullName), problem => problem.ToString().Contains(reason, StringComparison.Ordinal));
        Assert.Throws<ManifestException>(() => LeniencyLists.Load(folder.FullName));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void W23_the_shipped_samples_are_in_order_and_a_district_may_have_none()
    {
        Assert.Empty(LeniencyLists.Check(InManifests("lists")));
        Assert.Null(LeniencyLists.Load(InManifests("no-such-folder")).For("危废标签缺失"));
    }

    public void Dispose() => yunlan.Dispose();

    private static string InManifests(string folder) => Bot.Testing.Manifests.Path(folder);

    private async Task Visited()
    {
        yunlan.Inspection(but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 16) });
        await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T101"));
    }

    private async Task Refused(IReadOnlyList<ProblemFound> problems, bool penalty, string because)
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new EnterResult(yunlan.Safety, "T101", ResultKind.OrderedToCorrect, problems) { Penalty = penalty, PenaltyGround = "一年内第三次" }));
        Assert.Equal("W23", broken.Rule.Clause);
        Assert.Contains(because, broken.Message, StringComparison.Ordinal);
    }
}
