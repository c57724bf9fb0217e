using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>What a scanned code opens, whatever else is going on.</summary>
public sealed class ScanningACode : IDisposable
{
    private static readonly IReadOnlyList<Conversation> Conversations =
    [
        .. SampleConversations.List,
        new("Door", "核对", "这次核对", async chat => chat.Say(await chat.Confirm("ok", $"核对{chat.Opening}吗？") ? $"{chat.Opening}核对好了。" : "好的，不核对。")) { Roles = [ActorRole.Public, ActorRole.EnterpriseUser], Scene = "door" },
    ];

    private readonly Office office = new();
    private readonly Talk talk;

    public ScanningACode()
    {
        office.Add(new Bot.Domain.People.Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"));
        talk = new Talk(office, office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1"), Conversations);
    }

    [Fact]
    public async Task The_conversation_of_the_code_opens_with_its_argument()
    {
        const string script = """
            U: [扫码: door_A_7]
            B: 核对A_7吗？
            U: 是
            B: A_7核对好了。
            """;

        Assert.Equal(script, await talk.Play(script));
    }

    [Fact]
    public async Task It_opens_in_the_middle_of_another_conversation_which_goes_on_afterwards()
    {
        const string script = """
            U: 申请行政指导
            B: 您想请哪个单位指导？
               [1]应急管理局 [2]生态环境局
            U: 1
            B: 想问什么？
            U: [扫码: door_7]
            B: 核对7吗？
            U: 是
            B: 7核对好了。
            B: 回到刚才：想问什么？
            U: 有限空间怎么办审批
            B: 已提交：有限空间怎么办审批
            """;

        Assert.Equal(script, await talk.Play(script));
    }

    [Fact]
    public async Task The_same_code_scanned_again_begins_anew_and_stands_open_once()
    {
        await talk.Hear("[扫码: door_7]");
        await talk.Hear("[扫码: door_7]");

        Assert.Single(TalkState.Read(talk.Stored).Stack);
        Assert.Equal("7核对好了。", await talk.Hear("是"));
    }

    [Fact]
    public async Task Another_code_goes_first_and_then_the_earlier_one_is_asked_again()
    {
        await talk.Hear("[扫码: door_7]");
        await talk.Hear("[扫码: door_8]");

        Assert.Equal("8核对好了。\n回到刚才：核对7吗？", await talk.Hear("是"));
    }

    [Theory]
    [InlineData("window_7")]
    [InlineData("door_")]
    [InlineData("door")]
    [InlineData("_7")]
    [InlineData("123456")]
    public async Task A_code_that_nobody_here_made_is_answered_kindly_and_the_open_question_stays(string scene)
    {
        await talk.Hear("申请行政指导");

        var heard = await talk.Hear($"[扫码: {scene}]");

        Assert.StartsWith("这个二维码在这里用不了", heard, StringComparison.Ordinal);
        Assert.Contains("回到刚才：您想请哪个单位指导？", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_for_other_people_opens_nothing()
    {
        var inspector = new Talk(office, office.Person("I1", "何安宁", ActorRole.Inspector, "U02"), Conversations);

        Assert.StartsWith("这个二维码在这里用不了", await inspector.Hear("[扫码: door_7]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_follows_because_of_the_code_is_greeted_in_one_line()
    {
        var newcomer = new Talk(office, Office.Visitor("openid-new"), Conversations);

        Assert.Equal("您好。我是云澜区涉企行政检查服务助手。\n核对7吗？", await newcomer.Hear("[扫码: door_7]"));
        Assert.Equal("核对7吗？", await newcomer.Hear("[扫码: door_7]"));
    }

    [Fact]
    public async Task Who_follows_because_of_a_code_that_is_none_gets_the_first_words_after_it()
    {
        var replies = await new Talk(office, Office.Visitor("openid-new"), Conversations).Say("[扫码: window_7]");

        Assert.Contains("直接说要办的事", replies[1].Text, StringComparison.Ordinal);
    }

    public void Dispose() => office.Dispose();
}
