using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Guidance;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Bot.Testing;
using MediatR;

namespace Bot.Domain.Tests.Guidance;

/// <summary>J18: answering, handing over, returning, asking again, rating and urging; each repeated.</summary>
public sealed class AnsweringGuidance : IDisposable
{
    private readonly Yunlan yunlan = new("2026-02-13 18:30");

    [Theory]
    [InlineData("2026-02-24 23:59", true, 0)]
    [InlineData("2026-02-25 00:00", false, 1)]
    public async Task An_answer_on_the_due_day_is_on_time_until_midnight(string answeredAt, bool onTime, int overdueBy)
    {
        var request = await Ask();
        yunlan.Office.Time.Set(answeredAt);

        var receipt = await Answer(request);

        Assert.Equal((onTime, overdueBy, 1, "2个工作日"), (receipt.OnTime, receipt.OverdueBy, receipt.FollowUpsLeft, receipt.FollowUpLimit));
        Assert.Equal(onTime, (await yunlan.Office.Send(new GuidanceProgress(yunlan.Qinghe, request))).Answer!.OnTime);
    }

    [Fact]
    public async Task The_asker_gets_the_answer_as_plain_text_with_basis_and_steps()
    {
        var request = await Ask("复工前要<b>报备</b>吗{answer}？");

        await yunlan.Office.Send(new AnswerGuidance(yunlan.Safety, request, "不用报备。", "《安全生产法》", "先开展复工培训"));

        Assert.Equal(
            "您2月13日提出的“复工前要<b>报备</b>吗{answer}？”，云澜区应急管理局答复如下：不用报备。依据：《安全生产法》。建议这样做：先开展复工培训。"
            + "如还有不清楚的，可追问一次；对答复是否有帮助，请回复“有用”或“没用”。本答复仅供合规参考，不作为行政决定。",
            yunlan.Notice("N3", "P001"));
    }

    [Fact]
    public async Task A_second_answer_is_refused_and_tells_nobody()
    {
        var request = await Ask();
        await Answer(request);

        await Refused(GuidanceRequest.AnsweredOnce, new AnswerGuidance(yunlan.SafetyLiaison, request, "再答一次"));

        Assert.Single(yunlan.Told("N3b"));
    }

    [Fact]
    public async Task Another_unit_cannot_see_or_answer_it() // D15
    {
        var request = await Ask();

        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new GuidanceDetail(yunlan.Ecology, request)));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new AnswerGuidance(yunlan.Ecology, request, "不归我管")));
        Assert.Empty(await yunlan.Office.Send(new GuidanceToAnswer(yunlan.Ecology)));
    }

    [Fact]
    public async Task What_was_still_owed_as_a_reminder_is_withdrawn_by_the_answer()
    {
        var request = await Ask();
        yunlan.Office.Time.Set("2026-02-24 08:30");
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));

        await Answer(request);

        Assert.All(yunlan.Office.Use(db => db.Notices.Where(n => n.Kind == "N7b").ToList()), reminder => Assert.Equal(NoticeState.Withdrawn, reminder.State));
        Assert.NotEmpty(yunlan.Told("N7b"));
    }

    [Fact]
    public async Task The_enterprise_may_ask_again_once_with_a_limit_counted_from_then()
    {
        var request = await Ask();
        await Refused(GuidanceRequest.FollowUpAfterAnswer, new AskFollowUp(yunlan.Qinghe, request, "那培训要多久？"));
        yunlan.Office.Time.Set("2026-02-25 09:00");
        await Answer(request);

        var again = await yunlan.Office.Send(new AskFollowUp(yunlan.Qinghe, request, "那培训要多久？"));

        Assert.Equal(new DateOnly(2026, 2, 27), again.DueOn);
        Assert.Equal("追问待答复", (await yunlan.Office.Send(new GuidanceProgress(yunlan.Qinghe))).State);
        Assert.Contains("（追问）", yunlan.Notice("N2b", "I05"), StringComparison.Ordinal);
        yunlan.Office.Time.Set("2026-02-27 12:00");
        var answered = await yunlan.Office.Send(new AnswerGuidance(yunlan.Safety, request, "按培训计划。"));
        Assert.Equal((true, 0), (answered.OnTime, answered.FollowUpsLeft));
        Assert.Contains("您2月25日追问的“那培训要多久？”", yunlan.Notice("N3c", "P001"), StringComparison.Ordinal);
        await Refused(GuidanceRequest.FollowUpWithinLimit, new AskFollowUp(yunlan.Qinghe, request, "还有……"));
        await Refused(GuidanceRequest.AnsweredOnce, new AnswerGuidance(yunlan.Safety, request, "又答"));
    }

    [Fact]
    public async Task An_answer_is_rated_once_and_only_when_there_is_one()
    {
        var request = await Ask();
        await Refused(GuidanceRequest.RatedAfterAnswer, new RateGuidance(yunlan.Qinghe, request, true));
        await Answer(request);

        await yunlan.Office.Send(new RateGuidance(yunlan.Qinghe, request, true));

        await Refused(GuidanceRequest.RatedOnce, new RateGuidance(yunlan.Qinghe, request, false));
        Assert.True((await yunlan.Office.Send(new GuidanceProgress(yunlan.Qinghe, request))).Useful);
    }

    [Fact]
    public async Task Handed_over_it_is_the_colleagues_with_the_same_deadline()
    {
        var request = await Ask();

        var receipt = await yunlan.Office.Send(new HandOverGuidance(yunlan.Safety, request, "I06"));

        Assert.Equal(("许如山", new DateOnly(2026, 2, 24)), (receipt.ToName, receipt.DueOn));
        Assert.Empty(await yunlan.Office.Send(new GuidanceToAnswer(yunlan.Safety)));
        Assert.Single(await yunlan.Office.Send(new GuidanceToAnswer(yunlan.SafetyColleague)));
        Assert.Contains("I06", yunlan.Told("N2b"));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new HandOverGuidance(yunlan.Safety, request, "I06")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new HandOverGuidance(yunlan.Safety, request, "I09")));
    }

    [Fact]
    public async Task Returned_it_moves_to_the_right_unit_with_the_deadline_unchanged_and_both_are_told()
    {
        var request = await Ask();
        yunlan.Office.Time.Set("2026-02-24 09:00");

        var receipt = await yunlan.Office.Send(new ReturnGuidance(yunlan.Safety, request, "U03", "这是排污许可事项"));

        Assert.Equal(("江临市云澜生态环境局", new DateOnly(2026, 2, 24)), (receipt.ToUnitName, receipt.DueOn));
        Assert.Contains("I09", yunlan.Told("N2b"));
        Assert.Contains("不属于云澜区应急管理局办理（这是排污许可事项），已转给江临市云澜生态环境局。答复期限不变，最迟2月24日（周二）", yunlan.Notice("N2c", "P001"), StringComparison.Ordinal);
        Assert.Single(await yunlan.Office.Send(new GuidanceToAnswer(yunlan.Ecology)));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new ReturnGuidance(yunlan.Safety, request, "U03", "再转一次")));
        await yunlan.Office.Send(new AnswerGuidance(yunlan.Ecology, request, "届满前申请延续。"));
        await Refused(GuidanceRequest.MovedBeforeAnswer, new ReturnGuidance(yunlan.Ecology, request, "U02", "还是你们的"));
    }

    [Fact]
    public async Task A_request_to_a_unit_without_anybody_registered_reaches_the_bureau()
    {
        await yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U04", "灭火器怎么配？"));

        Assert.Equal(["S1"], yunlan.Told("N2b"));
    }

    [Fact]
    public async Task Urging_tells_handler_and_leader_once_a_day_and_the_bureau_when_overdue()
    {
        var request = await Ask();

        Assert.False((await yunlan.Office.Send(new UrgeGuidance(yunlan.Qinghe, request))).BureauTold);
        Assert.Equal(["I05", "L-U02"], yunlan.Told("N7"));
        await Refused(GuidanceRequest.UrgedOnceADay, new UrgeGuidance(yunlan.Qinghe, request));

        yunlan.Office.Time.Set("2026-02-26 09:00");
        Assert.True((await yunlan.Office.Send(new UrgeGuidance(yunlan.Qinghe, request))).BureauTold);
        Assert.Equal(["I05", "L-U02", "S1"], yunlan.Told("N8"));
        Assert.Contains("现超期2个工作日", yunlan.Notice("N8", "S1"), StringComparison.Ordinal);

        await Answer(request);
        yunlan.Office.Time.Set("2026-02-27 09:00");
        await Refused(GuidanceRequest.UrgedWhileOpen, new UrgeGuidance(yunlan.Qinghe, request));
    }

    public void Dispose() => yunlan.Dispose();

    private async Task<string> Ask(string question = "春节复工前要不要先报备？") =>
        (await yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U02", question))).Id;

    private Task<AnswerReceipt> Answer(string request) => yunlan.Office.Send(new AnswerGuidance(yunlan.Safety, request, "不用报备，做好复工培训。"));

    private async Task Refused<T>(Rule rule, IRequest<T> command) =>
        Assert.Same(rule, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command))).Rule);
}
