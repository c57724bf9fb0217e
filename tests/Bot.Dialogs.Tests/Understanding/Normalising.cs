using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class Normalising
{
    [Theory]
    [InlineData("  你好　世界\r\n ", "你好 世界")]
    [InlineData("Ａ１２！？", "A12!?")]
    [InlineData("我要投訴", "我要投诉")]
    [InlineData("檢查企業執照，安靜日", "检查企业执照,安静日")]
    [InlineData("a\u0000b\u200bc\ufeff", "abc")]
    [InlineData("好的👍🏻", "好的👍🏻")]
    [InlineData("", "")]
    public void Text_comes_into_one_shape(string raw, string expected) => Assert.Equal(expected, Normalise.Text(raw));

    [Fact]
    public void Half_of_an_emoji_is_dropped() => Assert.Equal("好", Normalise.Text($"好{'\ud83d'}"));

    [Fact]
    public void Case_is_kept_for_display() => Assert.Equal("REC-0617 ok", Normalise.Text("REC-0617　ok"));

    [Fact]
    public void Normalising_twice_changes_nothing_more()
    {
        var once = Normalise.Text("【云监投】　ＯＫ…投訴\t檢查！");

        Assert.Same(once, Normalise.Text(once));
    }
}
