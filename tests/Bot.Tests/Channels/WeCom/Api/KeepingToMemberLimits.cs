using Bot.Channels.WeCom.Api;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Api;

namespace Bot.Tests.Channels.WeCom.Api;

/// <summary>The platform drops the 31st message to a member in a minute, and the 1001st in an hour, without a word (sending; emulator rule 13).</summary>
public sealed class KeepingToMemberLimits : IAsyncDisposable
{
    private const string Send = "/cgi-bin/message/send";

    private readonly HandTime time = new("2026-11-20 10:00");
    private readonly List<(DateTimeOffset At, string Member)> arrived = [];
    private readonly Lock door = new();
    private ScriptedPlatform platform = null!;
    private Databases database = null!;

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        await database.DisposeAsync();
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Two_instances_that_send_at_once_never_go_beyond_and_nothing_is_lost(DatabaseKind kind)
    {
        await using var one = await Start(kind);
        await using var other = await AppInstance.Start(database, platform);
        var waiting = Enumerable.Range(0, 100).Select(i => (Words: $"第{i}条", At: DateTime.MinValue)).ToList();

        for (var round = 0; waiting.Count > 0 && round < 60; round++)
        {
            var tried = await Task.WhenAll(waiting.Where(message => message.At <= time.GetUtcNow().UtcDateTime).Select((message, i) => Task.Run(async () =>
            {
                try
                {
                    await (i % 2 == 0 ? one : other).Api.Send(["zhangyi"], WeComMessages.Text(message.Words), null, default);
                    return (message.Words, At: (DateTime?)null);
                }
                catch (WeComFullException full)
                {
                    return (message.Words, At: full.RetryAt);
                }
            })));
            waiting = [.. waiting.Where(message => message.At > time.GetUtcNow().UtcDateTime), .. tried.Where(done => done.At is not null).Select(done => (done.Words, done.At!.Value))];
            time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Empty(waiting);
        Assert.Equal(100, platform.Of(Send).Select(call => call.Json.GetProperty("text").GetProperty("content").GetString()).Distinct().Count());
        AssertNeverMoreThan(30, TimeSpan.FromMinutes(1));
        Assert.InRange(time.GetUtcNow() - arrived[0].At, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task It_is_said_when_there_is_room_again_and_then_there_is()
    {
        await using var instance = await Start(DatabaseKind.Sqlite);
        for (var i = 0; i < 30; i++)
        {
            await instance.Api.Send(["zhangyi"], WeComMessages.Text($"{i}"), null, default);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var full = await Assert.ThrowsAsync<WeComFullException>(() => instance.Api.Send(["ZhangYi"], WeComMessages.Text("多"), null, default));
        time.Advance(full.RetryAt - time.GetUtcNow().UtcDateTime);
        await instance.Api.Send(["zhangyi"], WeComMessages.Text("多"), null, default);

        Assert.Equal(["zhangyi"], full.Until.Keys);
        AssertNeverMoreThan(30, TimeSpan.FromMinutes(1));
        Assert.Equal(31, arrived.Count);
    }

    [Fact]
    public async Task A_message_to_many_goes_to_nobody_while_one_of_them_is_full_and_names_that_one()
    {
        await using var instance = await Start(DatabaseKind.Sqlite);
        for (var i = 0; i < 30; i++)
            await instance.Api.Send(["zhangyi"], WeComMessages.Text($"{i}"), null, default);

        var full = await Assert.ThrowsAsync<WeComFullException>(() => instance.Api.Send(["lier", "zhangyi"], WeComMessages.Text("都看"), null, default));
        for (var i = 0; i < 30; i++)
            await instance.Api.Send(["lier"], WeComMessages.Text($"{i}"), null, default);

        Assert.Equal(["zhangyi"], full.Until.Keys);
        Assert.Equal(60, platform.Of(Send).Count);
    }

    [Fact]
    public async Task The_limit_of_the_hour_holds_too()
    {
        await using var instance = await Start(DatabaseKind.Sqlite, ("MessagesPerHour", "40"));
        for (var i = 0; i < 40; i++)
        {
            await instance.Api.Send(["zhangyi"], WeComMessages.Text($"{i}"), null, default);
            time.Advance(TimeSpan.FromSeconds(10));
        }

        var full = await Assert.ThrowsAsync<WeComFullException>(() => instance.Api.Send(["zhangyi"], WeComMessages.Text("多"), null, default));
        Assert.InRange(full.RetryAt - arrived[0].At.UtcDateTime, TimeSpan.FromHours(1), TimeSpan.FromMinutes(61));
        time.Advance(full.RetryAt - time.GetUtcNow().UtcDateTime);
        await instance.Api.Send(["zhangyi"], WeComMessages.Text("多"), null, default);

        AssertNeverMoreThan(40, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_message_that_was_long_on_its_way_counts_when_it_arrives()
    {
        await using var instance = await Start(DatabaseKind.Sqlite);
        var slow = true;
        platform.On(Send, (call, http) =>
        {
            if (slow)
                time.Advance(TimeSpan.FromSeconds(25));
            slow = false;
            return Arrive(call, http);
        });

        await instance.Api.Send(["zhangyi"], WeComMessages.Text("慢"), null, default);
        time.Advance(TimeSpan.FromSeconds(60));
        for (var i = 0; i < 29; i++)
            await instance.Api.Send(["zhangyi"], WeComMessages.Text($"{i}"), null, default);

        await Assert.ThrowsAsync<WeComFullException>(() => instance.Api.Send(["zhangyi"], WeComMessages.Text("多"), null, default));
        AssertNeverMoreThan(30, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Counts_of_yesterday_are_forgotten()
    {
        await using var instance = await Start(DatabaseKind.Sqlite);
        await instance.Api.Send(["zhangyi", "lier"], WeComMessages.Text("昨天"), null, default);
        time.Advance(TimeSpan.FromHours(25));
        await instance.Api.Send(["zhangyi"], WeComMessages.Text("今天"), null, default);
        await instance.Transactions.Run("forgetting", (work, token) => work.Rows.Purge(time.GetUtcNow().UtcDateTime, token), default);

        Assert.Single(await Sent(instance, "zhangyi"));
        Assert.Empty(await Sent(instance, "lier"));
    }

    private static Task<IReadOnlyList<(long Span, int Messages)>> Sent(AppInstance instance, string member) =>
        instance.Transactions.Read((rows, token) => rows.SentTo(member, token), default);

    private async Task<AppInstance> Start(DatabaseKind kind, params (string Name, string? Value)[] settings)
    {
        platform = await ScriptedPlatform.Start(time);
        database = await Databases.Fresh(kind);
        platform.On(Send, Arrive);
        return await AppInstance.Start(database, platform, settings);
    }

    private Task Arrive(Call call, Microsoft.AspNetCore.Http.HttpContext http)
    {
        lock (door)
            arrived.AddRange(call.Json.GetProperty("touser").GetString()!.Split('|').Select(member => (time.GetUtcNow(), member)));
        return ScriptedPlatform.Json(http, """{"errcode":0,"errmsg":"ok","msgid":"M"}""");
    }

    private void AssertNeverMoreThan(int most, TimeSpan within) =>
        Assert.All(arrived, first => Assert.InRange(arrived.Count(other => other.Member == first.Member && other.At >= first.At && other.At < first.At + within), 1, most));
}
