using Bot.Domain.Commands;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Previews;

/// <summary>J16, J17, J19: what an enterprise is told beforehand, and what it must not find out.</summary>
public sealed class PreviewingInspections : IDisposable
{
    private readonly Yunlan yunlan = new();

    [Fact]
    public async Task A_preview_reaches_every_contact_with_items_standards_and_whom_to_call()
    {
        yunlan.Office.Person("P002", "钱会计", ActorRole.EnterpriseUser, enterpriseId: "E001");
        yunlan.Inspection(previewed: false);

        var receipt = await yunlan.Office.Send(new SendPreview(yunlan.Safety, "T101"));

        Assert.Equal((1, 2, false), (receipt.Version, receipt.Told, receipt.Late));
        var text = yunlan.Notice("N1", "P002");
        Assert.Contains("云澜区应急管理局计划于2026年12月18日（周五）上午到贵单位开展日常检查，检查事项：工贸企业安全生产检查", text, StringComparison.Ordinal);
        Assert.Contains("有限空间有辨识台账", text, StringComparison.Ordinal);
        Assert.Contains("联系人：何安宁 0000-86000200", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_again_only_when_something_changed_and_then_marked_so()
    {
        yunlan.Inspection(previewed: false);
        await yunlan.Office.Send(new SendPreview(yunlan.Safety, "T101"));
        await Refused(new SendPreview(yunlan.Safety, "T101"), "没有变化");

        yunlan.Office.Use(db =>
        {
            db.Tasks.Single().MoveAsAgreed(new DateOnly(2026, 12, 18), "下午");
            return db.SaveChanges();
        });
        var again = await yunlan.Office.Send(new SendPreview(yunlan.Safety, "T101"));

        Assert.Equal(2, again.Version);
        Assert.StartsWith("【变更】云澜区青禾特种钢锭铸造有限公司", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
        Assert.True((await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe))).Single().Changed);
    }

    [Fact]
    public async Task Without_standards_or_items_or_approval_or_for_another_unit_nothing_is_sent()
    {
        yunlan.Inspection(previewed: false, item: "IT-U02-2");
        await Refused(new SendPreview(yunlan.Safety, "T101"), "粉尘防爆检查");
        yunlan.Inspection("T102", previewed: false, but: facts => facts with { ItemIds = [] });
        await Refused(new SendPreview(yunlan.Safety, "T102"), "检查事项");
        yunlan.Inspection("T103", previewed: false, but: facts => facts with { InspectorIds = [] });
        await Refused(new SendPreview(yunlan.Safety, "T103"), "联系人");
        yunlan.Inspection("T104", previewed: false, but: facts => facts with { ApprovedOn = null });
        await Refused(new SendPreview(yunlan.Safety, "T104"), "批准");
        await Refused(new SendPreview(yunlan.Ecology, "T101"), "不由您的单位");
        Assert.Empty(yunlan.Told("N1"));
    }

    [Fact]
    public async Task A_waived_preview_is_never_sent_and_nothing_shows_that_there_is_an_inspection() // J19
    {
        yunlan.Inspection("T150", previewed: true, waived: true);

        await Refused(new SendPreview(yunlan.Safety, "T150"), "请勿向检查对象透露");
        Assert.Empty(await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe)));
        var waived = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new WishOtherTime(yunlan.Qinghe, "T150", "改天")));
        var unknown = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new WishOtherTime(yunlan.Qinghe, "T999", "改天")));
        Assert.Equal(unknown.Message, waived.Message);
        await Refused(new NoteSelfCheck(yunlan.Qinghe, "T150", 1, true), "清单里没有这一项");
    }

    [Fact]
    public async Task Only_the_own_enterprise_sees_it_and_only_once_it_was_previewed()
    {
        yunlan.Inspection("T102", previewed: false);
        Assert.Empty(await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe)));

        yunlan.Inspection();

        Assert.Single(await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe)));
        Assert.Empty(await yunlan.Office.Send(new UpcomingInspections(yunlan.Yuanfan)));
        yunlan.Office.Time.Set("2026-12-19 00:00");
        Assert.Empty(await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe)));
    }

    [Fact]
    public async Task What_the_enterprise_ticks_is_its_own_and_may_be_changed() // J17
    {
        yunlan.Inspection();

        var noted = await yunlan.Office.Send(new NoteSelfCheck(yunlan.Qinghe, "T101", 3, false));
        Assert.Equal("有限空间作业有审批单", noted.Standard);
        await yunlan.Office.Send(new NoteSelfCheck(yunlan.Qinghe, "T101", 3, true));

        var lines = (await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe))).Single().SelfCheck;
        Assert.Equal([null, null, true, null], lines.Select(line => line.Done));
        Assert.Equal([ActorRole.EnterpriseUser], Permissions.Table[typeof(NoteSelfCheck)]);
        Assert.Equal([ActorRole.EnterpriseUser], Permissions.Table[typeof(UpcomingInspections)]);
        await Refused(new UpcomingInspections(yunlan.Safety), "您的身份");
    }

    [Fact]
    public async Task A_wish_for_another_time_reaches_the_inspectors_once() // W05
    {
        yunlan.Inspection();

        var receipt = await yunlan.Office.Send(new WishOtherTime(yunlan.Qinghe, "T101", "那天停产检修，21日可以"));

        Assert.Equal("何安宁 0000-86000200", receipt.Contact);
        Assert.Equal(["I05", "I06", "LI-U02"], yunlan.Told("N1b"));
        await Refused(new WishOtherTime(yunlan.Qinghe, "T101", "再改"), "已经转给检查单位");
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Refused<T>(MediatR.IRequest<T> command, string words) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command))).Message, StringComparison.Ordinal);
}
