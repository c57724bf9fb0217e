using Bot.Domain.Inspections;
using Bot.Testing;
using static Bot.Testing.YearOfPlans;

namespace Bot.Dialogs.Tests.Plans;

/// <summary>The justice bureau files a plan that a unit has asked for, from the button under the request (J14).</summary>
public sealed class FilingForQuietDays : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan().WithPlans();

    [Fact]
    public async Task A_supervisor_files_what_was_asked_for_and_may_leave_it() // J14
    {
        var talk = new Talk(yunlan.Office, yunlan.Bureau);
        Assert.Contains("还没有为这个计划申请", await Answer(talk, "是"), StringComparison.Ordinal);
        await yunlan.Office.Send(new AskToFileForQuietDays(yunlan.Safety, Special, "寒潮前集中检查"));

        Assert.Contains("没有备案", await Answer(talk, "否"), StringComparison.Ordinal);
        Assert.Contains("已备案，备案日期2026年11月22日", await Answer(talk, "是"), StringComparison.Ordinal);
        Assert.Contains("L-U02", yunlan.Told("N51"));
        Assert.Contains("已经备案", await Answer(talk, "是"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_cannot_file_its_own_plan() => // J14, D15
        Assert.DoesNotContain("同意备案吗", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear($"备案 {Special}"), StringComparison.Ordinal);

    public void Dispose() => yunlan.Dispose();

    private static async Task<string> Answer(Talk talk, string answer)
    {
        Assert.Contains("同意备案吗", await talk.Hear($"备案 {Special}"), StringComparison.Ordinal);
        return await talk.Hear(answer);
    }
}
