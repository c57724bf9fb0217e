using Bot.Domain.Door;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Results;

/// <summary>W24: time to put a matter right, told with its end, reminded of before it, noted when it is over, and used before harsh measures.</summary>
public sealed class KeepingObservation : IDisposable
{
    private const string Matter = "喷涂车间通风不足";

    private readonly Yunlan yunlan = new("2026-11-16 09:00");

    [Fact]
    public async Task W24_the_enterprise_is_told_the_end_and_what_to_do()
    {
        var set = await Set("2026-11-16", "2026-12-31");

        Assert.Equal(("Q26-1", new DateOnly(2026, 12, 24), 1), (set.PeriodId, set.RemindOn, set.Told));
        var text = yunlan.Notice("N90", "P001");
        Assert.Contains("就“喷涂车间通风不足”（任务T101）给贵单位设观察期（Q26-1），到12月31日（周四）止", text, StringComparison.Ordinal);
        Assert.Contains("请做到：每周测一次风量并记录", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-16", "2026-12-31", "2026-12-24")] // plain
    [InlineData("2026-09-17", "2026-10-12", "2026-09-29")] // over National Day and the make-up Saturday of 10 October
    [InlineData("2026-02-10", "2026-02-28", "2026-02-14")] // over Spring Festival, from one make-up Saturday to the other
    public async Task W24_both_are_reminded_five_working_days_before_the_end_and_once(string setOn, string until, string remindOn)
    {
        await Set(setOn, until);
        var day = DateOnly.Parse(remindOn, null);

        await Round(day.AddDays(-1));
        Assert.Empty(yunlan.Told("N91"));
        await Round(day);
        Assert.Equal(["P001"], yunlan.Told("N91"));
        Assert.Equal(["I05", "I06"], yunlan.Told("N91b"));
        Assert.Contains("还有5个工作日", yunlan.Notice("N91b", "I06"), StringComparison.Ordinal);
        await Round(day);
        await Round(day.AddDays(1));
        Assert.Equal(["P001"], yunlan.Told("N91"));
        Assert.Empty(yunlan.Told("N92"));
    }

    [Fact]
    public async Task W24_a_morning_without_a_round_is_made_up_for()
    {
        await Set("2026-11-16", "2026-12-31");

        await Round(new DateOnly(2026, 12, 28));

        Assert.Equal(["P001"], yunlan.Told("N91"));
    }

    [Fact]
    public async Task W24_a_short_one_is_not_reminded_of_on_the_day_it_is_set()
    {
        Assert.Null((await Set("2026-11-16", "2026-11-20")).RemindOn);

        await Round(new DateOnly(2026, 11, 17));

        Assert.Empty(yunlan.Told("N91"));
    }

    [Fact]
    public async Task W24_the_end_is_noted_on_the_day_after_and_told_to_both_once()
    {
        await Set("2026-11-16", "2026-12-31");
        await Round(new DateOnly(2026, 12, 31));
        Assert.Empty(yunlan.Told("N92"));

        await Round(new DateOnly(2027, 1, 1));
        await Round(new DateOnly(2027, 1, 2));

        Assert.Equal(["P001"], yunlan.Told("N92"));
        Assert.Equal(["I05", "I06"], yunlan.Told("N92b"));
        Assert.Equal(new DateOnly(2027, 1, 1), yunlan.Office.Use(db => db.ObservationPeriods.Single().EndNotedOn));
    }

    [Fact]
    public async Task W24_what_came_of_it_is_registered_and_not_as_failed_before_the_end()
    {
        await Set("2026-11-16", "2026-12-31");
        await Refused(new CloseObservationPeriod(yunlan.Safety, "Q26-1", Kept: false, "没测"), "W24", "还没有届满");
        await Refused(new CloseObservationPeriod(yunlan.Ecology, "Q26-1", Kept: true, "测了"), "D15", "没有找到这个观察期");
        await Refused(new CloseObservationPeriod(yunlan.Safety, "Q26-1", Kept: true, " "), "W24", "怎么核实");

        await yunlan.Office.Send(new CloseObservationPeriod(yunlan.SafetyLiaison, "Q26-1", Kept: true, "风量记录齐全"));

        Assert.Contains("（Q26-1）：已做到。核实情况：风量记录齐全", yunlan.Notice("N93", "P001"), StringComparison.Ordinal);
        await Refused(new CloseObservationPeriod(yunlan.Safety, "Q26-1", Kept: false, "又看了"), "W24", "不用再办");
        await Round(new DateOnly(2027, 1, 4));
        Assert.Empty(yunlan.Told("N92"));
    }

    [Fact]
    public async Task W24_while_it_runs_a_penalty_needs_its_reason()
    {
        await Set("2026-11-16", "2026-12-31");
        yunlan.Inspection("T102", but: facts => facts with { ScheduledOn = new DateOnly(2026, 12, 16) });
        yunlan.Office.Time.Set("2026-12-16 09:00");
        await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T102"));
        Assert.Equal(["Q26-1"], (await yunlan.Office.Send(new ResultsToEnter(yunlan.Safety))).Single().Observations.Select(period => period.Id));

        await Refused(Penalty(null), "W24", "该企业还在观察期内（Q26-1“喷涂车间通风不足”到12月31日（周四）止）");
        Assert.Equal("T102", (await yunlan.Office.Send(Penalty("危及人身安全"))).TaskId);
    }

    [Fact]
    public async Task W24_on_the_day_after_the_end_nothing_holds_a_penalty_back()
    {
        await Set("2026-11-16", "2026-12-31");
        yunlan.Inspection("T102", but: facts => facts with { ScheduledOn = new DateOnly(2027, 1, 1) });
        yunlan.Office.Time.Set("2027-01-01 09:00");
        await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T102"));

        Assert.Equal("T102", (await yunlan.Office.Send(Penalty(null))).TaskId);
    }

    [Fact]
    public async Task W24_a_period_has_a_matter_an_end_to_come_and_something_to_do_and_follows_a_result()
    {
        await Visited("2026-11-16");
        await Refused(Period("2026-12-31"), "W24", "请先回填结果");
        await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T101", ResultKind.NothingFound, []));

        await Refused(Period("2026-11-16"), "W24", "晚于今天");
        await Refused(Period("2026-12-31") with { Matter = "" }, "W24", "哪个问题");
        await Refused(Period("2026-12-31") with { WhatToDo = new string('长', 501) }, "W24", "500字");
        await Refused(Period("2026-12-31") with { By = yunlan.Ecology }, "D15", "检查人员");
        await Refused(Period("2026-12-31") with { By = yunlan.SafetyLeader }, "D15", "您的身份");
        await yunlan.Office.Send(Period("2026-12-31"));
        await Refused(Period("2027-01-15"), "W24", "正在观察期内");
    }

    [Fact]
    public async Task W24_each_sees_their_own()
    {
        await Set("2026-11-16", "2026-12-31");

        Assert.Equal("每周测一次风量并记录", Assert.Single(await yunlan.Office.Send(new ObservationPeriods(yunlan.Qinghe))).WhatToDo);
        Assert.Empty(await yunlan.Office.Send(new ObservationPeriods(yunlan.Shiqiaohe)));
        Assert.Single(await yunlan.Office.Send(new ObservationPeriods(yunlan.SafetyLeader)));
        Assert.Empty(await yunlan.Office.Send(new ObservationPeriods(yunlan.Transport)));
    }

    public void Dispose() => yunlan.Dispose();

    private static EnterResult Penalised(Yunlan yunlan, string? ground) =>
        new(yunlan.Safety, "T102", ResultKind.OrderedToCorrect, [new ProblemFound("通风仍不足", "《安全生产法》第四十一条", new DateOnly(2027, 1, 15))]) { Penalty = true, PenaltyGround = ground, DiffersBecause = "上次没有测风量" };

    private EnterResult Penalty(string? ground) => Penalised(yunlan, ground);

    private SetObservationPeriod Period(string until) => new(yunlan.Safety, "T101", Matter, DateOnly.Parse(until, null), "每周测一次风量并记录");

    private async Task<ObservationSet> Set(string on, string until)
    {
        await Visited(on);
        await yunlan.Office.Send(new EnterResult(yunlan.Safety, "T101", ResultKind.NothingFound, []));
        return await yunlan.Office.Send(Period(until));
    }

    private async Task Visited(string day)
    {
        yunlan.Office.Time.Set($"{day} 09:00");
        yunlan.Inspection(but: facts => facts with { ScheduledOn = DateOnly.Parse(day, null) });
        await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T101"));
    }

    private async Task Round(DateOnly day)
    {
        yunlan.Office.Time.Set(FormattableString.Invariant($"{day:yyyy-MM-dd} 08:00"));
        await yunlan.Office.Send(new WatchObservationPeriods(Bot.Domain.Commands.Actor.Service));
    }

    private async Task Refused<T>(MediatR.IRequest<T> command, string clause, string because)
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command));
        Assert.Equal(clause, broken.Rule.Clause);
        Assert.Contains(because, broken.Message, StringComparison.Ordinal);
    }
}
