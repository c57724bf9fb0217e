using Bot.Dialogs.Conversations;
using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>取消 返回 菜单 帮助 人工 at every question of a conversation, alone and inside another one.</summary>
public sealed class GlobalWordsEverywhere : IDisposable
{
    private static readonly string[] Way = ["我要投诉", "1", "昨天", "没出示证件就进来了", "没有"];

    private readonly Office office = new();

    public static TheoryData<string, int, bool> Places()
    {
        var places = new TheoryData<string, int, bool>();
        foreach (var word in (string[])["取消", "返回", "菜单", "帮助", "人工", "转人工！", "取消吧，谢谢"])
        {
            for (var step = 1; step <= Way.Length; step++)
            {
                places.Add(word, step, false);
                places.Add(word, step, true);
            }
        }

        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Each_word_works_at_each_question_and_depth(string word, int step, bool inside)
    {
        var talk = new Talk(office, Office.Visitor(), SampleConversations.List);
        if (inside) await talk.Hear("最近谁要来查");
        foreach (var line in Way[..step]) await talk.Hear(line);
        var question = TalkState.Read(talk.Stored).Held!.Pending;

        var heard = await talk.Hear(word);

        var held = TalkState.Read(talk.Stored).Held;
        switch (word[..2])
        {
            case "取消" when word.Contains('，', StringComparison.Ordinal) && step is 3 or 4:
                Assert.NotEqual(question, held!.Pending);
                break;
            case "取消" when step > 2:
                Assert.StartsWith("已填", heard, StringComparison.Ordinal);
                Assert.Contains("没有提交", await talk.Hear("取消"), StringComparison.Ordinal);
                break;
            case "取消":
                Assert.Contains("没有提交", heard, StringComparison.Ordinal);
                Assert.Equal(inside ? "Preview" : null, held?.Conversation);
                break;
            case "返回" when step == 1:
                Assert.Equal(inside ? "Preview" : null, held?.Conversation);
                break;
            case "返回":
                Assert.Equal("Complaint", held!.Conversation);
                Assert.NotEqual(question, held.Pending);
                break;
            case "人工" or "转人":
                Assert.Equal("LeaveMessage", held!.Conversation);
                break;
            default:
                Assert.Equal(question, held!.Pending);
                Assert.Contains("——回到刚才：", heard, StringComparison.Ordinal);
                break;
        }
    }

    [Theory]
    [InlineData("我们的项目叫人工智能")]
    [InlineData("取消了我们的资质，没有说理由")]
    [InlineData("他们没有返回台账")]
    public async Task A_word_inside_an_answer_is_the_answer(string story)
    {
        var talk = new Talk(office, Office.Visitor(), SampleConversations.List);
        foreach (var line in Way[..3]) await talk.Hear(line);

        Assert.StartsWith("可以再补充", await talk.Hear(story), StringComparison.Ordinal);
    }

    public void Dispose() => office.Dispose();
}
