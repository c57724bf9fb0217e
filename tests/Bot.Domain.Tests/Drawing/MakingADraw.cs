using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Drawing;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Drawing;

/// <summary>D10, D11, D21, J20: a draw is kept with seed and hashes, people who must step back are replaced, caps are respected.</summary>
public sealed class MakingADraw : IDisposable
{
    private const string Seed = "双色球2026135期";

    private readonly Yunlan yunlan = new();

    public MakingADraw()
    {
        for (var i = 100; i < 140; i++)
            yunlan.Office.Add(new Enterprise($"E{i}", $"企业{i}", $"91321299MA9{i}") { Industry = "机械", CreditLevel = "B", RiskLevel = "一般" });
        foreach (var id in (string[])["I05", "I06"])
            Certify(id);
        for (var i = 60; i < 64; i++)
            yunlan.Office.Add(new Person($"I{i}", $"人员{i}", ActorRole.Inspector, "U02").WithCertificate($"9902000{i}", new DateOnly(2029, 12, 31), "有效"));
    }

    [Fact]
    public async Task D10_the_record_has_seed_hashes_and_people_and_can_be_drawn_again()
    {
        var receipt = await Draw();

        Assert.Equal("云检抽〔2026〕1号", receipt.Number);
        Assert.Equal(4, receipt.Drawn.Count);
        Assert.Equal(40, receipt.ListSize);
        Assert.All(receipt.Drawn, line => Assert.Equal(2, line.Inspectors.Split('、').Length));
        var view = await yunlan.Office.Send(new DrawDetail(yunlan.SafetyLiaison, receipt.DrawId));
        Assert.True(view.Repeated);
        Assert.Equal((Seed, receipt.ObjectsHash, receipt.InspectorsHash), (view.Seed, view.ObjectsHash, view.InspectorsHash));
        Assert.NotEmpty(yunlan.Told("N19f"));
    }

    [Fact]
    public async Task D10_the_same_seed_and_lists_give_the_same_draw_in_another_district_of_the_same_data()
    {
        using var other = new MakingADraw();

        var (mine, theirs) = (await Draw(), await other.Draw());

        Assert.Equal(mine.Drawn, theirs.Drawn);
        Assert.Equal(mine.ObjectsHash, theirs.ObjectsHash);
    }

    [Fact]
    public async Task D10_somebody_with_a_conflict_is_replaced_and_the_record_says_why()
    {
        using var other = new MakingADraw();
        var before = await other.Draw();
        var (enterprise, first) = (before.Drawn[0].EnterpriseId, before.Drawn[0].Inspectors.Split('、')[0]);
        var person = yunlan.Office.Use(db => db.People.Single(p => p.UnitId == "U02" && p.Name == first));
        yunlan.Office.Add(new ConflictOfInterest(person.Id, enterprise, "配偶在该企业任职", new DateOnly(2026, 11, 1)));

        var after = await Draw();

        Assert.Equal(before.Drawn.Select(line => line.EnterpriseId), after.Drawn.Select(line => line.EnterpriseId));
        Assert.DoesNotContain(first, after.Drawn[0].Inspectors, StringComparison.Ordinal);
        Assert.Equal([$"{after.Drawn[0].Enterprise}：抽到{first}，须回避（配偶在该企业任职），已重抽"], after.Redraws);
    }

    [Fact]
    public async Task D10_nobody_without_a_valid_certificate_is_drawn()
    {
        yunlan.Office.Add(new Person("I70", "证过期", ActorRole.Inspector, "U02").WithCertificate("99020070", new DateOnly(2026, 11, 21), "有效"));

        var receipt = await Draw(ratio: 100);

        Assert.DoesNotContain(receipt.Drawn, line => line.Inspectors.Contains("证过期", StringComparison.Ordinal));
    }

    [Fact]
    public async Task D10_an_inspector_declares_where_he_must_not_go()
    {
        await yunlan.Office.Send(new DeclareConflict(yunlan.Safety, "E100", "曾任该企业安全总监"));

        var again = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new DeclareConflict(yunlan.Safety, "E100", "同上")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new DeclareConflict(yunlan.Safety, "E999", "没有这家")));

        Assert.Equal("D10", again.Rule.Clause);
    }

    [Fact]
    public async Task D10_the_same_objects_are_not_drawn_again_until_the_result_pleases()
    {
        await Draw();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => Draw(seed: "换一个种子试试"));

        Assert.Contains("云检抽〔2026〕1号", refused.Message, StringComparison.Ordinal);
        Assert.Single(yunlan.Office.Use(db => db.Draws.ToList()));
    }

    [Fact]
    public async Task D11_what_a_draw_comes_to_is_said_before_and_objects_at_their_cap_are_named()
    {
        Visit("T901", "E101");
        Visit("T902", "E101");

        var outlook = await yunlan.Office.Send(new OutlookOfDraw(yunlan.SafetyLiaison, "机械", 10));

        Assert.Equal((40, 4), (outlook.ListSize, outlook.Drawn));
        Assert.Equal(0.15m, outlook.ExpectedVisits);
        Assert.Equal(["企业101"], outlook.AtCap);
    }

    [Fact]
    public async Task D11_over_the_cap_only_with_a_reason_that_is_kept()
    {
        Visit("T901", "E101");
        Visit("T902", "E101");
        var wish = new DrawWish("机械", 100, InspectionType.Daily, Seed) { LeaveOutCapped = false };

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new MakeDraw(yunlan.SafetyLiaison, wish)));
        var receipt = await yunlan.Office.Send(new MakeDraw(yunlan.SafetyLiaison, wish with { OverCapReason = "全行业隐患排查" }));

        Assert.Equal("D11", refused.Rule.Clause);
        Assert.Contains(receipt.Drawn, line => line.EnterpriseId == "E101");
        Assert.Equal("全行业隐患排查", yunlan.Office.Use(db => db.Draws.Single().OverCapReason));
    }

    [Fact]
    public async Task D11_objects_at_their_cap_stay_out_by_default()
    {
        Visit("T901", "E101");
        Visit("T902", "E101");

        var receipt = await Draw(ratio: 100);

        Assert.Equal(39, receipt.ListSize);
        Assert.DoesNotContain(receipt.Drawn, line => line.EnterpriseId == "E101");
    }

    [Fact]
    public async Task W07_what_was_drawn_before_lies_lighter_in_the_next_draw()
    {
        var first = await Draw();
        yunlan.Office.Time.Set("2026-11-23 10:00");

        await Draw(ratio: 100);

        var second = yunlan.Office.Use(db => db.DrawnObjects.Where(o => o.DrawId != first.DrawId).ToList());
        var again = second.Where(o => first.Drawn.Any(line => line.EnterpriseId == o.EnterpriseId)).ToList();
        Assert.All(again, o => Assert.Equal((50, "本年度已被抽取1次，权重下调"), (o.Weight, o.WeightReason)));
        Assert.All(second.Except(again), o => Assert.Equal(100, o.Weight));
    }

    [Fact]
    public async Task D21_a_special_draw_is_kept_as_one()
    {
        var receipt = await yunlan.Office.Send(new MakeDraw(yunlan.SafetyLiaison, new DrawWish("机械", 10, InspectionType.Special, Seed)));

        Assert.Equal(InspectionType.Special, (await yunlan.Office.Send(new DrawDetail(yunlan.Bureau, receipt.DrawId))).Type);
        var adHoc = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new MakeDraw(yunlan.SafetyLiaison, new DrawWish("机械", 10, InspectionType.AdHoc, Seed))));
        Assert.Equal("D21", adHoc.Rule.Clause);
    }

    [Fact]
    public async Task J20_the_drawn_list_knows_its_objects()
    {
        Assert.Equal(DrawnListRuling.NoList, await Contains("E100"));
        var receipt = await Draw();
        var outside = Enumerable.Range(100, 40).Select(i => $"E{i}").First(id => receipt.Drawn.All(line => line.EnterpriseId != id));

        Assert.Equal(DrawnListRuling.OnTheList, await Contains(receipt.Drawn[0].EnterpriseId));
        Assert.Equal(DrawnListRuling.NotOnTheList, await Contains(outside));
    }

    [Theory]
    [InlineData("机械", 0, Seed)]
    [InlineData("机械", 101, Seed)]
    [InlineData("机械", 10, "短")]
    [InlineData("没有这个行业", 10, Seed)]
    [InlineData("", 10, Seed)]
    public async Task What_cannot_be_drawn_is_refused_and_nothing_is_kept(string objects, int ratio, string seed)
    {
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new MakeDraw(yunlan.SafetyLiaison, new DrawWish(objects, ratio, InspectionType.Daily, seed))));

        Assert.Empty(yunlan.Office.Use(db => db.Draws.ToList()));
    }

    [Fact]
    public async Task Nobody_sees_the_draw_of_another_unit()
    {
        var receipt = await Draw();

        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new DrawDetail(yunlan.TransportLeader, receipt.DrawId)));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new MakeDraw(yunlan.Safety, new DrawWish("机械", 10, InspectionType.Daily, Seed))));
    }

    public void Dispose() => yunlan.Dispose();

    private Task<DrawReceipt> Draw(int ratio = 10, string seed = Seed) => yunlan.Office.Send(new MakeDraw(yunlan.SafetyLiaison, new DrawWish("机械", ratio, InspectionType.Daily, seed)));

    private Task<DrawnListRuling> Contains(string enterprise) =>
        yunlan.Office.Use(db => new DrawRegister(db, yunlan.Office.Rules, new ChinaClock(yunlan.Office.Time)).Contains("U02", enterprise, 2026, TestContext.Current.CancellationToken));

    private void Visit(string task, string enterprise) => yunlan.Inspection(task, enterprise: enterprise);

    private void Certify(string id) => yunlan.Office.Use(db =>
    {
        db.People.Single(p => p.Id == id).WithCertificate($"9902{id}", new DateOnly(2029, 12, 31), "有效");
        return db.SaveChanges();
    });
}
