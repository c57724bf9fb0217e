using Bot.Domain.Merging;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Merging;

/// <summary>W10: what one unit had tested, the others use.</summary>
public sealed class UsingTestReports : IDisposable
{
    private readonly Colliding town = new("2026-11-18 14:00");

    public UsingTestReports()
    {
        town.Office.Add(
            Colliding.Task("T311", "U02", "2026-05-20", but: facts => facts with { ItemIds = ["IT-U02-1", "IT-U03-1"], JointUnitIds = ["U03"], CompletedOn = new DateOnly(2026, 5, 20) }),
            Colliding.Task("T104", "U03", "2026-11-18"),
            Colliding.Task("T400", "U03", "2026-12-22"));
    }

    [Fact]
    public async Task W10_a_second_sampling_of_the_item_within_the_year_needs_a_reason()
    {
        await Note("T311", "2026-08-12");

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => Note("T104", "2026-11-18"));
        Assert.Equal("生态环境8月12日已出具检测报告（水污染防治检查），请直接采用；确需再做，请写明理由。", refused.Message);
        Assert.Single(town.Office.Use(db => db.TestReports.ToList()));

        await Note("T104", "2026-11-18", "排放口改造后水质有变化");
        Assert.Equal("排放口改造后水质有变化", town.Office.Use(db => db.TestReports.Single(report => report.TaskId == "T104").AgainBecause));
    }

    [Fact]
    public async Task W10_the_next_year_begins_anew()
    {
        await Note("T311", "2026-08-12");
        town.Office.Time.Set("2027-01-04 10:00");

        await Note("T400", "2027-01-04");

        Assert.Equal(["生态环境1月4日已出具检测报告（水污染防治检查）"], await town.Office.Send(new TestReportsAbout(town.Liaisons["U02"], "E002")));
    }

    [Fact]
    public async Task W10_a_merge_prompt_shows_what_is_to_be_used()
    {
        await Note("T311", "2026-08-12");
        var prompt = await town.Register(Colliding.Task("T105", "U04", "2026-12-24"));

        Assert.Contains("生态环境8月12日已出具检测报告（水污染防治检查）", (await town.Office.Send(new MergeDetail(town.Liaisons["U04"], prompt!.Id))).Tests);
    }

    [Theory]
    [InlineData("T999", "IT-U03-1", "2026-11-18", "没有找到")]
    [InlineData("T104", "IT-U04-1", "2026-11-18", "没有这个事项")]
    [InlineData("T104", "IT-U03-1", "2026-11-19", "不能晚于今天")]
    public async Task What_cannot_be_is_refused(string task, string item, string on, string sentence)
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => town.Office.Send(new NoteTestReport(town.Liaisons["U03"], task, item, TestKind.Testing, DateOnly.Parse(on, null), "云澜检测中心", "YL-1", "达标")));

        Assert.Contains(sentence, broken.Message, StringComparison.Ordinal);
    }

    public void Dispose() => town.Dispose();

    private Task Note(string task, string on, string? because = null) =>
        town.Office.Send(new NoteTestReport(town.Liaisons["U03"], task, "IT-U03-1", TestKind.Testing, DateOnly.Parse(on, null), "云澜检测中心", "YL-1", "达标", because));
}
