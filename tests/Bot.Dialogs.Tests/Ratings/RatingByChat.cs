using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Ratings;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Ratings;

/// <summary>C5.</summary>
public sealed class RatingByChat : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Talk talk;

    public RatingByChat()
    {
        office.Add(
            new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"),
            new Unit("U01", "云澜区市场监督管理局", "district", "市场监管", "0000-86000100"),
            new InspectionTask(new TaskFacts("T301", InspectionType.Daily, "U01", "E1", new DateOnly(2026, 11, 18), new DateOnly(2026, 11, 1)) { CompletedOn = new DateOnly(2026, 11, 18), Result = "未发现问题" }));
        talk = new Talk(office, office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1"));
    }

    [Fact]
    public async Task C5_after_the_invitation_score_and_words_come_in_one_message()
    {
        await office.Send(new InviteRating(Actor.Service, "T301"));
        Assert.StartsWith("11月18日云澜区市场监督管理局到贵单位的检查已结束，结果：未发现问题。", office.Use(db => db.Notices.Single().Text), StringComparison.Ordinal);
        const string script = """
            U: 5分，一次看完挺好
            B: 收到：5分，“一次看完挺好”。提交吗？7天内可以修改。想连司法局也看不到您的名字，请回复“匿名提交”：评价里没有您的名字，只看得出是哪次检查、哪家企业。
               [提交] [匿名提交] [不提交]
            U: 等一下 改成4分
            B: 改为：4分，“一次看完挺好”。提交吗？7天内可以修改。想连司法局也看不到您的名字，请回复“匿名提交”：评价里没有您的名字，只看得出是哪次检查、哪家企业。
            U: 行
            B: 已提交，谢谢。11月29日前还可以修改，检查单位看不到是谁评的。
            """;

        Assert.Equal(script, await talk.Play(script));
        Assert.Equal((4, "一次看完挺好"), office.Use(db => db.Feedback.Select(f => ValueTuple.Create(f.Score!.Value, f.Text)).Single()));
    }

    [Fact]
    public async Task C5_asked_for_and_changed_within_seven_days_it_stays_one_rating()
    {
        const string script = """
            U: 评价检查
            B: 11月18日云澜区市场监督管理局到贵单位的检查已结束，结果：未发现问题。请您评价：1—5分，也可以写几句。您的评价检查单位看不到是谁写的。
               [5分] [4分] [3分] [2分] [1分]
            U: 挺好
            B: 请给1到5分，例如“5分，一次看完挺好”。
            U: 5
            B: 收到：5分。提交吗？7天内可以修改。想连司法局也看不到您的名字，请回复“匿名提交”：评价里没有您的名字，只看得出是哪次检查、哪家企业。
            U: 匿名提交
            B: 已提交，谢谢。11月29日前还可以修改，检查单位看不到是谁评的。
            @ 2026-11-29 20:00
            U: 评价 T301
            B: 11月18日云澜区市场监督管理局到贵单位的检查已结束，结果：未发现问题。请您评价：1—5分，也可以写几句。您的评价检查单位看不到是谁写的。
            U: 3分，等了很久
            B: 11月18日的检查您评过5分，改为：3分，“等了很久”。提交吗？7天内可以修改。想连司法局也看不到您的名字，请回复“匿名提交”：评价里没有您的名字，只看得出是哪次检查、哪家企业。
            U: 提交
            B: 已提交，谢谢。11月29日前还可以修改，检查单位看不到是谁评的。
            @ 2026-11-30 09:00
            U: 评价检查
            B: 贵单位现在没有可以评价的检查。检查结束后我会请您评价。
            """;

        Assert.Equal(script, await talk.Play(script));
        Assert.Equal(1, office.Use(db => db.Feedback.Count()));
    }

    [Fact]
    public async Task W28_before_a_named_rating_becomes_anonymous_it_is_said_what_stays()
    {
        await talk.Play("""
            U: 5分，一次看完挺好
            U: 提交
            """);
        Assert.EndsWith("请回复“匿名提交”：评价里就不再有您的名字，但您实名评过这次检查的操作记录还在。", (await talk.Hear("评价 T301 3分")).Split('\n')[0], StringComparison.Ordinal);
        await talk.Hear("匿名提交");
        Assert.Null(office.Use(db => db.Feedback.Single().PersonId));
    }

    [Fact]
    public async Task Nobody_rates_for_others()
    {
        Assert.Contains("不能代别人评", await talk.Hear("帮我给五家都打五分"), StringComparison.Ordinal);
        Assert.Equal(0, office.Use(db => db.Feedback.Count()));
    }

    [Fact]
    public async Task An_opinion_is_taken_with_a_number()
    {
        const string script = """
            U: 意见反馈
            B: 请说您的意见或建议，几句话就行。
            U: 建议几个部门一起来查
            B: 您的意见：“建议几个部门一起来查”。提交给云澜区司法局吗？
            U: 提交
            B: 已收到，编号 云监馈〔2026〕1号，谢谢。意见会认真看，不逐条答复；需要有人处理的事，请回复“投诉”或“人工”。
            """;

        Assert.Equal(script, await talk.Play(script));
    }

    public void Dispose() => office.Dispose();
}
