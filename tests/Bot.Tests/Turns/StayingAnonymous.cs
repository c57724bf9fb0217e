using System.Text.Json.Nodes;
using Bot.Channels.Web;
using Bot.Dialogs.Conversations;
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
    public async Task An_observers_key_does_not_stay_in_the_companys_app_either(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("o77", "凭码", channel: "wecom");
        Assert.Contains(await AllRows(counter), row => row.Table == "talk_states");

        await HalfAnHour(counter);

        Assert.DoesNotContain(await AllRows(counter), row => row.Table == "talk_states");
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task What_was_begun_without_a_name_and_not_finished_is_gone_after_half_an_hour(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("P77", "悄悄登记");
        Assert.Contains(await AllRows(counter), row => row.Table == "talk_states" && row.Text.Contains("hide", StringComparison.Ordinal));

        await HalfAnHour(counter);

        Assert.DoesNotContain(await AllRows(counter), row => row.Text.Contains("P77", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Nothing_tells_who_only_said_something_harmless_from_who_handed_something_in(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        foreach (var who in (string[])["P77", "P78"])
            await counter.Say(who, "菜单");
        await counter.Say("P77", "悄悄登记");
        await counter.Say("P77", "检查人员收了好处");
        foreach (var who in (string[])["P77", "P78"])
            await counter.Say(who, "菜单");
        var ends = await Talks(counter);
        Assert.Equal(2, ends.Count);
        Assert.Single(ends.Select(talk => talk.PurgeAt).Distinct());

        await HalfAnHour(counter);

        Assert.Empty(await Talks(counter));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task The_version_of_a_talk_does_not_count_its_turns(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        var versions = new List<long>();
        for (var turn = 0; turn < 4; turn++)
        {
            await counter.Say("P77", "报数");
            versions.Add(Assert.Single(await Talks(counter)).Version);
        }

        Assert.Equal(4, versions.Distinct().Count());
        Assert.All(versions, version => Assert.True(Math.Abs(version) > 1_000_000_000, $"{version}"));
        Assert.All(versions.Zip(versions.Skip(1)), pair => Assert.True(Math.Abs((pair.Second / 2) - (pair.First / 2)) > 1_000_000, $"{pair}"));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_draft_under_a_name_lasts_though_something_anonymous_was_begun_over_it(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("P77", "报数");
        await counter.Say("P77", "一号");
        var incoming = new Incoming(new Address("web", "P77"), "m-over", "悄悄登记", counter.Office.Time.GetUtcNow().UtcDateTime) { FromMenu = true };
        await counter.Office.Services.GetRequiredService<TakeTurn>().Take(incoming, null, TestContext.Current.CancellationToken);

        await HalfAnHour(counter);

        var row = Assert.Single(await AllRows(counter), row => row.Table == "talk_states").Text;
        Assert.Contains("一号", row, StringComparison.Ordinal);
        Assert.DoesNotContain("hide", row, StringComparison.Ordinal);
        Assert.StartsWith("一号 二号", await counter.Hear("P77", "二号"), StringComparison.Ordinal);
        counter.Office.Time.Advance(TimeSpan.FromDays(32));
        await Forget(counter);
        await HalfAnHour(counter);
        Assert.DoesNotContain(await AllRows(counter), row => row.Text.Contains("P77", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Of_when_somebody_was_there_under_a_name_only_the_day_is_left_after_half_an_hour(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        counter.Office.Person("P77", "乙", ActorRole.EnterpriseUser, enterpriseId: "E1");
        var now = counter.Office.Time.GetUtcNow().UtcDateTime;
        var brief = new Incoming(new Address("web", "P77"), "m1", "安静日是哪几天", now) { Allowance = new Allowance(3, now.AddMinutes(1), Brief: true) };
        await counter.Office.Services.GetRequiredService<TakeTurn>().Take(brief, null, TestContext.Current.CancellationToken);
        Assert.NotNull(counter.Office.Use(db => db.Addresses.Single(a => a.ExternalId == "P77").TapsUntil));

        counter.Office.Time.Advance(TimeSpan.FromMinutes(1));
        await HalfAnHour(counter);

        var address = counter.Office.Use(db => db.Addresses.Single(a => a.ExternalId == "P77"));
        Assert.Equal(now.Date, address.LastSeenAt);
        Assert.Null(address.TapsUntil);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Places_in_a_web_conversation_are_not_given_again_after_a_purge(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await Submit(counter);
        var before = (await counter.Activities("c9")).Max(activity => activity.Seq);
        await HalfAnHour(counter);

        await counter.Say("P77", "报数", alsoWrite: (rows, _, token) => rows.AppendActivity("c9", "a3", "下一个？", counter.Office.Time.GetUtcNow().UtcDateTime, null, token));

        Assert.True(Assert.Single(await counter.Activities("c9")).Seq > before);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_web_history_in_which_something_was_nameless_goes_as_a_whole_and_leaves_no_hole(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        var history = ActivatorUtilities.CreateInstance<WebHistory>(counter.Office.Services);
        foreach (var (conversation, kept) in new[] { ("c-named", (TimeSpan?)null), ("c-hidden", TakeTurn.FleetingKept) })
        {
            await history.Open(conversation, conversation, TestContext.Current.CancellationToken);
            foreach (var keptFor in (TimeSpan?[])[null, kept, null])
            {
                counter.Office.Time.Advance(TimeSpan.FromMinutes(1));
                var said = new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["text"] = "说" };
                await counter.Say(conversation, "谢谢", alsoWrite: (rows, _, token) => history.Append(rows, conversation, conversation, [said.DeepClone().AsObject()], keptFor, token));
            }
        }

        Assert.Equal((4, 4), ((await counter.Activities("c-named")).Count, (await counter.Activities("c-hidden")).Count));
        await HalfAnHour(counter);

        Assert.Equal(4, (await counter.Activities("c-named")).Count);
        Assert.DoesNotContain(await AllRows(counter), row => row.Text.Contains("c-hidden", StringComparison.Ordinal));
        Assert.All(await counter.Activities("c-named"), activity => Assert.True(activity.Seq > 1_000_000_000));
        Assert.True(await history.Open("c-hidden", "c-hidden", TestContext.Current.CancellationToken));
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

    private static async Task HalfAnHour(Counter counter)
    {
        counter.Office.Time.Advance(TakeTurn.FleetingKept);
        await Forget(counter);
    }

    private static Task Forget(Counter counter) => counter.Office.Services.GetRequiredService<Forgetting>().Run(TestContext.Current.CancellationToken);

    private static Task<List<StoredTalk>> Talks(Counter counter) => counter.Transactions.Read(
        async (rows, token) =>
        {
            var found = new List<StoredTalk>();
            foreach (var who in (string[])["P77", "P78"])
            {
                if (await rows.Talk(new Address("web", who), token) is { } talk)
                    found.Add(talk);
            }

            return found;
        },
        TestContext.Current.CancellationToken);

    private static Task<List<(string Table, string Text)>> AllRows(Counter counter) => EveryRow.Of(counter.Office);
}
