using Bot.Dialogs.Conversations;
using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>The pack lets a conversation go on within 24 hours and keeps it for 30 days.</summary>
public sealed class ComingBackLate : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Talk talk;

    public ComingBackLate() => talk = new Talk(office, Office.Visitor(), SampleConversations.List);

    [Fact]
    public async Task Within_the_time_an_answer_is_an_answer()
    {
        await Begin();
        office.Time.Set("2026-11-21 10:00");

        Assert.Equal("请说说经过。", await talk.Hear("昨天"));
    }

    [Fact]
    public async Task After_a_pause_the_question_is_repeated_to_what_is_no_answer()
    {
        await Begin();
        office.Time.Set("2026-11-20 10:05");
        Assert.Equal("请说是哪天，比如“昨天”。", await talk.Hear("嗯嗯"));
        office.Time.Set("2026-11-20 15:00");

        Assert.Equal("请说是哪天，比如“昨天”。\n发生在哪天？", await talk.Hear("嗯嗯"));
    }

    [Fact]
    public async Task A_minute_after_it_the_person_is_asked_and_can_go_on()
    {
        await Begin();
        office.Time.Set("2026-11-21 10:01");

        Assert.Equal("上次的投诉停在「发生在哪天？」，还留着。", await talk.Hear("嗯嗯嗯嗯"));
        Assert.Equal("好，接着上次：发生在哪天？", await talk.Hear("1"));
        Assert.Equal("请说说经过。", await talk.Hear("前天"));
    }

    [Fact]
    public async Task Or_begin_anew_or_drop_it()
    {
        await Begin();
        office.Time.Set("2026-11-22 10:00");
        await talk.Hear("嗯嗯嗯嗯");

        Assert.StartsWith("实名还是匿名？", await talk.Hear("重新开始"), StringComparison.Ordinal);
        await talk.Hear("1");
        office.Time.Set("2026-11-24 10:00");
        await talk.Hear("嗯嗯嗯嗯");
        Assert.StartsWith("好的，上次的内容已清除。", await talk.Hear("取消"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_message_that_speaks_for_itself_is_done_first()
    {
        await Begin();
        office.Time.Set("2026-11-22 10:00");

        var heard = await talk.Hear("安静日是几号到几号");

        Assert.StartsWith("企业安静日是", heard, StringComparison.Ordinal);
        Assert.EndsWith("上次的投诉还留着，说“继续上次”可以接着填。", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_packs_days_it_is_deleted_with_a_kind_word()
    {
        await Begin();
        office.Time.Set("2026-12-20 10:01");

        Assert.StartsWith("上次的投诉放得太久，内容已经清除", await talk.Hear("1"), StringComparison.Ordinal);
        Assert.Null(TalkState.Read(talk.Stored).Held);
    }

    [Fact]
    public async Task What_was_to_stay_anonymous_is_not_kept_beyond_the_first_limit()
    {
        await talk.Hear("我要投诉");
        await talk.Hear("2");
        office.Time.Set("2026-11-21 10:01");

        Assert.StartsWith("上次的投诉放得太久，内容已经清除", await talk.Hear("昨天"), StringComparison.Ordinal);
        Assert.Empty(TalkState.Read(talk.Stored).Kept);
    }

    public void Dispose() => office.Dispose();

    private async Task Begin()
    {
        await talk.Hear("我要投诉");
        await talk.Hear("1");
    }
}
