using System.Text;
using Bot.Channels.Calls;
using Bot.Channels.WeChat.Api;
using Bot.Storage;
using Bot.Testing;

namespace Bot.Tests.Channels.WeChat.Api;

public sealed class HoldingAToken : IAsyncLifetime
{
    private const string Path = "/cgi-bin/getcallbackip";
    private readonly HurriedTime time = new("2026-11-20 10:00");
    private ScriptedPlatform platform = null!;
    private Databases database = null!;
    private Instance instance = null!;

    public async ValueTask InitializeAsync()
    {
        platform = await ScriptedPlatform.Start(time);
        database = await Databases.Fresh(DatabaseKind.Sqlite);
        instance = await Instance.Start(database, platform);
    }

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        await database.DisposeAsync();
        await platform.DisposeAsync();
    }

    [Fact]
    public async Task A_copy_of_the_database_holds_no_token_that_works()
    {
        await instance.Api.GetCallbackIps(default);
        await instance.DisposeAsync();

        var file = database.Location.ConnectionString.Split("Data Source=")[1].Split(';')[0];
        var bytes = new[] { "", "-wal" }.Where(end => File.Exists(file + end)).SelectMany(end => File.ReadAllBytes(file + end)).ToArray();

        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"wechat:{Instance.AppId}")) > 0);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("TOKEN-"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Convert.ToBase64String(Encoding.UTF8.GetBytes(platform.Token!)).AsSpan(0, 20).ToArray().Select(c => (byte)c).ToArray()));
        instance = await Instance.Start(database, platform);
    }

    [Theory]
    [InlineData(40001)]
    [InlineData(40014)]
    [InlineData(42001)]
    public async Task A_token_that_is_refused_once_is_renewed_and_the_call_made_once_more(int code)
    {
        var calls = 0;
        platform.On(Path, (_, http) =>
        {
            if (Interlocked.Increment(ref calls) > 1)
                return ScriptedPlatform.Json(http, """{"ip_list":["203.0.113.7"]}""");
            platform.Revoke();
            return ScriptedPlatform.Json(http, $$"""{"errcode":{{code}},"errmsg":"credential"}""");
        });

        var addresses = await instance.Api.GetCallbackIps(default);

        Assert.Equal(["203.0.113.7"], addresses);
        Assert.Equal((2, 2, 0), (calls, platform.TokenRequests, platform.Forced));
    }

    [Fact]
    public async Task A_message_to_a_person_is_sent_again_with_the_new_token_because_the_refused_one_did_nothing()
    {
        await instance.Api.GetCallbackIps(default);
        platform.Revoke();

        await instance.Api.SendText("o-person", "您好", default);

        Assert.Equal(2, platform.Of("/cgi-bin/message/custom/send").Count);
    }

    [Fact]
    public async Task When_the_platform_insists_on_the_refused_token_another_is_asked_for_by_force_but_not_twice_in_thirty_seconds()
    {
        await instance.Api.GetCallbackIps(default);
        platform.RefuseWhatIsGiven();

        await instance.Api.GetCallbackIps(default);
        platform.RefuseWhatIsGiven();
        var soon = await Assert.ThrowsAsync<PlatformRefusedException>(() => instance.Api.GetCallbackIps(default));

        Assert.Equal((40001, 1), (soon.Code, platform.Forced));
        Assert.Contains("40001", instance.Alarms.Standing(WeChatApi.Platform), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(31));
        await instance.Api.GetCallbackIps(default);
        Assert.Equal(2, platform.Forced);
    }

    [Fact]
    public async Task Force_is_used_less_than_twenty_times_a_day_even_over_restarts()
    {
        for (var i = 0; i < 25; i++)
        {
            if (i == 10)
            {
                await instance.DisposeAsync();
                instance = await Instance.Start(database, platform);
            }

            await Record.ExceptionAsync(() => instance.Api.GetCallbackIps(default));
            platform.RefuseWhatIsGiven();
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(18, platform.Forced);
        time.Advance(TimeSpan.FromDays(1));
        await instance.Api.GetCallbackIps(default);
    }

    [Theory]
    [InlineData(40001)]
    [InlineData(40125)]
    public async Task A_wrong_secret_is_asked_about_once_and_somebody_is_told(int code)
    {
        platform.TokenRefusal = code;

        var first = await Assert.ThrowsAsync<PlatformRefusedException>(() => instance.Api.GetCallbackIps(default));
        time.Advance(TimeSpan.FromDays(2));
        await Assert.ThrowsAsync<PlatformRefusedException>(() => instance.Api.SendText("o-person", "您好", default));

        Assert.Equal((PlatformAction.Stop, 1), (first.Action, platform.TokenRequests));
        Assert.Single(instance.Log, line => line.Contains("平台告警", StringComparison.Ordinal));
        Assert.Empty(platform.Of(Path));
    }

    [Theory]
    [InlineData(89503)]
    [InlineData(89507)]
    public async Task An_address_that_waits_for_its_administrator_is_not_asked_about_for_an_hour_by_any_instance(int code)
    {
        platform.TokenRefusal = code;
        await using var other = await Instance.Start(database, platform);

        await Assert.ThrowsAsync<PlatformRefusedException>(() => instance.Api.GetCallbackIps(default));
        time.Advance(TimeSpan.FromMinutes(59));
        var refused = await Assert.ThrowsAsync<PlatformRefusedException>(() => other.Api.GetCallbackIps(default));
        Assert.Equal((code, 1), (refused.Code, platform.TokenRequests));

        platform.TokenRefusal = 0;
        time.Advance(TimeSpan.FromMinutes(2));
        await other.Api.GetCallbackIps(default);
        await instance.Api.GetCallbackIps(default);
        Assert.Equal(2, platform.TokenRequests);
    }

    [Fact]
    public async Task The_address_that_is_not_in_the_allow_list_is_shown_to_the_operator_and_tried_again_soon_after()
    {
        platform.TokenRefusal = 40164;

        await Assert.ThrowsAsync<PlatformRefusedException>(() => instance.Api.GetCallbackIps(default));
        platform.TokenRefusal = 0;
        time.Advance(TimeSpan.FromMinutes(6));
        await instance.Api.GetCallbackIps(default);

        Assert.Contains(instance.Log, line => line.Contains("203.0.113.9", StringComparison.Ordinal) && line.Contains("6a0e-aa-bb", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_busy_token_endpoint_is_asked_again_with_growing_pauses()
    {
        platform.TokenRefusal = -1;

        await Assert.ThrowsAsync<PlatformUnreachableException>(() => instance.Api.GetCallbackIps(default));

        Assert.Equal(4, platform.TokenRequests);
        Assert.Empty(instance.Alarms.Standing(WeChatApi.Platform) ?? "");
    }
}
