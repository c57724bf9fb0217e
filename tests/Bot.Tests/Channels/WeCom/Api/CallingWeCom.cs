using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Bot.Channels.Calls;
using Bot.Channels.WeCom.Api;
using Bot.Domain.Commands;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Api;
using Microsoft.AspNetCore.Http;

namespace Bot.Tests.Channels.WeCom.Api;

public sealed class CallingWeCom : IAsyncLifetime
{
    private const string Send = "/cgi-bin/message/send";
    private const string Update = "/cgi-bin/message/update_template_card";
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    private readonly HurriedTime time = new("2026-11-20 10:00");
    private ScriptedPlatform platform = null!;
    private Databases database = null!;
    private AppInstance instance = null!;

    private WeComApi Api => instance.Api;

    public async ValueTask InitializeAsync()
    {
        platform = await ScriptedPlatform.Start(time);
        database = await Databases.Fresh(DatabaseKind.Sqlite);
        instance = await AppInstance.Start(database, platform);
    }

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        await database.DisposeAsync();
        await platform.DisposeAsync();
    }

    [Fact]
    public async Task A_message_has_the_shape_of_the_page_and_tells_its_id_its_code_and_whom_it_did_not_reach()
    {
        platform.Script(Send, """{"errcode":0,"errmsg":"ok","invaliduser":"Gone1|gone2","unlicenseduser":"","msgid":"MSG-1","response_code":"CODE-1"}""");

        var sent = await Api.Send(["zhangyi", "lier", "gone1", "gone2"], WeComMessages.Text("您好，庄亦舟😀 \\u4f60"), null, default);

        Assert.Equal(
            $$$"""{"touser":"zhangyi|lier|gone1|gone2","msgtype":"text","text":{"content":"您好，庄亦舟😀 \\u4f60"},"agentid":{{{AppInstance.AgentId}}}}""",
            platform.Of(Send).Single().Text);
        Assert.Equal(("MSG-1", "CODE-1"), (sent.MessageId, sent.ResponseCode));
        Assert.Equal(["gone1", "gone2"], sent.Unreached);
        Assert.Single(platform.Of(Send));
    }

    [Fact]
    public async Task One_that_the_platform_would_drop_twice_is_tried_again_byte_for_byte_and_a_chat_answer_is_not()
    {
        platform.On(Send, (_, http) => Break(http));

        var notice = await Assert.ThrowsAsync<PlatformUnreachableException>(() => Api.Send(["zhangyi"], WeComMessages.Text("提醒"), HalfAnHour, default));
        var tries = platform.Of(Send);
        var answer = await Assert.ThrowsAsync<PlatformUnreachableException>(() => Api.Send(["zhangyi"], WeComMessages.Text("好的"), null, default));

        Assert.True(notice.OutcomeUnknown && answer.OutcomeUnknown);
        Assert.Equal(4, tries.Count);
        Assert.Single(tries.Select(call => call.Text).Distinct());
        Assert.EndsWith("""
            "enable_duplicate_check":1,"duplicate_check_interval":1800}
            """, tries[0].Text, StringComparison.Ordinal);
        Assert.Equal(5, platform.Of(Send).Count);
        await Assert.ThrowsAsync<PlatformUnreachableException>(() => Api.Send(["zhangyi"], WeComMessages.Text("提醒"), HalfAnHour, default));
        Assert.Equal(tries[0].Text, platform.Of(Send)[^1].Text);
    }

    [Fact]
    public async Task More_than_a_thousand_members_or_none_are_no_call()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Api.Send([.. Enumerable.Range(0, 1001).Select(i => $"m{i}")], WeComMessages.Text("一"), null, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Api.Send([], WeComMessages.Text("一"), null, default));

        Assert.Empty(platform.Calls);
        await Api.Send([.. Enumerable.Range(0, 1000).Select(i => $"m{i}")], WeComMessages.Text("一"), null, default);
        Assert.Equal(1000, platform.Of(Send).Single().Json.GetProperty("touser").GetString()!.Split('|').Length);
    }

    [Fact]
    public async Task When_nobody_is_reached_it_is_a_refusal_that_needs_no_operator()
    {
        platform.Script(Send, """{"errcode":81013,"errmsg":"user & party & tag all invalid, hint: [1732000000_1_ab]","invaliduser":"gone"}""");

        var refused = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.Send(["gone"], WeComMessages.Text("一"), null, default));

        Assert.Equal((PlatformAction.Unreachable, "1732000000_1_ab"), (refused.Action, refused.Rid));
        Assert.Null(instance.Alarms.Standing(WeComApi.Platform));
        Assert.True(Api.TakesMessages);
    }

    [Fact]
    public async Task An_address_that_is_not_trusted_is_shown_to_the_operator_and_not_tried_again_at_once()
    {
        platform.Script(Send, """{"errcode":60020,"errmsg":"not allow to access from your ip, hint: [1732000000_3_cd], from ip: 203.0.113.9, more info at https://open.work.weixin.qq.com"}""", """{"errcode":0,"msgid":"M"}""");

        var refused = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.Send(["zhangyi"], WeComMessages.Text("一"), HalfAnHour, default));
        await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.Send(["zhangyi"], WeComMessages.Text("一"), HalfAnHour, default));

        Assert.Contains("企业可信IP", refused.Meaning, StringComparison.Ordinal);
        Assert.Single(platform.Of(Send));
        Assert.False(Api.TakesMessages);
        Assert.Contains(instance.Log, line => line.Contains("203.0.113.9", StringComparison.Ordinal) && line.Contains("60020", StringComparison.Ordinal));
        Assert.Contains("60020", instance.Alarms.Standing(WeComApi.Platform), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(6));
        await Api.Send(["zhangyi"], WeComMessages.Text("一"), HalfAnHour, default);
    }

    [Theory]
    [InlineData(45009)]
    [InlineData(45033)]
    public async Task Too_many_calls_rest_for_a_minute_and_for_an_hour_when_that_was_not_enough(int code)
    {
        platform.Script(Send, $$"""{"errcode":{{code}}}""", $$"""{"errcode":{{code}}}""", """{"errcode":0}""");
        Task Once() => Api.Send(["zhangyi"], WeComMessages.Text("一"), null, default);

        var first = await Assert.ThrowsAsync<PlatformRefusedException>(Once);
        await Assert.ThrowsAsync<PlatformRefusedException>(Once);
        Assert.Null(instance.Alarms.Standing(WeComApi.Platform));
        Assert.Single(platform.Of(Send));
        Assert.InRange(first.RetryAt!.Value - time.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(75));

        time.Advance(TimeSpan.FromSeconds(80));
        var second = await Assert.ThrowsAsync<PlatformRefusedException>(Once);
        Assert.Equal(TimeSpan.FromHours(1), second.RetryAt!.Value - time.GetUtcNow().UtcDateTime);
        Assert.Contains($"{code}", instance.Alarms.Standing(WeComApi.Platform), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(61));
        await Once();
        Assert.Equal(3, platform.Of(Send).Count);
    }

    [Fact]
    public async Task A_token_that_is_not_good_any_more_is_renewed_and_the_message_sent_once_more()
    {
        await Api.Send(["zhangyi"], WeComMessages.Text("一"), null, default);
        platform.Revoke();

        await Api.Send(["zhangyi"], WeComMessages.Text("二"), null, default);

        Assert.Equal((3, 2), (platform.Of(Send).Count, platform.TokenRequests));
    }

    [Fact]
    public async Task When_the_platform_gives_the_refused_token_again_that_is_told_and_not_asked_for_ever()
    {
        await Api.Send(["zhangyi"], WeComMessages.Text("一"), null, default);
        platform.RefuseWhatIsGiven();

        var refused = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.Send(["zhangyi"], WeComMessages.Text("二"), null, default));

        Assert.Equal(PlatformAction.RefreshToken, refused.Action);
        Assert.InRange(platform.TokenRequests, 2, 4);
        Assert.NotNull(instance.Alarms.Standing(WeComApi.Platform));
    }

    [Theory]
    [InlineData(40001, "Secret 不对")]
    [InlineData(40091, "别的企业")]
    [InlineData(40013, "企业ID")]
    [InlineData(50003, "停用")]
    public async Task A_wrong_secret_is_asked_about_once_and_somebody_is_told_in_words(int code, string words)
    {
        platform.TokenRefusal = code;

        var first = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.Send(["zhangyi"], WeComMessages.Text("一"), null, default));
        await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.User("zhangyi", default));

        Assert.Equal((PlatformAction.Stop, 1), (first.Action, platform.TokenRequests));
        Assert.Contains(words, Assert.Single(instance.Log, line => line.Contains("平台告警", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Empty(platform.Of(Send));
    }

    [Fact]
    public async Task Two_instances_share_one_token()
    {
        await using var other = await AppInstance.Start(database, platform);

        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(_ => new[] { Api, other.Api }).Select(api => Task.Run(() => api.Departments(default))));

        Assert.Equal(1, platform.TokenRequests);
        Assert.Equal((AppInstance.CorpId, ScriptedPlatform.Secret), (platform.Of("/cgi-bin/gettoken").Single().Query["corpid"], platform.Of("/cgi-bin/gettoken").Single().Query["corpsecret"]));
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_called()
    {
        await using var mute = await AppInstance.Start(database, platform, ("Secret", null), ("ContactsSecret", null));

        var refused = await Assert.ThrowsAsync<PlatformRefusedException>(() => mute.Api.Send(["zhangyi"], WeComMessages.Text("一"), null, default));

        Assert.Equal(PlatformAction.Stop, refused.Action);
        Assert.False(mute.Api.TakesMessages);
        Assert.Empty(platform.Calls);
    }

    [Fact]
    public async Task A_private_deployment_has_an_address_with_a_path()
    {
        platform.Script("/private/wecom/cgi-bin/message/send", """{"errcode":0,"msgid":"M1"}""");
        await using var apart = await AppInstance.Start(database, platform, ("ApiBase", new Uri(platform.Address, "/private/wecom").ToString()));

        var sent = await apart.Api.Send(["zhangyi"], WeComMessages.Text("一"), null, default);

        Assert.Equal("M1", sent.MessageId);
        Assert.StartsWith(new Uri(platform.Address, "/private/wecom/connect/oauth2/authorize?appid=").ToString(), apart.Api.SignInPage(new Uri("https://bot.example/in"), "S").AbsoluteUri, StringComparison.Ordinal);
        Assert.All(platform.Calls, call => Assert.StartsWith("/private/wecom/cgi-bin/", call.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_card_is_updated_by_its_code_in_part_or_whole()
    {
        platform.Script(Update, """{"errcode":0,"errmsg":"ok","invaliduser":["Gone"]}""");
        var card = new JsonObject { ["card_type"] = "button_interaction", ["main_title"] = new JsonObject { ["title"] = "已同意" } };

        Assert.Equal(["gone"], await Api.UpdateCard("CODE-1", ["zhangyi", "gone"], "已由李二同意", default));
        await Api.UpdateCard("CODE-2", ["zhangyi"], card, default);

        Assert.Equal(
            """{"userids":["zhangyi","gone"],"agentid":1000002,"response_code":"CODE-1","button":{"replace_name":"已由李二同意"}}""", platform.Of(Update)[0].Text);
        Assert.Equal(
            """{"userids":["zhangyi"],"agentid":1000002,"response_code":"CODE-2","template_card":{"card_type":"button_interaction","main_title":{"title":"已同意"}}}""",
            platform.Of(Update)[1].Text);
    }

    [Fact]
    public async Task A_code_that_the_lost_try_before_has_used_up_is_a_card_updated_and_one_used_up_before_is_a_refusal()
    {
        const string used = """{"errcode":40058,"errmsg":"invalid Request Parameter: response_code used"}""";
        var calls = 0;
        platform.On(Update, (_, http) => Interlocked.Increment(ref calls) == 1 ? Break(http) : ScriptedPlatform.Json(http, used));

        Assert.Empty(await Api.UpdateCard("CODE-1", ["zhangyi"], "已同意", default));
        var refused = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.UpdateCard("CODE-1", ["zhangyi"], "已同意", default));

        Assert.Equal(40058, refused.Code);
    }

    [Fact]
    public async Task A_message_is_taken_back_by_its_id()
    {
        await Api.Recall("MSG-1", default);

        Assert.Equal("""{"msgid":"MSG-1"}""", platform.Of("/cgi-bin/message/recall").Single().Text);
    }

    [Fact]
    public async Task A_member_is_told_in_lower_case_and_whom_the_app_may_not_see_is_nobody()
    {
        platform.Script("/cgi-bin/user/get", """{"errcode":0,"userid":"ZhangYi","name":"张一","department":[3,5],"status":2,"extattr":{}}""", """{"errcode":60111,"errmsg":"userid not found"}""", """{"errcode":60011}""");

        var member = await Api.User("ZHANGYI", default);

        Assert.Equal(("zhangyi", "张一", WeComStatus.Disabled), (member!.UserId, member.Name, member.Status));
        Assert.Equal([3, 5], member.Departments);
        Assert.Null(await Api.User("nobody", default));
        Assert.Null(await Api.User("outside", default));
        Assert.Equal("ZHANGYI", platform.Of("/cgi-bin/user/get")[0].Query["userid"]);
    }

    [Fact]
    public async Task All_members_are_listed_page_by_page_with_the_secret_of_contacts()
    {
        platform.Script(
            "/cgi-bin/user/list_id",
            """{"errcode":0,"next_cursor":"C2","dept_user":[{"userid":"ZhangYi","department":1},{"userid":"zhangyi","department":2}]}""",
            """{"errcode":0,"next_cursor":"","dept_user":[{"userid":"LiEr","department":1}]}""");

        var ids = await Api.UserIds(default);

        Assert.Equal(["lier", "zhangyi"], ids.Order(StringComparer.Ordinal));
        Assert.Contains("LIER", ids);
        Assert.Equal(["""{"limit":10000}""", """{"cursor":"C2","limit":10000}"""], platform.Of("/cgi-bin/user/list_id").Select(call => call.Text));
        Assert.All(platform.Of("/cgi-bin/user/list_id"), call => Assert.Equal("CONTACTS", call.Query["access_token"]));
        Assert.True(Api.ListsEverybody);
    }

    [Fact]
    public async Task Departments_and_their_members_are_read_with_the_secret_of_the_app()
    {
        platform.Script("/cgi-bin/department/simplelist", """{"errcode":0,"department_id":[{"id":1,"parentid":0,"order":1},{"id":2,"parentid":1,"order":1}]}""");
        platform.Script("/cgi-bin/user/simplelist", """{"errcode":0,"userlist":[{"userid":"ZhangYi","name":"张一","department":[2]}]}""");

        Assert.Equal([new WeComDepartment(1, 0), new WeComDepartment(2, 1)], await Api.Departments(default));
        Assert.Equal(["zhangyi"], await Api.Members(2, default));
        Assert.Equal("2", platform.Of("/cgi-bin/user/simplelist").Single().Query["department_id"]);
    }

    [Fact]
    public async Task Who_signs_in_is_told_for_a_code_and_somebody_from_outside_is_nobody()
    {
        const string path = "/cgi-bin/auth/getuserinfo";
        platform.Script(path, """{"errcode":0,"userid":"ZhangYi","user_ticket":"T"}""", """{"errcode":0,"openid":"o-1","external_userid":"wm-1"}""", """{"errcode":40029,"errmsg":"invalid code"}""");

        Assert.Equal("zhangyi", await Api.WhoIs("CODE+1", default));
        Assert.Null(await Api.WhoIs("CODE-2", default));
        var used = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.WhoIs("CODE+1", default));

        Assert.Equal(PlatformDetail.RestartAuthorisation, used.Detail);
        Assert.Equal("CODE+1", platform.Of(path)[0].Query["code"]);
    }

    [Fact]
    public async Task The_page_to_sign_in_names_the_company_the_app_and_the_way_back()
    {
        await using var real = await AppInstance.Start(database, platform, ("ApiBase", null));

        Assert.Equal(
            "https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww0123456789abcdef&redirect_uri=https%3A%2F%2Fbot.example%2Fconsole&response_type=code&scope=snsapi_base&state=a%26b&agentid=1000002#wechat_redirect",
            real.Api.SignInPage(new Uri("https://bot.example/console"), "a&b").AbsoluteUri);
    }

    [Fact]
    public async Task Files_go_up_within_their_limits_and_the_menu_names_its_app()
    {
        platform.Script("/cgi-bin/media/upload", """{"errcode":0,"type":"file","media_id":"M1","created_at":"1380000000"}""");

        Assert.Equal("M1", await Api.UploadMedia(WeComMediaKind.File, new byte[600], "notice.pdf", "application/pdf", default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Api.UploadMedia(WeComMediaKind.Image, new byte[5], "a.png", "image/png", default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Api.UploadMedia(WeComMediaKind.Image, new byte[10 * 1024 * 1024 + 1], "a.png", "image/png", default));
        await Api.CreateMenu("""{"button":[{"type":"click","name":"\u5f85\u529e","key":"今日待办"}]}""", default);

        Assert.Equal("file", platform.Of("/cgi-bin/media/upload").Single().Query["type"]);
        var menu = platform.Of("/cgi-bin/menu/create").Single();
        Assert.Equal(("1000002", """{"button":[{"type":"click","name":"待办","key":"今日待办"}]}"""), (menu.Query["agentid"], menu.Text));
    }

    [Fact]
    public async Task A_photo_is_kept_as_evidence_and_one_that_is_lost_is_told_to_who_sent_it()
    {
        const string media = "/cgi-bin/media/get";
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[5000]];
        platform.On(media, (_, http) => Picture(http, jpeg));
        var kept = await instance.Pictures.Take("wecom", "M1", default);
        platform.On(media, (_, http) => Break(http));
        var owed = await instance.Pictures.Take("wecom", "M2", default);
        await instance.Transactions.Run(
            "zhangyi",
            async (work, token) =>
            {
                await instance.Pictures.AlsoWrite(work.Rows, new Address("wecom", "zhangyi"), [owed], fleeting: false, token);
                return owed;
            },
            default);
        platform.Script(media, """{"errcode":40007,"errmsg":"invalid media_id"}""");

        while (await instance.Fetching.Round(default) > 0)
        {
        }

        Assert.Equal(jpeg, await File.ReadAllBytesAsync(instance.Files.PathOf(kept.Evidence.Id), TestContext.Current.CancellationToken));
        Assert.Contains("企业微信已不再保留", (await instance.Files.Find(owed.Evidence.Id, default))!.Missing, StringComparison.Ordinal);
        var told = Assert.Single(platform.Of(Send)).Json;
        Assert.Equal("zhangyi", told.GetProperty("touser").GetString());
        Assert.Contains("请重新发送", told.GetProperty("text").GetProperty("content").GetString(), StringComparison.Ordinal);
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
        await Api.Send(["zhangyi-1"], WeComMessages.Text("悄悄话"), null, default);
        platform.Script(Send, """{"errcode":40058,"errmsg":"bad for zhangyi-1"}""");
        var refused = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.Send(["zhangyi-1"], WeComMessages.Text("悄悄话"), null, default));
        platform.TokenRefusal = 40001;
        platform.Revoke();
        var stopped = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.WhoIs("CODE-SECRET", default));

        var seen = string.Join('\n', [.. instance.Log, .. traces, instance.Figures, refused.ToString(), stopped.ToString(), instance.Alarms.Standing(WeComApi.Platform)]);
        Assert.Contains("40058", seen, StringComparison.Ordinal);
        Assert.Contains("企业微信接口", seen, StringComparison.Ordinal);
        foreach (var secret in new[] { ScriptedPlatform.Secret, "TOKEN-", "access_token=", "corpsecret", "zhangyi-1", "悄悄话", "callbacktoken", "CODE-SECRET" })
            Assert.DoesNotContain(secret, seen, StringComparison.Ordinal);
    }

    private static Task Picture(HttpContext http, byte[] file)
    {
        http.Response.ContentType = "image/jpeg";
        return http.Response.Body.WriteAsync(file).AsTask();
    }

    private static Task Break(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }
}
