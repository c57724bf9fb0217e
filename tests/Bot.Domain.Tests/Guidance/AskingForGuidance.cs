using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Guidance;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Guidance;

/// <summary>J18, W28: asking a unit for guidance, by name or anonymously.</summary>
public sealed class AskingForGuidance : IDisposable
{
    private readonly Yunlan yunlan = new();

    [Fact]
    public async Task A_request_gets_a_number_a_due_day_and_the_days_that_were_counted()
    {
        var receipt = await Ask(yunlan.Qinghe, "U02");

        Assert.Equal(("G26-58", "云指〔2026〕58号"), (receipt.Id, receipt.Number));
        Assert.Equal(new DateOnly(2026, 11, 24), receipt.DueOn);
        Assert.Equal([new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 24)], receipt.Counted);
        Assert.Equal(("云澜区应急管理局", "0000-86000200", "2个工作日"), (receipt.UnitName, receipt.UnitPhone, receipt.Limit));
        Assert.Null(receipt.LookupCode);
    }

    [Fact]
    public async Task Over_the_Spring_Festival_the_make_up_Saturday_counts_and_the_holidays_do_not()
    {
        yunlan.Office.Time.Set("2026-02-13 16:00");

        var receipt = await Ask(yunlan.Qinghe, "U02");

        Assert.Equal([new DateOnly(2026, 2, 14), new DateOnly(2026, 2, 24)], receipt.Counted);
        Assert.False(receipt.Provisional);
        Assert.Contains("春节", receipt.HowCounted, StringComparison.Ordinal);
        Assert.Contains("2月14日", receipt.HowCounted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_the_end_of_the_year_the_date_is_provisional_while_the_next_notice_is_missing()
    {
        yunlan.Office.Time.Set("2026-12-30 10:00");

        var receipt = await Ask(yunlan.Qinghe, "U02");

        Assert.True(receipt.Provisional);
        Assert.Equal(new DateOnly(2027, 1, 4), receipt.DueOn);
    }

    [Fact]
    public async Task The_guidance_desk_and_the_liaison_are_told_once_with_a_button_to_answer()
    {
        await Ask(yunlan.Qinghe, "U02");

        Assert.Equal(["I05", "LI-U02"], yunlan.Told("N2b"));
        Assert.Contains("云指〔2026〕58号，来自云澜区青禾特种钢锭铸造有限公司，最迟11月24日（周二）24时", yunlan.Notice("N2b", "I05"), StringComparison.Ordinal);
        Assert.Equal(["答复 G26-58"], yunlan.Office.Use(db => db.Notices.First(n => n.PersonId == "I05").Actions));
    }

    [Fact]
    public async Task A_question_about_an_inspection_goes_to_its_inspectors()
    {
        yunlan.Inspection();

        await yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U02", "审批单有模板吗？", "T101"));

        Assert.Equal(["I05", "I06", "LI-U02"], yunlan.Told("N2b"));
    }

    [Fact]
    public async Task A_surprise_inspection_is_refused_with_the_same_words_as_one_that_does_not_exist() // J19
    {
        yunlan.Inspection("T150", previewed: false, waived: true);

        var waived = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U02", "？", "T150")));
        var unknown = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U02", "？", "T999")));

        Assert.Equal(unknown.Message, waived.Message);
    }

    [Fact]
    public async Task An_anonymous_question_keeps_nothing_of_the_asker_and_its_code_finds_the_answer()
    {
        var receipt = await yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U02", "学徒工签什么合同？", Anonymous: true));

        var kept = yunlan.Office.Use(db => db.GuidanceRequests.Single());
        Assert.Equal((null, null, null), (kept.EnterpriseId, kept.AskedById, kept.TaskId));
        Assert.Equal(new DateTime(2026, 11, 21, 16, 0, 0, DateTimeKind.Utc), kept.ReceivedAt);
        Assert.NotNull(receipt.LookupCode);
        Assert.NotEqual(receipt.LookupCode, kept.LookupHash);
        Assert.Empty(await yunlan.Office.Send(new MyCases(yunlan.Qinghe)));
        Assert.Contains("来自匿名提问人", yunlan.Notice("N2b", "I05"), StringComparison.Ordinal);

        await yunlan.Office.Send(new AnswerGuidance(yunlan.Safety, receipt.Id, "签劳动合同。"));

        var seen = await yunlan.Office.Send(new GuidanceByCode(Office.Visitor(), receipt.LookupCode!.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()));
        Assert.Equal("签劳动合同。", seen.Answer!.Text);
        Assert.Empty(yunlan.Told("N3b"));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new GuidanceByCode(Office.Visitor(), "2A2A-2A2A")));

        Assert.True((await yunlan.Office.Send(new LookUpByCode(Office.Visitor(), receipt.LookupCode))).IsQuestion);
        await yunlan.Office.Send(new AskFollowUpByCode(Office.Visitor(), receipt.LookupCode, "那试用期呢？"));
        await yunlan.Office.Send(new AnswerGuidance(yunlan.Safety, $"{receipt.Id}-追1", "包含在合同期内。"));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new AskFollowUpByCode(Office.Visitor(), receipt.LookupCode, "还有……")));
        Assert.Equal("包含在合同期内。", (await yunlan.Office.Send(new GuidanceByCode(Office.Visitor(), receipt.LookupCode))).FollowUps.Single().Answer!.Text);
    }

    [Fact]
    public async Task When_its_code_has_run_out_what_was_asked_anonymously_is_erased_and_the_figure_stays() // W28
    {
        var receipt = await yunlan.Office.Send(new RequestGuidance(Office.Visitor(), "U02", "学徒工签什么合同？", Anonymous: true));
        await yunlan.Office.Send(new AnswerGuidance(yunlan.Safety, receipt.Id, "签劳动合同。"));

        yunlan.Office.Time.Set("2027-02-25 09:00");
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));

        var kept = yunlan.Office.Use(db => db.GuidanceRequests.Single());
        Assert.Equal(("", "", null), (kept.Question, kept.Answer, kept.LookupHash));
    }

    [Fact]
    public async Task Somebody_without_an_enterprise_may_ask_only_anonymously()
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => Ask(Office.Visitor(), "U02"));

        Assert.Contains("匿名咨询", broken.Message, StringComparison.Ordinal);
        Assert.Equal("G26-58", (await yunlan.Office.Send(new RequestGuidance(Office.Visitor(), "U02", "？", Anonymous: true))).Id);
    }

    [Fact]
    public async Task Another_enterprise_sees_nothing_of_it_and_is_told_nothing_about_its_existence() // D15
    {
        var receipt = await Ask(yunlan.Qinghe, "U02");

        var foreign = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new GuidanceProgress(yunlan.Yuanfan, receipt.Id)));
        var unknown = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new GuidanceProgress(yunlan.Yuanfan, "G26-999")));
        Assert.Equal(unknown.Message, foreign.Message);
        Assert.Empty(await yunlan.Office.Send(new MyCases(yunlan.Yuanfan)));
        Assert.Equal(receipt.Number, (await yunlan.Office.Send(new GuidanceProgress(yunlan.Qinghe))).Number);
    }

    public void Dispose() => yunlan.Dispose();

    private Task<GuidanceReceipt> Ask(Actor by, string unit) => yunlan.Office.Send(new RequestGuidance(by, unit, "有限空间作业审批单有模板吗？"));
}
