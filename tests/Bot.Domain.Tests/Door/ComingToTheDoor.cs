using Bot.Domain.Door;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Door;

/// <summary>J06, J12, J30, J31, S24: how a visit begins, and what stands in its way.</summary>
public sealed class ComingToTheDoor : IDisposable
{
    private readonly Yunlan yunlan = new("2026-12-18 09:32");

    [Fact]
    public async Task The_enterprise_is_told_at_once_who_has_scanned_in()
    {
        // J30
        yunlan.Inspection();

        var scanned = await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T101"));

        Assert.Equal((1, new DateOnly(2026, 12, 23)), (scanned.Told, scanned.ResultDue));
        Assert.Equal("09:32检查人员已扫码：云澜区应急管理局，何安宁 99020001005、许如山 99020001006，工贸企业安全生产检查。人与证不符、事项不符，请回复“核验”或“投诉”。", yunlan.Notice("N14", "P001"));
        Assert.True(yunlan.Office.Use(db => db.Notices.Single(n => n.Kind == "N14").Urgent));
        Assert.Equal(InspectionStage.UnderWay, yunlan.Office.Use(db => db.Tasks.Single().Stage));
    }

    [Theory]
    [InlineData("2026-12-17 23:59")]
    [InlineData("2026-12-19 00:00")]
    public async Task Not_on_another_day(string now)
    {
        // J30
        yunlan.Inspection();
        yunlan.Office.Time.Set(now);

        await Refused(new ScanIn(yunlan.Safety, "T101"), "J30", "任务T101登记的检查日是12月18日（周五），今天是");
    }

    [Fact]
    public async Task Not_before_approval_and_the_missing_step_is_named()
    {
        // J04, J06
        yunlan.Inspection(but: facts => facts with { ApprovedOn = null, ApprovedBy = null, PreviewSentOn = null });

        await Refused(new ScanIn(yunlan.Safety, "T101"), "J06", "请先报审，经单位负责人批准");
        await Refused(new RecordNoScan(yunlan.Safety, "T101", NoScanReason.Refused, "REC-0617"), "J06", "请先报审");
        await Refused(new IssueInspectionCode(yunlan.Safety, "T101"), "J06", "任务经单位负责人批准后");
    }

    [Fact]
    public async Task Not_without_a_preview_unless_it_was_waived_or_nobody_can_be_told()
    {
        // J16, J19
        yunlan.Inspection(previewed: false);
        yunlan.Inspection("T102", previewed: false, waived: true);
        yunlan.Office.Add(new Bot.Domain.People.Enterprise("X01", "桥南路18号小型加工点", null));
        yunlan.Inspection("T103", previewed: false, enterprise: "X01");

        await Refused(new ScanIn(yunlan.Safety, "T101"), "J16", "还没有发送检查预告");
        Assert.Equal(1, (await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T102"))).Told);
        Assert.Equal(0, (await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T103"))).Told);
    }

    [Fact]
    public async Task An_urgent_inspection_begins_with_the_scan_whatever_hour_it_is()
    {
        // J12
        yunlan.Office.Time.Set("2026-11-21 21:40");
        yunlan.Inspection("T310", previewed: false, but: facts => facts with
        {
            Type = InspectionType.AdHoc,
            Ground = InspectionGround.Urgent,
            ScheduledOn = new DateOnly(2026, 11, 21),
            RegisteredOn = new DateOnly(2026, 11, 21),
            ApprovedOn = null,
            ApprovedBy = null,
        });

        await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T310"));

        Assert.StartsWith("21:40检查人员已扫码", yunlan.Notice("N14", "P001"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-31", "有效", "证件过期")]
    [InlineData("2029-12-31", "暂停使用", "证件暂停使用")]
    public async Task Not_with_a_certificate_that_has_ended_since_the_approval(string validTo, string status, string because)
    {
        // S22, S24, J05
        yunlan.Inspection();
        yunlan.Office.Certify("I06", "99020001006", validTo, status);

        await Refused(new ScanIn(yunlan.Safety, "T101"), "S24", $"许如山（{because}）");
    }

    [Fact]
    public async Task Not_by_somebody_who_is_not_on_the_team_and_not_twice()
    {
        yunlan.Inspection();

        await Refused(new ScanIn(yunlan.Ecology, "T101"), "D15", "不在它的检查人员里");
        await Refused(new ScanIn(yunlan.Safety, "T999"), "D15", "没有找到这个检查任务");
        await Refused(new ScanIn(yunlan.Qinghe, "T101"), "D15", "身份");
        await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T101"));
        await Refused(new ScanIn(yunlan.SafetyColleague, "T101"), "J30", "已经登记过到场");
    }

    [Fact]
    public async Task Without_a_scan_one_of_three_reasons_and_the_body_camera_are_recorded()
    {
        // J31
        yunlan.Inspection();
        await Refused(new RecordNoScan(yunlan.Safety, "T101", NoScanReason.Refused, "  "), "J31", "执法记录仪编号");
        await Refused(new RecordNoScan(yunlan.Safety, "T101", (NoScanReason)7, "REC-0617"), "J31", "三种");
        await Refused(new RecordNoScan(yunlan.Safety, "T101", NoScanReason.Refused, new string('9', 41)), "J31", "最多40个字");

        var recorded = await yunlan.Office.Send(new RecordNoScan(yunlan.Safety, "T101", NoScanReason.Refused, "REC-0617"));

        Assert.Equal(("当事人拒不配合", "REC-0617", 9), (recorded.Reason, recorded.RecorderNumber, recorded.At.Hour));
        Assert.Empty(yunlan.Told("N14"));
        await Refused(new RecordNoScan(yunlan.Safety, "T101", NoScanReason.Refused, "REC-0617"), "J30", "已经登记过到场");
    }

    [Theory]
    [InlineData("2026-12-17 12:00", false)]
    [InlineData("2026-12-18 12:00", true)]
    [InlineData("2026-12-21 09:00", true)]
    public async Task The_reason_may_be_noted_afterwards_but_never_before(string now, bool accepted)
    {
        // J31: counted from the day of the inspection all the same (J37).
        yunlan.Inspection();
        yunlan.Office.Time.Set(now);
        var command = new RecordNoScan(yunlan.Safety, "T101", NoScanReason.LicenceNotSeen, "REC-0617");

        if (accepted)
            Assert.Equal(new DateOnly(2026, 12, 23), (await yunlan.Office.Send(command)).ResultDue);
        else
            await Refused(command, "J31", "还没有到");
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Refused<T>(MediatR.IRequest<T> command, string clause, string because)
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command));
        Assert.Equal(clause, broken.Rule.Clause);
        Assert.Contains(because, broken.Message, StringComparison.Ordinal);
    }
}
