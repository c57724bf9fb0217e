using System.Globalization;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.People;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using Bot.Domain.Todo;
using Bot.Domain.Unlicensed;
using Bot.Testing;

namespace Bot.Domain.Tests.Unlicensed;

/// <summary>D22: a business without licence goes by its own measures: reported without a credit code, to the town where it is.</summary>
public sealed class ReportingUnlicensedBusiness : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-20 10:00");
    private readonly Actor liaison;
    private readonly Actor leader;
    private readonly Actor otherLiaison;

    public ReportingUnlicensedBusiness()
    {
        yunlan.Office.Add(
            new Unit("U10", "青榆镇人民政府", "town", "综合行政执法", "0000-86001000"),
            new Unit("U11", "石桥河镇人民政府", "town", "综合行政执法", "0000-86001100"),
            new Unit("U12", "望岚街道办事处", "subdistrict", "综合行政执法", "0000-86001200"));
        liaison = yunlan.Office.Person("LI-U12", "钱子衿", ActorRole.UnitLiaison, "U12");
        leader = yunlan.Office.Person("L-U12", "范立言", ActorRole.UnitLeader, "U12");
        otherLiaison = yunlan.Office.Person("LI-U11", "柳牧野", ActorRole.UnitLiaison, "U11");
    }

    [Fact]
    public async Task A_stranger_names_the_town_the_place_and_the_story_and_nothing_else()
    {
        var receipt = await yunlan.Office.Send(Report(Office.Visitor("web-1"), anonymous: false) with { Name = "王芳", Phone = "13800000000" });

        Assert.Equal(("云证照举〔2026〕1号", "望岚街道办事处", new DateOnly(2026, 12, 11), "15个工作日", null), (receipt.Number, receipt.TownName, receipt.DueOn, receipt.Limit, receipt.Code));
        Assert.Equal(["LI-U12"], yunlan.Told("N180"));
        var notice = yunlan.Notice("N180", "LI-U12");
        Assert.Contains(receipt.Number, notice, StringComparison.Ordinal);
        foreach (var untold in new[] { "王芳", "13800000000", "卖熟食", "望岚路" })
            Assert.DoesNotContain(untold, notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stands_in_the_towns_list_of_the_day_and_in_nobody_elses_but_the_bureaus()
    {
        var receipt = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: true));

        foreach (var one in new[] { liaison, leader, yunlan.Bureau })
            Assert.Contains((await yunlan.Office.Send(new MyTodo(one))).Later, item => item.SubjectId == receipt.ReportId && item.Label == $"{receipt.ReportId}核实处理");
        Assert.Empty((await yunlan.Office.Send(new MyTodo(otherLiaison))).Later);
        await Refused(new OpenUnlicensed(otherLiaison, receipt.ReportId), UnlicensedDesk.Found);
        await Refused(new SettleUnlicensed(otherLiaison, receipt.ReportId, UnlicensedOutcome.NotFound, "没有"), UnlicensedDesk.Found);
    }

    [Theory] // D22: the limit is the pack's, in working days
    [InlineData("2026-11-20 23:50", "2026-12-11", false)]
    [InlineData("2026-09-14 09:00", "2026-10-10", false)] // over the days off of two holidays to a Saturday that is worked
    [InlineData("2026-09-18 09:00", "2026-10-15", false)] // counts Sunday 20 September and Saturday 10 October
    [InlineData("2026-12-14 09:00", "2027-01-05", true)] // the notice for 2027 is missing
    public async Task The_result_is_due_after_fifteen_working_days(string on, string due, bool provisional)
    {
        yunlan.Office.Time.Set(on);

        var receipt = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false));

        Assert.Equal((DateOnly.Parse(due, CultureInfo.InvariantCulture), provisional), (receipt.DueOn, receipt.Provisional));
    }

    [Theory]
    [InlineData("2026-12-11 23:59", false)]
    [InlineData("2026-12-12 00:00", true)]
    public async Task On_the_last_day_it_is_in_time_and_the_day_after_it_is_late(string on, bool late)
    {
        var receipt = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: true));
        yunlan.Office.Time.Set(on);

        Assert.Equal(late, (await yunlan.Office.Send(new OpenUnlicensed(liaison, receipt.ReportId))).Late);
        Assert.Equal(late, (await yunlan.Office.Send(new UnlicensedLedger(yunlan.Bureau))).Open.Single().Late);
        Assert.Equal(late, (await yunlan.Office.Send(new SettleUnlicensed(liaison, receipt.ReportId, UnlicensedOutcome.DealtWith, "已责令停止"))).Late);
    }

    [Fact]
    public async Task Who_lets_it_lie_is_reminded_then_the_leader_then_the_bureau_and_it_becomes_a_clue()
    {
        var receipt = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: true));

        await DueSteps("2026-12-11 09:00");
        Assert.Equal(["L-U12", "LI-U12"], yunlan.Told("N7b"));
        await DueSteps("2026-12-14 09:00");
        Assert.Contains("L-U12", yunlan.Told("N8"));
        Assert.DoesNotContain("S1", yunlan.Told("N8"));
        await DueSteps("2026-12-16 09:00");
        Assert.Contains("S1", yunlan.Office.Use(db => db.Notices.Where(n => n.SubjectId == receipt.ReportId && n.Kind.StartsWith("N8")).Select(n => n.PersonId).ToList()));
        await yunlan.Office.Round();
        Assert.True(yunlan.Office.Use(db => db.Clues.Any(c => c.UnitId == "U12" && c.Kind == ClueKind.LimitPassed)));
    }

    [Fact]
    public async Task The_result_reaches_a_named_reporter_and_ends_the_limit()
    {
        var receipt = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false));
        await Refused(new SettleUnlicensed(liaison, receipt.ReportId, UnlicensedOutcome.DepartmentTold, " "), UnlicensedReport.ResultNeeded);

        await yunlan.Office.Send(new SettleUnlicensed(liaison, receipt.ReportId, UnlicensedOutcome.DepartmentTold, "11月23日已书面通报区市场监督管理局。"));

        var told = yunlan.Notice("N181", "P001");
        foreach (var part in new[] { receipt.Number, "望岚街道办事处", "已通报有关部门查处", "11月23日已书面通报区市场监督管理局" })
            Assert.Contains(part, told, StringComparison.Ordinal);
        var mine = Assert.Single(await yunlan.Office.Send(new MyCases(yunlan.Qinghe)), line => line.Kind == CaseKind.Unlicensed);
        Assert.False(mine.Open);
        Assert.Empty((await yunlan.Office.Send(new MyTodo(liaison))).Later);
        await Refused(new SettleUnlicensed(liaison, receipt.ReportId, UnlicensedOutcome.NotFound, "没有"), UnlicensedReport.SettledOnce);
        var book = await yunlan.Office.Send(new UnlicensedLedger(yunlan.Bureau));
        Assert.Equal((0, 1, 1), (book.Open.Count, book.ReceivedThisYear, book.SettledThisYear));
    }

    [Fact]
    public async Task The_wrong_town_hands_it_on_within_the_same_limit_and_loses_sight_of_it()
    {
        var receipt = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false));
        await Refused(new MoveUnlicensed(liaison, receipt.ReportId, "U12", "不在本街道"), UnlicensedReport.AnotherTown);
        await Refused(new MoveUnlicensed(liaison, receipt.ReportId, "U11", ""), UnlicensedReport.ReasonNeeded);
        await Refused(new MoveUnlicensed(liaison, receipt.ReportId, "U01", "市场监管的事"), UnlicensedDesk.InATown);

        yunlan.Office.Time.Set("2026-11-24 09:00");
        var moved = await yunlan.Office.Send(new MoveUnlicensed(liaison, receipt.ReportId, "U11", "店在河对岸，属石桥河镇"));

        Assert.Equal(("石桥河镇人民政府", receipt.DueOn), (moved.TownName, moved.DueOn));
        Assert.Equal(["LI-U11", "LI-U12"], yunlan.Told("N180"));
        Assert.Contains("石桥河镇", yunlan.Notice("N182", "P001"), StringComparison.Ordinal);
        await Refused(new OpenUnlicensed(liaison, receipt.ReportId), UnlicensedDesk.Found);
        Assert.Equal(receipt.ReportId, (await yunlan.Office.Send(new OpenUnlicensed(otherLiaison, receipt.ReportId))).ReportId);
    }

    [Fact]
    public async Task Who_reported_it_is_seen_by_the_town_that_handles_it_alone()
    {
        var receipt = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false));

        Assert.Equal("周青禾", (await yunlan.Office.Send(new OpenUnlicensed(liaison, receipt.ReportId))).ReporterName);
        Assert.Null((await yunlan.Office.Send(new OpenUnlicensed(yunlan.Bureau, receipt.ReportId))).ReporterName);
        Assert.Empty(await yunlan.Office.Send(new MyUnlicensed(yunlan.Yuanfan)));
    }

    [Fact] // W28
    public async Task An_anonymous_one_keeps_a_day_and_the_hash_of_a_code_and_goes_out_when_offices_open()
    {
        yunlan.Office.Time.Set("2026-11-20 10:17");
        var receipt = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: true));

        var report = yunlan.Office.Use(db => db.UnlicensedReports.Single());
        Assert.Equal((null, new DateOnly(2026, 11, 20)), (report.PersonId, report.ReceivedOn));
        Assert.NotEqual(receipt.Code, report.CodeHash);
        Assert.All(yunlan.Office.Use(db => db.Notices.Where(n => n.Kind == "N180").ToList()), notice => Assert.Equal(new DateTime(2026, 11, 20, 5, 30, 0, DateTimeKind.Utc), notice.CreatedAt));
        Assert.Empty(await yunlan.Office.Send(new MyUnlicensed(yunlan.Qinghe)));

        await yunlan.Office.Send(new SettleUnlicensed(liaison, receipt.ReportId, UnlicensedOutcome.NoneNeeded, "该店有执照，挂在里间"));
        var found = (await yunlan.Office.Send(new LookUpByCode(Office.Visitor("elsewhere"), receipt.Code!))).Report;
        Assert.Contains("该店有执照", found!.Answer, StringComparison.Ordinal);
        Assert.Empty(yunlan.Told("N181"));
        Assert.Null((await yunlan.Office.Send(new LookUpByCode(Office.Visitor("elsewhere"), "2A2A-2A2A"))).Report);
    }

    [Theory] // W28
    [InlineData("2027-02-21 09:00", true)]
    [InlineData("2027-02-22 09:00", false)]
    public async Task Ninety_days_after_the_result_what_was_said_anonymously_is_gone_and_the_figure_stays(string now, bool kept)
    {
        var receipt = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: true));
        yunlan.Office.Time.Set("2026-11-23 09:00");
        await yunlan.Office.Send(new SettleUnlicensed(liaison, receipt.ReportId, UnlicensedOutcome.NotFound, "现场没有发现"));

        await DueSteps(now);

        Assert.Equal(kept, (await yunlan.Office.Send(new LookUpByCode(Office.Visitor(), receipt.Code!))).Report is not null);
        Assert.Equal(kept, yunlan.Office.Use(db => db.UnlicensedReports.Single()).Text.Length > 0);
    }

    [Fact]
    public async Task Saying_it_twice_is_one_report_and_another_place_is_another()
    {
        var first = await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false));

        Assert.Equal(first, await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false)));
        Assert.Equal("云证照举〔2026〕2号", (await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false) with { Place = "望岚路99号" })).Number);
    }

    [Fact]
    public async Task Without_a_liaison_the_leader_hears_of_it_and_without_both_the_bureau()
    {
        yunlan.Office.Person("L-U10", "魏以宁", ActorRole.UnitLeader, "U10");
        await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false) with { TownId = "U10" });
        Assert.Equal(["L-U10"], yunlan.Told("N180"));

        yunlan.Office.Add(new Unit("U13", "云栖街道办事处", "subdistrict", "综合行政执法", "0000-86001300"));
        await yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false) with { TownId = "U13" });
        Assert.Equal(["L-U10", "S1"], yunlan.Told("N180"));
    }

    [Theory]
    [InlineData("U01", "望岚路8号", "卖熟食", "没有找到这个镇街")] // a department is no town
    [InlineData("U99", "望岚路8号", "卖熟食", "没有找到这个镇街")]
    [InlineData("U12", " ", "卖熟食", "具体在什么位置")]
    [InlineData("U12", "望岚路8号", "", "是什么情况")]
    public async Task Bad_input_is_refused_with_what_is_missing(string town, string place, string text, string says)
    {
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(Report(yunlan.Qinghe, anonymous: false) with { TownId = town, Place = place, Text = text }));

        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, yunlan.Office.Use(db => db.UnlicensedReports.Count()));
    }

    [Fact]
    public async Task Too_long_a_place_is_refused_and_officials_report_nothing_here()
    {
        await Refused(Report(yunlan.Qinghe, anonymous: true) with { Place = new string('路', 201) }, Bounds.Text);
        await Refused(Report(liaison, anonymous: true), Permissions.OnlyByRole);
        await Refused(new SettleUnlicensed(yunlan.Bureau, "Z26-1", UnlicensedOutcome.NotFound, "没有"), Permissions.OnlyByRole);
    }

    public void Dispose() => yunlan.Dispose();

    private static ReportUnlicensed Report(Actor by, bool anonymous) => new(by, "U12", "望岚路8号菜市场后门", "卖熟食，没有营业执照", [], anonymous);

    private async Task DueSteps(string at)
    {
        yunlan.Office.Time.Set(at);
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));
    }

    private async Task Refused<T>(ICommand<T> command, Rule by) =>
        Assert.Equal(by.Sentence, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command))).Rule.Sentence);
}
