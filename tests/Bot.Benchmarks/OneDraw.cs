using System.Diagnostics;
using System.Globalization;
using Bot.Domain.Drawing;

namespace Bot.Benchmarks;

/// <summary>
/// A weighted draw of 5 % of 10⁴ to 10⁶ objects, with putting the list in order and hashing it; both for a list that comes in order and for one
/// that does not. The bound for a million is two seconds.
/// </summary>
internal static class OneDraw
{
    private const decimal Percent = 5;

    public static void Measure()
    {
        foreach (var size in (int[])[10_000, 100_000, 1_000_000])
        {
            var ordered = Enumerable.Range(0, size).Select(i => new DrawEntry(string.Create(CultureInfo.InvariantCulture, $"E{i:0000000}"), 25 + i % 16 * 25)).ToArray();
            var mixed = (DrawEntry[])ordered.Clone();
            new Random(2026).Shuffle(mixed);
            Print(size, "in order", ordered);
            Print(size, "not in order", mixed);
        }
    }

    private static void Print(int size, string how, DrawEntry[] entries)
    {
        const int times = 5;
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var runs = Enumerable.Range(0, times).Select(_ => Once(entries)).OrderBy(run => run.Whole).ToArray();
        process.Refresh();
        var worked = (process.TotalProcessorTime - before).TotalMilliseconds / times;
        var (order, hash, pick, whole) = runs[runs.Length / 2];
        Console.WriteLine(FormattableString.Invariant($"{size,9} objects, {how}: {whole:0} ms (order {order:0}, hash {hash:0}, draw {pick:0}), {worked:0} ms of processor time; drawn {WeightedDraw.CountOf(size, Percent)}"));
    }

    private static (double Order, double Hash, double Pick, double Whole) Once(DrawEntry[] entries)
    {
        var start = Stopwatch.GetTimestamp();
        var list = WeightedDraw.InOrder(entries);
        var ordered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        WeightedDraw.HashOf(list);
        var hashed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        WeightedDraw.Pick("双色球2026135期", list, WeightedDraw.CountOf(list.Length, Percent));
        var whole = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return (ordered, hashed - ordered, whole - hashed, whole);
    }
}
