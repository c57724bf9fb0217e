using System.Text;
using Bot.Channels.WeCom;

namespace Bot.Tests.Channels.WeCom;

/// <summary>What a push says, and how one is told from another (channels C3, C4, A7).</summary>
public sealed class ReadingPushes
{
    [Theory]
    [InlineData("OptionIds", "OptionId")]
    [InlineData("OpitonIds", "OpitonId")]
    public void What_was_chosen_in_a_card_is_read_however_the_platform_spells_it(string list, string option)
    {
        var push = Read(
            "event",
            "<Event>template_card_event</Event><EventKey>3|</EventKey><TaskId>q-1</TaskId><CardType>multiple_interaction</CardType><ResponseCode>R</ResponseCode>"
            + $"<SelectedItems><SelectedItem><QuestionKey>a</QuestionKey><{list}><{option}>一</{option}></{list}></SelectedItem>"
            + $"<SelectedItem><QuestionKey>b</QuestionKey><{list}><{option}>二</{option}><{option}>三</{option}></{list}></SelectedItem></SelectedItems>")!;

        Assert.Equal(("q-1", "3|", "R"), (push.TaskId, push.EventKey, push.ResponseCode));
        Assert.Equal(["一", "二", "三"], push.Chosen);
    }

    [Theory]
    [InlineData("<Content>一</Content><Content>二</Content>")]
    [InlineData("<FromUserName>other</FromUserName>")]
    [InlineData("<ToUserName>ww2</ToUserName>")]
    [InlineData("<AgentID>1</AgentID><AgentID>2</AgentID>")]
    [InlineData("<MsgId>1</MsgId><MsgId>2</MsgId>")]
    [InlineData("<Event>click</Event>")]
    [InlineData("<CreateTime>1</CreateTime>")]
    [InlineData("<UserID>a|b</UserID>")]
    public void What_says_a_thing_twice_or_against_itself_is_no_push(string rest) => Assert.Null(Read("text", rest));

    [Theory]
    [InlineData("")]
    [InlineData("张三")]
    [InlineData("a b")]
    [InlineData("a|b")]
    [InlineData("a:b")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789abcde")]
    public void A_userid_is_letters_digits_and_four_signs(string from) => Assert.Null(Read("text", "<Content>x</Content><MsgId>1</MsgId>", from));

    [Fact]
    public void Events_of_one_second_differ_in_what_they_say()
    {
        string[] events =
        [
            "<Event>click</Event><EventKey>今日待办</EventKey>",
            "<Event>click</Event><EventKey>待我审批</EventKey>",
            "<Event>template_card_event</Event><EventKey>0|同意</EventKey><TaskId>a</TaskId><ResponseCode>1</ResponseCode>",
            "<Event>template_card_event</Event><EventKey>0|同意</EventKey><TaskId>a</TaskId><ResponseCode>2</ResponseCode>",
        ];

        Assert.Equal(events.Length, events.Select(one => Read("event", one)!.Key).Distinct().Count());
        Assert.Equal(2, new[] { "a", "b" }.Select(user => Read("event", $"<Event>change_contact</Event><ChangeType>delete_user</ChangeType><UserID>{user}</UserID>", "sys")!.Key).Distinct().Count());
    }

    [Fact]
    public void A_number_is_one_messages_alone_together_with_its_sender_and_second()
    {
        var keys = new[] { ("one", 7, 1), ("two", 7, 1), ("one", 8, 1), ("one", 7, 2) }
            .Select(message => Read("text", $"<Content>x</Content><MsgId>{message.Item2}</MsgId>", message.Item1, 1763770000 + message.Item3)!.Key);

        Assert.Equal(4, keys.Distinct().Count());
        Assert.Equal(Read("text", "<Content>x</Content><MsgId>7</MsgId>", "ONE")!.Key, Read("text", "<Content>x</Content><MsgId>7</MsgId>", "one")!.Key);
    }

    [Fact]
    public void Opening_the_app_is_one_thing_a_day_in_China()
    {
        // 2025-11-22 00:00:10, 23:59:50 and the next day, China time.
        string[] keys = [.. new[] { 1763740810L, 1763827190L, 1763827210L }.Select(at => Read("event", "<Event>enter_agent</Event><EventKey></EventKey>", "one", at)!.Key)];

        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[1], keys[2]);
    }

    private static WeComPush? Read(string type, string rest, string from = "ZhangSan", long at = 1763770000) => WeComPush.Read(Encoding.UTF8.GetBytes(
        $"<xml><ToUserName>ww1</ToUserName><FromUserName>{from}</FromUserName><CreateTime>{at}</CreateTime><MsgType>{type}</MsgType>{rest}</xml>"));
}
