using System.Diagnostics;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.FrontDesk;
using Bot.Dialogs.Understanding;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Bot.Storage;
using Bot.Testing;
using Bot.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Benchmarks;

/// <summary>The turns of the callback load, in process, many people at once: time and processor time of one message.</summary>
internal static class TurnsAtOnce
{
    private const int AtOnce = 64;
    private static readonly string[] Lines = ["匿名咨询", "仓库堆放高度有什么要求", "提交", "谢谢"];

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
        for (var round = 0; round < 24; round++)
        {
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var bytes = GC.GetTotalAllocatedBytes(true);
            var watch = Stopwatch.StartNew();
            const int talks = 40;
            var r = round;
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async person =>
            {
                for (var talk = 0; talk < talks; talk++)
                {
                    var from = new Address("wechat", FormattableString.Invariant($"o{r}x{person}x{talk}ABCDEFGHIJKLMNOPQR"));
                    for (var i = 0; i < Lines.Length; i++)
                        await turns.Take(new Incoming(from, FormattableString.Invariant($"{from.ExternalId}:{i}"), Lines[i], DateTime.UtcNow), null, CancellationToken.None);
                }
            }));
            const int messages = AtOnce * talks * 4;
            Console.WriteLine(FormattableString.Invariant($"{watch.Elapsed.TotalMicroseconds / messages:0.0} us, cpu {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / messages:0.0} us, {(GC.GetTotalAllocatedBytes(true) - bytes) / messages} bytes"));
        }
        if (Environment.GetEnvironmentVariable("PARTS") is not null) await Parts(services);
    }

    private static async Task Parts(IServiceProvider services)
    {
        var desk = services.GetRequiredService<Desk>();
        var states = new string?[Lines.Length + 1];
        var visitor = new Actor(null, ActorRole.Public, "访客", new Address("wechat", "oABC"));
        for (var round = 0; round < 5; round++)
        for (var i = 0; i < Lines.Length; i++)
        {
            const int times = 3000;
            var read = 0.0; var take = 0.0; var write = 0.0; var scoped = 0.0;
            var bytes = GC.GetTotalAllocatedBytes(true);
            for (var n = 0; n < times; n++)
            {
                var a = Stopwatch.GetTimestamp();
                await using var scope = services.CreateAsyncScope();
                var mediator = scope.ServiceProvider.GetRequiredService<MediatR.IMediator>();
                var b = Stopwatch.GetTimestamp();
                var state = TalkState.Read(states[i]);
                var c = Stopwatch.GetTimestamp();
                var talked = await desk.Take(state, new Incoming(visitor.Address, "x", Lines[i], DateTime.UtcNow), new Surroundings(visitor, services.GetRequiredService<RulePack>(), services.GetRequiredService<CalendarBook>().Current, mediator, DateTime.UtcNow), CancellationToken.None);
                var d = Stopwatch.GetTimestamp();
                states[i + 1] = talked.State.Write();
                var e = Stopwatch.GetTimestamp();
                scoped += b - a; read += c - b; take += d - c; write += e - d;
            }
            var per = 1e6 / Stopwatch.Frequency / times;
            Console.WriteLine(FormattableString.Invariant($"{Lines[i]}: scope {scoped * per:0.0} read {read * per:0.0} take {take * per:0.0} write {write * per:0.0}; {(GC.GetTotalAllocatedBytes(true) - bytes) / times} bytes; state {states[i + 1]!.Length}"));
        }
    }
}
