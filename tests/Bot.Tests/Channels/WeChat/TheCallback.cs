using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;

namespace Bot.Tests.Channels.WeChat;

/// <summary>Who may call at all, and what is said to those who may not (channels A2, A3, A8).</summary>
public sealed class TheCallback
{
    public static TheoryData<string, HttpStatusCode> WrongPushes => new()
    {
        { nameof(WrongPush.BadSignature), HttpStatusCode.Forbidden },
        { nameof(WrongPush.ForeignReceiver), HttpStatusCode.Forbidden },
        { nameof(WrongPush.StaleTimestamp), HttpStatusCode.Forbidden },
        { nameof(WrongPush.TamperedBody), HttpStatusCode.Forbidden },
        { nameof(WrongPush.WrongKey), HttpStatusCode.Forbidden },
        { nameof(WrongPush.ClearBody), HttpStatusCode.Forbidden },
        { nameof(WrongPush.Doctype), HttpStatusCode.BadRequest },
        { nameof(WrongPush.BillionLaughs), HttpStatusCode.Forbidden },
        { nameof(WrongPush.ExternalEntity), HttpStatusCode.Forbidden },
        { nameof(WrongPush.Huge), HttpStatusCode.RequestEntityTooLarge },
        { nameof(WrongPush.IllegalCharacters), HttpStatusCode.BadRequest },
        { nameof(WrongPush.Empty), HttpStatusCode.BadRequest },
        { nameof(WrongPush.NotUtf8), HttpStatusCode.Forbidden },
        { nameof(WrongPush.NoSignature), HttpStatusCode.BadRequest },
    };

    [Theory]
    [InlineData(PushMode.Plain)]
    [InlineData(PushMode.Compatible)]
    [InlineData(PushMode.Safe)]
    public async Task Verifies_greets_and_answers_in_every_mode(PushMode mode)
    {
        await using var bot = await FollowedBot.Start(new OfficialAccount { Mode = mode });
        var user = bot.Platform.NewUser();

        Assert.True(await bot.Platform.Callback.Verify(TestContext.Current.CancellationToken));
        Assert.Contains("您好", (await user.Follow()).Text, StringComparison.Ordinal);
        Assert.Contains("您好", (await user.Write("你好")).Text, StringComparison.Ordinal);
        Assert.Empty(bot.Platform.Violations);
    }

    [Theory, MemberData(nameof(WrongPushes))]
    public async Task Refuses_what_it_must_without_a_word_or_a_trace(string name, HttpStatusCode status)
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        var before = bot.Traces();

        var (answered, body) = await bot.Platform.Callback.PushWrong(WrongPush.All.Single(wrong => wrong.Name == name), user, "投诉");

        Assert.Equal(status, answered);
        Assert.StartsWith("""{"type":"about:blank",""", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.Equal(before, bot.Traces());
        Assert.DoesNotContain(bot.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaves_json_alone_and_says_so_to_the_operator()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        var before = bot.Traces();

        Assert.Equal((HttpStatusCode.OK, "success"), await bot.Platform.Callback.PushWrong(WrongPush.Json, user, "投诉"));
        Assert.Equal(before, bot.Traces());
        Assert.Contains(bot.Log.Lines, line => line.Contains("JSON", StringComparison.Ordinal));
        Assert.Contains("bot_wechat_refused_total{reason=\"Json\"} 1", await bot.Bot.Client.GetStringAsync(new Uri("metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp={0}&nonce=1&echostr=2", HttpStatusCode.BadRequest)]
    [InlineData("signature={1}&nonce=1&echostr=2", HttpStatusCode.BadRequest)]
    [InlineData("signature={1}&timestamp={0}&echostr=2", HttpStatusCode.BadRequest)]
    [InlineData("signature={1}&timestamp={0}&nonce=1", HttpStatusCode.BadRequest)]
    [InlineData("signature={1}&timestamp={0}&nonce=1&nonce=1&echostr=2", HttpStatusCode.BadRequest)]
    [InlineData("signature={1}&signature={1}&timestamp={0}&nonce=1&echostr=2", HttpStatusCode.BadRequest)]
    [InlineData("signature={1}&timestamp=soon&nonce=1&echostr=2", HttpStatusCode.BadRequest)]
    [InlineData("signature={1}&timestamp={0}&nonce=2&echostr=2", HttpStatusCode.Forbidden)]
    [InlineData("signature=0000000000000000000000000000000000000000&timestamp={0}&nonce=1&echostr=2", HttpStatusCode.Forbidden)]
    [InlineData("signature={1}&timestamp={0}&nonce=1&echostr=%3Cscript%3E%2B1", HttpStatusCode.OK)]
    public async Task The_consoles_check_is_answered_to_the_console_only(string query, HttpStatusCode status)
    {
        await using var bot = await FollowedBot.Start();
        var timestamp = bot.Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, "wechat?" + query, timestamp, Sign(bot.Platform.Account.Token, timestamp, "1"));

        using var answer = await bot.Bot.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
        {
            Assert.Equal("<script>+1", await answer.Content.ReadAsStringAsync());
            Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    public async Task Knows_no_other_methods(string method)
    {
        await using var bot = await FollowedBot.Start();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("wechat", UriKind.Relative));

        using var answer = await bot.Bot.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("GET, POST", string.Join(", ", answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task A_clock_that_is_somewhat_wrong_is_reported_and_served()
    {
        await using var bot = await FollowedBot.Start();
        var timestamp = (bot.Time.GetUtcNow() - TimeSpan.FromMinutes(20)).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

        var echo = await bot.Bot.Client.GetStringAsync(new Uri($"wechat?signature={Sign(bot.Platform.Account.Token, timestamp, "1")}&timestamp={timestamp}&nonce=1&echostr=42", UriKind.Relative));

        Assert.Equal("42", echo);
        Assert.Contains(bot.Log.Lines, line => line.Contains("服务器时钟", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_key_loses_nothing_while_the_former_one_is_known()
    {
        var former = new OfficialAccount();
        const string next = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
        await using var bot = await FollowedBot.Start(former, settings: [$"--WeChat:EncodingAESKey={next}", $"--WeChat:PreviousEncodingAESKey={former.EncodingAesKey}"]);

        // The reply is opened with the key of the push.
        var user = await bot.Follower();
        Assert.Contains("您好", (await user.Write("你好")).Text, StringComparison.Ordinal);
        bot.Platform.Callback.ChangeKey(next);
        Assert.Contains("您好", (await user.Write("你好")).Text, StringComparison.Ordinal);
        Assert.Empty(bot.Platform.Violations);
    }

    [Theory]
    [InlineData(1024 * 1024L)]
    [InlineData(10 * 1024 * 1024L)]
    [InlineData(null)]
    public async Task Of_a_body_that_is_too_large_nothing_is_waited_for(long? announced)
    {
        await using var bot = await FollowedBot.Start();
        var timestamp = bot.Time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var head = $"POST /wechat?signature={Sign(bot.Platform.Account.Token, timestamp, "1")}&timestamp={timestamp}&nonce=1&encrypt_type=aes&msg_signature=0 HTTP/1.1\r\nHost: localhost\r\n"
            + (announced is null ? "Transfer-Encoding: chunked\r\n\r\n4B000\r\n" : System.FormattableString.Invariant($"Content-Length: {announced}\r\n\r\n"));
        using var client = new TcpClient();
        await client.ConnectAsync(bot.Bot.Address.Host, bot.Bot.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();

        // 300 kB, and never the rest.
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. new byte[300 * 1024], .. "\r\n"u8], TestContext.Current.CancellationToken);

        var answer = new byte[64];
        await stream.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: true, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 413", Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The platform signs with SHA-1 (A2).")]
    private static string Sign(params string[] strings)
    {
        Array.Sort(strings, StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(strings))));
    }
}
