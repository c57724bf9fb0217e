using System.Xml.Linq;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Microsoft.AspNetCore.Http;

namespace Bot.Tests.Channels.WeCom.Emulator;

public sealed class PushesOfWeCom : IAsyncLifetime
{
    private readonly WeComPlatform platform = new();
    private AppService service = null!;
    private WeComMember member = null!;

    public async ValueTask InitializeAsync()
    {
        service = await AppService.Start(platform);
        member = platform.NewMember("魏亦舟", "WeiYizhou");
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task The_console_takes_the_opened_echo_and_nothing_else_within_a_second()
    {
        Assert.True(await platform.Callback.Verify());
        service.Misbehaves = http => http.Response.WriteAsync(http.Request.Query["echostr"].ToString());
        Assert.False(await platform.Callback.Verify());
        platform.Callback.VerificationLimit = TimeSpan.FromMilliseconds(50);
        service.Misbehaves = http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.False(await platform.Callback.Verify());
    }

    [Fact]
    public async Task Words_and_a_sealed_answer_stand_in_the_chat()
    {
        service.Answers = inner => service.Reply(inner, "text", new XElement("Content", "今日待办3件 <a href=\"https://example.com/a\">查看</a>"));

        var answered = await member.Say("今日待办");

        Assert.Equal(["今日待办", "今日待办3件 查看"], member.Chat.Select(entry => entry.Plain));
        Assert.Equal(Ended.Replied, Assert.Single(answered.Attempts).Ended);
        var pushed = service.Pushed[^1];
        Assert.Equal(("WeiYizhou", $"{platform.App.AgentId}", platform.App.CorpId), (pushed.Element("FromUserName")!.Value, pushed.Element("AgentID")!.Value, pushed.Element("ToUserName")!.Value));
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task Whoever_stays_silent_too_long_is_asked_three_times_and_the_chat_shows_nothing()
    {
        platform.Callback.Limit = TimeSpan.FromMilliseconds(200);
        service.Misbehaves = http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        var given = await member.Say("有人吗");

        Assert.Equal([Ended.TooLate, Ended.TooLate, Ended.TooLate], given.Attempts.Select(attempt => attempt.Ended));
        Assert.Single(service.Pushed.Select(push => push.ToString()).Distinct());
        Assert.Single(member.Chat);
        Assert.Contains(platform.Violations, violation => violation.Rule == 18);
    }

    [Fact]
    public async Task Answers_that_the_platform_throws_away()
    {
        service.Misbehaves = http => http.Response.WriteAsync("success");
        Assert.Equal(Ended.Wrong, (await member.Say("你好")).Attempts[^1].Ended);
        service.Misbehaves = null;
        foreach (var wrong in new Func<XElement, string>[]
        {
            inner => service.Reply(inner, "text", new XElement("Content", " ")),
            inner => service.Reply(inner, "update_button", new XElement("Button", new XElement("ReplaceName", "好"))),
            inner => service.Reply(inner, "markdown", new XElement("Content", "好")),
            inner => service.Reply(new XElement("xml", new XElement("FromUserName", "somebody")), "text", new XElement("Content", "好")),
        })
        {
            service.Answers = wrong;
            Assert.Equal(Ended.Wrong, (await member.Say("你好")).Attempts[^1].Ended);
        }

        service.Answers = inner => service.Reply(inner, "text", new XElement("Content", "不客气"));
        Assert.Equal(Ended.Wrong, (await platform.Callback.Push("<xml><FromUserName>sys</FromUserName><MsgType>event</MsgType><Event>change_contact</Event></xml>")).Attempts[^1].Ended);
        Assert.Equal(EntryKind.Own, Assert.Single(member.Chat.Select(entry => entry.Kind).Distinct()));
        Assert.Equal(6, platform.Violations.Count(violation => violation.Rule == 19));
    }

    [Fact]
    public async Task A_text_beyond_2048_bytes_is_cut_through_a_character()
    {
        service.Answers = inner => service.Reply(inner, "text", new XElement("Content", new string('大', 700)));

        await member.Say("长");

        Assert.Equal(new string('大', 682) + "\uFFFD", member.Received[^1].Text);
        Assert.Contains(platform.Violations, violation => violation.Rule == 14);
    }

    [Fact]
    public async Task Photos_places_voices_and_the_opened_chat_carry_what_the_platform_says()
    {
        await member.SendPhoto([0xFF, 0xD8, 0xFF, 1, 2, 3]);
        await member.SendLocation(31.2990, 120.5853, "云澜区人民路1号");
        await member.SendVoice([.. "#!AMR"u8]);
        await member.Open();
        await member.ReportPlace(31.2990, 120.5853);

        var pushed = service.Pushed;
        Assert.Equal(["image", "location", "voice", "event", "event"], pushed.Select(push => push.Element("MsgType")!.Value));
        Assert.Equal([0xFF, 0xD8, 0xFF, 1, 2, 3], await new HttpClient().GetByteArrayAsync(pushed[0].Element("PicUrl")!.Value));
        Assert.Equal("wxwork", pushed[1].Element("AppType")!.Value);
        Assert.Equal(["enter_agent", "LOCATION"], pushed.Skip(3).Select(push => push.Element("Event")!.Value));
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task Who_leaves_is_blocked_renamed_or_out_of_range_is_told_of_and_reaches_the_app_no_more()
    {
        var others = Enumerable.Range(0, 3).Select(number => platform.NewMember($"成员{number}", $"member{number}")).ToArray();
        await member.Leave();
        await others[0].Disable();
        await others[1].LoseSight();
        await others[2].Rename("newname");

        Assert.Equal(
            ["change_contact delete_user WeiYizhou ", "unsubscribe   ", "change_contact update_user member0 ", "unsubscribe   ", "unsubscribe   ", "change_contact update_user member2 newname"],
            service.Pushed.Select(push => $"{push.Element("Event")?.Value} {push.Element("ChangeType")?.Value} {push.Element("UserID")?.Value} {push.Element("NewUserID")?.Value}"));
        Assert.All(service.Pushed.Where(push => push.Element("Event")!.Value == "change_contact"), push => Assert.Equal(("sys", null), (push.Element("FromUserName")!.Value, push.Element("AgentID"))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => member.Say("还在吗"));
        Assert.Same(others[2], platform.Find("NEWNAME"));
        await others[0].Enable();
        Assert.Equal("subscribe", service.Pushed[^1].Element("Event")!.Value);
        await others[0].Say("回来了");
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_must_be_refused_is_wrong_in_signature_seal_or_content(string name)
    {
        service.Misbehaves = http => Task.CompletedTask;
        var wrong = WrongPush.All.Single(one => one.Name == name);
        try
        {
            await platform.Callback.PushWrong(wrong, member, "你好");
        }
        catch (HttpRequestException)
        {
            // A body that the server does not even take in.
        }

        Assert.DoesNotContain(service.Pushed, push => push.Element("Content")?.Value == "你好" && wrong != WrongPush.StaleTimestamp);
    }

    public static TheoryData<string> Wrong => [.. WrongPush.All.Select(wrong => wrong.Name)];
}
