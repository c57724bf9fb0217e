using Bot.Domain.Door;
using Bot.Domain.Results;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Results;

/// <summary>C16 and what follows from it (J37, J38, S20, S21, D14, D16, D17, W31).</summary>
public sealed class EnteringAndPublishing : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-16 14:05");

    [Fact]
    public async Task C16_a_late_result_with_two_problems_and_its_publication()
    {
        await Visited();
        const string script =
            """
            @ 2026-11-22 10:00
            U: 回填结果
            B: T305 检查已于11月16日结束，结果应于11月19日前回填，已超期1个工作日。现在填吗？
               [1]填 [2]晚点
            U: 1
            B: T305 结果：[1]未发现问题 [2]发现问题已当场改正 [3]责令改正 [4]其他
            U: 3 两项
            B: 请逐项写问题和依据，以及改正期限，用分号或换行隔开，例如“台账不全，依据《安全生产法》第四十一条，12月4日前”。不写依据的，用本次检查事项的依据。
            U: 台账不全 12月4日前；灭火器过期
            B: 第2项“灭火器过期”没有写改正期限，请全部重写一遍，每项都写明哪天前改正。
            U: 台账不全 12月4日前；灭火器过期，依据《消防法》第十六条，11月30日前
            B: 请核对T305（提交后企业会收到结果、依据和申诉方式）：
               1. 结果：责令改正
               2. 问题：台账不全（依据：《中华人民共和国安全生产法》；12月4日（周五）前改正）
               3. 问题：灭火器过期（依据：《消防法》第十六条；11月30日（周一）前改正）
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已提交（超期1个工作日）。公示期限为12月14日（周一）（检查结束后20个工作日），涉及不宜公开的请说“不公示 T305”并写理由。改进建议请在11月25日（周三）前发给企业，说“改进建议 T305”。
               [改进建议 T305] [公示 T305] [不公示 T305]
            U: 改进建议 T305
            B: 请写给企业的改进建议（T305），一行一条或用分号隔开，用大白话。
            U: 每月对一次台账；指定专人管灭火器
            B: 已发给企业：改进建议2条。
            U: 不公示 T305 涉及商业秘密
            B: 已报单位负责人确认。确认前公示期限照算：12月14日（周一）。
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Safety).Play(script));
        var leader = new Talk(yunlan.Office, yunlan.SafetyLeader);
        Assert.Equal("已确认：T305的结果依法不公示，不再提醒。", await leader.Hear("同意不公示 T305"));
    }

    [Fact]
    public async Task What_contradicts_itself_is_asked_again()
    {
        // J38
        await Visited();
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("回填 T305");

        Assert.Equal("您选了“未发现问题”，又写到“责令”，前后不一致。请核对后再选一次结果。", await talk.Hear("1 已下责令改正通知"));
        Assert.Contains("结果：未发现问题", await talk.Hear("没问题"), StringComparison.Ordinal);
        Assert.Contains("公示期限为12月14日（周一）", await talk.Hear("提交"), StringComparison.Ordinal);
        Assert.Contains("没有等您回填的结果", await talk.Hear("回填 T305"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_minor_matter_with_a_penalty_is_asked_for_its_ground()
    {
        // S20
        await Visited();
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("回填 T305");
        await talk.Say("3 情节轻微，拟处罚");

        Assert.Contains("仍要处罚的，请写明理由", await talk.Hear("台账不全 12月4日前"), StringComparison.Ordinal);
        Assert.Contains("提交吗", await talk.Hear("一年内第三次"), StringComparison.Ordinal);
        await talk.Say("提交");
        Assert.Equal((true, true, "一年内第三次"), yunlan.Office.Use(db => db.Results.Select(r => new { r.Minor, r.Penalty, r.PenaltyGround }).AsEnumerable().Select(r => (r.Minor, r.Penalty, r.PenaltyGround)).Single()));
    }

    [Fact]
    public async Task From_the_list_of_what_is_to_be_done_the_result_is_entered_and_the_problem_closed()
    {
        // J37, D14, W17
        await Visited();
        yunlan.Office.Time.Set("2026-11-20 09:00");
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        Assert.Contains("[1]回填 [2]说明原因", await talk.Hear("打开 T305"), StringComparison.Ordinal);
        Assert.StartsWith("T305 结果：", await talk.Hear("1"), StringComparison.Ordinal);
        await talk.Say("3");
        await talk.Say("台账不全，12月4日前");
        await talk.Say("提交");

        Assert.StartsWith("T305-1 云澜区青禾特种钢锭铸造有限公司：台账不全，改正期限12月4日（周五）", await talk.Hear("打开 T305-1"), StringComparison.Ordinal);
        Assert.Equal("T305-1已销号，企业已收到通知。这次检查的问题都已销号。", await talk.Hear("现场复查，台账已补齐"));
    }

    [Fact]
    public async Task An_opinion_that_differs_needs_a_reason_and_goes_to_the_leader()
    {
        // W31
        await Visited();
        await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T305", ResultKind.NothingFound, []));
        await Visited("T306", "2026-11-23");
        var talk = new Talk(yunlan.Office, yunlan.Safety);

        Assert.StartsWith("同一事项本年度已有结论：11月16日云澜区应急管理局（T305）：未发现问题。", await talk.Hear("回填 T306"), StringComparison.Ordinal);
        await talk.Say("3");
        Assert.StartsWith("与之前的结论不同", await talk.Hear("台账不全，12月4日前"), StringComparison.Ordinal);
        Assert.Contains("3. 理由：上次没有查台账", await talk.Hear("上次没有查台账"), StringComparison.Ordinal);
        Assert.Equal("已提交，等单位负责人确认，确认后发给企业。回填时限照算。", await talk.Hear("提交"));
        Assert.Equal("T306的结论已确认并发给企业，公示期限12月21日（周一）。", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear("同意结论 T306"));
    }

    [Fact]
    public async Task A_result_is_published_from_its_reminder()
    {
        // D17
        await Visited();
        await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T305", ResultKind.NothingFound, []));
        var talk = new Talk(yunlan.Office, yunlan.Safety);

        Assert.Equal("T305 云澜区青禾特种钢锭铸造有限公司，检查于11月16日结束，结果：未发现问题，应在12月14日（周一）前公示，剩20个工作日。\n[1]公示 [2]不宜公开 [3]晚点", await talk.Hear("打开 T305"));
        Assert.Equal("T305已公示，按期。", await talk.Hear("1"));
        Assert.Contains("没有等您公示的结果", await talk.Hear("公示 T305"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_enterprise_asks_for_its_own_record()
    {
        // D16, D19
        await Visited();
        await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T305", ResultKind.OrderedToCorrect, [new ProblemFound("台账不全", "《安全生产法》第四十一条", new DateOnly(2026, 12, 4))]) { Advice = ["每月对一次台账"] });
        const string script =
            """
            U: 我的检查记录
            B: 贵单位2026年共接受检查1次：
               T305 2026年11月16日 云澜区应急管理局 日常检查：工贸企业安全生产检查。结果：责令改正（2026年11月16日记录，来源：云澜区应急管理局在本平台回填）
                  · 台账不全，12月4日（周五）前改正，依据：《安全生产法》第四十一条
                  改进建议：每月对一次台账
               对记录有不同意见，可以申诉，由检查单位说明依据；对检查过程有意见，可以投诉；收到行政处罚等决定的，还可依法申请行政复议或提起诉讼，期限以决定书写明的为准。
               [申诉结果] [评价检查] [检查预告] [投诉检查行为]
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Qinghe).Play(script));
        Assert.StartsWith("没有贵单位的检查记录", await new Talk(yunlan.Office, yunlan.Shiqiaohe).Hear("我的检查记录"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Visited(string task = "T305", string day = "2026-11-16")
    {
        yunlan.Office.Time.Set($"{day} 14:05");
        yunlan.Inspection(task, but: facts => facts with { ScheduledOn = DateOnly.Parse(day, null) });
        await yunlan.Office.Send(new ScanIn(yunlan.Safety, task));
    }
}
