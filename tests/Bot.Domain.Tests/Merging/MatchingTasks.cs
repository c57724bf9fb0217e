using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Domain.Rules;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Merging;

/// <summary>J25, J26, J29, D08, D13, W09, W12: what is put before the units as one visit, and what never is.</summary>
public sealed class MatchingTasks : IDisposable
{
    private readonly Colliding town = new();

    [Fact]
    public async Task J25_a_new_task_near_an_unfinished_one_of_the_same_enterprise_makes_a_prompt_to_both_liaisons()
    {
        Assert.Null(await town.Register(Colliding.Task("T103", "U02", "2026-12-17")));

        var prompt = await town.Register(Colliding.Task("T104", "U03", "2026-12-22"));

        Assert.Equal((MergeScope.AcrossUnits, new DateOnly(2026, 12, 17), "T103"), (prompt!.Scope, prompt.On!.Value, prompt.LeadTaskId));
        Assert.Equal("云检并〔2026〕1号", prompt.Number);
        Assert.Equal(["LI-U02", "LI-U03"], town.Told("N5"));
        var text = town.Notice("N5", "LI-U03");
        Assert.Contains("应急管理12月17日（T103）、生态环境12月22日（T104）", text, StringComparison.Ordinal);
        Assert.Contains("请于11月23日（周一）24时前处理并办", text, StringComparison.Ordinal);
        Assert.Contains("建议12月17日（周四）一次完成，应急管理牵头", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task J29_the_line_on_cooperation_stands_only_with_enterprises_of_industry_and_trade()
    {
        await town.ThreeUnitsMeet();
        Assert.Contains("本企业属工贸行业，按线上线下协作联动机制办理", town.Notice("N5", "LI-U02"), StringComparison.Ordinal);

        await town.Register(Colliding.Task("T106", "U03", "2026-12-16", "E049"));
        await town.Register(Colliding.Task("T107", "U04", "2026-12-23", "E049"));
        Assert.DoesNotContain("工贸", town.Notice("N5", "LI-U03"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-01-16", true)] // 30 days after 17 December
    [InlineData("2027-01-17", false)]
    [InlineData("2026-11-17", true)] // planned before, not carried out
    public async Task J25_the_window_is_the_rule_packs(string other, bool prompted)
    {
        await town.Register(Colliding.Task("T1", "U02", "2026-12-17"));

        Assert.Equal(prompted, await town.Register(Colliding.Task("T2", "U03", other)) is not null);
    }

    [Fact]
    public async Task J26_what_a_complaint_brought_about_draws_the_planned_visit_forward()
    {
        await town.Register(Colliding.Task("T113", "U02", "2026-12-18"));

        var prompt = await town.Register(Colliding.Task("T112", "U02", "2026-11-24", but: facts => facts with
        {
            Type = InspectionType.AdHoc,
            Ground = InspectionGround.Complaint,
            PlanId = null,
            SourceNumber = "K26-41",
        }));

        Assert.Equal((MergeScope.SameUnit, new DateOnly(2026, 11, 24), "T112"), (prompt!.Scope, prompt.On!.Value, prompt.LeadTaskId));
    }

    [Fact]
    public async Task J13_J26_a_complaint_on_a_quiet_day_neither_waits_nor_draws_a_daily_inspection_into_it()
    {
        await town.Register(Colliding.Task("T113", "U02", "2026-12-18"));

        Assert.Null(await town.Register(Colliding.Task("T112", "U03", "2026-12-02", but: facts => facts with { Type = InspectionType.AdHoc, Ground = InspectionGround.Complaint })));
    }

    [Fact]
    public async Task J13_the_suggested_day_is_a_working_day_outside_the_quiet_days()
    {
        await town.Register(Colliding.Task("T1", "U02", "2026-12-05"));

        // 12-05 is a quiet Saturday, 12-13 a quiet Sunday: neither can be the day.
        var prompt = await town.Register(Colliding.Task("T2", "U03", "2026-12-13"));

        Assert.Equal(new DateOnly(2026, 12, 16), prompt!.On);
    }

    [Fact]
    public async Task D08_an_item_whose_way_the_law_fixes_stays_out_and_the_reason_is_told_on_question()
    {
        await town.Office.Use(db => db.Items.Where(item => item.Id == "IT-U04-1").ExecuteUpdateAsync(item => item.SetProperty(i => i.FixedByLaw, true).SetProperty(i => i.FixedByLawBecause, "《中华人民共和国消防法》")));
        await town.Register(Colliding.Task("T103", "U02", "2026-12-17"));

        Assert.Null(await town.Register(Colliding.Task("T105", "U04", "2026-12-18")));
        Assert.Equal(
            "消防监督检查：本事项不参与并办：法定方式（《中华人民共和国消防法》）。",
            await town.Office.Send(new WhyNotMerged(town.Liaisons["U04"], "T105")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => town.Office.Send(new WhyNotMerged(town.Liaisons["U03"], "T105")));
    }

    [Fact]
    public async Task J19_a_surprise_inspection_is_in_no_prompt_and_a_task_that_becomes_one_leaves_it()
    {
        await town.Register(Colliding.Task("T103", "U02", "2026-12-17"));
        Assert.Null(await town.Register(Special("T9", "2026-12-18", waived: true)));
        var prompt = await town.Register(Special("T10", "2026-12-18", waived: false));

        await town.Office.Use(async db =>
        {
            (await db.Tasks.SingleAsync(task => task.Id == "T10")).WaivePreview("防止隐匿", "L-U04");
            return await db.SaveChangesAsync();
        });
        await Rematch("T10");

        Assert.Equal(MergeState.Lapsed, town.Prompt(prompt!.Id).State);
        Assert.All(town.Office.Use(db => db.Deadlines.AsNoTracking().ToList()), deadline => Assert.NotNull(deadline.DroppedAt));

        static InspectionTask Special(string id, string on, bool waived) => Colliding.Task(id, "U04", on, but: facts => facts with { Type = InspectionType.Special, PreviewSentOn = null, PreviewWaived = waived });
    }

    [Fact]
    public async Task J12_what_is_under_way_urgent_finished_or_called_off_is_not_matched()
    {
        await town.Register(Colliding.Task("T1", "U02", "2026-12-17", but: facts => facts with { ScannedInAt = new DateTime(2026, 12, 17, 1, 0, 0, DateTimeKind.Utc) }));
        await town.Register(Colliding.Task("T2", "U02", "2026-12-17", but: facts => facts with { Ground = InspectionGround.Urgent, Type = InspectionType.AdHoc }));
        var off = Colliding.Task("T3", "U02", "2026-12-17");
        off.Withdraw("不查了");
        await town.Register(off);

        Assert.Null(await town.Register(Colliding.Task("T4", "U03", "2026-12-17")));
    }

    [Fact]
    public async Task J26_a_third_task_joins_the_open_prompt_and_its_unit_is_given_the_whole_limit()
    {
        var prompt = await town.TwoSectionsMeet();
        Assert.Equal(new DateOnly(2026, 11, 19), Due("merge.sameUnit", prompt));
        await town.Agree("U02", prompt, "工贸科");

        // Agreed inside the unit: merged, so the next one meets the joint task alone.
        var second = await town.Register(Colliding.Task("T104", "U03", "2026-12-22"));
        town.Office.Time.Set("2026-11-20 09:00");
        var third = await town.Register(Colliding.Task("T105", "U04", "2026-12-24"));

        Assert.Equal(second!.Id, third!.Id);
        Assert.Equal(["T101", "T104", "T105"], third.TaskIds.Order(StringComparer.Ordinal));
        Assert.Equal(new DateOnly(2026, 11, 25), Due("merge.acrossUnits", third.Id));
        Assert.Equal(2, town.Office.Use(db => db.MergePrompts.Count()));
    }

    [Fact]
    public async Task J27_J28_a_task_of_another_unit_turns_a_prompt_inside_one_unit_into_one_across_units()
    {
        var prompt = await town.TwoSectionsMeet();
        town.Office.Time.Set("2026-11-20 09:00");

        await town.Register(Colliding.Task("T104", "U03", "2026-12-22"));

        var widened = town.Prompt(prompt);
        Assert.Equal((MergeScope.AcrossUnits, 3, 2), (widened.Scope, widened.TaskIds.Count, widened.Parties.Count));
        Assert.True(widened.Late); // the one working day of the first two was over
        Assert.Equal(new DateOnly(2026, 11, 25), Due("merge.acrossUnits", prompt));
        Assert.NotNull(town.Office.Use(db => db.Deadlines.Single(deadline => deadline.Id == $"merge.sameUnit:{prompt}").DroppedAt));
        Assert.Contains("LI-U03", town.Told("N5"));
    }

    [Fact]
    public async Task The_same_two_tasks_are_never_put_before_the_units_twice()
    {
        var prompt = await town.TwoSectionsMeet();
        await town.Office.Send(new DeclineMerge(town.Liaisons["U02"], prompt, "检查方式不同"));
        Assert.Equal(MergeState.NotMerged, town.Prompt(prompt).State);

        await Rematch("T101");
        await Rematch("T102");
        Assert.Equal(0, (await town.Office.Send(new MatchImported(Actor.Service))).Prompts);

        // A third one meets one of them, not both again.
        var next = await town.Register(Colliding.Task("T104", "U03", "2026-12-19"));
        Assert.Equal(2, next!.TaskIds.Count);
        Assert.Equal(2, town.Office.Use(db => db.MergePrompts.Count()));
    }

    [Fact]
    public async Task W09_two_imported_lists_that_share_twelve_objects_make_twelve_prompts_and_not_twenty_four()
    {
        for (var i = 0; i < 12; i++)
        {
            town.Office.Add(new Domain.People.Enterprise($"X{i}", $"企业{i}", $"9132129900000{i:00000}"));
            town.Office.Add(Colliding.Task($"A{i}", "U02", "2026-12-17", $"X{i}"), Colliding.Task($"B{i}", "U03", "2026-12-21", $"X{i}"));
        }

        Assert.Equal(12, (await town.Office.Send(new MatchImported(Actor.Service))).Prompts);
        Assert.Equal(0, (await town.Office.Send(new MatchImported(Actor.Service))).Prompts);
        Assert.Equal(12, town.Office.Use(db => db.MergePrompts.Count()));
    }

    [Fact]
    public async Task J24_a_unit_without_a_liaison_is_told_through_its_leader()
    {
        await town.Register(Colliding.Task("T1", "U02", "2026-12-17"));
        await town.Register(Colliding.Task("T2", "U05", "2026-12-18"));

        Assert.Equal(["L-U05", "LI-U02"], town.Told("N5"));
    }

    [Fact]
    public async Task J27_W12_inside_one_unit_both_sections_people_are_told()
    {
        await town.TwoSectionsMeet();

        Assert.Equal(["I05", "I06", "I07"], town.Told("N5g"));
        Assert.Contains("工贸科12月18日（T101）、综合执法大队12月21日（T102）", town.Notice("N5g", "I07"), StringComparison.Ordinal);
        Assert.Contains("须明确牵头科室", town.Notice("N5", "LI-U02"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task W14_a_unit_sees_where_its_own_tasks_of_a_month_meet()
    {
        var prompt = await town.TwoSectionsMeet();
        await town.Register(Colliding.Task("T300", "U02", "2026-12-30", "E049"));

        var meeting = Assert.Single(await town.Office.Send(new MeetingTasks(town.Liaisons["U02"], 2026, 12)));

        Assert.Equal(("云澜区澄湖铝合金压延有限公司", prompt), (meeting.EnterpriseName, meeting.PromptId));
        Assert.Equal(["工贸科12月18日（T101）", "综合执法大队12月21日（T102）"], meeting.Tasks);
        Assert.Empty(await town.Office.Send(new MeetingTasks(town.Liaisons["U03"], 2026, 12)));
    }

    public void Dispose() => town.Dispose();

    private async Task Rematch(string taskId)
    {
        using var scope = town.Office.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<Storage.SupervisionDb>();
        var matching = scope.ServiceProvider.GetRequiredService<Matching>();
        await matching.Match(await db.Tasks.SingleAsync(task => task.Id == taskId), TestContext.Current.CancellationToken);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private DateOnly Due(string kind, string prompt) => town.Office.Use(db => db.Deadlines.Single(deadline => deadline.Id == $"{kind}:{prompt}").DueOn);
}
