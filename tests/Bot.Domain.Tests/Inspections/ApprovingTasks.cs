using Bot.Domain.Inspections;
using Bot.Domain.Plans;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using Bot.Testing;
using MediatR;
using static Bot.Testing.YearOfPlans;

namespace Bot.Domain.Tests.Inspections;

/// <summary>J06, J10, J13, J14, J16, J19, J21, J23, S24: from submission over the leader to the preview, and what the leader has to say himself.</summary>
public sealed class ApprovingTasks : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan().WithPlans();

    [Fact]
    public async Task The_leader_sees_it_approves_it_and_the_enterprise_is_told_at_once() // J10, J16
    {
        var id = await yunlan.Submitted(Draft());
        Assert.Equal(["L-U02"], yunlan.Told("N45"));
        Assert.Contains("12月18日（周五）上午，日常检查，检查事项：工贸企业安全生产检查", yunlan.Notice("N45", "L-U02"), StringComparison.Ordinal);
        Assert.Empty(yunlan.Told("N1"));

        var receipt = await Approve(id);

        Assert.Equal((InspectionStage.Previewed, 1, null), (receipt.Stage, receipt.PreviewTold, receipt.PreviewHindered));
        Assert.Contains("2026年12月18日（周五）上午到贵单位开展日常检查", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
        Assert.Equal(["I05", "I06"], yunlan.Told("N46"));
        Assert.Equal(("L-U02", Date("2026-11-22")), (yunlan.Task(id).ApprovedBy, yunlan.Task(id).ApprovedOn));
    }

    [Fact]
    public async Task Only_the_leader_of_the_own_unit_approves() // J10
    {
        var id = await yunlan.Submitted(Draft());

        await Refused(new ApproveTask(yunlan.Safety, id), "您的身份不能办理");
        await Refused(new ApproveTask(yunlan.SafetyLiaison, id), "您的身份不能办理");
        await Refused(new ApproveTask(yunlan.TransportLeader, id), "不由您的单位办理");
        await Refused(new ApproveTask(yunlan.SafetyLeader, "T26-99"), "不由您的单位办理");
        await Refused(new ReturnTask(yunlan.TransportLeader, id, "不行"), "不由您的单位办理");
        Assert.Equal(InspectionStage.Submitted, yunlan.Task(id).Stage);
    }

    [Fact]
    public async Task Nothing_is_skipped_and_nothing_done_twice() // J06
    {
        var id = (await yunlan.Office.Send(new RegisterTask(yunlan.Safety, Draft()))).TaskId;
        await Refused(new ApproveTask(yunlan.SafetyLeader, id), "待批准", "待报审");
        await Refused(new SendPreview(yunlan.Safety, id), "批准后才能发送预告");

        await yunlan.Office.Send(new SubmitTask(yunlan.Safety, id));
        await Refused(new SubmitTask(yunlan.Safety, id), "不在报审阶段");
        await Approve(id);
        await Refused(new ApproveTask(yunlan.SafetyLeader, id), "不在待批准阶段");
        await Refused(new ReturnTask(yunlan.SafetyLeader, id, "晚了"), "不在待批准阶段");
        await Refused(new SubmitTask(yunlan.Safety, "T404"), "请先登记检查任务"); // J04
        await Refused(new SubmitTask(yunlan.Ecology, id), "不由您的单位办理");
    }

    [Fact]
    public async Task Sent_back_with_a_reason_it_may_be_submitted_again() // J10
    {
        var id = await yunlan.Submitted(Draft());
        await Refused(new ReturnTask(yunlan.SafetyLeader, id, "  "), "请写明理由");
        await yunlan.Office.Send(new ReturnTask(yunlan.SafetyLeader, id, "先备案"));

        Assert.Equal("先备案", yunlan.Task(id).ReturnedBecause);
        Assert.Contains("已退回。理由：先备案", yunlan.Notice("N46", "I05"), StringComparison.Ordinal);
        yunlan.Office.Time.Advance(TimeSpan.FromMinutes(5));
        await yunlan.Office.Send(new SubmitTask(yunlan.Safety, id));
        Assert.Equal(["L-U02", "L-U02"], yunlan.Told("N45"));
    }

    [Fact]
    public async Task A_special_inspection_on_quiet_days_waits_for_its_filing() // J14, X-Q3
    {
        var id = await yunlan.Submitted(SpecialDraft("2026-12-10"));
        Assert.Contains("须先将计划或方案报云澜区司法局备案", yunlan.Notice("N45", "L-U02"), StringComparison.Ordinal);
        await Refused(new ApproveTask(yunlan.SafetyLeader, id), "备案后方可在安静日实施");

        await yunlan.Office.Send(new AskToFileForQuietDays(yunlan.Safety, Special, "寒潮前集中检查"));
        Assert.Equal(["S1"], yunlan.Told("N50"));
        await yunlan.Office.Send(new FileForQuietDays(yunlan.Bureau, Special));

        Assert.Contains("L-U02", yunlan.Told("N51"));
        Assert.Equal(InspectionStage.Previewed, (await Approve(id)).Stage);
        var view = await yunlan.Office.Send(new TaskDetail(yunlan.Safety, id));
        Assert.Contains(view.Checks, check => check.Words.Contains("计划已于11月22日备案", StringComparison.Ordinal)); // X-Q2 shows the filing date
    }

    [Fact]
    public async Task Filing_for_quiet_days_is_asked_by_the_unit_and_done_by_the_bureau() // J14
    {
        await Refused(new FileForQuietDays(yunlan.Bureau, Special), "还没有为这个计划申请");
        await Refused(new AskToFileForQuietDays(yunlan.Safety, Annual, "想早点去"), "只有专项检查和上级指定的检查");
        await Refused(new AskToFileForQuietDays(yunlan.Ecology, Special, "想去"), "不是本单位的计划");
        await Refused(new AskToFileForQuietDays(yunlan.Safety, Special, ""), "请写明理由");
        await yunlan.Office.Send(new AskToFileForQuietDays(yunlan.Safety, Special, "寒潮前集中检查"));
        await Refused(new FileForQuietDays(yunlan.SafetyLeader, Special), "您的身份不能办理");
        await yunlan.Office.Send(new FileForQuietDays(yunlan.Bureau, Special));
        await Refused(new AskToFileForQuietDays(yunlan.Safety, Special, "再来"), "已经备案");
        await Refused(new FileForQuietDays(yunlan.Bureau, "P-404"), "没有找到这个计划");
    }

    [Fact]
    public async Task Whoever_takes_the_step_the_plan_is_filed_once_and_all_who_wait_hear_of_it() // J14
    {
        await yunlan.Office.Send(new AskToFileForQuietDays(yunlan.Safety, Special, "寒潮前集中检查"));

        await yunlan.Office.Send(new FileWithJustice(yunlan.SafetyLiaison, Special));

        Assert.Equal(["L-U02", "LI-U02"], yunlan.Told("N51"));
        await Refused(new FileForQuietDays(yunlan.Bureau, Special), "已经备案");
    }

    [Fact]
    public async Task A_certificate_that_is_suspended_meanwhile_stops_submission_and_approval() // S22, S24
    {
        var submitted = await yunlan.Submitted(Draft());
        var registered = (await yunlan.Office.Send(new RegisterTask(yunlan.Safety, Draft("2026-12-21")))).TaskId;
        yunlan.Office.Certify("I06", "99020001006", status: "暂停");

        await Refused(new ApproveTask(yunlan.SafetyLeader, submitted), "许如山的执法证暂停");
        await Refused(new SubmitTask(yunlan.Safety, registered), "许如山的执法证暂停");
    }

    [Fact]
    public async Task Over_the_cap_the_leader_says_why_and_the_bureau_hears_of_it() // J21, X-C2
    {
        yunlan.Office.Use(db =>
        {
            db.Enterprises.Single(e => e.Id == "E001").AnnualOnSiteCapPerUnit = 1;
            return db.SaveChanges();
        });
        yunlan.Inspection("T401", but: facts => facts with { ScheduledOn = Date("2026-04-22"), CompletedOn = Date("2026-04-22") });
        var id = await yunlan.Submitted(Draft() with { Remark = "举报线索需要现场核实" });

        await Refused(new ApproveTask(yunlan.SafetyLeader, id), "再检查就超过上限", "同意的，请写明理由");
        await yunlan.Office.Send(new ApproveTask(yunlan.SafetyLeader, id, "线索明确，同意现场核实"));

        Assert.Equal("线索明确，同意现场核实", yunlan.Task(id).LeaderRemark);
        Assert.Equal(["LI-U02", "S1"], yunlan.Told("N47"));
    }

    [Fact]
    public async Task An_enterprises_own_request_on_quiet_days_needs_the_leaders_written_consent() // J15, X-Q8
    {
        var id = await yunlan.Submitted(Complaint("2026-12-04") with { Ground = InspectionGround.EnterpriseRequest, SourceNumber = "青禾函〔2026〕3号", Explanation = "请贵局到我公司验收" });

        await Refused(new ApproveTask(yunlan.SafetyLeader, id), "由单位负责人书面同意");
        Assert.Equal(InspectionStage.Approved, (await yunlan.Office.Send(new ApproveTask(yunlan.SafetyLeader, id, "同意企业申请"))).Stage);
        Assert.Empty(yunlan.Told("N1"));
    }

    [Fact]
    public async Task A_waived_preview_is_the_leaders_and_reaches_nobody() // J19
    {
        var id = await yunlan.Submitted(SpecialDraft() with { WaiverReason = "排查粉尘爆炸风险" });
        await Refused(new WaivePreview(yunlan.Safety, id, "突然性"), "您的身份不能办理");
        await Refused(new WaivePreview(yunlan.TransportLeader, id, "突然性"), "不由您的单位办理");
        await Refused(new WaivePreview(yunlan.SafetyLeader, id, " "), "请写明理由");
        await yunlan.Office.Send(new WaivePreview(yunlan.SafetyLeader, id, "强调突然性"));
        var receipt = await Approve(id);

        Assert.Equal((true, 0, InspectionStage.Approved), (receipt.Surprise, receipt.PreviewTold, receipt.Stage));
        Assert.Empty(yunlan.Told("N1"));
        Assert.Contains("请勿向检查对象透露", string.Concat(yunlan.Office.Use(db => db.Notices.Where(n => n.Kind == "N46").Select(n => n.Text).ToList())), StringComparison.Ordinal);
        Assert.Empty(await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe)));
        await yunlan.Office.Send(new WithdrawTask(yunlan.Safety, id, "计划调整"));
        Assert.DoesNotContain("P001", yunlan.Office.Use(db => db.Notices.Select(n => n.PersonId).ToList())); // not even that it fell away
    }

    [Fact]
    public async Task A_daily_inspection_is_never_a_surprise() // J19, X-V3
    {
        var id = await yunlan.Submitted(Draft());
        await Refused(new WaivePreview(yunlan.SafetyLeader, id, "了解真实情况"), "免预告只适用于专项检查");

        yunlan.Inspection("T135", previewed: false, but: facts => facts with { PreviewWaived = true });
        Assert.Equal(1, (await yunlan.Office.Send(new SendPreview(yunlan.Safety, "T135"))).Told); // the waiver does not hold, the preview goes out
    }

    [Fact]
    public async Task Where_nobody_is_bound_the_inspectors_are_told_to_use_the_telephone() // J16
    {
        yunlan.Office.Use(db =>
        {
            db.Bindings.RemoveRange(db.Bindings.Where(binding => binding.EnterpriseId == "E001"));
            return db.SaveChanges();
        });
        var id = await yunlan.Submitted(Draft());
        var receipt = await Approve(id);

        Assert.Equal((InspectionStage.Approved, 0), (receipt.Stage, receipt.PreviewTold));
        Assert.Contains("没有人收到的预告不算预告，请电话或书面告知企业", yunlan.Notice("N1f", "I05"), StringComparison.Ordinal);
        Assert.Null(yunlan.Task(id).PreviewSentOn);
    }

    [Fact]
    public async Task A_complaint_is_looked_into_without_a_preview() // J15, J16
    {
        var id = await yunlan.Submitted(Complaint());

        Assert.Equal((InspectionStage.Approved, 0), ((await Approve(id)).Stage, yunlan.Told("N1").Count));
    }

    [Fact]
    public async Task Another_units_people_see_nothing_and_a_joint_units_do() // D15
    {
        var id = await yunlan.Submitted(Draft());
        await Refused(new TaskDetail(yunlan.Ecology, id), "不由您的单位办理");
        Assert.Empty(await yunlan.Office.Send(new ToApprove(yunlan.TransportLeader)));
        Assert.Empty(await yunlan.Office.Send(new ComingTasks(yunlan.Ecology)));
        Assert.Equal(id, Assert.Single(await yunlan.Office.Send(new ToApprove(yunlan.SafetyLeader))).Task.Id);
        Assert.Equal(id, (await yunlan.Office.Send(new TaskDetail(yunlan.Bureau, id))).Id);

        yunlan.Inspection("T500", but: facts => facts with { JointUnitIds = ["U03"] });
        Assert.Equal("T500", (await yunlan.Office.Send(new TaskDetail(yunlan.Ecology, "t500"))).Id);
        await Refused(new WithdrawTask(yunlan.Ecology, "T500", "不去了"), "不由您的单位办理");
    }

    public void Dispose() => yunlan.Dispose();

    private Task<ApprovalReceipt> Approve(string id) => yunlan.Office.Send(new ApproveTask(yunlan.SafetyLeader, id));

    private async Task Refused<T>(IRequest<T> command, params string[] words)
    {
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command));
        Assert.All(words, expected => Assert.Contains(expected, refused.Message, StringComparison.Ordinal));
    }
}
