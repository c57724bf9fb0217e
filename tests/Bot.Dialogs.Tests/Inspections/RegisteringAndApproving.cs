using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Testing;
using static Bot.Testing.YearOfPlans;

namespace Bot.Dialogs.Tests.Inspections;

/// <summary>C13, C14, C19: an inspector registers, the leader decides, the enterprise hears (J10–J16, J19, J21–J23, J36).</summary>
public sealed class RegisteringAndApproving : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan().WithPlans();

    [Fact]
    public async Task C13_one_sentence_is_refused_on_a_quiet_day_moved_and_submitted()
    {
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        const string script =
            """
            U: 登记任务 12月3日上午 E001 工贸企业安全生产
            B: 12月3日在企业安静日（1—15日）内，日常检查不能安排。最早12月16日（周三）。（泰姜政办〔2025〕13号 ※
               [1]改16日 [2]属于投诉举报/数据异常等 [3]专项并已备案
               [改16日] [属于投诉举报/数据异常等] [专项并已备案]
            U: 1
            B: 已改为12月16日。
            B: 检查人员？请选两名以上，可以说“我和王工”。
               [1]何安宁 [2]许如山 [3]程以南 [4]邵望舒 [5]谢晚舟
            U: 我和许工
            B: 2人证件有效。距检查日24天，符合提前7日登记。该企业今年由本单位检查过0次，上限2次（可视情况降低频次）。
               请核对：
               1. 企业：云澜区青禾特种钢锭铸造有限公司
               2. 时间：12月16日（周三）上午
               3. 事项：工贸企业安全生产检查
               4. 人员：何安宁、许如山
               5. 依据：日常检查，依据《2026年度行政检查计划》
               提交报审吗？要修改请说“改第1项”。[1]提交报审 [2]修改 [3]不提交
               [提交报审] [修改] [不提交]
            U: 提交
            B: 已提交单位负责人审批，编号 T26-1（云检任〔2026〕1号）。预告将在批准后自动发给企业。
               [任务 T26-1]
            """;

        Assert.Equal(Lines(script), await talk.Play(Lines(script)));
        Assert.Equal(InspectionStage.Submitted, yunlan.Task("T26-1").Stage);
        Assert.Equal(["L-U02"], yunlan.Told("N45"));
    }

    [Fact]
    public async Task What_the_sentence_said_may_be_corrected_at_the_review()
    {
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("登记任务 12月18日 E001 工贸企业安全生产");
        await talk.Say("1、2");

        Assert.Contains("12月21日（周一）下午", await talk.Hear("改第2项 12月21日下午"), StringComparison.Ordinal);
        Assert.Contains("检查哪家企业", await talk.Hear("改第1项"), StringComparison.Ordinal);
        Assert.Contains("没有找到“不存在的厂”", await talk.Hear("不存在的厂"), StringComparison.Ordinal);
        Assert.Contains("远帆运输", await talk.Hear("远帆运输"), StringComparison.Ordinal);
        await talk.Say("提交报审");
        Assert.Equal(("E054", Date("2026-12-21"), "下午"), (yunlan.Task("T26-1").EnterpriseId, yunlan.Task("T26-1").ScheduledOn, yunlan.Task("T26-1").HalfDay));
    }

    [Fact]
    public async Task Everything_is_asked_for_when_nothing_was_said_and_people_who_may_not_go_are_named() // S24
    {
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        Assert.Contains("检查哪家企业", await talk.Hear("登记任务"), StringComparison.Ordinal);
        Assert.Contains("家企业的名称里有“云澜区”", await talk.Hear("云澜区"), StringComparison.Ordinal);
        Assert.Contains("检查什么事项", await talk.Hear("青禾特种钢锭"), StringComparison.Ordinal);
        Assert.Contains("哪天去", await talk.Hear("1"), StringComparison.Ordinal);
        Assert.Contains("没认出日期", await talk.Hear("改天吧"), StringComparison.Ordinal);
        Assert.Contains("检查人员", await talk.Hear("12月18日"), StringComparison.Ordinal);
        Assert.Contains("邵望舒的执法证已于2026年10月31日到期", await talk.Hear("我和邵望舒"), StringComparison.Ordinal);
        Assert.Contains("没认出是谁", await talk.Hear("庄承礼"), StringComparison.Ordinal);
        Assert.Contains("程以南的执法证暂停", await talk.Hear("1、3"), StringComparison.Ordinal);
        Assert.Contains("现在有1名", await talk.Hear("我"), StringComparison.Ordinal);
        Assert.Contains("请核对", await talk.Hear("1和2"), StringComparison.Ordinal);
        Assert.Contains("没有登记", await talk.Hear("不提交"), StringComparison.Ordinal);
        Assert.Equal(0, yunlan.Office.Use(db => db.Tasks.Count()));
    }

    [Fact]
    public async Task A_quiet_day_is_left_for_a_complaint_with_its_number() // J11, J15
    {
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("登记任务 12月2日 E001 工贸企业安全生产");
        Assert.Contains("属于哪种情形", await talk.Hear("2"), StringComparison.Ordinal);
        Assert.Contains("投诉举报编号", await talk.Hear("投诉举报"), StringComparison.Ordinal);
        Assert.Contains("书面写明事由", await talk.Hear("云监投〔2026〕42号"), StringComparison.Ordinal);
        Assert.Contains("检查人员", await talk.Hear("举报夜间作业无人看护"), StringComparison.Ordinal);
        Assert.Contains("不受安静日限制", await talk.Hear("1、2"), StringComparison.Ordinal);
        Assert.Contains("这类检查不发预告", await talk.Hear("提交"), StringComparison.Ordinal);
        Assert.Equal(InspectionGround.Complaint, yunlan.Task("T26-1").Ground);
    }

    [Fact]
    public async Task Registering_late_asks_for_the_reason() // J36
    {
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("登记任务 11月26日 E001 工贸企业安全生产");
        Assert.Contains("距检查日4天，不足7日，请说明原因", await talk.Hear("1、2"), StringComparison.Ordinal);
        Assert.Contains("说明：企业临时复工", await talk.Hear("企业临时复工"), StringComparison.Ordinal);
        await talk.Say("提交");
        Assert.Equal("企业临时复工", yunlan.Task("T26-1").Remark);
    }

    [Fact]
    public async Task C14_and_C19_a_special_inspection_without_filing_is_sent_back_moved_and_approved() // J14
    {
        await yunlan.Submitted(SpecialDraft("2026-12-10"));
        var leader = new Talk(yunlan.Office, yunlan.SafetyLeader);
        const string leaders =
            """
            U: 待我审批
            B: 待您审批1件：1. T26-1 云澜区青禾特种钢锭铸造有限公司，12月10日，专项检查，在安静日内，未备案。请回复序号。
            U: 1
            B: T26-1：云澜区青禾特种钢锭铸造有限公司，12月10日（周四）上午，专项检查，事项：工贸企业安全生产检查，人员：何安宁、许如山。依据《粉尘涉爆专项检查》。※12月10日在安静日内，未报云澜区司法局备案，未备案前不能批准。
               [1]退回并说明 [2]稍后
            U: 1 先备案
            B: 已退回经办人，理由“先备案”。没有其他待您审批的事了。
            """;
        Assert.Equal(Lines(leaders), await leader.Play(Lines(leaders)));

        var inspector = new Talk(yunlan.Office, yunlan.Safety);
        Assert.Contains("负责人已退回：先备案。12月10日在企业安静日", await inspector.Hear("T26-1批了吗"), StringComparison.Ordinal);
        Assert.Contains("可选12月16日、12月17日、12月18日", await inspector.Hear("改期"), StringComparison.Ordinal);
        yunlan.Office.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("已改为12月17日（周四）上午并重新报审。预告尚未发给企业", await inspector.Hear("17"), StringComparison.Ordinal);
        Assert.Contains("等负责人审批", await inspector.Hear("T26-1批了吗"), StringComparison.Ordinal);
        Assert.Contains("没有法定时限", await inspector.Hear("多久能批"), StringComparison.Ordinal);

        Assert.Contains("已批准T26-1，检查预告已发给企业1位联系人。", await Decide(leader, "审批 T26-1", "同意"), StringComparison.Ordinal);
        Assert.Contains("已批准", await inspector.Hear("任务 T26-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inspector_asks_for_the_filing_from_the_task() // J14
    {
        var id = await yunlan.Submitted(SpecialDraft("2026-12-10"));
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say($"任务 {id}");
        Assert.Contains("不能避开安静日的原因", await talk.Hear("去备案"), StringComparison.Ordinal);
        Assert.Contains("报云澜区司法局备案", await talk.Hear("寒潮前集中检查"), StringComparison.Ordinal);
        Assert.Equal(["S1"], yunlan.Told("N50"));
    }

    [Fact]
    public async Task Moving_from_the_chat_hears_the_rule_and_asks_again() // J13
    {
        var id = await yunlan.Submitted(Draft());
        var talk = new Talk(yunlan.Office, yunlan.Safety);

        Assert.Contains("12月3日在企业安静日（1—15日）内", await talk.Hear($"{id}改到12月3日"), StringComparison.Ordinal);
        yunlan.Office.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("已改为12月22日（周二）上午并重新报审", await talk.Hear("12月22日"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_withdrawn_restaffed_or_left_out_from_the_chat() // J16, J22, S24
    {
        var id = await yunlan.Submitted(Draft());
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say($"任务 {id}");
        await talk.Say("换人");
        yunlan.Office.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("人员已更换并重新报审", await talk.Hear("何安宁、谢晚舟"), StringComparison.Ordinal);
        await talk.Say($"任务 {id}");
        await talk.Say("取消任务");
        Assert.Contains($"任务{id}已取消", await talk.Hear("计划调整"), StringComparison.Ordinal);

        var other = await yunlan.Submitted(Draft("2026-12-22"));
        await talk.Say($"任务 {other}");
        await talk.Say("免予现场检查");
        Assert.Contains("已免予现场检查", await talk.Hear("远程核查已完成"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C19_several_things_one_after_the_other() // J12, J19, J23
    {
        yunlan.Office.Use(db =>
        {
            var enterprise = db.Enterprises.Single(e => e.Id == "E054");
            (enterprise.CreditLevel, enterprise.RiskLevel) = ("D", "高");
            return db.SaveChanges();
        });
        var special = await yunlan.Submitted(SpecialDraft() with { WaiverReason = "排查粉尘爆炸风险" });
        var strict = await yunlan.Submitted(Draft("2026-12-22") with { EnterpriseId = "E054" });
        await yunlan.Office.Send(new ExemptFromVisit(yunlan.Safety, strict, "已停产"));
        var urgent = (await yunlan.Office.Send(new StartUrgent(yunlan.Safety, "E010", "群众反映有异味", ["IT-U02-1"], ["I05", "I06"]))).TaskId;
        await yunlan.Office.Send(new ReportUrgent(yunlan.Safety, urgent, "群众反映有异味", "未发现泄漏"));
        var talk = new Talk(yunlan.Office, yunlan.SafetyLeader);

        var list = await talk.Hear("待我审批");
        Assert.Contains("待您审批3件", list, StringComparison.Ordinal);
        Assert.Contains("申请免预告", list, StringComparison.Ordinal);
        Assert.Contains("事由：群众反映有异味；结果：未发现泄漏。经办已书面报告", await talk.Hear(urgent), StringComparison.Ordinal);
        Assert.Contains("已办结，留痕11月22日 10:00", await talk.Hear("同意"), StringComparison.Ordinal);
        await talk.Say(strict);
        Assert.Contains("已告知经办人仍要现场检查，理由“高风险必须去”", await talk.Hear("2 高风险必须去"), StringComparison.Ordinal);
        await talk.Say(special);
        Assert.Contains("请写明同意的理由", await talk.Hear("1"), StringComparison.Ordinal);
        Assert.Contains("已提醒经办人不得向检查对象透露", await talk.Hear("强调突然性"), StringComparison.Ordinal);
        Assert.True(yunlan.Task(special).IsSurprise);
        Assert.Empty(yunlan.Told("N1"));
    }

    [Fact]
    public async Task The_enterprise_cannot_ask_a_surprise_inspection_out_of_the_bot() // J19
    {
        var id = await yunlan.Submitted(SpecialDraft("2026-11-23") with { WaiverReason = "突然性", Remark = "上级部署" });
        await yunlan.Office.Send(new WaivePreview(yunlan.SafetyLeader, id, "突然性"));
        await yunlan.Office.Send(new ApproveTask(yunlan.SafetyLeader, id));
        using var other = new Yunlan();

        foreach (var asked in new[] { "明天查不查", "明天有人来检查吗", $"任务 {id}", $"审批 {id}", $"{id}改到12月1日", $"选时间 {id}", $"改期 {id}", "最近谁要来查" })
            Assert.Equal(await new Talk(other.Office, other.Qinghe).Hear(asked), await new Talk(yunlan.Office, yunlan.Qinghe).Hear(asked));
    }

    [Fact]
    public async Task Other_units_and_other_roles_get_no_further_than_a_sentence() // J10, D15, W36
    {
        var id = await yunlan.Submitted(Draft());

        Assert.Contains("没有找到这个检查任务，或者它不由您的单位办理", await new Talk(yunlan.Office, yunlan.Ecology).Hear($"任务 {id}"), StringComparison.Ordinal);
        Assert.Contains("没有找到这个检查任务", await new Talk(yunlan.Office, yunlan.Safety).Hear("任务 T404"), StringComparison.Ordinal);
        yunlan.Inspection("T105", but: facts => facts with { JointUnitIds = ["U03", "U04"] });
        Assert.Contains("日常检查，与江临市云澜生态环境局、云澜区消防救援大队联合）", await new Talk(yunlan.Office, yunlan.Safety).Hear("任务 T105"), StringComparison.Ordinal); // J28
        Assert.Equal("现在没有待您审批的事。", await new Talk(yunlan.Office, yunlan.TransportLeader).Hear("待我审批"));
        Assert.Contains("没有找到这个检查任务", await new Talk(yunlan.Office, yunlan.TransportLeader).Hear($"审批 {id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("检查哪家企业", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("登记任务 12月18日 E001"), StringComparison.Ordinal);
        Assert.Equal(InspectionStage.Submitted, yunlan.Task(id).Stage);
    }

    [Fact]
    public async Task An_urgent_inspection_from_the_first_word_to_the_report() // J12
    {
        yunlan.Office.Time.JumpTo("2026-11-21 21:40");
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        Assert.Contains("为什么必须当场检查", await talk.Hear("紧急检查 E001"), StringComparison.Ordinal);
        await talk.Say("现场有违规储存，不当场检查证据会灭失");
        await talk.Say("1");
        await talk.Say("我和许工");
        Assert.Contains("紧急检查已登记，编号 T26-1，21:40已扫码。请于11月23日（周一）前书面报告事由和结果并补办审批", await talk.Hear("发起"), StringComparison.Ordinal);

        Assert.Contains("请写事由", await talk.Hear("紧急报告 T26-1"), StringComparison.Ordinal);
        await talk.Say("群众举报违规储存");
        await talk.Say("已责令清理");
        Assert.Contains("等补办审批，最迟11月23日（周一）", await talk.Hear("提交"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_are_too_long_are_sent_back_with_the_limit()
    {
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("登记任务 投诉举报 12月2日 E001 工贸企业安全生产");

        Assert.Contains("请控制在60字以内", await talk.Hear(new string('9', 61)), StringComparison.Ordinal);
    }

    [Theory] // J13: 安静日排期
    [InlineData("安静日排期", "11月22日（周日）不在安静日内，但不是工作日。最近可以安排：11月23日（周一）")]
    [InlineData("12月3号能查吗", "12月3日（周四）在企业安静日（1—15日）内，日常检查不能安排。最近可以安排：12月16日（周三）")]
    public async Task Which_days_are_free_is_answered_at_once(string asked, string answer) =>
        Assert.Contains(answer, await new Talk(yunlan.Office, yunlan.Safety).Hear(asked), StringComparison.Ordinal);

    [Fact]
    public async Task No_text_is_longer_than_the_channels_take()
    {
        const int most = 2048;
        for (var number = 1; number <= 12; number++)
        {
            var enterprise = $"E1{number:00}";
            yunlan.Office.Add(new Enterprise(enterprise, $"云澜区名称特别长的第{number}家示范性工业制造有限责任公司", $"91321299MA7CLB{number:0000}"));
            await yunlan.Submitted(Draft() with { EnterpriseId = enterprise, Remark = new string('因', 200) });
        }

        var talk = new Talk(yunlan.Office, yunlan.SafetyLeader);
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(await talk.Hear("待我审批")) <= most);
        Assert.True(System.Text.Encoding.UTF8.GetByteCount(await talk.Hear("1")) <= most);
    }

    public void Dispose() => yunlan.Dispose();

    private static async Task<string> Decide(Talk talk, params string[] said)
    {
        var heard = "";
        foreach (var line in said)
            heard = await talk.Hear(line);
        return heard;
    }

    private static string Lines(string script) => script.ReplaceLineEndings("\n");
}
