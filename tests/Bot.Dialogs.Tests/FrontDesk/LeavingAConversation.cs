using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

public sealed class LeavingAConversation : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Talk talk;

    public LeavingAConversation() => talk = new Talk(office, Office.Visitor(), SampleConversations.List);

    [Fact]
    public Task Little_is_dropped_at_once() => Holds("""
        U: 我要投诉
        B: 实名还是匿名？
           [1]实名 [2]匿名
        U: 取消
        B: 好的，这次投诉没有提交，内容已清除。需要时随时叫我。
        U: 继续上次
        B: 没有可以继续的内容。请选择要办的事，也可以直接说：
        """);

    [Fact]
    public Task Much_is_asked_about_once_and_can_be_taken_up_again() => Holds("""
        U: 我要投诉
        B: 实名还是匿名？
           [1]实名 [2]匿名
        U: 1
        B: 发生在哪天？
        U: 昨天
        B: 请说说经过。
        U: 取消
        B: 已填2项，要放弃吗？
           [放弃] [继续填]
        U: 继续填
        B: 请说说经过。
        U: 算了
        B: 已填2项，要放弃吗？
        U: 取消
        B: 好的，这次投诉没有提交。24小时内说“继续上次”可以接着填，过后自动清除。
        U: 继续上次
        B: 好，接着上次：请说说经过。
        """);

    [Fact]
    public Task What_was_to_stay_anonymous_is_really_deleted() => Holds("""
        U: 不想留名字问个事
        B: 关于什么？
        U: 合同
        B: 想问什么？
        U: 学徒工要签什么合同
        B: 提交吗？
        U: 取消
        B: 已填2项，要放弃吗？
        U: 放弃
        B: 好的，这次咨询没有提交，内容已清除。需要时随时叫我。
        U: 继续上次
        B: 没有可以继续的内容。请选择要办的事，也可以直接说：
        """);

    [Fact]
    public Task A_draft_that_was_put_away_is_gone_after_the_packs_time() => Holds("""
        U: 我要投诉
        B: 实名还是匿名？
           [1]实名 [2]匿名
        U: 1
        B: 发生在哪天？
        U: 昨天
        B: 请说说经过。
        U: 取消
        B: 已填2项，要放弃吗？
        U: 取消
        B: 好的，这次投诉没有提交。24小时内说“继续上次”可以接着填，过后自动清除。
        @ 2026-11-21 10:01
        U: 继续上次
        B: 没有可以继续的内容。请选择要办的事，也可以直接说：
        """);

    [Fact]
    public Task Back_goes_one_question_at_a_time_and_out_at_the_first() => Holds("""
        U: 我要投诉
        B: 实名还是匿名？
           [1]实名 [2]匿名
        U: 1
        B: 发生在哪天？
        U: 昨天
        B: 请说说经过。
        U: 返回
        B: 发生在哪天？
        U: 上一步
        B: 实名还是匿名？
           [1]实名 [2]匿名
        U: 返回
        B: 已退出“投诉”，这次投诉没有提交。
        """);

    [Fact]
    public Task Another_conversation_inside_returns_to_the_first() => Holds("""
        U: 我要投诉
        B: 实名还是匿名？
           [1]实名 [2]匿名
        U: 1
        B: 发生在哪天？
        U: 最近谁要来查
        B: 近期有1次检查。
        B: 要看什么？
           [1]检查什么 [2]联系谁
        U: 2
        B: 联系人：王工。
        B: 回到刚才：发生在哪天？
        U: 人工
        B: 请说要点。
        U: 取消
        B: 好的，这条留言没有提交，内容已清除。需要时随时叫我。
        B: 回到刚才：发生在哪天？
        """);

    [Fact]
    public Task The_menu_keeps_what_is_open_and_a_menu_word_is_then_no_answer() => Holds("""
        U: 我要投诉
        B: 实名还是匿名？
           [1]实名 [2]匿名
        U: 1
        B: 发生在哪天？
        U: 昨天
        B: 请说说经过。
        U: 菜单
        B: 请选择要办的事，也可以直接说：
        B: ——回到刚才：请说说经过。
        U: 意见反馈
        B: 请写下意见。
        U: 挺好
        B: 已收到：挺好
        B: 回到刚才：请说说经过。
        U: 意见反馈
        B: 先打开“意见反馈”，没有当作回答写进去；要写进回答的，请多写几个字。
        B: 请写下意见。
        """);

    [Fact]
    public async Task A_press_on_an_old_card_is_no_answer_to_the_present_question()
    {
        var first = Assert.Single(await talk.Say("我要投诉"));
        await talk.Press(first.Step!, "1");

        var replies = await talk.Press(first.Step!, "2");

        Assert.Equal(["这一步已经填过了。", "发生在哪天？"], replies.Select(reply => reply.Text));
        await talk.Say("取消");
        Assert.Equal("这张卡片上的事已经结束了，要办请重新说一遍。", (await talk.Press(first.Step!, "2"))[0].Text);
    }

    public void Dispose() => office.Dispose();

    private async Task Holds(string script) => Assert.Equal(script, await talk.Play(script));
}
