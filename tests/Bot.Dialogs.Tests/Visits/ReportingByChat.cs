using Bot.Testing;

namespace Bot.Dialogs.Tests.Visits;

/// <summary>An inspection without a task is reported in chat (J01).</summary>
public sealed class ReportingByChat : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-20 16:00");

    [Fact]
    public async Task J01_the_inspector_hears_that_it_was_not_registered_and_the_bureau_of_which_unit()
    {
        const string script =
            """
            U: 入企报告
            B: 检查了哪家企业？请发名称（可以只写一部分）或企业编号。
            U: 青禾
            B: 哪天检查的？例如“昨天”“11月20日”。
            U: 昨天
            B: 检查任务编号是多少？没有登记任务的，回复“没有”。
               [没有]
            U: 没有
            B: 检查了什么？用一两句话写。
            U: 看了喷涂车间的通风
            B: 请看一遍：
               1. 企业：青禾
               2. 日期：11月19日（周四）
               3. 任务：没有登记
               4. 内容：看了喷涂车间的通风
               报告吗？要修改请说“改第1项”。[1]报告 [2]修改 [3]不报告
            U: 报告
            B: 本次检查未在平台登记，请先登记后再开展。已记为R26-1，云澜区司法局和本单位联络员会收到。以后检查前请先登记任务；情况紧急的，当场说“紧急检查”，事后补办审批。
               [登记任务] [紧急检查]
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Safety).Play(script));
        Assert.Equal("未在平台登记的检查1次：\nR26-1 11月19日 云澜区应急管理局到云澜区青禾特种钢锭铸造有限公司：看了喷涂车间的通风", await new Talk(yunlan.Office, yunlan.Bureau).Hear("未登记检查"));
        Assert.Equal("未在平台登记的检查1次：\nR26-1 11月19日 云澜区青禾特种钢锭铸造有限公司：看了喷涂车间的通风", await new Talk(yunlan.Office, yunlan.SafetyLiaison).Hear("未登记检查"));
        Assert.Equal("没有未在平台登记的检查。", await new Talk(yunlan.Office, yunlan.TransportLeader).Hear("未登记检查"));
    }

    [Fact]
    public async Task J01_a_registered_one_is_led_on_to_the_next_step()
    {
        yunlan.Inspection("T305", but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 20) });
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("报告检查");
        await talk.Say("青禾");
        await talk.Say("今天");
        await talk.Say("T305");
        await talk.Say("看了车间");

        Assert.StartsWith("已记录（R26-1）：11月20日到云澜区青禾特种钢锭铸造有限公司的检查是任务T305。", await talk.Hear("报告"), StringComparison.Ordinal);
        Assert.Empty(yunlan.Told("N52"));
    }

    public void Dispose() => yunlan.Dispose();
}
