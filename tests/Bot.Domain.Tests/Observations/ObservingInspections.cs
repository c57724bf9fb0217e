using System.Text.Json;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Inspections;
using Bot.Domain.Observations;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Observations;

/// <summary>S08, S34: observers report within their term; the unit sees sums.</summary>
public sealed class ObservingInspections : IDisposable
{
    private static readonly FormAnswer[] Answers = [new("two", FormQuestion.Yes), new("certificates", FormQuestion.Yes), new("scan", FormQuestion.No), new("basis", FormQuestion.NotNoticed)];

    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor liaison;

    public ObservingInspections()
    {
        office.Add(new Unit("U01", "区市场监督管理局", "district", "市场监管", "0000-86000100"));
        office.Add(new InspectionTask(new TaskFacts("T301", InspectionType.Daily, "U01", "E1", new DateOnly(2026, 11, 18), new DateOnly(2026, 11, 1))));
        office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
        liaison = office.Person("LI1", "尹承礼", ActorRole.UnitLiaison, "U01");
    }

    [Theory]
    [InlineData("2026-02-27 10:00", false)]
    [InlineData("2026-03-01 10:00", true)]
    [InlineData("2028-02-29 23:59", true)]
    [InlineData("2028-03-01 00:01", false)]
    public async Task The_term_counts_from_its_first_to_its_last_day(string now, bool inOffice)
    {
        office.Time.Set(now);
        var observer = Observer("O1", new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29));

        if (inOffice)
            Assert.StartsWith("云监观", (await Submit(observer)).Number, StringComparison.Ordinal);
        else
            await Assert.ThrowsAsync<RuleBrokenException>(() => Submit(observer));
    }

    [Fact]
    public async Task The_bureau_hears_once_a_day_of_somebody_whose_term_has_ended()
    {
        var former = Observer("O3", new DateOnly(2024, 3, 1), new DateOnly(2026, 2, 28));

        await office.Send(new TellOfEndedTerm(former));
        await office.Send(new TellOfEndedTerm(former));

        Assert.Contains("2026年2月28日", office.Use(db => db.Notices.Single(n => n.PersonId == "SJ1").Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_inspection_is_reported_once_a_day()
    {
        var observer = Observer("O1", new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29));

        Assert.Equal(await Submit(observer), await Submit(observer));
    }

    [Fact]
    public async Task Every_question_is_answered_and_the_inspection_exists()
    {
        var observer = Observer("O1", new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29));

        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new SubmitObservation(observer, "T301", Answers[..1], "", [])));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new SubmitObservation(observer, "T301", [.. Answers[..3], new("basis", "也许")], "", [])));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new SubmitObservation(observer, "T999", Answers, "", [])));
    }

    [Fact]
    public async Task The_unit_sees_sums_from_five_on_and_no_name()
    {
        for (var i = 1; i <= 5; i++)
        {
            Assert.Empty((await office.Send(new ObservationsOfUnit(liaison, "U01"))).Sums);
            await Submit(Observer($"O{i}", new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29)));
        }

        var sums = await office.Send(new ObservationsOfUnit(liaison, "U01"));
        Assert.Equal("是否扫码", sums.Sums[2].Question);
        Assert.Equal([new ValueCount("是", 0), new ValueCount("否", 5), new ValueCount("没注意", 0)], sums.Sums[2].Values);
        Assert.DoesNotContain("O1", JsonSerializer.Serialize(sums), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ObservationsOfUnit(liaison, "U02")));
    }

    public void Dispose() => office.Dispose();

    private Actor Observer(string id, DateOnly from, DateOnly to)
    {
        office.Add(new Person(id, "秦以宁", ActorRole.LegalObserver).WithTerm(from, to));
        return new Actor(id, ActorRole.LegalObserver, "秦以宁", new Address("web", id));
    }

    private Task<ObservationReceipt> Submit(Actor observer) => office.Send(new SubmitObservation(observer, "T301", Answers, "", []));
}
