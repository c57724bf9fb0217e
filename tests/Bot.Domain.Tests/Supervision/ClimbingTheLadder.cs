using Bot.Domain.Rules;
using Bot.Domain.Supervision;

namespace Bot.Domain.Tests.Supervision;

/// <summary>S13–S17: warning, answer, letter, term, re-check, report. Each step has its day, and none can be left out.</summary>
public sealed class ClimbingTheLadder : IDisposable
{
    private readonly Ladder ladder = new();

    [Fact]
    public async Task S13_leader_and_liaison_hear_fact_rule_wish_and_day_and_no_blame()
    {
        var warned = await ladder.Warn(evidence: ["T303", "K26-7", "X26-1"]);

        Assert.Equal(("SV26-1", "云司监警〔2026〕1号", new DateOnly(2026, 11, 17)), (warned.CaseId, warned.Number, warned.AnswerDue));
        Assert.Equal(["L-U02", "LI-U02"], ladder.Yunlan.Told("N6"));
        Assert.Equal(
            "云澜区司法局预警提醒（云司监警〔2026〕1号）：多次未扫码入企（T303）。依据：凡检查必扫码（本区涉企行政检查规则）。请于11月17日（周二）前在此说明情况和改正措施，可附佐证。本提醒旨在及时纠正，暂不作其他处理；逾期未改的，将在5个工作日内制作行政执法监督建议书。",
            ladder.Yunlan.Notice("N6", "LI-U02"));
    }

    public void Dispose() => ladder.Dispose();
}
