using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Emulators.WeCom;
using Bot.Import;
using Bot.Outbox;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeCom;

/// <summary>Who is served on WeCom: whom the roster names, as long as the company has them (design.md decision 8).</summary>
public sealed class ComingAndLeaving
{
    private const string Stranger = "不在云澜区涉企行政检查的人员名单里";

    [Theory]
    [InlineData("投诉检查行为")]
    [InlineData("匿名咨询")]
    [InlineData("今日待办")]
    [InlineData("着火了")]
    public async Task Whoever_is_not_on_the_roster_is_told_whom_to_ask_and_nothing_else(string words)
    {
        await using var bot = await StaffedBot.Start();
        var stranger = bot.Platform.NewMember("路人");

        var delivery = await stranger.Say(words);

        Assert.Contains(Stranger, delivery.Text, StringComparison.Ordinal);
        Assert.Contains("电话", delivery.Text, StringComparison.Ordinal);
        Assert.Single(delivery.Text, '。');
        Assert.Equal(0, bot.Ask<long>("SELECT count(*) FROM talk_states"));
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task An_enterprises_contact_is_nobody_here()
    {
        await using var bot = await StaffedBot.Start();
        var contact = await bot.Official("庄亦舟", ActorRole.EnterpriseUser);

        Assert.Contains(Stranger, (await contact.Say("检查预告")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_userid_is_the_same_person_in_any_case()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official(userId: "WeiYiZhou");
        foreach (var written in (string[])["WeiYiZhou", "weiyizhou", "WEIYIZHOU"])
        {
            official.PushedAs = written;
            Assert.DoesNotContain(Stranger, (await official.Say("15号算不算安静日")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_leaves_has_lost_access_before_the_next_word()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official(userId: "WeiYiZhou");
        await official.Say("登记任务");
        Assert.Equal(1, bot.Ask<long>("SELECT count(*) FROM talk_states"));

        await official.Leave();

        Assert.Null(await bot.PersonBehind("WeiYiZhou"));
        Assert.Equal(0, bot.Ask<long>("SELECT count(*) FROM talk_states"));
        Assert.Equal(1, bot.Ask<long>("SELECT count(*) FROM audit WHERE action = 'StopAccess' AND subject = 'p-weiyizhou' AND actor = 'service'"));
        await bot.Platform.Callback.Push(Text(bot, "WeiYiZhou"));
        Assert.Null(await bot.PersonBehind("WeiYiZhou"));
    }

    [Fact]
    public async Task Whoever_gets_the_userid_of_somebody_who_left_is_somebody_else()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official(userId: "zhang");
        await official.LoseSight();
        await bot.Platform.Callback.Push(Contact(bot, "create_user", "zhang"));
        await bot.Platform.Callback.Push(Event(bot, "zhang", "subscribe"));

        Assert.Null(await bot.PersonBehind("zhang"));
    }

    [Fact]
    public async Task Who_is_blocked_or_out_of_sight_comes_back_when_the_platform_says_so()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();

        await official.Disable();
        Assert.Null(await bot.PersonBehind(official.UserId));
        await official.Enable();
        Assert.NotNull(await bot.PersonBehind(official.UserId));
        await official.LoseSight();
        await official.LoseSight();
        Assert.Null(await bot.PersonBehind(official.UserId));
        await official.GainSight();
        Assert.DoesNotContain(Stranger, (await official.Say("15号算不算安静日")).Text, StringComparison.Ordinal);

        Assert.Equal(2, bot.Ask<long>("SELECT count(*) FROM audit WHERE action = 'StopAccess'"));
        Assert.Equal(2, bot.Ask<long>("SELECT count(*) FROM audit WHERE action = 'ResumeAccess'"));
    }

    [Fact]
    public async Task What_happened_earlier_and_is_told_later_undoes_nothing()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        var earlier = Event(bot, official.UserId, "unsubscribe");
        bot.Time.Advance(TimeSpan.FromSeconds(30));

        await bot.Platform.Callback.Push(Event(bot, official.UserId, "subscribe"));
        await bot.Platform.Callback.Push(earlier);

        Assert.NotNull(await bot.PersonBehind(official.UserId));
    }

    [Fact]
    public async Task Deliveries_at_the_same_time_have_one_effect()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        bot.Platform.Callback.Copies = 5;

        await official.Leave();

        Assert.Equal(1, bot.Ask<long>("SELECT count(*) FROM audit WHERE action = 'StopAccess'"));
    }

    [Fact]
    public async Task Whoever_gets_another_userid_stays_the_same_person_in_the_same_talk()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official(userId: "old.name");
        var person = await bot.PersonBehind("old.name");
        await official.Say("登记任务");

        await official.Rename("New.Name");

        Assert.Equal((null, person), (await bot.PersonBehind("old.name"), await bot.PersonBehind("new.name")));
        Assert.Equal("new.name", bot.Ask<string>("SELECT external_id FROM talk_states"));
        Assert.DoesNotContain(Stranger, (await official.Say("取消")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_userid_that_is_somebody_elses_on_the_roster_lets_neither_in_and_alarms()
    {
        await using var bot = await StaffedBot.Start();
        await bot.Enter("zhang2", "张二", ActorRole.Supervisor);
        var official = await bot.Official(userId: "zhang");

        await official.Rename("zhang2");

        Assert.Equal((null, null), (await bot.PersonBehind("zhang"), await bot.PersonBehind("zhang2")));
        Assert.Contains("bot_platform_alarms_total", await bot.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_owed_to_who_left_is_reported_as_undeliverable()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        await official.Leave();
        var person = "p-" + official.UserId.ToLowerInvariant();
        await bot.Transactions.Run(
            "notice",
            async (work, token) =>
            {
                await work.Services.GetRequiredService<NoticeBoard>().Owe(person, "N21", "test", "T1", Fields, token);
                return true;
            },
            CancellationToken.None);

        await bot.Bot.Services.GetRequiredService<Deliver>().Round(TestContext.Current.CancellationToken);

        await using var scope = bot.Bot.Services.CreateAsyncScope();
        var notice = await scope.ServiceProvider.GetRequiredService<SupervisionDb>().Notices.SingleAsync(n => n.PersonId == person, TestContext.Current.CancellationToken);
        Assert.Equal(NoticeState.Undeliverable, notice.State);
    }

    [Fact]
    public async Task The_nightly_roll_finds_whom_no_push_named()
    {
        await using var bot = await StaffedBot.Start();
        var (gone, blocked, unseen, stays) = (await bot.Official("甲"), await bot.Official("乙"), await bot.Official("丙"), await bot.Official("丁"));
        var (more, again) = (await bot.Official("戊"), await bot.Official("己"));
        await again.LoseSight();
        await again.GainSight(told: false);
        await gone.Leave(told: false);
        await blocked.Disable(told: false);
        await unseen.LoseSight(told: false);

        Assert.Equal((3, 1), await bot.Roll.Call(TestContext.Current.CancellationToken));

        foreach (var lost in (WeComMember[])[gone, blocked, unseen])
            Assert.Null(await bot.PersonBehind(lost.UserId));
        foreach (var kept in (WeComMember[])[stays, more, again])
            Assert.NotNull(await bot.PersonBehind(kept.UserId));
        Assert.Equal((0, 0), await bot.Roll.Call(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task When_almost_everybody_seems_gone_nobody_is_shut_out_and_the_operator_is_alarmed()
    {
        await using var bot = await StaffedBot.Start();
        for (var i = 0; i < 8; i++)
            await (await bot.Official($"官员{i}")).LoseSight(told: false);

        Assert.Equal((0, 0), await bot.Roll.Call(TestContext.Current.CancellationToken));
        Assert.Contains("api=\"roll\"", await bot.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_roll_is_called_in_the_night_and_by_itself()
    {
        await using var bot = await StaffedBot.Start();
        var (gone, stays) = (await bot.Official("甲"), await bot.Official("乙"));

        // From Monday 10:00 to past 2:40.
        bot.Time.Advance(TimeSpan.FromMinutes(2));
        await Channels.WeChat.FollowedBot.Until(() => bot.Ask<long>("SELECT count(*) FROM begun_sends") == 1);
        await gone.Leave(told: false);
        bot.Time.Advance(TimeSpan.FromHours(17));

        await Channels.WeChat.FollowedBot.Until(() => bot.Ask<long>("SELECT count(*) FROM audit WHERE action = 'StopAccess'") == 1);
        Assert.NotNull(await bot.PersonBehind(stays.UserId));
    }

    [Fact]
    public async Task A_roll_that_the_night_missed_is_called_after_the_start()
    {
        await using var bot = await StaffedBot.Start();
        var (gone, _) = (await bot.Official("甲"), await bot.Official("乙"));
        await gone.Leave(told: false);

        bot.Time.Advance(TimeSpan.FromMinutes(2));

        await Channels.WeChat.FollowedBot.Until(() => bot.Ask<long>("SELECT count(*) FROM audit WHERE action = 'StopAccess'") == 1);
    }

    [Fact]
    public async Task A_roster_that_is_loaded_again_gives_nobody_back_what_the_platform_took()
    {
        await using var bot = await StaffedBot.Start();
        var official = bot.Platform.NewMember("魏亦舟", "WeiYiZhou");
        await Load(bot);
        Assert.Equal("I1", await bot.PersonBehind("weiyizhou"));

        await official.LoseSight();
        await Load(bot);
        Assert.Null(await bot.PersonBehind("weiyizhou"));
        await official.GainSight();

        Assert.Equal("I1", await bot.PersonBehind("weiyizhou"));
    }

    private static async Task Load(StaffedBot bot)
    {
        var (units, people) = (Path.Combine(bot.Bot.Folder, "units.csv"), Path.Combine(bot.Bot.Folder, "people.csv"));
        await File.WriteAllTextAsync(units, "id,name,level,field,phone\nU01,云澜区应急管理局,district,应急管理,0000-86000100\n");
        await File.WriteAllTextAsync(people, "id,name,role,unit,wecom\nI1,魏亦舟,执法人员,U01,WeiYiZhou\n");
        foreach (var (file, kind) in new[] { (units, "units.csv"), (people, "people.csv") })
            await Importing.Take(bot.Transactions, file, Kind.OfFile(kind)!, dryRun: false, TestContext.Current.CancellationToken);
    }

    private static readonly Dictionary<string, string> Fields = new() { ["name"] = "检查预告", ["subject"] = "T1", ["reason"] = "没有可用的联系方式", ["phones"] = "" };

    private static string Text(StaffedBot bot, string userId) => Inner(bot, userId, "text", "<Content>今日待办</Content><MsgId>77</MsgId><AgentID>1000002</AgentID>");

    private static string Event(StaffedBot bot, string userId, string name) => Inner(bot, userId, "event", $"<Event>{name}</Event><EventKey></EventKey><AgentID>1000002</AgentID>");

    private static string Contact(StaffedBot bot, string change, string userId) => Inner(bot, "sys", "event", $"<Event>change_contact</Event><ChangeType>{change}</ChangeType><UserID>{userId}</UserID>");

    private static string Inner(StaffedBot bot, string from, string type, string rest) =>
        $"<xml><ToUserName>{bot.Platform.App.CorpId}</ToUserName><FromUserName>{from}</FromUserName><CreateTime>{bot.Time.GetUtcNow().ToUnixTimeSeconds()}</CreateTime><MsgType>{type}</MsgType>{rest}</xml>";
}
