using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Door;
using Bot.Domain.Inspections;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Results;

/// <summary>J35, J37, J38, S20, S21, D14, W17, W31, W37, W38: from the end of a visit to the last corrected problem.</summary>
public sealed class EnteringResults : IDisposable
{
    private static readonly ProblemFound Ledger = new("台账不全", "《安全生产法》第四十一条", new DateOnly(2027, 1, 15));

    private readonly Yunlan yunlan = new("2026-11-16 09:00");

    [Fact]
    public async Task The_enterprise_hears_the_result_its_basis_and_how_to_object_and_is_asked_for_a_rating()
    {
        // W37, W38
        await Visited("2026-11-16");

        var receipt = await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T101", ResultKind.NothingFound, []));

        Assert.Equal((true, false, new DateOnly(2026, 12, 14)), (receipt.OnTime, receipt.WaitsForLeader, receipt.PublishBy!.On));
        var text = yunlan.Notice("N61", "P001");
        Assert.Contains("（任务T101）的结果：未发现问题", text, StringComparison.Ordinal);
        Assert.Contains("检查依据：《中华人民共和国安全生产法》", text, StringComparison.Ordinal);
        Assert.Contains("行政复议", text, StringComparison.Ordinal);
        Assert.Equal(["P001"], yunlan.Told("N15"));
    }

    [Theory]
    [InlineData("2026-11-16", "2026-11-19")]
    [InlineData("2026-09-17", "2026-09-21")]
    [InlineData("2026-09-30", "2026-10-10")]
    [InlineData("2026-02-13", "2026-02-25")]
    public async Task The_result_is_due_in_three_working_days(string day, string due)
    {
        // J37: plain, over the make-up Sunday of 20 September, over National Day to the make-up Saturday, over Spring Festival from the make-up Saturday.
        Assert.Equal(DateOnly.Parse(due, null), (await Visited(day)).ResultDue);
    }

    [Theory]
    [InlineData("2026-11-19 23:59", true, 0)]
    [InlineData("2026-11-20 00:01", false, 1)]
    [InlineData("2026-11-22 10:00", false, 1)]
    public async Task On_the_last_day_it_is_on_time_and_the_day_after_it_is_not(string now, bool onTime, int overdueBy)
    {
        // J37
        await Visited("2026-11-16");
        yunlan.Office.Time.Set(now);

        var receipt = await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T101", ResultKind.NothingFound, []));

        Assert.Equal((onTime, overdueBy), (receipt.OnTime, receipt.OverdueBy));
    }

    [Fact]
    public async Task A_visit_of_several_days_counts_from_its_last()
    {
        // J37
        await Visited("2026-11-16");
        yunlan.Office.Time.Set("2026-11-20 18:00");

        var receipt = await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T101", ResultKind.NothingFound, []) { EndedOn = new DateOnly(2026, 11, 18) });

        Assert.True(receipt.OnTime);
        Assert.Equal(new DateOnly(2026, 12, 16), receipt.PublishBy!.On);
    }

    [Fact]
    public async Task Not_before_the_scan_not_twice_and_not_by_others()
    {
        // J06
        yunlan.Inspection(but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 16) });
        var result = new EnterResult(yunlan.Safety, "T101", ResultKind.NothingFound, []);
        await Refused(result, "J06", "请先扫码，或登记未扫码原因");
        await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T101"));
        await Refused(result with { By = yunlan.Ecology }, "D15", "不在它的检查人员里");
        await yunlan.Office.Send(result);
        await Refused(result, "J37", "已经回填");
    }

    [Fact]
    public async Task What_contradicts_itself_is_asked_again()
    {
        // J35, J38
        await Visited("2026-11-16");

        await Refused(Result(ResultKind.NothingFound, Ledger), "J38", "前后不一致");
        await Refused(Result(ResultKind.NothingFound) with { Penalty = true }, "J38", "前后不一致");
        await Refused(Result(ResultKind.OrderedToCorrect), "J38", "逐项写明");
        await Refused(Result(ResultKind.OrderedToCorrect, Ledger with { CorrectBy = null }), "D14", "改正期限");
        await Refused(Result(ResultKind.OrderedToCorrect, Ledger with { CorrectBy = new DateOnly(2026, 11, 15) }), "D14", "已经过了");
        await Refused(Result(ResultKind.OrderedToCorrect, Ledger with { Basis = " " }), "W38", "依据");
        await Refused(Result(ResultKind.Other), "J38", "用一两句话写明");
        await Refused(Result((ResultKind)9), "J37", "请选一种");
        await Refused(Result(ResultKind.OrderedToCorrect, Ledger with { Text = new string('台', 501) }), "J38", "太长");
        await Refused(Result(ResultKind.NothingFound) with { EndedOn = new DateOnly(2026, 11, 15) }, "J35", "不能早于到场");
        await Refused(Result(ResultKind.NothingFound) with { EndedOn = new DateOnly(2026, 11, 17) }, "J35", "不能早于到场");
        Assert.Equal(InspectionStage.UnderWay, yunlan.Office.Use(db => db.Tasks.Single().Stage));
        Assert.Empty(yunlan.Office.Use(db => db.Problems.ToList()));
    }

    [Fact]
    public async Task A_minor_matter_is_punished_only_with_a_ground()
    {
        // S20
        await Visited("2026-11-16");
        var minor = Result(ResultKind.OrderedToCorrect, Ledger) with { Minor = true, Penalty = true };

        await Refused(minor, "S20", "教育引导");
        Assert.True((await yunlan.Office.Send(minor with { PenaltyGround = "一年内第三次" })).OnTime);
    }

    [Fact]
    public async Task Problems_are_followed_up_until_somebody_has_seen_them_corrected()
    {
        // D14, W17
        await Visited("2026-11-16");
        await yunlan.Office.Send(Result(ResultKind.OrderedToCorrect, Ledger with { CorrectBy = new DateOnly(2026, 12, 4) }, Ledger with { Text = "灭火器过期", CorrectBy = new DateOnly(2026, 11, 30) }));
        Assert.Contains("2. 灭火器过期（依据：《安全生产法》第四十一条；11月30日（周一）前改正）", yunlan.Notice("N61", "P001"), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 12, 4), yunlan.Office.Use(db => db.Deadlines.Single(d => d.Id == "task.problem:T101-1").DueOn));

        yunlan.Office.Time.Set("2026-12-08 09:00");
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));

        Assert.Contains("L-U02", yunlan.Told("N8"));
        await Refused(new CloseProblem(yunlan.Ecology, "T101-1", "已看"), "D15", "不由您的单位办理");
        Assert.Equal(1, (await yunlan.Office.Send(new CloseProblem(yunlan.Safety, "T101-1", "现场复查，台账已补齐"))).StillOpen);
        Assert.Contains("台账不全（任务T101）已改正，该问题已销号", yunlan.Notice("N65", "P001"), StringComparison.Ordinal);
        await Refused(new CloseProblem(yunlan.Safety, "T101-1", "再看"), "W17", "已经销号");
        Assert.False(yunlan.Office.Use(db => db.Deadlines.Single(d => d.Id == "task.problem:T101-1").IsOpen));
    }

    [Fact]
    public async Task What_was_corrected_on_the_spot_needs_no_day()
    {
        await Visited("2026-11-16");

        await yunlan.Office.Send(Result(ResultKind.CorrectedOnTheSpot, Ledger with { CorrectBy = null }));

        Assert.Equal(new DateOnly(2026, 11, 16), yunlan.Office.Use(db => db.Problems.Single().ClosedOn));
    }

    [Fact]
    public async Task Advice_follows_within_three_working_days_or_the_inspectors_are_reminded()
    {
        // S21
        await Visited("2026-11-16");
        Assert.Equal(new DateOnly(2026, 11, 19), (await yunlan.Office.Send(Result(ResultKind.OrderedToCorrect, Ledger))).AdviceBy);
        yunlan.Office.Time.Set("2026-11-20 09:00");
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));
        Assert.Contains(yunlan.Office.Use(db => db.Notices.Where(n => n.Kind == "N8" && n.PersonId == "I05").Select(n => n.Text).ToList()), text => text.Contains("改进建议", StringComparison.Ordinal));
        await Refused(new GiveAdvice(yunlan.Safety, "T101", ["", " "]), "S21", "一行一条");

        await yunlan.Office.Send(new GiveAdvice(yunlan.Safety, "T101", ["每月对一次台账", "指定专人管台账", "过期的灭火器送检"]));

        Assert.StartsWith("针对云澜区应急管理局11月16日的检查，给您3条改进建议：\n1. 每月对一次台账", yunlan.Notice("N63", "P001"), StringComparison.Ordinal);
        Assert.False(yunlan.Office.Use(db => db.Deadlines.Single(d => d.Id == "task.advice:T101").IsOpen));
        await Refused(new GiveAdvice(yunlan.Safety, "T101", ["再来一条"]), "S21", "已经发给企业");
    }

    [Fact]
    public async Task Another_opinion_on_the_same_matter_needs_a_reason_and_the_leader()
    {
        // W31
        await Visited("2026-11-16", "T101");
        await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T101", ResultKind.NothingFound, []));
        await Visited("2026-11-23", "T102");
        var second = new EnterResult(yunlan.Safety, "T102", ResultKind.OrderedToCorrect, [Ledger]);
        await Refused(second, "W31", "11月16日云澜区应急管理局（T101）：未发现问题");

        Assert.True((await yunlan.Office.Send(second with { DiffersBecause = "上次没有查台账" })).WaitsForLeader);

        Assert.Single(yunlan.Told("N61"));
        Assert.Equal(["L-U02"], yunlan.Told("N62"));
        await Refused(second with { DiffersBecause = "上次没有查台账" }, "W31", "在等单位负责人确认");
        await Refused(new DecideResult(yunlan.TransportLeader, "T102", true), "D15", "不由您的单位办理");
        await Refused(new DecideResult(yunlan.SafetyLeader, "T102", false), "W31", "写明理由");
        await yunlan.Office.Send(new DecideResult(yunlan.SafetyLeader, "T102", false, "请附照片"));
        Assert.Contains("请附照片", yunlan.Notice("N64", "I05"), StringComparison.Ordinal);
        yunlan.Office.Time.Set("2026-11-24 09:00");
        await yunlan.Office.Send(second with { DiffersBecause = "上次没有查台账，附照片" });
        Assert.Equal(new DateOnly(2026, 12, 21), (await yunlan.Office.Send(new DecideResult(yunlan.SafetyLeader, "T102", true))).PublishBy!.On);
        Assert.Equal(2, yunlan.Told("N61").Count);
        await Refused(new DecideResult(yunlan.SafetyLeader, "T102", true), "W31", "没有等您确认");
    }

    [Fact]
    public async Task A_new_year_begins_without_earlier_opinions()
    {
        // W31
        await Visited("2026-11-16");
        await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T101", ResultKind.NothingFound, []));
        await Visited("2027-01-18", "T102");

        Assert.False((await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T102", ResultKind.OrderedToCorrect, [Ledger with { CorrectBy = new DateOnly(2027, 2, 1) }]))).WaitsForLeader);
    }

    [Fact]
    public async Task A_suspected_crime_is_handed_over_under_a_document_number()
    {
        // D18
        await Visited("2026-11-16");
        await yunlan.Office.Send(Result(ResultKind.OrderedToCorrect, Ledger));
        var transfer = new TransferSuspectedCrime(yunlan.Safety, "T101", "云澜区公安分局", "", new DateOnly(2026, 11, 16));

        await Refused(transfer, "D18", "文号");
        await Refused(transfer with { DocumentNumber = "云应急移〔2026〕1号", On = new DateOnly(2026, 11, 15) }, "D18", "移送日期");
        await yunlan.Office.Send(transfer with { DocumentNumber = "云应急移〔2026〕1号" });

        Assert.Equal("云应急移〔2026〕1号", yunlan.Office.Use(db => db.Results.Single().TransferNumber));
    }

    [Fact]
    public async Task The_enterprise_sees_its_own_record_with_source_and_date_and_nobody_elses()
    {
        // D16, D19
        await Visited("2026-11-16");
        await yunlan.Office.Send(Result(ResultKind.OrderedToCorrect, Ledger));
        yunlan.Inspection("T102", waived: true, previewed: false);

        var record = (await yunlan.Office.Send(new MyInspectionRecord(yunlan.Qinghe))).Single();

        Assert.Equal(("T101", "责令改正", new DateOnly(2026, 11, 16), "云澜区应急管理局在本平台回填"), (record.TaskId, record.Result, record.RecordedOn, record.Source));
        Assert.Equal("台账不全", record.Problems.Single().Text);
        Assert.Empty(await yunlan.Office.Send(new MyInspectionRecord(yunlan.Shiqiaohe)));
    }

    [Fact]
    public async Task The_bureau_counts_visits_without_a_scan_and_minor_matters_that_were_punished()
    {
        // S30
        yunlan.Inspection(but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 16) });
        await yunlan.Office.Send(new RecordNoScan(yunlan.Safety, "T101", NoScanReason.Refused, "REC-0617"));
        await yunlan.Office.Send(Result(ResultKind.OrderedToCorrect, Ledger) with { Minor = true, Penalty = true, PenaltyGround = "一年内第三次" });

        var used = (await yunlan.Office.Send(new UseOfPowers(yunlan.Bureau, new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30)))).Single();

        Assert.Equal(("U02", 1, 1, 1), (used.UnitId, used.Done, used.NotScanned, used.MinorPunished));
    }

    public void Dispose() => yunlan.Dispose();

    private EnterResult Result(ResultKind kind, params ProblemFound[] problems) => new(yunlan.Safety, "T101", kind, problems);

    private async Task<ScannedIn> Visited(string day, string task = "T101")
    {
        yunlan.Office.Time.Set($"{day} 09:00");
        var on = DateOnly.Parse(day, null);
        yunlan.Inspection(task, but: facts => facts with { ScheduledOn = on, RegisteredOn = on.AddDays(-14), ApprovedOn = on.AddDays(-12), PreviewSentOn = on.AddDays(-9) });
        return await yunlan.Office.Send(new ScanIn(yunlan.Safety, task));
    }

    private async Task Refused<T>(MediatR.IRequest<T> command, string clause, string because)
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command));
        Assert.Equal(clause, broken.Rule.Clause);
        Assert.Contains(because, broken.Message, StringComparison.Ordinal);
    }
}
