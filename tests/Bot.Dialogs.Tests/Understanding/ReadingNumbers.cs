using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class ReadingNumbers
{
    [Theory]
    [InlineData("2")]
    [InlineData("２")]
    [InlineData("二")]
    [InlineData("②")]
    [InlineData("[2]")]
    [InlineData("【2】")]
    [InlineData("第2个")]
    [InlineData("第二项")]
    [InlineData("选2")]
    [InlineData("我选2吧")]
    [InlineData("2.")]
    [InlineData(" 2。")]
    [InlineData("(2)")]
    public void A_number_that_is_the_whole_message_chooses(string text) => Assert.Equal(2, Numbers.Choice(text, 3));

    [Theory]
    [InlineData("2个人进来")]
    [InlineData("2个")]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("2.5")]
    [InlineData("22")]
    [InlineData("99020001005")]
    [InlineData("第三项我们没有")]
    [InlineData("12月3日")]
    [InlineData("一下")]
    [InlineData("")]
    public void A_number_inside_something_else_does_not(string text) => Assert.Null(Numbers.Choice(text, 3));

    [Fact]
    public void The_last_one_can_be_named() => Assert.Equal(3, Numbers.Choice("最后一个", 3));

    [Theory]
    [InlineData("1和3", new[] { 1, 3 })]
    [InlineData("1、2", new[] { 1, 2 })]
    [InlineData("1 3", new[] { 1, 3 })]
    [InlineData("②", new[] { 2 })]
    public void Several_choices_can_be_made_at_once(string text, int[] expected) => Assert.Equal(expected, Numbers.Choices(text, 3));

    [Theory]
    [InlineData("1和4")]
    [InlineData("1个人和3辆车")]
    public void A_list_with_anything_else_is_none(string text) => Assert.Null(Numbers.Choices(text, 3));

    [Theory]
    [InlineData("2 99020001005", 2, "99020001005")]
    [InlineData("1 新来的同事不熟，已培训", 1, "新来的同事不熟,已培训")]
    [InlineData("2，先受理", 2, "先受理")]
    [InlineData("3 两项", 3, "两项")]
    public void A_choice_may_carry_a_remark(string text, int choice, string remark) => Assert.Equal((choice, remark), Numbers.ChoiceAndRest(text, 4));

    [Theory]
    [InlineData("2个人 没说要查什么")]
    [InlineData("两个人 没说要查什么")]
    [InlineData("1.5 米")]
    [InlineData("2")]
    public void Without_a_choice_in_front_there_is_no_remark(string text) => Assert.Null(Numbers.ChoiceAndRest(text, 4));

    [Theory]
    [InlineData("5分", 5)]
    [InlineData("打5分", 5)]
    [InlineData("给四分", 4)]
    [InlineData("五星", 5)]
    [InlineData("给个五星好评", 5)]
    [InlineData("改成4分", 4)]
    [InlineData("等一下 改成4分", 4)]
    [InlineData("5分，一次看完挺好", 5)]
    [InlineData("不是5分，是4分", 4)]
    [InlineData("３", 3)]
    [InlineData("满分", 5)]
    [InlineData("两颗星", 2)]
    public void A_score_is_found(string text, int expected) => Assert.Equal(expected, Numbers.Score(text));

    [Theory]
    [InlineData("等了5分钟")]
    [InlineData("10分")]
    [InlineData("十分满意")]
    [InlineData("4.5分")]
    [InlineData("三分之一")]
    [InlineData("3分5分都行")]
    [InlineData("星期三")]
    [InlineData("2个人来的")]
    public void What_is_no_score_is_not_taken_for_one(string text) => Assert.Null(Numbers.Score(text));

    [Fact]
    public void A_score_keeps_the_comment() => Assert.Equal((5, "一次看完挺好"), Numbers.ScoreAndComment("5分，一次看完挺好"));
}
