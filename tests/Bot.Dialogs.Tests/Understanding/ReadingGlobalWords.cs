using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class ReadingGlobalWords
{
    [Theory]
    [InlineData("取消", GlobalWord.Cancel)]
    [InlineData("取消吧", GlobalWord.Cancel)]
    [InlineData("算了不问了", GlobalWord.Cancel)]
    [InlineData("算了，以后再说", GlobalWord.Cancel)]
    [InlineData("我不想办了", GlobalWord.Cancel)]
    [InlineData("取消这次申请", GlobalWord.Cancel)]
    [InlineData("退出 谢谢", GlobalWord.Cancel)]
    [InlineData("ｃａｎｃｅｌ", GlobalWord.Cancel)]
    [InlineData("返回上一步", GlobalWord.Back)]
    [InlineData("返回一下", GlobalWord.Back)]
    [InlineData("主菜单", GlobalWord.Menu)]
    [InlineData("回到主菜单吧", GlobalWord.Menu)]
    [InlineData("帮助", GlobalWord.Help)]
    [InlineData("？", GlobalWord.Help)]
    [InlineData("转人工", GlobalWord.Human)]
    [InlineData("轉人工！！", GlobalWord.Human)]
    [InlineData("麻烦帮我转人工客服，谢谢", GlobalWord.Human)]
    public void A_global_word_alone_or_in_front_counts(string text, GlobalWord expected) => Assert.Equal(expected, GlobalWords.Of(text));

    [Theory]
    [InlineData("人工费的问题")]
    [InlineData("取消许可证要什么材料")]
    [InlineData("取消绑定")]
    [InlineData("我们停产了")]
    [InlineData("帮助孩子项目")]
    [InlineData("返回的材料不对")]
    [InlineData("检查结束了怎么评价")]
    [InlineData("他们让我们取消夜班")]
    [InlineData("退出机制怎么走")]
    [InlineData("不用了谢谢")]
    [InlineData("人工智能企业要检查吗")]
    [InlineData("")]
    [InlineData("？？？")]
    public void A_global_word_inside_an_answer_does_not(string text) => Assert.Equal(GlobalWord.None, GlobalWords.Of(text));
}
