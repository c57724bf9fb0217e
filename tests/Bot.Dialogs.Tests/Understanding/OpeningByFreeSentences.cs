using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Understanding;

/// <summary>What officials could only open by its exact word opens by a sentence too (J41, S31, S39, W42, S45). None of these stands in the phrase file.</summary>
public sealed class OpeningByFreeSentences : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");

    public OpeningByFreeSentences() => office.Add(new Unit("U12", "望岚街道办事处", "subdistrict", "综合行政执法", "0000-86001200"), new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"));

    [Theory]
    [InlineData("帮我看看移送出去的那几件", Audience.Supervisor, Intents.SeeTransfers)]
    [InlineData("移送的那件后来怎么样了", Audience.Supervisor, Intents.SeeTransfers)]
    [InlineData("最近各单位普遍存在哪些毛病", Audience.Supervisor, Intents.CommonProblems)]
    [InlineData("给大家来个普遍提醒", Audience.Supervisor, Intents.CommonProblems)]
    [InlineData("我觉得十月份扫码率不对", Audience.Leader, Intents.ObjectToFigures)]
    [InlineData("统计搞错了，我们有异议", Audience.Leader, Intents.ObjectToFigures)]
    [InlineData("还有哪些单位的数据异议没核实", Audience.Supervisor, Intents.ObjectToFigures)]
    [InlineData("帮我把T303整个办理经过导出来", Audience.Inspector, Intents.ExportTrail)]
    [InlineData("这个任务的来龙去脉给我一份", Audience.Liaison, Intents.ExportTrail)]
    [InlineData("别再给我发案例了", Audience.Liaison, Intents.MonthlyCase)]
    [InlineData("以后每月的案例还发给我", Audience.Enterprise, Intents.MonthlyCase)]
    [InlineData("收到的无照经营举报还剩几件", Audience.Liaison, Intents.HandleUnlicensed)]
    public void A_sentence_is_enough(string text, Audience audience, string intent) =>
        Assert.Equal(intent, IntentRecogniser.Load(Phrases.Shipped).Recognise(text, audience).Intent);

    [Theory]
    [InlineData("看看统计", Audience.Leader, Intents.SeeFigures)]
    [InlineData("哪些申诉还没答复", Audience.Supervisor, Intents.HandleAppeals)]
    [InlineData("有没有类似的案例", Audience.Enterprise, Intents.FindKnowledge)]
    [InlineData("要发建议书的", Audience.Supervisor, Intents.JusticeSupervise)]
    public void What_stands_near_it_stays_what_it_was(string text, Audience audience, string intent) =>
        Assert.Equal(intent, IntentRecogniser.Load(Phrases.Shipped).Recognise(text, audience).Intent);

    [Fact]
    public async Task J41_the_bureau_sees_its_list_of_transfers_and_an_inspector_is_refused_and_the_asking_kept()
    {
        Assert.Contains("移送台账：没有登记", await Talk("S1", ActorRole.Supervisor).Hear("帮我看看移送出去的那几件"), StringComparison.Ordinal);
        Assert.Contains("无权查看，这次查询已经记录", await Talk("I1", ActorRole.Inspector, "U12").Hear("帮我看看移送出去的那几件"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S31_S39_W42_the_others_open_with_what_the_sentence_says_already()
    {
        Assert.Contains("本季度没有普遍问题", await Talk("S1", ActorRole.Supervisor).Hear("最近各单位普遍存在哪些毛病"), StringComparison.Ordinal);
        Assert.Contains("没有待核实的数据异议", await Talk("S2", ActorRole.Supervisor).Hear("还有哪些单位的数据异议没核实"), StringComparison.Ordinal);
        Assert.Contains("现在没有可以提异议的数据", await Talk("L1", ActorRole.UnitLeader, "U12").Hear("我觉得十月份扫码率不对"), StringComparison.Ordinal);
        Assert.Contains("任务T303的全程记录", await Talk("LI1", ActorRole.UnitLiaison, "U12").Hear("帮我把T303整个办理经过导出来"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S45_the_monthly_case_is_stopped_at_once_or_asked_about()
    {
        var talk = new Talk(office, office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1"));

        Assert.Contains("以后不再每月发案例给您", await talk.Hear("不要每月再发案例给我了"), StringComparison.Ordinal);
        Assert.Contains("您还想收吗", await talk.Hear("每月的案例是怎么回事"), StringComparison.Ordinal);
        Assert.Contains("会发给您", await talk.Hear("继续收"), StringComparison.Ordinal);
    }

    public void Dispose() => office.Dispose();

    private Talk Talk(string id, ActorRole role, string? unit = null) => new(office, office.Person(id, "某人", role, unit));
}
