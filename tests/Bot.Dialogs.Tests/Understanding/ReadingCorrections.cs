using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class ReadingCorrections
{
    [Theory]
    [InlineData("改第2项", 2, null)]
    [InlineData("修改2", 2, null)]
    [InlineData("我想改一下第二项", 2, null)]
    [InlineData("第二项改成昨天下午", 2, "昨天下午")]
    [InlineData("把第2项改为区城管局", 2, "区城管局")]
    [InlineData("第3项不对，是昨天", 3, "昨天")]
    [InlineData("2改成15点", 2, "15点")]
    public void The_item_is_named_by_its_number(string text, int item, string? value) => Assert.Equal(new Correction(item, value), Corrections.Of(text, 4));

    [Theory]
    [InlineData("改第5项")]
    [InlineData("2个人进来")]
    [InlineData("第二天才来")]
    [InlineData("2")]
    [InlineData("改到九点半")]
    [InlineData("提交")]
    public void Anything_else_is_no_correction(string text) => Assert.Null(Corrections.Of(text, 4));

    [Theory]
    [InlineData("时间不对，是昨天", 2, "昨天")]
    [InlineData("改时间", 2, null)]
    [InlineData("单位改成消防大队", 1, "消防大队")]
    public void The_item_is_named_by_its_label(string text, int item, string? value) =>
        Assert.Equal(new Correction(item, value), Corrections.Of(text, ["单位", "时间", "经过"]));

    [Theory]
    [InlineData("修改", true)]
    [InlineData("改一下吧", true)]
    [InlineData("提交", false)]
    public void A_bare_wish_is_seen(string text, bool expected) => Assert.Equal(expected, Corrections.Wanted(text));
}
