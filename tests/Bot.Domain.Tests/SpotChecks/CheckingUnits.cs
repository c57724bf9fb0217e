using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Drawing;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Domain.SpotChecks;
using Bot.Testing;

namespace Bot.Domain.Tests.SpotChecks;

/// <summary>At least a tenth of the units each quarter, by means that are named and with findings (S03, S04).</summary>
public sealed class CheckingUnits : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-20 08:00");

    // S03
    [Theory]
    [InlineData(10, 1)]
    [InlineData(12, 2)]
    [InlineData(20, 2)]
    [InlineData(21, 3)]
    public async Task S03_a_tenth_of_the_units_is_rounded_up(int units, int needed)
    {
        More(units);

        Assert.Equal((units, needed), Two(await yunlan.Office.Send(new QuarterOfSpotChecks(yunlan.Bureau))));
    }

    [Theory]
    [InlineData("2026-11-20", "2026Q4", "2026-12-31")]
    [InlineData("2026-09-30", "2026Q3", "2026-09-30")]
    [InlineData("2026-10-01", "2026Q4", "2026-12-31")]
    [InlineData("2026-02-28", "2026Q1", "2026-03-31")]
    public void S03_a_quarter_ends_on_its_last_day(string day, string quarter, string last)
    {
        var of = Quarter.Of(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((quarter, last), (of.Id, of.To.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    // S03: reminders 30 and 10 days before the end of the quarter, and none once enough are closed
    [Fact]
    public async Task S03_the_bureau_is_reminded_thirty_and_ten_days_before_the_quarter_ends()
    {
        await yunlan.Office.Round();
        var reminded = new List<string>();
        foreach (var day in new[] { "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-20", "2026-12-21", "2026-12-22", "2026-12-31" })
        {
            yunlan.Office.Time.Set($"{day} 09:00");
            await yunlan.Office.Send(new TakeDueSteps(Actor.Service));
            var count = yunlan.Office.Use(db => db.Notices.Count(n => n.SubjectId == "2026Q4"));
            if (count > reminded.Count)
                reminded.Add(day);
        }

        Assert.Equal(["2026-12-01", "2026-12-21", "2026-12-31"], reminded);
        Assert.Contains("第四季度应抽查不少于1个单位（已抽0个、办结0个）", yunlan.Office.Use(db => db.Notices.First(n => n.SubjectId == "2026Q4").Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C27_the_draw_can_be_made_again_from_its_seed_and_list_and_the_units_are_told()
    {
        More(12);
        var drawn = await yunlan.Office.Send(new DrawSpotChecks(yunlan.Bureau, 3, [], [SpotCheckMeans.Materials, SpotCheckMeans.CaseReview]));

        var draw = yunlan.Office.Use(db => db.SpotCheckDraws.Single());
        var list = DrawList.Read(draw.List);
        Assert.Equal(drawn.ListHash, WeightedDraw.HashOf(list));
        Assert.Equal(drawn.Checks.Select(check => check.UnitId), WeightedDraw.Pick(drawn.Seed!, list, 3).Select(place => list[place].Id));
        Assert.Equal(3, drawn.Checks.Select(check => check.UnitId).Distinct().Count());
    }

    [Fact]
    public async Task C27_who_is_replaced_gives_place_to_the_next_of_the_draw_and_the_reason_stays()
    {
        await yunlan.Office.Send(new DrawSpotChecks(yunlan.Bureau, 2, [], []));
        var order = yunlan.Office.Use(db => db.SpotCheckDraws.Single().Order);

        await Refused(new ReplaceSpotCheck(yunlan.Bureau, "Q26-1", " "), "S03");
        var replaced = await yunlan.Office.Send(new ReplaceSpotCheck(yunlan.Bureau, "Q26-1", "上季度刚查过"));

        Assert.Equal(order[2], replaced.By.UnitId);
        var view = await yunlan.Office.Send(new QuarterOfSpotChecks(yunlan.Bureau));
        Assert.Equal([SpotCheckState.Replaced, SpotCheckState.Open, SpotCheckState.Open], view.Checks.Select(check => check.State));
        Assert.Equal("上季度刚查过", yunlan.Office.Use(db => db.SpotChecks.Single(c => c.Id == "Q26-1").ReplacedBecause));
        await Refused(new ReplaceSpotCheck(yunlan.Bureau, "Q26-1", "再换"), "S03");
    }

    [Fact]
    public async Task S04_nothing_is_closed_without_means_and_findings()
    {
        await yunlan.Office.Send(new DrawSpotChecks(yunlan.Bureau, 0, ["U02"], []));
        Assert.Equal(["L-U02", "LI-U02"], yunlan.Told("N105"));

        await Refused(new CloseSpotCheck(yunlan.Bureau, "Q26-1", [], "看了三份案卷", false, []), "S04");
        await Refused(new CloseSpotCheck(yunlan.Bureau, "Q26-1", [SpotCheckMeans.CaseReview], " ", false, []), "S04");
        await Refused(new CloseSpotCheck(yunlan.SafetyLeader, "Q26-1", [SpotCheckMeans.CaseReview], "很好", false, []), "D15");
        var closed = await yunlan.Office.Send(new CloseSpotCheck(yunlan.Bureau, "Q26-1", [SpotCheckMeans.CaseReview], "两份案卷没有审批页", true, ["f1"]));

        Assert.Equal((1, 1, "X26-1"), (closed.Closed, closed.Needed, closed.ClueId));
        Assert.Equal((ClueKind.FromSpotCheck, "U02"), yunlan.Office.Use(db => db.Clues.Select(c => new { c.Kind, c.UnitId }).AsEnumerable().Select(c => (c.Kind, c.UnitId)).Single()));
        Assert.NotNull(yunlan.Office.Use(db => db.Deadlines.Single(d => d.Kind == "supervision.spotCheck").MetAt));
        await Refused(new CloseSpotCheck(yunlan.Bureau, "Q26-1", [], "再办一次", false, []), "S03");
    }

    [Fact]
    public async Task S03_a_unit_is_looked_into_once_a_quarter_and_not_more_than_there_are()
    {
        await Refused(new DrawSpotChecks(yunlan.Bureau, 0, [], []), "S03");
        await Refused(new DrawSpotChecks(yunlan.Bureau, 6, [], []), "S03");
        await yunlan.Office.Send(new DrawSpotChecks(yunlan.Bureau, 4, ["U02"], []));
        await Refused(new DrawSpotChecks(yunlan.Bureau, 0, ["U02"], []), "S03");
        await Refused(new ReplaceSpotCheck(yunlan.Bureau, "Q26-2", "换一家"), "S03");
        await Refused(new DrawSpotChecks(yunlan.SafetyLeader, 1, [], []), "D15");
    }

    public void Dispose() => yunlan.Dispose();

    private static (int, int) Two(QuarterView view) => (view.Units, view.Needed);

    /// <summary>Five units are there already.</summary>
    private void More(int all) => yunlan.Office.Add([.. Enumerable.Range(0, all - 5).Select(i => new Unit($"U{20 + i}", $"云澜区第{i}局", "district", "其他", "0"))]);

    private async Task Refused<T>(MediatR.IRequest<T> request, string clause) =>
        Assert.Equal(clause, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(request))).Rule.Clause);
}
