using Bot.Domain.Door;
using Bot.Domain.Results;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Results;

/// <summary>The three lists are suggested with the result, an observation period is set in the same talk (W23, W24).</summary>
public sealed class GivingTime : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-16 14:05");

    [Fact]
    public async Task W23_W24_a_minor_matter_is_suggested_not_to_be_punished_and_time_is_given()
    {
        await Visited();
        const string script =
            """
            U: 回填 T305
            B: T305 结果：[1]未发现问题 [2]发现问题已当场改正 [3]责令改正 [4]其他
               [未发现问题] [发现问题已当场改正] [责令改正] [其他]
            U: 3 设观察期
            B: 请逐项写问题和依据，以及改正期限，用分号或换行隔开，例如“台账不全，依据《安全生产法》第四十一条，12月4日前”。不写依据的，用本次检查事项的依据。
            U: 危废标签缺失，依据《固体废物污染环境防治法》第七十七条，12月4日前
            B: “危废标签缺失”与《轻微违法行为不予处罚清单（样例）》第2项“危险废物容器、包装物的识别标志不规范”相近。条件：首次被发现，当场或者按期改正，废物没有流失。依据：《中华人民共和国行政处罚法》第三十三条第一款。建议“不予处罚”，先以教育、提醒、指导、约谈等方式督促改正。是否符合条件由您判断。
               [1]不予处罚 [2]不采用
            U: 1
            B: T305 云澜区青禾特种钢锭铸造有限公司，给哪个事项设观察期？
               [1]危废标签缺失 [2]另写一个事项
            U: 1
            B: 观察期到哪天？例如“12月31日”。
            U: 12月31日
            B: 观察期内请企业做什么？用大白话写，企业会看到。
            U: 每个容器贴好标签，每周自查一次
            B: 请核对T305（提交后企业会收到结果、依据和申诉方式）：
               1. 结果：责令改正
               2. 问题：危废标签缺失（依据：《固体废物污染环境防治法》第七十七条；12月4日（周五）前改正；不予处罚）
               3. 观察事项：危废标签缺失
               4. 观察期截止：12月31日（周四）
               5. 企业要做：每个容器贴好标签，每周自查一次
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已提交。公示期限为12月14日（周一）（检查结束后20个工作日），涉及不宜公开的请说“不公示 T305”并写理由。改进建议请在11月19日（周四）前发给企业，说“改进建议 T305”。
               [改进建议 T305] [公示 T305] [不公示 T305]
            B: 已设观察期（Q26-1），到12月31日（周四）止。云澜区青禾特种钢锭铸造有限公司会收到截止日期和要做的事。12月24日（周四）提醒双方，届满后请核实并登记。观察期内请先指导、督促改正，慎用处罚等严厉措施。
               [观察期 Q26-1]
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Safety).Play(script));
        Assert.Equal(Leniency.NoPenalty, yunlan.Office.Use(db => db.Problems.Single().Leniency));
        Assert.Equal("Q26-1 云澜区应急管理局：危废标签缺失，观察期到12月31日（周四）止。请做到：每个容器贴好标签，每周自查一次。", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("观察期"));
        Assert.Equal("贵单位现在没有观察期。", await new Talk(yunlan.Office, yunlan.Shiqiaohe).Hear("观察期"));
    }

    [Fact]
    public async Task W23_the_inspector_decides_and_may_leave_the_list()
    {
        await Visited();
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("回填 T305");
        await talk.Say("2");
        Assert.Contains("建议“不予处罚”", await talk.Hear("危废标签缺失"), StringComparison.Ordinal);
        Assert.Contains("2. 问题：危废标签缺失（依据：《中华人民共和国安全生产法》）", await talk.Hear("不符合"), StringComparison.Ordinal);
        await talk.Say("提交");

        Assert.Null(yunlan.Office.Use(db => db.Problems.Single().Leniency));
    }

    [Fact]
    public async Task W24_the_next_inspector_is_asked_to_use_the_time_first_and_the_outcome_is_registered()
    {
        await Visited();
        await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T305", ResultKind.NothingFound, []));
        await yunlan.Office.Send(new SetObservationPeriod(yunlan.Safety, "T305", "通风不足", new DateOnly(2026, 12, 31), "每周测一次风量"));
        await Visited("T306", "2026-12-16");
        var talk = new Talk(yunlan.Office, yunlan.SafetyColleague);

        Assert.Contains("该企业在观察期内：Q26-1“通风不足”到12月31日（周四）止。请先指导、督促改正，慎用处罚等严厉措施。", await talk.Hear("回填 T306"), StringComparison.Ordinal);
        await talk.Say("3 拟处罚");
        Assert.Equal("该企业在观察期内，请先指导、督促改正；仍要处罚的，请写明理由。", await talk.Hear("风机停用，12月31日前"));
        talk = new Talk(yunlan.Office, yunlan.SafetyLiaison);

        Assert.StartsWith("Q26-1 云澜区青禾特种钢锭铸造有限公司：通风不足，观察期到12月31日（周四）止。企业要做：每周测一次风量。情况怎样？", await talk.Hear("观察期 Q26-1"), StringComparison.Ordinal);
        await talk.Say("已做到");
        Assert.Equal("Q26-1已登记：已做到。企业已收到通知。", await talk.Hear("看了风量记录"));
        Assert.Contains("没有找到这个观察期", await talk.Hear("观察期 Q26-1"), StringComparison.Ordinal);
        Assert.Equal("本单位现在没有观察期。要设的，请说“观察期 任务编号”。", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear("观察期"));
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Visited(string task = "T305", string day = "2026-11-16")
    {
        yunlan.Office.Time.Set($"{day} 14:05");
        yunlan.Inspection(task, but: facts => facts with { ScheduledOn = DateOnly.Parse(day, null) });
        await yunlan.Office.Send(new ScanIn(yunlan.Safety, task));
    }
}
