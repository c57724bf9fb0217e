using Bot.Dialogs.Conversations;
using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>A menu that is there beside every question (domain.md 5.1): what is tapped in it is a wish, never an answer.</summary>
public sealed class TappingTheMenu : IDisposable
{
    private readonly Yunlan district = new();
    private readonly Talk talk;

    public TappingTheMenu() => talk = new Talk(district.Office, district.Qinghe);

    [Fact]
    public async Task An_entry_is_no_story_of_a_complaint_and_the_draft_is_come_back_to()
    {
        await talk.Say("投诉");
        await talk.Say("实名");

        var shown = await Tap("安静日说明");
        Assert.Contains("每月1日到15日", shown, StringComparison.Ordinal);
        Assert.EndsWith("回到刚才：发生了什么？一两句话就行。", shown, StringComparison.Ordinal);
        Assert.Contains("没有可以评价的检查", await Tap("评价检查"), StringComparison.Ordinal);
        Assert.Contains("发生在哪天", await talk.Hear("态度很凶，一直吼人"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_begun_gives_way_without_a_word()
    {
        await Tap("投诉检查行为");

        Assert.StartsWith("可以。匿名时", await Tap("匿名咨询"), StringComparison.Ordinal);
        Assert.Contains("没有提交", await talk.Hear("取消"), StringComparison.Ordinal);
        Assert.Contains("现在没有正在办的事", await talk.Hear("取消"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_entry_of_what_is_open_asks_its_question_again()
    {
        await talk.Say("投诉");
        await talk.Say("匿名");

        Assert.Equal("刚才说到这里：发生了什么？一两句话就行。", await Tap("投诉检查行为"));
    }

    [Theory]
    [InlineData("消息设置", "解除绑定")]
    [InlineData("合规指引", "申请行政指导")]
    [InlineData("我的检查记录", "评价检查")]
    public async Task Entries_without_a_conversation_say_where_to_go(string entry, string way)
    {
        var replies = await talk.Take(Tapped(entry));

        Assert.Contains(way, replies[0].Actions);
    }

    [Fact]
    public async Task The_words_of_a_button_answer_the_question_even_when_they_would_leave_it()
    {
        await talk.Say("投诉");
        foreach (var line in new[] { "匿名（用查询码看结果）", "态度很凶，一直吼人", "昨天", "应急", "没有" })
            await talk.Say(line);

        Assert.Equal("好的，没有提交，内容已清除。需要时随时叫我。", await talk.Hear("不提交"));
    }

    [Fact]
    public async Task A_thank_you_is_no_piece_of_the_sentence_before_it()
    {
        var stranger = new Talk(district.Office, Office.Visitor());
        await stranger.Say("最近谁要来查");

        Assert.Equal("不客气，需要时随时叫我。", await stranger.Hear("谢谢"));
    }

    public void Dispose() => district.Dispose();

    private Incoming Tapped(string entry) => new(district.Qinghe.Address, $"tap-{entry}", entry, district.Office.Time.GetUtcNow().UtcDateTime) { FromMenu = true };

    private async Task<string> Tap(string entry) => string.Join('\n', (await talk.Take(Tapped(entry))).Select(reply => reply.Text));
}
