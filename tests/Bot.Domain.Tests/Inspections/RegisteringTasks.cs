using Bot.Domain.Commands;
using Bot.Domain.Drawing;
using Bot.Domain.Inspections;
using Bot.Domain.Plans;
using Bot.Domain.Rules;
using Bot.Testing;
using static Bot.Testing.YearOfPlans;

namespace Bot.Domain.Tests.Inspections;

/// <summary>J04, J07, J10, J11, J13–J15, J20–J22, J36, S24, S33, S36, W11, W13, W15, W16, W20, W36: what may be registered, and what is said to it.</summary>
public sealed class RegisteringTasks : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan().WithPlans();

    [Fact]
    public async Task A_planned_inspection_gets_a_number_and_waits_for_its_submission() // J04, J10, J36
    {
        var receipt = await Register(Draft());

        Assert.Equal(("T26-1", "云检任〔2026〕1号", InspectionStage.Registered), (receipt.TaskId, receipt.Number, receipt.Stage));
        Assert.Contains("距检查日26天，符合提前7日登记。", Words(receipt), StringComparison.Ordinal);
        Assert.Contains("该企业今年由本单位检查过0次，上限2次（可视情况降低频次）。", Words(receipt), StringComparison.Ordinal); // J22
        var task = yunlan.Task("T26-1");
        Assert.Equal(("U02", "I05", Annual), (task.UnitId, task.RegisteredBy, task.PlanId));
        Assert.Equal("T26-2", (await Register(Draft("2026-12-21"))).TaskId);
    }

    [Theory] // J13
    [InlineData("2026-12-01", "最早可选12月16日（周三）")]
    [InlineData("2026-12-03", "最早可选12月16日（周三）")]
    [InlineData("2026-12-15", "最早可选12月16日（周三）")]
    public async Task A_daily_inspection_on_a_quiet_day_is_refused_with_the_earliest_day(string day, string words)
    {
        await Refused(Draft(day), words, "安静日（1—15日）内，日常检查不能安排", "泰姜政办〔2025〕13号");
        Assert.Equal("T26-1", (await Register(Draft("2026-12-16"))).TaskId);
    }

    [Theory] // J13: over the Spring Festival, over a weekend
    [InlineData("2026-02-09 09:00", "2026-02-10", "2月24日（周二）")]
    [InlineData("2026-05-04 09:00", "2026-05-08", "5月18日（周一）")]
    public async Task The_earliest_day_is_a_working_day(string now, string day, string earliest)
    {
        yunlan.Office.Time.JumpTo(now);
        await Refused(Draft(day) with { Remark = "临时调整" }, earliest);
    }

    [Fact]
    public async Task Half_past_midnight_on_the_sixteenth_counts_as_the_sixteenth_in_China() // J13
    {
        yunlan.Office.Time.Set("2026-12-16 00:30");

        Assert.Equal("T26-1", (await Register(Draft("2026-12-16") with { Remark = "当天补登" })).TaskId);
    }

    [Fact]
    public async Task A_complaint_an_anomaly_or_an_assignment_is_not_held_up_by_quiet_days() // J15, D20
    {
        var receipt = await Register(Complaint());

        Assert.Contains("本次属投诉举报核查，不受安静日限制，理由已记录。", Words(receipt), StringComparison.Ordinal);
        Assert.Equal(("云监投〔2026〕42号", "群众举报夜间作业无人看护"), (yunlan.Task(receipt.TaskId).SourceNumber, yunlan.Task(receipt.TaskId).Explanation));
        var saturday = await Register(Complaint("2026-12-05") with { Ground = InspectionGround.DataMonitoring, Trigger = "监测预警值异常" });
        Assert.Contains("12月5日（周六）是周末，不是工作日", Words(saturday), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_enterprise_may_ask_for_quiet_days_and_then_the_leader_decides() // J15
    {
        var receipt = await Register(Complaint("2026-12-04") with { Ground = InspectionGround.EnterpriseRequest, SourceNumber = "青禾函〔2026〕3号", Explanation = "请贵局12月4日到我公司验收" });

        Assert.Contains(receipt.Checks, check => check is { Kind: CheckKind.QuietDay, Weight: CheckWeight.NeedsLeader });
    }

    [Fact]
    public async Task Without_a_source_number_or_a_ground_in_writing_nothing_unplanned_is_registered() // J11
    {
        await Refused(Complaint() with { Ground = InspectionGround.Assigned, SourceNumber = null }, "来源编号");
        await Refused(Complaint() with { SourceNumber = "  " }, "来源编号");
        await Refused(Complaint() with { Explanation = "" }, "书面写明事由");
        await Refused(Complaint() with { Explanation = new string('长', 1001) }, "请控制在1000字以内");
        await Refused(Complaint() with { SourceNumber = new string('9', 61) }, "60字以内");
    }

    [Fact]
    public async Task A_triggered_safety_inspection_names_a_trigger_of_the_list() // S36
    {
        var anomaly = Complaint() with { Ground = InspectionGround.DataMonitoring };

        await Refused(anomaly, "规定的触发情形中选择：监测预警值异常");
        await Refused(anomaly with { Trigger = "路过看看" }, "规定的触发情形");
        var receipt = await Register(anomaly with { Trigger = "监测预警值异常" });
        Assert.Equal("监测预警值异常", yunlan.Task(receipt.TaskId).Trigger);
    }

    [Fact]
    public async Task The_type_must_fit_the_ground_and_the_plan() // J07, J10
    {
        await Refused(Draft() with { Type = InspectionType.AdHoc }, "没有计划的，请选临时");
        await Refused(Complaint() with { Type = InspectionType.Daily }, "没有计划的，请选临时");
        await Refused(Draft() with { PlanId = Special }, "检查计划与检查类型不符");
        await Refused(Draft() with { Type = InspectionType.Special }, "检查计划与检查类型不符");
        await Refused(Draft() with { PlanId = null }, "要选所依据的检查计划");
        await Refused(Draft() with { PlanId = "P-U99" }, "没有找到这个检查计划");
        await Refused(Draft() with { Ground = InspectionGround.Urgent }, "请说“紧急检查”");
    }

    [Fact]
    public async Task The_plan_is_ones_own_of_the_year_filed_or_approved() // J10
    {
        yunlan.Office.Add(
            new InspectionPlan("P-U03", "U03", 2026, PlanKind.Annual, "别的单位", Date("2026-02-01")) { JusticeFiledOn = Date("2026-03-01") },
            new InspectionPlan("P-U02-B", "U02", 2026, PlanKind.Annual, "未备案", Date("2026-02-01")),
            new InspectionPlan("P-U02-C", "U02", 2026, PlanKind.Special, "未批准", Date("2026-02-01")));

        await Refused(Draft() with { PlanId = "P-U03" }, "不是本单位的计划");
        await Refused(Draft() with { PlanId = "P-U02-B" }, "还没有报司法局备案");
        await Refused(SpecialDraft() with { PlanId = "P-U02-C" }, "还没有政府或上级的批准");
        await Refused(Draft("2027-01-18"), "不是检查当年的计划");
    }

    [Fact]
    public async Task Six_days_before_is_late_and_needs_a_reason_that_is_kept() // J36
    {
        yunlan.Office.Time.Set("2026-12-11 09:00");
        await Refused(Draft("2026-12-17"), "距检查日6天，不足7日，请说明原因");
        Assert.Equal("T26-1", (await Register(Draft("2026-12-17") with { Remark = "企业临时复工" })).TaskId);
        Assert.Equal("企业临时复工", yunlan.Task("T26-1").Remark);
        await Register(Draft("2026-12-18")); // seven days
        Assert.Null(yunlan.Task("T26-2").Remark);
    }

    [Fact]
    public async Task A_day_gone_by_an_unknown_half_day_or_far_too_many_items_are_refused()
    {
        await Refused(Draft("2026-11-20"), "不能早于今天");
        await Refused(Draft() with { HalfDay = "半夜" }, "上午或下午");
        await Refused(Draft() with { ItemIds = [] }, "至少选一个检查事项");
        await Refused(Draft() with { EnterpriseId = "E999" }, "没有找到这家企业");
        await Refused(Draft() with { Remark = new string('长', 1001) }, "请控制在1000字以内");
    }

    [Fact]
    public async Task Only_published_items_of_the_own_unit() // D06, W02
    {
        yunlan.Office.Add(new InspectionItem("IT-U03-1", "U03", "水污染防治检查", "法") { Published = true });
        yunlan.Office.Add(new InspectionItem("IT-U02-9", "U02", "内部事项", "法"));

        await Refused(Draft() with { ItemIds = ["IT-U03-1"] }, "不在本单位的事项清单里");
        await Refused(Draft() with { ItemIds = ["IT-404"] }, "不在本单位的事项清单里");
        yunlan.Office.Add(new InspectionItem("IT-U02-8", "U02", "未公布事项", "法").ReviewedAs(ItemReview.Approved));
        await Refused(Draft() with { ItemIds = ["IT-U02-9"] }, "“内部事项”待司法局审核，不能检查");
        await Refused(Draft() with { ItemIds = ["IT-U02-8"] }, "“未公布事项”还没有向社会公布，不能检查");
    }

    [Fact]
    public async Task Two_with_a_certificate_that_is_valid_on_the_day_or_nobody_goes() // S22, S23, S24
    {
        await Refused(Draft() with { InspectorIds = ["I05"] }, "须有2名以上持有效执法证的人员，现在有1名");
        await Refused(Draft() with { InspectorIds = ["I05", "I05"] }, "现在有1名");
        await Refused(Draft() with { InspectorIds = [] }, "现在有0名");
        await Refused(Draft() with { InspectorIds = ["I05", "I08"] }, "邵望舒的执法证已于2026年10月31日到期");
        await Refused(Draft() with { InspectorIds = ["I05", "I07"] }, "程以南的执法证暂停，不能安排现场检查");
        await Refused(Draft() with { InspectorIds = ["I05", "AUX1"] }, "庄承礼没有执法证，辅助人员不能参加现场检查");
        await Refused(Draft() with { InspectorIds = ["I05", "I06", "AUX1"] }, "辅助人员不能参加");
        await Refused(Draft() with { InspectorIds = ["I05", "I09"] }, "应当是本单位的人员");
        await Refused(Draft() with { InspectorIds = ["I05", "I404"] }, "应当是本单位的人员");
    }

    [Fact]
    public async Task Going_over_the_cap_or_to_a_top_credit_enterprise_needs_a_reason() // J21, W20, X-C2
    {
        Grade("A", "低", longTerm: true, whiteList: true, cap: 1);
        await Refused(Draft(), "长期最高信用、在柔性监管白名单，本年度已现场检查0次，建议非现场方式");
        Visited("T401", "2026-04-22");

        await Refused(Draft(), "检查过1次，上限1次，再检查就超过上限");
        var receipt = await Register(Draft() with { Remark = "举报线索需要现场核实" });
        Assert.Contains(receipt.Checks, check => check is { Kind: CheckKind.Frequency, Weight: CheckWeight.NeedsLeader });
    }

    [Fact]
    public async Task The_civil_year_begins_the_count_anew() // J21
    {
        Visited("T401", "2025-12-31");
        Visited("T402", "2026-04-22");

        Assert.Contains("检查过1次", Words(await Register(Draft())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_enterprise_that_many_have_visited_is_not_visited_without_a_reason() // S33
    {
        for (var visit = 1; visit <= 6; visit++)
            Visited($"T4{visit}", $"2026-0{visit}-20", unit: visit % 2 == 0 ? "U03" : "U04", item: "IT-X");

        await Refused(Draft(), "该企业今年已接受现场检查6次（2个单位），请评估必要性，优先采用并办或非现场方式");
        Assert.Equal("T26-1", (await Register(Draft() with { Remark = "隐患复查" })).TaskId);
    }

    [Fact]
    public async Task What_a_joint_inspection_has_seen_is_not_inspected_alone_again_this_year() // W11, W13, W15
    {
        Visited("T311", "2026-05-20", unit: "U03", joint: ["U02"]);
        await Refused(Draft(), "该企业5月20日已接受联合检查（T311），同类事项（工贸企业安全生产检查）本年度原则上不再单独检查");
        Assert.DoesNotContain("原则上", Words(await Register(Complaint())), StringComparison.Ordinal);
        Assert.Equal("T26-2", (await Register(Draft() with { Remark = "联合检查未覆盖的车间" })).TaskId);
    }

    [Fact]
    public async Task A_section_does_not_repeat_another_ones_visit_nor_the_district_the_citys() // W13, W15
    {
        Visited("T312", "2026-05-20", section: "危化科");
        yunlan.Office.Use(db =>
        {
            db.Add(new Bot.Domain.People.Unit("C02", "江临市应急管理局", "city", "应急管理", ""));
            db.Add(new InspectionItem("IT-C02-1", "C02", "粉尘防爆检查", "法"));
            return db.SaveChanges();
        });
        Visited("C-1", "2026-10-12", unit: "C02", item: "IT-C02-1");

        await Refused(Draft() with { InspectorIds = ["I05", "I06"], ItemIds = ["IT-U02-2"] }, "市级已于10月12日查过同一事项（粉尘防爆检查，C-1），同一事项不重复检查，结果可直接采用");
        await Refused(Draft() with { InspectorIds = ["I05", "I11"] }, "本单位危化科5月20日已检查过同类事项（工贸企业安全生产检查，T312）");
        Assert.DoesNotContain("已检查过同类事项", Words(await Register(Draft())), StringComparison.Ordinal); // nobody's section is known
    }

    [Fact]
    public async Task An_object_that_was_not_drawn_needs_the_reason_where_it_comes_from() // J20
    {
        yunlan.Office.Use(db =>
        {
            db.Enterprises.Single(e => e.Id == "E054").Industry = "运输";
            return db.SaveChanges();
        });
        var draw = await yunlan.Office.Send(new MakeDraw(yunlan.SafetyLiaison, new DrawWish("运输", 100, InspectionType.Daily, "双色球2026135期")));
        Assert.Equal("E054", Assert.Single(draw.Drawn).EnterpriseId);

        await Refused(Draft(), "检查对象不在模型抽取名单内，请说明来源");
        await Register(Draft() with { EnterpriseId = "E054" });
        await Register(Draft("2026-12-21") with { FullCoverage = true });
        Assert.Equal("信用模型预警", yunlan.Task((await Register(Draft() with { Remark = "信用模型预警" })).TaskId).Remark);
    }

    [Fact]
    public void A_town_does_not_inspect_what_has_moved_away() // W16
    {
        var town = new Bot.Domain.People.Unit("U10", "青榆镇人民政府", "town", "综合行政执法", "");
        var moved = new Bot.Domain.People.Enterprise("E9", "迁走的厂", "91321299MA9009XXXX") { Town = "石桥河镇" };
        var facts = new RegistrationFacts(InspectionType.Daily, InspectionGround.Plan, new VisitFacts("T1", "U10", "town", "", [], [], Date("2026-12-18")), Date("2026-11-22"), moved);

        Assert.Contains(Checks(facts with { Unit = town }), check => check.Words.Contains("该企业登记在石桥河镇，不在本单位辖区", StringComparison.Ordinal));
        moved.Town = "青榆镇";
        Assert.DoesNotContain(Checks(facts with { Unit = town }), check => check.Kind == CheckKind.Place);

        IReadOnlyList<Check> Checks(RegistrationFacts given) => RegistrationChecks.Of(given, yunlan.Office.Calendars.Current, yunlan.Office.Rules).All;
    }

    [Fact]
    public async Task The_same_visit_is_registered_once() // J04
    {
        await Register(Draft());
        await Refused(Draft(), "同一天的检查本单位已经登记");

        await yunlan.Office.Send(new WithdrawTask(yunlan.Safety, "T26-1", "计划取消"));
        Assert.Equal("T26-2", (await Register(Draft())).TaskId);
    }

    [Fact]
    public async Task Nobody_but_an_inspector_opens_an_inspection() // W36, S24
    {
        foreach (var other in new[] { yunlan.SafetyLeader, yunlan.SafetyLiaison, yunlan.Bureau, yunlan.Qinghe, yunlan.Office.Person("O1", "观察员", ActorRole.LegalObserver), Office.Visitor() })
        {
            Assert.Contains("您的身份不能办理", (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new RegisterTask(other, Draft())))).Message, StringComparison.Ordinal);
            Assert.Contains("您的身份不能办理", (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new StartUrgent(other, "E001", "冒烟", ["IT-U02-1"], ["I05", "I06"])))).Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, yunlan.Office.Use(db => db.Tasks.Count()));
    }

    [Fact]
    public async Task Asking_for_surprise_belongs_to_special_inspections() // J19
    {
        await Refused(Draft() with { WaiverReason = "想看真实情况" }, "免预告只适用于专项检查");
        var receipt = await Register(SpecialDraft() with { WaiverReason = "排查粉尘爆炸风险" });

        var task = yunlan.Task(receipt.TaskId);
        Assert.Equal(("排查粉尘爆炸风险", false), (task.PreviewWaiverWanted, task.PreviewWaived));
    }

    [Fact]
    public async Task A_draft_is_checked_without_registering_anything() // C13
    {
        yunlan.Inspection("T204", but: facts => facts with { UnitId = "U04", ScheduledOn = Date("2026-12-24") });
        var blocked = await yunlan.Office.Send(new CheckDraft(yunlan.Safety, Draft("2026-12-03")));

        Assert.Equal(Date("2026-12-16"), blocked.Earliest);
        Assert.Equal(new NearbyTask("云澜区消防救援大队", Date("2026-12-24")), Assert.Single(blocked.Nearby));
        Assert.Equal(1, yunlan.Office.Use(db => db.Tasks.Count()));
    }

    [Theory] // S23: the last day still counts, the day after does not
    [InlineData("2026-12-18", true)]
    [InlineData("2026-12-17", false)]
    public async Task An_entrustment_that_has_ended_by_the_day_blocks_the_task(string until, bool allowed)
    {
        yunlan.Office.Use(db =>
        {
            var unit = db.Units.Single(u => u.Id == "U02");
            (unit.EntrustedBy, unit.EntrustedUntil) = ("江临市应急管理局", Date(until));
            return db.SaveChanges();
        });
        if (allowed)
            Assert.Equal(Date("2026-12-18"), (await yunlan.Office.Send(new RegisterTask(yunlan.Safety, Draft()))).On);
        else
            await Refused(Draft(), "委托执法的期限已经届满");
    }

    public void Dispose() => yunlan.Dispose();

    private static string Words(TaskReceipt receipt) => string.Concat(receipt.Checks.Select(check => check.Words));

    private Task<TaskReceipt> Register(TaskDraft draft) => yunlan.Office.Send(new RegisterTask(yunlan.Safety, draft));

    private async Task Refused(TaskDraft draft, params string[] words)
    {
        var before = yunlan.Office.Use(db => db.Tasks.Count());
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => Register(draft));
        Assert.All(words, expected => Assert.Contains(expected, refused.Message, StringComparison.Ordinal));
        Assert.Equal(before, yunlan.Office.Use(db => db.Tasks.Count()));
    }

    private void Grade(string credit, string risk, bool longTerm, bool whiteList, int cap) => yunlan.Office.Use(db =>
    {
        var enterprise = db.Enterprises.Single(e => e.Id == "E001");
        (enterprise.CreditLevel, enterprise.RiskLevel, enterprise.LongTermTopCredit, enterprise.FlexibleWhitelist, enterprise.AnnualOnSiteCapPerUnit) = (credit, risk, longTerm, whiteList, cap);
        return db.SaveChanges();
    });

    private void Visited(string id, string on, string unit = "U02", string item = "IT-U02-1", string section = "", params string[] joint) =>
        yunlan.Inspection(id, item: item, but: facts => facts with { UnitId = unit, ScheduledOn = Date(on), CompletedOn = Date(on), Section = section, JointUnitIds = [.. joint] });
}
