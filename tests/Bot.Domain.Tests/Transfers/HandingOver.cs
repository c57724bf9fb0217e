using Bot.Domain.Clues;
using Bot.Domain.Rules;
using Bot.Domain.Transfers;
using Bot.Testing;

namespace Bot.Domain.Tests.Transfers;

/// <summary>What is handed over to other organs, and what they hand over: for the eyes of the bureau (J41, S05, S35, W39, W41).</summary>
public sealed class HandingOver : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-20 10:00");

    // J41, S35, W39, W41, D18
    [Theory]
    [InlineData(TransferTo.Discipline, "区纪委监委")]
    [InlineData(TransferTo.Efficiency, "区效能办")]
    [InlineData(TransferTo.Judiciary, "区公安分局")]
    [InlineData(TransferTo.Accountability, "区政府督查室")]
    [InlineData(TransferTo.Reconsideration, "区行政复议局")]
    public async Task J41_a_transfer_needs_its_paper_and_is_told_to_nobody(TransferTo to, string organ)
    {
        await Refused(Register(to, organ, document: " "), "D18");
        await Refused(Register(to, organ, on: "2026-11-21"), "D18");
        await Refused(Register(to, organ, facts: ""), "J41");
        await yunlan.Office.Send(Register(to, organ));

        var kept = (await yunlan.Office.Send(new TransferList(yunlan.Bureau))).Single();
        Assert.Equal(("YS26-1", organ, "云司函〔2026〕31号", "云澜区应急管理局"), (kept.Id, kept.Organ, kept.Document, kept.UnitName));
        Assert.Empty(yunlan.Office.Use(db => db.Notices.ToList()));
    }

    // J41, S35
    [Fact]
    public async Task J41_whoever_else_asks_is_refused_and_the_asking_is_on_record()
    {
        await yunlan.Office.Send(Register(TransferTo.Discipline, "区纪委监委"));

        foreach (var official in new[] { yunlan.Safety, yunlan.SafetyLiaison, yunlan.SafetyLeader, yunlan.Qinghe })
        {
            var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new TransferList(official)));
            Assert.True(refused.Rule.Boundary);
            await Refused(new RecordOutcome(official, "YS26-1", "无"), "D15");
        }
    }

    [Fact]
    public async Task J41_the_outcome_is_kept_once_and_a_clue_of_another_unit_is_not_named()
    {
        await Refused(Register(TransferTo.Discipline, "区纪委监委", clue: "X26-1"), "J41");
        await yunlan.Office.Send(Register(TransferTo.Discipline, "区纪委监委"));

        await yunlan.Office.Send(new RecordOutcome(yunlan.Bureau, "ys26-1", "已立案"));

        Assert.Equal("已立案", (await yunlan.Office.Send(new TransferList(yunlan.Bureau))).Single().Outcome);
        await Refused(new RecordOutcome(yunlan.Bureau, "YS26-1", "又立案"), "J41");
        await Refused(new RecordOutcome(yunlan.Bureau, "YS26-7", "已立案"), "J41");
    }

    [Fact]
    public async Task S05_what_the_reconsideration_body_hands_over_is_a_clue_of_the_bureau_and_not_the_units()
    {
        var taken = await yunlan.Office.Send(TakeIn("云复移〔2026〕3号"));

        Assert.Equal([taken.ClueId], (await yunlan.Office.Send(new OpenClues(yunlan.Bureau, "U09"))).Clues.Select(clue => clue.Id));
        await Refused(new OpenClues(yunlan.TransportLeader, "U09"), "D15");
        Assert.Empty(yunlan.Office.Use(db => db.Notices.ToList()));
        await Refused(new TellSituation(yunlan.Bureau, "U09", []), "J40");
        await Refused(TakeIn("云复移〔2026〕3号"), "S05");
        await Refused(TakeIn(" "), "D18");
        await yunlan.Office.Send(TakeIn("云复移〔2026〕4号"));
        Assert.Equal(2, yunlan.Office.Use(db => db.Clues.Count()));
    }

    public void Dispose() => yunlan.Dispose();

    private TakeInClue TakeIn(string document) => new(yunlan.Bureau, "U09", "区行政复议局", document, new DateOnly(2026, 11, 18), "复议中发现检查没有两名执法人员签字");

    private RegisterTransfer Register(TransferTo to, string organ, string document = "云司函〔2026〕31号", string on = "2026-11-20", string facts = "三次检查收受礼品的反映", string? clue = null) => new(
        yunlan.Bureau,
        new TransferFacts(to, "U02", organ, document, DateOnly.ParseExact(on, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), facts) { ClueId = clue });

    private async Task Refused<T>(MediatR.IRequest<T> request, string clause) =>
        Assert.Equal(clause, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(request))).Rule.Clause);
}
