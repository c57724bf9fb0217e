using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Emulators.WeChat;
using Bot.Scheduling;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Sending;

/// <summary>The whole service before the platform: what the person does opens the window, what the platform reports ends the notice (domain.md 5.6).</summary>
public sealed class ByTheRealCallback
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_wrote_is_told_in_full_and_who_did_not_by_template_whose_arrival_is_reported()
    {
        await using var followed = await Start();
        var (writer, silent) = (await Known(followed, "E1"), await Known(followed, "E2"));
        followed.Time.Advance(TimeSpan.FromMinutes(20));
        await writer.Write("你好");
        await Owe(followed, "E1", "k1");
        await Owe(followed, "E2", "k2");

        await Work(followed);
        await followed.Platform.Settled();
        await Work(followed);

        Assert.Equal(BubbleKind.CustomerService, writer.Received.Last().Kind);
        Assert.Equal(BubbleKind.Template, silent.Received.Last().Kind);
        Assert.Equal([NoticeState.Sent, NoticeState.Sent], [await State(followed, "k1"), await State(followed, "k2")]);
        Assert.Empty(followed.Platform.Book.Violations);
    }

    [Fact]
    public async Task A_report_and_a_page_that_was_opened_open_no_window()
    {
        await using var followed = await Start();
        var user = await Known(followed, "E1");
        followed.Time.Advance(TimeSpan.FromMinutes(20));
        await Owe(followed, "E1", "k1");
        await Work(followed);
        await followed.Platform.Settled();
        await user.Event("VIEW", new System.Xml.Linq.XElement("EventKey", "https://bot.example/"));
        await Owe(followed, "E1", "k2");

        await Work(followed);

        Assert.Equal(2, user.Received.Count(bubble => bubble.Kind == BubbleKind.Template));
        Assert.Empty(followed.Platform.Book.Violations);
    }

    [Fact]
    public async Task A_tapped_menu_allows_three_and_the_fourth_is_a_template()
    {
        await using var followed = await Start();
        var user = await Known(followed, "E1");
        followed.Time.Advance(TimeSpan.FromMinutes(20));
        await user.Event("CLICK", WeChatClick("菜单"));
        for (var i = 1; i <= 4; i++)
            await Owe(followed, "E1", $"k{i}");

        await Work(followed);

        Assert.InRange(user.Received.Count(bubble => bubble.Kind == BubbleKind.CustomerService), 0, 3);
        Assert.Equal(4, user.Received.Count(bubble => bubble.Kind is BubbleKind.CustomerService or BubbleKind.Template));
        Assert.DoesNotContain(followed.Platform.Book.Violations, violation => violation.Rule == 6);
    }

    [Fact]
    public async Task Of_somebody_unknown_no_window_is_noted()
    {
        await using var followed = await Start();
        var user = await followed.Follower();

        await user.Write("你好");

        Assert.Equal(0, followed.Ask<long>("SELECT count(*) FROM \"Addresses\""));
    }

    [Fact]
    public async Task The_word_under_a_short_message_shows_the_whole_notice()
    {
        await using var followed = await Start();
        var user = await Known(followed, "E1");
        followed.Time.Advance(TimeSpan.FromMinutes(20));
        await Owe(followed, "E1", "k1");
        await Work(followed);

        var delivery = await user.Write("详情");

        Assert.Contains("关于您的留言", delivery.Text, StringComparison.Ordinal);
    }

    private static System.Xml.Linq.XElement WeChatClick(string key) => new("EventKey", key);

    private static async Task<FollowedBot> Start()
    {
        var followed = await FollowedBot.Start(settings: ["--WeChat:Templates:答复=tpl-reply", "--PublicUrl=https://bot.example"]);
        followed.Platform.Templates.Add("tpl-reply", "咨询回复通知", "咨询内容:{{thing1.DATA}}\n回复人:{{thing2.DATA}}\n时间:{{date3.DATA}}\n回复:{{thing4.DATA}}");
        return followed;
    }

    private static async Task<WeChatUser> Known(FollowedBot followed, string personId)
    {
        var user = await followed.Follower();
        await followed.Transactions.Run(
            "person",
            (work, _) =>
            {
                work.Services.GetRequiredService<SupervisionDb>().AddRange(new Person(personId, "某人", ActorRole.EnterpriseUser), new ChannelAddress("wechat", user.OpenId, personId));
                return Task.FromResult(0);
            },
            Token);
        return user;
    }

    private static Task Owe(FollowedBot followed, string personId, string key) => followed.Transactions.Run(
        "owe",
        async (work, token) =>
        {
            var fields = new Dictionary<string, string> { ["no"] = "R-0001", ["justice"] = "云兰区司法局", ["answer"] = "安静日是每月1日至15日。" };
            await work.Services.GetRequiredService<NoticeBoard>().Owe(personId, "N39", key, "R1", fields, token);
            return 0;
        },
        Token);

    private static Task Work(FollowedBot followed) => followed.Bot.Services.GetRequiredService<DueWork>().Run(Token);

    private static async Task<NoticeState> State(FollowedBot followed, string key)
    {
        await using var scope = followed.Bot.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<SupervisionDb>().Notices.AsNoTracking().SingleAsync(n => n.Key == key, Token)).State;
    }
}
