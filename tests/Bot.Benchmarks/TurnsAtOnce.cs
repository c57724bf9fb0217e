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
        var sequential = Environment.GetEnvironmentVariable("SEQ") is not null;
        var people = Enumerable.Range(0, 20_000).Select(_ => "o" + Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20))).ToArray();
        var lastMessage = 23000000000000001;
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
                    var from = new Address("wechat", people[Random.Shared.Next(people.Length)]);
                    for (var i = 0; i < Lines.Length; i++)
                    {
                        var number = Interlocked.Increment(ref lastMessage);
                        var id = sequential ? FormattableString.Invariant($"{number}:1763770000:{from.ExternalId}") : FormattableString.Invariant($"{from.ExternalId}:{number}:1763770000");
                        await turns.Take(new Incoming(from, id, Lines[i], DateTime.UtcNow), null, CancellationToken.None);
                    }
                }
            }));
            const int messages = AtOnce * talks * 4;
            Console.WriteLine(FormattableString.Invariant($"{watch.Elapsed.TotalMicroseconds / messages:0.0} us, cpu {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / messages:0.0} us, {(GC.GetTotalAllocatedBytes(true) - bytes) / messages} bytes"));
        }
    }
}
