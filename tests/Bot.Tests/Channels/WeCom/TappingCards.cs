using Bot.Domain.Commands;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Bot.Tests.Channels.WeChat;

namespace Bot.Tests.Channels.WeCom;

/// <summary>A tap on the wire: answered by the card itself, once, and what it says goes out by itself (channels C4, C5).</summary>
public sealed class TappingCards
{
    [Fact]
    public async Task A_tap_that_is_delivered_many_times_at_once_is_one_tap()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official(role: ActorRole.Supervisor);
        var card = await Greeting(official);
        bot.Platform.Callback.Copies = 4;

        var delivery = await Choose(official, card, "今日待办");
        await official.Sees(entry => entry.Kind == EntryKind.Sent && entry.Card != card);
        await bot.Platform.Callback.Repeat(delivery.InnerXml);
        await FollowedBot.Until(() => bot.Turns.InWork == 0 && bot.Ask<long>("SELECT count(*) FROM late_replies WHERE state < 2") == 0);

        Assert.Equal(2, bot.Ask<long>("SELECT count(*) FROM seen_messages"));
        Assert.Equal(official.Received.Count, official.Received.Select(entry => $"{entry.Text}{entry.Card}").Distinct().Count());
        Assert.StartsWith("update_", delivery.Reply!.MsgType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_was_somebody_elses_says_so_and_changes_nothing()
    {
        await using var bot = await StaffedBot.Start();
        var (owner, other) = (await bot.Official("甲", ActorRole.Supervisor), await bot.Official("乙", ActorRole.Supervisor));
        await Greeting(owner);
        var task = bot.Ask<string>("SELECT task_id FROM wecom_cards");

        await other.Event("template_card_event", new("EventKey", "0|今日待办"), new("TaskId", task), new("CardType", "button_interaction"), new("ResponseCode", "nobodys"));
        await other.Sees(entry => $"{entry.Text}{entry.Card}".Contains("已经结束", StringComparison.Ordinal));

        Assert.Equal(0, bot.Ask<long>("SELECT state FROM wecom_cards WHERE task_id = '" + task + "'"));
    }

    [Fact]
    public async Task A_tap_of_somebody_who_lost_access_acts_no_more()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official(role: ActorRole.Supervisor);
        await Greeting(official);
        var task = bot.Ask<string>("SELECT task_id FROM wecom_cards");
        await official.LoseSight();
        await bot.Platform.Callback.Push(
            $"<xml><ToUserName>{bot.Platform.App.CorpId}</ToUserName><FromUserName>{official.UserId}</FromUserName><CreateTime>{bot.Time.GetUtcNow().ToUnixTimeSeconds()}</CreateTime><MsgType>event</MsgType>"
            + $"<Event>template_card_event</Event><EventKey>0|今日待办</EventKey><TaskId>{task}</TaskId><ResponseCode>R</ResponseCode><AgentID>{bot.Platform.App.AgentId}</AgentID></xml>");

        Assert.Contains("不在云澜区涉企行政检查的人员名单里", bot.Ask<string>("SELECT group_concat(replies) FROM seen_messages"), StringComparison.Ordinal);
        Assert.Equal(0, bot.Ask<long>("SELECT count(*) FROM talk_states"));
    }

    private static async Task<ShownCard> Greeting(WeComMember member)
    {
        await member.Say("你好");
        return (await member.Sees(entry => entry.Card is not null)).Card!;
    }

    private static Task<Delivery> Choose(WeComMember member, ShownCard card, string words) =>
        card.Submit is null ? member.Tap(card, words) : member.Submit(card, (card.Questions[0].Key, words));
}
