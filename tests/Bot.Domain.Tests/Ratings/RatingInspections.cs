using System.Text.Json;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Ratings;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Ratings;

/// <summary>W37: one rating an enterprise and inspection, changeable for seven days; the unit never learns who.</summary>
public sealed class RatingInspections : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor user;
    private readonly Actor leader;

    public RatingInspections()
    {
        office.Add(new Unit("U01", "区市场监督管理局", "district", "市场监管", "0000-86000100"));
        for (var i = 1; i <= 5; i++)
            office.Add(new Enterprise($"E{i}", $"企业{i}", $"91321299MA7CLA{i}000"), Finished($"T30{i}", $"E{i}"));
        office.Add(new InspectionTask(new TaskFacts("T399", InspectionType.Daily, "U01", "E1", new DateOnly(2026, 12, 18), new DateOnly(2026, 11, 1))));
        user = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        leader = office.Person("L1", "庄嘉禾", ActorRole.UnitLeader, "U01");
    }

    [Fact]
    public async Task Only_ones_own_finished_inspections_are_offered()
    {
        Assert.Equal(["T301"], (await office.Send(new InspectionsToRate(user))).Select(one => one.TaskId));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Rate(user, "T302"));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Rate(user, "T399"));
    }

    [Theory]
    [InlineData("2026-11-29 23:59", true)] // a Sunday: a person's right ends on its day
    [InlineData("2026-11-30 00:01", false)]
    public async Task It_may_be_changed_for_seven_days_and_stays_one_rating(string now, bool changeable)
    {
        var first = await Rate(user, "T301");
        Assert.Equal(new DateOnly(2026, 11, 29), first.ChangeableUntil);
        office.Time.Set(now);

        if (changeable)
            Assert.True((await Rate(user, "T301", 4)).Changed);
        else
            Assert.Same(Feedback.ChangeableInTime, (await Assert.ThrowsAsync<RuleBrokenException>(() => Rate(user, "T301", 4))).Rule);
        Assert.Equal(changeable ? 4 : 5, office.Use(db => db.Feedback.Single().Score));
        Assert.Equal(changeable, (await office.Send(new InspectionsToRate(user))).Count == 1);
    }

    [Fact]
    public async Task An_anonymous_rating_keeps_no_person_even_when_it_replaces_a_named_one()
    {
        await Rate(user, "T301");
        await office.Send(new RateInspection(user, "T301", 3, "", Anonymous: true));

        Assert.Null(office.Use(db => db.Feedback.Single().PersonId));
    }

    [Fact]
    public async Task The_unit_sees_an_average_from_five_ratings_on_and_never_who_or_which()
    {
        for (var i = 1; i <= 4; i++)
            await Rate(i == 1 ? user : office.Person($"P{i}", $"人{i}", ActorRole.EnterpriseUser, enterpriseId: $"E{i}"), $"T30{i}", 4);
        Assert.Equal((4, (decimal?)null), await Seen());

        await Rate(office.Person("P5", "人5", ActorRole.EnterpriseUser, enterpriseId: "E5"), "T305", 5);

        Assert.Equal((5, 4.2m), await Seen());
        var shown = JsonSerializer.Serialize(await office.Send(new UnitRatings(leader, "U01")));
        Assert.DoesNotContain("P1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("T30", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_units_ratings_are_not_shown() =>
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new UnitRatings(leader, "U02")));

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task A_score_is_from_one_to_five(int score) => await Assert.ThrowsAsync<RuleBrokenException>(() => Rate(user, "T301", score));

    [Fact]
    public async Task The_contacts_are_invited_once_and_not_after_rating()
    {
        await office.Send(new InviteRating(Actor.Service, "T301"));
        await office.Send(new InviteRating(Actor.Service, "T301"));

        Assert.Equal("P1", office.Use(db => db.Notices.Single(n => n.Kind == "N15").PersonId));
        await Rate(user, "T301");
        Assert.Equal(0, (await office.Send(new InviteRating(Actor.Service, "T301"))).People);
    }

    [Fact]
    public async Task An_opinion_gets_a_number_of_its_own_series()
    {
        Assert.Equal("云监馈〔2026〕1号", (await office.Send(new GiveFeedback(user, "建议几个部门一起来"))).Number);
        Assert.Equal("云监馈〔2026〕2号", (await office.Send(new GiveFeedback(user, "建议几个部门一起来"))).Number);
    }

    public void Dispose() => office.Dispose();

    private static InspectionTask Finished(string id, string enterprise) =>
        new(new TaskFacts(id, InspectionType.Daily, "U01", enterprise, new DateOnly(2026, 11, 18), new DateOnly(2026, 11, 1)) { CompletedOn = new DateOnly(2026, 11, 18), Result = "未发现问题" });

    private Task<RatingReceipt> Rate(Actor by, string task, int score = 5) => office.Send(new RateInspection(by, task, score, "一次看完挺好", Anonymous: false));

    private async Task<(int, decimal?)> Seen()
    {
        var seen = await office.Send(new UnitRatings(leader, "U01"));
        return (seen.Count, seen.Average);
    }
}
