using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>Two wishes in a sentence, a question inside an answer, an answer with another wish behind it.</summary>
public sealed class SeveralThingsAtOnce : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Talk talk;

    public SeveralThingsAtOnce()
    {
        office.Add(
            new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"),
            new Unit("U04", "云澜区消防救援大队", "district", "消防救援", "0000-86000400"),
            new Unit("U06", "云澜区城市管理局", "district", "城市管理", "0000-86000600"),
            new NumberSeries("云监投", 2026, 49));
        talk = new Talk(office, office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1"));
    }

    [Theory]
    [InlineData("先提个意见，再帮我投诉", "意见反馈", "投诉检查行为")]
    [InlineData("我要投诉，顺便查一下办理进度", "投诉检查行为", "办理进度")]
    [InlineData("帮我看看检查预告，另外我想提个建议", "检查预告", "意见反馈")]
    public async Task The_second_of_two_wishes_is_kept_in_mind(string text, string first, string then)
    {
        var heard = await talk.Hear(text);

        Assert.StartsWith($"好的，先办“{first}”，“{then}”我记着", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_wish_is_offered_when_the_first_is_done_and_opens_with_yes()
    {
        await talk.Hear("我想提个建议，然后投诉城管昨天没亮证就检查");

        await talk.Hear("检查通知能不能早点发");
        var done = await talk.Hear("提交");
        Assert.EndsWith("您刚才还说要办“投诉检查行为”，现在办吗？", done, StringComparison.Ordinal);

        await talk.Hear("好的");
        Assert.Contains("可以再补充经过", await talk.Hear("匿名"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_wish_is_offered_also_when_the_first_is_dropped_and_no_ends_it()
    {
        await talk.Hear("我要投诉，顺便提个建议");

        Assert.EndsWith("您刚才还说要办“意见反馈”，现在办吗？", await talk.Hear("取消"), StringComparison.Ordinal);
        Assert.Equal("好的，需要时随时叫我。", await talk.Hear("不用了"));
        Assert.DoesNotContain("刚才还说", await talk.Hear("你好"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("昨天下午，这个会不会被他们知道？", "身份对被投诉单位保密")]
    [InlineData("昨天吧。投诉多久能有结果？", "5个工作日")]
    [InlineData("对了几点下班，是昨天的事", "办公时间")]
    public async Task A_question_inside_an_answer_is_answered_and_the_answer_taken(string said, string answer)
    {
        await talk.Hear("他们没亮证没扫码就进来");
        await talk.Hear("1");

        var heard = await talk.Hear(said);

        Assert.Contains(answer, heard, StringComparison.Ordinal);
        Assert.Contains("11月19日（周四）", heard, StringComparison.Ordinal);
        Assert.Contains("是哪个单位", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_of_the_story_stays_in_the_story()
    {
        await talk.Hear("我要投诉");
        await talk.Hear("1");
        await talk.Hear("昨天城管来了，凭什么天天查我们？他们怎么知道是我投诉的？");
        await talk.Hear("没有");
        await talk.Hear("提交");

        Assert.Equal("昨天城管来了,凭什么天天查我们?他们怎么知道是我投诉的?", office.Use(db => db.Complaints.Single().Text).Replace('，', ',').Replace('？', '?'));
    }

    [Fact]
    public async Task A_wish_behind_an_answer_waits()
    {
        await talk.Hear("他们没亮证没扫码就进来");
        await talk.Hear("1");

        var heard = await talk.Hear("昨天下午，另外帮我看看检查预告");

        Assert.Contains("“检查预告”我记着", heard, StringComparison.Ordinal);
        Assert.Contains("是哪个单位", heard, StringComparison.Ordinal);
        await talk.Hear("城管");
        await talk.Hear("没有");
        Assert.EndsWith("您刚才还说要办“检查预告”，现在办吗？", await talk.Hear("提交"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("他们先查了消防，然后要我交罚款")]
    [InlineData("投诉和评价有什么区别")]
    [InlineData("昨天来了三拨人，又查台账又查仓库，还要我请吃饭")]
    public void A_told_story_is_not_cut(string text) => Assert.Empty(TwoWishes.In(text));

    [Fact]
    public void No_single_wish_of_the_phrases_is_cut_into_two()
    {
        var recogniser = IntentRecogniser.Load(Phrases.Shipped);
        var cut = Phrases.Shipped.SelectMany(entry => entry.Value)
            .SelectMany(phrase => TwoWishes.In(phrase), (phrase, halves) => (phrase, First: recogniser.Recognise(halves.First, Audience.Enterprise), Then: recogniser.Recognise(halves.Then, Audience.Enterprise)))
            .Where(one => one.First is { IsClear: true, Score: >= 0.5 } && one.Then is { IsClear: true, Score: >= 0.6 } && one.First.Intent != one.Then.Intent)
            .Select(one => $"{one.phrase}: {one.First.Intent} + {one.Then.Intent}");

        Assert.Empty(cut);
    }

    public void Dispose() => office.Dispose();
}
