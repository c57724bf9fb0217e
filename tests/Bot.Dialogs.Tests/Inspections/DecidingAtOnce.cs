using Bot.Dialogs.Conversations;
using Bot.Domain.Inspections;
using Bot.Testing;
using static Bot.Testing.YearOfPlans;

namespace Bot.Dialogs.Tests.Inspections;

/// <summary>What a button on a card says, typed or tapped: decided at once where the law wants no reason (C19; J10, J12, J14, J19, J21).</summary>
public sealed class DecidingAtOnce : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan().WithPlans();

    [Fact]
    public async Task J10_a_task_without_objection_is_approved_by_one_sentence_and_not_twice()
    {
        var id = await yunlan.Submitted(Draft());
        var leader = new Talk(yunlan.Office, yunlan.SafetyLeader);

        Assert.Contains($"已批准{id}，检查预告已发给企业", await leader.Hear($"同意审批 {id}"), StringComparison.Ordinal);
        Assert.Equal(InspectionStage.Previewed, yunlan.Task(id).Stage);
        Assert.Contains("已批准（11月22日）", await leader.Hear($"同意审批 {id}"), StringComparison.Ordinal);
        Assert.Single(yunlan.Office.Use(db => db.Notices.Where(notice => notice.Kind == "N46").ToList()), notice => notice.PersonId == yunlan.Safety.PersonId);
    }

    [Theory]
    [InlineData("审批 {id}")]
    [InlineData("待我审批")]
    public async Task What_a_card_says_is_done_also_while_the_same_task_is_being_asked_about(string before) // J10
    {
        var id = await yunlan.Submitted(Draft());
        var leader = new Talk(yunlan.Office, yunlan.SafetyLeader);
        await leader.Say(before.Replace("{id}", id, StringComparison.Ordinal));
        if (before == "待我审批")
            await leader.Say(id);

        var replies = await leader.Take(new Incoming(yunlan.SafetyLeader.Address, "tap-1", $"同意审批 {id}", yunlan.Office.Time.GetUtcNow().UtcDateTime) { FromMenu = true });

        Assert.Contains($"已批准{id}，检查预告已发给企业", replies[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(replies, reply => reply.Text.Contains("回到刚才", StringComparison.Ordinal));
        Assert.Equal(InspectionStage.Previewed, yunlan.Task(id).Stage);
    }

    [Fact]
    public async Task What_a_card_says_of_another_task_is_done_and_the_open_one_is_come_back_to() // J10
    {
        var (one, other) = (await yunlan.Submitted(Draft()), await yunlan.Submitted(SpecialDraft("2026-12-17")));
        var leader = new Talk(yunlan.Office, yunlan.SafetyLeader);
        await leader.Say($"退回审批 {one}");

        var replies = await leader.Take(new Incoming(yunlan.SafetyLeader.Address, "tap-1", $"同意审批 {other}", yunlan.Office.Time.GetUtcNow().UtcDateTime) { FromMenu = true });

        Assert.Contains(replies, reply => reply.Text.Contains(other, StringComparison.Ordinal));
        Assert.Equal(InspectionStage.Submitted, yunlan.Task(one).Stage);
        Assert.Contains(replies, reply => reply.Text.Contains("请写明理由", StringComparison.Ordinal));
    }

    [Fact]
    public async Task To_send_back_takes_a_reason() // J10
    {
        var id = await yunlan.Submitted(Draft());
        var leader = new Talk(yunlan.Office, yunlan.SafetyLeader);

        Assert.Contains("请写明理由，经办人会看到", await leader.Hear($"退回审批 {id}"), StringComparison.Ordinal);
        Assert.Contains("已退回经办人，理由“人手不够”", await leader.Hear("人手不够"), StringComparison.Ordinal);
        Assert.Equal(InspectionStage.Registered, yunlan.Task(id).Stage);
    }

    [Fact]
    public async Task The_reason_may_stand_in_the_sentence() // J10
    {
        var id = await yunlan.Submitted(Draft());

        Assert.Contains("理由“人手不够”", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear($"退回审批 {id} 人手不够"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task J14_what_cannot_be_approved_is_explained_and_not_approved()
    {
        var id = await yunlan.Submitted(SpecialDraft("2026-12-10"));

        Assert.Contains("未备案前不能批准", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear($"同意审批 {id}"), StringComparison.Ordinal);
        Assert.Equal(InspectionStage.Submitted, yunlan.Task(id).Stage);
    }

    [Fact]
    public async Task J19_a_wish_for_no_preview_is_not_decided_in_passing()
    {
        var id = await yunlan.Submitted(SpecialDraft() with { WaiverReason = "排查粉尘爆炸风险" });

        Assert.Contains("同意并免预告", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear($"同意审批 {id}"), StringComparison.Ordinal);
        Assert.Equal(InspectionStage.Submitted, yunlan.Task(id).Stage);
    }

    [Fact]
    public async Task J12_an_urgent_inspection_is_made_up_for_at_once()
    {
        var urgent = (await yunlan.Office.Send(new StartUrgent(yunlan.Safety, "E010", "群众反映有异味", ["IT-U02-1"], ["I05", "I06"]))).TaskId;
        await yunlan.Office.Send(new ReportUrgent(yunlan.Safety, urgent, "群众反映有异味", "未发现泄漏"));

        Assert.Contains("已办结，留痕", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear($"同意审批 {urgent}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_units_leader_decides_nothing() // D15
    {
        var id = await yunlan.Submitted(Draft());

        Assert.Contains("没有找到这个检查任务", await new Talk(yunlan.Office, yunlan.TransportLeader).Hear($"同意审批 {id}"), StringComparison.Ordinal);
        Assert.Equal(InspectionStage.Submitted, yunlan.Task(id).Stage);
    }

    public void Dispose() => yunlan.Dispose();
}
