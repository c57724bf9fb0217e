using Bot.Dialogs.FrontDesk;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>What belongs to supervision is reached by each role in free Chinese.</summary>
public sealed class ReachingSupervision
{
    private static readonly Menus Menus = new(AllConversations.List);

    private static readonly IntentRecogniser Recogniser = IntentRecogniser.Load(Phrases.Shipped);

    private static readonly ActorRole[] Roles = [ActorRole.EnterpriseUser, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor, ActorRole.LegalObserver, ActorRole.Public];

    public static TheoryData<string> Intents => [.. Understanding.RecognisingIntents.OfSupervision];

    [Theory]
    [MemberData(nameof(Intents))]
    public void Whoever_may_mean_it_has_a_conversation_for_it(string intent)
    {
        var without = Roles.Where(role => Cues.MayMean(Audiences.Of(role), intent) && Menus.Meant(intent, role) is null);

        Assert.Empty(without);
    }

    [Theory]
    [InlineData(ActorRole.Supervisor, "帮我看下这周新发现的线索", "监督线索")]
    [InlineData(ActorRole.Supervisor, "这个季度该抽哪几家单位了，开始季度抽查", "季度抽查")]
    [InlineData(ActorRole.Supervisor, "哪几家还没交自查表", "自查进度")]
    [InlineData(ActorRole.Supervisor, "企业的问卷收上来多少了", "问卷结果")]
    [InlineData(ActorRole.Supervisor, "想给企业发放一次问卷", "发问卷")]
    [InlineData(ActorRole.Supervisor, "观察员的任务完成得怎么样了", "观察任务")]
    [InlineData(ActorRole.Supervisor, "现在有几件申诉没办", "申诉台账")]
    [InlineData(ActorRole.Supervisor, "各个单位的扫码率和公示率", "统计")]
    [InlineData(ActorRole.UnitLeader, "我想看看我们单位的指标", "本单位数据")]
    [InlineData(ActorRole.UnitLeader, "这个季度的自查我来填一下", "季度自查")]
    [InlineData(ActorRole.UnitLiaison, "司法局来的建议书要怎么回", "预警与建议书")]
    [InlineData(ActorRole.UnitLiaison, "企业对结果申诉了，要我们说明情况", "申诉依据")]
    [InlineData(ActorRole.EnterpriseUser, "收到问卷了我来填", "填问卷")]
    [InlineData(ActorRole.EnterpriseUser, "有没有别的企业整改的案例", "合规指引")]
    [InlineData(ActorRole.EnterpriseUser, "检查人员应该遵守什么纪律", "检查纪律")]
    [InlineData(ActorRole.EnterpriseUser, "投诉的事情还是没有解决", "补充投诉")]
    [InlineData(ActorRole.EnterpriseUser, "对检查结果不服想申诉", "申诉结果")]
    [InlineData(ActorRole.LegalObserver, "这个月安排我去观察哪一家", "观察任务")]
    [InlineData(ActorRole.LegalObserver, "我们商会的企业有些共同的困难", "行业问题")]
    [InlineData(ActorRole.Public, "检查时企业有哪些权利", "检查纪律")]
    public void Free_words_reach_what_the_menu_word_opens(ActorRole role, string said, string word)
    {
        var understood = Recogniser.Recognise(said, Audiences.Of(role));

        Assert.True(understood.IsClear, string.Join(", ", understood.Candidates));
        Assert.Equal(Menus.Opened(word, role)?.Id, Menus.Meant(understood.Intent, role)?.Id);
    }
}
