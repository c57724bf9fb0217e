using Bot.Domain.Guidance;
using Bot.Domain.Numbering;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Progress;

/// <summary>C6: how far one's cases are, how a date was counted, and what to do when the answer is late.</summary>
public sealed class CheckingProgress : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-16 15:40");

    [Fact]
    public async Task C6_late_counted_and_turned_into_a_complaint()
    {
        yunlan.Office.Use(db =>
        {
            db.NumberSeries.RemoveRange(db.NumberSeries);
            db.SaveChanges();
            db.NumberSeries.AddRange(new NumberSeries("云指", 2026, 50), new NumberSeries("云监投", 2026, 49));
            return db.SaveChanges();
        });
        await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "车辆动态监控台账保存几年?"));
        const string script =
            """
            @ 2026-11-22 10:00
            U: 都三天了怎么还没回
            B: 您的申请 云指〔2026〕51号，11月16日（周一）收到，2个工作日，云澜区交通运输局最迟11月18日（周三）答复，现在已超期2个工作日，对不起。我已提醒云澜区交通运输局负责人并报云澜区司法局。您可以：[1]继续等 [2]转人工 [3]改为投诉
               [继续等] [转人工] [改为投诉] [怎么算出来的]
            U: 怎么算出来的
            B: 2026年11月16日当天不算；第1个工作日11月17日（周二），第2个工作日11月18日（周三），当天24时为止。之后的工作日是11月19日、11月20日；11月21日、11月22日是周末。
               您可以：[1]继续等 [2]转人工 [3]改为投诉
            U: 3
            B: 已帮您带入申请内容，被投诉单位：云澜区交通运输局。还需补充什么吗？没有就回复“提交”。
            U: 提交
            B: 已登记，编号 云监投〔2026〕050号，云澜区司法局11月23日前与您联系。原来的申请仍会继续催办。
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Yuanfan).Play(script));
        Assert.Equal(["I23", "L-U09", "S1"], yunlan.Told("N8"));
    }

    [Fact]
    public async Task Asked_twice_on_a_day_the_officials_are_told_once()
    {
        await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "台账保存几年?"));
        yunlan.Office.Time.Set("2026-11-20 10:00");

        await new Talk(yunlan.Office, yunlan.Yuanfan).Say("怎么还没答复");
        var again = await new Talk(yunlan.Office, yunlan.Yuanfan).Hear("怎么还没答复");

        Assert.Contains("今天已经催过了", again, StringComparison.Ordinal);
        Assert.Equal(["I23", "L-U09", "S1"], yunlan.Told("N8"));
    }

    [Fact]
    public async Task C6_who_only_looks_hurries_nobody_until_it_is_asked_for()
    {
        await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "台账保存几年?"));
        yunlan.Office.Time.Set("2026-11-20 10:00");
        var talk = new Talk(yunlan.Office, yunlan.Yuanfan);

        Assert.Contains("[1]继续等 [2]催一下 [3]转人工 [4]改为投诉", await talk.Hear("办理进度"), StringComparison.Ordinal);
        Assert.Empty(yunlan.Told("N8"));
        Assert.Contains("我已提醒云澜区交通运输局负责人并报云澜区司法局", await talk.Hear("催一下"), StringComparison.Ordinal);
        Assert.Equal(["I23", "L-U09", "S1"], yunlan.Told("N8"));
    }

    [Fact]
    public async Task Before_the_last_day_one_may_urge()
    {
        await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "台账保存几年?"));
        var talk = new Talk(yunlan.Office, yunlan.Yuanfan);

        Assert.Contains("最迟11月18日（周三）答复，还有2个工作日", await talk.Hear("我申请的指导回复了没"), StringComparison.Ordinal);
        Assert.Contains("已提醒云澜区交通运输局经办人和负责人", await talk.Hear("催一下"), StringComparison.Ordinal);
        Assert.Equal(["I23", "L-U09"], yunlan.Told("N7"));
    }

    [Fact]
    public async Task Only_who_was_really_reminded_is_named()
    {
        await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U03", "台账保存几年?"));
        var talk = new Talk(yunlan.Office, yunlan.Yuanfan);
        await talk.Say("我申请的指导回复了没");

        Assert.Contains("已提醒江临市云澜生态环境局经办人，请您再等一等", await talk.Hear("催一下"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_shown_and_may_be_reacted_to_here()
    {
        var request = await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "台账保存几年?"));
        await yunlan.Office.Send(new AnswerGuidance(yunlan.Transport, request.Id, "不少于三年。"));
        var talk = new Talk(yunlan.Office, yunlan.Yuanfan);

        Assert.Contains("11月16日答复：不少于三年。", await talk.Hear($"查进度 {request.Number}"), StringComparison.Ordinal);
        Assert.StartsWith("抱歉没有帮上忙", await talk.Hear("没用"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_peoples_numbers_lead_nowhere() // D15
    {
        var request = await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "台账保存几年?"));

        Assert.StartsWith($"在您的事项里没有找到 {request.Id}", await new Talk(yunlan.Office, yunlan.Qinghe).Hear(request.Id), StringComparison.Ordinal);
        Assert.StartsWith("您还没有提交过申请或投诉", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("办理进度"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answered_while_the_question_was_open_the_new_state_is_told()
    {
        var request = await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "台账保存几年?"));
        var talk = new Talk(yunlan.Office, yunlan.Yuanfan);
        await talk.Say("办理进度");
        await yunlan.Office.Send(new AnswerGuidance(yunlan.Transport, request.Id, "不少于三年。"));

        Assert.Contains("不少于三年", await talk.Hear("继续等"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();
}
