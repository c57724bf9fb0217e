using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class AskingOnTheSide
{
    [Theory]
    [InlineData("安静日到底是几号", SideQuestion.QuietDays)]
    [InlineData("安靜日是哪幾天", SideQuestion.QuietDays)]
    [InlineData("你们几点下班", SideQuestion.OfficeHours)]
    [InlineData("周末上班吗", SideQuestion.OfficeHours)]
    [InlineData("怎么算出来的", SideQuestion.HowCounted)]
    [InlineData("周末算不算", SideQuestion.HowCounted)]
    [InlineData("会不会被知道", SideQuestion.Confidentiality)]
    [InlineData("我的信息保密吗", SideQuestion.Confidentiality)]
    [InlineData("会不会得罪人", SideQuestion.Consequences)]
    [InlineData("不同意会不会有影响", SideQuestion.Consequences)]
    [InlineData("要等多久", SideQuestion.HowLong)]
    [InlineData("几天能答复", SideQuestion.HowLong)]
    [InlineData("你们凭什么查我们", SideQuestion.Basis)]
    [InlineData("检查依据是什么", SideQuestion.Basis)]
    [InlineData("我忘了码怎么办", SideQuestion.LookupCodes)]
    [InlineData("码会过期吗", SideQuestion.LookupCodes)]
    public void A_general_question_is_seen(string text, SideQuestion expected) => Assert.Equal(expected, SideQuestions.Of(text));

    [Theory]
    [InlineData("安静日还来查")]
    [InlineData("两个人 没说要查什么")]
    [InlineData("他们不说依据就开单子")]
    [InlineData("有限空间作业审批单没有模板")]
    [InlineData("第二条，那是隔壁租户的仓库")]
    [InlineData("2")]
    [InlineData("好像是城管")]
    [InlineData("不清楚")]
    [InlineData("")]
    public void An_answer_is_not_taken_for_a_question(string text) => Assert.Equal(SideQuestion.None, SideQuestions.Of(text));
}
