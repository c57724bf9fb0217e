using System.Diagnostics;
using System.Text.RegularExpressions;
using Bot.Domain.Commands;
using Bot.Domain.Knowledge;
using Bot.Storage;
using Bot.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Benchmarks;

/// <summary>
/// A search in a library of 10,000 and then of 100,000 entries on both databases: the shipped entries among invented ones, which are put together from the
/// Chinese sentences of the shipped files and have a number of their own. Each search is a whole query in a scope of its own, as a turn asks it; after each
/// one entry is read by its number in the same way, which tells what the machine and the database alone take at that moment. The limit is 20 ms for 99 of 100.
/// </summary>
internal static partial class OneSearch
{
    private const int Rounds = 400;
    private static readonly int[] Sizes = [10_000, 100_000];
    private static readonly DateOnly March = new(2026, 3, 1);

    public static async Task Measure()
    {
        Console.WriteLine("database  entries   asked for                       median     99 of 100   slowest    beside one entry by number (99 of 100)");
        foreach (var kind in (DatabaseKind[])[DatabaseKind.Sqlite, DatabaseKind.Postgres])
        {
            await using var database = await Databases.Fresh(kind);
            using var office = new Office(database: database);
            var (shipped, sentences) = (Shipped(), Sentences());
            foreach (var size in Sizes)
            {
                var start = Stopwatch.GetTimestamp();
                KnowledgeFacts[] library = [.. shipped, .. Invented(size - shipped.Count, sentences)];
                await office.Services.GetRequiredService<Transactions>().RunLong(
                    "knowledge",
                    (work, token) => work.Services.GetRequiredService<IMediator>().Send(new TakeInKnowledge(Actor.Service, library), token),
                    CancellationToken.None);
                Console.WriteLine(FormattableString.Invariant($"{kind,-9} {size,7}   taken in within {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, {library.Average(entry => entry.Title.Length + entry.Points.Sum(point => point.Length)):0} characters each, the commonest word in {await Commonest(office):P0} of them"));
                await Ask(office, kind, size, Questions(library, sentences));
            }
        }
    }

    private static async Task Ask(Office office, DatabaseKind kind, int size, IReadOnlyList<(string About, Func<Random, string> Words)> questions)
    {
        var random = new Random(3);
        await Round(office, size, questions, random, Rounds / 8);
        var before = Environment.CpuUsage.TotalTime;
        var took = await Round(office, size, questions, random, Rounds);
        var worked = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / (Rounds * questions.Count);
        foreach (var (about, _) in questions)
            Say(about, [.. took.Where(one => one.About == about)]);
        Say("all together", took);
        Console.WriteLine(FormattableString.Invariant($"{kind,-9} {size,7}   {worked:0.00} ms of this process's processor time for a search and a reading, {took.Count(one => one.Search > 20) / (double)took.Count:P2} of the searches beyond 20 ms"));

        void Say(string about, List<Took> some)
        {
            var (searches, readings) = (some.Select(one => one.Search).Order().ToList(), some.Select(one => one.Reading).Order().ToList());
            Console.WriteLine(FormattableString.Invariant($"{kind,-9} {size,7}   {about,-27} {searches[searches.Count / 2],8:0.00} ms {searches[searches.Count * 99 / 100],10:0.00} ms {searches[^1],7:0.0} ms    {searches[searches.Count / 2] / readings[readings.Count / 2]:0.0} times in the median, {searches[searches.Count * 99 / 100] / readings[readings.Count * 99 / 100]:0.0} times ({readings[readings.Count * 99 / 100]:0.00} ms)"));
        }
    }

    private static async Task<List<Took>> Round(Office office, int size, IReadOnlyList<(string About, Func<Random, string> Words)> questions, Random random, int rounds)
    {
        var took = new List<Took>();
        for (var i = 0; i < rounds * questions.Count; i++)
        {
            var (about, words) = questions[i % questions.Count];
            var (asked, number) = (words(random), random.Next(1, size));
            var start = Stopwatch.GetTimestamp();
            using (var scope = office.Services.CreateScope())
                await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SearchKnowledge(Office.Visitor(), asked));
            var searched = Stopwatch.GetTimestamp();
            using (var scope = office.Services.CreateScope())
                await scope.ServiceProvider.GetRequiredService<SupervisionDb>().KnowledgeEntries.AsNoTracking().FirstOrDefaultAsync(entry => entry.Id == number);
            took.Add(new Took(about, Stopwatch.GetElapsedTime(start, searched).TotalMilliseconds, Stopwatch.GetElapsedTime(searched).TotalMilliseconds));
        }

        return took;
    }

    /// <summary>What people ask: a few words or all they want to say, rare and common.</summary>
    private static IReadOnlyList<(string About, Func<Random, string> Words)> Questions(KnowledgeFacts[] library, IReadOnlyList<string> sentences)
    {
        var common = library.SelectMany(entry => KnowledgeTerms.Of([entry.Title, .. entry.Points])).CountBy(term => term).OrderByDescending(term => term.Value).ThenBy(term => term.Key, StringComparer.Ordinal).Take(30).Select(term => term.Key).ToList();
        return
        [
            ("one rare word", random => $"编号{random.Next(1_000, library.Length - 100)}"),
            ("one common word", random => common[random.Next(common.Count)]),
            ("three common words", random => string.Join(' ', Enumerable.Range(0, 3).Select(_ => common[random.Next(common.Count)]))),
            ("the beginning of a sentence", random => Beginning(sentences[random.Next(sentences.Count)], 14)),
            ("a whole sentence", random => sentences[random.Next(sentences.Count)]),
            ("a shipped title", random => library[random.Next(60)].Title),
            ("what nobody wrote about", random => $"月球基地{random.Next(1_000_000, 9_999_999)}怎么申请"),
        ];
    }

    private static Task<double> Commonest(Office office) => office.Use(db =>
    {
        var counts = db.KnowledgeTerms.AsNoTracking().AsEnumerable().GroupBy(term => term.Term).Select(one => (one.Key, Entries: one.Sum(term => term.Entries))).ToList();
        return Task.FromResult((double)counts.Where(one => one.Key.Length > 0 && !one.Key.Contains(':', StringComparison.Ordinal)).Max(one => one.Entries) / counts.Single(one => one.Key.Length == 0).Entries);
    });

    private static List<KnowledgeFacts> Shipped() => [.. KnowledgeFolder.Load(Manifests.Folder, Bot.Domain.Results.LeniencyLists.Load(Manifests.Path("lists")))];

    /// <summary>Sentences of the shipped files and papers: Chinese as it stands in such texts, with common and rare words, and without the name of an enterprise (W29).</summary>
    private static List<string> Sentences() =>
    [
        .. new DirectoryInfo(Manifests.Folder).EnumerateFiles("*.json", SearchOption.AllDirectories)
            .Concat(Directory.GetParent(Manifests.Folder)!.EnumerateDirectories("docs").Single().EnumerateFiles("*.md"))
            .SelectMany(file => Sentence().Matches(File.ReadAllText(file.FullName)).Select(match => match.Value))
            .Where(sentence => !sentence.Contains("公司", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<KnowledgeFacts> Invented(int entries, List<string> sentences)
    {
        var random = new Random(2026);
        var kinds = Enum.GetValues<KnowledgeKind>();
        for (var i = 0; i < entries; i++)
        {
            yield return new KnowledgeFacts(
                FormattableString.Invariant($"invented-{i}"),
                kinds[i % kinds.Length],
                FormattableString.Invariant($"{Beginning(sentences[random.Next(sentences.Count)], 12)}（编号{i}）"),
                [.. Enumerable.Range(0, 4 + random.Next(9)).Select(_ => sentences[random.Next(sentences.Count)])],
                "基准",
                March.AddDays(-random.Next(400)));
        }
    }

    private static string Beginning(string sentence, int characters) => sentence[..Math.Min(characters, sentence.Length)];

    private readonly record struct Took(string About, double Search, double Reading);

    [GeneratedRegex("[\\u4e00-\\u9fa5][\\u4e00-\\u9fa50-9A-Za-z、，]{7,59}")]
    private static partial Regex Sentence();
}
