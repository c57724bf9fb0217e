using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Drawing;
using Bot.Domain.Forms;
using Bot.Domain.Inspections;
using Bot.Domain.Observations;
using Bot.Domain.Observers;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Observers;

/// <summary>S08, C30: each month the observers in office are asked for a few observations.</summary>
public sealed class AskingForObservations : IDisposable
{
    private readonly Office office = new("2026-11-01 09:00");
    private readonly Actor first;
    private readonly Actor second;

    public AskingForObservations()
    {
        office.Add(
            new Unit("U01", "区市场监督管理局", "district", "市场监管", "0000-86000100"),
            new Unit("U02", "区应急管理局", "district", "应急管理", "0000-86000200"),
            Inspection("T301", "U01", "E1", 18),
            Inspection("T302", "U01", "E2", 19),
            Inspection("T303", "U02", "E3", 20));
        first = Observer("O1", new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29));
        second = Observer("O2", new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29));
    }

    [Fact]
    public async Task The_month_is_asked_for_on_its_first_working_day_once_and_spread_over_the_units()
    {
        Observer("O3", new DateOnly(2024, 3, 1), new DateOnly(2026, 2, 28));
        Assert.Equal(0, (await office.Send(new OfferObservations(Actor.Service))).Observers);
        office.Time.Set("2026-11-02 08:00");
        Assert.Equal(2, (await office.Send(new OfferObservations(Actor.Service))).Observers);
        Assert.Equal(0, (await office.Send(new OfferObservations(Actor.Service))).Observers);

        Assert.Equal("11月观察任务2件：①T301 11月18日 市场监管；②自选一次。请回复“观察任务”说明能否参加，11月30日（周一）前有效。参加全凭自愿，观察时不干扰检查，不透露未公开的检查安排。", Notice("O1"));
        Assert.Contains("①T303 11月20日 应急管理", Notice("O2"), StringComparison.Ordinal);
        Assert.DoesNotContain("O3", office.Use(db => db.Notices.Select(n => n.PersonId).ToList()));
    }

    [Fact]
    public async Task After_the_October_holiday_the_first_working_day_is_the_eighth()
    {
        office.Time.Set("2026-10-07 09:00");
        Assert.Equal(0, (await office.Send(new OfferObservations(Actor.Service))).Observers);
        office.Time.Set("2026-10-08 08:00");
        Assert.Equal(2, (await office.Send(new OfferObservations(Actor.Service))).Observers);
    }

    [Fact]
    public async Task J19_nobody_is_sent_to_an_inspection_that_was_not_announced_nor_to_ones_own_interest()
    {
        office.Use(db =>
        {
            db.Tasks.RemoveRange(db.Tasks);
            db.Tasks.Add(new InspectionTask(Facts("T400", "U02", "E9", 17) with { Type = InspectionType.Special, PreviewWaived = true }));
            db.Tasks.Add(Inspection("T401", "U02", "E8", 18));
            db.Conflicts.Add(new ConflictOfInterest("O1", "E8", "曾任法律顾问", new DateOnly(2026, 1, 1)));
            return db.SaveChanges();
        });
        office.Time.Set("2026-11-02 08:00");

        await office.Send(new OfferObservations(Actor.Service));

        Assert.Equal([null, null], (await office.Send(new ObservationOffersOfMonth(first))).Select(offer => offer.TaskId));
        Assert.Equal(["T401", null], (await office.Send(new ObservationOffersOfMonth(second))).Select(offer => offer.TaskId));
    }

    [Fact]
    public async Task What_was_taken_is_done_by_the_observation_and_reminded_of_once_while_it_is_not()
    {
        await Offered();
        await office.Send(new AnswerObservationOffer(first, [1]));
        await office.Send(new SubmitObservation(first, "T301", [new("two", FormQuestion.Yes), new("certificates", FormQuestion.Yes), new("scan", FormQuestion.Yes), new("basis", FormQuestion.Yes)], "", []));

        Assert.Equal([OfferState.Done, OfferState.Declined], (await office.Send(new ObservationOffersOfMonth(first))).Select(offer => offer.State));
        office.Time.Set("2026-11-23 08:30");
        await office.Send(new TakeDueSteps(Actor.Service));
        Assert.Equal(["O2"], office.Use(db => db.Notices.Where(n => n.Kind == "N7").Select(n => n.PersonId).ToList()));
        Assert.Equal(["观察任务"], office.Use(db => db.Notices.Single(n => n.Kind == "N7").Actions));
    }

    [Fact]
    public async Task Who_declines_hears_no_more_of_it_and_nothing_is_late_when_the_month_is_over()
    {
        await Offered();
        await office.Send(new AnswerObservationOffer(first, []));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new AnswerObservationOffer(first, [1])));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new AnswerObservationOffer(second, [3])));

        office.Time.Set("2026-12-01 08:00");
        Assert.Equal(2, (await office.Send(new OfferObservations(Actor.Service))).Lapsed);
        Assert.Equal(0, office.Use(db => db.Deadlines.Count(d => d.MetAt == null && d.DroppedAt == null && d.DueOn < new DateOnly(2026, 12, 1))));
        Assert.All(await office.Send(new ObservationOffersOfMonth(first)), offer => Assert.Equal(new DateOnly(2026, 12, 31), offer.Until));
    }

    [Fact]
    public async Task Who_is_out_of_term_meanwhile_is_kindly_refused()
    {
        await Offered();
        office.Use(db =>
        {
            db.People.Single(p => p.Id == "O1").WithTerm(new DateOnly(2024, 11, 1), new DateOnly(2026, 11, 9));
            return db.SaveChanges();
        });
        office.Time.Set("2026-11-10 09:00");

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new AnswerObservationOffer(first, [1])));

        Assert.Contains("聘期已满", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => office.Dispose();

    private async Task Offered()
    {
        office.Time.Set("2026-11-02 08:00");
        await office.Send(new OfferObservations(Actor.Service));
    }

    private string Notice(string person) => office.Use(db => db.Notices.Single(n => n.Kind == "N150" && n.PersonId == person).Text);

    private static TaskFacts Facts(string id, string unit, string enterprise, int day) => new(id, InspectionType.Daily, unit, enterprise, new DateOnly(2026, 11, day), new DateOnly(2026, 10, 20)) { ApprovedOn = new DateOnly(2026, 10, 22), PreviewSentOn = new DateOnly(2026, 10, 23) };

    private static InspectionTask Inspection(string id, string unit, string enterprise, int day) => new(Facts(id, unit, enterprise, day));

    private Actor Observer(string id, DateOnly from, DateOnly to)
    {
        office.Add(new Person(id, "秦以宁", ActorRole.LegalObserver).WithTerm(from, to));
        return new Actor(id, ActorRole.LegalObserver, "秦以宁", new Address("web", id));
    }
}
