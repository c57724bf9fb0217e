using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

/// <summary>What people mean though they refuse something, mistype, or write pinyin.</summary>
public sealed class HearingThroughMistakes
{
    private static readonly IntentRecogniser Shipped = IntentRecogniser.Load(Phrases.Shipped);

    [Theory]
    [InlineData("我不是要投诉，我想评价一下", Intents.RateInspection)]
    [InlineData("不想投诉，就问问安静日是哪几天", Intents.QuietDayQuery)]
    [InlineData("我没想改期，只想看看检查预告", Intents.ViewPreview)]
    [InlineData("不绑定能投诉吗", Intents.Complain)]
    [InlineData("不用人工，帮我查下进度", Intents.CheckProgress)]
    [InlineData("不是申诉，是想申请指导", Intents.ApplyGuidance)]
    [InlineData("先不评价，看看办理进度", Intents.CheckProgress)]
    [InlineData("我不要匿名，我要实名投诉", Intents.Complain)]
    [InlineData("别转人工，我就想看检查预告", Intents.ViewPreview)]
    [InlineData("不是要解绑，是要切换企业", Intents.SwitchEnterprise)]
    [InlineData("我不打算投诉，想提个建议", Intents.GiveFeedback)]
    public void What_is_refused_gives_way_to_what_is_wanted(string text, string intent) =>
        Assert.Equal(intent, Shipped.Recognise(text, Audience.Enterprise).Intent);

    [Theory]
    [InlineData("我不是要投诉", Intents.Complain)]
    [InlineData("我没有要转人工", Intents.Human)]
    [InlineData("不是要取消", Intents.Cancel)]
    [InlineData("没说要改期", Intents.Reschedule)]
    public void A_refusal_alone_opens_nothing_of_the_kind(string text, string refused)
    {
        var understood = Shipped.Recognise(text, Audience.Enterprise);

        Assert.NotEqual(refused, understood.Intent);
        Assert.DoesNotContain(refused, understood.Candidates);
    }

    [Theory]
    [InlineData("他们不出示证件还不让拍照", Intents.Complain)]
    [InlineData("检查不预告直接就来了", Intents.Complain)]
    [InlineData("不想留名字问个事", Intents.AnonymousConsult)]
    [InlineData("检查那天我不方便，换个时间", Intents.Reschedule)]
    [InlineData("要不要评价啊，怎么评", Intents.RateInspection)]
    [InlineData("我不认可检查结论", Intents.AppealResult)]
    [InlineData("别再给我发消息了，解绑", Intents.Unbind)]
    public void A_no_that_belongs_to_the_matter_is_none_to_the_wish(string text, string intent) =>
        Assert.Equal(intent, Shipped.Recognise(text, Audience.Enterprise).Intent);

    [Theory]
    [InlineData("我要申述", Intents.AppealResult)]
    [InlineData("察看检查预高", Intents.ViewPreview)]
    [InlineData("审请行政指导", Intents.ApplyGuidance)]
    [InlineData("按静日是几号", Intents.QuietDayQuery)]
    [InlineData("我想平介一下", Intents.RateInspection)]
    [InlineData("匿明咨寻", Intents.AnonymousConsult)]
    [InlineData("办理劲度", Intents.CheckProgress)]
    [InlineData("转人公", Intents.Human)]
    [InlineData("邦定企业", Intents.BindEnterprise)]
    [InlineData("接绑", Intents.Unbind)]
    [InlineData("投.诉", Intents.Complain)]
    [InlineData("投 诉", Intents.Complain)]
    [InlineData("诶投述一下", Intents.Complain)]
    [InlineData("核燕检查人员", Intents.VerifyInspector)]
    [InlineData("gai qi", Intents.Reschedule)]
    [InlineData("woyaotousu", Intents.Complain)]
    [InlineData("wo xiang chakan jiancha yugao", Intents.ViewPreview)]
    [InlineData("chaxun banli jindu", Intents.CheckProgress)]
    [InlineData("shenqing xingzheng zhidao", Intents.ApplyGuidance)]
    [InlineData("anjingri shi najitian", Intents.QuietDayQuery)]
    [InlineData("niming zixun", Intents.AnonymousConsult)]
    public void Mistyped_words_and_pinyin_are_heard(string text, string intent) =>
        Assert.Equal(intent, Shipped.Recognise(text, Audience.Enterprise).Intent);

    [Theory]
    [InlineData("hello world what is this")]
    [InlineData("今天天气真好")]
    [InlineData("红烧排骨怎么做")]
    [InlineData("xyzzy plugh")]
    public void Nothing_is_heard_where_nothing_was_said(string text) =>
        Assert.False(Shipped.Recognise(text, Audience.Enterprise) is { Intent: Intents.Complain or Intents.Cancel or Intents.Human });
}
