using Bot.Domain.Appeals;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Appeals;

/// <summary>W38, C8: the unit gives its basis, the bureau answers, every remedy is named, and nobody learns who of the enterprise appealed.</summary>
public sealed class AppealingAResult : IDisposable
{
    private readonly Yunlan yunlan = new();

    public AppealingAResult() => yunlan.Inspection("T305", but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 16), CompletedOn = new DateOnly(2026, 11, 16), Result = "责令改正" });

    [Fact]
    public async Task It_gets_a_number_and_two_dates_and_both_sides_are_told()
    {
        var receipt = await File();

        Assert.Equal(("云监诉〔2026〕1号", "云澜区应急管理局"), (receipt.Number, receipt.UnitName));
        Assert.Equal((new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 27)), (receipt.BasisDue, receipt.ReplyDue));
        Assert.Equal(["I05", "I06", "LI-U02"], yunlan.Told("N140"));
        Assert.Equal(["S1"], yunlan.Told("N141"));
    }

    [Fact]
    public async Task Over_a_holiday_and_a_make_up_saturday_the_dates_are_counted_in_working_days()
    {
        yunlan.Office.Time.Set("2026-09-30 16:00");
        yunlan.Inspection("T205", but: facts => facts with { ScheduledOn = new DateOnly(2026, 9, 16), RegisteredOn = new DateOnly(2026, 9, 1), CompletedOn = new DateOnly(2026, 9, 16), Result = "责令改正" });

        var receipt = await yunlan.Office.Send(new FileAppeal(yunlan.Qinghe, "T205", "不是我们的仓库", []));

        Assert.Equal((new DateOnly(2026, 10, 10), new DateOnly(2026, 10, 13)), (receipt.BasisDue, receipt.ReplyDue));
    }

    [Fact]
    public async Task The_unit_is_told_what_is_said_but_not_who_of_the_enterprise_says_it()
    {
        var receipt = await File();

        var told = yunlan.Notice("N140", "LI-U02");
        Assert.Contains("隔壁租户的仓库", told, StringComparison.Ordinal);
        Assert.DoesNotContain("周青禾", told, StringComparison.Ordinal);
        Assert.Null((await yunlan.Office.Send(new ReadAppeal(yunlan.SafetyLeader, receipt.AppealId))).AppellantName);
        Assert.Equal("周青禾", (await yunlan.Office.Send(new ReadAppeal(yunlan.Bureau, receipt.AppealId))).AppellantName);
    }

    [Fact]
    public async Task The_basis_reaches_the_enterprise_and_ends_the_units_time_limit()
    {
        var receipt = await File();
        await Refused(new ExplainBasis(yunlan.SafetyLiaison, receipt.AppealId, " ", "说明", []), Appeal.WithBasis);

        await yunlan.Office.Send(Explanation(receipt));

        Assert.Contains("依据：《安全生产法》第四十一条", yunlan.Notice("N142", "P001"), StringComparison.Ordinal);
        Assert.Equal(["S1"], yunlan.Told("N144"));
        yunlan.Office.Time.Set("2026-11-26 09:00");
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));
        Assert.DoesNotContain("LI-U02", yunlan.Told("N8"));
        await Refused(Explanation(receipt), Appeal.ExplainedOnce);
    }

    [Fact]
    public async Task Without_the_basis_the_unit_is_reminded_and_the_bureau_may_answer_only_the_day_after()
    {
        var receipt = await File();
        var answer = new AnswerAppeal(yunlan.Bureau, receipt.AppealId, AppealOutcome.Corrected, "现场不属该企业", "检查对象有误");
        yunlan.Office.Time.Set("2026-11-25 09:00");
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));
        Assert.Contains("LI-U02", yunlan.Told("N7b"));
        await Refused(answer, Appeal.BasisFirst);

        yunlan.Office.Time.Set("2026-11-26 09:00");
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));
        await yunlan.Office.Send(answer);

        Assert.Contains("L-U02", yunlan.Told("N8"));
        Assert.Contains("检查依据：检查单位没有提供", yunlan.Notice("N143", "P001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_names_outcome_finding_reason_basis_and_every_further_remedy()
    {
        var receipt = await File();
        await yunlan.Office.Send(Explanation(receipt));
        await Refused(new AnswerAppeal(yunlan.Bureau, receipt.AppealId, AppealOutcome.Kept, "属实", ""), Appeal.WholeAnswer);

        await yunlan.Office.Send(new AnswerAppeal(yunlan.Bureau, receipt.AppealId, AppealOutcome.Kept, "仓库由贵单位承租", "租赁合同载明"));

        var told = yunlan.Notice("N143", "P001");
        foreach (var part in new[] { "维持原结果", "仓库由贵单位承租", "租赁合同载明", "《安全生产法》第四十一条", "行政复议", "行政诉讼", "12348" })
            Assert.Contains(part, told, StringComparison.Ordinal);
        Assert.Equal(["I05", "I06", "L-U02", "LI-U02"], yunlan.Told("N145"));
        await Refused(new AnswerAppeal(yunlan.Bureau, receipt.AppealId, AppealOutcome.Kept, "属实", "依规"), Appeal.StillOpen);
    }

    [Fact]
    public async Task One_appeal_at_a_time_and_the_same_words_get_the_same_receipt()
    {
        var first = await File();

        Assert.Equal(first, await File());
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new FileAppeal(yunlan.Qinghe, "T305", "另外一条也不对", [])));
        Assert.Contains("正在办理", broken.Message, StringComparison.Ordinal);
        await yunlan.Office.Send(new WithdrawAppeal(yunlan.Qinghe, first.AppealId));
        Assert.Equal("云监诉〔2026〕2号", (await yunlan.Office.Send(new FileAppeal(yunlan.Qinghe, "T305", "另外一条也不对", []))).Number);
    }

    [Fact]
    public async Task A_withdrawn_appeal_owes_nothing()
    {
        var receipt = await File();

        await yunlan.Office.Send(new WithdrawAppeal(yunlan.Qinghe, receipt.AppealId));

        Assert.False(yunlan.Office.Use(db => db.Deadlines.Any(d => d.SubjectId == receipt.AppealId && d.MetAt == null && d.DroppedAt == null)));
        await Refused(Explanation(receipt), Appeal.StillOpen);
    }

    [Fact]
    public async Task Before_there_is_a_result_there_is_nothing_to_appeal()
    {
        yunlan.Inspection("T306");

        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new FileAppeal(yunlan.Qinghe, "T306", "不认", [])));

        Assert.Contains("还没有登记结果", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_enterprise_and_another_unit_find_nothing()
    {
        // D15: the same words for what is not there and what is another's.
        var receipt = await File();

        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new FileAppeal(yunlan.Shiqiaohe, "T305", "不认", [])));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new WithdrawAppeal(yunlan.Shiqiaohe, receipt.AppealId)));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new ReadAppeal(yunlan.Ecology, receipt.AppealId)));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(Explanation(receipt) with { By = yunlan.Transport }));
        Assert.Empty(await yunlan.Office.Send(new AppealsAgainstUs(yunlan.Ecology)));
        Assert.Empty(await yunlan.Office.Send(new MyAppeals(yunlan.Shiqiaohe)));
        Assert.Single(await yunlan.Office.Send(new MyCases(yunlan.Qinghe)), line => line.Kind == CaseKind.Appeal && line.Open);
    }

    public void Dispose() => yunlan.Dispose();

    private Task<AppealReceipt> File() => yunlan.Office.Send(new FileAppeal(yunlan.Qinghe, "T305", "第二条写的是隔壁租户的仓库", ["f1"]));

    private ExplainBasis Explanation(AppealReceipt receipt) => new(yunlan.SafetyLiaison, receipt.AppealId, "《安全生产法》第四十一条", "现场检查时由贵单位使用", []);

    private async Task Refused<T>(ICommand<T> command, Rule rule) =>
        Assert.Same(rule, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command))).Rule);
}
