using Bot.Dialogs.Conversations;
using Bot.Dialogs.FrontDesk;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Dialogs.Tests.Conversations;

public sealed class HoldingAConversation : IDisposable
{
    private static readonly Conversation Repair = new("Repair", "报修", "这次报修", Play)
    {
        Roles = [ActorRole.Public],
        Opens = text => text == "报修",
    };

    private readonly Office office = new();
    private readonly Desk desk = new([Repair], IntentRecogniser.Load(Phrases.Shipped));
    private string? stored;

    [Fact]
    public async Task Answers_are_kept_from_message_to_message_and_said_once()
    {
        Assert.Equal(["好的，几个问题。", "哪里坏了？"], await Say("报修"));
        Assert.Equal(["哪一类？\n[1]水管 [2]电路"], await Say("三楼"));
        Assert.StartsWith("没听明白", Assert.Single(await Say("第9个")), StringComparison.Ordinal);
        Assert.StartsWith("请看一遍：\n1. 地点：三楼\n2. 类别：电路", Assert.Single(await Say("2")), StringComparison.Ordinal);
        Assert.Equal(["三楼的电路已登记。"], await Say("提交"));
    }

    [Fact]
    public async Task One_answer_can_be_corrected_without_losing_the_others()
    {
        await Say("报修");
        await Say("三楼");
        await Say("2");

        Assert.Equal(["哪里坏了？"], await Say("改第1项"));
        Assert.Contains("1. 地点：五楼\n2. 类别：电路", Assert.Single(await Say("五楼")), StringComparison.Ordinal);
        Assert.Contains("1. 地点：六楼", Assert.Single(await Say("第1项改成六楼")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_answer_can_be_taken_back()
    {
        await Say("报修");
        await Say("三楼");

        Assert.Equal(["哪里坏了？"], await Say("返回"));
    }

    public void Dispose() => office.Dispose();

    private static async Task Play(Chat chat)
    {
        chat.Say("好的，几个问题。");
        var place = await chat.Ask("place", "哪里坏了？");
        var kind = await chat.Choose("kind", "哪一类？", new Option("pipe", "水管"), new Option("power", "电路"));
        var label = kind == "pipe" ? "水管" : "电路";
        if (await chat.Review("review", "请看一遍：", [new ReviewItem("place", "地点", place), new ReviewItem("kind", "类别", label)]))
            chat.Say($"{place}的{label}已登记。");
    }

    private async Task<IEnumerable<string>> Say(string text)
    {
        using var scope = office.Services.CreateScope();
        var now = office.Time.GetUtcNow().UtcDateTime;
        var visitor = Office.Visitor();
        var world = new Surroundings(visitor, office.Rules, office.Calendars.Current, scope.ServiceProvider.GetRequiredService<IMediator>(), now);
        var talked = await desk.Take(TalkState.Read(stored), new Incoming(visitor.Address, "m", text, now), world, TestContext.Current.CancellationToken);
        stored = talked.State.Write();
        return talked.Replies.Select(reply => reply.Text);
    }
}
