using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Plans;

/// <summary>J07–J09, W03, W04, W08: what a plan must say, by when it comes, and what an adjustment leaves behind.</summary>
public sealed class UploadingPlans
{
    [Theory]
    [InlineData("2026-02-28 23:59", false)]
    [InlineData("2026-03-01 00:00", true)]
    [InlineData("2026-03-02 09:00", true)]
    public async Task J08_the_last_day_of_February_is_in_time_and_the_first_of_March_is_late(string at, bool late)
    {
        using var office = new PlanOffice(at);

        var receipt = await office.Upload(2026);

        Assert.Equal(late, receipt.Late);
        Assert.Equal(new DateOnly(2026, 2, 28), receipt.DueOn);
    }

    [Fact]
    public async Task J08_the_limit_is_the_packs()
    {
        using var office = new PlanOffice("2026-03-01 09:00");
        var rules = RulePack.Load(Bot.Testing.Manifests.Path("rules"), "jinshan");

        await office.Upload(2026);

        Assert.Equal(rules.AnnualPlanBy.In(2026), new DateOnly(2026, rules.AnnualPlanBy.BeforeMonth, 1).AddDays(-1));
        Assert.Equal(new DateOnly(2028, 2, 29), rules.AnnualPlanBy.In(2028));
    }

    [Fact]
    public async Task J08_reminders_go_to_the_liaison_thirty_ten_and_three_working_days_before_and_end_with_the_upload()
    {
        using var office = new PlanOffice("2027-01-01 10:00");
        await office.Office.Send(new AskForPlans(Actor.Service));
        Assert.Empty(office.Office.Use(db => db.Deadlines.Where(d => d.Kind == PlanDeadlines.Upload).ToList()));

        // 2027-02-28 is a Sunday and stays the day; thirty working days before it is 15 January when the holidays are not announced yet.
        var first = office.Office.Calendars.Current.AddWorkingDays(new DateOnly(2027, 2, 28), -30);
        office.Office.Time.Set($"{first:yyyy-MM-dd} 08:31");
        await office.Office.Send(new AskForPlans(Actor.Service));
        await office.Office.Send(new AskForPlans(Actor.Service));
        await office.Office.Send(new TakeDueSteps(Actor.Service));

        var deadline = office.Office.Use(db => db.Deadlines.Single(d => d.Id == "plan.upload:U02-2027"));
        Assert.Equal(new DateOnly(2027, 2, 28), deadline.DueOn);
        Assert.Equal("2027年度检查计划须于2月28日前上传，贵单位尚未完成。区级单位先报市级备案再报区司法局，镇街报区司法局；区级单位计划须向社会公告。", office.Yunlan.Notice("N19", "LI-U02"));
        Assert.DoesNotContain("L-U02", office.Yunlan.Told("N19"));

        office.Office.Time.Set($"{office.Office.Calendars.Current.AddWorkingDays(new DateOnly(2027, 2, 28), -10):yyyy-MM-dd} 08:31");
        await office.Office.Send(new TakeDueSteps(Actor.Service));
        Assert.Contains("L-U02", office.Yunlan.Told("N19"));

        await office.Upload();
        Assert.NotNull(office.Office.Use(db => db.Deadlines.Single(d => d.Id == "plan.upload:U02-2027")).MetAt);
        office.Office.Time.Set("2027-03-02 08:31");
        await office.Office.Send(new TakeDueSteps(Actor.Service));
        var late = office.Office.Use(db => db.Notices.Where(n => n.Kind == "N8").ToList());
        Assert.DoesNotContain(late, n => n.SubjectId == "U02-2027");
        Assert.Contains(late, n => n is { SubjectId: "U09-2027", PersonId: "S1" });
    }

    [Fact]
    public async Task J08_a_year_has_one_annual_plan_of_a_unit()
    {
        using var office = new PlanOffice();
        await office.Upload();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Upload());

        Assert.Contains("调整计划 P-U02-2027", refused.Message, StringComparison.Ordinal);
        Assert.Single(office.Office.Use(db => db.Plans.ToList()));
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2029)]
    public async Task A_plan_is_for_this_year_or_the_next(int year)
    {
        using var office = new PlanOffice();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Upload(year));

        Assert.Equal("J08", refused.Rule.Clause);
    }

    [Fact]
    public async Task J09_an_adjustment_makes_a_new_version_with_its_reason_and_the_old_one_stays_readable()
    {
        using var office = new PlanOffice();
        await office.Upload();
        await office.Office.Send(new FileWithSuperior(office.Liaison, "P-U02-2027", "江应急备〔2027〕3号"));

        var receipt = await office.Office.Send(new RevisePlan(office.Liaison, "P-U02-2027", "新增有限空间专项", [PlanOffice.Line(), PlanOffice.Line(3, "IT-U02-2")]));

        Assert.Equal(2, receipt.Version);
        Assert.Equal("待市级备案", receipt.Stage);
        var old = await office.Office.Send(new PlanDetail(office.Liaison, "P-U02-2027", 1));
        Assert.Equal("新增有限空间专项", old.ReplacedBecause);
        Assert.Single(old.Lines);
        var now = await office.Office.Send(new PlanDetail(office.Liaison, "P-U02-2027"));
        Assert.Equal(2, now.Lines.Count);
        Assert.False(now.Late);
        var missing = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new PlanDetail(office.Liaison, "P-U02-2027", 3)));
        Assert.Equal("J09", missing.Rule.Clause);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task J09_an_adjustment_without_a_reason_changes_nothing(string reason)
    {
        using var office = new PlanOffice();
        await office.Upload();

        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new RevisePlan(office.Liaison, "P-U02-2027", reason, [PlanOffice.Line()])));

        Assert.Equal(1, office.Plan("P-U02-2027").Version);
    }

    [Fact]
    public async Task W08_a_plan_without_ratio_is_not_complete_and_the_rows_are_named()
    {
        using var office = new PlanOffice();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Upload(2027, PlanKind.Annual, PlanOffice.Line(), PlanOffice.Line(7) with { Ratio = null }));

        Assert.Equal("计划还不完整：第7行缺检查比例。请补齐后再上传。", refused.Message);
    }

    [Fact]
    public async Task W04_a_joint_line_without_division_of_work_is_not_sent()
    {
        using var office = new PlanOffice();
        var joint = PlanOffice.Line(4) with { JointUnitIds = ["U03"] };

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Upload(2027, PlanKind.Annual, joint));
        var receipt = await office.Upload(2027, PlanKind.Annual, joint with { Division = "应急查安全，生态查排污" });

        Assert.Equal("W04", refused.Rule.Clause);
        Assert.Contains("第4行", refused.Message, StringComparison.Ordinal);
        Assert.Equal("P-U02-2027", receipt.PlanId);
    }

    [Fact]
    public async Task W03_a_field_that_several_units_oversee_is_led_by_its_unit()
    {
        using var office = new PlanOffice();
        office.Office.Add(new Unit("U05", "云澜区住房和城乡建设局", "district", "住建", "0000-1") { LeadsFields = ["燃气"] });

        await office.Upload(2027, PlanKind.Annual, PlanOffice.Line() with { Field = "燃气" }, PlanOffice.Line(3));

        var lines = office.Office.Use(db => db.PlanLines.OrderBy(line => line.Ordinal).Select(line => line.LeadUnitId).ToList());
        Assert.Equal(["U05", "U02"], lines);
    }

    [Fact]
    public async Task D06_an_item_that_is_not_on_the_reviewed_list_cannot_be_planned()
    {
        using var office = new PlanOffice();
        office.Office.Add(new InspectionItem("IT-U02-9", "U02", "新事项", "某法") { Content = "内容", Method = "现场检查", Published = true });

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Upload(2027, PlanKind.Annual, PlanOffice.Line(5, "IT-U02-9")));

        Assert.Equal("D06", refused.Rule.Clause);
    }

    [Theory]
    [InlineData(0, 5, 10)]
    [InlineData(5, 3, 10)]
    [InlineData(3, 13, 10)]
    [InlineData(3, 5, 0)]
    [InlineData(3, 5, 101)]
    [InlineData(3, 5, -1)]
    public async Task Figures_that_cannot_be_are_refused_with_their_row(int from, int to, int ratio)
    {
        using var office = new PlanOffice();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Upload(2027, PlanKind.Annual, PlanOffice.Line(6) with { MonthFrom = from, MonthTo = to, Ratio = ratio }));

        Assert.Contains("第6行", refused.Message, StringComparison.Ordinal);
        Assert.Empty(office.Office.Use(db => db.Plans.ToList()));
    }

    [Fact]
    public async Task J07_the_kinds_are_told_apart_and_each_has_its_own_id_and_number()
    {
        using var office = new PlanOffice();

        var annual = await office.Upload();
        var special = await office.Upload(2027, PlanKind.Special);
        var again = await office.Upload(2027, PlanKind.Special);

        Assert.Equal("P-U02-2027", annual.PlanId);
        Assert.Equal("云检计〔2027〕1号", annual.Number);
        Assert.NotEqual(special.PlanId, again.PlanId);
        Assert.Equal("待政府批准", special.Stage);
        Assert.False(special.Late);
    }

    [Fact]
    public async Task Nobody_sees_or_changes_the_plan_of_another_unit()
    {
        using var office = new PlanOffice();
        await office.Upload();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new PlanDetail(office.TownLiaison, "P-U02-2027")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new RevisePlan(office.TownLiaison, "P-U02-2027", "改", [PlanOffice.Line()])));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new UploadPlan(office.Yunlan.Safety, 2027, PlanKind.Annual, "计划", [PlanOffice.Line()])));

        Assert.Equal("D15", refused.Rule.Clause);
    }
}
