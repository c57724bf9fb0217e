using System.Xml.Linq;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Microsoft.AspNetCore.Http;

namespace Bot.Tests.Channels.WeChat.Emulator;

public sealed class PushesOfThePlatform : IAsyncDisposable
{
    private readonly WeChatPlatform platform = new();
    private readonly List<(string Body, string Inner)> pushed = [];
    private readonly List<StandIn> services = [];

    private CallbackCrypto Crypto => new(platform.Account.Token, platform.Account.EncodingAesKey, platform.Account.AppId);

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        foreach (var service in services)
            await service.DisposeAsync();
    }

    [Fact]
    public async Task A_sealed_reply_is_shown()
    {
        var user = await Follower((inner, http) => http.Response.WriteAsync(Sealed(Text(inner, "您好 <a href=\"weixin://bizmsgmenu?msgmenucontent=%E6%98%AF&msgmenuid=s1\">是</a>"))));

        var answered = await user.Write("你好");

        Assert.Equal("您好 是", user.Received[^1].Plain);
        Assert.Equal(Ended.Replied, Assert.Single(answered.Attempts).Ended);
        Assert.Contains("<bizmsgmenuid><![CDATA[s1]]></bizmsgmenuid>", (await user.Tap("是")).InnerXml, StringComparison.Ordinal);
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task Who_does_not_answer_is_asked_three_times_in_other_words_with_the_same_meaning()
    {
        var user = await Follower((inner, http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        pushed.Clear();
        platform.Callback.Limit = TimeSpan.FromMilliseconds(200);

        var given = await user.Write("有人吗");

        Assert.Equal([Ended.TooLate, Ended.TooLate, Ended.TooLate], given.Attempts.Select(attempt => attempt.Ended));
        Assert.Single(pushed.Select(push => push.Inner).Distinct());
        Assert.Equal(3, pushed.Select(push => push.Body).Distinct().Count());
        Assert.Equal(Callback.FailureWording, user.Received[^1].Text);
        Assert.Contains(platform.Violations, violation => violation.Rule == 18);
    }

    [Fact]
    public async Task Wrong_replies_break_the_service_in_the_eyes_of_the_person()
    {
        var answer = "";
        var user = await Follower((inner, http) => http.Response.WriteAsync(answer.Replace("{text}", Sealed(Text(inner, "好")), StringComparison.Ordinal).Replace("{empty}", Sealed(Text(inner, "")), StringComparison.Ordinal).Replace("{same}", Sealed(inner), StringComparison.Ordinal)));
        foreach (var (wrong, ended) in new[] { ("{}", Ended.Unreadable), ("<html><br></html>", Ended.Unreadable), ("{empty}", Ended.Wrong), ("{same}", Ended.Wrong), ("<xml><MsgType>text</MsgType></xml>", Ended.Wrong) })
        {
            answer = wrong;
            var delivery = await user.Write("你好");
            Assert.Equal(ended, delivery.Attempts[^1].Ended);
            Assert.True(delivery.FailureShown);
        }

        answer = "{text}";
        Assert.Equal("好", (await user.Write("你好")).Text);
    }

    [Fact]
    public async Task A_cut_connection_is_followed_by_the_same_push_at_the_other_instance()
    {
        var user = await Follower((_, http) => http.Response.WriteAsync("success"), instances: 2);
        pushed.Clear();
        platform.Callback.Cuts = 1;

        var delivery = await user.Write("你好");

        Assert.Equal([Ended.CutByUs, Ended.CutByUs, Ended.Silent], delivery.Attempts.Select(attempt => attempt.Ended));
        Assert.Equal(2, delivery.Attempts.Select(attempt => attempt.To).Distinct().Count());
        Assert.False(delivery.FailureShown);
    }

    [Fact]
    public async Task Copies_arrive_beside_the_original()
    {
        var user = await Follower((_, http) => http.Response.WriteAsync("success"));
        pushed.Clear();
        platform.Callback.Copies = 2;

        await user.Write("你好");

        Assert.Equal(3, pushed.Count);
        Assert.Single(pushed.Select(push => push.Inner).Distinct());
    }

    private async Task<WeChatUser> Follower(Func<string, HttpContext, Task> answer, int instances = 1)
    {
        var quiet = true;
        while (services.Count < instances)
        {
            services.Add(await StandIn.Start(async http =>
            {
                using var reader = new StreamReader(http.Request.Body);
                var body = await reader.ReadToEndAsync();
                var encrypted = XElement.Parse(body).Element("Encrypt")!.Value;
                Assert.Equal((string?)http.Request.Query["msg_signature"], Crypto.Sign(http.Request.Query["timestamp"]!, http.Request.Query["nonce"]!, encrypted));
                var inner = Crypto.Decrypt(encrypted);
                lock (pushed)
                    pushed.Add((body, inner));
                await (quiet ? http.Response.WriteAsync("success") : answer(inner, http));
            }));
        }

        platform.Callback.SendTo([.. services.Select(service => service.Address)]);
        var user = platform.NewUser();
        await user.Follow();
        quiet = false;
        return user;
    }

    private string Sealed(string xml)
    {
        var encrypted = Crypto.Encrypt(xml);
        return $"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt><MsgSignature>{Crypto.Sign("1", "2", encrypted)}</MsgSignature><TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>";
    }

    private static string Text(string inner, string content)
    {
        var xml = XElement.Parse(inner);
        return new XElement(
            "xml",
            new XElement("ToUserName", xml.Element("FromUserName")!.Value),
            new XElement("FromUserName", xml.Element("ToUserName")!.Value),
            new XElement("CreateTime", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()),
            new XElement("MsgType", "text"),
            new XElement("Content", new XCData(content))).ToString();
    }
}
