using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Plans;
using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Plans;

/// <summary>S25–S28, S10, J14: the order of filing, what is not asked from towns, the three marks, and what is listed.</summary>
public sealed class FilingPlans
{
    [Fact]
    public async Task S26_a_district_unit_files_with_its_superior_first()
    {
        using var office = new PlanOffice();
        await office.Upload();

        var tooEarly = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new FileWithJustice(office.Liaison, "P-U02-2027")));
        await office.Office.Send(new FileWithSuperior(office.Liaison, "P-U02-2027", "江应急备〔2027〕3号"));
        var filed = await office.Office.Send(new FileWithJustice(office.Liaison, "P-U02-2027"));

        Assert.Equal("S26", tooEarly.Rule.Clause);
        Assert.Equal("待公告", filed.Stage);
        Assert.Equal(["S1"], office.Yunlan.Told("N19b"));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new FileWithJustice(office.Liaison, "P-U02-2027")));
    }

    [Fact]
    public async Task S27_a_town_files_with_the_justice_bureau_directly_and_the_superior_is_not_asked_for()
    {
        using var office = new PlanOffice();
        var uploaded = await office.UploadOfTown();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new FileWithSuperior(office.TownLiaison, "P-U12-2027", "1号")));
        var filed = await office.Office.Send(new FileWithJustice(office.TownLiaison, "P-U12-2027"));

        Assert.Equal("待报区司法局备案", uploaded.Stage);
        Assert.Equal("S27", refused.Rule.Clause);
        Assert.Equal("已备案", filed.Stage);
    }

    [Fact]
    public async Task J14_a_special_plan_is_approved_before_it_is_filed()
    {
        using var office = new PlanOffice();
        var plan = await office.Upload(2027, PlanKind.Special);

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new FileWithJustice(office.Liaison, plan.PlanId)));
        await office.Office.Send(new RecordApproval(office.Liaison, plan.PlanId, "云政办〔2027〕2号"));
        await office.Office.Send(new FileWithJustice(office.Liaison, plan.PlanId));

        Assert.Equal("J14", refused.Rule.Clause);
        Assert.Equal(new DateOnly(2027, 1, 20), office.Plan(plan.PlanId).JusticeFiledOn);
    }

    [Fact]
    public async Task J14_an_annual_plan_has_no_approval_to_be_recorded()
    {
        using var office = new PlanOffice();
        await office.Upload();

        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new RecordApproval(office.Liaison, "P-U02-2027", "云政办〔2027〕2号")));
    }

    [Fact]
    public async Task S28_publication_comes_after_filing_and_once()
    {
        using var office = new PlanOffice();
        await office.Upload();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new PublishPlan(office.Liaison, "P-U02-2027")));
        await office.Office.Send(new FileWithSuperior(office.Liaison, "P-U02-2027", "江应急备〔2027〕3号"));
        await office.Office.Send(new FileWithJustice(office.Liaison, "P-U02-2027"));
        var published = await office.Office.Send(new PublishPlan(office.Liaison, "P-U02-2027"));

        Assert.Equal("S28", refused.Rule.Clause);
        Assert.Equal("已公告", published.Stage);
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new PublishPlan(office.Liaison, "P-U02-2027")));
    }

    [Theory]
    [InlineData("2027-01-21")]
    [InlineData("2025-01-01")]
    public async Task A_filing_is_not_entered_for_tomorrow_or_long_before_the_plan(string on)
    {
        using var office = new PlanOffice();
        await office.Upload();

        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new FileWithSuperior(office.Liaison, "P-U02-2027", "3号", DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture))));

        Assert.Null(office.Plan("P-U02-2027").SuperiorFiledOn);
    }

    [Fact]
    public async Task S25_a_no_needs_a_reason_and_the_liaison_sees_it()
    {
        using var office = new PlanOffice();
        await office.UploadOfTown();
        var early = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new ReviewPlan(office.Yunlan.Bureau, "P-U12-2027", true, true, true)));
        await office.Office.Send(new FileWithJustice(office.TownLiaison, "P-U12-2027"));

        var without = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new ReviewPlan(office.Yunlan.Bureau, "P-U12-2027", true, false, true)));
        await office.Office.Send(new ReviewPlan(office.Yunlan.Bureau, "P-U12-2027", true, false, true, "同一季度安排过密"));

        Assert.Equal("S25", early.Rule.Clause);
        Assert.Equal("S25", without.Rule.Clause);
        Assert.Equal("区司法局对2027年度行政检查计划的审查意见：合法、不合理、协调。说明：同一季度安排过密。", office.Yunlan.Notice("N19c", "LI-U12"));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Office.Send(new ReviewPlan(office.TownLiaison, "P-U12-2027", true, true, true)));
    }

    [Fact]
    public async Task S26_the_liaison_is_reminded_of_the_filing_three_days_later_until_it_is_done()
    {
        using var office = new PlanOffice("2027-01-19 10:00");
        var receipt = await office.Upload();
        Assert.Equal(new DateOnly(2027, 1, 22), receipt.RemindOn);

        office.Office.Time.Set("2027-01-22 08:31");
        await office.Office.Send(new TakeDueSteps(Actor.Service));
        Assert.Contains("2027年度行政检查计划备案", office.Yunlan.Notice("N7b", "LI-U02"), StringComparison.Ordinal);

        await office.Office.Send(new FileWithSuperior(office.Liaison, "P-U02-2027", "3号"));
        Assert.Null(office.Office.Use(db => db.Deadlines.Single(d => d.Kind == PlanDeadlines.Filing)).MetAt);
        await office.Office.Send(new FileWithJustice(office.Liaison, "P-U02-2027"));
        Assert.NotNull(office.Office.Use(db => db.Deadlines.Single(d => d.Kind == PlanDeadlines.Filing)).MetAt);
    }

    [Fact]
    public void S27_S10_X_PL_the_demo_district_has_one_late_plan_and_one_that_is_not_filed()
    {
        using var office = new PlanOffice();
        var units = office.Office.Use(db => db.Units.OrderBy(unit => unit.Id).ToList()).Where(unit => unit.Id is "U02" or "U09" or "U12").ToList();
        InspectionPlan[] plans =
        [
            new("P-U02-2026", "U02", 2026, PlanKind.Annual, "计划", new DateOnly(2026, 2, 7)) { SuperiorFiledOn = new(2026, 2, 24), JusticeFiledOn = new(2026, 3, 10), PublishedOn = new(2026, 3, 25) },
            new("P-U09-2026", "U09", 2026, PlanKind.Annual, "计划", new DateOnly(2026, 3, 4)) { SuperiorFiledOn = new(2026, 2, 24), JusticeFiledOn = new(2026, 3, 10), PublishedOn = new(2026, 3, 25) },
            new("P-U12-2026", "U12", 2026, PlanKind.Annual, "计划", new DateOnly(2026, 2, 17)),
        ];

        var findings = PlanFindings.Of(2026, units, plans, new DateOnly(2026, 11, 22), office.Office.Rules);

        Assert.Equal([("P-U09-2026", PlanProblem.UploadedLate), ("P-U12-2026", PlanProblem.NotFiledWithJustice)], findings.Select(f => (f.PlanId!, f.Problem)));
    }

    [Theory]
    [InlineData("2026-03-31", 0)]
    [InlineData("2026-04-01", 1)]
    public void S28_filed_on_10_March_and_not_public_after_31_March_is_found(string today, int found)
    {
        using var office = new PlanOffice();
        var unit = office.Office.Use(db => db.Units.Single(one => one.Id == "U02"));
        var plan = new InspectionPlan("P-U02-2026", "U02", 2026, PlanKind.Annual, "计划", new DateOnly(2026, 2, 7)) { SuperiorFiledOn = new(2026, 2, 24), JusticeFiledOn = new(2026, 3, 10) };

        var findings = PlanFindings.Of(2026, [unit], [plan], DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), office.Office.Rules);

        Assert.Equal(found, findings.Count(f => f.Problem == PlanProblem.NotPublished));
        Assert.Equal(found, findings.Count);
    }

    [Theory]
    [InlineData("2026-02-28", 0)]
    [InlineData("2026-03-01", 1)]
    public void J08_a_plan_that_never_came_is_listed_from_the_first_of_March(string today, int found)
    {
        using var office = new PlanOffice();
        var unit = office.Office.Use(db => db.Units.Single(one => one.Id == "U02"));

        var findings = PlanFindings.Of(2026, [unit], [], DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), office.Office.Rules);

        Assert.Equal(found, findings.Count(f => f.Problem == PlanProblem.NotUploaded));
    }

    [Fact]
    public void S26_a_filing_in_the_wrong_order_is_found_also_when_it_came_by_file()
    {
        using var office = new PlanOffice();
        var unit = office.Office.Use(db => db.Units.Single(one => one.Id == "U02"));
        var plan = new InspectionPlan("P-U02-2026", "U02", 2026, PlanKind.Annual, "计划", new DateOnly(2026, 2, 7)) { SuperiorFiledOn = new(2026, 3, 11), JusticeFiledOn = new(2026, 3, 10), PublishedOn = new(2026, 3, 20) };

        Assert.Equal([PlanProblem.FiledOutOfOrder], PlanFindings.Of(2026, [unit], [plan], new DateOnly(2026, 11, 22), office.Office.Rules).Select(f => f.Problem));
    }
}
