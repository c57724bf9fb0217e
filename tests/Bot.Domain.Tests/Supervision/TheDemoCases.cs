using Bot.Domain.Supervision;
using Bot.Testing;

namespace Bot.Domain.Tests.Supervision;

/// <summary>X-SV of the answer key: the four cases of the invented district stand where the key says, with its dates (S14, S15, S16, S17).</summary>
public sealed class TheDemoCases(TheDemoCases.District district) : IClassFixture<TheDemoCases.District>
{
    [Fact]
    public void SV1_the_letter_is_to_be_made_by_23_November()
    {
        var one = Case("U06");

        Assert.Equal((SupervisionStage.LetterDue, new DateOnly(2026, 10, 12), new DateOnly(2026, 11, 16)), (one.Stage, one.OpenedOn, one.FoundUncorrectedOn!.Value));
        Assert.Equal(new DateOnly(2026, 11, 23), Due(SupervisionDeadlines.Letter, one));
        Assert.Contains("T303", one.EvidenceIds);
    }

    [Fact]
    public void SV2_the_term_was_to_16_November_and_the_check_is_due_by_23_November()
    {
        var one = Case("U09");

        Assert.Equal((SupervisionStage.Reported, "云司监建〔2026〕第6号", new DateOnly(2026, 10, 26)), (one.Stage, one.LetterNumber!, one.ServedOn!.Value));
        Assert.Equal((new DateOnly(2026, 11, 16), new DateOnly(2026, 11, 23)), (Due(SupervisionDeadlines.Rectification, one), Due(SupervisionDeadlines.FollowUp, one)));
    }

    [Fact]
    public void SV3_the_governments_decision_is_on_record_after_a_check_on_the_last_day()
    {
        var one = Case("U12");

        Assert.Equal((SupervisionStage.Decided, "云司监建〔2026〕第5号", "云政监决〔2026〕第1号"), (one.Stage, one.LetterNumber!, one.DecisionNumber!));
        Assert.Equal((new DateOnly(2026, 10, 20), new DateOnly(2026, 10, 27)), (Due(SupervisionDeadlines.Rectification, one), Due(SupervisionDeadlines.FollowUp, one)));
        Assert.Equal((new DateOnly(2026, 10, 27), new DateOnly(2026, 10, 28), new DateOnly(2026, 11, 4)), (one.FollowedUpOn!.Value, one.ReportedOn!.Value, one.DecisionServedOn!.Value));
    }

    [Fact]
    public void SV4_was_put_right_after_the_warning() =>
        Assert.Equal((SupervisionStage.Closed, SupervisionOutcome.CorrectedAfterWarning, new DateOnly(2026, 11, 13)), (Case("U03").Stage, Case("U03").Outcome!.Value, Case("U03").ClosedOn!.Value));

    [Fact]
    public void The_next_letter_is_number_7() => Assert.Equal(6, district.Open.Office.Use(db => db.NumberSeries.Single(series => series.Series == "云司监建").Last));

    private SupervisionCase Case(string unit) => district.Open.Office.Use(db => db.SupervisionCases.Single(one => one.UnitId == unit));

    private DateOnly Due(string kind, SupervisionCase one) => district.Open.Office.Use(db => db.Deadlines.Single(deadline => deadline.Kind == kind && deadline.SubjectId == one.Id).DueOn);

    /// <summary>The district, loaded once.</summary>
    public sealed class District : IAsyncLifetime
    {
        internal DistrictOffice Open { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Open = await DistrictOffice.Open();

        public ValueTask DisposeAsync() => Open.DisposeAsync();
    }
}
