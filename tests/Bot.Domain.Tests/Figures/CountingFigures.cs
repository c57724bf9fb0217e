using Bot.Domain.Commands;
using Bot.Domain.Door;
using Bot.Domain.Figures;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Figures;

/// <summary>The figures of a month, a quarter and a year, of a unit and of the district, and the lists that they are made of (J39, S32, S38, W40).</summary>
public sealed class CountingFigures : IAsyncLifetime
{
    private static readonly Measure[] WithList =
        [Measure.Scanned, Measure.Previewed, Measure.Results, Measure.Merges, Measure.Published, Measure.Guidance];

    private DistrictOffice district = null!;
    private Actor bureau = null!;

    public async ValueTask InitializeAsync()
    {
        district = await DistrictOffice.Open();
        bureau = district.Office.Person("S-TEST", "顾司正", ActorRole.Supervisor);
    }

    // S38
    [Theory]
    [InlineData("2026-11")]
    [InlineData("2026-10")]
    [InlineData("2026-Q4")]
    [InlineData("2026")]
    public async Task S38_every_sum_equals_the_list_of_tasks_behind_it(string period)
    {
        var answer = await district.Office.Send(new FiguresOfDistrict(bureau, period));

        Assert.Equal((await district.Office.Send(new FigureList(bureau, null, period, Measure.Visits))).Count, answer.District[Measure.Visits].Part);
        foreach (var measure in WithList)
            Assert.Equal((await district.Office.Send(new FigureList(bureau, null, period, measure))).Count, answer.District[measure].Missing);
        Assert.Equal((await district.Office.Send(new FigureList(bureau, null, period, Measure.Joint))).Count, answer.District[Measure.Joint].Part);
        Assert.Equal((await district.Office.Send(new FigureList(bureau, null, period, Measure.OffSite))).Count, answer.District[Measure.OffSite].Part);
        foreach (var unit in answer.Units)
        {
            var own = await district.Office.Send(new FiguresOfUnit(bureau, unit.UnitId!, period));
            Assert.Equal(unit.All.OrderBy(one => one.Key), own.Unit.All.OrderBy(one => one.Key));
            foreach (var measure in WithList)
                Assert.Equal((await district.Office.Send(new FigureList(bureau, unit.UnitId, period, measure))).Count, unit[measure].Missing);
        }
    }

    // J39, J40
    [Fact]
    public async Task J39_the_report_of_November_knows_T303_that_was_not_scanned_and_M4_that_was_not_merged()
    {
        Assert.Contains("T303", (await district.Office.Send(new FigureList(bureau, null, "2026-11", Measure.Scanned))).Select(line => line.SubjectId));
        var merges = await district.Office.Send(new FigureList(bureau, null, "2026-11", Measure.Merges));
        Assert.Contains("M4", merges.Select(line => line.SubjectId));
        Assert.Contains("T305", (await district.Office.Send(new FigureList(bureau, null, "2026-11", Measure.Results))).Select(line => line.SubjectId));
    }

    // W06, S32
    [Fact]
    public async Task W06_S32_seven_of_thirty_one_visits_of_the_year_were_joint()
    {
        var joint = (await district.Office.Send(new FiguresOfDistrict(bureau, "2026"))).District[Measure.Joint];

        Assert.Equal((7, 31, 22.6m), (joint.Part, joint.Whole, joint.Percent));
    }

    // S01, S33
    [Fact]
    public async Task S01_E030_with_nine_visits_of_seven_units_heads_the_list()
    {
        var first = (await district.Office.Send(new HighFrequencyList(bureau, "2026")))[0];

        Assert.Equal(("E030", 9, 7), (first.EnterpriseId, first.Visits, first.Units));
    }

    // W40
    [Fact]
    public async Task W40_who_did_equally_well_shares_a_place_and_who_owed_nothing_has_none()
    {
        var places = await district.Office.Send(new RankOfUnits(bureau, "2026-11"));

        var ranked = places.Where(place => place.Place is not null).ToList();
        Assert.Equal(1, ranked[0].Place);
        Assert.All(ranked.Zip(ranked.Skip(1)), pair => Assert.True(pair.First.Measured.Percent == pair.Second.Measured.Percent ? pair.First.Place == pair.Second.Place : pair.First.Place < pair.Second.Place));
        Assert.All(places.Where(place => place.Place is null), place => Assert.Equal(0, place.Measured.Whole));
    }

    [Fact]
    public async Task S39_a_unit_sees_its_own_figures_and_nobody_elses()
    {
        var leader = district.Office.Person("L-TEST", "秦文漪", ActorRole.UnitLeader, "U02");

        Assert.Equal("U02", (await district.Office.Send(new FiguresOfUnit(leader, "U02", "2026-11"))).Unit.UnitId);
        await Assert.ThrowsAsync<RuleBrokenException>(() => district.Office.Send(new FiguresOfUnit(leader, "U01", "2026-11")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => district.Office.Send(new FigureList(leader, null, "2026-11", Measure.Scanned)));
        await Assert.ThrowsAsync<RuleBrokenException>(() => district.Office.Send(new FiguresOfDistrict(leader, "2026-11")));
        var unknown = await Assert.ThrowsAsync<RuleBrokenException>(() => district.Office.Send(new FiguresOfUnit(leader, "U02", "2026-13")));
        Assert.Contains("请说年月或季度", unknown.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => district.DisposeAsync();
}

/// <summary>What counts and what does not, on the day and on the day after.</summary>
public sealed class JudgingWhatWasInTime : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-19 10:00");

    // J37, W32
    [Fact]
    public async Task J37_a_result_is_neither_in_time_nor_late_until_its_last_day_is_over()
    {
        Visit("T1", "2026-11-16");
        Visit("T2", "2026-11-16", entered: "2026-11-19");
        Visit("T3", "2026-11-16", entered: "2026-11-20");

        Assert.Equal((1, 2), await Of(Measure.Results));
        yunlan.Office.Time.Set("2026-11-20 10:00");
        Assert.Equal((1, 3), await Of(Measure.Results));

        // W32: from the end of the visit to the result, 3 and 4 days
        Assert.Equal((7, 2), await Of(Measure.Days));
    }

    [Fact]
    public async Task D17_publication_counts_over_National_Day_and_what_the_law_withholds_is_not_owed()
    {
        Visit("T1", "2026-09-17", entered: "2026-09-18", published: "2026-10-21");
        Visit("T2", "2026-09-17", entered: "2026-09-18", published: "2026-10-22");
        Visit("T3", "2026-09-17", entered: "2026-09-18", withheld: "涉及商业秘密");

        Assert.Equal((1, 2), await Of(Measure.Published, "2026-09"));
    }

    [Fact]
    public async Task A_visit_counts_in_the_month_of_its_end_and_one_done_in_the_course_of_another_not_at_all()
    {
        Visit("T1", "2026-10-31");
        Visit("T2", "2026-11-01");
        yunlan.Inspection("T3");
        yunlan.Office.Use(db =>
        {
            db.Tasks.Single(t => t.Id == "T3").MergeInto("T2");
            return db.SaveChanges();
        });

        Assert.Equal((1, 1), await Of(Measure.Visits, "2026-10"));
        Assert.Equal((1, 1), await Of(Measure.Visits));
        Assert.Equal((2, 2), await Of(Measure.Visits, "2026-Q4"));
    }

    // W37
    [Theory]
    [InlineData(4, null)]
    [InlineData(5, "4.2")]
    public async Task W37_a_mean_is_shown_from_five_ratings_up(int ratings, string? shown)
    {
        for (var i = 0; i < ratings; i++)
        {
            Visit($"T{i}", "2026-11-10");
            yunlan.Office.Add(Domain.Ratings.Feedback.Rate($"T{i}", "U02", i == 0 ? 1 : 5, "", null, new DateOnly(2026, 11, 12)));
        }

        var answer = await yunlan.Office.Send(new FiguresOfUnit(yunlan.SafetyLeader, "U02", "2026-11"));

        Assert.Equal(shown, answer.Unit.RatingShown(yunlan.Office.Rules)?.ToString("0.0", null));
        Assert.Contains(shown is null ? "评价样本不足5份，不展示" : "平均评价4.2（样本5）", FigureWords.Line(answer.Unit, yunlan.Office.Rules), StringComparison.Ordinal);
    }

    // W25
    [Fact]
    public async Task W25_a_unit_whose_penalties_rose_by_more_than_half_is_put_before_a_person()
    {
        await Penalties("2026-10-20", 2);
        await Penalties("2026-11-17", 3);
        Assert.Empty(await yunlan.Office.Send(new PenaltyOutliers(yunlan.Bureau, "2026-11")));

        await Penalties("2026-11-18", 1);
        Assert.Equal(["U02"], (await yunlan.Office.Send(new PenaltyOutliers(yunlan.Bureau, "2026-11"))).Select(line => line.UnitId));
    }

    [Theory]
    [InlineData("2026-11", "2026年11月", "2026-11-01", "2026-11-30", "2026-10")]
    [InlineData("2026-01", "2026年1月", "2026-01-01", "2026-01-31", "2025-12")]
    [InlineData("2026-Q4", "2026年第四季度", "2026-10-01", "2026-12-31", "2026-Q3")]
    [InlineData("2026-Q1", "2026年第一季度", "2026-01-01", "2026-03-31", "2025-Q4")]
    [InlineData("2026", "2026年", "2026-01-01", "2026-12-31", "2025")]
    public void A_period_has_a_name_an_end_and_one_before(string id, string name, string from, string to, string before)
    {
        var period = ReportPeriod.Read(id)!;

        Assert.Equal((id, name, DateOnly.Parse(from, null), DateOnly.Parse(to, null), before), (period.Id, period.Name, period.From, period.To, period.Before().Id));
        Assert.Null(ReportPeriod.Read(id + "0"));
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Penalties(string on, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var id = $"P{on}-{i}";
            yunlan.Office.Time.Set($"{on} 09:30");
            yunlan.Inspection(id, but: facts => facts with { ScheduledOn = DateOnly.Parse(on, null) });
            await yunlan.Office.Send(new ScanIn(yunlan.Safety, id));
            await yunlan.Office.Send(new EnterResult(yunlan.Safety, id, ResultKind.OrderedToCorrect, [new ProblemFound("台账不全", "《安全生产法》第四十一条", new DateOnly(2027, 1, 15))]) { Penalty = true });
        }
    }

    private void Visit(string id, string on, string? entered = null, string? published = null, string? withheld = null) => yunlan.Inspection(id, but: facts => facts with
    {
        ScheduledOn = DateOnly.Parse(on, null),
        CompletedOn = DateOnly.Parse(on, null),
        ScannedInAt = new HandTime($"{on} 09:30").GetUtcNow().UtcDateTime,
        ResultEnteredOn = entered is null ? null : DateOnly.Parse(entered, null),
        Result = entered is null ? null : "未发现问题",
        PublishedOn = published is null ? null : DateOnly.Parse(published, null),
        NotPublishedBecause = withheld,
    });

    private async Task<(int Part, int Whole)> Of(Measure measure, string period = "2026-11") =>
        (await yunlan.Office.Send(new FiguresOfUnit(yunlan.SafetyLeader, "U02", period))).Unit[measure] is var one ? ((int)one.Part, (int)one.Whole) : default;
}
