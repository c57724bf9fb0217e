using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Conversations;

public sealed class TalkingByScript : IDisposable
{
    private static readonly Conversation Repair = new("Repair", "报修", "这次报修", Play)
    {
        Roles = [ActorRole.Public],
        Opens = text => text == "报修",
    };

    private readonly Office office = new();

    [Fact]
    public async Task A_whole_talk_is_compared_line_for_line()
    {
        const string script = """
            U: 报修
            B: 好的，几个问题。
            B: 哪里坏了？
            U: 三楼
            B: 哪一类？
               [1]水管 [2]电路
               [水管] [电路]
            @ 2026-11-20 10:05
            U: 2
            B: 三楼的电路已登记，※。
            """;

        Assert.Equal(script, await new Talk(office, Office.Visitor(), [Repair]).Play(script));
    }

    [Fact]
    public async Task A_wrong_line_shows_what_was_really_said()
    {
        const string wrong = """
            U: 报修
            B: 好的，几个问题。
            B: 哪里漏水？
            """;

        Assert.EndsWith("B: 哪里坏了？", await new Talk(office, Office.Visitor(), [Repair]).Play(wrong), StringComparison.Ordinal);
    }

    public void Dispose() => office.Dispose();

    private static async Task Play(Chat chat)
    {
        chat.Say("好的，几个问题。");
        var place = await chat.Ask("place", "哪里坏了？");
        var kind = await chat.Choose("kind", "哪一类？", new Option("pipe", "水管"), new Option("power", "电路"));
        chat.Say($"{place}的{(kind == "pipe" ? "水管" : "电路")}已登记，{chat.StartedAt:HH:mm}。");
    }
}
