using System.Xml.Linq;
using Bot.Domain.Commands;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;

namespace Bot.Tests.Channels.WeCom;

/// <summary>What officials send and do, kind by kind (channels C3, C4).</summary>
public sealed class SayingThings
{
    private static readonly byte[] Photo =
    [
        .. Convert.FromBase64String("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="),
    ];

    [Fact]
    public async Task What_has_no_words_is_answered_kindly()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();

        Assert.Contains("语音我没听清", (await official.SendVoice([1, 2, 3, 4, 5, 6])).Text, StringComparison.Ordinal);
        Assert.Contains("位置收到了", (await official.SendLocation(31.2, 121.5, "石桥河路")).Text, StringComparison.Ordinal);
        Assert.Contains("只看得懂文字和图片", (await official.SendVideo([1, 2, 3, 4, 5, 6])).Text, StringComparison.Ordinal);
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task A_picture_is_kept_and_one_that_is_none_is_said_so()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();

        var taken = await official.SendPhoto(Photo);
        await official.Sees(entry => entry.Kind != EntryKind.Own && $"{entry.Text}{entry.Card}".Contains("图片收到了", StringComparison.Ordinal));
        var refused = await official.SendPhoto([1, 2, 3, 4, 5, 6]);

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(bot.Bot.Folder, "files")));
        Assert.Contains("图片没能收下", refused.Text, StringComparison.Ordinal);
        Assert.All(taken.Attempts, attempt => Assert.NotEqual(Ended.Wrong, attempt.Ended));
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task Whoever_opens_the_app_is_greeted_once_a_day()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();

        await official.Open();
        await official.Sees(entry => $"{entry.Text}{entry.Card}".Contains("您好，魏亦舟", StringComparison.Ordinal));
        await official.Sees(entry => entry.Card is { Usable: true });
        var greeted = official.Received.Count;
        await official.Open();
        bot.Time.Advance(TimeSpan.FromHours(3));
        await official.Open();
        Assert.Equal(greeted, official.Received.Count);

        bot.Time.Advance(TimeSpan.FromHours(20));
        await official.Open();
        await official.Sees(entry => entry.Number > greeted && entry.At > bot.Time.GetUtcNow() - TimeSpan.FromMinutes(1));
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task Opening_the_app_in_the_middle_of_something_disturbs_nothing()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        await official.Say("登记任务");
        var state = bot.Ask<string>("SELECT state FROM talk_states");

        var delivery = await official.Open();

        Assert.Equal(Ended.Silent, Assert.Single(delivery.Attempts).Ended);
        Assert.Equal(state, bot.Ask<string>("SELECT state FROM talk_states"));
    }

    [Fact]
    public async Task A_tapped_menu_is_its_words_whatever_is_open()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official(role: ActorRole.UnitLeader);

        await official.Event("click", new XElement("EventKey", "待我审批"));

        await official.Sees(entry => $"{entry.Text}{entry.Card}".Contains("审批", StringComparison.Ordinal));
        Assert.Empty(bot.Platform.Violations);
    }

    [Theory]
    [InlineData("view", "https://example.org/")]
    [InlineData("view_miniprogram", "pages/index")]
    [InlineData("LOCATION", "")]
    [InlineData("batch_job_result", "")]
    [InlineData("change_external_contact", "")]
    [InlineData("template_card_event", "0|同意")]
    [InlineData("click", "")]
    public async Task What_says_nothing_is_answered_by_nothing_and_leaves_nothing(string name, string key)
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        var before = bot.Traces();

        var delivery = await official.Event(name, new XElement("EventKey", key));

        Assert.Equal((Ended.Silent, 200), (delivery.Attempts.Single().Ended, delivery.Attempts.Single().Status));
        Assert.Equal(before, bot.Traces());
    }

    [Fact]
    public async Task What_is_not_known_is_kept_as_it_came_and_nobody_is_told()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();

        var delivery = await official.Event("hologram_opened", new XElement("EventKey", "明天"));

        Assert.Equal(Ended.Silent, Assert.Single(delivery.Attempts).Ended);
        Assert.Contains("hologram_opened", bot.Ask<string>("SELECT shape FROM wechat_unknown_pushes"), StringComparison.Ordinal);
        Assert.Contains("bot_wecom_unknown_total 1", await bot.Metrics(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_is_about_to_be_suspended_is_the_operators_business()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();

        await official.Event("inactive_alert", new XElement("EventKey", ""));

        Assert.Contains(bot.Log.Lines, line => line.Contains("应用不活跃", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Equal_numbers_of_two_people_and_two_taps_of_one_second_are_told_apart()
    {
        await using var bot = await StaffedBot.Start();
        var (one, two) = (await bot.Official("甲"), await bot.Official("乙"));
        var stamp = new Stamp(MsgId: 7);

        await Task.WhenAll(one.Say("15号算不算安静日", stamp), two.Say("几点下班", stamp));
        await one.Event("click", new XElement("EventKey", "今日待办"));
        await one.Event("click", new XElement("EventKey", "帮助"));

        Assert.Equal(4, bot.Ask<long>("SELECT count(*) FROM seen_messages"));
    }
}
