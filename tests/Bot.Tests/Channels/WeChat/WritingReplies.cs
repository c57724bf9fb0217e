using System.Text;
using System.Xml.Linq;
using Bot.Channels.Callbacks;
using Bot.Channels.WeChat;
using Bot.Dialogs.Conversations;

namespace Bot.Tests.Channels.WeChat;

/// <summary>One text message of at most 2048 bytes (channels A6).</summary>
public sealed class WritingReplies
{
    private const string More = "……还有";

    [Fact]
    public void Replies_stand_one_under_the_other_and_buttons_can_be_tapped()
    {
        var text = ReplyText.Of([new Reply("一"), new Reply("二？") { Actions = ["是", "不是"], Step = "Complain.1a.what" }], More);

        Assert.Equal(
            """
            一

            二？
            <a href="weixin://bizmsgmenu?msgmenucontent=是&msgmenuid=Complain.1a.what">是</a>
            <a href="weixin://bizmsgmenu?msgmenucontent=不是&msgmenuid=Complain.1a.what">不是</a>
            """,
            text);
    }

    [Fact]
    public void Nothing_to_say_is_an_empty_text() => Assert.Equal("", ReplyText.Of([], More));

    [Fact]
    public void A_cards_buttons_are_shown_once()
    {
        var card = new Card("预告", "", []) { Buttons = ["查看详情", "改期"] };

        var text = ReplyText.Of([new Reply("有一条预告。") { Actions = ["改期"], Card = card }], More);

        Assert.Equal(2, text.Split("</a>").Length - 1);
    }

    [Fact]
    public void Nobodys_words_become_a_link()
    {
        var text = ReplyText.Of([new Reply("您说：<a href=\"http://evil\">点这里</a>") { Actions = ["<b>", "a&b", "有 空格"] }], More);

        Assert.DoesNotContain('<', text);
        Assert.Contains("＜a href", text, StringComparison.Ordinal);
        Assert.Contains("【a&b】", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_reply_first_loses_its_links_and_then_ends_at_a_sentence()
    {
        var many = new Reply(string.Concat(Enumerable.Repeat("一句话。", 100))) { Actions = [.. Enumerable.Range(1, 20).Select(i => FormattableString.Invariant($"选项{i}"))] };
        var unlinked = ReplyText.Of([many], More);
        Assert.Contains("【选项1】 【选项2】", unlinked, StringComparison.Ordinal);

        var cut = ReplyText.Of([new Reply(string.Concat(Enumerable.Repeat("这一句话一共十二个字呢。", 300)))], More);
        Assert.InRange(Encoding.UTF8.GetByteCount(cut), 1900, ReplyText.MostBytes);
        Assert.EndsWith("字呢。\n" + More, cut, StringComparison.Ordinal);
    }

    [Fact]
    public void Choices_that_the_words_list_already_are_tapped_there_and_not_listed_twice()
    {
        var asked = new Reply("您的身份是？[1]法定代表人 [2]安全/合规负责人\n可以带上姓名。") { Actions = ["法定代表人", "安全/合规负责人", "帮助"], Step = "Bind.1a.role-2" };

        Assert.Equal(
            "您的身份是？\n[1]" + Link("法定代表人", "Bind.1a.role-2") + "\n[2]" + Link("安全/合规负责人", "Bind.1a.role-2") + "\n可以带上姓名。\n" + Link("帮助", "Bind.1a.role-2"),
            ReplyText.Of([asked], More));
    }

    [Fact]
    public void A_word_and_its_reference_are_tapped_without_the_space() =>
        Assert.Equal("请说。\n" + Link("追问G26-58", "0", "追问 G26-58"), ReplyText.Of([new Reply("请说。") { Actions = ["追问 G26-58"] }], More));

    [Fact]
    public void Of_a_long_question_the_end_stays_with_what_can_be_tapped()
    {
        var asked = new Reply($"您的意见：“{string.Concat(Enumerable.Repeat("停车位置要写明白。", 200))}”。提交给区司法局吗？") { Actions = ["提交", "不提交"], Step = "GiveFeedback.1a.submit" };

        var text = ReplyText.Of([asked], More);

        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1900, ReplyText.MostBytes);
        Assert.EndsWith($"{More}\n提交给区司法局吗？\n{Link("提交", asked.Step)}\n{Link("不提交", asked.Step)}", text, StringComparison.Ordinal);
    }

    private static string Link(string sent, string step, string? shown = null) => $"<a href=\"weixin://bizmsgmenu?msgmenucontent={sent}&msgmenuid={step}\">{shown ?? sent}</a>";

    [Fact]
    public void Without_a_sentence_it_is_cut_at_a_whole_character()
    {
        var cut = ReplyText.Of([new Reply(string.Concat(Enumerable.Repeat("👍🏽", 600)))], More);

        Assert.InRange(Encoding.UTF8.GetByteCount(cut), 1900, ReplyText.MostBytes);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)));
    }

    [Theory]
    [InlineData("平常的话")]
    [InlineData("中间]]>断开]]]]>")]
    [InlineData("控制\u0001\u0008\uFFFE字符")]
    [InlineData("😀<&>\"'")]
    public void The_xml_is_read_as_it_was_meant_by_any_reader(string words)
    {
        var push = Push.Read(Encoding.UTF8.GetBytes("<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content/><MsgId>1</MsgId></xml>"))!;

        var written = PassiveReply.Write(push, words, DateTimeOffset.FromUnixTimeSeconds(1795399200), out var length);

        var xml = XElement.Parse(Encoding.UTF8.GetString(written, 0, length));
        Assert.Equal('<', (char)written[0]);
        Assert.Equal("o1", xml.Element("ToUserName")!.Value);
        Assert.Equal("gh_1", xml.Element("FromUserName")!.Value);
        Assert.Equal("1795399200", xml.Element("CreateTime")!.Value);
        Assert.Equal(words.Replace("\u0001", "", StringComparison.Ordinal).Replace("\u0008", "", StringComparison.Ordinal).Replace("\uFFFE", "", StringComparison.Ordinal), xml.Element("Content")!.Value);
    }
}
