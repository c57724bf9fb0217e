using Bot.Domain.Commands;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.Callbacks;

/// <summary>Several instances answer deliveries of one message; what one of them brought, none sends by another way (channels A7).</summary>
public sealed class ReplyThatGoesAnotherWay
{
    private static readonly Address Person = new("wechat", "oOpenIdOfSomebody00000000001");
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Is_not_needed_when_a_later_delivery_was_answered_than_the_one_that_was_cut(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        var first = counter.Office.Time.GetUtcNow().UtcDateTime;

        await Brought(counter, cameAt: first);
        await Brought(counter, cameAt: first + 2 * Retry);
        await Cut(counter, cameAt: first + Retry);

        Assert.Equal(LateReplyState.Brought, await Stands(counter));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Is_needed_when_the_last_delivery_was_cut(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        var first = counter.Office.Time.GetUtcNow().UtcDateTime;

        await Brought(counter, cameAt: first + Retry);
        await Brought(counter, cameAt: first);
        await Cut(counter, cameAt: first + 2 * Retry);

        Assert.Equal(LateReplyState.Waiting, await Stands(counter));
    }

    private static Task Brought(Counter counter, DateTime cameAt) =>
        Write(counter, rows => rows.NoteBroughtReply(Person, "m1", cameAt, cameAt + TimeSpan.FromMinutes(30), TestContext.Current.CancellationToken));

    private static Task Cut(Counter counter, DateTime cameAt) => Write(counter, async rows =>
    {
        await rows.ForgetEarlierBroughtReply(Person.Channel, "m1", cameAt, TestContext.Current.CancellationToken);
        await rows.AddLateReply(Person, "m1", "您好", cameAt + Retry, cameAt + TimeSpan.FromMinutes(30), TestContext.Current.CancellationToken);
    });

    private static Task Write(Counter counter, Func<HotRows, Task> write) => Transactions(counter).Run(
        Person.ToString(),
        async (work, _) =>
        {
            await write(work.Rows);
            return true;
        },
        TestContext.Current.CancellationToken);

    private static Task<LateReplyState?> Stands(Counter counter) =>
        Transactions(counter).Read((rows, token) => rows.LateReplyStands(Person.Channel, "m1", token), TestContext.Current.CancellationToken);

    private static Transactions Transactions(Counter counter) => counter.Office.Services.GetRequiredService<Transactions>();
}
