using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Rules;
using Bot.Domain.Tests.Calendar;
using Bot.Domain.Tests.Rules;
using static Bot.Domain.Tests.Calendar.CountingWorkingDays;

namespace Bot.Domain.Tests.Inspections;

/// <summary>The rulings on one inspection, each a function of what is known: J13–J16, J19, J21–J23, J36, S22, S24, W11, W13, W15, W18, W20.</summary>
public sealed class JudgingATask
{
    private static readonly RulePack Rules = ShippedPacks.Load("yunlan");

    public static TheoryData<string> Packs => ["jiangyan", "jinshan", "dongcheng", "wuxi"];

    [Theory] // J13, J14, J15: X-Q1 to X-Q8 of the demo district
    [InlineData(InspectionType.Daily, InspectionGround.Plan, "2026-12-03", null, QuietDayRuling.Blocked)]
    [InlineData(InspectionType.Daily, InspectionGround.Plan, "2026-12-01", null, QuietDayRuling.Blocked)]
    [InlineData(InspectionType.Daily, InspectionGround.Plan, "2026-12-15", null, QuietDayRuling.Blocked)]
    [InlineData(InspectionType.Daily, InspectionGround.Plan, "2026-12-16", null, QuietDayRuling.NotQuiet)]
    [InlineData(InspectionType.Special, InspectionGround.Plan, "2026-12-08", "2026-11-10", QuietDayRuling.Filed)]
    [InlineData(InspectionType.Special, InspectionGround.Plan, "2026-12-10", null, QuietDayRuling.NotFiled)]
    [InlineData(InspectionType.Special, InspectionGround.Plan, "2026-12-10", "2026-12-11", QuietDayRuling.NotFiled)]
    [InlineData(InspectionType.Special, InspectionGround.Assigned, "2026-12-09", "2026-11-18", QuietDayRuling.Filed)]
    [InlineData(InspectionType.AdHoc, InspectionGround.Complaint, "2026-12-02", null, QuietDayRuling.Exempt)]
    [InlineData(InspectionType.AdHoc, InspectionGround.DataMonitoring, "2026-12-05", null, QuietDayRuling.Exempt)]
    [InlineData(InspectionType.AdHoc, InspectionGround.Urgent, "2026-12-05", null, QuietDayRuling.Exempt)]
    [InlineData(InspectionType.AdHoc, InspectionGround.EnterpriseRequest, "2026-12-04", null, QuietDayRuling.NeedsDecision)]
    public void Quiet_days_block_file_or_exempt(InspectionType type, InspectionGround ground, string day, string? filedOn, QuietDayRuling ruling) =>
        Assert.Equal(ruling, QuietDayRulings.Of(type, ground, Day(day), filedOn is null ? null : Day(filedOn), Rules));

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_district_without_quiet_days_blocks_nothing(string pack) // J13
    {
        var rules = ShippedPacks.Load(pack);
        var ruling = QuietDayRulings.Of(InspectionType.Daily, InspectionGround.Plan, Day("2026-12-03"), null, rules);

        Assert.Equal(rules.QuietDays is null ? QuietDayRuling.NotQuiet : QuietDayRuling.Blocked, ruling);
    }

    [Theory] // J36
    [InlineData("2026-12-10", false)]
    [InlineData("2026-12-11", true)]
    [InlineData("2026-12-17", true)]
    public void Registered_seven_days_before_is_in_time_and_six_is_late(string registered, bool late)
    {
        var ruling = LeadTimeRuling.Of(InspectionGround.Plan, Day("2026-12-17"), Day(registered), PublishedYears.Calendar, Rules);

        Assert.Equal((late, Day("2026-12-10")), (ruling.IsLate, ruling.LatestOn));
    }

    [Fact]
    public void The_last_day_for_registering_is_counted_over_holidays_and_never_moved() // J36
    {
        // 30 September to 7 October lie between: calendar days, although they are days off.
        Assert.False(LeadTimeRuling.Of(InspectionGround.Plan, Day("2026-10-08"), Day("2026-10-01"), PublishedYears.Calendar, Rules).IsLate);
        Assert.True(LeadTimeRuling.Of(InspectionGround.Plan, Day("2026-10-08"), Day("2026-10-02"), PublishedYears.Calendar, Rules).IsLate);
    }

    [Theory] // J36
    [InlineData(InspectionGround.Complaint)]
    [InlineData(InspectionGround.DataMonitoring)]
    [InlineData(InspectionGround.EnterpriseRequest)]
    [InlineData(InspectionGround.Urgent)]
    public void What_is_not_planned_needs_no_lead(InspectionGround ground) =>
        Assert.False(LeadTimeRuling.Of(ground, Day("2026-12-17"), Day("2026-12-17"), PublishedYears.Calendar, Rules).IsLate);

    [Theory]
    [MemberData(nameof(Packs))]
    public void Every_pack_uses_its_own_number_of_days(string pack) // J36, J16
    {
        var rules = ShippedPacks.Load(pack);
        var inspection = Day("2026-12-17");

        Assert.Equal(inspection.AddDays(-rules.RegisterBefore.Period.Amount), LeadTimeRuling.Of(InspectionGround.Plan, inspection, inspection, PublishedYears.Calendar, rules).LatestOn);
        Assert.Equal(inspection.AddDays(-rules.PreviewAtLatestBefore.Period.Amount), Preview(InspectionType.Daily, rules: rules).LatestOn);
    }

    [Fact]
    public void An_approved_inspection_without_preview_misses_it_and_is_late_after_the_third_day_before() // J16
    {
        var ruling = Preview(InspectionType.Daily);

        Assert.True(ruling.IsMissing);
        Assert.Equal(Day("2026-12-14"), ruling.LatestOn);
        Assert.False(ruling.IsLate(Day("2026-12-14")));
        Assert.True(ruling.IsLate(Day("2026-12-15")));
        Assert.Equal(PreviewState.NotYet, Preview(InspectionType.Daily, approved: false).State);
        Assert.Equal(PreviewState.Sent, Preview(InspectionType.Daily, sent: true).State);
        Assert.Equal(PreviewState.NotNeeded, Preview(InspectionType.AdHoc).State);
    }

    [Fact]
    public void Only_a_special_inspection_may_be_a_surprise_and_only_with_the_leader() // J19
    {
        Assert.Equal(new PreviewRuling(PreviewState.Waived, false, Day("2026-12-14")), Preview(InspectionType.Special, waived: true, leader: true));
        Assert.Equal(new PreviewRuling(PreviewState.Missing, true, Day("2026-12-14")), Preview(InspectionType.Special, waived: true));
        Assert.Equal(new PreviewRuling(PreviewState.Missing, true, Day("2026-12-14")), Preview(InspectionType.Daily, waived: true, leader: true));
        Assert.Equal(PreviewState.Missing, Preview(InspectionType.Special).State);
    }

    [Fact]
    public void One_visit_more_than_the_cap_is_over_it() // J21, S33: T141 of the demo district
    {
        var top = new Enterprise("E003", "远岚", "91321299MA90030CXT") { CreditLevel = "A", RiskLevel = "低", LongTermTopCredit = true, AnnualOnSiteCapPerUnit = 1 };

        var second = FrequencyRuling.Of(1, top, InspectionGround.Plan, PlanKind.Annual, false, Rules);

        Assert.Equal((true, 1, SupervisionGrade.OffSiteFirst), (second.OverCap, second.Cap, second.Grade));
        Assert.False(FrequencyRuling.Of(0, top, InspectionGround.Plan, PlanKind.Annual, false, Rules).OverCap);
    }

    [Theory] // J20, J15: what the cap does not hold back
    [InlineData(InspectionGround.Complaint, null, false)]
    [InlineData(InspectionGround.Plan, PlanKind.FromAbove, false)]
    [InlineData(InspectionGround.Plan, PlanKind.Annual, true)]
    public void Full_coverage_orders_from_above_and_complaints_are_not_capped(InspectionGround ground, PlanKind? plan, bool fullCoverage) =>
        Assert.False(FrequencyRuling.Of(9, 1, "A", ground, plan, fullCoverage, SupervisionGrade.MayBeLess, Rules).OverCap);

    [Theory]
    [MemberData(nameof(Packs))]
    public void Every_pack_caps_by_credit_level_with_its_own_numbers(string pack) // J21, W18
    {
        var rules = ShippedPacks.Load(pack);
        foreach (var level in new[] { "A", "B", "C", "D", "" })
        {
            var cap = rules.VisitCap(level).Value;
            Assert.True(FrequencyRuling.Of(cap, null, level, InspectionGround.Plan, PlanKind.Annual, false, SupervisionGrade.MayBeLess, rules).OverCap);
            Assert.False(FrequencyRuling.Of(cap - 1, null, level, InspectionGround.Plan, PlanKind.Annual, false, SupervisionGrade.MayBeLess, rules).OverCap);
        }
    }

    [Theory] // J21, J22, J23, W18, W19, W20
    [InlineData("A", "低", true, false, SupervisionGrade.OffSiteFirst)]
    [InlineData("B", "一般", false, true, SupervisionGrade.OffSiteFirst)]
    [InlineData("A", "低", false, false, SupervisionGrade.MayBeLess)]
    [InlineData("B", "一般", false, false, SupervisionGrade.MayBeLess)]
    [InlineData("C", "较高", false, false, SupervisionGrade.Strict)]
    [InlineData("D", "高", false, true, SupervisionGrade.Strict)]
    [InlineData("B", "高", true, true, SupervisionGrade.Strict)]
    public void Credit_and_risk_decide_how_strictly(string credit, string risk, bool longTerm, bool whiteList, SupervisionGrade grade)
    {
        Assert.Equal(grade, SupervisionGrades.Of(credit, risk, longTerm, whiteList));
        Assert.Equal(grade == SupervisionGrade.Strict, grade.ExemptionNeedsLeader());
    }

    [Fact]
    public void The_same_kind_is_not_inspected_again_in_the_year_of_a_joint_inspection() // W11: T104 after T311
    {
        var joint = Visit("T311", "U02", "2026-05-20", joint: ["U03"]);

        var ruling = RepeatRuling.Of(Visit("T104", "U03", "2026-12-22"), InspectionType.Daily, InspectionGround.Plan, [joint]);

        Assert.Equal((RepeatKind.AfterJointInspection, "T311"), (ruling!.Kind, ruling.Earlier.TaskId));
        Assert.Equal(["水污染防治检查"], ruling.Matters);
        Assert.Null(RepeatRuling.Of(Visit("T104", "U03", "2027-01-01"), InspectionType.Daily, InspectionGround.Plan, [joint]));
        Assert.Null(RepeatRuling.Of(Visit("T104", "U03", "2026-12-22", matter: "固体废物管理检查"), InspectionType.Daily, InspectionGround.Plan, [joint]));
    }

    [Theory] // W11
    [InlineData(InspectionType.AdHoc, InspectionGround.Complaint)]
    [InlineData(InspectionType.AdHoc, InspectionGround.Assigned)]
    [InlineData(InspectionType.Special, InspectionGround.Plan)]
    public void Complaints_assigned_clues_and_campaigns_may_repeat(InspectionType type, InspectionGround ground) =>
        Assert.Null(RepeatRuling.Of(Visit("T104", "U03", "2026-12-22"), type, ground, [Visit("T311", "U02", "2026-05-20", joint: ["U03"])]));

    [Fact]
    public void Another_section_of_the_unit_does_not_come_for_what_one_has_seen() // W13
    {
        var unified = Visit("T1", "U03", "2026-05-20");

        Assert.Equal(RepeatKind.AfterUnifiedInspection, RepeatRuling.Of(Visit("T2", "U03", "2026-12-22", section: "执法大队"), InspectionType.Daily, InspectionGround.Plan, [unified])!.Kind);
        Assert.Null(RepeatRuling.Of(Visit("T2", "U03", "2026-12-22"), InspectionType.Daily, InspectionGround.Plan, [unified]));
    }

    [Fact]
    public void What_the_city_has_inspected_the_district_accepts() // W15
    {
        var city = Visit("C-77", "CITY-03", "2026-10-12", level: "city");

        Assert.Equal(RepeatKind.AfterAnotherLevel, RepeatRuling.Of(Visit("T2", "U03", "2026-12-22"), InspectionType.Daily, InspectionGround.Plan, [city])!.Kind);
    }

    [Fact]
    public void Two_certified_inspectors_are_needed_on_the_day_itself() // J10, S22, S24: T136 to T139
    {
        var (valid, other) = (Inspector("I05", "2028-01-01"), Inspector("I06", "2028-01-01"));

        Assert.True(TeamRuling.Of([valid, other], Day("2026-12-18"), Rules).Allows);
        Assert.False(TeamRuling.Of([valid], Day("2026-12-18"), Rules).Allows);
        Assert.Equal(InspectorFault.Expired, Fault(Inspector("I08", "2026-10-31"), "2026-11-01"));
        Assert.Null(TeamRuling.FaultOf(Inspector("I08", "2026-10-31"), Day("2026-10-31")));
        Assert.Equal(InspectorFault.Suspended, Fault(Inspector("I04", "2028-01-01", "暂停"), "2026-12-18"));
        Assert.Equal(InspectorFault.NoCertificate, Fault(new Person("AUX1", "孙辅助", ActorRole.Public, "U06"), "2026-12-18"));
        Assert.False(TeamRuling.Of([valid, Inspector("I08", "2026-10-31")], Day("2026-12-18"), Rules).Allows);

        InspectorFault? Fault(Person person, string day) => TeamRuling.Of([valid, person], Day(day), Rules).Faults.Single().Fault;
    }

    private static PreviewRuling Preview(InspectionType type, bool approved = true, bool sent = false, bool waived = false, bool leader = false, RulePack? rules = null) =>
        PreviewRuling.Of(type, approved, sent ? Day("2026-12-01") : null, waived, leader, Day("2026-12-17"), PublishedYears.Calendar, rules ?? Rules);

    private static VisitFacts Visit(string id, string unit, string on, string section = "水环境科", string level = "district", string matter = "水污染防治检查", params string[] joint) =>
        new(id, unit, level, section, joint, [matter], Day(on));

    private static Person Inspector(string id, string validTo, string status = "有效") =>
        new Person(id, id, ActorRole.Inspector, "U02").WithCertificate($"99{id}", Day(validTo), status);
}
