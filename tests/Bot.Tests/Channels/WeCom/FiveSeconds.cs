using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bot.Tests.Channels.WeCom;

/// <summary>The platform waits five seconds, then delivers again; one message has one effect and one reply (channels C2, A7).</summary>
public sealed class FiveSeconds
{
    private const string Question = "15号算不算安静日";
    private const string WithCard = "你好";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_ready_reply_goes_out_on_its_own_connection()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();

        var delivery = await official.Say(Question);

        Assert.Equal(Ended.Replied, Assert.Single(delivery.Attempts).Ended);
        Assert.Equal(0, bot.Ask<long>("SELECT count(*) FROM late_replies"));
        Assert.Equal([EntryKind.Passive], official.Received.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task A_turn_that_takes_longer_is_answered_by_a_message_of_its_own_once()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        await using (await bot.HoldUp())
        {
            var saying = official.Say(Question);
            await FollowedBot.Until(() => bot.Turns.InWork == 1);
            bot.Time.Advance(4 * Second);
            Assert.Equal(Ended.Silent, Assert.Single((await saying).Attempts).Ended);
        }

        await official.Sees(entry => entry.Kind == EntryKind.Sent);
        Assert.Contains("安静日", official.Received.Single().Text, StringComparison.Ordinal);
        await FollowedBot.Until(() => bot.Ask<long>("SELECT count(*) FROM late_replies WHERE state = 2") == 1);
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task A_card_is_queued_with_the_turn_and_shown_once_however_often_the_push_comes()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        bot.Platform.Callback.Copies = 4;

        var delivery = await official.Say(WithCard);
        await official.Sees(entry => entry.Card is not null);
        await bot.Platform.Callback.Repeat(delivery.InnerXml);
        await FollowedBot.Until(() => bot.Turns.InWork == 0 && bot.Ask<long>("SELECT count(*) FROM late_replies WHERE state < 2") == 0);

        Assert.Single(official.Cards);
        Assert.Equal(1, bot.Ask<long>("SELECT count(*) FROM seen_messages"));
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task A_reply_whose_connection_was_cut_is_fetched_by_the_repeat()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        bot.Platform.Callback.Cuts = 1;

        var delivery = await official.Say(Question);

        Assert.Equal(Ended.Replied, delivery.Attempts[^1].Ended);
        await FollowedBot.Until(() => bot.Turns.InWork == 0);
        bot.Time.Advance(20 * Second);
        Assert.Equal([EntryKind.Passive], official.Received.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task Nobody_coming_back_for_a_reply_it_goes_another_way_once()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        await official.Say(Question);
        Task<Delivery> saying;
        var first = await bot.HoldUp();
        saying = official.Say(Question);
        await FollowedBot.Until(() => bot.Turns.InWork == 1);
        var second = bot.HoldUp();
        await first.DisposeAsync();
        await using (await second)
        {
            for (var delivery = 1; delivery <= 3; delivery++)
            {
                await FollowedBot.Until(() => bot.Turns.Connections == delivery);
                bot.Time.Advance(5.1 * Second);
            }

            await saying;
        }

        await FollowedBot.Until(() => bot.Turns.InWork == 0 && bot.Ask<long>("SELECT count(*) FROM late_replies") == 1);
        Assert.Single(official.Received);
        bot.Time.Advance(13 * Second);
        await official.Sees(entry => entry.Kind == EntryKind.Sent);
        Assert.Equal([EntryKind.Passive, EntryKind.Sent], official.Received.Select(entry => entry.Kind));
    }

    [Fact]
    public async Task Without_the_secret_the_repeat_brings_the_reply_and_choices_are_words()
    {
        await using var bot = await StaffedBot.Start(settings: "--WeCom:Secret=");
        var official = await bot.Official();
        Task<Delivery> saying;
        await using (await bot.HoldUp())
        {
            saying = official.Say(WithCard);
            await FollowedBot.Until(() => bot.Turns.InWork == 1);
            bot.Time.Advance(5.1 * Second);
            await FollowedBot.Until(() => bot.Turns.Connections == 2);
        }

        var delivery = await saying;
        Assert.Equal([Ended.TooLate, Ended.Replied], delivery.Attempts.Select(attempt => attempt.Ended));
        Assert.Contains("【今日待办】", delivery.Text, StringComparison.Ordinal);
        Assert.Equal(0, bot.Ask<long>("SELECT count(*) FROM late_replies"));
    }

    [Fact]
    public async Task What_comes_again_after_a_restart_has_no_second_effect()
    {
        var folder = Directory.CreateTempSubdirectory("bot").FullName;
        var time = new HandTime("2026-11-23 10:00", timers: true);
        await using var platform = await new WeComPlatform(time: time).Start();
        var stranger = platform.NewMember("路人");
        var pushed = "";
        var replies = new List<string?>();
        for (var start = 0; start < 2; start++)
        {
            await using var bot = await Hosting.RunningBot.Start(folder, services => services.AddSingleton<TimeProvider>(time), settings: platform.Settings);
            platform.Callback.SendTo(new Uri(bot.Address, "wecom"));
            if (start == 0)
            {
                var delivery = await stranger.Say(Question);
                (pushed, _) = (delivery.InnerXml, delivery.Text);
                replies.Add(delivery.Text);
            }
            else
            {
                replies.Add((await platform.Callback.Repeat(pushed)).Reply?.Text);
            }

            Assert.Equal(1, Rows.Ask<long>(folder, "SELECT count(*) FROM seen_messages"));
        }

        Directory.Delete(folder, recursive: true);
        Assert.NotEmpty(replies[0]!);
        Assert.Equal(replies[0], replies[1]);
    }

    [Fact]
    public async Task Original_and_repeat_on_two_instances_are_one_turn_with_one_card()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Postgres);
        var time = new HandTime("2026-11-23 10:00", timers: true);
        var platform = new WeComPlatform(time: time);
        await platform.Start();
        string[] settings = [$"--ConnectionStrings:Database={database.Location.ConnectionString}"];
        await using var one = await StaffedBot.Start(time: time, platform: platform, settings: settings);
        await using var two = await Hosting.RunningBot.Start(exchange: services => services.AddSingleton<TimeProvider>(time), settings: [.. platform.Settings, .. settings]);
        platform.Callback.SendTo(new Uri(one.Bot.Address, "wecom"), new Uri(two.Address, "wecom"));
        var official = await one.Official();
        platform.Callback.Copies = 3;

        foreach (var words in (string[])[Question, WithCard, "几点下班"])
        {
            var delivery = await official.Say(words);

            Assert.Equal(4, delivery.Attempts.Count);
            Assert.Equal(2, delivery.Attempts.Select(attempt => attempt.To).Distinct().Count());
            Assert.Single(delivery.Attempts.Select(attempt => attempt.Reply?.Text).Distinct());
        }

        await official.Sees(entry => entry.Card is not null);
        await official.Leave();
        Assert.Equal(3L, await Count(database, "seen_messages"));
        Assert.Equal(1L, await Count(database, "audit WHERE action = 'StopAccess'"));
        Assert.Single(official.Cards);
        Assert.Empty(platform.Violations);
    }

    private static async Task<long> Count(Databases database, string table)
    {
        await using var source = NpgsqlDataSource.Create(database.Location.ConnectionString);
        await using var command = source.CreateCommand($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
