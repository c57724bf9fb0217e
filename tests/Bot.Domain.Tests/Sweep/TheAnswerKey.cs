using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Domain.Rules;
using Bot.Domain.Sweep;
using Bot.Testing;

namespace Bot.Domain.Tests.Sweep;

/// <summary>The invented district at its clock: what is due, held against the key that came with it.</summary>
public sealed class TheAnswerKey(TheAnswerKey.Found district) : IClassFixture<TheAnswerKey.Found>
{
    private static readonly JsonObject Key = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Demo", "answer-key.json")))!.AsObject();

    private static readonly Dictionary<MatterKind, string> Guidance = new()
    {
        [MatterKind.GuidanceWaiting] = "guidance:待答复",
        [MatterKind.GuidanceDueSoon] = "guidance:临期(剩1个工作日)",
        [MatterKind.GuidanceOnTime] = "guidance:按期答复",
        [MatterKind.GuidanceLate] = "guidance:超期答复",
        [MatterKind.GuidanceOverdue] = "guidance:已超期",
    };

    private readonly ILookup<MatterKind, Matter> found = district.Matters;

    public static TheoryData<string> Rules => [.. Key["expectedAlertsByRule"]!.AsObject().Select(rule => rule.Key)];

    [Theory, MemberData(nameof(Rules))]
    public void Each_rule_finds_what_the_key_names_and_nothing_else(string rule)
    {
        var expected = Key["expectedAlertsByRule"]![rule]!.Deserialize<string[]>()!.Order(StringComparer.Ordinal);

        Assert.Equal(expected, Ids(rule));
    }

    // X-Q1, J13
    [Fact]
    public void A_daily_visit_on_a_quiet_day_is_blocked_and_the_earliest_day_named()
    {
        var matter = Only(MatterKind.QuietDayBlocked, "T120");

        Assert.Equal("12月16日（周三）", matter.Fields["earliest"]);
        Assert.Equal([ReminderTarget.Handler, ReminderTarget.Liaison], matter.Tell);
    }

    // X-Q2, X-Q7, J14, J19
    [Theory]
    [InlineData("T121")]
    [InlineData("T128")]
    public void A_special_visit_whose_plan_is_filed_is_allowed_on_a_quiet_day(string task)
    {
        Only(MatterKind.QuietDayAllowedFiled, task);
        Assert.DoesNotContain(found[MatterKind.PreviewMissing], matter => matter.SubjectId == task);
    }

    // X-Q3, J14
    [Fact]
    public void A_special_visit_that_is_not_filed_concerns_inspector_leader_and_bureau() =>
        Assert.Equal([ReminderTarget.Handler, ReminderTarget.Leader, ReminderTarget.Supervisor], Only(MatterKind.QuietDayBlockedNotFiled, "T122").Tell);

    // X-Q4, X-Q5, J15
    [Theory]
    [InlineData("T123", true)]
    [InlineData("T124", false)]
    public void What_cannot_wait_is_exempt_also_on_a_Saturday(string task, bool workingDay)
    {
        var on = district.Office.Use(db => db.Tasks.Single(t => t.Id == task).ScheduledOn);

        Only(MatterKind.QuietDayExempt, task);
        Assert.Equal(workingDay, district.Office.Calendars.Current.IsWorkingDay(on));
    }

    // X-Q6, J13
    [Fact]
    public void The_first_and_the_fifteenth_are_quiet_and_the_sixteenth_is_not()
    {
        Only(MatterKind.QuietDayBlocked, "T126");
        Only(MatterKind.QuietDayBlocked, "T127");
        Assert.Empty(About("T125"));
    }

    // X-Q8, J15
    [Fact]
    public void What_the_enterprise_asked_for_is_for_the_leader_to_decide() => Only(MatterKind.QuietDayNeedsDecision, "T129");

    // X-R1, J36
    [Fact]
    public void Five_days_ahead_is_too_late_and_seven_are_enough()
    {
        var late = Only(MatterKind.RegisteredLate, "T130");

        Assert.Equal(("5", "7"), (late.Fields["days"], late.Fields["needed"]));
        Assert.DoesNotContain(About("T131"), matter => matter.Kind == MatterKind.RegisteredLate);
    }

    // X-V1, X-V2, X-V3, J16, J19
    [Fact]
    public void A_missing_preview_is_asked_for_and_a_daily_visit_cannot_do_without()
    {
        Assert.Equal([ReminderTarget.Handler], Only(MatterKind.PreviewMissing, "T132").Tell);
        Assert.Equal([ReminderTarget.Handler, ReminderTarget.Leader], Only(MatterKind.PreviewMissing, "T134").Tell);
        Assert.Equal([ReminderTarget.Handler, ReminderTarget.Leader], Only(MatterKind.PreviewWaiverInvalid, "T135").Tell);
        Only(MatterKind.PreviewMissing, "T135");
    }

    // X-P1, X-P2, X-P3, X-P4, S22, S23, S24
    [Theory]
    [InlineData("T136", "只有1名")]
    [InlineData("T137", "2026年10月31日已到期")]
    [InlineData("T138", "暂停使用")]
    [InlineData("T139", "没有执法证")]
    public void A_team_that_may_not_go_is_named_with_the_reason(string task, string why) =>
        Assert.Contains(why, Only(MatterKind.InspectorsInvalid, task).Fields["why"], StringComparison.Ordinal);

    // X-C1, J23
    [Fact]
    public void Low_credit_and_high_risk_are_not_exempted_without_the_leader() =>
        Assert.Contains(ReminderTarget.Leader, Only(MatterKind.ExemptionNeedsLeader, "T140").Tell);

    // X-C2, J21, S33
    [Fact]
    public void A_second_visit_to_an_enterprise_of_long_time_top_credit_goes_over_the_cap()
    {
        var matter = Only(MatterKind.FrequencyCapExceeded, "T141");

        Assert.Equal(("1", "1"), (matter.Fields["visits"], matter.Fields["cap"]));
        Assert.Equal([ReminderTarget.Handler, ReminderTarget.Leader, ReminderTarget.Supervisor], matter.Tell);
    }

    // X-M1, X-M2, X-M3, X-M4, X-M5, X-M6, X-M7, J26, J27, J28
    [Theory]
    [InlineData("M1", MatterKind.MergeOpen, "2026-11-23")]
    [InlineData("M2", MatterKind.MergeOpen, "2026-11-23")]
    [InlineData("M3", MatterKind.MergeOpen, "2026-11-25")]
    [InlineData("M4", MatterKind.MergeOverdue, "2026-11-19")]
    [InlineData("M5", MatterKind.MergeOnTime, "2026-10-10")]
    [InlineData("M6", MatterKind.MergeLate, "2026-09-20")]
    [InlineData("M7", MatterKind.MergeOpen, "2026-11-23")]
    public void A_prompt_to_merge_is_counted_by_where_the_tasks_belong(string prompt, MatterKind kind, string due) =>
        Assert.Equal(DateOnly.ParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture), Only(kind, prompt).DueOn);

    // X-W1, W11
    [Fact]
    public void What_a_joint_visit_looked_at_this_year_is_not_looked_at_again()
    {
        var matter = Only(MatterKind.SameYearRepeat, "T104");

        Assert.Equal("2026年5月20日", matter.Fields["on"]);
        Assert.Equal("T311", matter.Version);
        Assert.Equal([ReminderTarget.Handler, ReminderTarget.Liaison, ReminderTarget.Supervisor], matter.Tell);
    }

    // X-S1, J30, J31, J40
    [Fact]
    public void Only_a_visit_without_scan_and_without_reason_is_found()
    {
        Assert.Equal([ReminderTarget.Liaison, ReminderTarget.Supervisor], Only(MatterKind.NotScanned, "T303").Tell);
        Assert.DoesNotContain(found[MatterKind.NotScanned], matter => matter.SubjectId is "T301" or "T302");
    }

    // X-B1, J37
    [Fact]
    public void A_result_is_due_within_the_limit_of_the_pack()
    {
        Assert.Equal(new DateOnly(2026, 11, 19), Only(MatterKind.ResultOverdue, "T305").DueOn);
        Assert.Equal(new DateOnly(2026, 11, 25), Only(MatterKind.ResultPending, "T306").DueOn);
    }

    // X-D1, D17
    [Fact]
    public void Publication_is_counted_over_holidays_and_make_up_days()
    {
        Assert.Equal(new DateOnly(2026, 11, 19), Only(MatterKind.PublicityOverdue, "T307").DueOn);
        Assert.Equal(new DateOnly(2026, 11, 23), Only(MatterKind.PublicityDueSoon, "T308").DueOn);
        Assert.Equal(new DateOnly(2026, 11, 30), Only(MatterKind.PublicityPending, "T309").DueOn);
        Assert.Equal(new DateOnly(2026, 10, 21), Only(MatterKind.PublishedLate, "T313").DueOn);
        Assert.Empty(About("T312"));
        Assert.Empty(About("T314"));
    }

    // X-A1, J12
    [Fact]
    public void Approval_of_an_urgent_visit_is_made_up_on_the_next_working_day() =>
        Assert.Equal(new DateOnly(2026, 11, 23), Only(MatterKind.UrgentApprovalMissing, "T310").DueOn);

    // X-F1, S33
    [Fact]
    public void An_enterprise_visited_nine_times_is_one_matter_of_its_seven_units()
    {
        var matter = Only(MatterKind.HighFrequencyEnterprise, "E030");

        Assert.Equal(("9", "7个单位"), (matter.Fields["count"], matter.Fields["units"]));
        Assert.Equal(["U01", "U02", "U03", "U04", "U05", "U06", "U12"], matter.OtherUnitIds);
    }

    // X-G1, J18
    [Fact]
    public void Requests_for_guidance_stand_by_their_last_day()
    {
        var due = found[MatterKind.GuidanceWaiting].Concat(found[MatterKind.GuidanceDueSoon]).Concat(found[MatterKind.GuidanceOverdue]).ToDictionary(matter => Number(matter), matter => matter.DueOn!.Value);

        Assert.Equal(new DateOnly(2026, 11, 24), due["G1"]);
        Assert.Equal(new DateOnly(2026, 11, 23), due["G2"]);
        Assert.Equal(new DateOnly(2026, 11, 18), due["G5"]);
        Assert.Equal(new DateOnly(2026, 11, 20), due["G8"]);
    }

    // X-PL, J08, S25, S27
    [Fact]
    public void A_plan_that_came_late_is_on_record_and_one_that_is_not_filed_is_asked_for()
    {
        Assert.Equal(["P-U09-2026"], found[MatterKind.PlanLate].Select(matter => matter.SubjectId));
        var unfiled = Assert.Single(found[MatterKind.PlanNotFiled]);
        Assert.Equal("P-U12-2026", unfiled.SubjectId);
        Assert.Empty(found[MatterKind.PlanNotFiledWithSuperior]);
        Assert.Empty(found[MatterKind.PlanNotPublished]);
        Assert.Empty(found[MatterKind.PlanNotUploaded]);
    }

    // X-Y1, J32, J33, J34
    [Fact]
    public void A_visit_without_consent_and_one_that_became_a_case_are_found_and_no_other()
    {
        Assert.Equal(["V2"], found[MatterKind.VisitWithoutConsent].Select(matter => matter.SubjectId));
        Assert.Equal(["V5"], found[MatterKind.VisitTurnedIntoCase].Select(matter => matter.SubjectId));
        Assert.Empty(found[MatterKind.VisitLikeInspection]);
    }

    // X-W6, W06
    [Fact]
    public void The_share_of_joint_visits_is_below_a_quarter()
    {
        var matter = Assert.Single(found[MatterKind.JointShareLow]);

        // The visit to an object without a licence belongs to no enterprise and is not in the registry: 30 of the key's 31.
        Assert.Equal(("7", "25"), (matter.Fields["joint"], matter.Fields["wanted"]));
        Assert.False(new JointShare(2026, 31, 7).Meets(district.Office.Rules));
        Assert.Equal("22.6%", new JointShare(2026, 31, 7).Percent);
        Assert.True(new JointShare(2026, 100, 25).Meets(district.Office.Rules));
    }

    private static string Number(Matter guidance) => $"G{int.Parse(guidance.SubjectId.Split('-')[1], CultureInfo.InvariantCulture) - 46}";

    private IEnumerable<string> Ids(string rule)
    {
        if (Guidance.ContainsValue(rule))
            return found[Guidance.First(pair => pair.Value == rule).Key].Select(Number).Order(StringComparer.Ordinal);
        return found[Enum.Parse<MatterKind>(rule, ignoreCase: true)].Select(matter => matter.SubjectId).Order(StringComparer.Ordinal);
    }

    private Matter Only(MatterKind kind, string subject) => Assert.Single(found[kind], matter => matter.SubjectId == subject);

    /// <summary>All that is not merely on record about something.</summary>
    private IEnumerable<Matter> About(string subject) => found.SelectMany(same => same).Where(matter => matter.SubjectId == subject);

    /// <summary>The district, loaded once, and what is due in it.</summary>
    public sealed class Found : IAsyncLifetime
    {
        private DistrictOffice open = null!;

        public Office Office => open.Office;

        internal ILookup<MatterKind, Matter> Matters { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            open = await DistrictOffice.Open();
            var facts = await open.Facts(new DateOnly(2026, 1, 1));
            Matters = WhatIsDue.Of(facts, open.Today, Office.Rules, Office.Calendars.Current).ToLookup(matter => matter.Kind);
        }

        public ValueTask DisposeAsync() => open.DisposeAsync();
    }
}
