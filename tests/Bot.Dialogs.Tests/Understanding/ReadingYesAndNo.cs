using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class ReadingYesAndNo
{
    [Theory]
    [InlineData("是")]
    [InlineData("是的")]
    [InlineData("对对对")]
    [InlineData("好的，谢谢")]
    [InlineData("行")]
    [InlineData("行吧")]
    [InlineData("可以")]
    [InlineData("嗯嗯")]
    [InlineData("確認")]
    [InlineData("提交吧")]
    [InlineData("没错")]
    [InlineData("ＯＫ")]
    [InlineData("要")]
    [InlineData("发")]
    [InlineData("好！")]
    [InlineData("同意")]
    [InlineData("👌")]
    [InlineData("没问题的")]
    public void Yes_in_many_ways(string text) => Assert.True(YesNo.Of(text));

    [Theory]
    [InlineData("不")]
    [InlineData("不是")]
    [InlineData("不要")]
    [InlineData("不用了谢谢")]
    [InlineData("先不用")]
    [InlineData("没有")]
    [InlineData("别")]
    [InlineData("算了")]
    [InlineData("不对")]
    [InlineData("不同意")]
    [InlineData("不留")]
    [InlineData("不不不")]
    [InlineData("否。")]
    [InlineData("no")]
    [InlineData("沒有了")]
    public void No_in_many_ways(string text) => Assert.False(YesNo.Of(text));

    [Theory]
    [InlineData("是不是")]
    [InlineData("不是不行")]
    [InlineData("好的不要")]
    [InlineData("可以吗")]
    [InlineData("对方没来")]
    [InlineData("不同意会不会有影响")]
    [InlineData("不知道")]
    [InlineData("好像是城管")]
    [InlineData("note")]
    [InlineData("你好")]
    [InlineData("1")]
    [InlineData("")]
    public void Neither_when_in_doubt(string text) => Assert.Null(YesNo.Of(text));
}
