using Bot.Domain.Commands;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Storage;
using Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Turns;

/// <summary>W28, design decision 8: nothing leads from an address to an anonymous submission.</summary>
public sealed class StayingAnonymous
{
    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task After_half_an_hour_no_row_knows_both_who_and_what(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        counter.Office.Person("P77", "乙", ActorRole.EnterpriseUser, enterpriseId: "E1");
        await Submit(counter);
        Assert.NotEmpty(await counter.Activities("c9"));

        counter.Office.Time.Advance(TakeTurn.FleetingKept);
        await counter.Office.Services.GetRequiredService<Forgetting>().Run(TestContext.Current.CancellationToken);

        var rows = await AllRows(counter);
        Assert.Equal(["Complaints"], rows.Where(row => row.Text.Contains("收了好处", StringComparison.Ordinal)).Select(row => row.Table).Distinct());
        Assert.Equal(["Addresses", "Bindings", "People"], rows.Where(row => row.Text.Contains("P77", StringComparison.Ordinal)).Select(row => row.Table).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(await counter.Activities("c9"));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task No_time_of_day_is_kept_that_would_single_out_the_person(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        counter.Office.Person("P77", "乙", ActorRole.EnterpriseUser, enterpriseId: "E1");
        await Submit(counter);

        Assert.Null(counter.Office.Use(db => db.Addresses.Single(a => a.ExternalId == "P77").LastSeenAt));
        var audit = Assert.Single(await AllRows(counter), row => row.Table == "audit").Text;
        Assert.Contains("anonymous", audit, StringComparison.Ordinal);
        Assert.Contains("2026-11-19T16:00:00.000Z", audit, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Whoever_goes_away_in_the_middle_of_it_leaves_no_key_behind(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("P77", "凭码");
        Assert.Contains(await AllRows(counter), row => row.Table == "talk_states");

        counter.Office.Time.Advance(TakeTurn.FleetingKept);
        await counter.Office.Services.GetRequiredService<Forgetting>().Run(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(await AllRows(counter), row => row.Text.Contains("P77", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Places_in_a_web_conversation_are_not_given_again_after_a_purge(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await Submit(counter);
        counter.Office.Time.Advance(TakeTurn.FleetingKept);
        await counter.Office.Services.GetRequiredService<Forgetting>().Run(TestContext.Current.CancellationToken);

        await counter.Say("P77", "报数", alsoWrite: (rows, _, token) => rows.AppendActivity("c9", "a3", "下一个？", counter.Office.Time.GetUtcNow().UtcDateTime, null, token));

        Assert.Equal(3, Assert.Single(await counter.Activities("c9")).Seq);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task What_is_not_anonymous_stays(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("u1", "报数", "first", channel: "wecom");
        counter.Office.Time.Advance(TakeTurn.FleetingKept);
        await counter.Office.Services.GetRequiredService<Forgetting>().Run(TestContext.Current.CancellationToken);

        Assert.True((await counter.Say("u1", "报数", "first", channel: "wecom")).Repeated);
        Assert.StartsWith("一号", Counter.Text(await counter.Say("u1", "一号", channel: "wecom")), StringComparison.Ordinal);
    }

    private static async Task Submit(Counter counter)
    {
        foreach (var text in (string[])["悄悄登记", "检查人员收了好处"])
        {
            var taken = await counter.Say("P77", text, alsoWrite: async (rows, turn, token) =>
            {
                var now = counter.Office.Time.GetUtcNow().UtcDateTime;
                await rows.AppendActivity("c9", "P77|" + text, text + Counter.Text(turn), now, turn.Fleeting ? now + TakeTurn.FleetingKept : null, token);
            });
            Assert.True(taken.Fleeting);
        }
    }

    private static Task<List<(string Table, string Text)>> AllRows(Counter counter) => EveryRow.Of(counter.Office);
}
