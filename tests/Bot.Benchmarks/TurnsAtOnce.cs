using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.FrontDesk;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Bot.Storage;
using Bot.Testing;
using Bot.Turns;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Benchmarks;

/// <summary>
/// Where the time of a callback's turn goes: sixty-four people at a time, twenty thousand in all, on a SQLite file with synchronous=FULL. Everything
/// is processor time of this process for one message; <c>callback</c> measures what stands around the turn.
/// </summary>
internal static class TurnsAtOnce
{
    private const int AtOnce = 64;
    private const int Talks = 40;
    private const int WarmUps = 10;
    private const int Rounds = 7;

    private static readonly string[] Lines = ["匿名咨询", "仓库堆放高度有什么要求", "提交", "谢谢"];
    private static readonly string[] People = [.. Enumerable.Range(0, 20_000).Select(_ => "o" + Convert.ToHexString(RandomNumberGenerator.GetBytes(14)))];
    private static long lastMessage = 23000000000000001;

    public static async Task Measure()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.ClearProviders())
            .AddDomain()
            .AddStorage(database.Location)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new ChinaClock(TimeProvider.System))
            .AddSingleton(RulePack.Load(Manifests.Path("rules"), "yunlan"))
            .AddSingleton(new CalendarBook(new WorkingCalendar(HolidayNotices.Load(Manifests.Path("holidays")))))
            .AddSingleton(NoticeWording.Load(Manifests.Path("notices.json")))
            .AddTurns()
            .BuildServiceProvider();
        await services.GetRequiredService<Schema>().BringUpToDate(CancellationToken.None);
        var turns = services.GetRequiredService<TakeTurn>();
        var desk = services.GetRequiredService<Desk>();

        var whole = await PerMessage("whole turn, group commit", (from, line) => turns.Take(Message(from, line), null, CancellationToken.None));
        var kept = (await OnlyDesk(services, desk, People[0], 0)).State.Write();
        var state = await PerMessage("  the talk read and written as JSON", (_, _) => Task.FromResult(TalkState.Read(kept).Write()));
        var deskAlone = await PerMessage("  understanding and replay", (from, line) => OnlyDesk(services, desk, from, line));
        var rows = await PerMessage("  database (arrival, talk, seen, shared commit)", (from, line) => OnlyRows(services, from, line));
        Print("  the rest", whole - state - deskAlone - rows, 0);
        var again = Message(People[0], 0);
        await turns.Take(again, null, CancellationToken.None);
        await PerMessage("a repeated message", (_, _) => turns.TakenBefore("wechat", again.MessageId, CancellationToken.None));
        OneCallback.Measure();
    }

    private static Incoming Message(string from, int line)
    {
        var number = Interlocked.Increment(ref lastMessage);
        return new Incoming(new Address("wechat", from), string.Create(CultureInfo.InvariantCulture, $"1795399200:{number}:{from}"), Lines[line], DateTime.UnixEpoch);
    }

    private static async Task<Talked> OnlyDesk(IServiceProvider services, Desk desk, string from, int line)
    {
        await using var scope = services.CreateAsyncScope();
        var message = Message(from, line);
        var visitor = new Actor(null, ActorRole.Public, "访客", message.From);
        var world = new Surroundings(visitor, services.GetRequiredService<RulePack>(), services.GetRequiredService<CalendarBook>().Current, scope.ServiceProvider.GetRequiredService<IMediator>(), DateTime.UnixEpoch);
        return await desk.Take(new TalkState(), message, world, CancellationToken.None);
    }

    private static Task<int> OnlyRows(IServiceProvider services, string from, int line)
    {
        var message = Message(from, line);
        return services.GetRequiredService<Transactions>().Run(
            message.From.ToString(),
            async (work, token) =>
            {
                var arrived = await work.Rows.Arrival(message.From, message.MessageId, token);
                await work.Rows.KeepTalk(message.From, new string('x', 150), arrived.Talk, arrived.Talk?.PurgeAt ?? DateTime.UnixEpoch.AddDays(30_000), token);
                await work.Rows.RememberSeen(message.From.Channel, message.MessageId, new string('x', 500), DateTime.UnixEpoch, token);
                return 0;
            },
            CancellationToken.None);
    }

    private static async Task<double> PerMessage(string what, Func<string, int, Task> once)
    {
        for (var round = 0; round < WarmUps; round++)
            await Round(once);
        var spent = new List<double>();
        long bytes = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(true);
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            await Round(once);
            spent.Add((Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / (AtOnce * Talks * Lines.Length));
            bytes = (GC.GetTotalAllocatedBytes(true) - before) / (AtOnce * Talks * Lines.Length);
        }

        var median = spent.Order().ElementAt(Rounds / 2);
        Print(what, median, bytes);
        return median;
    }

    private static Task Round(Func<string, int, Task> once) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
    {
        for (var talk = 0; talk < Talks; talk++)
        {
            var from = People[RandomNumberGenerator.GetInt32(People.Length)];
            for (var line = 0; line < Lines.Length; line++)
                await once(from, line);
        }
    }));

    private static void Print(string what, double microseconds, long bytes) =>
        Console.WriteLine(FormattableString.Invariant($"{what,-50} {microseconds,7:0.0} us {bytes,8} bytes"));
}
