using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Testing;
using MediatR;

namespace Bot.Benchmarks;

/// <summary>What a conversation of ten steps costs at each message besides the database: reading its journal, replaying it, writing it.</summary>
internal static class ReplayOfTenSteps
{
    private const int Rounds = 200;
    private const int PerRound = 200;

    public static async Task Measure()
    {
        var conversation = new Conversation("Ten", "十步", "这次", TenQuestions.Play);
        var now = new DateTime(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc);
        var rules = RulePack.Load(Manifests.Path("rules"), "yunlan");
        var calendar = new WorkingCalendar(HolidayNotices.Load(Manifests.Path("holidays")));
        var world = new Surroundings(Office.Visitor(), rules, calendar, new Mediator(type => throw new InvalidOperationException($"{type} is not needed here.")), now);
        var state = new TalkState { Stack = { new Journal(conversation.Id, 1, now) } };
        await Replay.Run(conversation, state.Held!, world, null, opening: true, CancellationToken.None);
        foreach (var line in TenQuestions.Lines)
            await Replay.Run(conversation, state.Held!, world, new Said(line, [], world.ChinaNow), opening: false, CancellationToken.None);
        var stored = state.Write();

        var all = await Median(async () =>
        {
            var read = TalkState.Read(stored);
            var outcome = await Replay.Run(conversation, read.Held!, world, null, opening: false, CancellationToken.None);
            if (outcome.Question is null || read.Write().Length != stored.Length)
                throw new InvalidOperationException("The replay did not come out where it should.");
        });
        var replay = await Median(async () => await Replay.Run(conversation, state.Held!, world, null, opening: false, CancellationToken.None));
        var parse = await Median(() =>
        {
            using var document = JsonDocument.Parse(stored);
            return document.RootElement.TryGetProperty("s", out _) ? Task.CompletedTask : throw new InvalidOperationException("The journal is missing.");
        });

        Console.WriteLine($"journal of {TenQuestions.Lines.Count} steps: {Encoding.UTF8.GetByteCount(stored)} bytes");
        Print("read + replay + write", all);
        Print("replay alone", replay);
        Print("yardstick: JsonDocument.Parse of the same journal", parse);
        Console.WriteLine($"ratio to the yardstick: {all.Microseconds / parse.Microseconds:0.0}");
    }

    private static async Task<(double Microseconds, long Bytes)> Median(Func<Task> act)
    {
        for (var i = 0; i < Rounds * PerRound / 4; i++) await act();
        var times = new double[Rounds];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < PerRound; i++) await act();
            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / PerRound;
        }

        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (Rounds * PerRound);
        Array.Sort(times);
        return (times[Rounds / 2], bytes);
    }

    private static void Print(string what, (double Microseconds, long Bytes) cost) =>
        Console.WriteLine(FormattableString.Invariant($"{what}: {cost.Microseconds:0.0} µs median, {cost.Bytes} bytes allocated"));
}
