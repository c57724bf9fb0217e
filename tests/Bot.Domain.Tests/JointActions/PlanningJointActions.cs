using Bot.Domain.JointActions;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.JointActions;

/// <summary>S44: a joint action has lead, members and dates.</summary>
public sealed class PlanningJointActions : IDisposable
{
    private static readonly JointActionFacts Facts = new("危险化学品", "U02", ["U03", "U02", "U03"], new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 31), "联合抽查仓储企业的检查记录");

    private readonly Yunlan yunlan = new();

    [Fact]
    public async Task The_heads_and_liaisons_of_all_its_units_are_told_and_see_it_until_it_is_over()
    {
        var planned = await yunlan.Office.Send(new PlanJointAction(yunlan.Bureau, Facts));

        Assert.Equal(("LD26-1", "云监联〔2026〕1号", 2), (planned.ActionId, planned.Number, planned.Told));
        Assert.Equal(["L-U02", "LI-U02"], yunlan.Told("N157"));
        Assert.Contains("牵头：云澜区应急管理局；参加：江临市云澜生态环境局", yunlan.Notice("N157", "L-U02"), StringComparison.Ordinal);
        Assert.Single(await yunlan.Office.Send(new Domain.JointActions.JointActions(yunlan.SafetyLeader)));
        Assert.Empty(await yunlan.Office.Send(new Domain.JointActions.JointActions(yunlan.TransportLeader)));

        await yunlan.Office.Send(new CloseJointAction(yunlan.Bureau, planned.ActionId, "查12家，发现问题3个，均已改正"));
        Assert.Empty(await yunlan.Office.Send(new Domain.JointActions.JointActions(yunlan.Bureau)));
        Assert.Same(JointAction.ClosedOnce, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new CloseJointAction(yunlan.Bureau, planned.ActionId, "再结一次")))).Rule);
    }

    [Fact]
    public async Task Without_a_member_beside_the_lead_with_dates_in_disorder_or_an_unknown_unit_it_is_refused()
    {
        Assert.Same(JointAction.LeadAndMembers, (await Refused(Facts with { MemberUnitIds = ["U02"] })).Rule);
        Assert.Same(JointAction.DatesInOrder, (await Refused(Facts with { To = new DateOnly(2026, 11, 30) })).Rule);
        Assert.Same(JointAction.DatesInOrder, (await Refused(Facts with { From = new DateOnly(2026, 11, 1), To = new DateOnly(2026, 11, 21) })).Rule);
        Assert.Contains("核对名称", (await Refused(Facts with { MemberUnitIds = ["U77"] })).Message, StringComparison.Ordinal);
        await Refused(Facts with { Field = " " });
        await Refused(Facts with { Measures = "" });
        Assert.Equal(0, yunlan.Office.Use(db => db.JointActions.Count()));
    }

    public void Dispose() => yunlan.Dispose();

    private Task<RuleBrokenException> Refused(JointActionFacts facts) => Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new PlanJointAction(yunlan.Bureau, facts)));
}
