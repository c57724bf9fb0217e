using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>W28: no turn beside or around an anonymous matter stays in the lasting history, also where only the desk spoke.</summary>
public sealed class LeavingNoTrace : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Talk talk;

    public LeavingNoTrace()
    {
        office.Add(
            new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"),
            new Unit("U06", "云澜区城市管理局", "district", "城市管理", "0000-86000600"),
            new InspectionTask(new TaskFacts("T301", InspectionType.Daily, "U06", "E1", new DateOnly(2026, 11, 18), new DateOnly(2026, 11, 1)) { CompletedOn = new DateOnly(2026, 11, 18) }));
        talk = new Talk(office, office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1"));
    }

    [Theory]
    [InlineData("取消", "放弃")]
    [InlineData("取消", "继续填")]
    [InlineData("返回", "菜单")]
    [InlineData("菜单", "取消")]
    [InlineData("店里着火了", "取消")]
    public async Task Whatever_is_said_while_a_complaint_is_open(string then, string after)
    {
        foreach (var line in (string[])["我要投诉", "匿名", "城管的人昨天态度很凶", then, after])
        {
            await talk.Say(line);
            Assert.True(talk.Fleeting, line);
        }
    }

    [Theory]
    [InlineData("[图片]")]
    [InlineData("他们又来了")]
    public async Task What_may_become_the_beginning_of_a_complaint(string line)
    {
        var offered = (await talk.Say(line))[^1];

        Assert.Contains("投诉检查行为", offered.Actions);
        Assert.True(talk.Fleeting);
    }

    [Fact]
    public async Task The_word_that_an_old_look_up_was_put_away()
    {
        var complaint = await office.Send(new FileComplaint(Office.Visitor(), new ComplaintFacts(ComplaintKind.Other, null, null, null, "经过"), Anonymous: true));
        await talk.Say(complaint.Code!);
        office.Time.Set("2026-11-25 10:00");

        Assert.Contains("凭码查询", await talk.Hear("你好"), StringComparison.Ordinal);
        Assert.True(talk.Fleeting);
    }

    [Fact]
    public async Task That_somebody_has_lost_a_code()
    {
        await talk.Say("我忘了码怎么办");

        Assert.True(talk.Fleeting);
    }

    [Fact]
    public async Task A_rating_since_it_may_be_handed_in_without_a_name()
    {
        foreach (var line in (string[])["评价检查", "2分，来了三拨人", "匿名提交"])
        {
            await talk.Say(line);
            Assert.True(talk.Fleeting, line);
        }
    }

    public void Dispose() => office.Dispose();
}
