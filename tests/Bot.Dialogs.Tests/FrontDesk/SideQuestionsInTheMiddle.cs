using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

public sealed class SideQuestionsInTheMiddle : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Talk talk;

    public SideQuestionsInTheMiddle() => talk = new Talk(office, Office.Visitor(), SampleConversations.List);

    [Fact]
    public async Task The_answer_comes_first_and_then_the_question_again()
    {
        await talk.Hear("申请行政指导");

        var heard = await talk.Hear("安静日到底是几号");

        Assert.StartsWith("企业安静日是每月1日到15日，日常检查不安排在这几天。今天（11月20日）不在安静日内。", heard, StringComparison.Ordinal);
        Assert.EndsWith("——回到刚才：您想请哪个单位指导？\n[1]应急管理局 [2]生态环境局", heard, StringComparison.Ordinal);
        Assert.Equal("想问什么？", await talk.Hear("2"));
    }

    [Theory]
    [InlineData("几点下班", "现在正在办公")]
    [InlineData("15号算不算安静日", "11月15日（周日）在安静日内")]
    [InlineData("我的信息会不会泄露", "保密")]
    [InlineData("要等多久", "2个工作日内答复")]
    [InlineData("怎么算出来的", "收到当天不算")]
    [InlineData("会不会得罪人", "不会")]
    [InlineData("凭什么依据", "依据：")]
    [InlineData("查询码会过期吗", "90日内有效")]
    public async Task Each_is_answered_at_a_date_question_without_losing_answers(string question, string answer)
    {
        await talk.Hear("我要投诉");
        await talk.Hear("1");

        var heard = await talk.Hear(question);

        Assert.Contains(answer, heard, StringComparison.Ordinal);
        Assert.EndsWith("发生在哪天？", heard, StringComparison.Ordinal);
        Assert.Equal("请说说经过。", await talk.Hear("昨天"));
    }

    [Fact]
    public async Task Where_any_text_is_an_answer_only_an_announced_question_is_one()
    {
        await talk.Hear("申请行政指导");
        await talk.Hear("1");

        Assert.EndsWith("——回到刚才：想问什么？", await talk.Hear("先问一下，几点下班"), StringComparison.Ordinal);
        Assert.Equal("已提交：安静日到底是几号", await talk.Hear("安静日到底是几号"));
    }

    [Fact]
    public async Task At_night_the_next_opening_is_named()
    {
        office.Time.Set("2026-11-20 19:00");

        Assert.Contains("下次是11月23日（周一）09:00", await talk.Hear("几点上班"), StringComparison.Ordinal);
    }

    public void Dispose() => office.Dispose();
}
