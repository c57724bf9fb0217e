using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Domain.Drawing;

/// <summary>One object of a list with its weight; 100 is average.</summary>
public readonly record struct DrawEntry(string Id, int Weight);

/// <summary>
/// A weighted draw without replacement that anybody can repeat from the published seed and list (D10), in whole numbers only, so that every
/// machine comes to the same result:
/// <list type="number">
/// <item>The list stands in ordinal order of its ids; its hash is the SHA-256 of the lines <c>id TAB weight LF</c> in UTF-8.</item>
/// <item>For each object, u is the first 8 bytes (big endian, 0 counts as 1) of SHA-256(seed LF id), and e = −log2(u / 2^64) with 32 binary places.</item>
/// <item>Its key is e · 2^24 / weight, rounded down. The smallest keys are drawn, equal keys in the order of the list.</item>
/// </list>
/// The keys are exponential with the weight as their rate: the method of Efraimidis and Spirakis (2006).
/// </summary>
public static class WeightedDraw
{
    public const int HeaviestWeight = 1_000_000;

    private const int Places = 32;
    private const int Spread = 24;
    private const int LongestOnStack = 512;

    /// <summary>Keys are reckoned in pieces of this size at a time; they do not depend on each other.</summary>
    private const int Piece = 8192;

    /// <summary>In the order in which the list is published and hashed.</summary>
    public static DrawEntry[] InOrder(IEnumerable<DrawEntry> entries)
    {
        var list = entries.ToArray();
        for (var at = 0; at < list.Length; at++)
        {
            if (list[at].Weight is < 1 or > HeaviestWeight)
                throw new ArgumentException($"The weight of {list[at].Id} is not between 1 and {HeaviestWeight}.", nameof(entries));
            if (at > 0 && string.CompareOrdinal(list[at - 1].Id, list[at].Id) >= 0)
                return Sorted(list);
        }

        return list;
    }

    /// <summary>The hash that is published with the draw.</summary>
    public static string HashOf(ReadOnlySpan<DrawEntry> inOrder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var filled = 0;
        foreach (var (id, weight) in inOrder)
        {
            var longest = Encoding.UTF8.GetMaxByteCount(id.Length) + 16;
            if (filled + longest > buffer.Length)
            {
                hash.AppendData(buffer, 0, filled);
                filled = 0;
                if (longest > buffer.Length)
                    buffer = new byte[longest];
            }

            filled += Encoding.UTF8.GetBytes(id, buffer.AsSpan(filled));
            buffer[filled++] = (byte)'\t';
            weight.TryFormat(buffer.AsSpan(filled), out var digits, default, CultureInfo.InvariantCulture);
            filled += digits;
            buffer[filled++] = (byte)'\n';
        }

        hash.AppendData(buffer, 0, filled);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The places in the list of what is drawn, first drawn first.</summary>
    public static int[] Pick(string seed, DrawEntry[] inOrder, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var head = Encoding.UTF8.GetBytes(seed + "\n");
        var keys = new ulong[inOrder.Length];
        var places = new int[inOrder.Length];
        var pieces = (keys.Length + Piece - 1) / Piece;
        Parallel.For(0, pieces, piece =>
        {
            for (var at = piece * Piece; at < Math.Min(keys.Length, (piece + 1) * Piece); at++)
                (keys[at], places[at]) = (KeyOf(head, inOrder[at]), at);
        });
        Array.Sort(keys, places);
        var drawn = Math.Min(count, keys.Length);
        for (var from = 0; from < drawn;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
                to++;
            Array.Sort(places, from, to - from);
            from = to;
        }

        return places[..drawn];
    }

    /// <summary>How many are drawn of so many at a share in percent: at least the share.</summary>
    public static int CountOf(int size, decimal percent) => (int)Math.Ceiling(size * percent / 100);

    private static ulong KeyOf(ReadOnlySpan<byte> head, DrawEntry entry)
    {
        var length = head.Length + Encoding.UTF8.GetMaxByteCount(entry.Id.Length);
        var text = length <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[length];
        head.CopyTo(text);
        var written = head.Length + Encoding.UTF8.GetBytes(entry.Id, text[head.Length..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..written], digest);
        var u = Math.Max(1, BinaryPrimitives.ReadUInt64BigEndian(digest));
        return ((64UL << Places) - Log2(u) << Spread) / (ulong)entry.Weight;
    }

    /// <summary>log2 with 32 binary places, each place by squaring what is left.</summary>
    private static ulong Log2(ulong value)
    {
        var whole = 63 - BitOperations.LeadingZeroCount(value);
        var rest = value << (63 - whole);
        var result = (ulong)whole;
        for (var place = 0; place < Places; place++)
        {
            var high = Math.BigMul(rest, rest, out var low);
            var carried = high >> 63;
            result = result << 1 | carried;
            rest = carried == 1 ? high : high << 1 | low >> 63;
        }

        return result;
    }

    private static DrawEntry[] Sorted(DrawEntry[] list)
    {
        Array.Sort(list, (left, right) => string.CompareOrdinal(left.Id, right.Id));
        for (var at = 1; at < list.Length; at++)
        {
            if (list[at - 1].Id == list[at].Id)
                throw new ArgumentException($"{list[at].Id} stands twice in the list.", nameof(list));
        }

        return list;
    }
}
