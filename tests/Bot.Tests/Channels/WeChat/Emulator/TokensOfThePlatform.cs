using Bot.Emulators.WeChat;
using Bot.Testing;

namespace Bot.Tests.Channels.WeChat.Emulator;

public sealed class TokensOfThePlatform : IAsyncDisposable
{
    private readonly HandTime time = new("2026-03-02 09:00");
    private readonly WeChatPlatform platform;

    public TokensOfThePlatform() => platform = new(time: time);

    public ValueTask DisposeAsync() => platform.DisposeAsync();

    [Fact]
    public async Task A_fetched_token_leaves_the_one_before_five_minutes()
    {
        using var client = await Client();
        var second = (string)(await client.Token())["access_token"]!;
        time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(0, await Ask(client));

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(40001, await Ask(client));
        client.Use(second);
        Assert.Equal(0, await Ask(client));
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(42001, await Ask(client));
        client.Use("");
        Assert.Equal(41001, await Ask(client));
    }

    [Fact]
    public async Task The_stable_token_stays_until_its_last_five_minutes()
    {
        using var client = await Client();
        var first = await client.StableToken();
        time.Advance(TimeSpan.FromSeconds(6899));
        var same = await client.StableToken();
        Assert.Equal((string)first["access_token"]!, (string)same["access_token"]!);
        Assert.Equal(301, (int)same["expires_in"]!);

        time.Advance(TimeSpan.FromSeconds(1));
        var next = await client.StableToken();

        Assert.NotEqual((string)first["access_token"]!, (string)next["access_token"]!);
        client.Use((string)first["access_token"]!);
        Assert.Equal(0, await Ask(client));
    }

    [Fact]
    public async Task A_forced_refresh_kills_at_once_but_not_twice_in_half_a_minute()
    {
        using var client = await Client();
        client.Use((string)(await client.StableToken())["access_token"]!);
        var forced = (string)(await client.StableToken(force: true))["access_token"]!;

        Assert.Equal(40001, await Ask(client));
        Assert.Equal(forced, (string)(await client.StableToken(force: true))["access_token"]!);
        for (var more = 0; more < 25; more++)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await client.StableToken(force: true);
        }

        Assert.Equal(20, platform.Tokens.Issued.Count(token => token.Forced));
    }

    [Fact]
    public async Task Whoever_is_not_on_the_list_or_has_the_wrong_secret_gets_none()
    {
        using var client = await Client();
        platform.Tokens.AllowedAddresses.Add("203.0.113.7");
        var refused = await client.Token();
        Assert.Equal(40164, (int)refused["errcode"]!);
        Assert.Contains("127.0.0.1", (string)refused["errmsg"]!, StringComparison.Ordinal);

        Assert.Equal(40125, await BareClient.Code(client.CallGet("token", $"grant_type=client_credential&appid={platform.Account.AppId}&secret=wrong")));
        Assert.Equal(43002, await BareClient.Code(client.CallGet("stable_token")));
    }

    [Fact]
    public async Task A_used_up_day_ends_at_midnight_in_china()
    {
        using var client = await Client();
        platform.Quotas.PerDay["/cgi-bin/getcallbackip"] = 1;
        Assert.Equal(0, await Ask(client));
        Assert.Equal(45009, await Ask(client));

        time.Set("2026-03-03 00:00");

        client.Use((string)(await client.Token())["access_token"]!);
        Assert.Equal(0, await Ask(client));
    }

    private async Task<BareClient> Client()
    {
        await platform.Start();
        return await new BareClient(platform).LogIn();
    }

    private static Task<int> Ask(BareClient client) => BareClient.Code(client.CallGet("getcallbackip"));
}
