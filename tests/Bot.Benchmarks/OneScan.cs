using System.Diagnostics;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Benchmarks;

/// <summary>
/// The full scan for clues through ten thousand to a million tasks, one in a hundred of which was visited without scan and one in twenty published too late:
/// first a scan that writes down what it finds, then one that finds nothing new, as on any morning.
/// </summary>
internal static class OneScan
{
    private const string Key = "sweep";

    public static async Task Measure()
    {
        Console.WriteLine("tasks        first scan   clues   evidence     next scan   peak memory");
        foreach (var tasks in new[] { 10_000, 100_000, 1_000_000 })
        {
            await using var district = await OneRound.District.Open(tasks);
            await district.Run("""UPDATE "Tasks" SET "ScannedInAt" = NULL WHERE "CompletedOn" IS NOT NULL AND CAST(substr("Id", 2) AS INTEGER) % 100 = 7""");
            await district.Run("""UPDATE "Tasks" SET "PublishedOn" = NULL, "Stage" = 'Reported' WHERE "Stage" = 'Published' AND CAST(substr("Id", 2) AS INTEGER) % 20 = 3""");
            var first = await Timed(district.Services);
            var next = await Timed(district.Services);
            var (clues, evidence) = await district.Use(async db => (await db.Clues.CountAsync(), await db.ClueEvidence.CountAsync()));
            var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024;
            Console.WriteLine(FormattableString.Invariant($"{tasks,9} {first.TotalSeconds,10:0.0} s {clues,7} {evidence,10} {next.TotalSeconds,11:0.0} s {peak,10} MB"));
        }
    }

    private static async Task<TimeSpan> Timed(IServiceProvider services)
    {
        var began = Stopwatch.GetTimestamp();
        await using var scope = services.CreateAsyncScope();
        var transactions = services.GetRequiredService<Transactions>();
        await foreach (var findings in scope.ServiceProvider.GetRequiredService<ClueBooks>().Find(CancellationToken.None))
            await transactions.RunLong(Key, (work, token) => work.Services.GetRequiredService<IMediator>().Send(new RecordClues(Actor.Service, findings), token), CancellationToken.None);
        return Stopwatch.GetElapsedTime(began);
    }
}
