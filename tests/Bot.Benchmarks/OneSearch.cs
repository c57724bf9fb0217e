using System.Diagnostics;
using Bot.Domain.Commands;
using Bot.Domain.Knowledge;
using Bot.Storage;
using Bot.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Benchmarks;

/// <summary>
/// A search in a library of 100,000 entries on both databases: the shipped entries among invented ones that are made of the same words, so that most
/// words stand in very many entries. Each search is a whole query in a scope of its own, as a turn asks it. The limit is 20 ms for 99 of 100.
/// </summary>
internal static class OneSearch
{
    private const int Entries = 100_000;
    private const int Searches = 2_000;
    private static readonly DateOnly March = new(2026, 3, 1);

    public static async Task Measure()
    {
        foreach (var kind in (DatabaseKind[])[DatabaseKind.Sqlite, DatabaseKind.Postgres])
        {
            await using var database = await Databases.Fresh(kind);
            using var office = new Office(database: database);
            await office.TakeInKnowledge();
            var shipped = await office.Use(db => Task.FromResult(db.KnowledgeEntries.Select(e => e.Title).ToList()));
            var sentences = await office.Use(db => Task.FromResult(db.KnowledgeEntries.AsEnumerable().SelectMany(e => e.Points).ToList()));
            var start = Stopwatch.GetTimestamp();
            var invented = Invented(shipped, sentences).ToList();
            await office.Services.GetRequiredService<Transactions>().RunLong(
                "knowledge",
                (work, token) => work.Services.GetRequiredService<IMediator>().Send(new TakeInKnowledge(Actor.Service, invented), token),
                CancellationToken.None);
            var taken = Stopwatch.GetElapsedTime(start).TotalSeconds;

            string[] asked = [.. shipped, .. sentences.Select(sentence => sentence[..Math.Min(14, sentence.Length)]), "粉尘", "有限空间", "安全出口上锁", "月球基地怎么申请", "消防 台账 记录", "检查", "作业 记录 安全"];
            await Many(office, asked, Searches / 4);
            var before = Environment.CpuUsage.TotalTime;
            var took = await Many(office, asked, Searches);
            var worked = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Searches;
            Console.WriteLine(FormattableString.Invariant($"{kind}: {Entries:N0} entries taken in {taken:0} s; a search: median {took[took.Count / 2]:0.0} ms, 99 of 100 within {took[took.Count * 99 / 100]:0.0} ms, slowest {took[^1]:0.0} ms; {worked:0.0} ms of this process's processor time"));
        }
    }

    private static async Task<List<double>> Many(Office office, string[] asked, int searches)
    {
        var took = new List<double>();
        for (var i = 0; i < searches; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var scope = office.Services.CreateScope();
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SearchKnowledge(Office.Visitor(), asked[i % asked.Length]));
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        took.Sort();
        return took;
    }

    private static IEnumerable<KnowledgeFacts> Invented(List<string> titles, List<string> sentences)
    {
        var random = new Random(2026);
        var kinds = Enum.GetValues<KnowledgeKind>();
        for (var i = 0; i < Entries; i++)
        {
            yield return new KnowledgeFacts(
                FormattableString.Invariant($"invented-{i}"),
                kinds[i % kinds.Length],
                FormattableString.Invariant($"{Piece(random, titles)}{Piece(random, titles)}{i}"),
                [.. Enumerable.Range(0, 4).Select(_ => sentences[random.Next(sentences.Count)])],
                "基准",
                March.AddDays(-random.Next(400)));
        }
    }

    private static string Piece(Random random, List<string> titles)
    {
        var title = titles[random.Next(titles.Count)];
        return title[..Math.Min(title.Length, 6)];
    }
}
