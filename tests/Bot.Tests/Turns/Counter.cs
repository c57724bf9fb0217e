using Bot.Audit;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.FrontDesk;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Storage;
using Bot.Testing;
using Bot.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Turns;

/// <summary>A service with a few short conversations made for looking at turns; everything behind them is the real thing.</summary>
public sealed class Counter : IDisposable
{
    private static readonly Lazy<IntentRecogniser> Recogniser = new(() => IntentRecogniser.Load(Phrases.Shipped));

    private static readonly Conversation[] Conversations =
    [
        new("file", "投诉", "这次投诉", File) { Roles = Enum.GetValues<ActorRole>(), Opens = text => text == "登记" },
        new("hide", "匿名投诉", "这次投诉", Hide) { Roles = Enum.GetValues<ActorRole>(), Opens = text => text == "悄悄登记", Fleeting = true },
        new("look", "凭码查询", "这次查询", Look) { Roles = Enum.GetValues<ActorRole>(), Opens = text => text == "凭码", Fleeting = true },
        new("break", "出错", "这次", Break) { Roles = Enum.GetValues<ActorRole>(), Opens = text => text == "弄坏" },
        new("count", "报数", "这次", Count) { Roles = Enum.GetValues<ActorRole>(), Opens = text => text == "报数" },
        new("who", "我是谁", "这次", Who) { Roles = Enum.GetValues<ActorRole>(), Opens = text => text == "我是谁" },
    ];

    private int messages;

    public Counter(Databases database)
    {
        Office = new Office("2026-11-20 10:00", database: database, also: services => services
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton(new Desk(Conversations, Recogniser.Value))
            .AddSingleton(new OwnAddress(null))
            .AddSingleton<TakeTurn>());
    }

    public Office Office { get; }

    public LogLines Log { get; } = new();

    public Transactions Transactions => Office.Services.GetRequiredService<Transactions>();

    public Task<Taken> Say(string who, string text, string? messageId = null, Func<HotRows, Taken, CancellationToken, Task>? alsoWrite = null, string channel = "web")
    {
        var id = messageId ?? $"m{Interlocked.Increment(ref messages)}";
        var incoming = new Incoming(new Address(channel, who), id, text, Office.Time.GetUtcNow().UtcDateTime);
        return Office.Services.GetRequiredService<TakeTurn>().Take(incoming, alsoWrite, TestContext.Current.CancellationToken);
    }

    public async Task<string> Hear(string who, string text, string? messageId = null) => Text(await Say(who, text, messageId));

    public Task<List<Complaint>> Complaints() => Office.Use(db => db.Complaints.OrderBy(c => c.Number).ToListAsync(TestContext.Current.CancellationToken));

    public Task<AuditFinding> Audit() => Office.Services.GetRequiredService<AuditCheck>().Run(TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<WebActivity>> Activities(string conversation) =>
        Transactions.Read((rows, token) => rows.ActivitiesAfter(conversation, 0, 1000, token), TestContext.Current.CancellationToken);

    public static string Text(Taken taken) => string.Join('\n', taken.Replies.Select(reply => reply.Text));

    public void Dispose()
    {
        Office.Dispose();
        Log.Dispose();
    }

    private static async Task File(Chat chat)
    {
        var text = await chat.Ask("text", "发生了什么？");
        var receipt = await chat.Send(new FileComplaint(chat.Visitor, new ComplaintFacts(ComplaintKind.Other, null, null, null, text), Anonymous: false, "张三"));
        chat.Say($"已登记 {receipt.Number}");
    }

    private static async Task Hide(Chat chat)
    {
        chat.Hide();
        var text = await chat.Ask("text", "发生了什么？");
        var receipt = await chat.Send(new FileComplaint(chat.Visitor, new ComplaintFacts(ComplaintKind.Other, null, null, null, text), Anonymous: true));
        chat.Say($"已登记，查询码 {receipt.Code}");
    }

    private static async Task Look(Chat chat)
    {
        var receipt = await chat.Send(new FileComplaint(chat.Visitor, new ComplaintFacts(ComplaintKind.Other, null, null, null, "收了好处"), Anonymous: true));
        chat.Say(await chat.Ask("more", $"{receipt.Number}还要补充吗？"));
    }

    private static async Task Break(Chat chat)
    {
        var text = await chat.Ask("text", "说吧。");
        await chat.Send(new FileComplaint(chat.Visitor, new ComplaintFacts(ComplaintKind.Other, null, null, null, text), Anonymous: false));
        throw new InvalidOperationException($"Not prepared for {text}.");
    }

    private static async Task Count(Chat chat)
    {
        var said = new List<string>();
        while (said.Count < 100)
        {
            said.Add(await chat.Ask("number", "下一个？"));
            chat.Say(string.Join(' ', said));
        }
    }

    private static Task Who(Chat chat)
    {
        chat.Say($"{chat.Visitor.Role} {chat.Visitor.PersonId ?? "-"} {chat.Visitor.EnterpriseId ?? "-"}");
        return Task.CompletedTask;
    }
}
