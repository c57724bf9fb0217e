using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Testing;

namespace Bot.Domain.Tests.Clues;

/// <summary>The clues that the invented district gives on 22 November 2026: what its answer key calls overdue, missing or unmerged, and two visits on quiet days.</summary>
public sealed class InTheDistrict
{
    // J40, S12, S33, design decision 3
    [Fact]
    public async Task Every_breach_of_the_key_is_one_clue_of_its_unit_and_a_scan_made_again_finds_nothing()
    {
        await using var district = await DistrictOffice.Open();

        Assert.Equal(
            [
                "U01 NotMerged M6", "U01 PublicationOverdue T307", "U01 TooFrequent T501,T502,T503,T504,T505,T506,T507,T508,T509",
                "U02 OnQuietDay T309",
                "U03 VisitInDisguise V5",
                "U05 GuidanceOverdue G26-54",
                "U06 NotMerged M4", "U06 NotScanned T303",
                "U08 OnQuietDay T314",
                "U09 FromReconsideration 云复移〔2026〕3号", "U09 GuidanceOverdue G26-51", "U09 ResultOverdue T305",
                "U12 NotMerged M4", "U12 PlanNotFiled P-U12-2026", "U12 VisitInDisguise V2",
            ],
            Clues(district.Office));
        Assert.Equal(0, (await district.Office.Send(new ScanForClues(Actor.Service))).Count);
        Assert.Equal(15, district.Office.Use(db => db.Clues.Count()));
    }

    // S33
    [Fact]
    public async Task What_nine_visits_mean_together_is_said_once_with_the_day_and_number_of_each()
    {
        await using var district = await DistrictOffice.Open();
        var often = district.Office.Use(db => db.Clues.Single(clue => clue.Kind == ClueKind.TooFrequent).Id);

        var said = Assert.Single((await district.Office.Send(new ClueDetail(Actor.Service, often))).Evidence);

        Assert.Contains("已接受现场检查9次，涉及7个单位：", said, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(501, 9), task => Assert.Contains($"日T{task}", said, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Clues(Office office) => office.Use(db =>
        db.Clues.AsEnumerable().Select(clue => $"{clue.UnitId} {clue.Kind} {string.Join(',', clue.EvidenceIds)}").Order(StringComparer.Ordinal).ToList());
}
