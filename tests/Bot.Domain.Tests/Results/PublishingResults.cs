using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Results;

/// <summary>D17, J35: publication within 20 working days, or a ground that the leader confirms.</summary>
public sealed class PublishingResults : IDisposable
{
    private readonly Yunlan yunlan = new();

    [Theory]
    [InlineData("2026-11-20", "2026-12-18", false)]
    [InlineData("2026-09-17", "2026-10-21", false)]
    [InlineData("2026-12-04", "2027-01-04", true)]
    public async Task Counted_from_the_end_of_the_inspection_over_holidays_and_make_up_days(string ended, string due, bool provisional)
    {
        // D17: the second counts 20 September and 10 October; the third needs a year whose holidays are not yet announced.
        await Reported(ended);

        var publication = (await yunlan.Office.Send(new ResultsToPublish(yunlan.Safety))).Single();

        Assert.Equal((DateOnly.Parse(due, null), provisional), (publication.Due.On, publication.Due.Provisional));
        Assert.Equal(publication.Due.On, yunlan.Office.Use(db => db.Deadlines.Single(d => d.Kind == "task.publication").DueOn));
    }

    [Theory]
    [InlineData("2026-10-21 23:59", true)]
    [InlineData("2026-10-22 00:00", false)]
    public async Task On_the_last_day_it_is_on_time_and_the_day_after_it_is_late(string now, bool onTime)
    {
        // D17
        await Reported("2026-09-17");
        yunlan.Office.Time.Set(now);

        Assert.Equal(onTime, (await yunlan.Office.Send(new PublishResult(yunlan.Safety, "T101"))).OnTime);
        Assert.False(yunlan.Office.Use(db => db.Deadlines.Single(d => d.Kind == "task.publication").IsOpen));
        await Refused(new PublishResult(yunlan.Safety, "T101"), "D17", "已经公示");
    }

    [Fact]
    public async Task The_inspectors_are_reminded_with_ten_five_two_and_no_days_left()
    {
        // D17
        await Reported("2026-10-26");
        var mornings = new List<string>();
        foreach (var day in Enumerable.Range(0, 29).Select(i => new DateOnly(2026, 10, 27).AddDays(i)))
        {
            yunlan.Office.Time.Set($"{day:yyyy-MM-dd} 09:00");
            var before = yunlan.Told("N13").Count;
            await yunlan.Office.Send(new TakeDueSteps(Actor.Service));
            if (yunlan.Told("N13").Count > before)
                mornings.Add($"{day:MM-dd}");
        }

        Assert.Equal(["11-09", "11-16", "11-19", "11-23"], mornings);
        Assert.Equal("任务T101的检查于10月26日结束，结果应在11月23日（周一）前公示（20个工作日，谁检查、谁录入、谁公开）。依法不宜公开的，请回复“不公示 T101”并写理由，由秦文漪确认。", yunlan.Notice("N13", "I05"));
        Assert.Equal(["I05", "I06"], yunlan.Told("N13").Distinct());
    }

    [Fact]
    public async Task Kept_from_publication_with_a_ground_that_the_leader_confirms_nobody_is_reminded_any_more()
    {
        // D17
        await Reported("2026-10-26");
        await Refused(new KeepFromPublication(yunlan.Safety, "T101", " "), "D17", "写明");
        await yunlan.Office.Send(new KeepFromPublication(yunlan.Safety, "T101", "涉及商业秘密"));
        Assert.Contains("涉及商业秘密", yunlan.Notice("N66", "L-U02"), StringComparison.Ordinal);
        await Refused(new PublishResult(yunlan.Safety, "T101"), "D17", "在等单位负责人确认");
        await Refused(new KeepFromPublication(yunlan.Safety, "T101", "再申请"), "D17", "已经在等");
        await Refused(new ConfirmWithholding(yunlan.TransportLeader, "T101", true), "D15", "不由您的单位办理");

        await yunlan.Office.Send(new ConfirmWithholding(yunlan.SafetyLeader, "T101", true));
        yunlan.Office.Time.Set("2026-12-01 09:00");
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));

        Assert.Empty(yunlan.Told("N13"));
        Assert.Empty(yunlan.Told("N8"));
        Assert.Equal("涉及商业秘密", yunlan.Office.Use(db => db.Tasks.Single().NotPublishedBecause));
        await Refused(new PublishResult(yunlan.Safety, "T101"), "D17", "不能再公示");
        await Refused(new ConfirmWithholding(yunlan.SafetyLeader, "T101", true), "D17", "没有等您确认");
    }

    [Fact]
    public async Task Where_the_leader_does_not_agree_it_is_published_in_time_all_the_same()
    {
        // D17
        await Reported("2026-10-26");
        await yunlan.Office.Send(new KeepFromPublication(yunlan.Safety, "T101", "企业不愿意"));

        Assert.Equal(new DateOnly(2026, 11, 23), (await yunlan.Office.Send(new ConfirmWithholding(yunlan.SafetyLeader, "T101", false))).PublishBy);

        Assert.True((await yunlan.Office.Send(new PublishResult(yunlan.Safety, "T101"))).OnTime);
    }

    [Fact]
    public async Task Not_before_the_result_and_not_by_another_unit()
    {
        yunlan.Inspection();

        await Refused(new PublishResult(yunlan.Safety, "T101"), "D17", "请先回填结果");
        await Refused(new KeepFromPublication(yunlan.Safety, "T101", "理由"), "D17", "请先回填结果");
        await Refused(new PublishResult(yunlan.Ecology, "T101"), "D15", "不由您的单位办理");
    }

    [Fact]
    public async Task What_ended_on_another_platform_has_its_time_limits_too_opened_once()
    {
        // J37, D17
        await Reported("2026-10-26");
        yunlan.Inspection("T305", but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 16), CompletedOn = new DateOnly(2026, 11, 16) });

        await yunlan.Office.Round();
        Assert.Equal(0, await yunlan.Office.Round());
        Assert.Equal(new DateOnly(2026, 11, 19), yunlan.Office.Use(db => db.Deadlines.Single(d => d.Id == "task.result:T305").DueOn));
    }

    [Fact]
    public void A_record_that_cannot_be_true_is_named()
    {
        // J35
        InspectionTask Task(Func<TaskFacts, TaskFacts> but) => new(but(new TaskFacts("T9", InspectionType.Daily, "U02", "E001", new DateOnly(2026, 11, 17), new DateOnly(2026, 11, 3))
        {
            ScannedInAt = new DateTime(2026, 11, 17, 1, 0, 0, DateTimeKind.Utc),
            CompletedOn = new DateOnly(2026, 11, 17),
            Result = "未发现问题",
            ResultEnteredOn = new DateOnly(2026, 11, 18),
        }));

        Assert.Empty(RecordGaps.Of(Task(facts => facts)));
        Assert.Equal(["没有扫码，也没有未扫码原因"], RecordGaps.Of(Task(facts => facts with { ScannedInAt = null })));
        Assert.Equal(["有未扫码原因，没有执法记录仪编号"], RecordGaps.Of(Task(facts => facts with { ScannedInAt = null, NoScanReason = "当事人拒不配合" })));
        Assert.Equal(
            ["扫码时间（11月19日）晚于结果回填（11月18日）", "扫码时间（11月19日）晚于检查结束（11月17日）"],
            RecordGaps.Of(Task(facts => facts with { ScannedInAt = new DateTime(2026, 11, 18, 16, 0, 0, DateTimeKind.Utc) })));
        Assert.Equal(["公示早于结果回填"], RecordGaps.Of(Task(facts => facts with { PublishedOn = new DateOnly(2026, 11, 17) })));
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Reported(string ended)
    {
        var day = DateOnly.Parse(ended, null);
        yunlan.Office.Time.Set($"{ended} 18:00");
        yunlan.Inspection(but: facts => facts with
        {
            ScheduledOn = day,
            RegisteredOn = day.AddDays(-14),
            ScannedInAt = day.ToDateTime(new TimeOnly(1, 0), DateTimeKind.Utc),
            CompletedOn = day,
            Result = "未发现问题",
            ResultEnteredOn = day,
        });
        await yunlan.Office.Round();
    }

    private async Task Refused<T>(MediatR.IRequest<T> command, string clause, string because)
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command));
        Assert.Equal(clause, broken.Rule.Clause);
        Assert.Contains(because, broken.Message, StringComparison.Ordinal);
    }
}
