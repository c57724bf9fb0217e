using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Knowledge;

/// <summary>Looks through the library for what somebody says in their own words; what is of their own trade comes first (S18, W26, W29).</summary>
/// <param name="By">Who looks; their enterprise's trade counts.</param>
/// <param name="Words">A few words or a whole question.</param>
/// <param name="Kinds">Only entries of these kinds; none for all.</param>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record SearchKnowledge(Actor By, [property: AtMost(1_000)] string Words, params IReadOnlyList<KnowledgeKind> Kinds) : IQuery<IReadOnlyList<KnowledgeFound>>
{
    public int Most { get; init; } = 3;
}

/// <summary>One entry, ready to be told.</summary>
/// <param name="Key">Its name in the files.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">Its title.</param>
/// <param name="Points">The text, point by point.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="DatedOn">As of when.</param>
/// <param name="Trades">The trades it is for; none for all.</param>
public sealed record KnowledgeFound(string Key, KnowledgeKind Kind, string Title, IReadOnlyList<string> Points, string Source, DateOnly DatedOn, IReadOnlyList<string> Trades)
{
    /// <summary>How much of what was asked it has, from 0 to 1.</summary>
    public double Covers { get; init; }

    internal static KnowledgeFound Of(KnowledgeEntry entry) => new(entry.Key, entry.Kind, entry.Title, entry.Points, entry.Source, entry.DatedOn, entry.Trades);
}

internal sealed class SearchKnowledgeHandler(ISupervisionDb db) : IRequestHandler<SearchKnowledge, IReadOnlyList<KnowledgeFound>>
{
    /// <summary>What has less of the question than this is about something else.</summary>
    private const double LeastCovered = 0.34;

    /// <summary>A word in the title counts as often.</summary>
    private const int InTitle = 2;

    private const double OfOwnTrade = 1.25;
    private const double OfOtherTrade = 0.6;

    /// <summary>A word that the library does not know counts less than a very rare one: it may be two words that meet.</summary>
    private const double Unknown = 0.7;

    /// <summary>Weights are added up as whole numbers, so that two entries with the same words are alike to the last digit.</summary>
    private const double Fineness = 1_000_000;

    public async Task<IReadOnlyList<KnowledgeFound>> Handle(SearchKnowledge query, CancellationToken cancellationToken)
    {
        var words = KnowledgeTerms.OfQuery(query.Words);
        if (words.Count == 0)
            return [];

        var trade = await query.By.Trade(db, cancellationToken);
        string[] ofTrades = trade is null ? [] : [KnowledgeTerm.OfATrade, KnowledgeTerm.OfTrade(trade)];
        string[] ofKinds = [.. query.Kinds.Distinct().Select(KnowledgeTerm.OfKind)];
        string[] asked = [KnowledgeTerm.All, .. words, .. ofTrades, .. ofKinds];
        var rows = await db.KnowledgeTerms.AsNoTracking().Where(t => asked.Contains(t.Term)).ToListAsync(cancellationToken);
        var all = rows.Where(row => row.Term == KnowledgeTerm.All).Sum(row => row.Entries);
        var weights = rows.Where(row => words.Contains(row.Term)).GroupBy(row => row.Term, StringComparer.Ordinal)
            .ToDictionary(one => one.Key, one => Weight(1 + (double)all / one.Sum(row => row.Entries)), StringComparer.Ordinal);
        if (weights.Count == 0)
            return [];

        var whole = weights.Values.Sum() + (words.Count - weights.Count) * Unknown * Weight(1 + all);
        var best = new Best(weights, ofTrades, ofKinds, (int)Math.Ceiling(LeastCovered * whole));
        foreach (var stretch in rows.GroupBy(row => row.Stretch))
            best.Look(stretch.Key, stretch.ToDictionary(row => row.Term, StringComparer.Ordinal));

        var hits = await First(best.Hits, query.Most, cancellationToken);
        var ids = hits.ConvertAll(hit => hit.Id);
        var entries = await db.KnowledgeEntries.AsNoTracking().Where(e => ids.Contains(e.Id))
            .Select(e => new { e.Id, Found = new KnowledgeFound(e.Key, e.Kind, e.Title, e.Points, e.Source, e.DatedOn, e.Trades) })
            .ToDictionaryAsync(e => e.Id, e => e.Found, cancellationToken);
        return [.. hits.Where(hit => entries.ContainsKey(hit.Id)).Select(hit => entries[hit.Id] with { Covers = hit.Covered / whole })];
    }

    private static int Weight(double rarity) => (int)Math.Round(Math.Log(rarity) * Fineness);

    /// <summary>Of those that fit as well as one another the earlier kind comes first, then the later day, then what is longer in the library.</summary>
    private async Task<List<Hit>> First(List<Hit> hits, int most, CancellationToken cancellationToken)
    {
        if (hits.Count < 2)
            return hits;

        var alike = hits.Where(hit => hits.Count <= most || hit.Score >= hits[most - 1].Score).ToList();
        var ids = alike.ConvertAll(hit => hit.Id);
        var standings = await db.KnowledgeEntries.AsNoTracking().Where(e => EF.Parameter(ids).Contains(e.Id)).Select(e => new { e.Id, e.Kind, e.DatedOn }).ToDictionaryAsync(e => e.Id, cancellationToken);
        return [.. alike.Where(hit => standings.ContainsKey(hit.Id)).OrderByDescending(hit => hit.Score).ThenBy(hit => standings[hit.Id].Kind).ThenByDescending(hit => standings[hit.Id].DatedOn).ThenBy(hit => hit.Id).Take(most)];
    }

    /// <summary>The best entries of the stretches that were looked through.</summary>
    private sealed class Best(Dictionary<string, int> weights, string[] ofTrades, string[] ofKinds, int leastCovered)
    {
        /// <summary>Of more that fit as well as one another those count that are longest in the library.</summary>
        private const int MostKept = 200;

        private readonly int[] covered = new int[KnowledgeIndex.EntriesOfStretch];
        private readonly int[] more = new int[KnowledgeIndex.EntriesOfStretch];
        private readonly double[] factors = new double[KnowledgeIndex.EntriesOfStretch];

        /// <summary>The best comes first.</summary>
        public List<Hit> Hits { get; } = [];

        public void Look(int stretch, Dictionary<string, KnowledgeTerm> rows)
        {
            if (!weights.Keys.Any(rows.ContainsKey))
                return;

            Array.Clear(covered);
            Array.Clear(more);
            Array.Fill(factors, ofKinds.Length == 0 ? 1 : 0);
            foreach (var (term, weight) in weights)
            {
                if (rows.TryGetValue(term, out var row))
                    row.Weigh(weight, weight * (InTitle - 1), covered, more);
            }

            foreach (var kind in ofKinds)
                rows.GetValueOrDefault(kind)?.Admit(factors);
            foreach (var trade in ofTrades)
                rows.GetValueOrDefault(trade)?.Favour(trade == KnowledgeTerm.OfATrade ? OfOtherTrade : OfOwnTrade, factors);
            for (var place = 0; place < covered.Length; place++)
            {
                if (covered[place] >= leastCovered && factors[place] > 0)
                    Take(new Hit((covered[place] + more[place]) * factors[place], KnowledgeIndex.FirstOf(stretch) + place, covered[place]));
            }
        }

        private void Take(Hit hit)
        {
            if (Hits.Count == MostKept && hit.CompareTo(Hits[^1]) > 0)
                return;
            Hits.Insert(~Hits.BinarySearch(hit), hit);
            if (Hits.Count > MostKept)
                Hits.RemoveAt(MostKept);
        }
    }

    private readonly record struct Hit(double Score, int Id, int Covered) : IComparable<Hit>
    {
        public int CompareTo(Hit other) => Score != other.Score ? other.Score.CompareTo(Score) : Id.CompareTo(other.Id);
    }
}

internal static class OwnTrade
{
    /// <summary>The trade of the enterprise that somebody acts for; null for everybody else, and where the registry names none.</summary>
    public static async Task<string?> Trade(this Actor by, ISupervisionDb db, CancellationToken cancellationToken) =>
        by.EnterpriseId is { } id && await db.Enterprises.AsNoTracking().Where(e => e.Id == id).Select(e => e.Industry).FirstOrDefaultAsync(cancellationToken) is { Length: > 0 } trade ? trade : null;
}
