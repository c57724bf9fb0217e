using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Bot.Channels.Calls;
using Bot.Channels.WeChat.Api;
using Bot.Storage;
using Bot.Testing;
using Microsoft.AspNetCore.Http;

namespace Bot.Tests.Channels.WeChat.Api;

public sealed class CallingThePlatform : IAsyncLifetime
{
    private const string Text = "/cgi-bin/message/custom/send";
    private const string Template = "/cgi-bin/message/template/send";
    private static readonly Dictionary<string, string> Fields = new() { ["thing3"] = "消防检查" };

    private readonly HurriedTime time = new("2026-11-20 23:30");
    private ScriptedPlatform platform = null!;
    private Databases database = null!;
    private Instance instance = null!;

    private WeChatApi Api => instance.Api;

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
    public async Task Chinese_and_emoji_go_out_as_themselves_and_a_literal_escape_stays_one()
    {
        const string said = "您好，庄亦舟😀👨‍👩‍👧 \"引号\" <b> & \\u4f60 \n\t\u2028 𠮷";

        await Api.SendText("o-person", said, default);

        var call = Assert.Single(platform.Of(Text));
        Assert.Equal(said, call.Json.GetProperty("text").GetProperty("content").GetString());
        Assert.Contains("您好，庄亦舟😀👨‍👩‍👧", call.Text, StringComparison.Ordinal);
        Assert.Contains("𠮷", call.Text, StringComparison.Ordinal);
        Assert.Contains("""\\u4f60""", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", call.Text.Replace("""\\u4f60""", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("{\"touser\":\"o-person\",\"msgtype\":\"text\"", call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_of_an_emoji_breaks_nothing()
    {
        await Api.SendText("o-person", "半个\uD83D表情", default);
        await Api.CreateMenu("""{"button":[{"name":"半个","type":"click","key":"\uD83D\uDE00\u83dc\u5355"}]}""", default);

        Assert.Contains("半个", platform.Of(Text).Single().Text, StringComparison.Ordinal);
        Assert.Contains("😀菜单", platform.Of("/cgi-bin/menu/create").Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_menu_message_has_the_shape_of_the_page()
    {
        await Api.SendMenu("o-person", "您想", [new("101", "申请行政指导"), new("102", "检查预告")], "点一下就可以", default);

        Assert.Equal(
            """{"touser":"o-person","msgtype":"msgmenu","msgmenu":{"head_content":"您想","list":[{"id":"101","content":"申请行政指导"},{"id":"102","content":"检查预告"}],"tail_content":"点一下就可以"}}""",
            platform.Of(Text).Single().Text);
    }

    [Theory]
    [InlineData("""{"errcode":0,"errmsg":"ok","msgid":3428411849815982087}""")]
    [InlineData("""{"errcode":"0","errmsg":"ok","msgid":"3428411849815982087","something":{"new":[1]}}""")]
    [InlineData("\uFEFF{\"errcode\":0,\"msgid\":3428411849815982087}")]
    public async Task The_number_of_a_template_message_is_exact_however_the_answer_is_dressed(string answer)
    {
        platform.On(Template, (_, http) => ScriptedPlatform.Json(http, answer, "text/plain"));

        var id = await Api.SendTemplate("o-person", "T1", "https://example.com/n/1", Fields, "n1", default);

        Assert.Equal(3428411849815982087, id);
        var sent = platform.Of(Template).Single().Json;
        Assert.Equal("消防检查", sent.GetProperty("data").GetProperty("thing3").GetProperty("value").GetString());
        Assert.Equal("n1", sent.GetProperty("client_msg_id").GetString());
    }

    [Fact]
    public async Task A_refusal_written_as_text_is_a_refusal_and_names_the_field_but_not_the_person()
    {
        platform.Script(Template, """{"errcode":"47003","errmsg":"argument invalid! data.thing3.value invalid touser o-person rid: 6a0e-77-99"}""");

        var refused = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.SendTemplate("o-person", "T1", null, Fields, "n1", default));

        Assert.Equal((47003, PlatformDetail.ShortenValue, "thing3", "6a0e-77-99"), (refused.Code, refused.Detail, refused.Field, refused.Rid));
        Assert.DoesNotContain("o-person", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("502")]
    [InlineData("half")]
    [InlineData("html")]
    [InlineData("reset")]
    [InlineData("huge")]
    public async Task A_template_message_is_sent_again_after_a_broken_answer_and_a_text_is_not(string how)
    {
        Task Broken(Call call, HttpContext http) => Break(how, http);
        platform.On(Template, Broken);
        platform.On(Text, Broken);

        var template = await Assert.ThrowsAsync<PlatformUnreachableException>(() => Api.SendTemplate("o-person", "T1", null, Fields, "n1", default));
        var text = await Assert.ThrowsAsync<PlatformUnreachableException>(() => Api.SendText("o-person", "您好", default));

        Assert.True(template.OutcomeUnknown && text.OutcomeUnknown);
        Assert.Equal((4, 1), (platform.Of(Template).Count, platform.Of(Text).Count));
        Assert.Equal(3, time.Pauses.Count);
        Assert.All(time.Pauses, pause => Assert.InRange(pause.TotalSeconds, 0, 10));
    }

    [Fact]
    public async Task Busy_leaves_it_open_whether_a_text_arrived_and_reading_is_tried_again()
    {
        platform.Script(Text, """{"errcode":-1,"errmsg":"system error"}""");
        platform.Script("/cgi-bin/getcallbackip", """{"errcode":-1}""", """{"errcode":-1}""", """{"ip_list":"203.0.113.1,203.0.113.0/28"}""");

        var text = await Assert.ThrowsAsync<PlatformUnreachableException>(() => Api.SendText("o-person", "您好", default));
        var addresses = await Api.GetCallbackIps(default);

        Assert.True(text.OutcomeUnknown);
        Assert.Equal(["203.0.113.1", "203.0.113.0/28"], addresses);
        Assert.Single(platform.Of(Text));
    }

    [Fact]
    public async Task A_platform_that_is_not_there_got_nothing_so_a_text_is_tried_again()
    {
        await Api.GetCallbackIps(default);
        await platform.DisposeAsync();

        var lost = await Assert.ThrowsAsync<PlatformUnreachableException>(() => Api.SendText("o-person", "您好", default));

        Assert.False(lost.OutcomeUnknown);
        Assert.Equal(3, time.Pauses.Count);
        platform = await ScriptedPlatform.Start(time);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_because_it_would_carry_the_token_away()
    {
        platform.On(Text, (_, http) =>
        {
            http.Response.Redirect("/elsewhere?" + http.Request.QueryString);
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<PlatformUnreachableException>(() => Api.SendText("o-person", "您好", default));

        Assert.Empty(platform.Of("/elsewhere"));
    }

    [Fact]
    public async Task When_the_quota_of_the_day_is_used_up_that_api_rests_until_midnight_in_China_and_the_others_go_on()
    {
        platform.Script(Text, """{"errcode":45009,"errmsg":"reach max api daily quota limit"}""", """{"errcode":0}""");

        var first = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.SendText("o-person", "一", default));
        var second = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.SendText("o-person", "二", default));
        await Api.GetCallbackIps(default);

        Assert.Equal((PlatformAction.OtherRoute, new DateTime(2026, 11, 20, 16, 0, 0, DateTimeKind.Utc)), (first.Action, second.RetryAt!.Value));
        Assert.Single(platform.Of(Text));
        Assert.Contains("bot_wechat_api_stopped{api=\"/cgi-bin/message/custom/send\",code=\"45009\"} 1", instance.Figures, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(31));
        await Api.SendText("o-person", "三", default);
    }

    [Fact]
    public async Task Clearing_the_quota_by_hand_lets_the_calls_through_again()
    {
        platform.Script(Text, """{"errcode":45009}""", """{"errcode":0}""");
        await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.SendText("o-person", "一", default));

        await Api.ClearQuota(default);
        await Api.SendText("o-person", "二", default);

        Assert.Equal($$"""{"appid":"{{Instance.AppId}}"}""", platform.Of("/cgi-bin/clear_quota").Single().Text);
    }

    [Fact]
    public async Task After_the_quota_of_the_minute_everybody_waits_for_the_next_minute()
    {
        platform.Script(Text, """{"errcode":45011}""", """{"errcode":0}""");

        var first = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.SendText("o-person", "一", default));
        await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.SendText("o-other", "二", default));
        time.Advance(TimeSpan.FromMinutes(1));
        await Api.SendText("o-person", "三", default);

        Assert.Equal((PlatformAction.TryLater, new DateTime(2026, 11, 20, 15, 31, 0, DateTimeKind.Utc)), (first.Action, first.RetryAt!.Value));
        Assert.Equal(2, platform.Of(Text).Count);
    }

    [Fact]
    public async Task A_punished_api_is_not_called_again_that_day_and_the_alarm_is_logged_once()
    {
        platform.Script(Text, """{"errcode":48004,"errmsg":"api forbidden for irregularities rid: 6a0e-5-5"}""");

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.SendText("o-person", "一", default));

        Assert.Single(platform.Of(Text));
        Assert.Contains("48004", Assert.Single(instance.Log, line => line.StartsWith("Error", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_is_quoted_as_the_platforms_parsers_want_it()
    {
        platform.Script("/cgi-bin/media/upload", """{"type":"image","media_id":"M1","created_at":1}""");

        var id = await Api.UploadMedia([0xFF, 0xD8, 0xFF, 1], "二维码a.jpg", "image/jpeg", default);

        var call = platform.Of("/cgi-bin/media/upload").Single();
        var boundary = call.Headers["Content-Type"]["multipart/form-data; boundary=".Length..];
        Assert.Equal(("M1", "image"), (id, call.Query["type"]));
        Assert.Matches("^[0-9A-F]{32}$", boundary);
        Assert.StartsWith($"--{boundary}\r\n", call.Text, StringComparison.Ordinal);
        Assert.Contains("Content-Disposition: form-data; name=\"media\"; filename=\"___a.jpg\"\r\n", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("filename*", call.Text, StringComparison.Ordinal);
        Assert.EndsWith($"\r\n--{boundary}--\r\n", Encoding.Latin1.GetString(call.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_to_scan_carries_its_scene_and_can_be_seen_at_an_address()
    {
        platform.Script("/cgi-bin/qrcode/create", """{"ticket":"gQH47j+/=","expire_seconds":600,"url":"http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI"}""");

        var code = await Api.CreateQrCode("bind_8H2K", TimeSpan.FromMinutes(10), default);

        Assert.Equal("""{"expire_seconds":600,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"bind_8H2K"}}}""", platform.Of("/cgi-bin/qrcode/create").Single().Text);
        Assert.Equal("http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI", code.Url);
        Assert.Equal(new Uri(platform.Address, "/cgi-bin/showqrcode?ticket=gQH47j%2B%2F%3D"), code.Picture);
        Assert.Equal(TimeSpan.FromSeconds(600), code.Lives);
    }

    [Fact]
    public async Task A_tag_is_found_by_its_name_or_made()
    {
        platform.Script("/cgi-bin/tags/get", """{"tags":[{"id":2,"name":"星标组","count":0},{"id":101,"name":"已绑定","count":3}]}""");
        platform.Script("/cgi-bin/tags/create", """{"tag":{"id":134,"name":"企业"}}""");

        Assert.Equal((101, 134), (await Api.Tag("已绑定", default), await Api.Tag("企业", default)));
        await Api.TagUser("o-person", 101, default);
        await Api.UntagUser("o-person", 101, default);

        Assert.Equal("""{"openid_list":["o-person"],"tagid":101}""", platform.Of("/cgi-bin/tags/members/batchtagging").Single().Text);
        Assert.Single(platform.Of("/cgi-bin/tags/members/batchuntagging"));
    }

    [Fact]
    public async Task Menus_quotas_and_subscription_notices_have_the_shape_of_their_pages()
    {
        platform.Script("/cgi-bin/menu/addconditional", """{"menuid":"208379533"}""");
        platform.Script("/cgi-bin/menu/get", """{"menu":{"button":[]}}""");
        platform.Script("/cgi-bin/openapi/quota/get", """{"errcode":0,"quota":{"daily_limit":500000,"used":"3","remain":499997}}""");

        Assert.Equal("208379533", await Api.AddConditionalMenu("""{"button":[],"matchrule":{"tag_id":"101"}}""", default));
        Assert.Equal("""{"menu":{"button":[]}}""", await Api.GetMenu(default));
        Assert.Equal(new ApiQuota(500000, 3, 499997), await Api.GetQuota("/cgi-bin/message/custom/send", default));
        await Api.DeleteMenu(default);
        await Api.SendSubscription("o-person", "S1", "https://example.com/n/1", Fields, default);

        Assert.Equal(
            """{"touser":"o-person","template_id":"S1","data":{"thing3":{"value":"消防检查"}},"page":"https://example.com/n/1"}""",
            platform.Of("/cgi-bin/message/subscribe/bizsend").Single().Text);
    }

    [Fact]
    public async Task Neither_secrets_nor_tokens_nor_people_are_logged_not_even_at_the_finest_level()
    {
        var traces = new ConcurrentQueue<string>();
        using var tracing = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(tracing);
        platform.Script(Template, """{"errcode":40037,"errmsg":"invalid template_id for o-person-1"}""");
        await Api.SendText("o-person-1", "悄悄话", default);
        await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.SendTemplate("o-person-1", "T1", null, Fields, "n1", default));
        platform.On(Text, (_, http) => Break("reset", http));
        var lost = await Assert.ThrowsAsync<PlatformUnreachableException>(() => Api.SendText("o-person-1", "悄悄话", default));
        platform.RefuseWhatIsGiven();
        await Api.GetCallbackIps(default);
        platform.TokenRefusal = 40125;
        platform.Revoke();
        var stopped = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.GetCallbackIps(default));

        var seen = string.Join('\n', [.. instance.Log, .. traces, instance.Figures, lost.ToString(), stopped.ToString(), instance.Alarms.Standing(WeChatApi.Platform)]);
        Assert.Contains("40125", seen, StringComparison.Ordinal);
        Assert.NotEmpty(instance.Log);
        Assert.DoesNotContain(platform.Calls, call => call.Headers.ContainsKey("traceparent"));
        foreach (var secret in new[] { ScriptedPlatform.Secret, "TOKEN-", "access_token=", "o-person-1", "悄悄话", "callbacktoken" })
            Assert.DoesNotContain(secret, seen, StringComparison.Ordinal);
    }

    private static async Task Break(string how, HttpContext http)
    {
        switch (how)
        {
            case "502":
                http.Response.StatusCode = 502;
                await http.Response.WriteAsync("<html>Bad Gateway</html>");
                break;
            case "half":
                http.Response.ContentLength = 100;
                await http.Response.WriteAsync("""{"errcode":0,""");
                await http.Response.Body.FlushAsync();
                http.Abort();
                break;
            case "html":
                await ScriptedPlatform.Json(http, "<html>", "text/html");
                break;
            case "huge":
                await ScriptedPlatform.Json(http, $$"""{"errcode":0,"filler":"{{new string('x', 2_000_000)}}"}""");
                break;
            default:
                http.Abort();
                break;
        }
    }
}
