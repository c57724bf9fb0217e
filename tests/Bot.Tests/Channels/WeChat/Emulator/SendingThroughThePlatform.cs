using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Testing;

namespace Bot.Tests.Channels.WeChat.Emulator;

public sealed class SendingThroughThePlatform : IAsyncDisposable
{
    private const string Day = "\"time2\":{\"value\":\"2026年3月4日 09:00\"}";

    private readonly HandTime time = new("2026-03-02 09:00");
    private readonly WeChatPlatform platform;
    private BareClient client = null!;
    private StandIn service = null!;
    private WeChatUser user = null!;

    public SendingThroughThePlatform() => platform = new(time: time);

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        await platform.DisposeAsync();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task A_message_opens_five_for_48_hours_and_the_next_one_opens_them_anew()
    {
        await Open();
        await user.Write("你好");
        for (var sent = 0; sent < 5; sent++)
            Assert.Equal(0, await client.Write(user, "答复"));
        Assert.Equal(45047, await client.Write(user, "第六条"));

        await user.Write("还在吗");
        Assert.Equal(0, await client.Write(user, "在"));
        time.Advance(TimeSpan.FromHours(48));
        await client.LogIn();
        Assert.Equal(45015, await client.Write(user, "太晚"));
        Assert.Equal(6, user.Received.Count);
    }

    [Fact]
    public async Task A_tapped_answer_opens_three_for_a_minute_and_a_viewed_page_opens_none()
    {
        await Open();
        await client.Call("menu/create", """{"button":[{"name":"主页","type":"view","url":"https://example.com/"}]}""");
        await user.Write("你好");
        Assert.Equal(0, await BareClient.Code(client.Call("message/custom/send", $$$"""{"touser":"{{{user.OpenId}}}","msgtype":"msgmenu","msgmenu":{"head_content":"满意吗","list":[{"id":"7","content":"满意"}],"tail_content":""}}""")));
        time.Advance(TimeSpan.FromHours(48));
        await client.LogIn();

        await user.TapMenu("主页");
        Assert.Equal(45015, await client.Write(user, "谢谢"));
        var tapped = await user.Tap("满意");

        Assert.Contains("<bizmsgmenuid><![CDATA[7]]></bizmsgmenuid>", tapped.InnerXml, StringComparison.Ordinal);
        for (var sent = 0; sent < 3; sent++)
            Assert.Equal(0, await client.Write(user, "谢谢"));
        Assert.Equal(45047, await client.Write(user, "谢谢"));
    }

    [Fact]
    public async Task An_old_message_that_arrives_late_opens_nothing()
    {
        await Open();
        time.Advance(TimeSpan.FromMinutes(2));

        await user.Write("三天前写的", new Stamp(At: time.GetUtcNow() - TimeSpan.FromHours(49)));

        Assert.Equal(45015, await client.Write(user, "太晚"));
    }

    [Fact]
    public async Task Who_has_left_is_reached_by_nothing()
    {
        await Open();
        await user.Write("再见");
        await user.Unfollow();

        Assert.Equal(45015, await client.Write(user, "别走"));
        Assert.Equal(43004, await BareClient.Code(client.Template(user, $$"""{"thing1":{"value":"消防检查"},{{Day}}}""")));
        Assert.Equal(40003, await BareClient.Code(client.Call("message/custom/send", """{"touser":"oNobody","msgtype":"text","text":{"content":"谁"}}""")));
    }

    [Fact]
    public async Task Escaped_characters_are_shown_as_they_stand()
    {
        await Open();
        await user.Write("你好");

        await client.Write(user, @"\u4f60\u597d");

        Assert.Equal(@"\u4f60\u597d", user.Received[^1].Text);
        Assert.Equal(40033, await BareClient.Code(client.Call("menu/create", """{"button":[{"name":"\u4f60","type":"click","key":"k"}]}""")));
        Assert.Equal([9, 9], platform.Violations.Select(violation => violation.Rule));
    }

    [Theory]
    [InlineData("""{"thing1":{"value":"二十一个字二十一个字二十一个字二十一个字长"},"time2":{"value":"2026年3月4日 09:00"}}""", "thing1")]
    [InlineData("""{"thing1":{"value":"消防检查"},"time2":{"value":"明天上午"}}""", "time2")]
    [InlineData("""{"thing1":{"value":""},"time2":{"value":"2026年3月4日"}}""", "thing1")]
    [InlineData("""{"thing1":{"value":"消防检查"}}""", "time2")]
    public async Task A_value_that_does_not_fit_its_field_is_refused_by_name(string data, string key)
    {
        await Open();

        var refused = await client.Template(user, data);

        Assert.Equal(47003, (int)refused["errcode"]!);
        Assert.Contains($"data.{key}.value", (string)refused["errmsg"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_message_is_one_for_ten_minutes_and_reported_later_in_three_ways()
    {
        var statuses = new List<string>();
        await Open(inner => statuses.Add(inner.Element("Status")?.Value ?? ""));
        var good = $$"""{"thing1":{"value":"消防检查"},{{Day}}}""";
        statuses.Clear();

        var first = await client.Template(user, good, "n-1");
        var again = await client.Template(user, good, "n-1");
        await platform.Settled();
        Assert.Equal((long)first["msgid"]!, (long)again["msgid"]!);
        Assert.Equal("2026年3月4日 09:00", Assert.Single(user.Inbox, bubble => bubble.Kind == BubbleKind.Template).Card!.Lines.Single(line => line.Key == "检查时间").Value);

        user.Blocks = true;
        await client.Template(user, good, "n-2");
        await platform.Settled();
        (user.Blocks, platform.Templates.SystemFailures) = (false, 1);
        time.Advance(TimeSpan.FromMinutes(11));
        await client.Template(user, good, "n-1");
        await platform.Settled();

        Assert.Equal(["success", "failed:user block", "failed: system failed"], statuses);
        Assert.Equal(45015, await client.Write(user, "报告不是来信"));
    }

    [Fact]
    public async Task An_accepted_notice_may_come_once()
    {
        await Open();
        var notice = $$$"""{"touser":"{{{user.OpenId}}}","template_id":"T1","data":{"thing1":{"value":"消防检查"},{{{Day}}}}}""";
        Assert.Equal(43101, await BareClient.Code(client.Call("message/subscribe/bizsend", notice)));

        await user.AnswerPopup("T1", accept: true);

        Assert.Equal(0, await BareClient.Code(client.Call("message/subscribe/bizsend", notice)));
        Assert.Equal(43101, await BareClient.Code(client.Call("message/subscribe/bizsend", notice)));
        await platform.Settled();
    }

    [Fact]
    public async Task Menus_keep_to_the_limits_and_a_tag_shows_another_one()
    {
        await Open();
        Assert.Equal(40018, await BareClient.Code(client.Call("menu/create", """{"button":[{"name":"六个字的名称","type":"click","key":"k"}]}""")));
        Assert.Equal(40016, await BareClient.Code(client.Call("menu/create", """{"button":[]}""")));
        Assert.Equal(46003, await BareClient.Code(client.CallGet("menu/get")));
        Assert.Equal(0, await BareClient.Code(client.Call("menu/create", """{"button":[{"name":"服务","sub_button":[{"name":"绑定企业","type":"click","key":"绑定企业"}]}]}""")));
        var tag = (int)(await client.Call("tags/create", """{"tag":{"name":"已绑定"}}"""))["tag"]!["id"]!;
        Assert.NotNull((await client.Call("menu/addconditional", $$$"""{"button":[{"name":"预告","type":"click","key":"检查预告"}],"matchrule":{"tag_id":"{{{tag}}}"}}"""))["menuid"]);
        Assert.Equal("服务", Assert.Single(user.Menu).Name);

        Assert.Equal(0, await BareClient.Code(client.Call("tags/members/batchtagging", $$"""{"openid_list":["{{user.OpenId}}"],"tagid":{{tag}}}""")));

        Assert.Equal("预告", Assert.Single(user.Menu).Name);
        Assert.Contains("<Event><![CDATA[CLICK]]></Event>", (await user.TapMenu("预告")).InnerXml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photo_is_there_for_three_days()
    {
        await Open();
        var media = platform.Media.Keep("image", [0xFF, 0xD8, 0xFF, 1], "image/jpeg");
        time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromSeconds(1));
        await client.LogIn();

        Assert.Equal(40007, await BareClient.Code(client.CallGet("media/get", $"media_id={media}")));
    }

    [Fact]
    public async Task A_scanned_code_brings_its_scene_along()
    {
        await Open();
        var made = await client.Call("qrcode/create", """{"expire_seconds":600,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"bind_8K2M"}}}""");
        using var http = new HttpClient { BaseAddress = platform.ApiBase };
        var picture = await http.GetByteArrayAsync($"cgi-bin/showqrcode?ticket={Uri.EscapeDataString((string)made["ticket"]!)}");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);

        Assert.Contains("<EventKey><![CDATA[bind_8K2M]]></EventKey>", (await user.Scan((string)made["url"]!)).InnerXml, StringComparison.Ordinal);
        Assert.Contains("<EventKey><![CDATA[qrscene_bind_8K2M]]></EventKey>", (await platform.NewUser().Scan((string)made["ticket"]!)).InnerXml, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(platform.Codes.Picture((string)made["ticket"]!));
    }

    [Fact]
    public async Task Faults_come_when_they_are_asked_for()
    {
        await Open();
        await user.Write("你好");
        platform.Faults.Next("custom/send", Fault.Busy, Fault.CutAfter, Fault.TokensExpire);

        Assert.Equal(-1, await client.Write(user, "没有送出"));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.Write(user, "送出了，没有回音"));
        Assert.Equal(42001, await client.Write(user, "没有送出"));

        Assert.Equal(["送出了，没有回音"], user.Received.Select(bubble => bubble.Text));
    }

    private async Task Open(Action<System.Xml.Linq.XElement>? onPush = null)
    {
        service = await StandIn.Start(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var sealedXml = System.Xml.Linq.XElement.Parse(await reader.ReadToEndAsync()).Element("Encrypt")!.Value;
            var crypto = new CallbackCrypto(platform.Account.Token, platform.Account.EncodingAesKey, platform.Account.AppId);
            onPush?.Invoke(System.Xml.Linq.XElement.Parse(crypto.Decrypt(sealedXml)));
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "success");
        });
        await platform.Start();
        platform.Callback.SendTo(service.Address);
        platform.Templates.Add("T1", "检查预告", "检查事项:{{thing1.DATA}}\n检查时间:{{time2.DATA}}");
        client = await new BareClient(platform).LogIn();
        user = platform.NewUser("王小明");
        await user.Follow();
        time.Advance(TimeSpan.FromMinutes(1));
    }
}
