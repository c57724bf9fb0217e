using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Knowledge;

/// <summary>
/// The entries of one stretch of the library in which a word stands. The full-text index is made of these rows on both databases: one read brings all that a
/// question has to be held against, however common its words are, and both databases rank every entry alike.
/// </summary>
public sealed class KnowledgeTerm
{
    /// <summary>Stands for all entries; has no places.</summary>
    internal const string All = "";

    /// <summary>Stands for the entries that are for certain trades. No word of a text has a colon.</summary>
    internal const string OfATrade = "trade:";

    private const string OfAKind = "kind:";
    private const int BytesOfPlace = 2;

    private KnowledgeTerm()
    {
    }

    internal KnowledgeTerm(string term, int stretch, int entries, ReadOnlySpan<byte> places) => (Term, Stretch, Entries, Places) = (term, stretch, entries, places.ToArray());

    public string Term { get; private set; } = "";
    public int Stretch { get; private set; }

    /// <summary>In how many entries of the stretch it stands: a rare word says more.</summary>
    public int Entries { get; private set; }

    /// <summary>Two bytes for each entry: its number within the stretch, and in the lowest bit whether the word stands in its title.</summary>
    public byte[] Places { get; private set; } = [];

    internal static string OfTrade(string trade) => OfATrade + trade;

    internal static string OfKind(KnowledgeKind kind) => OfAKind + kind;

    internal void Add(ReadOnlySpan<byte> places) => (Entries, Places) = (Entries + 1, [.. Places, .. places]);

    /// <summary>Adds the word's weight to the entries in which it stands, and what it weighs more in a title.</summary>
    internal void Weigh(int weight, int moreInTitle, Span<int> covered, Span<int> more)
    {
        for (var at = 0; at < Places.Length; at += BytesOfPlace)
        {
            var place = BinaryPrimitives.ReadUInt16LittleEndian(Places.AsSpan(at));
            covered[place >> 1] += weight;
            more[place >> 1] += (place & 1) * moreInTitle;
        }
    }

    /// <summary>Gives each of its entries this factor, unless it has none at all.</summary>
    internal void Favour(double factor, Span<double> factors)
    {
        for (var at = 0; at < Places.Length; at += BytesOfPlace)
        {
            var place = BinaryPrimitives.ReadUInt16LittleEndian(Places.AsSpan(at)) >> 1;
            factors[place] = factors[place] > 0 ? factor : 0;
        }
    }

    /// <summary>Lets in its entries where the others stay outside.</summary>
    internal void Admit(Span<double> factors)
    {
        for (var at = 0; at < Places.Length; at += BytesOfPlace)
            factors[BinaryPrimitives.ReadUInt16LittleEndian(Places.AsSpan(at)) >> 1] = 1;
    }

    internal static void Write(List<byte> places, int place, bool inTitle)
    {
        Span<byte> bytes = stackalloc byte[BytesOfPlace];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(place << 1 | (inTitle ? 1 : 0)));
        places.AddRange(bytes);
    }
}

/// <summary>Keeps the rows of the full-text index in step with the entries. One stretch is made anew alone, so that a small change of a large library is small.</summary>
internal static class KnowledgeIndex
{
    /// <summary>A number within a stretch and one bit more have room in two bytes.</summary>
    private const int Bits = 12;

    public const int EntriesOfStretch = 1 << Bits;

    public static int FirstOf(int stretch) => stretch << Bits;

    public static int StretchOf(int entryId) => entryId >> Bits;

    /// <summary>Makes the stretches of these entries anew, those of entries that are gone too. The entries themselves are saved already.</summary>
    public static async Task Renew(ISupervisionDb db, IEnumerable<int> entryIds, CancellationToken cancellationToken)
    {
        var stretches = entryIds.Select(StretchOf).Distinct().Order().ToList();
        await db.KnowledgeTerms.Where(t => stretches.Contains(t.Stretch)).ExecuteDeleteAsync(cancellationToken);
        foreach (var stretch in stretches)
        {
            var (first, last) = (FirstOf(stretch), FirstOf(stretch) + EntriesOfStretch - 1);
            var words = new Words();
            var entries = db.KnowledgeEntries.AsNoTracking().Where(e => e.Id >= first && e.Id <= last).OrderBy(e => e.Id).Select(e => new Indexed(e.Id, e.Kind, e.Trades, e.TitleTerms, e.Terms));
            await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancellationToken))
                words.Add(entry);
            db.KnowledgeTerms.AddRange(words.Rows(stretch));
        }
    }

    /// <summary>Takes in one new entry, which is saved already.</summary>
    public static async Task Add(ISupervisionDb db, KnowledgeEntry entry, CancellationToken cancellationToken)
    {
        var stretch = StretchOf(entry.Id);
        var words = new Words();
        words.Add(new Indexed(entry.Id, entry.Kind, entry.Trades, entry.TitleTerms, entry.Terms));
        var rows = words.Rows(stretch).ToList();
        var terms = rows.ConvertAll(row => row.Term);
        var known = await db.KnowledgeTerms.Where(t => t.Stretch == stretch && terms.Contains(t.Term)).ToDictionaryAsync(t => t.Term, StringComparer.Ordinal, cancellationToken);
        foreach (var row in rows)
        {
            if (known.TryGetValue(row.Term, out var stored))
                stored.Add(row.Places);
            else
                db.KnowledgeTerms.Add(row);
        }
    }

    private sealed record Indexed(int Id, KnowledgeKind Kind, List<string> Trades, string TitleTerms, string Terms);

    private sealed class Words
    {
        private readonly Dictionary<string, (int Entries, List<byte> Places)> words = new(StringComparer.Ordinal);

        public void Add(Indexed entry)
        {
            var place = entry.Id - FirstOf(StretchOf(entry.Id));
            Of(KnowledgeTerm.All);
            KnowledgeTerm.Write(Of(KnowledgeTerm.OfKind(entry.Kind)), place, inTitle: false);
            if (entry.Trades.Count > 0)
                KnowledgeTerm.Write(Of(KnowledgeTerm.OfATrade), place, inTitle: false);
            foreach (var trade in entry.Trades.Distinct(StringComparer.Ordinal))
                KnowledgeTerm.Write(Of(KnowledgeTerm.OfTrade(trade)), place, inTitle: false);
            var title = Split(entry.TitleTerms).ToHashSet(StringComparer.Ordinal);
            foreach (var term in Split(entry.Terms))
                KnowledgeTerm.Write(Of(term), place, title.Contains(term));
        }

        public IEnumerable<KnowledgeTerm> Rows(int stretch) => words.Select(word => new KnowledgeTerm(word.Key, stretch, word.Value.Entries, CollectionsMarshal.AsSpan(word.Value.Places)));

        private static string[] Split(string terms) => terms.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>The places of a word that stands in one entry more.</summary>
        private List<byte> Of(string term)
        {
            ref var word = ref CollectionsMarshal.GetValueRefOrAddDefault(words, term, out _);
            word = (word.Entries + 1, word.Places ?? []);
            return word.Places;
        }
    }
}
