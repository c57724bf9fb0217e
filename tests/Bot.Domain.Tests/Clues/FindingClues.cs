using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Complaints;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Bot.Domain.Sweep;

namespace Bot.Domain.Tests.Clues;

/// <summary>The rules by themselves: the day, the day after, over a holiday and a make-up Saturday.</summary>
public sealed class FindingClues
{
    private static readonly RulePack Rules = RulePack.Load(Bot.Testing.Manifests.Path("rules"), "yunlan");
    private static readonly WorkingCalendar Calendar = new(HolidayNotices.Load(Bot.Testing.Manifests.Path("holidays")));

    // J30, J31
    [Theory]
    [InlineData(true, null, false)]
    [InlineData(false, "当事人拒不配合扫码", false)]
    [InlineData(false, null, true)]
    public void A_visit_without_scan_and_without_reason_is_a_clue(bool scanned, string? reason, bool found) =>
        Assert.Equal(found, Kinds(InOrder with { Scanned = scanned, NoScanReason = reason }, "2026-11-18").Contains(ClueKind.NotScanned));

    // J13, J14, J15
    [Theory]
    [InlineData("2026-10-15", InspectionType.Daily, InspectionGround.Plan, null, true)]
    [InlineData("2026-10-16", InspectionType.Daily, InspectionGround.Plan, null, false)]
    [InlineData("2026-12-01", InspectionType.Special, InspectionGround.Plan, null, true)]
    [InlineData("2026-12-01", InspectionType.Special, InspectionGround.Plan, "2026-12-01", false)]
    [InlineData("2026-12-01", InspectionType.Special, InspectionGround.Plan, "2026-12-02", true)]
    [InlineData("2026-12-01", InspectionType.AdHoc, InspectionGround.Complaint, null, false)]
    public void A_visit_that_the_quiet_days_did_not_allow_is_a_clue(string on, InspectionType type, InspectionGround ground, string? filed, bool found) =>
        Assert.Equal(found, Kinds(InOrder with { CompletedOn = Day(on), Type = type, Ground = ground, PlanFiledOn = filed is null ? null : Day(filed) }, on).Contains(ClueKind.OnQuietDay));

    // J16, J19
    [Theory]
    [InlineData(InspectionType.Daily, false, false, true)]
    [InlineData(InspectionType.Daily, true, false, false)]
    [InlineData(InspectionType.Daily, false, true, true)] // a daily inspection has no waiver
    [InlineData(InspectionType.Special, false, true, false)]
    [InlineData(InspectionType.Special, false, false, true)]
    [InlineData(InspectionType.AdHoc, false, false, false)]
    public void A_visit_the_enterprise_was_not_told_of_is_a_clue(InspectionType type, bool sent, bool waived, bool found) =>
        Assert.Equal(found, Kinds(InOrder with { Type = type, PreviewSentOn = sent ? Day("2026-11-10") : null, PreviewWaived = waived }, "2026-11-18").Contains(ClueKind.WithoutPreview));

    // J16
    [Fact]
    public void A_preview_without_standards_is_a_clue_and_names_the_item() =>
        Assert.Contains("没有写明合规标准（噪声检查）", Found(InOrder with { ItemsWithoutStandards = ["噪声检查"] }, "2026-11-18").Single(finding => finding.Kind == ClueKind.WithoutPreview).InWords, StringComparison.Ordinal);

    // J37: three working days, over the National Day with its make-up Saturday
    [Theory]
    [InlineData("2026-11-16", "2026-11-19", false)]
    [InlineData("2026-11-16", "2026-11-20", true)]
    [InlineData("2026-09-29", "2026-10-09", false)]
    [InlineData("2026-09-29", "2026-10-10", true)]
    [InlineData("2026-09-17", "2026-09-21", false)] // Sunday 20 September is a working day
    [InlineData("2026-09-17", "2026-09-22", true)]
    public void A_result_is_late_on_the_day_after_its_last_day(string completed, string today, bool found) =>
        Assert.Equal(found, Kinds(InOrder with { CompletedOn = Day(completed), ResultEnteredOn = null, PublishedOn = null }, today).Contains(ClueKind.ResultOverdue));

    // D17: twenty working days
    [Theory]
    [InlineData("2026-10-22", "2026-11-19", null, false)]
    [InlineData("2026-10-22", "2026-11-20", null, true)]
    [InlineData("2026-10-22", "2026-11-20", "涉及商业秘密", false)]
    [InlineData("2026-09-17", "2026-10-21", null, false)]
    [InlineData("2026-09-17", "2026-10-22", null, true)]
    public void A_publication_is_late_on_the_day_after_unless_the_law_forbids_it(string completed, string today, string? exempt, bool found) =>
        Assert.Equal(found, Kinds(InOrder with { CompletedOn = Day(completed), PublishedOn = null, NotPublishedBecause = exempt }, today).Contains(ClueKind.PublicationOverdue));

    // J10, J12
    [Fact]
    public void A_visit_nobody_approved_is_a_clue_and_an_urgent_one_waits_for_its_limit()
    {
        Assert.Contains(ClueKind.WithoutApproval, Kinds(InOrder with { ApprovedOn = null }, "2026-11-18"));
        Assert.DoesNotContain(ClueKind.WithoutApproval, Kinds(InOrder with { ApprovedOn = null, Urgent = true }, "2026-11-18"));
        Assert.Equal(ClueKind.WithoutApproval, Of(new ClueFacts { Passed = [new("task.urgentApproval", "T310", "紧急检查T310补办审批", "U02", Day("2026-11-23"))] }, "2026-11-24").Single().Kind);
        Assert.Empty(Of(new ClueFacts { Passed = [new("task.urgentApproval", "T310", "紧急检查T310补办审批", "U02", Day("2026-11-23"))] }, "2026-11-23"));
    }

    // W11, S24
    [Fact]
    public void What_the_morning_round_had_warned_of_is_a_clue_once_it_took_place()
    {
        var kinds = Kinds(InOrder with { WarnedOf = [MatterKind.SameYearRepeat], UnqualifiedBecause = "检查人员资格不符：郑某" }, "2026-11-18");

        Assert.Contains(ClueKind.RepeatedInspection, kinds);
        Assert.Contains(ClueKind.UnqualifiedPeople, kinds);
        Assert.Empty(Found(InOrder, "2026-11-18"));
    }

    // design decision 3: what has no rule of its own is a clue all the same
    [Theory]
    [InlineData("guidance.reply", ClueKind.GuidanceOverdue)]
    [InlineData("task.advice", ClueKind.LimitPassed)]
    [InlineData("appeal.reply", ClueKind.LimitPassed)]
    public void A_limit_that_has_passed_is_a_clue(string kind, ClueKind clue) =>
        Assert.Equal((clue, "U05"), Of(new ClueFacts { Passed = [new(kind, "S1", "某事", "U05", Day("2026-11-20"))] }, "2026-11-21").Select(finding => (finding.Kind, finding.UnitId)).Single());

    // S12: three complaints in ten days are one proposal; eleven days are too long
    [Theory]
    [InlineData(new[] { "2026-11-10", "2026-11-15", "2026-11-20" }, 3)]
    [InlineData(new[] { "2026-11-10", "2026-11-15", "2026-11-21" }, 0)]
    [InlineData(new[] { "2026-11-10", "2026-11-20" }, 0)]
    [InlineData(new[] { "2026-10-01", "2026-11-10", "2026-11-15", "2026-11-20" }, 3)]
    [InlineData(new[] { "2026-11-01", "2026-11-08", "2026-11-11", "2026-11-17" }, 4)]
    public void Complaints_count_where_three_lie_close_together(string[] days, int found)
    {
        var complaints = days.Select((day, i) => new ComplaintOfUnit($"K{i}", "U06", ComplaintKind.RudeConduct, Day(day))).ToList();

        Assert.Equal(found, Of(new ClueFacts { Complaints = complaints }, "2026-11-22").Count(finding => finding is { Kind: ClueKind.ComplaintTrend, UnitId: "U06" }));
    }

    // S12
    [Fact]
    public void Complaints_about_different_units_are_no_trend() =>
        Assert.Empty(Of(new ClueFacts { Complaints = [Complaint("K1", "U06"), Complaint("K2", "U07"), Complaint("K3", "U06")] }, "2026-11-22"));

    // S33: one clue for the enterprise, not one for each unit
    [Fact]
    public void An_enterprise_visited_too_often_is_one_matter_of_whoever_was_there_most()
    {
        VisitOfUnit[] visits = [.. Enumerable.Range(1, 6).Select(i => new VisitOfUnit($"T{i}", i is 2 or 5 ? "U03" : $"U0{i}", new DateOnly(2026, i, 20)))];

        var often = Of(new ClueFacts { Often = [new("E030", "某公司", 2026, visits)] }, "2026-11-22").ToList();

        Assert.All(often, finding => Assert.Equal(("U03", "E030/2026"), (finding.UnitId, finding.Matter)));
        Assert.Equal(["T1", "T2", "T3", "T4", "T5", "T6"], often.Select(finding => finding.EvidenceId));
        Assert.Equal(["U01", "U04", "U06"], often[0].OtherUnitIds);
        Assert.Empty(Of(new ClueFacts { Often = [new("E030", "某公司", 2026, visits[..5])] }, "2026-11-22"));
    }

    private static VisitMade InOrder { get; } = new("T1", "U02", "某公司", InspectionType.Daily, InspectionGround.Plan, Day("2026-11-17"))
    {
        ApprovedOn = Day("2026-11-04"),
        PreviewSentOn = Day("2026-11-10"),
        Scanned = true,
        ResultEnteredOn = Day("2026-11-18"),
        PublishedOn = Day("2026-11-18"),
    };

    private static ComplaintOfUnit Complaint(string id, string unit) => new(id, unit, ComplaintKind.RudeConduct, Day("2026-11-20"));

    private static IEnumerable<ClueKind> Kinds(VisitMade visit, string today) => Found(visit, today).Select(finding => finding.Kind);

    private static IEnumerable<Finding> Found(VisitMade visit, string today) => Of(new ClueFacts { Made = [visit] }, today);

    private static IEnumerable<Finding> Of(ClueFacts facts, string today) => FindClues.Of(facts, Day(today), Rules, Calendar);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
