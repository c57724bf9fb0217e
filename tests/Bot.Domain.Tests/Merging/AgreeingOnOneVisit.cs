using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Tests.Merging;

/// <summary>J25–J28, J40, W14: the units' answers, what becomes of the tasks, and the limits.</summary>
public sealed class AgreeingOnOneVisit : IDisposable
{
    private readonly Colliding town = new();

    [Fact]
    public async Task J25_one_consent_of_several_leaves_the_prompt_waiting_for_the_others()
    {
        var prompt = await town.ThreeUnitsMeet();

        var receipt = await town.Agree("U02", prompt);

        Assert.Equal(("应急管理", "生态环境、消防救援", null), (receipt.UnitName, receipt.Waiting, receipt.JointTaskId));
        Assert.Equal(MergeState.Open, town.Prompt(prompt).State);
        Assert.Equal(InspectionStage.Previewed, town.Stored("T103").Stage);
        Assert.Equal(["LI-U03", "LI-U04"], Handlers("merge.acrossUnits", prompt));
    }

    [Fact]
    public async Task J28_with_the_last_consent_the_lead_task_takes_items_people_and_units_along_and_its_leader_decides_anew()
    {
        var prompt = await town.ThreeUnitsMeet();
        await town.Agree("U02", prompt);
        await town.Agree("U04", prompt);

        var receipt = await town.Agree("U03", prompt);

        Assert.Equal(("T103", true, ""), (receipt.JointTaskId, receipt.NeedsApproval, receipt.Waiting));
        var joint = town.Stored("T103");
        Assert.Equal((InspectionStage.Submitted, new DateOnly(2026, 12, 17), null), (joint.Stage, joint.ScheduledOn, joint.ApprovedOn));
        Assert.Equal(["U03", "U04"], joint.JointUnitIds.Order(StringComparer.Ordinal));
        Assert.Equal(["IT-U02-1", "IT-U03-1", "IT-U04-1"], joint.ItemIds.Order(StringComparer.Ordinal));
        Assert.Equal(["I05", "I06", "I09", "I10", "I12", "I13"], joint.InspectorIds.Order(StringComparer.Ordinal));
        Assert.All(["T104", "T105"], id => Assert.Equal((InspectionStage.Merged, "T103", new DateOnly(2026, 12, 17)), (town.Stored(id).Stage, town.Stored(id).MergedIntoTaskId, town.Stored(id).ScheduledOn)));
        Assert.Equal((MergeState.Merged, false), (town.Prompt(prompt).State, town.Prompt(prompt).Late));
        Assert.NotNull(town.Office.Use(db => db.Deadlines.Single(deadline => deadline.Id == $"merge.acrossUnits:{prompt}").MetAt));
        Assert.Contains("任务T104、T105并入T103", town.Notice("N5b", "LI-U04"), StringComparison.Ordinal);
        Assert.Contains("I12", town.Told("N5b"));
    }

    [Fact]
    public async Task J26_another_platforms_file_that_knows_the_lead_task_as_it_was_does_not_undo_the_merge()
    {
        var prompt = await town.ThreeUnitsMeet();
        foreach (var unit in new[] { "U02", "U04", "U03" })
            await town.Agree(unit, prompt);
        var joint = town.Stored("T103");

        Reimport(Colliding.Facts("T103", "U02", "2026-12-10", but: facts => facts with { PreviewSentOn = null }));
        Reimport(Colliding.Facts("T104", "U03", "2026-12-22"));

        var again = town.Stored("T103");
        Assert.Equal((joint.Stage, joint.ScheduledOn, joint.HalfDay, null), (again.Stage, again.ScheduledOn, again.HalfDay, again.ApprovedOn));
        Assert.Equal(joint.JointUnitIds, again.JointUnitIds);
        Assert.Equal(joint.ItemIds.Order(StringComparer.Ordinal), again.ItemIds.Order(StringComparer.Ordinal));
        Assert.Equal(joint.InspectorIds.Order(StringComparer.Ordinal), again.InspectorIds.Order(StringComparer.Ordinal));
        Assert.Equal((InspectionStage.Merged, "T103", joint.ScheduledOn), (town.Stored("T104").Stage, town.Stored("T104").MergedIntoTaskId, town.Stored("T104").ScheduledOn));
    }

    [Fact]
    public async Task J10_an_approval_that_the_file_gives_after_the_merge_counts()
    {
        var prompt = await town.ThreeUnitsMeet();
        foreach (var unit in new[] { "U02", "U04", "U03" })
            await town.Agree(unit, prompt);
        var joined = town.Stored("T103").JoinedOn!.Value;

        Reimport(Colliding.Facts("T103", "U02", "2026-12-17", but: facts => facts with { ApprovedOn = joined, ApprovedBy = "L-U02", PreviewSentOn = null }));
        Assert.Equal((InspectionStage.Submitted, null), (town.Stored("T103").Stage, town.Stored("T103").ApprovedOn));

        Reimport(Colliding.Facts("T103", "U02", "2026-12-17", but: facts => facts with { ApprovedOn = joined.AddDays(1), ApprovedBy = "L-U02", PreviewSentOn = null }));
        Assert.Equal(joined.AddDays(1), town.Stored("T103").ApprovedOn);
    }

    [Fact]
    public async Task J27_inside_one_unit_the_lead_section_has_to_be_named_and_be_one_of_them()
    {
        var prompt = await town.TwoSectionsMeet();

        Assert.Contains("哪个科室牵头", (await Refused(() => town.Agree("U02", prompt))).Message, StringComparison.Ordinal);
        Assert.Contains("工贸科、综合执法大队", (await Refused(() => town.Agree("U02", prompt, "办公室"))).Message, StringComparison.Ordinal);
        var receipt = await town.Agree("U02", prompt, "综合执法大队");

        Assert.Equal("T102", receipt.JointTaskId);
        Assert.Equal(("T102", new DateOnly(2026, 12, 18)), (town.Stored("T101").MergedIntoTaskId, town.Stored("T102").ScheduledOn));
        Assert.Equal("综合执法大队", town.Prompt(prompt).LeadSection);
        Assert.Empty(town.Stored("T102").JointUnitIds);
    }

    [Fact]
    public async Task J26_a_complaints_visit_takes_the_planned_one_along_without_a_new_approval_when_day_and_people_stay()
    {
        await town.Register(Colliding.Task("T113", "U02", "2026-12-18"));
        var prompt = await town.Register(Colliding.Task("T112", "U02", "2026-11-24", but: facts => facts with
        {
            Type = InspectionType.AdHoc,
            Ground = InspectionGround.Complaint,
            PreviewSentOn = null,
            ApprovedOn = new DateOnly(2026, 11, 18),
        }));

        var receipt = await town.Agree("U02", prompt!.Id, "工贸科");

        Assert.Equal(("T112", false), (receipt.JointTaskId, receipt.NeedsApproval));
        Assert.Equal(new DateOnly(2026, 11, 24), town.Stored("T113").ScheduledOn);
        Assert.NotNull(town.Stored("T112").ApprovedOn);
        Assert.Equal(["C002"], town.Told("N1c"));
        Assert.Contains("原预告的12月18日云澜区应急管理局的检查合并为一次检查。云澜区应急管理局计划于2026年11月24日（周二）", town.Notice("N1c", "C002"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task J10_what_was_never_approved_is_not_approved_by_merging()
    {
        await town.Register(Colliding.Task("T101", "U02", "2026-12-18"));
        var prompt = await town.Register(Colliding.Task("T102", "U02", "2026-12-21", but: facts => facts with { ApprovedOn = null, PreviewSentOn = null }));

        var receipt = await town.Agree("U02", prompt!.Id, "工贸科");

        Assert.True(receipt.NeedsApproval);
        Assert.Equal((InspectionStage.Submitted, null), (town.Stored("T101").Stage, town.Stored("T101").ApprovedOn));
    }

    [Fact]
    public async Task J26_another_day_is_put_to_the_others_again_and_the_proposer_stands_to_it()
    {
        var prompt = await town.ThreeUnitsMeet();
        await town.Agree("U03", prompt);

        var receipt = await town.Office.Send(new ProposeMergeDate(town.Liaisons["U04"], prompt, new DateOnly(2026, 12, 21), "下午"));

        Assert.Equal("应急管理、生态环境", receipt.Waiting);
        Assert.Equal(["LI-U02", "LI-U03"], town.Told("N5c"));
        Assert.Contains("消防救援建议云澜区澄湖铝合金压延有限公司的检查改到12月21日（周一）下午一次完成", town.Notice("N5c", "LI-U03"), StringComparison.Ordinal);
        await town.Agree("U02", prompt);
        Assert.Equal("T103", (await town.Agree("U03", prompt)).JointTaskId);
        Assert.Equal((new DateOnly(2026, 12, 21), "下午"), (town.Stored("T103").ScheduledOn, town.Stored("T103").HalfDay));
    }

    [Theory]
    [InlineData("2026-11-17", "已经过去")]
    [InlineData("2026-12-19", "最近的工作日是12月21日（周一）")] // a Saturday
    [InlineData("2026-12-03", "最早可选12月16日（周三）")] // J13
    [InlineData("2026-12-17", "请直接回复“同意”")]
    public async Task A_day_that_cannot_be_is_refused_with_the_one_that_can(string on, string sentence)
    {
        var prompt = await town.ThreeUnitsMeet();

        Assert.Contains(sentence, (await Refused(() => town.Office.Send(new ProposeMergeDate(town.Liaisons["U04"], prompt, DateOnly.Parse(on, null))))).Message, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 12, 17), town.Prompt(prompt).On);
    }

    [Fact]
    public async Task J26_nobody_puts_a_complaints_visit_off_by_proposing_a_later_day()
    {
        await town.Register(Colliding.Task("T113", "U03", "2026-12-18"));
        var prompt = await town.Register(Colliding.Task("T112", "U02", "2026-11-24", but: facts => facts with { Type = InspectionType.AdHoc, Ground = InspectionGround.Complaint }));

        Assert.Contains("最迟11月24日", (await Refused(() => town.Office.Send(new ProposeMergeDate(town.Liaisons["U03"], prompt!.Id, new DateOnly(2026, 11, 25))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task J25_when_some_decline_the_justice_bureau_is_told_and_settles_it()
    {
        var prompt = await town.ThreeUnitsMeet();
        Assert.Contains("暂不用协调", (await Refused(() => Settle(merge: true))).Message, StringComparison.Ordinal);
        await town.Agree("U02", prompt);
        Assert.False((await town.Office.Send(new DeclineMerge(town.Liaisons["U04"], prompt, "消防检查须断电进行"))).Closed);
        Assert.Equal(["LI-U02", "LI-U03", "SJ1"], town.Told("N5d"));
        Assert.Contains("由云澜区司法局协调", town.Notice("N5d", "SJ1"), StringComparison.Ordinal);

        var receipt = await Settle(merge: true);

        Assert.Equal("T104", receipt.JointTaskId);
        Assert.Equal((new DateOnly(2026, 12, 22), InspectionStage.Submitted), (town.Stored("T104").ScheduledOn, town.Stored("T104").Stage));
        Assert.Equal("T104", town.Stored("T103").MergedIntoTaskId);

        Task<MergeReceipt> Settle(bool merge) => town.Office.Send(new SettleMerge(town.Bureau, prompt, merge, "一次断电，一次查完", new DateOnly(2026, 12, 22), "T104"));
    }

    [Fact]
    public async Task J25_the_justice_bureau_may_leave_them_apart_and_says_why()
    {
        var prompt = await town.ThreeUnitsMeet();
        await town.Office.Send(new DeclineMerge(town.Liaisons["U04"], prompt, "消防检查须断电进行"));

        await town.Office.Send(new SettleMerge(town.Bureau, prompt, Merge: false, "断电检查影响其他单位取样"));

        Assert.Equal(MergeState.NotMerged, town.Prompt(prompt).State);
        Assert.Contains("不并办，各自检查。理由：断电检查影响其他单位取样", town.Notice("N5j", "LI-U02"), StringComparison.Ordinal);
        Assert.Equal(InspectionStage.Previewed, town.Stored("T103").Stage);
    }

    [Fact]
    public async Task J25_when_all_decline_with_reasons_the_prompt_is_handled()
    {
        var prompt = await town.ThreeUnitsMeet();
        await Refused(() => town.Office.Send(new DeclineMerge(town.Liaisons["U02"], prompt, " ")));
        foreach (var unit in (string[])["U02", "U03"])
            Assert.False((await town.Office.Send(new DeclineMerge(town.Liaisons[unit], prompt, "检查方式不同"))).Closed);

        Assert.True((await town.Office.Send(new DeclineMerge(town.Liaisons["U04"], prompt, "须断电"))).Closed);

        Assert.Equal((MergeState.NotMerged, "检查方式不同；须断电"), (town.Prompt(prompt).State, town.Prompt(prompt).Because));
        Assert.NotNull(town.Office.Use(db => db.Deadlines.Single().MetAt));
    }

    [Fact]
    public async Task C21_those_who_are_awaited_are_urged_once_a_day_each()
    {
        var prompt = await town.ThreeUnitsMeet();
        await town.Agree("U02", prompt);

        var first = await town.Office.Send(new UrgeMerge(town.Liaisons["U02"], prompt));
        var again = await town.Office.Send(new UrgeMerge(town.Liaisons["U02"], prompt));
        Assert.Equal(("生态环境、消防救援", ""), (first.Reminded, first.Already));
        Assert.Equal(("", "生态环境、消防救援"), (again.Reminded, again.Already));
        Assert.Equal(2, town.Office.Use(db => db.Notices.Count(n => n.Kind == "N5e")));

        town.Office.Time.Set("2026-11-19 09:00");
        Assert.Equal("生态环境、消防救援", (await town.Office.Send(new UrgeMerge(town.Liaisons["U02"], prompt))).Reminded);
    }

    [Fact]
    public async Task A_repeated_or_late_answer_is_refused_and_changes_nothing()
    {
        var prompt = await town.ThreeUnitsMeet();
        await town.Agree("U02", prompt);
        Assert.Contains("已经同意", (await Refused(() => town.Agree("U02", prompt))).Message, StringComparison.Ordinal);
        await town.Agree("U03", prompt);
        await town.Agree("U04", prompt);

        var before = town.Prompt(prompt).Changes;
        Assert.Contains("已经处理完", (await Refused(() => town.Agree("U04", prompt))).Message, StringComparison.Ordinal);
        Assert.Contains("已经处理完", (await Refused(() => town.Office.Send(new DeclineMerge(town.Liaisons["U04"], prompt, "不并")))).Message, StringComparison.Ordinal);
        Assert.Contains("不用催", (await Refused(() => town.Office.Send(new UrgeMerge(town.Liaisons["U04"], prompt)))).Message, StringComparison.Ordinal);
        Assert.Equal(before, town.Prompt(prompt).Changes);
    }

    [Fact]
    public async Task D15_another_units_liaison_an_inspector_and_an_unknown_number_are_refused()
    {
        var prompt = await town.TwoSectionsMeet();

        Assert.Contains("没有找到", (await Refused(() => town.Agree("U03", prompt, "工贸科"))).Message, StringComparison.Ordinal);
        Assert.Contains("没有找到", (await Refused(() => town.Agree("U02", "M26-99"))).Message, StringComparison.Ordinal);
        await Refused(() => town.Office.Send(new MergeDetail(town.Liaisons["U03"], prompt)));
        await Refused(() => town.Office.Send(new AgreeToMerge(town.Liaisons["U02"] with { Role = ActorRole.Inspector }, prompt, "工贸科")));
        await Refused(() => town.Office.Send(new SettleMerge(town.Liaisons["U02"], prompt, true, "我说了算")));
        Assert.Empty(await town.Office.Send(new MergePrompts(town.Liaisons["U03"])));
    }

    [Fact]
    public async Task J26_a_task_that_began_meanwhile_stays_out_of_the_visit()
    {
        var prompt = await town.ThreeUnitsMeet();
        await town.Agree("U02", prompt);
        await town.Agree("U03", prompt);
        await town.Office.Use(async db =>
        {
            (await db.Tasks.SingleAsync(task => task.Id == "T103")).ScanIn(new DateTime(2026, 11, 18, 7, 0, 0, DateTimeKind.Utc));
            return await db.SaveChangesAsync();
        });

        var receipt = await town.Agree("U04", prompt);

        Assert.Equal("T104", receipt.JointTaskId);
        Assert.Equal(InspectionStage.UnderWay, town.Stored("T103").Stage);
        Assert.Equal(["U04"], town.Stored("T104").JointUnitIds);
    }

    [Theory]
    [InlineData("2026-11-20 09:00", "2026-11-23", "2026-11-24")] // X-M1: a Friday
    [InlineData("2026-09-19 09:00", "2026-09-20", "2026-09-21")] // X-M6: a Saturday before a Sunday on which offices work
    [InlineData("2026-09-30 09:00", "2026-10-08", "2026-10-09")] // over the National Day holiday
    public async Task J27_inside_one_unit_the_limit_is_one_working_day_on_the_day_and_the_day_after(string hint, string due, string after)
    {
        foreach (var (day, late) in new[] { (due, false), (after, true) })
        {
            using var world = new Colliding(hint);
            var prompt = await world.TwoSectionsMeet();
            Assert.Equal(DateOnly.Parse(due, null), world.Office.Use(db => db.Deadlines.Single().DueOn));
            world.Office.Time.Set($"{day} {(late ? "00:10" : "23:50")}");

            Assert.Equal(late, (await world.Agree("U02", prompt, "工贸科")).Late);
            Assert.Equal(late ? MergeStanding.LateHandled : MergeStanding.OnTime, (await world.Office.Send(new MergeDetail(world.Liaisons["U02"], prompt))).Standing);
        }
    }

    [Theory]
    [InlineData("2026-09-30 09:00", "2026-10-10", "2026-10-12")] // X-M5: over the holiday, the last day a make-up Saturday
    [InlineData("2026-11-18 14:00", "2026-11-23", "2026-11-24")] // X-M2
    [InlineData("2026-09-16 14:00", "2026-09-20", "2026-09-21")] // the make-up Sunday is the third working day
    public async Task J28_across_units_the_limit_is_three_working_days_on_the_day_and_the_day_after(string hint, string due, string after)
    {
        foreach (var (day, late) in new[] { (due, false), (after, true) })
        {
            using var world = new Colliding(hint);
            var prompt = await world.ThreeUnitsMeet();
            Assert.Equal(DateOnly.Parse(due, null), world.Office.Use(db => db.Deadlines.Single().DueOn));
            await world.Agree("U02", prompt);
            await world.Agree("U03", prompt);
            world.Office.Time.Set($"{day} 15:00");

            Assert.Equal(late, (await world.Agree("U04", prompt)).Late);
            Assert.Equal(late, world.Prompt(prompt).Late);
        }
    }

    [Fact]
    public async Task J28_J40_on_the_working_day_after_the_limit_liaisons_and_leaders_of_all_units_and_the_bureau_hear_of_it()
    {
        var prompt = await town.ThreeUnitsMeet();
        town.Office.Time.Set("2026-11-23 23:59");
        await town.Office.Send(new TakeDueSteps(Actor.Service));
        Assert.Empty(town.Told("N8c"));

        town.Office.Time.Set("2026-11-24 08:30");
        await town.Office.Send(new TakeDueSteps(Actor.Service));

        Assert.Equal(["L-U02", "L-U03", "L-U04", "LI-U02", "LI-U03", "LI-U04", "SJ1"], town.Told("N8c"));
        Assert.Contains("现超期1个工作日，将计入“应整合未整合”", town.Notice("N8c", "L-U04"), StringComparison.Ordinal);
        var overdue = Assert.Single(await town.Office.Send(new MergePrompts(town.Bureau)));
        Assert.Equal((prompt, MergeStanding.Overdue, 1), (overdue.Id, overdue.Standing, overdue.OverdueBy));
    }

    [Fact]
    public async Task J28_W05_the_enterprise_is_told_once_after_the_leader_agreed_and_the_old_previews_point_to_the_new_one()
    {
        var prompt = await town.ThreeUnitsMeet();
        await town.Agree("U02", prompt);
        await town.Agree("U03", prompt);
        await town.Agree("U04", prompt);
        Assert.Equal(["L-U02"], town.Told("N45"));
        Assert.Empty(town.Told("N1c"));
        Assert.Equal([("T103", 17), ("T104", 22), ("T105", 24)], (await Upcoming()).Select(card => (card.TaskId, card.On.Day)));

        await town.Office.Send(new ApproveTask(town.Leaders["U02"], "T103", "一次完成"));

        Assert.Equal(["C002"], town.Told("N1c"));
        Assert.Empty(town.Told("N1"));
        Assert.Contains(
            "原预告的12月17日云澜区应急管理局的检查、12月22日江临市云澜生态环境局的检查、12月24日云澜区消防救援大队的检查合并为一次检查。云澜区应急管理局会同江临市云澜生态环境局、云澜区消防救援大队计划于2026年12月17日",
            town.Notice("N1c", "C002"),
            StringComparison.Ordinal);
        var card = Assert.Single(await Upcoming());
        Assert.Equal(("T103", 2, 3), (card.TaskId, card.JointUnits.Count, card.Items.Count));
        Assert.Equal(["T104", "T105"], card.Replaces.Order(StringComparer.Ordinal));

        Task<IReadOnlyList<PreviewCard>> Upcoming() => town.Office.Send(new UpcomingInspections(town.Enterprise));
    }

    [Fact]
    public async Task J24_what_is_looked_at_is_marked_so_for_the_unit_alone()
    {
        var prompt = await town.ThreeUnitsMeet();

        Assert.Equal(1, (await town.Office.Send(new SeeMergePrompts(town.Liaisons["U03"]))).New);
        Assert.Equal(0, (await town.Office.Send(new SeeMergePrompts(town.Liaisons["U03"]))).New);

        Assert.Equal([false, true, false], town.Prompt(prompt).Parties.OrderBy(party => party.UnitId, StringComparer.Ordinal).Select(party => party.SeenAt is not null));
    }

    public void Dispose() => town.Dispose();

    private void Reimport(TaskFacts facts) => town.Office.Use(db =>
    {
        db.Tasks.Single(task => task.Id == facts.Id).TakeOver(facts);
        return db.SaveChanges();
    });

    private static Task<RuleBrokenException> Refused(Func<Task> act) => Assert.ThrowsAsync<RuleBrokenException>(act);

    private List<string> Handlers(string kind, string prompt) => town.Office.Use(db => db.Deadlines.Single(deadline => deadline.Id == $"{kind}:{prompt}").HandlerIds.Order(StringComparer.Ordinal).ToList());
}
