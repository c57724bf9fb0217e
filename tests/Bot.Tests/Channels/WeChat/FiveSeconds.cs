using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bot.Tests.Channels.WeChat;

/// <summary>The platform waits five seconds, then delivers again; one message has one effect and one reply (channels A7).</summary>
public sealed class FiveSeconds
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_ready_reply_goes_out_on_its_own_connection()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();

        var delivery = await user.Write("匿名咨询");

        Assert.Equal(Ended.Replied, Assert.Single(delivery.Attempts).Ended);
        Assert.Equal(0, bot.Ask<long>("SELECT count(*) FROM late_replies"));
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task A_turn_that_takes_longer_is_answered_by_a_message_of_its_own()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        Task<Delivery> writing;
        await using (await bot.HoldUp())
        {
            writing = user.Write("你好");
            await FollowedBot.Until(() => bot.Turns.InWork == 1);
            bot.Time.Advance(4 * Second);
            var delivery = await writing;

            Assert.Equal(Ended.Silent, Assert.Single(delivery.Attempts).Ended);
            Assert.Equal(BubbleKind.Own, user.Inbox[^1].Kind);
        }

        await FollowedBot.Until(() => user.Received[^1].Kind == BubbleKind.CustomerService);
        Assert.Contains("您好", user.Received[^1].Text, StringComparison.Ordinal);
        Assert.Single(user.Received, bubble => bubble.Kind == BubbleKind.CustomerService);
        await FollowedBot.Until(() => bot.Ask<string>("SELECT group_concat(state || reply) FROM late_replies") == "2");
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task A_turn_whose_commit_is_slow_is_never_called_late_and_the_repeat_fetches_its_reply()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        Task<Delivery> writing;

        // What queues up behind the first hold shares a commit with the second.
        var first = await bot.HoldUp();
        writing = user.Write("你好");
        await FollowedBot.Until(() => bot.Turns.InWork == 1);
        var second = bot.HoldUp();
        await first.DisposeAsync();
        await using (await second)
        {
            bot.Time.Advance(4.5 * Second);
            Assert.False(writing.IsCompleted);
            bot.Time.Advance(0.6 * Second);
            await FollowedBot.Until(() => bot.Turns.Connections == 2);
        }

        var delivery = await writing;
        Assert.Equal([Ended.TooLate, Ended.Replied], delivery.Attempts.Select(attempt => attempt.Ended));
        bot.Time.Advance(20 * Second);
        await bot.LateReplies.Round(TestContext.Current.CancellationToken);
        Assert.Single(user.Received, bubble => bubble.At > bot.Time.GetUtcNow() - TimeSpan.FromMinutes(1) && bubble.Kind == BubbleKind.Passive && bubble != user.Received[0]);
        Assert.DoesNotContain(user.Received, bubble => bubble.Kind is BubbleKind.CustomerService or BubbleKind.FailureNotice);
    }

    [Fact]
    public async Task A_reply_whose_connection_was_cut_is_fetched_by_the_repeat()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        bot.Platform.Callback.Cuts = 1;

        var delivery = await user.Write("匿名咨询");

        Assert.Equal(Ended.Replied, delivery.Attempts[^1].Ended);
        await FollowedBot.Until(() => bot.Turns.InWork == 0);
        bot.Time.Advance(20 * Second);
        await bot.LateReplies.Round(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(user.Received, bubble => bubble.Kind is BubbleKind.CustomerService or BubbleKind.FailureNotice);
        Assert.Equal(2, bot.Ask<long>("SELECT count(*) FROM seen_messages"));
    }

    [Fact]
    public async Task A_reply_that_nobody_comes_back_for_goes_another_way_once()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        Task<Delivery> writing;
        var first = await bot.HoldUp();
        writing = user.Write("你好");
        await FollowedBot.Until(() => bot.Turns.InWork == 1);
        var second = bot.HoldUp();
        await first.DisposeAsync();
        await using (await second)
        {
            // Three deliveries of five seconds each, all cut before the commit.
            for (var delivery = 1; delivery <= 3; delivery++)
            {
                await FollowedBot.Until(() => bot.Turns.Connections == delivery);
                bot.Time.Advance(5.1 * Second);
            }

            Assert.True((await writing).FailureShown);
        }

        await FollowedBot.Until(() => bot.Turns.InWork == 0 && bot.Ask<long>("SELECT count(*) FROM late_replies") == 1);
        await bot.LateReplies.Round(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(user.Received, bubble => bubble.Kind == BubbleKind.CustomerService);
        bot.Time.Advance(13 * Second);
        await bot.LateReplies.Round(TestContext.Current.CancellationToken);
        await bot.LateReplies.Round(TestContext.Current.CancellationToken);
        Assert.Single(user.Received, bubble => bubble.Kind == BubbleKind.CustomerService);
    }

    [Fact]
    public async Task Deliveries_at_the_same_time_are_one_turn_and_get_the_same_answer()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        bot.Platform.Callback.Copies = 4;

        var delivery = await user.Write("匿名咨询");

        Assert.Equal(5, delivery.Attempts.Count);
        Assert.Single(delivery.Attempts.Select(attempt => attempt.Reply!.Text).Distinct());
        Assert.Equal(2, bot.Ask<long>("SELECT count(*) FROM seen_messages"));
    }

    [Fact]
    public async Task What_comes_again_after_a_restart_gets_its_reply_again()
    {
        var folder = Directory.CreateTempSubdirectory("bot").FullName;
        var time = new HandTime("2026-11-23 10:00", timers: true);
        await using var platform = await new WeChatPlatform(time: time).Start();
        var user = platform.NewUser();
        const string message = "<xml><ToUserName><![CDATA[gh_1a2b3c4d5e6f]]></ToUserName><FromUserName><![CDATA[{0}]]></FromUserName><CreateTime>1763770000</CreateTime>"
            + "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[匿名咨询]]></Content><MsgId>25000000000000001</MsgId></xml>";
        var replies = new List<string>();
        for (var start = 0; start < 2; start++)
        {
            await using var bot = await Hosting.RunningBot.Start(folder, services => services.AddSingleton<TimeProvider>(time), settings: platform.Settings);
            platform.Callback.SendTo(new Uri(bot.Address, "wechat"));
            replies.Add((await platform.Callback.Push(user, message.Replace("{0}", user.OpenId, StringComparison.Ordinal))).Text);
        }

        Directory.Delete(folder, recursive: true);
        Assert.NotEmpty(replies[0]);
        Assert.Equal(replies[0], replies[1]);
    }

    [Fact]
    public async Task Equal_numbers_of_two_people_and_two_events_of_one_second_are_told_apart()
    {
        await using var bot = await FollowedBot.Start();
        var (one, two) = (await bot.Follower(), await bot.Follower());
        var stamp = new Stamp(MsgId: 7);

        await Task.WhenAll(one.Write("匿名咨询", stamp), two.Write("意见反馈", stamp));
        await one.Event("CLICK", new System.Xml.Linq.XElement("EventKey", "菜单"));
        await one.Event("CLICK", new System.Xml.Linq.XElement("EventKey", "帮助"));

        Assert.Equal(6, bot.Ask<long>("SELECT count(*) FROM seen_messages"));
        Assert.NotEqual(one.Received[1].Text, two.Received[1].Text);
        Assert.Equal(4, one.Received.Count);
    }

    [Fact]
    public async Task What_is_said_after_a_picture_is_heard_after_it()
    {
        await using var bot = await FollowedBot.Start();
        var user = await bot.Follower();
        bot.Platform.Faults.Next("/media/get", new Fault.Slow(Second));

        var photo = user.SendPhoto(Convert.FromBase64String("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="));
        await FollowedBot.Until(() => bot.Turns.InWork == 1);
        var words = user.Write("投诉检查行为");
        await FollowedBot.Until(() => bot.Turns.InWork == 2);
        bot.Time.Advance(2 * Second);

        // Heard the other way round, it would be a picture in the middle of a complaint.
        Assert.StartsWith("图片收到了，先替您留着", (await photo).Text, StringComparison.Ordinal);
        Assert.NotEmpty((await words).Text);
    }

    [Fact]
    public async Task Without_the_secret_the_repeat_brings_the_reply()
    {
        await using var bot = await FollowedBot.Start(settings: "--WeChat:AppSecret=");
        var user = await bot.Follower();
        Task<Delivery> writing;
        await using (await bot.HoldUp())
        {
            writing = user.Write("你好");
            await FollowedBot.Until(() => bot.Turns.InWork == 1);
            bot.Time.Advance(5.1 * Second);
            await FollowedBot.Until(() => bot.Turns.Connections == 2);
        }

        var delivery = await writing;
        Assert.Equal([Ended.TooLate, Ended.Replied], delivery.Attempts.Select(attempt => attempt.Ended));
    }

    [Fact]
    public async Task Original_and_repeat_on_two_instances_are_one_turn()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Postgres);
        var time = new HandTime("2026-11-23 10:00", timers: true);
        await using var platform = await new WeChatPlatform(time: time).Start();
        string[] settings = [.. platform.Settings, $"--ConnectionStrings:Database={database.Location.ConnectionString}"];
        await using var one = await Hosting.RunningBot.Start(exchange: services => services.AddSingleton<TimeProvider>(time), settings: settings);
        await using var two = await Hosting.RunningBot.Start(exchange: services => services.AddSingleton<TimeProvider>(time), settings: settings);
        platform.Callback.SendTo(new Uri(one.Address, "wechat"), new Uri(two.Address, "wechat"));
        var user = platform.NewUser();
        await user.Follow();
        platform.Callback.Copies = 3;

        foreach (var words in (string[])["匿名咨询", "菜单", "意见反馈", "帮助"])
        {
            var delivery = await user.Write(words);

            Assert.Equal(4, delivery.Attempts.Count);
            Assert.Equal(2, delivery.Attempts.Select(attempt => attempt.To).Distinct().Count());
            Assert.Single(delivery.Attempts.Select(attempt => attempt.Reply?.Text).Distinct());
        }

        Assert.Equal(5L, await Count(database, "seen_messages"));
        Assert.Equal(0L, await Count(database, "late_replies WHERE state < 4"));
        Assert.Empty(platform.Violations);
    }

    private static async Task<long> Count(Databases database, string table)
    {
        await using var source = NpgsqlDataSource.Create(database.Location.ConnectionString);
        await using var command = source.CreateCommand($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
