using System.Diagnostics;
using System.Globalization;
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
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Benchmarks;

/// <summary>
/// What one message costs in a conversation of ten steps on a SQLite file with synchronous=FULL, one message after another (each waits for its
/// own fsync) and sixty-four at a time (they share it).
/// </summary>
internal static class OneStep
{
    private const int Talks = 150;
    private const int AtOnce = 64;
    private static readonly string[] Lines = ["十步", .. TenQuestions.Lines, "提交"];
    private static int nextAddress;

    public static async Task Measure()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        var conversation = new Conversation("Ten", "十步", "这次", TenQuestions.Play) { Roles = [ActorRole.Public], Opens = text => text == Lines[0] };
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.ClearProviders())
            .AddDomain()
            .AddStorage(database.Location)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new ChinaClock(TimeProvider.System))
            .AddSingleton(RulePack.Load(Manifests.Path("rules"), "yunlan"))
            .AddSingleton(new CalendarBook(new WorkingCalendar(HolidayNotices.Load(Manifests.Path("holidays")))))
            .AddSingleton(NoticeWording.Load(Manifests.Path("notices.json")))
            .AddSingleton(new Desk([conversation], IntentRecogniser.Load(Phrases.Shipped)))
            .AddSingleton(new OwnAddress(null))
            .AddSingleton<TakeTurn>()
            .BuildServiceProvider();
        await services.GetRequiredService<Schema>().BringUpToDate(CancellationToken.None);

        await Talk(services, 20);
        var (whole, bytes) = await PerMessage(() => Talk(services, Talks), Talks * Lines.Length);
        var (desk, deskBytes) = await PerMessage(() => DeskAlone(services, Talks), Talks * Lines.Length);
        var (storage, storageBytes) = await PerMessage(() => RowsAlone(services, Talks), Talks * Lines.Length);
        var (empty, _) = await PerMessage(() => CommitsAlone(services, Talks), Talks * Lines.Length);
        await Parallel(services);
        var (shared, _) = await PerMessage(() => Parallel(services), AtOnce * 4 * Lines.Length);

        Console.WriteLine("one message of a ten-step conversation, SQLite, synchronous=FULL:");
        Print("whole turn, one after another", whole, bytes);
        Print("  of it: understanding and replay", desk, deskBytes);
        Print("  of it: database (seen, talk, two messages of history, commit)", storage, storageBytes);
        Print("  of it: the rest", whole - desk - storage, bytes - deskBytes - storageBytes);
        Print("yardstick: a commit of one row, one after another", empty, 0);
        Console.WriteLine(FormattableString.Invariant($"ratio of the whole turn to the yardstick: {whole / empty:0.00}"));
        Print(FormattableString.Invariant($"whole turn, {AtOnce} talks at a time"), shared, 0);
        Console.WriteLine(FormattableString.Invariant($"ratio to one after another: {shared / whole:0.00}"));
    }

    private static async Task Talk(IServiceProvider services, int talks)
    {
        var turns = services.GetRequiredService<TakeTurn>();
        for (var talk = 0; talk < talks; talk++)
            await OneTalk(turns);
    }

    private static async Task OneTalk(TakeTurn turns)
    {
        var from = NextAddress();
        for (var i = 0; i < Lines.Length; i++)
            await turns.Take(Message(from, i), (rows, taken, token) => History(rows, from, i, token), CancellationToken.None);
    }

    private static async Task Parallel(IServiceProvider services)
    {
        var turns = services.GetRequiredService<TakeTurn>();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var talk = 0; talk < 4; talk++)
                await OneTalk(turns);
        }));
    }

    private static async Task DeskAlone(IServiceProvider services, int talks)
    {
        var desk = services.GetRequiredService<Desk>();
        var visitor = Office.Visitor();
        for (var talk = 0; talk < talks; talk++)
        {
            string? stored = null;
            for (var i = 0; i < Lines.Length; i++)
            {
                await using var scope = services.CreateAsyncScope();
                var world = new Surroundings(visitor, services.GetRequiredService<RulePack>(), services.GetRequiredService<CalendarBook>().Current, scope.ServiceProvider.GetRequiredService<IMediator>(), DateTime.UnixEpoch);
                stored = (await desk.Take(TalkState.Read(stored), Message(visitor.Address, i), world, CancellationToken.None)).State.Write();
            }
        }
    }

    private static async Task RowsAlone(IServiceProvider services, int talks)
    {
        var transactions = services.GetRequiredService<Transactions>();
        var state = new string('x', 400);
        for (var talk = 0; talk < talks; talk++)
        {
            var from = NextAddress();
            for (var i = 0; i < Lines.Length; i++)
            {
                await transactions.Run(from.ToString(), async (work, token) =>
                {
                    var rows = work.Rows;
                    await rows.Seen(from.Channel, MessageId(from, i), token);
                    await rows.Actor(from, token);
                    var read = await rows.Talk(from, token);
                    await rows.KeepTalk(from, state, read, DateTime.UnixEpoch, token);
                    await rows.RememberSeen(from.Channel, MessageId(from, i), state, DateTime.UnixEpoch, token);
                    await History(rows, from, i, token);
                    return 0;
                }, CancellationToken.None);
            }
        }
    }

    private static async Task CommitsAlone(IServiceProvider services, int talks)
    {
        var transactions = services.GetRequiredService<Transactions>();
        for (var i = 0; i < talks * Lines.Length; i++)
        {
            var id = NextAddress().ExternalId;
            await transactions.Run("yardstick", async (work, token) =>
            {
                await work.Rows.RememberSeen("yardstick", id, "", DateTime.UnixEpoch, token);
                return 0;
            }, CancellationToken.None);
        }
    }

    private static async Task History(HotRows rows, Address from, int i, CancellationToken cancellationToken)
    {
        const string json = """{"type":"message","text":"一句不长不短的话，像平常那样。"}""";
        await rows.AppendActivity(from.ExternalId, MessageId(from, i) + "u", json, DateTime.UnixEpoch, null, cancellationToken);
        await rows.AppendActivity(from.ExternalId, MessageId(from, i) + "b", json, DateTime.UnixEpoch, null, cancellationToken);
    }

    private static Incoming Message(Address from, int i) => new(from, MessageId(from, i), Lines[i], DateTime.UnixEpoch);

    private static string MessageId(Address from, int i) => $"{from.ExternalId}-{i}";

    private static Address NextAddress() => new("web", "v" + Interlocked.Increment(ref nextAddress).ToString(CultureInfo.InvariantCulture));

    private static async Task<(double Microseconds, long Bytes)> PerMessage(Func<Task> act, int messages)
    {
        var runs = new List<(double Microseconds, long Bytes)>();
        for (var run = 0; run < 3; run++)
        {
            var bytes = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            await act();
            runs.Add((Stopwatch.GetElapsedTime(start).TotalMicroseconds / messages, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / messages));
        }

        return runs.OrderBy(run => run.Microseconds).ElementAt(1);
    }

    private static void Print(string what, double microseconds, long bytes) =>
        Console.WriteLine(FormattableString.Invariant($"{what}: {microseconds:0} µs{(bytes == 0 ? "" : $", {bytes} bytes")}"));
}
