using Bot.Testing;
using static Bot.Testing.YearOfPlans;

namespace Bot.Dialogs.Tests.Previews;

/// <summary>C9, W05, J13, J16: from the wish over the unit's answer to the changed preview.</summary>
public sealed class AgreeingOnAnotherTime : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan().WithPlans();

    [Fact]
    public async Task C9_the_enterprise_asks_the_unit_agrees_and_the_preview_is_changed()
    {
        yunlan.Inspection();
        var enterprise = new Talk(yunlan.Office, yunlan.Qinghe);
        var asked = await enterprise.Say("那天我们停产检修，能改时间吗");
        Assert.Contains("12月18日（周五）上午，云澜区应急管理局的检查。您方便的时间？", asked[0].Text, StringComparison.Ordinal);
        Assert.Equal(["12月17日", "12月21日", "12月22日"], asked[0].Actions);
        Assert.Contains("希望改到12月21日（周一）下午。是否调整由单位决定，答复前原时间有效", await enterprise.Hear("21日下午"), StringComparison.Ordinal);

        var unit = new Talk(yunlan.Office, yunlan.Safety);
        Assert.Contains("企业说：那天我们停产检修，能改时间吗；希望21日下午（希望改到12月21日（周一）下午）", await unit.Hear("答复改期 T101"), StringComparison.Ordinal);
        Assert.Contains("已改为12月21日（周一）下午，检查预告已更新并重发企业", await unit.Hear("同意"), StringComparison.Ordinal);
        Assert.StartsWith("【变更】", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
        Assert.Contains("12月21日（周一）下午", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("检查预告"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_unit_offers_times_and_the_enterprise_picks_one()
    {
        yunlan.Inspection();
        var enterprise = new Talk(yunlan.Office, yunlan.Qinghe);
        await enterprise.Say("改期");
        await enterprise.Say("那天盘点没人");
        var unit = new Talk(yunlan.Office, yunlan.SafetyLiaison);
        await unit.Say("答复改期");
        await unit.Say("1");
        await unit.Say("提出几个时间");
        Assert.Contains("没认出全部时间", await unit.Hear("随便"), StringComparison.Ordinal);
        Assert.Contains("选定以前原时间有效", await unit.Hear("12月22日上午、12月23日下午"), StringComparison.Ordinal);

        Assert.Contains("[1]12月22日（周二）上午 [2]12月23日（周三）下午 [3]都不行", await enterprise.Hear("选时间 T101"), StringComparison.Ordinal);
        Assert.Contains("已改为12月23日（周三）下午，检查预告已更新", await enterprise.Hear("23日"), StringComparison.Ordinal);
        Assert.Equal(Date("2026-12-23"), yunlan.Task("T101").ScheduledOn);
    }

    [Fact]
    public async Task Refused_or_none_fitting_is_told_with_the_reason()
    {
        yunlan.Inspection();
        var enterprise = new Talk(yunlan.Office, yunlan.Qinghe);
        await enterprise.Say("改期");
        await enterprise.Say("那天盘点没人");
        var unit = new Talk(yunlan.Office, yunlan.Safety);
        await unit.Say("答复改期 T101");
        await unit.Say("提出几个时间");
        await unit.Say("12月22日上午、12月23日下午");
        await enterprise.Say("选时间 T101");
        await enterprise.Say("都不行");
        Assert.Contains("由单位再决定", await enterprise.Hear("停产到24日"), StringComparison.Ordinal);
        await unit.Say("答复改期 T101");
        await unit.Say("不能改");
        Assert.Contains("原时间不变", await unit.Hear("涉及整改期限"), StringComparison.Ordinal);
        Assert.Contains("理由：涉及整改期限", yunlan.Notice("N1d", "P001"), StringComparison.Ordinal);
        Assert.Contains("没有等您单位答复的改期意愿", await unit.Hear("答复改期"), StringComparison.Ordinal);
        Assert.Contains("还没有提出可选的时间", await enterprise.Hear("选时间 T101"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();
}
