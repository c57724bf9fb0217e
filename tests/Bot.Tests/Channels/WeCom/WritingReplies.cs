using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Bot.Channels.WeCom;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Storage;

namespace Bot.Tests.Channels.WeCom;

/// <summary>What the bot says, as a passive answer and as messages in the queue (C5, C7, C8; F12-F15).</summary>
public sealed class WritingReplies
{
    private static readonly WeComAsked Asked = new("zhangsan", "m1", CanWriteFirst: true);

    [Fact]
    public void Plain_words_go_out_on_the_open_connection()
    {
        var said = WeComReplies.Of([new Reply("好的。"), new Reply("已记录<b>理由</b>。")], Asked);

        Assert.Equal("好的。\n\n已记录＜b＞理由＜/b＞。", Passive(said).Element("Content")!.Value);
        Assert.Empty(said.Queued);
    }

    [Fact]
    public void A_question_with_choices_becomes_a_card_and_is_said_nowhere_else()
    {
        var said = WeComReplies.Of([new Reply("并办提示M2：澄湖铝合金压延，最迟11月23日处理。\n怎么办？\n[1]同意 [2]换日期 [3]不并并说明") { Actions = ["同意", "换日期", "不并并说明"], Step = "s.1.wish" }], Asked);

        Assert.Null(said.Passive);
        var card = Card(Assert.Single(said.Queued));
        Assert.Equal("button_interaction", (string?)card["card_type"]);
        Assert.Equal("怎么办？", (string?)card["main_title"]!["title"]);
        Assert.Equal("并办提示M2：澄湖铝合金压延，最迟11月23日处理。", (string?)card["sub_title_text"]);
        Assert.Equal(["同意", "换日期", "不并并说明"], card["button_list"]!.AsArray().Select(button => (string?)button!["text"]));
        Assert.Equal("s.1.wish|换日期", (string?)card["button_list"]![1]!["key"]);
    }

    [Fact]
    public void What_a_card_cannot_hold_is_said_before_it_in_full()
    {
        var told = string.Concat(Enumerable.Range(1, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"第{i}项检查内容。")));
        var said = WeComReplies.Of([new Reply($"{told}\n同意吗？") { Actions = ["同意", "退回"], Step = "s.1.d" }], Asked);

        Assert.Equal(told, Passive(said).Element("Content")!.Value);
        var card = Card(Assert.Single(said.Queued));
        Assert.Equal("同意吗？", (string?)card["main_title"]!["title"]);
        Assert.Null(card["sub_title_text"]);
    }

    [Fact]
    public void Choices_too_long_for_buttons_keep_their_numbered_list()
    {
        var said = WeComReplies.Of([new Reply("改到哪天？\n[1]12月16日（周三）上午 [2]属于投诉举报或者数据异常等情形") { Actions = ["12月16日（周三）上午", "属于投诉举报或者数据异常等情形"], Step = "s.1.d" }], Asked);

        var card = Card(Assert.Single(said.Queued));
        Assert.Equal("1 12月16日（…", (string?)card["button_list"]![0]!["text"]);
        Assert.Equal("s.1.d|12月16日（周三）上午", (string?)card["button_list"]![0]!["key"]);
        Assert.Contains("[2]属于投诉举报或者数据异常等情形", (string?)card["main_title"]!["title"] + (string?)card["sub_title_text"], StringComparison.Ordinal);
    }

    [Fact]
    public void Seven_to_ten_choices_become_a_list_to_choose_from()
    {
        string[] units = ["应急", "生态", "市监", "消防", "人社", "卫健", "城管"];
        var said = WeComReplies.Of([new Reply($"转给哪个单位？\n{string.Join(' ', units.Select((unit, i) => $"[{i + 1}]{unit}"))}") { Actions = units, Step = "s.1.u" }], Asked);

        var card = Card(Assert.Single(said.Queued));
        Assert.Equal("multiple_interaction", (string?)card["card_type"]);
        Assert.Equal(7, card["select_list"]![0]!["option_list"]!.AsArray().Count);
        Assert.Equal("s.1.u|", (string?)card["submit_button"]!["key"]);

        var tap = new CardTap((string)card["task_id"]!, "s.1.u|", "rc", ["消防"]);
        var kept = new SentCard(tap.TaskId, "zhangsan", SentCard.Question, "", said.Queued[0].Card!.Keep());
        Assert.Equal(new Press("s.1.u", "消防"), tap.Said(Incoming(), kept).Press);
        var answer = Passive(WeComReplies.Of([new Reply("好的。")], Asked with { Tap = tap, Card = kept }));
        Assert.Equal("update_template_card", answer.Element("MsgType")!.Value);
        Assert.Equal("已选：消防", answer.Element("TemplateCard")!.Element("ReplaceText")!.Value);
        Assert.Equal("true", answer.Element("TemplateCard")!.Element("SelectList")!.Element("Disable")!.Value);
        Assert.Equal(7, answer.Element("TemplateCard")!.Element("SelectList")!.Elements("OptionList").Count());
    }

    [Fact]
    public void More_choices_than_a_card_holds_stay_a_numbered_text()
    {
        var many = Enumerable.Range(1, 11).Select(i => string.Create(CultureInfo.InvariantCulture, $"T{i}")).ToArray();
        var said = WeComReplies.Of([new Reply($"哪件？\n{string.Join(' ', many.Select((one, i) => $"[{i + 1}]{one}"))}") { Actions = many, Step = "s.1.w" }], Asked);

        Assert.Empty(said.Queued);
        Assert.Contains("[11]T11", Passive(said).Element("Content")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_way_to_write_first_everything_is_one_text_that_is_not_cut_in_a_character()
    {
        var said = WeComReplies.Of([new Reply(new string('检', 900) + "。") { Actions = ["同意"], Step = "s.1.w" }], Asked with { CanWriteFirst = false });

        Assert.Empty(said.Queued);
        var content = Passive(said).Element("Content")!.Value;
        Assert.InRange(Encoding.UTF8.GetByteCount(content), 1900, 2048);
        Assert.EndsWith("（内容较长，只显示了前面一部分。）", content, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', content);
    }

    [Fact]
    public void A_text_of_several_messages_goes_out_whole()
    {
        var text = string.Concat(Enumerable.Range(1, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"第{i}行：检查内容。\n")));
        var said = WeComReplies.Of([new Reply(text)], Asked);

        var pieces = new[] { Passive(said).Element("Content")!.Value }.Concat(said.Queued.Select(one => (string)JsonNode.Parse(one.Body)!["text"]!["content"]!)).ToArray();
        Assert.All(pieces, piece => Assert.InRange(Encoding.UTF8.GetByteCount(piece), 1, 2048));
        Assert.Equal(text.Trim(), string.Join('\n', pieces));
    }

    [Fact]
    public void A_tapped_button_stands_in_grey_and_the_words_go_out_by_themselves()
    {
        var question = Assert.Single(WeComReplies.Of([new Reply("同意吗？") { Actions = ["同意", "退回"], Step = "s.1.d" }], Asked).Queued);
        var card = new SentCard(question.Card!.TaskId, "zhangsan", SentCard.Question, "", question.Card.Keep());
        var tap = new CardTap(card.TaskId, "s.1.d|同意", "rc-7", []);

        Assert.Equal(new Press("s.1.d", "同意"), tap.Said(Incoming(), card).Press);
        var said = WeComReplies.Of([new Reply("已批准。")], Asked with { MessageId = "m2", Tap = tap, Card = card });
        Assert.Equal("update_button", Passive(said).Element("MsgType")!.Value);
        Assert.Equal("已选：同意", Passive(said).Element("Button")!.Element("ReplaceName")!.Value);
        Assert.Equal("rc-7", (string?)JsonNode.Parse(said.Passive!.Late)!["response_code"]);
        Assert.Equal("已批准。", (string?)JsonNode.Parse(Assert.Single(said.Queued).Body)!["text"]!["content"]);
    }

    [Fact]
    public void A_button_that_belongs_to_no_question_is_a_wish_and_may_be_tapped_again()
    {
        var menu = Assert.Single(WeComReplies.Of([new Reply("可以办：") { Actions = ["今日待办", "登记任务"] }], Asked).Queued);
        var card = new SentCard(menu.Card!.TaskId, "zhangsan", SentCard.Question, "", menu.Card.Keep());
        var tap = new CardTap(card.TaskId, "0|今日待办", "rc", []);

        var heard = tap.Said(Incoming(), card);
        Assert.True(heard.FromMenu);
        Assert.Null(heard.Press);
        var answer = Passive(WeComReplies.Of([new Reply("没有。")], Asked with { Tap = tap, Card = card }));
        Assert.Equal("update_template_card", answer.Element("MsgType")!.Value);
        Assert.Null(answer.Element("TemplateCard")!.Element("ReplaceText"));
        Assert.Equal(["今日待办", "登记任务"], answer.Element("TemplateCard")!.Elements("ButtonList").Select(button => button.Element("Text")!.Value));
    }

    [Fact]
    public void A_card_of_somebody_else_one_that_nobody_knows_and_one_that_is_done_say_nothing()
    {
        var card = new SentCard("q-1", "lisi", SentCard.Question, "", new TemplateCard("q-1", "同意吗？").Keep());
        var tap = new CardTap("q-1", "s.1.d|同意", "rc", []);

        foreach (var known in (SentCard?[])[card, null, card with { UserId = "zhangsan", State = CardState.Closed }])
        {
            var heard = tap.Said(Incoming(), known);
            Assert.Equal("gone", heard.Press?.Step);
            Assert.False(heard.FromMenu);
        }
    }

    [Fact]
    public void A_press_that_came_too_late_says_so_on_the_card()
    {
        var tap = new CardTap("q-1", "s.1.d|同意", "rc", []);
        var said = WeComReplies.Of([new Reply("这一步已经填过了。") { TooLate = true }], Asked with { Tap = tap });

        Assert.Equal("这张卡片已经用不上了", Passive(said).Element("Button")!.Element("ReplaceName")!.Value);
    }

    [Fact]
    public void The_same_message_makes_the_same_bodies_again()
    {
        Reply[] replies = [new Reply("同意吗？") { Actions = ["同意", "退回"], Step = "s.1.d" }];

        Assert.Equal(WeComReplies.Of(replies, Asked).Queued[0].Body, WeComReplies.Of(replies, Asked).Queued[0].Body);
        Assert.NotEqual(WeComReplies.Of(replies, Asked).Queued[0].Body, WeComReplies.Of(replies, Asked with { MessageId = "m9" }).Queued[0].Body);
    }

    [Fact]
    public void Nothing_in_the_words_breaks_the_xml()
    {
        var said = WeComReplies.Of([new Reply("a]]>b\u0001&c")], Asked);

        Assert.Equal("a]]＞b&c", Passive(said).Element("Content")!.Value);
    }

    private static Incoming Incoming() => new(new Address("wecom", "zhangsan"), "m2", "", DateTime.UnixEpoch);

    private static XElement Passive(WeComReplies said) => XElement.Parse($"<xml>{said.Passive!.Xml}</xml>");

    private static JsonNode Card(WeComMessage message) => JsonNode.Parse(message.Body)!["template_card"]!;
}
