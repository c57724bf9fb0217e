using Bot.Domain.Commands;
using Bot.Domain.Knowledge;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Knowledge;

/// <summary>S18, S19, S45: guides go with previews, public cases go out once a month to who wants them.</summary>
public sealed class SpreadingKnowledge : IDisposable
{
    private readonly Yunlan yunlan = new();

    [Fact]
    public async Task S18_a_preview_names_the_guide_of_the_enterprise_s_trade()
    {
        await Library();
        yunlan.Inspection(previewed: false);

        await yunlan.Office.Send(new SendPreview(yunlan.Safety, "T101"));

        Assert.Contains("2个工作日内答复。\n本行业有《冶金铸造企业合规指引》，回复“合规指引”就能看。\n检查人员", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S18_without_a_guide_for_the_trade_the_preview_is_as_ever()
    {
        yunlan.Inspection(previewed: false);

        await yunlan.Office.Send(new SendPreview(yunlan.Safety, "T101"));

        Assert.DoesNotContain("指引", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
        Assert.Contains("2个工作日内答复。\n检查人员", yunlan.Notice("N1", "P001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S19_a_preview_that_went_out_without_the_guide_of_its_trade_reminds_the_inspectors_once_who_send_it_by_one_tap()
    {
        yunlan.Inspection(previewed: false);
        await yunlan.Office.Send(new SendPreview(yunlan.Safety, "T101"));
        Assert.Equal(0, (await yunlan.Office.Send(new RemindOfGuides(Actor.Service))).Previews);
        await Library();

        await yunlan.Office.Send(new RemindOfGuides(Actor.Service));
        await yunlan.Office.Send(new RemindOfGuides(Actor.Service));

        Assert.Equal(["I05", "I06"], yunlan.Told("N131"));
        Assert.Contains("补送指引 T101", yunlan.Notice("N131", "I05"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new HandOverGuide(yunlan.Transport, "T101")));
        Assert.Equal(1, (await yunlan.Office.Send(new HandOverGuide(yunlan.Safety, "T101"))).Told);
        Assert.Contains("《冶金铸造企业合规指引》", yunlan.Notice("N132", "P001"), StringComparison.Ordinal);
        Assert.Equal("S19", (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new HandOverGuide(yunlan.Safety, "T101")))).Rule.Clause);
        Assert.Equal(0, (await yunlan.Office.Send(new RemindOfGuides(Actor.Service))).Previews);
    }

    [Fact]
    public async Task S19_nobody_is_reminded_of_an_inspection_that_the_enterprise_does_not_know()
    {
        await Library();
        yunlan.Inspection(waived: true, previewed: false);

        Assert.Equal(0, (await yunlan.Office.Send(new RemindOfGuides(Actor.Service))).Previews);
        Assert.Equal("S19", (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new HandOverGuide(yunlan.Safety, "T101")))).Rule.Clause);
    }

    [Theory]
    [InlineData("2026-11-30 08:00", false)] // the last day of the month before
    [InlineData("2026-12-01 08:00", true)] // its first working day
    [InlineData("2026-12-02 08:00", true)] // the day after, when nothing ran on the first
    [InlineData("2027-01-01 08:00", false)] // New Year's Day
    [InlineData("2027-01-04 08:00", true)] // the first working day after it
    [InlineData("2027-01-20 08:00", true)] // weeks in which nothing ran
    public async Task S45_the_case_goes_out_on_the_first_working_day_of_the_month(string now, bool goes)
    {
        await Library();
        await At("2026-11-02 08:00");
        if (now.StartsWith("2027", StringComparison.Ordinal))
            await At("2026-12-01 08:00");
        var before = yunlan.Told("N130").Count;
        yunlan.Office.Time.Set(now);

        await yunlan.Office.Send(new TellMonthlyCase(Actor.Service));
        await yunlan.Office.Send(new TellMonthlyCase(Actor.Service));

        Assert.Equal(goes ? 4 : 0, yunlan.Told("N130").Count - before);
    }

    [Fact]
    public async Task S45_a_service_that_begins_in_the_middle_of_a_month_waits_for_the_next()
    {
        await Library();

        Assert.Null((await At("2026-11-20 08:00")).Key);
        Assert.Equal("case-joint-visit", (await At("2026-12-01 08:00")).Key);
    }

    [Fact]
    public async Task S45_only_public_cases_go_out_each_once_and_to_nobody_who_does_not_want_them()
    {
        await Library();
        await yunlan.Office.Send(new ChooseMonthlyCase(yunlan.Qinghe, Wanted: false));
        var first = await At("2026-12-01 08:00");
        var second = await At("2027-01-04 08:00");

        Assert.Equal("case-joint-visit", first.Key);
        Assert.Equal("case-expired-sauce", second.Key);
        Assert.DoesNotContain("P001", yunlan.Told("N130"));
        Assert.Contains("LI-U02", yunlan.Told("N130"));
        Assert.DoesNotContain("I05", yunlan.Told("N130"));
        Assert.Contains("来源：", yunlan.Notice("N130", "P010"), StringComparison.Ordinal);
        Assert.Contains("不再收案例", yunlan.Notice("N130", "P010"), StringComparison.Ordinal);

        await yunlan.Office.Send(new ChooseMonthlyCase(yunlan.Qinghe, Wanted: true));
        await At("2027-02-01 08:00");
        Assert.Contains("P001", yunlan.Told("N130"));
    }

    [Fact]
    public async Task S45_a_case_that_is_not_public_is_never_sent_however_many_months_go_by()
    {
        await Library();
        await At("2026-11-02 08:00");
        for (var month = new DateOnly(2026, 12, 1); month < new DateOnly(2028, 6, 1); month = month.AddMonths(1))
            await At(FormattableString.Invariant($"{month:yyyy-MM}-28 08:00"));

        Assert.Equal(11, yunlan.Told("N130").Count(person => person == "P010"));
        Assert.DoesNotContain(yunlan.Office.Use(db => db.Notices.Where(n => n.Kind == "N130").Select(n => n.SubjectId).ToList()), key => key == "case-internal-discretion");
    }

    [Fact]
    public async Task S45_a_unit_s_case_is_found_by_nobody_before_the_bureau_has_taken_it()
    {
        await Library();
        var offer = await yunlan.Office.Send(new OfferCase(yunlan.SafetyLiaison, "帮小厂建隐患台账", "教三步建起台账。"));
        Assert.Empty(await yunlan.Office.Send(new SearchKnowledge(yunlan.Qinghe, "小厂建隐患台账", KnowledgeKind.Case)));

        Assert.Equal("D15", (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new ReleaseCase(yunlan.SafetyLiaison, offer.Id)))).Rule.Clause);
        await yunlan.Office.Send(new ReleaseCase(yunlan.Bureau, offer.Id));
        await yunlan.Office.TakeInKnowledge();

        Assert.Equal("offer-L26-1", (await yunlan.Office.Send(new SearchKnowledge(yunlan.Qinghe, "小厂建隐患台账", KnowledgeKind.Case)))[0].Key);
        Assert.Equal("S45", (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new DeclineCase(yunlan.Bureau, offer.Id, "晚了")))).Rule.Clause);
    }

    [Fact]
    public async Task S45_a_declined_case_says_why_and_names_are_refused()
    {
        var offer = await yunlan.Office.Send(new OfferCase(yunlan.SafetyLiaison, "标题", "经过。"));

        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new DeclineCase(yunlan.Bureau, offer.Id, " ")));
        await yunlan.Office.Send(new DeclineCase(yunlan.Bureau, offer.Id, "写得太短。"));

        Assert.Equal("贵单位报送的案例云案例〔2026〕1号“标题”没有采用：写得太短。", yunlan.Notice("N134", "LI-U02"));
        Assert.Equal("W29", (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new OfferCase(yunlan.SafetyLiaison, "标题", "云澜区石桥河食品有限公司")))).Rule.Clause);
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Library()
    {
        yunlan.Office.Use(db =>
        {
            db.Enterprises.Single(e => e.Id == "E001").Industry = "冶金";
            return db.SaveChanges();
        });
        await yunlan.Office.TakeInKnowledge();
    }

    private Task<MonthlyCaseTold> At(string time)
    {
        yunlan.Office.Time.Set(time);
        return yunlan.Office.Send(new TellMonthlyCase(Actor.Service));
    }
}
