using Bot.Channels.Calls;
using Bot.Storage;
using Bot.Testing;

namespace Bot.Tests.Channels.WeChat.Api;

public sealed class SharingAToken
{
    private const int Callers = 50;
    private const string Path = "/cgi-bin/getcallbackip";

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Two_instances_share_one_token_and_never_refresh_it_twice_at_once(DatabaseKind kind)
    {
        var time = new HandTime("2026-11-20 10:00");
        await using var platform = await ScriptedPlatform.Start(time);
        await using var database = await Databases.Fresh(kind);
        await using var one = await Instance.Start(database, platform);
        await using var other = await Instance.Start(database, platform);

        await Everybody(one, other);
        Assert.Equal(1, platform.TokenRequests);

        // Within the last five minutes the old one serves on while one of the two fetches the next.
        time.Advance(TimeSpan.FromSeconds(7200 - 100));
        var old = platform.Token;
        for (var round = 0; round < 40 && !AllUseAnotherThan(old); round++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Everybody(one, other);
        }

        Assert.True(AllUseAnotherThan(old));
        Assert.Equal(2, platform.TokenRequests);

        // It has ended for all of them at the same moment.
        time.Advance(TimeSpan.FromSeconds(7200 + 1));
        await Everybody(one, other);
        Assert.Equal(3, platform.TokenRequests);

        // The platform withdraws it: all fail at once, one fetches.
        platform.Revoke();
        await Everybody(one, other);
        Assert.Equal(4, platform.TokenRequests);
        Assert.Equal((1, 0), (platform.MostAskingAtOnce, platform.Forced));

        bool AllUseAnotherThan(string? than) => platform.Token != than && platform.Of(Path).TakeLast(2 * Callers).All(call => call.Query["access_token"] == platform.Token);
    }

    [Fact]
    public async Task It_ends_in_the_middle_of_many_calls_and_none_of_them_fails()
    {
        var time = new HandTime("2026-11-20 10:00");
        await using var platform = await ScriptedPlatform.Start(time);
        await using var database = await Databases.Fresh(DatabaseKind.Postgres);
        await using var one = await Instance.Start(database, platform);
        await using var other = await Instance.Start(database, platform);
        var answered = 0;
        platform.On(Path, (_, http) =>
        {
            if (Interlocked.Increment(ref answered) == 500)
                time.Advance(TimeSpan.FromSeconds(7201));
            return ScriptedPlatform.Json(http, """{"ip_list":["203.0.113.0/24"]}""");
        });

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Everybody(one, other))));

        Assert.True(answered >= 1000, $"{answered} answers");
        Assert.Equal((2, 1), (platform.TokenRequests, platform.MostAskingAtOnce));
    }

    [Fact]
    public async Task An_instance_that_starts_later_takes_the_token_that_is_there()
    {
        await using var platform = await ScriptedPlatform.Start();
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        await using (var one = await Instance.Start(database, platform))
            await one.Api.GetCallbackIps(default);
        await using var next = await Instance.Start(database, platform);

        await next.Api.GetCallbackIps(default);

        Assert.Equal(1, platform.TokenRequests);
    }

    [Fact]
    public async Task An_instance_with_a_new_secret_is_not_led_astray_by_one_with_the_old()
    {
        await using var platform = await ScriptedPlatform.Start();
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        await using var old = await Instance.Start(database, platform, secret: "ffffffffffffffffffffffffffffffff");
        await Assert.ThrowsAsync<PlatformRefusedException>(() => old.Api.GetCallbackIps(default));
        await using var current = await Instance.Start(database, platform);

        await current.Api.GetCallbackIps(default);

        Assert.Single(platform.Of(Path));
    }

    private static Task Everybody(Instance one, Instance other) => Task.WhenAll(
        Enumerable.Range(0, Callers).SelectMany(_ => new[] { one, other }).Select(instance => Task.Run(() => instance.Api.GetCallbackIps(default))));
}
