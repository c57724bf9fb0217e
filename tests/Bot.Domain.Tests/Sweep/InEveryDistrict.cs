using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Rules;
using Bot.Domain.Sweep;

namespace Bot.Domain.Tests.Sweep;

/// <summary>The same rules with each district's own numbers: on the last day, the day after, over a holiday and over a make-up Saturday.</summary>
public sealed class InEveryDistrict
{
    private static readonly WorkingCalendar Calendar = new(HolidayNotices.Load(Testing.Manifests.Path("holidays")));

    /// <summary>An ordinary day, the day before the National Day, the Friday before a make-up Saturday, the eve of the Spring Festival.</summary>
    private static readonly DateOnly[] Days = [new(2026, 11, 16), new(2026, 9, 30), new(2026, 5, 8), new(2026, 2, 13)];

    public static TheoryData<string, DateOnly> Cases
    {
        get
        {
            var cases = new TheoryData<string, DateOnly>();
            foreach (var pack in new[] { "jiangyan", "jinshan", "dongcheng", "wuxi" })
            {
                foreach (var day in Days)
                    cases.Add(pack, day);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_result_is_pending_on_its_last_day_and_overdue_on_the_day_after(string pack, DateOnly done) // J37
    {
        var rules = Rules(pack);
        var due = Calendar.AddWorkingDays(done, rules.ResultEntry.Period.Amount);

        Assert.Equal(MatterKind.ResultPending, Kinds(Done(done), due, rules).Single(kind => kind is MatterKind.ResultPending or MatterKind.ResultOverdue));
        Assert.Equal(MatterKind.ResultOverdue, Kinds(Done(done), due.AddDays(1), rules).Single(kind => kind is MatterKind.ResultPending or MatterKind.ResultOverdue));
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_result_is_to_be_public_by_the_districts_own_limit(string pack, DateOnly done) // D17
    {
        var rules = Rules(pack);
        var due = Calendar.AddWorkingDays(done, rules.Publication.Period.Amount);
        var task = Done(done) with { Stage = InspectionStage.Reported, ResultEnteredOn = done };

        Assert.DoesNotContain(MatterKind.PublicityOverdue, Kinds(task, due, rules));
        Assert.Contains(MatterKind.PublicityOverdue, Kinds(task, due.AddDays(1), rules));
        Assert.Contains(MatterKind.PublishedLate, Kinds(task with { Stage = InspectionStage.Published, PublishedOn = due.AddDays(1) }, due.AddDays(2), rules));
        Assert.Empty(Kinds(task with { Stage = InspectionStage.Published, PublishedOn = due }, due.AddDays(2), rules));
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_prompt_to_merge_is_overdue_after_the_limit_of_its_kind(string pack, DateOnly issued) // J27, J28
    {
        var rules = Rules(pack);
        foreach (var limit in new[] { rules.MergeSameUnit, rules.MergeAcrossUnits })
        {
            var due = Calendar.Due(issued, limit.Period).On;
            var prompt = new MergeSituation("M1", "", due, null, false, []);

            Assert.Equal(MatterKind.MergeOpen, DueOfCases.Of(prompt, due).Kind);
            Assert.Equal(MatterKind.MergeOverdue, DueOfCases.Of(prompt, due.AddDays(1)).Kind);
            Assert.Equal(MatterKind.MergeOnTime, DueOfCases.Of(prompt with { HandledOn = due }, due.AddDays(9)).Kind);
            Assert.Equal(MatterKind.MergeLate, DueOfCases.Of(prompt with { HandledOn = due.AddDays(1) }, due.AddDays(9)).Kind);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_request_for_guidance_is_overdue_after_the_districts_limit(string pack, DateOnly asked) // J18
    {
        var rules = Rules(pack);
        var due = Calendar.AddWorkingDays(asked, rules.GuidanceReply.Period.Amount);

        Assert.Equal(MatterKind.GuidanceDueSoon, DueOfCases.Of(new GuidanceSituation("G1", "U01", due, null), due, Calendar).Kind);
        Assert.Equal(MatterKind.GuidanceOverdue, DueOfCases.Of(new GuidanceSituation("G1", "U01", due, null), due.AddDays(1), Calendar).Kind);
        Assert.Equal(MatterKind.GuidanceOnTime, DueOfCases.Of(new GuidanceSituation("G1", "U01", due, due), due.AddDays(5), Calendar).Kind);
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_daily_visit_is_blocked_on_quiet_days_only_where_the_district_has_them(string pack, DateOnly day) // J13
    {
        var rules = Rules(pack);
        var ahead = new TaskSituation("T1", InspectionType.Daily, InspectionGround.Plan, InspectionStage.Previewed, "U01", "E001", day, day.AddDays(-60)) { ApprovedOn = day.AddDays(-30), PreviewSentOn = day.AddDays(-30) };

        Assert.Equal(rules.QuietDays?.Covers(day) == true, Kinds(ahead, day.AddDays(-20), rules).Contains(MatterKind.QuietDayBlocked));
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_visit_is_registered_so_many_days_ahead_as_the_district_wants(string pack, DateOnly day) // J36
    {
        var rules = Rules(pack);
        var needed = rules.RegisterBefore.Period.Amount;
        TaskSituation Registered(int before) => new("T1", InspectionType.Daily, InspectionGround.Plan, InspectionStage.Registered, "U01", "E001", day, day.AddDays(-before));

        Assert.DoesNotContain(MatterKind.RegisteredLate, Kinds(Registered(needed), day.AddDays(-1), rules));
        Assert.Contains(MatterKind.RegisteredLate, Kinds(Registered(needed - 1), day.AddDays(-1), rules));
    }

    [Theory]
    [InlineData("jiangyan")]
    [InlineData("jinshan")]
    [InlineData("dongcheng")]
    [InlineData("wuxi")]
    public void A_plan_is_late_the_day_after_the_districts_own_date(string pack) // J08
    {
        var rules = Rules(pack);
        var by = rules.AnnualPlanBy.In(2026);
        IEnumerable<MatterKind> Of(DateOnly uploaded) => DueOfPlans.Of(
            new PlansSituation(2026, [new Unit("U01", "单位", Unit.DistrictLevel, "", "")], [new InspectionPlan("P1", "U01", 2026, PlanKind.Annual, "计划", uploaded)]), by, rules).Select(matter => matter.Kind);

        Assert.DoesNotContain(MatterKind.PlanLate, Of(by));
        Assert.Contains(MatterKind.PlanLate, Of(by.AddDays(1)));
    }

    [Theory]
    [InlineData("jiangyan")]
    [InlineData("jinshan")]
    [InlineData("dongcheng")]
    [InlineData("wuxi")]
    public void The_steps_of_the_ladder_count_the_districts_own_days(string pack) // S14, S15, S16
    {
        var rules = Rules(pack);
        foreach (var limit in new[] { rules.SuggestionLetter, rules.Rectification, rules.FollowUpCheck })
            Assert.All(Days, day => Assert.Equal(Calendar.AddWorkingDays(day, limit.Period.Amount), Calendar.Due(day, limit.Period).On));
    }

    private static RulePack Rules(string pack) => RulePack.Load(Testing.Manifests.Path("rules"), pack);

    private static TaskSituation Done(DateOnly on) => new("T1", InspectionType.Daily, InspectionGround.Plan, InspectionStage.Finished, "U01", "E001", on, on.AddDays(-20))
    {
        ApprovedOn = on.AddDays(-10),
        PreviewSentOn = on.AddDays(-9),
        ScannedInAt = ChinaClock.ToUtc(on, new TimeOnly(9, 0)),
        CompletedOn = on,
    };

    private static List<MatterKind> Kinds(TaskSituation task, DateOnly today, RulePack rules) => [.. DueOfTasks.Of(task, today, rules, Calendar).Select(matter => matter.Kind)];
}
