using Bot.Domain.Inspections;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using Bot.Testing;
using MediatR;
using static Bot.Testing.YearOfPlans;

namespace Bot.Domain.Tests.Inspections;

/// <summary>J12, J13, J16, J22, J23, W05: a task that moves, falls away, begins at once, is left out, or that the enterprise would like on another day.</summary>
public sealed class ChangingTasks : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan().WithPlans();

    [Fact]
    public async Task A_task_that_moves_goes_before_the_leader_again_and_the_enterprise_reads_the_old_day_until_then() // J10, J13, J16
    {
        var id = await Approved();
        yunlan.Office.Time.Advance(TimeSpan.FromMinutes(5));
        var moved = await yunlan.Office.Send(new MoveTask(yunlan.Safety, id, Date("2026-12-21"), "下午"));

        Assert.Equal(InspectionStage.Submitted, moved.Stage);
        Assert.Equal(Date("2026-12-18"), (await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe))).Single().On);
        Assert.Single(yunlan.Told("N1"));

        await yunlan.Office.Send(new ApproveTask(yunlan.SafetyLeader, id));
        Assert.StartsWith("【变更】", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
        Assert.Contains("12月21日（周一）下午", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
        Assert.Equal(Date("2026-12-21"), (await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe))).Single().On);
    }

    [Fact]
    public async Task A_change_into_quiet_days_is_refused_and_changes_nothing() // J13
    {
        var id = await Approved();

        await Refused(new MoveTask(yunlan.Safety, id, Date("2026-12-15")), "最早可选12月16日（周三）");
        await Refused(new MoveTask(yunlan.Safety, id, Date("2026-11-21")), "不能早于今天");
        await Refused(new MoveTask(yunlan.Safety, id, Date("2026-12-18"), "上午"), "没有变化");
        await Refused(new MoveTask(yunlan.Safety, id, Date("2027-01-18")), "另行登记");
        await Refused(new MoveTask(yunlan.Safety, id, Date("2026-11-25")), "不足7日"); // J36
        await Refused(new MoveTask(yunlan.Safety, id, Date("2026-12-21"), "半夜"), "上午或下午");
        await Refused(new MoveTask(yunlan.Ecology, id, Date("2026-12-21")), "不由您的单位办理");
        await Refused(new MoveTask(yunlan.SafetyLeader, id, Date("2026-12-21")), "您的身份不能办理");
        Assert.Equal((Date("2026-12-18"), InspectionStage.Previewed), (yunlan.Task(id).ScheduledOn, yunlan.Task(id).Stage));
    }

    [Fact]
    public async Task A_special_inspection_moves_out_of_quiet_days_when_it_is_not_filed() // J14, C14
    {
        var id = await yunlan.Submitted(SpecialDraft("2026-12-10"));
        await yunlan.Office.Send(new ReturnTask(yunlan.SafetyLeader, id, "先备案"));

        await Refused(new MoveTask(yunlan.Safety, id, Date("2026-12-11")), "备案后方可在安静日实施");
        Assert.Equal(InspectionStage.Submitted, (await yunlan.Office.Send(new MoveTask(yunlan.Safety, id, Date("2026-12-17")))).Stage);
    }

    [Fact]
    public async Task Tasks_that_a_file_or_a_new_rule_pack_put_onto_quiet_days_are_told_once() // J13, J14, X-Q1, X-Q3
    {
        yunlan.Inspection("T120", but: facts => facts with { ScheduledOn = Date("2026-12-03") });
        yunlan.Inspection("T122", but: facts => facts with { ScheduledOn = Date("2026-12-10"), Type = InspectionType.Special, PlanId = Special });
        yunlan.Inspection("T123", but: facts => facts with { ScheduledOn = Date("2026-12-02"), Type = InspectionType.AdHoc, Ground = InspectionGround.Complaint });
        yunlan.Inspection("T125", but: facts => facts with { ScheduledOn = Date("2026-12-16") });

        await yunlan.Office.Round();
        await yunlan.Office.Round();

        Assert.Equal(["I05", "I06", "LI-U02"], yunlan.Told("N4"));
        Assert.Equal(["I05", "I06", "L-U02", "S1"], yunlan.Told("N70"));
        Assert.Contains("最早可选12月16日（周三）", yunlan.Notice("N4", "I05"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_people_or_items_are_approved_again_and_told_as_a_change() // J16
    {
        var id = await Approved();
        yunlan.Office.Time.Advance(TimeSpan.FromMinutes(5));
        await Refused(new ChangeTeam(yunlan.Safety, id, ["I05"]), "现在有1名");
        await Refused(new ChangeTeam(yunlan.Safety, id, ["I05", "I08"]), "10月31日到期");
        await Refused(new ChangeItems(yunlan.Safety, id, ["IT-404"]), "已公布的事项清单");
        Assert.Equal(InspectionStage.Submitted, (await yunlan.Office.Send(new ChangeItems(yunlan.Safety, id, ["IT-U02-1", "IT-U02-2"]))).Stage);
        await yunlan.Office.Send(new ApproveTask(yunlan.SafetyLeader, id));

        Assert.Contains("粉尘防爆检查", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
        Assert.Equal(2, yunlan.Told("N1").Count);
    }

    [Fact]
    public async Task An_approval_after_which_all_is_as_it_was_sends_nothing_again() // J16
    {
        var id = await Approved();
        await yunlan.Office.Send(new ChangeTeam(yunlan.Safety, id, ["I05", "I06"]));
        var again = await yunlan.Office.Send(new ApproveTask(yunlan.SafetyLeader, id));

        Assert.Equal(InspectionStage.Previewed, again.Stage);
        Assert.Single(yunlan.Told("N1"));
    }

    [Fact]
    public async Task An_inspection_that_falls_away_is_called_off_with_its_reason() // J16
    {
        var id = await Approved();
        await Refused(new WithdrawTask(yunlan.Safety, id, ""), "请写明理由");
        await yunlan.Office.Send(new WithdrawTask(yunlan.Safety, id, "并入年度联合检查"));

        Assert.Contains("12月18日（周五）上午到贵单位开展的日常检查已取消，原因：并入年度联合检查", yunlan.Notice("N1g", "P001"), StringComparison.Ordinal);
        Assert.Empty(await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe)));
        await Refused(new WithdrawTask(yunlan.Safety, id, "再来"), "已经开始或结束");
        await Refused(new MoveTask(yunlan.Safety, id, Date("2026-12-21")), "已经开始或结束");
        await Refused(new SendPreview(yunlan.Safety, id), "取消");
    }

    [Fact]
    public async Task What_is_urgent_begins_with_the_scan_and_is_made_up_for_by_the_next_working_day() // J12, X-A1
    {
        yunlan.Office.Time.JumpTo("2026-11-21 21:40");
        var started = await yunlan.Office.Send(new StartUrgent(yunlan.Safety, "E001", "车间冒烟，有人员滞留", ["IT-U02-1"], ["I05", "I06"]));

        Assert.Equal(Date("2026-11-23"), started.DueOn);
        Assert.Equal((InspectionStage.UnderWay, true), (yunlan.Task(started.TaskId).Stage, yunlan.Task(started.TaskId).Urgent));
        Assert.Equal(["I05", "I06", "L-U02"], yunlan.Told("N16"));
        Assert.Contains("请于11月23日（周一）前向单位负责人书面报告事由和结果并补办审批", yunlan.Notice("N16", "I05"), StringComparison.Ordinal);
        Assert.Contains("21:40检查人员已扫码", yunlan.Notice("N14", "P001"), StringComparison.Ordinal);
        Assert.True(yunlan.Office.Use(db => db.Notices.Where(n => n.Kind == "N16" || n.Kind == "N14").All(n => n.Urgent)));
    }

    [Fact]
    public async Task Report_first_then_the_leader_makes_up_for_it_and_the_limit_is_met() // J12
    {
        yunlan.Office.Time.JumpTo("2026-11-21 21:40");
        var id = (await yunlan.Office.Send(new StartUrgent(yunlan.Safety, "E001", "车间冒烟", ["IT-U02-1"], ["I05", "I06"]))).TaskId;
        yunlan.Office.Time.Set("2026-11-23 09:00");

        await Refused(new MakeUpApproval(yunlan.SafetyLeader, id), "请经办人先书面报告");
        await Refused(new ReportUrgent(yunlan.Safety, id, "车间冒烟", ""), "请写明理由");
        await yunlan.Office.Send(new ReportUrgent(yunlan.Safety, id, "车间冒烟", "已断电，未发现明火"));
        Assert.Equal(ApprovalKind.MakeUp, Assert.Single(await yunlan.Office.Send(new ToApprove(yunlan.SafetyLeader))).Kind);
        await yunlan.Office.Send(new ReturnUrgentReport(yunlan.SafetyLeader, id, "没写现场人数"));
        await Refused(new MakeUpApproval(yunlan.SafetyLeader, id), "请经办人先书面报告");
        yunlan.Office.Time.Advance(TimeSpan.FromMinutes(5));
        await yunlan.Office.Send(new ReportUrgent(yunlan.Safety, id, "车间冒烟", "已断电，现场4人安全"));
        await Refused(new MakeUpApproval(yunlan.TransportLeader, id), "不由您的单位办理");
        await yunlan.Office.Send(new MakeUpApproval(yunlan.SafetyLeader, id));

        Assert.True(yunlan.Office.Use(db => db.Deadlines.Single(d => d.Kind == "task.urgentApproval").OnTime(Date("2026-11-23"))));
        Assert.NotNull(yunlan.Office.Use(db => db.Deadlines.Single(d => d.Kind == "task.urgentApproval").MetAt));
        await Refused(new MakeUpApproval(yunlan.SafetyLeader, id), "已经补办");
        await Refused(new ReportUrgent(yunlan.Safety, id, "x", "y"), "已经补办");
    }

    [Theory] // J12: one working day over a weekend, a holiday, onto a make-up Saturday
    [InlineData("2026-11-20 15:00", "2026-11-23")]
    [InlineData("2026-09-30 15:00", "2026-10-08")]
    [InlineData("2026-09-19 15:00", "2026-09-20")]
    public async Task The_limit_counts_working_days_as_they_are(string now, string due)
    {
        yunlan.Office.Time.JumpTo(now);

        Assert.Equal(Date(due), (await yunlan.Office.Send(new StartUrgent(yunlan.Safety, "E001", "冒烟", ["IT-U02-1"], ["I05", "I06"]))).DueOn);
    }

    [Fact]
    public async Task Urgency_frees_nobody_from_certificates_items_or_saying_why() // J12, S24
    {
        await Refused(Urgent(["I05"]), "现在有1名");
        await Refused(Urgent(["I05", "AUX1"]), "辅助人员不能参加");
        await Refused(Urgent(["I06", "I05", "I09"]), "应当是本单位的人员");
        await Refused(Urgent(["I06", "I08"]), "您本人也要在内");
        await Refused(Urgent(["I05", "I06"]) with { Why = " " }, "为什么必须当场检查");
        await Refused(Urgent(["I05", "I06"]) with { ItemIds = [] }, "事项清单");
        await Refused(Urgent(["I05", "I06"]) with { EnterpriseId = "E404" }, "没有找到这家企业");
        await Refused(Urgent(["I05", "I06"]) with { Why = new string('长', 301) }, "300字以内");
        await yunlan.Office.Send(Urgent(["I05", "I06"]));
        await Refused(Urgent(["I05", "I06"]), "已经发起");
        var id = await yunlan.Submitted(Draft());
        await Refused(new ReportUrgent(yunlan.Safety, id, "a", "b"), "不是紧急检查");
        await Refused(new MakeUpApproval(yunlan.SafetyLeader, id), "不是紧急检查");
    }

    [Fact]
    public async Task Average_credit_is_left_out_by_the_unit_itself_and_that_is_kept() // J22
    {
        var id = await Approved();
        var receipt = await yunlan.Office.Send(new ExemptFromVisit(yunlan.Safety, id, "远程核查已完成"));

        Assert.Equal((false, InspectionStage.Exempted), (receipt.WaitsForLeader, receipt.Stage));
        Assert.Equal(("I05", "远程核查已完成"), (yunlan.Task(id).ExemptedBy, yunlan.Task(id).ExemptionReason));
        Assert.Contains("改为非现场方式", yunlan.Notice("N1g", "P001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Low_credit_is_not_left_out_without_the_leader() // J23, X-C1
    {
        yunlan.Office.Use(db =>
        {
            var enterprise = db.Enterprises.Single(e => e.Id == "E001");
            (enterprise.CreditLevel, enterprise.RiskLevel) = ("D", "高");
            return db.SaveChanges();
        });
        var id = await Approved();
        await Refused(new ExemptFromVisit(yunlan.Safety, id, ""), "请写明理由");
        var wish = await yunlan.Office.Send(new ExemptFromVisit(yunlan.Safety, id, "已停产"));

        Assert.Equal((true, InspectionStage.Previewed), (wish.WaitsForLeader, wish.Stage));
        Assert.Contains("（信用D级，风险高）拟免予现场检查", yunlan.Notice("N49", "L-U02"), StringComparison.Ordinal);
        Assert.Equal(ApprovalKind.Exemption, Assert.Single(await yunlan.Office.Send(new ToApprove(yunlan.SafetyLeader))).Kind);
        await yunlan.Office.Send(new RefuseExemption(yunlan.SafetyLeader, id, "高风险，必须去"));
        await Refused(new RefuseExemption(yunlan.SafetyLeader, id, "高风险"), "没有申请免予");
        yunlan.Office.Time.Advance(TimeSpan.FromMinutes(5));
        await yunlan.Office.Send(new ExemptFromVisit(yunlan.Safety, id, "已停产三个月"));
        await Refused(new ExemptFromVisit(yunlan.TransportLeader, id, "可以"), "不由您的单位办理");

        Assert.Equal(InspectionStage.Exempted, (await yunlan.Office.Send(new ExemptFromVisit(yunlan.SafetyLeader, id, ""))).Stage);
    }

    public void Dispose() => yunlan.Dispose();

    private StartUrgent Urgent(IReadOnlyList<string> team) => new(yunlan.Safety, "E001", "车间冒烟", ["IT-U02-1"], team);

    private async Task<string> Approved()
    {
        var id = await yunlan.Submitted(Draft());
        await yunlan.Office.Send(new ApproveTask(yunlan.SafetyLeader, id));
        return id;
    }

    private async Task Refused<T>(IRequest<T> command, params string[] words)
    {
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command));
        Assert.All(words, expected => Assert.Contains(expected, refused.Message, StringComparison.Ordinal));
    }
}
