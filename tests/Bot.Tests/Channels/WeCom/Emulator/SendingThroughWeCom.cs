using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Bot.Testing;

namespace Bot.Tests.Channels.WeCom.Emulator;

public sealed class SendingThroughWeCom : IAsyncLifetime
{
    private readonly HandTime time = new("2026-03-02 09:00");
    private readonly WeComPlatform platform;
    private AppService service = null!;
    private WeComMember member = null!;

    public SendingThroughWeCom() => platform = new(time: time);

    public async ValueTask InitializeAsync()
    {
        service = await AppService.Start(platform);
        member = platform.NewMember("魏亦舟", "WeiYizhou");
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_userid_is_the_same_in_any_case_and_bad_ones_come_back_in_lower_case()
    {
        platform.NewMember("看不到的人", "Invisible", seesApp: false);

        var answer = await service.SendText("WEIYIZHOU|Nobody|Invisible", "在吗");

        Assert.Equal((0, "nobody|invisible"), (AppService.Code(answer), (string)answer["invaliduser"]!));
        Assert.Equal("在吗", Assert.Single(member.Received).Text);
        Assert.Equal(81013, AppService.Code(await service.SendText("Nobody|Invisible", "在吗")));
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task The_31st_message_in_a_minute_is_answered_as_sent_and_never_shown()
    {
        for (var number = 1; number <= 31; number++)
            Assert.Equal(0, AppService.Code(await service.SendText("weiyizhou", $"第{number}条")));

        Assert.Equal(30, member.Received.Count);
        Assert.Contains("第31条", Assert.Single(platform.Discarded).Body, StringComparison.Ordinal);
        Assert.Equal(13, Assert.Single(platform.Violations).Rule);
        time.Advance(TimeSpan.FromMinutes(1));
        await service.SendText("weiyizhou", "又可以了");
        Assert.Equal("又可以了", member.Received[^1].Text);
    }

    [Fact]
    public async Task A_retry_in_the_same_bytes_is_dropped_and_answered_without_a_code()
    {
        const string Check = "\"enable_duplicate_check\":1,";
        var first = await service.SendText("weiyizhou", "好的", Check);
        var second = await service.SendText("weiyizhou", "好的", Check);
        await service.SendText("weiyizhou", "好的 ", Check);

        Assert.Equal((string)first["msgid"]!, (string)second["msgid"]!);
        Assert.Equal(2, member.Received.Count);
        Assert.Equal("duplicate", Assert.Single(platform.Discarded).Why);
        time.Advance(TimeSpan.FromMinutes(31));
        await service.SendText("weiyizhou", "好的", Check);
        Assert.Equal(3, member.Received.Count);
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task Malformed_sends_are_refused_and_written_down()
    {
        Assert.Equal(82001, AppService.Code(await service.SendText("", "谁")));
        Assert.Equal(40032, AppService.Code(await service.SendText(string.Join('|', Enumerable.Range(0, 1001)), "太多")));
        Assert.Equal(41011, AppService.Code(await service.Call("message/send", """{"touser":"weiyizhou","msgtype":"text","text":{"content":"x"}}""")));
        Assert.Equal(301002, AppService.Code(await service.Call("message/send", """{"touser":"weiyizhou","agentid":7,"msgtype":"text","text":{"content":"x"}}""")));
        Assert.Equal(44004, AppService.Code(await service.SendText("weiyizhou", "")));
        Assert.Equal(40008, AppService.Code(await service.Send("weiyizhou", "\"msgtype\":\"telegram\"")));
        Assert.Equal(41010, AppService.Code(await service.Send("weiyizhou", """ "msgtype":"textcard","textcard":{"title":"预警"}""")));
        Assert.Equal(40007, AppService.Code(await service.Send("weiyizhou", """ "msgtype":"image","image":{"media_id":"gone"}""")));
        Assert.Empty(member.Received);
        Assert.Equal(6, platform.Violations.Count);
    }

    [Fact]
    public async Task A_message_is_called_back_within_a_day()
    {
        var first = (string)(await service.SendText("weiyizhou", "写错了"))["msgid"]!;
        var second = (string)(await service.SendText("weiyizhou", "也写错了"))["msgid"]!;

        Assert.Equal(0, AppService.Code(await service.Call("message/recall", $$"""{"msgid":"{{first}}"}""")));
        time.Advance(TimeSpan.FromHours(25));
        await service.LogIn();
        Assert.Equal(40058, AppService.Code(await service.Call("message/recall", $$"""{"msgid":"{{second}}"}""")));

        Assert.Equal([true, false], member.Received.Select(entry => entry.Recalled));
    }

    [Fact]
    public async Task Departments_and_everybody_are_written_to_at_once()
    {
        var fire = platform.NewDepartment("消防救援大队");
        var inspector = platform.NewMember("钱亦舟", "I12", inDepartments: fire.Id);

        await service.Call("message/send", $$$"""{"toparty":"{{{fire.Id}}}|77","agentid":{{{platform.App.AgentId}}},"msgtype":"text","text":{"content":"本大队"}}""");
        await service.SendText("@all", "全体");

        Assert.Equal(["本大队", "全体"], inspector.Received.Select(entry => entry.Text));
        Assert.Equal(["全体"], member.Received.Select(entry => entry.Text));
    }

    [Fact]
    public async Task Tokens_belong_to_their_app_run_out_and_are_voided_early()
    {
        platform.Tokens.AddApp(9, "other-secret");
        Assert.Equal((string)(await service.Token())["access_token"]!, (string)(await service.Token())["access_token"]!);
        platform.Tokens.AlwaysNew = true;
        Assert.NotEqual((string)(await service.Token())["access_token"]!, (string)(await service.Token())["access_token"]!);

        service.Use((string)(await service.Token("other-secret"))["access_token"]!);
        Assert.Equal(301002, AppService.Code(await service.SendText("weiyizhou", "x")));
        service.Use("");
        Assert.Equal(41001, AppService.Code(await service.SendText("weiyizhou", "x")));
        await service.LogIn();
        platform.Tokens.Revoke();
        Assert.Equal(40014, AppService.Code(await service.SendText("weiyizhou", "x")));
        await service.LogIn();
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(42001, AppService.Code(await service.SendText("weiyizhou", "x")));
        Assert.Equal(40001, AppService.Code(await service.Token("wrong")));
    }

    [Fact]
    public async Task An_address_that_is_not_trusted_is_named()
    {
        platform.Tokens.TrustedAddresses.Add("203.0.113.7");

        var refused = await service.SendText("weiyizhou", "x");

        Assert.Equal(60020, AppService.Code(refused));
        Assert.Contains("from ip: 127.0.0.1", (string)refused["errmsg"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_beyond_the_frequency_are_refused_for_the_rest_of_the_minute()
    {
        platform.Frequency.CallsPerMinute = 1;
        Assert.Equal(0, AppService.Code(await service.SendText("weiyizhou", "x")));
        Assert.Equal(45009, AppService.Code(await service.SendText("weiyizhou", "x")));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, AppService.Code(await service.SendText("weiyizhou", "x")));
        platform.Faults.Next("message/send", new Fault.Code(45033), Fault.Busy);
        Assert.Equal(45033, AppService.Code(await service.SendText("weiyizhou", "x")));
        Assert.Equal(-1, AppService.Code(await service.SendText("weiyizhou", "x")));
    }

    [Fact]
    public async Task An_app_reads_the_people_in_its_range()
    {
        var hidden = platform.NewMember("看不到的人", "Invisible", seesApp: false);
        var gone = platform.NewMember("离职的人", "Gone");
        await gone.Leave(told: false);
        var blocked = platform.NewMember("停用的人", "Blocked");
        await blocked.Disable(told: false);

        Assert.Equal((60011, 60111, 60111), (await Code(hidden.UserId), await Code(gone.UserId), await Code("nobody")));
        var read = await service.CallGet("user/get", "userid=WEIYIZHOU");
        Assert.Equal(("weiyizhou", "魏亦舟", 1), ((string)read["userid"]!, (string)read["name"]!, (int)read["status"]!));
        Assert.Equal(2, (int)(await service.CallGet("user/get", "userid=blocked"))["status"]!);

        var first = await service.Call("user/list_id", """{"limit":1}""");
        var second = await service.Call("user/list_id", $$"""{"limit":1,"cursor":"{{first["next_cursor"]}}"}""");
        Assert.Equal(["weiyizhou", "blocked"], new[] { first, second }.Select(page => (string)page["dept_user"]![0]!["userid"]!));
        Assert.Equal("", (string)second["next_cursor"]!);
        var code = member.SignInCode();
        Assert.Equal("WeiYizhou", (string)(await service.CallGet("auth/getuserinfo", $"code={code}"))["userid"]!);
        Assert.Equal(40029, AppService.Code(await service.CallGet("auth/getuserinfo", $"code={code}")));

        async Task<int> Code(string userId) => AppService.Code(await service.CallGet("user/get", $"userid={userId}"));
    }

    [Fact]
    public async Task The_menu_is_published_for_the_app_and_tapped()
    {
        var published = await service.Call($"menu/create?agentid={platform.App.AgentId}", """{"button":[{"name":"今日待办","type":"click","key":"今日待办"},{"name":"更多","sub_button":[{"name":"帮助","type":"click","key":"帮助"}]}]}""");

        await member.TapMenu("帮助");

        Assert.Equal(0, AppService.Code(published));
        Assert.Equal(("click", "帮助"), (service.Pushed[^1].Element("Event")!.Value, service.Pushed[^1].Element("EventKey")!.Value));
        Assert.Equal(40018, AppService.Code(await service.Call($"menu/create?agentid={platform.App.AgentId}", """{"button":[{"name":"一个太长的名字","type":"click","key":"x"}]}""")));
        Assert.Equal(2, ((System.Text.Json.Nodes.JsonArray)(await service.CallGet("menu/get", $"agentid={platform.App.AgentId}"))["button"]!).Count);
    }

    [Fact]
    public async Task A_private_deployment_has_a_path_before_everything()
    {
        await using var own = await AppService.Start(new(new() { PathBefore = "/wecom-private" }));
        Assert.Equal(0, AppService.Code(await own.CallGet("getcallbackip")));
    }
}
