using System.Globalization;
using System.Xml.Linq;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;

namespace Bot.Tests.Channels.WeChat;

/// <summary>What people send and do, kind by kind (channels A4, A5).</summary>
public sealed class SayingThings
{
    private static readonly byte[] Photo =
    [
        .. Convert.FromBase64String("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="),
    ];

    [Fact]
    public async Task Buttons_are_words_to_tap_and_a_tap_belongs_to_its_question()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();

        var menu = user.Received[^1];
        Assert.Contains(menu.Tappables, word => word is { Caption: "匿名咨询", StepId: "0" });
        await user.Tap("匿名咨询");
        Assert.DoesNotContain("没听明白", user.Received[^1].Text, StringComparison.Ordinal);

        await user.Write("取消");
        foreach (var words in (string[])["投诉检查行为", "他们来检查，收了两千元没有开票", "昨天"])
            await user.Write(words);
        var asked = user.Received[^1].Tappables.First(word => word.StepId is not "0");
        await user.Tap(asked.Caption);
        Assert.DoesNotContain("已经", user.Received[^1].Text, StringComparison.Ordinal);
        await user.Write("取消");
        await user.Write("放弃");
        await user.Write("菜单");
        await bot.Platform.Callback.Push(user, Message(user, "text", new XElement("Content", asked.Caption), new XElement("bizmsgmenuid", asked.StepId), new XElement("MsgId", 77)));
        Assert.Contains("已经结束", user.Received[^1].Text, StringComparison.Ordinal);
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task A_voice_with_words_is_its_words_and_one_without_is_asked_for_them()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();

        Assert.Contains("您好", (await user.SendVoice([1, 2, 3], "你好")).Text, StringComparison.Ordinal);
        Assert.Contains("语音我没听清", (await user.SendVoice([1, 2, 3])).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_are_kept_and_asked_about_and_what_cannot_be_read_is_said_so()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();

        Assert.Contains("图片收到了", (await user.SendPhoto(Photo)).Text, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(bot.Bot.Folder, "files")));
        Assert.Contains("图片没能收下", (await user.SendPhoto([1, 2, 3])).Text, StringComparison.Ordinal);
        Assert.Contains("只看得懂文字和图片", (await user.SendVideo([1, 2, 3])).Text, StringComparison.Ordinal);
        Assert.Contains("位置收到了", (await user.SendLocation(32.5, 120.1, "姜堰区")).Text, StringComparison.Ordinal);
        Assert.NotEmpty((await user.SendLink("检查通知", "来自某单位", "https://example.org/1")).Text);
        Assert.Contains("只看得懂文字", (await user.Write("【收到不支持的消息类型，暂无法显示】")).Text, StringComparison.Ordinal);
        Assert.Empty(bot.Platform.Violations);
    }

    [Theory]
    [InlineData("VIEW", "EventKey", "https://example.org")]
    [InlineData("view_miniprogram", "EventKey", "pages/index")]
    [InlineData("LOCATION", "Latitude", "32.5")]
    [InlineData("pic_sysphoto", "EventKey", "photo")]
    [InlineData("location_select", "EventKey", "place")]
    [InlineData("MASSSENDJOBFINISH", "MsgID", "1")]
    [InlineData("kf_create_session", "KfAccount", "a@b")]
    [InlineData("CLICK", "EventKey", "")]
    [InlineData("SCAN", "EventKey", "")]
    public async Task What_needs_no_answer_is_acknowledged_and_leaves_nothing(string name, string field, string value)
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        var before = bot.Traces();

        var delivery = await user.Event(name, new XElement(field, value));

        Assert.Equal(Ended.Silent, Assert.Single(delivery.Attempts).Ended);
        Assert.Equal(before, bot.Traces());
    }

    [Fact]
    public async Task A_menu_entry_says_its_key()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();

        var delivery = await user.Event("CLICK", new XElement("EventKey", "匿名咨询"));

        Assert.DoesNotContain("没听明白", delivery.Text, StringComparison.Ordinal);
        Assert.NotEmpty(delivery.Text);
    }

    [Fact]
    public async Task A_scene_reaches_the_desk_however_it_is_scanned_and_loses_its_prefix_once()
    {
        await using var bot = await FollowedBot.Start();
        var (one, two) = (bot.Platform.NewUser(), await bot.Follower());
        const string notOurs = "二维码在这里用不了";

        Assert.Contains(notOurs, (await one.Event("subscribe", new XElement("EventKey", "qrscene_qrscene_1"))).Text, StringComparison.Ordinal);
        Assert.Contains(notOurs, (await two.Event("SCAN", new XElement("EventKey", "qrscene_1"))).Text, StringComparison.Ordinal);
        Assert.Contains(notOurs, (await two.Event("scancode_waitmsg", Scanned("other_1"))).Text, StringComparison.Ordinal);
        Assert.Contains("您好", (await two.Event("scancode_waitmsg", Scanned("你好"))).Text, StringComparison.Ordinal);
        Assert.Equal(Ended.Silent, (await two.Event("scancode_push", Scanned("https://example.org"))).Attempts[^1].Ended);
    }

    [Fact]
    public async Task An_event_is_known_in_any_spelling()
    {
        await using var bot = await FollowedBot.Start();
        var user = bot.Platform.NewUser();

        Assert.Contains("您好", (await user.Event("Subscribe")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_something_is_made_that_nobody_has_heard_of_is_kept_for_thirty_days_but_not_what_it_says_or_whose_it_is()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();

        Assert.Equal(Ended.Silent, (await user.Event("brand_new_event", new XElement("Some", "thing"))).Attempts[^1].Ended);
        Assert.Equal(Ended.Silent, (await bot.Platform.Callback.Push(user, Message(user, "hologram", new XElement("MsgId", 5)))).Attempts[^1].Ended);

        Assert.Equal(2, bot.Ask<long>("SELECT count(*) FROM wechat_unknown_pushes"));
        Assert.Equal(1, bot.Ask<long>("SELECT count(*) FROM wechat_unknown_pushes WHERE shape LIKE 'event brand_new_event: %Some'"));
        Assert.Equal(0, bot.Ask<long>($"SELECT count(*) FROM wechat_unknown_pushes WHERE shape LIKE '%thing%' OR shape LIKE '%{user.OpenId}%'"));
        Assert.Equal(0, bot.Ask<long>("SELECT max(purge_at % 86400000) FROM wechat_unknown_pushes"));
        bot.Time.Advance(TimeSpan.FromDays(31));
        await FollowedBot.Until(() => bot.Ask<long>("SELECT count(*) FROM wechat_unknown_pushes") == 0);
    }

    [Fact]
    public async Task Whoever_unfollows_takes_all_traces_along_and_does_not_lose_new_ones_to_a_repeat()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        await user.Write("意见反馈");
        await user.Event("brand_new_event");
        Assert.Equal(1, bot.Ask<long>("SELECT count(*) FROM talk_states"));

        var left = await user.Unfollow();

        Assert.Equal(Ended.Silent, left.Attempts[^1].Ended);
        foreach (var table in (string[])["seen_messages", "talk_states", "late_replies"])
            Assert.Equal(0, bot.Ask<long>($"SELECT count(*) FROM {table} WHERE quote({(table == "seen_messages" ? "message_id" : "external_id")}) LIKE '%{user.OpenId}%'"));
        await user.Follow();
        await user.Write("意见反馈");
        await bot.Platform.Callback.Push(user, left.InnerXml);
        Assert.Equal(1, bot.Ask<long>("SELECT count(*) FROM talk_states"));
    }

    [Fact]
    public async Task Reports_on_messages_and_popups_are_written_down()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        var list = new XElement("List", new XElement("TemplateId", "T1"), new XElement("MsgID", 9), new XElement("ErrorCode", 0), new XElement("ErrorStatus", "success"));

        await user.Event("TEMPLATESENDJOBFINISH", new XElement("MsgID", 8), new XElement("Status", "failed:user block"));
        await user.Event("subscribe_msg_sent_event", new XElement("SubscribeMsgSentEvent", list));

        Assert.Equal("wechat:8 failed:user block,wechat:9 success", bot.Ask<string>("SELECT group_concat(receipt || ' ' || status) FROM (SELECT * FROM delivery_reports ORDER BY receipt)"));
    }

    private static XElement Scanned(string result) => new("ScanCodeInfo", new XElement("ScanType", "qrcode"), new XElement("ScanResult", result));

    private static string Message(WeChatUser user, string type, params XElement[] parts) => new XElement(
        "xml",
        new XElement("ToUserName", "gh_1a2b3c4d5e6f"),
        new XElement("FromUserName", user.OpenId),
        new XElement("CreateTime", 1795399200.ToString(CultureInfo.InvariantCulture)),
        new XElement("MsgType", type),
        parts).ToString(SaveOptions.DisableFormatting);
}
