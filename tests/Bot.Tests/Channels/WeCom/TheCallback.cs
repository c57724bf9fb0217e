using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;

namespace Bot.Tests.Channels.WeCom;

/// <summary>Who may call at all, and what is said to those who may not (channels C1, C2, A8, F17).</summary>
public sealed class TheCallback
{
    public static TheoryData<string, HttpStatusCode> WrongPushes => new()
    {
        { nameof(WrongPush.BadSignature), HttpStatusCode.Forbidden },
        { nameof(WrongPush.ForeignReceiver), HttpStatusCode.Forbidden },
        { nameof(WrongPush.StaleTimestamp), HttpStatusCode.Forbidden },
        { nameof(WrongPush.TamperedBody), HttpStatusCode.Forbidden },
        { nameof(WrongPush.WrongKey), HttpStatusCode.Forbidden },
        { nameof(WrongPush.ClearBody), HttpStatusCode.BadRequest },
        { nameof(WrongPush.Doctype), HttpStatusCode.BadRequest },
        { nameof(WrongPush.BillionLaughs), HttpStatusCode.BadRequest },
        { nameof(WrongPush.ExternalEntity), HttpStatusCode.BadRequest },
        { nameof(WrongPush.Huge), HttpStatusCode.RequestEntityTooLarge },
        { nameof(WrongPush.IllegalCharacters), HttpStatusCode.BadRequest },
        { nameof(WrongPush.Empty), HttpStatusCode.BadRequest },
        { nameof(WrongPush.NotUtf8), HttpStatusCode.BadRequest },
        { nameof(WrongPush.NoSignature), HttpStatusCode.BadRequest },
        { nameof(WrongPush.Json), HttpStatusCode.BadRequest },
    };

    [Fact]
    public async Task The_console_is_answered_and_so_is_an_official()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();

        Assert.True(await bot.Platform.Callback.Verify(TestContext.Current.CancellationToken));
        var delivery = await official.Say("15号算不算安静日");

        Assert.Equal(Ended.Replied, Assert.Single(delivery.Attempts).Ended);
        Assert.Contains("安静日", delivery.Text, StringComparison.Ordinal);
        Assert.Empty(bot.Platform.Violations);
    }

    [Theory, MemberData(nameof(WrongPushes))]
    public async Task Refuses_what_it_must_without_a_word_or_a_trace(string name, HttpStatusCode status)
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        var before = bot.Traces();

        var (answered, body) = await bot.Platform.Callback.PushWrong(WrongPush.All.Single(wrong => wrong.Name == name), official, "今日待办");

        Assert.Equal(status, answered);
        Assert.StartsWith("""{"type":"about:blank",""", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.Equal(before, bot.Traces());
        Assert.DoesNotContain(bot.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ww0000000000000000", "<AgentID>1000002</AgentID>")]
    [InlineData("ww5e1f0a2b3c4d5e6f", "<AgentID>1000003</AgentID>")]
    [InlineData("ww5e1f0a2b3c4d5e6f", "<AgentID></AgentID>")]
    [InlineData("ww5e1f0a2b3c4d5e6f", "")]
    public async Task What_is_for_another_company_or_app_is_refused_though_it_opens(string corp, string agent)
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        var before = bot.Traces();

        var delivery = await bot.Platform.Callback.Push(
            $"<xml><ToUserName>{corp}</ToUserName><FromUserName>{official.UserId}</FromUserName><CreateTime>{Now(bot)}</CreateTime><MsgType>text</MsgType><Content>你好</Content><MsgId>7</MsgId>{agent}</xml>",
            official);

        Assert.All(delivery.Attempts, attempt => Assert.Equal((Ended.NotOk, 403), (attempt.Ended, attempt.Status)));
        Assert.Equal(before, bot.Traces());
        Assert.Contains("bot_wecom_refused_total{reason=\"Foreign\"}", await bot.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_the_system_speaks_for_the_address_book()
    {
        await using var bot = await StaffedBot.Start();
        var (one, other) = (await bot.Official("甲", userId: "jia"), await bot.Official("乙", userId: "yi"));

        await one.Event("change_contact", new("ChangeType", "delete_user"), new("UserID", other.UserId));

        Assert.NotNull(await bot.PersonBehind("yi"));
    }

    [Fact]
    public async Task Json_that_was_proved_is_left_alone_and_the_operator_is_told()
    {
        await using var bot = await StaffedBot.Start();
        var before = bot.Traces();
        var app = bot.Platform.App;
        var timestamp = Now(bot);
        var encrypted = Seal(app, """{"ToUserName":"x"}""");

        using var answer = await bot.Bot.Client.PostAsync(
            new Uri($"wecom?msg_signature={Sign(app.Token, timestamp, "1", encrypted)}&timestamp={timestamp}&nonce=1", UriKind.Relative),
            new StringContent($"<xml><ToUserName>x</ToUserName><Encrypt>{encrypted}</Encrypt></xml>"));

        Assert.Equal((HttpStatusCode.OK, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(before, bot.Traces());
        Assert.Contains(bot.Log.Lines, line => line.Contains("JSON", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("timestamp={0}&nonce=1&echostr={2}", HttpStatusCode.BadRequest)]
    [InlineData("msg_signature={1}&nonce=1&echostr={2}", HttpStatusCode.BadRequest)]
    [InlineData("msg_signature={1}&timestamp={0}&echostr={2}", HttpStatusCode.BadRequest)]
    [InlineData("msg_signature={1}&timestamp={0}&nonce=1", HttpStatusCode.BadRequest)]
    [InlineData("msg_signature={1}&timestamp={0}&nonce=1&nonce=1&echostr={2}", HttpStatusCode.BadRequest)]
    [InlineData("msg_signature={1}&timestamp=soon&nonce=1&echostr={2}", HttpStatusCode.BadRequest)]
    [InlineData("msg_signature={1}&timestamp={0}&nonce=2&echostr={2}", HttpStatusCode.Forbidden)]
    [InlineData("msg_signature={1}&timestamp={0}&nonce=1&echostr=42", HttpStatusCode.Forbidden)]
    [InlineData("msg_signature={1}&timestamp={0}&nonce=1&echostr={2}", HttpStatusCode.OK)]
    public async Task The_consoles_check_is_answered_to_the_console_only(string query, HttpStatusCode status)
    {
        await using var bot = await StaffedBot.Start();
        var app = bot.Platform.App;
        var timestamp = Now(bot);
        var encrypted = Seal(app, "1616140317555161061");
        var address = string.Format(CultureInfo.InvariantCulture, "wecom?" + query, timestamp, Sign(app.Token, timestamp, "1", encrypted), Uri.EscapeDataString(encrypted));

        using var answer = await bot.Bot.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
            Assert.Equal("1616140317555161061", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_echo_that_is_signed_but_sealed_for_another_company_is_not_echoed()
    {
        await using var bot = await StaffedBot.Start();
        var app = bot.Platform.App;
        var timestamp = Now(bot);
        var encrypted = Seal(app with { CorpId = "ww0000000000000000" }, "1616140317555161061");

        using var answer = await bot.Bot.Client.GetAsync(
            new Uri($"wecom?msg_signature={Sign(app.Token, timestamp, "1", encrypted)}&timestamp={timestamp}&nonce=1&echostr={Uri.EscapeDataString(encrypted)}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    public async Task Knows_no_other_methods(string method)
    {
        await using var bot = await StaffedBot.Start();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("wecom", UriKind.Relative));

        using var answer = await bot.Bot.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task A_change_of_key_loses_nothing_while_the_former_one_is_known()
    {
        var former = new CompanyApp();
        const string next = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
        await using var bot = await StaffedBot.Start(former, settings: [$"--WeCom:EncodingAESKey={next}", $"--WeCom:PreviousEncodingAESKey={former.EncodingAesKey}"]);
        var official = await bot.Official();

        Assert.NotEmpty((await official.Say("15号算不算安静日")).Text);
        bot.Platform.Callback.ChangeKey(next);
        Assert.NotEmpty((await official.Say("15号算不算安静日")).Text);
        Assert.Empty(bot.Platform.Violations);
    }

    private static string Now(StaffedBot bot) => bot.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    [SuppressMessage("Security", "CA5350", Justification = "The platform signs with SHA-1 (A8).")]
    private static string Sign(params string[] strings)
    {
        Array.Sort(strings, StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(strings))));
    }

    private static string Seal(CompanyApp app, string words)
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(app.EncodingAesKey + "=");
        var message = Encoding.UTF8.GetBytes(words);
        byte[] plain = [.. RandomNumberGenerator.GetBytes(16), 0, 0, 0, (byte)message.Length, .. message, .. Encoding.ASCII.GetBytes(app.CorpId)];
        var padding = 32 - plain.Length % 32;
        return Convert.ToBase64String(aes.EncryptCbc([.. plain, .. Enumerable.Repeat((byte)padding, padding)], aes.Key.AsSpan(0, 16), PaddingMode.None));
    }
}
