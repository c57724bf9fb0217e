using Bot.Domain.Manifests;
using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Rules;

public sealed class BuildingOnOtherDistricts : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public BuildingOnOtherDistricts()
    {
        foreach (var path in Directory.EnumerateFiles(ShippedPacks.Folder)) File.Copy(path, Path.Combine(_folder, Path.GetFileName(path)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_own_number_comes_first_then_the_bases_in_order_then_the_default()
    {
        Write("a", """ "buildsOn": ["b", "c"], "limits": { "helpReply": { "amount": 9, "unit": "工作日", "clause": "一" } } """);
        Write("b", """ "limits": { "helpReply": { "amount": 8, "unit": "工作日", "clause": "一" }, "resultEntry": { "amount": 8, "unit": "工作日", "clause": "二" } } """);
        Write("c", """ "limits": { "resultEntry": { "amount": 7, "unit": "工作日", "clause": "三" }, "publication": { "amount": 7, "unit": "个月", "clause": "三" } } """);

        var pack = RulePack.Load(_folder, "a");

        Assert.Equal("人工回复9个工作日（文件a 一）", pack.HelpReply.ToString());
        Assert.Equal("检查结果回填8个工作日（文件b 二）", pack.ResultEntry.ToString());
        Assert.Equal("抽查结果公示7个月（文件c 三）", pack.Publication.ToString());
        Assert.True(pack.GuidanceReply.IsDefault);
        Assert.Equal(["文件a", "文件b", "文件c"], pack.Documents.Select(document => document.Name));
    }

    [Fact]
    public void What_a_base_builds_on_comes_before_the_next_base()
    {
        Write("a", """ "buildsOn": ["b", "c"] """);
        Write("b", """ "buildsOn": ["d"] """);
        Write("c", """ "quietDays": { "from": 1, "to": 20, "clause": "三" } """);
        Write("d", """ "quietDays": { "from": 5, "to": 10, "clause": "四" } """);

        Assert.Equal("5—10日", RulePack.Load(_folder, "a").QuietDays?.ToString());
    }

    [Fact]
    public void Two_bases_may_share_a_base()
    {
        Write("a", """ "buildsOn": ["b", "c"] """);
        Write("b", """ "buildsOn": ["jiangyan"] """);
        Write("c", """ "buildsOn": ["jiangyan"] """);

        Assert.False(RulePack.Load(_folder, "a").GuidanceReply.IsDefault);
    }

    [Fact]
    public void A_circle_is_refused_and_shown()
    {
        Write("a", """ "buildsOn": ["b"] """);
        Write("b", """ "buildsOn": ["a"] """);

        var problem = Assert.Single(Assert.Throws<ManifestException>(() => RulePack.Load(_folder, "a")).Problems);

        Assert.Equal(("b.json", "buildsOn"), (problem.File, problem.Place));
        Assert.Contains("a → b → a", problem.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "amount": 2, "unit": "天", "clause": "一" }""", "limits.helpReply", "不认识“天”，可以使用：工作日、自然日、个月")]
    [InlineData("""{ "amount": -2, "unit": "工作日", "clause": "一" }""", "limits.helpReply.amount", "整数")]
    [InlineData("""{ "amount": 0, "unit": "工作日", "clause": "一" }""", "limits.helpReply.amount", "整数")]
    [InlineData("""{ "amount": 2.5, "unit": "工作日", "clause": "一" }""", "limits.helpReply.amount", "整数")]
    [InlineData("""{ "amount": 2, "unit": "工作日" }""", "limits.helpReply", "缺少“clause”")]
    [InlineData("""{ "amount": 2, "unit": "工作日", "clause": " " }""", "limits.helpReply.clause", "非空")]
    [InlineData("""{ "amount": 2, "unit": "工作日", "clause": "一", "note": "" }""", "limits.helpReply.note", "不认识的名称")]
    [InlineData("2", "limits.helpReply", "对象")]
    public void A_wrong_limit_is_named_with_file_and_place(string limit, string place, string reason)
    {
        Write("a", $$""" "limits": { "helpReply": {{limit}} } """);

        AssertProblem("a.json", place, reason);
    }

    [Theory]
    [InlineData(""" "limits": { "guidanceReplay": { "amount": 2, "unit": "工作日", "clause": "一" } } """, "limits.guidanceReplay", "不认识的名称")]
    [InlineData(""" "limits": { "registerBefore": { "amount": 7, "unit": "工作日", "clause": "一" } } """, "limits.registerBefore", "只能用自然日")]
    [InlineData(""" "quiet": {} """, "quiet", "不认识的名称")]
    [InlineData(""" "quietDays": { "from": 1, "to": 15 } """, "quietDays", "缺少“clause”")]
    [InlineData(""" "quietDays": { "from": 15, "to": 1, "clause": "一" } """, "quietDays", "不能晚于")]
    [InlineData(""" "quietDays": { "from": 1, "to": 28, "clause": "一" } """, "quietDays", "占满")]
    [InlineData(""" "quietDays": { "from": 0, "to": 15, "clause": "一" } """, "quietDays.from", "整数")]
    [InlineData(""" "figures": { "jointSharePercent": { "value": 125, "clause": "一" } } """, "figures.jointSharePercent.value", "0到100")]
    [InlineData(""" "dates": { "annualPlanBy": { "beforeMonth": 13, "clause": "一" } } """, "dates.annualPlanBy.beforeMonth", "2到12")]
    [InlineData(""" "buildsOn": ["nowhere"] """, "buildsOn", "没有规则包“nowhere”")]
    [InlineData(""" "nightRest": { "from": "21:00", "to": "8" } """, "nightRest.to", "08:30")]
    [InlineData(""" "officeHours": [{ "from": "13:30", "to": "12:00" }] """, "officeHours[0]", "从早到晚")]
    [InlineData(""" "reminders": { "guidance.reply": [{ "when": "sometime", "tell": ["handler"], "at": "08:30" }] } """, "reminders.guidance.reply[0]", "不认识“sometime”")]
    [InlineData(""" "reminders": { "guidance.reply": [{ "when": "overdue", "tell": ["handler"], "at": "08:30" }] } """, "reminders.guidance.reply[0]", "缺少“days”")]
    [InlineData(""" "reminders": { "guidance.reply": [{ "when": "dueDay", "tell": ["mayor"], "at": "08:30" }] } """, "reminders.guidance.reply[0].tell[0]", "不认识“mayor”")]
    [InlineData(""" "reminders": { "Guidance": [] } """, "reminders.Guidance", "guidance.reply")]
    public void A_wrong_entry_is_named_with_file_and_place(string entry, string place, string reason)
    {
        Write("a", entry);

        AssertProblem("a.json", place, reason);
    }

    [Fact]
    public void A_file_that_is_no_JSON_is_named_with_its_line()
    {
        File.WriteAllText(Path.Combine(_folder, "a.json"), "{\n \"district\": \"a\"\n \"limits\": {}\n}");

        AssertProblem("a.json", "第3行", "JSON");
    }

    [Fact]
    public void The_same_name_twice_is_no_valid_file()
    {
        Write("a", """ "seriesPrefix": "甲", "seriesPrefix": "乙" """);

        AssertProblem("a.json", "", "JSON");
    }

    [Fact]
    public void A_pack_without_its_paper_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder, "a.json"), """{ "district": "甲区" }""");

        AssertProblem("a.json", "文件开头", "缺少“document”");
    }

    [Fact]
    public void A_gap_in_the_defaults_is_found()
    {
        var path = Path.Combine(_folder, "defaults.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"conversation\": { \"continueWithinHours\": 24, \"keptDays\": 30 },", "", StringComparison.Ordinal));

        Assert.Equal([new("defaults.json", "conversation", "缺少会话保留时间")], RulePackFiles.Check(_folder));
    }

    [Fact]
    public void An_unknown_district_is_answered_with_the_known_ones()
    {
        var broken = Assert.Throws<ManifestException>(() => RulePack.Load(_folder, "../jiangyan"));

        Assert.Contains("jiangyan、jinshan", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_folder_is_sound() => Assert.Empty(RulePackFiles.Check(ShippedPacks.Folder));

    private void AssertProblem(string file, string place, string reason)
    {
        var broken = Assert.Throws<ManifestException>(() => RulePack.Load(_folder, "a"));

        Assert.Contains(broken.Problems, problem => problem.File == file
            && problem.Place.StartsWith(place, StringComparison.Ordinal)
            && problem.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Contains(RulePackFiles.Check(_folder), problem => broken.Problems.Contains(problem));
    }

    private void Write(string id, string entries) => File.WriteAllText(
        Path.Combine(_folder, $"{id}.json"),
        $$"""
        {
          "district": "测试区",
          "document": { "title": "测试", "number": "文件{{id}}", "issuer": "测试", "issued": "2026-01-01", "status": "虚构" },
          {{entries}}
        }
        """);
}
