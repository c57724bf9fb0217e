using Bot.Domain.Inspections;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using Bot.Testing;
using MediatR;
using static Bot.Testing.YearOfPlans;

namespace Bot.Domain.Tests.Previews;

/// <summary>W05, J13, J16, J19: the enterprise would rather have another time; the unit agrees, says why not, or offers times to choose from.</summary>
public sealed class WishingAnotherTime : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan().WithPlans();

    [Fact]
    public async Task Agreed_to_it_moves_and_the_preview_goes_out_again_as_changed()
    {
        await Wished();
        Assert.Equal(["I05", "I06", "LI-U02"], yunlan.Told("N1b"));
        var card = Assert.Single(await yunlan.Office.Send(new WishesToAnswer(yunlan.Safety)));
        Assert.Equal(new VisitTime(Date("2026-12-21"), "下午"), card.Wished);

        var receipt = await yunlan.Office.Send(new AgreeToOtherTime(yunlan.Safety, "T101"));

        Assert.Equal((WishState.Agreed, 1), (receipt.State, receipt.PreviewTold));
        Assert.Equal((Date("2026-12-21"), "下午", InspectionStage.Previewed), (yunlan.Task("T101").ScheduledOn, yunlan.Task("T101").HalfDay, yunlan.Task("T101").Stage));
        Assert.Contains("改为12月21日（周一）下午", yunlan.Notice("N1d", "P001"), StringComparison.Ordinal);
        Assert.StartsWith("【变更】", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
        Assert.Empty(await yunlan.Office.Send(new WishesToAnswer(yunlan.Safety)));
        await Refused(new AgreeToOtherTime(yunlan.Safety, "T101"), "没有等您答复的改期意愿");
    }

    [Fact]
    public async Task Refused_with_a_reason_the_first_time_stays()
    {
        await Wished();
        await Refused(new RefuseOtherTime(yunlan.Safety, "T101", ""), "请写明理由");
        await yunlan.Office.Send(new RefuseOtherTime(yunlan.Safety, "T101", "涉及整改期限，不能推后"));

        Assert.Contains("原时间12月18日（周五）上午不变。理由：涉及整改期限，不能推后", yunlan.Notice("N1d", "P001"), StringComparison.Ordinal);
        Assert.Equal(Date("2026-12-18"), yunlan.Task("T101").ScheduledOn);
    }

    [Fact]
    public async Task Two_or_three_times_are_offered_and_one_is_picked()
    {
        await Wished();
        await Refused(new OfferTimes(yunlan.Safety, "T101", [Time("2026-12-22")]), "两到三个不同的时间");
        await Refused(new OfferTimes(yunlan.Safety, "T101", [Time("2026-12-22"), Time("2026-12-22")]), "两到三个不同的时间");
        await Refused(new OfferTimes(yunlan.Safety, "T101", [Time("2026-12-22"), Time("2026-12-14")]), "12月14日在企业安静日（1—15日）内"); // J13
        await Refused(new OfferTimes(yunlan.Safety, "T101", [Time("2026-12-22"), Time("2026-11-20")]), "不能早于今天");
        await yunlan.Office.Send(new OfferTimes(yunlan.Safety, "T101", [Time("2026-12-22"), Time("2026-12-23", "下午")]));
        Assert.Contains("1. 12月22日（周二）上午 2. 12月23日（周三）下午", yunlan.Notice("N1d", "P001"), StringComparison.Ordinal);
        Assert.Equal(2, (await yunlan.Office.Send(new UpcomingInspections(yunlan.Qinghe))).Single().TimesOffered.Count);

        await Refused(new PickTime(yunlan.Qinghe, "T101", 3), "从检查单位提出的时间里选");
        await Refused(new PickTime(yunlan.Yuanfan, "T101", 1), "没有找到这次检查的预告");
        await yunlan.Office.Send(new PickTime(yunlan.Qinghe, "T101", 2));

        Assert.Equal((Date("2026-12-23"), "下午"), (yunlan.Task("T101").ScheduledOn, yunlan.Task("T101").HalfDay));
        Assert.Contains("已选定12月23日（周三）下午", yunlan.Notice("N1e", "I05"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_none_fits_the_unit_hears_why_and_decides_again()
    {
        await Wished();
        await Refused(new NoTimeFits(yunlan.Qinghe, "T101", "都不行"), "还没有提出可选的时间");
        await yunlan.Office.Send(new OfferTimes(yunlan.Safety, "T101", [Time("2026-12-22"), Time("2026-12-23")]));
        await yunlan.Office.Send(new NoTimeFits(yunlan.Qinghe, "T101", "停产到24日"));

        Assert.Contains("停产到24日", yunlan.Notice("N1e", "LI-U02"), StringComparison.Ordinal);
        await Refused(new AgreeToOtherTime(yunlan.Safety, "T101"), "企业没有说定哪一天");
        Assert.Equal(Date("2026-12-25"), (await yunlan.Office.Send(new AgreeToOtherTime(yunlan.Safety, "T101", Date("2026-12-25"), "上午"))).Time.On);
    }

    [Fact]
    public async Task A_wish_for_a_day_gone_by_or_a_quiet_day_is_answered_at_once() // J13
    {
        yunlan.Inspection();
        await Refused(new WishOtherTime(yunlan.Qinghe, "T101", "12月10日", Date("2026-12-10")), "在企业安静日内");
        await Refused(new WishOtherTime(yunlan.Qinghe, "T101", "昨天", Date("2026-11-21")), "已经过去");
        await Refused(new WishOtherTime(yunlan.Qinghe, "T101", new string('长', 301)), "300字以内");
    }

    [Fact]
    public async Task Another_unit_a_task_without_a_wish_and_one_that_has_begun_are_refused()
    {
        await Wished();
        await Refused(new AgreeToOtherTime(yunlan.Ecology, "T101"), "不由您的单位办理");
        yunlan.Inspection("T102");
        await Refused(new RefuseOtherTime(yunlan.Safety, "T102", "不行"), "没有等您答复的改期意愿");
        await Refused(new RefuseOtherTime(yunlan.Safety, "T404", "不行"), "没有找到这个检查任务");
        yunlan.Office.Certify("I06", "99020001006", validTo: "2026-12-20");
        await Refused(new AgreeToOtherTime(yunlan.Safety, "T101"), "执法证不符合要求"); // S24: valid on the first day, not on the other
    }

    [Fact]
    public async Task A_surprise_inspection_answers_like_one_that_does_not_exist() // J19
    {
        yunlan.Inspection("T150", waived: true);

        await Refused(new WishOtherTime(yunlan.Qinghe, "T150", "改天"), "没有找到这次检查的预告");
        await Refused(new PickTime(yunlan.Qinghe, "T150", 1), "没有找到这次检查的预告");
        await Refused(new NoTimeFits(yunlan.Qinghe, "T150", "不行"), "没有找到这次检查的预告");
    }

    public void Dispose() => yunlan.Dispose();

    private static VisitTime Time(string on, string halfDay = "上午") => new(Date(on), halfDay);

    private async Task Wished()
    {
        yunlan.Inspection();
        await yunlan.Office.Send(new WishOtherTime(yunlan.Qinghe, "T101", "那天停产检修，21日下午可以", Date("2026-12-21"), "下午"));
    }

    private async Task Refused<T>(IRequest<T> command, string words) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command))).Message, StringComparison.Ordinal);
}
