using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Reports;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Figures;

/// <summary>The draft of a report and the trail of a task, written for who asks and when they open it (S38, J39, W42).</summary>
public sealed class DraftingReports : IAsyncLifetime
{
    private DistrictOffice district = null!;
    private Actor bureau = null!;

    public async ValueTask InitializeAsync()
    {
        district = await DistrictOffice.Open();
        bureau = district.Office.Person("S-TEST", "顾司正", ActorRole.Supervisor);
    }

    // J39, S38
    [Theory]
    [InlineData("2026-11")]
    [InlineData("2026-Q4")]
    public async Task S38_a_report_lists_as_many_tasks_as_its_figures_say_are_missing_and_draws_no_conclusion(string period)
    {
        var paper = await district.Office.Send(new DraftReport(bureau, period, JointOverYear: true));
        var figures = (await district.Office.Send(new FiguresOfDistrict(bureau, period))).District;

        var missing = paper.Parts.Single(part => part.Heading.StartsWith("十一、", StringComparison.Ordinal)).Table!.Rows;
        foreach (var measure in Measures.Owed)
            Assert.Equal(figures[measure].Missing, missing.Count(row => row[0] == measure.Name()));
        Assert.Contains(missing, row => row[1] == "T303");
        Assert.Contains(missing, row => row[1] == "M4");
        Assert.Contains(paper.Parts.SelectMany(part => part.Lines), line => line == "联合监管比例22.6%（7/31），低于25%；口径：本年度已完成任务");
        Assert.Equal(["十三、原因分析", "十四、下步建议"], paper.Parts.Where(part => part.Lines is ["（请人工补充，系统不代写结论。）"]).Select(part => part.Heading));
        Assert.All(paper.Parts.Where(part => part.Table is not null), part => Assert.All(part.Table!.Rows, row => Assert.Equal(part.Table.Headings.Count, row.Count)));
    }

    // S39
    [Fact]
    public async Task S39_an_objection_goes_along_with_the_report_of_the_month_and_of_the_quarter()
    {
        await district.Office.Send(new DraftReport(bureau, "2026-10", false));
        var leader = district.Office.Person("L-TEST", "秦文漪", ActorRole.UnitLeader, "U02");
        district.Clock.Set(new HandTime("2026-12-02 09:00").GetUtcNow().UtcDateTime);
        await district.Office.Send(new ObjectToFigure(leader, "2026-11", Measure.Scanned, "设备故障"));

        foreach (var period in new[] { "2026-11", "2026-Q4" })
        {
            var lines = (await district.Office.Send(new DraftReport(bureau, period, false))).Parts.Single(part => part.Heading.EndsWith("单位对数据的异议", StringComparison.Ordinal)).Lines;
            Assert.Contains(lines, line => line.Contains("设备故障（12月2日提出，待核实）", StringComparison.Ordinal));
        }
    }

    // W42, D15, W30
    [Fact]
    public async Task W42_a_tasks_trail_shows_who_did_what_when_and_not_who_rated_it_or_what_the_bureau_was_told()
    {
        var inspector = district.Office.Person("I-TEST", "何安宁", ActorRole.Inspector, "U06");
        var leader = district.Office.Person("L-TEST", "秦文漪", ActorRole.UnitLeader, "U06");
        await district.Office.Round();
        await district.Office.Send(new UrgeTask(leader, "T303"));

        var paper = await district.Office.Send(new TaskTrail(inspector, "T303"));
        var ofBureau = await district.Office.Send(new TaskTrail(bureau, "T303"));

        Assert.Contains(paper.Parts[1].Table!.Rows, row => row[2] == "秦文漪" && row[3] == "负责人催办" && row[4] == "T303");
        Assert.Contains(paper.Parts[3].Table!.Rows, row => row[1] == "N175");
        var supervisors = district.Office.Use(db => db.People.Where(p => p.Role == ActorRole.Supervisor).Select(p => p.Name).ToList());
        Assert.DoesNotContain(paper.Parts[3].Table!.Rows, row => supervisors.Contains(row[2]));
        Assert.Contains(ofBureau.Parts[3].Table!.Rows, row => supervisors.Contains(row[2]));
        var other = district.Office.Person("I-TEST2", "江雨晴", ActorRole.Inspector, "U03");
        await Assert.ThrowsAsync<RuleBrokenException>(() => district.Office.Send(new TaskTrail(other, "T303")));
    }

    // W42, D15
    [Fact]
    public async Task A_link_opens_for_two_days_for_who_got_it_and_for_nobody_who_guesses()
    {
        var report = await district.Office.Send(new IssueReport(bureau, "2026-11", DraftForm.Word, true));
        Assert.Equal((DraftForm.Word, 48), ((await district.Office.Send(new OpenDraft(Actor.Service, report.Secret))).Form, report.Hours));
        await Refused(new OpenDraft(Actor.Service, report.Secret[..^1] + (report.Secret[^1] == 'A' ? 'B' : 'A')));
        Assert.DoesNotContain(report.Secret, district.Office.Use(db => db.DraftLinks.Select(link => link.Hash).ToList()));

        var inspector = district.Office.Person("I-TEST", "何安宁", ActorRole.Inspector, "U06");
        await Assert.ThrowsAsync<RuleBrokenException>(() => district.Office.Send(new IssueReport(inspector, "2026-11", DraftForm.Word, true)));
        var trail = await district.Office.Send(new IssueTrail(inspector, "T303", DraftForm.Excel));
        Assert.StartsWith("检查任务T303", (await district.Office.Send(new OpenDraft(Actor.Service, trail.Secret))).Paper.Title, StringComparison.Ordinal);
        district.Office.Use(db =>
        {
            db.Addresses.Remove(db.Addresses.Single(address => address.PersonId == "I-TEST"));
            return db.SaveChanges();
        });
        await Refused(new OpenDraft(Actor.Service, trail.Secret));

        district.Clock.Set(district.Clock.GetUtcNow().UtcDateTime.AddHours(48));
        await Refused(new OpenDraft(Actor.Service, report.Secret));
    }

    public ValueTask DisposeAsync() => district.DisposeAsync();

    private async Task Refused(OpenDraft query) =>
        Assert.Contains("已经过期或不正确", (await Assert.ThrowsAsync<RuleBrokenException>(() => district.Office.Send(query))).Message, StringComparison.Ordinal);
}
