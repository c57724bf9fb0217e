using Bot.Testing;

namespace Bot.Dialogs.Tests.Previews;

/// <summary>C2, J16, J17, J19: the preview, the self-check and guidance out of it.</summary>
public sealed class LookingAtPreviews : IDisposable
{
    private readonly Yunlan yunlan = new();

    [Fact]
    public async Task C2_from_the_preview_over_the_self_check_to_guidance()
    {
        yunlan.Inspection();
        const string script =
            """
            U: 最近谁要来查
            B: 贵单位近期有1次检查：12月18日（周五）上午，云澜区应急管理局，工贸企业安全生产检查。
               [1]看检查什么 [2]怎么准备 [3]时间不方便 [4]联系谁 [5]知道了
               [看检查什么] [怎么准备] [时间不方便] [联系谁] [知道了]
            U: 怎么准备
            B: 这次主要看4项：
               1. 有限空间有辨识台账
               2. 作业人员经过培训
               3. 有限空间作业有审批单
               4. 应急器材齐全可用
               请逐项自查，只有贵单位自己能看到。比如回复“1、2做到了”“第三项没有”“都做到了”，查完说“好了”。
               [都做到了] [好了]
            U: 第三项我们没有
            B: 第3项已记下“未做到”。可以先改正；需要帮忙可申请行政指导，2个工作日内答复。现在申请吗？
               [1]申请 [2]先不用
               [申请] [先不用]
            U: 1
            B: 请用一两句话说明想问什么。
            U: 有限空间作业审批单没有模板
            B: 已提交，编号 云指〔2026〕58号，云澜区应急管理局最迟11月24日（周二）答复（从收到次日起算2个工作日），到时我会发给您。急需可致电0000-86000200。
               [怎么算出来的] [办理进度]
            """;

        Assert.Equal(Lines(script), await new Talk(yunlan.Office, yunlan.Qinghe).Play(Lines(script)));
        Assert.Equal(["I05", "I06", "LI-U02"], yunlan.Told("N2b"));
        Assert.Equal("T101", yunlan.Office.Use(db => db.GuidanceRequests.Single().TaskId));
    }

    [Fact]
    public async Task What_is_looked_at_and_whom_to_call_come_one_after_the_other()
    {
        yunlan.Inspection();
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);

        Assert.NotNull((await talk.Say("检查预告"))[0].Card);
        Assert.Contains("依据《中华人民共和国安全生产法》", await talk.Hear("1"), StringComparison.Ordinal);
        Assert.Contains("联系人：何安宁 0000-86000200", await talk.Hear("联系谁"), StringComparison.Ordinal);
        Assert.Contains("有变化我会马上告诉您", await talk.Hear("知道了"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("怎么准备")]
    [InlineData("自查清单")]
    public async Task How_to_prepare_is_answered_with_the_list_at_once(string words)
    {
        yunlan.Inspection();

        Assert.Contains("这次主要看4项", await new Talk(yunlan.Office, yunlan.Qinghe).Hear(words), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_lines_are_ticked_in_one_sentence_and_kept()
    {
        yunlan.Inspection();
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);
        await talk.Say("检查预告");
        await talk.Say("2");

        Assert.Contains("第3项已记下“未做到”", await talk.Hear("1、2做到了，三没有"), StringComparison.Ordinal);
        Assert.Contains("还有别的项就接着说", await talk.Hear("先不用"), StringComparison.Ordinal);
        Assert.Contains("共4项", await talk.Hear("差不多吧第几项来着"), StringComparison.Ordinal);
        Assert.Contains("自查情况已留在这里", await talk.Hear("好了"), StringComparison.Ordinal);
        await talk.Say("检查预告");
        Assert.Contains("1. 有限空间有辨识台账（已做到）", await talk.Hear("2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_surprise_inspection_changes_no_word(bool waived) // J19
    {
        if (waived)
            yunlan.Inspection("T150", previewed: true, waived: true);
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);

        Assert.StartsWith("近期没有发给贵单位的检查预告。", await talk.Hear("最近谁要来查"), StringComparison.Ordinal);
        Assert.StartsWith("近期没有发给贵单位的检查预告。", await talk.Hear("查看详情 T150"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_button_of_the_notice_opens_the_inspection_it_is_about()
    {
        yunlan.Inspection();
        yunlan.Inspection("T102");

        Assert.Contains("近期有2次检查", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("检查预告"), StringComparison.Ordinal);
        Assert.Contains("[2]怎么准备", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("查看详情 T102"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inconvenient_time_is_passed_on_and_the_unit_decides() // W05
    {
        yunlan.Inspection();
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);
        await talk.Say("检查预告");

        Assert.Contains("什么原因不方便", await talk.Hear("时间不方便"), StringComparison.Ordinal);
        Assert.Contains("已转给云澜区应急管理局：希望改到12月21日（周一）。是否调整由单位决定", await talk.Hear("那天停产检修，21日可以"), StringComparison.Ordinal);
        Assert.Contains("那天停产检修，21日可以", yunlan.Notice("N1b", "I05"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_only_looked_at_gives_way_to_the_next_wish_and_does_not_come_back()
    {
        yunlan.Inspection();
        yunlan.Inspection("T102");
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);
        await talk.Say("检查预告");

        Assert.StartsWith("您想请哪个单位指导？", await talk.Hear("申请行政指导"), StringComparison.Ordinal);
        Assert.DoesNotContain("回到刚才", await talk.Hear("取消"), StringComparison.Ordinal);

        await talk.Say("检查预告");
        Assert.StartsWith("贵单位近期有2次检查", await talk.Hear("最近谁要来查"), StringComparison.Ordinal);
        await talk.Say("1");
        Assert.Equal("好的。需要时随时叫我。", await talk.Hear("取消"));
    }

    public void Dispose() => yunlan.Dispose();

    private static string Lines(string script) => script.ReplaceLineEndings("\n");
}
