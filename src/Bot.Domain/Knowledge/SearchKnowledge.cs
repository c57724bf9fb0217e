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
    /// <summary>Entries that are held against the question one by one.</summary>
    private const int MostLookedAt = 400;

    /// <summary>So many words must be in an entry together when each of them is in very many.</summary>
    private const int WordsTogether = 3;

    /// <summary>What has less of the question than this is about something else.</summary>
    private const double LeastCovered = 0.34;

    private const double InTitle = 2;
    private const double OfOwnTrade = 1.25;
    private const double OfOtherTrade = 0.6;

    /// <summary>A word that the library does not know counts less than a very rare one: it may be two words that meet.</summary>
    private const double Unknown = 0.7;

    public async Task<IReadOnlyList<KnowledgeFound>> Handle(SearchKnowledge query, CancellationToken cancellationToken)
    {
        var words = KnowledgeTerms.OfQuery(query.Words);
        var asked = words.Append(KnowledgeTerm.All).ToList();
        var counts = await db.KnowledgeTerms.AsNoTracking().Where(t => asked.Contains(t.Term)).ToDictionaryAsync(t => t.Term, t => t.Entries, StringComparer.Ordinal, cancellationToken);
        if (!counts.Remove(KnowledgeTerm.All, out var all) || counts.Count == 0)
            return [];

        var weights = counts.ToDictionary(count => count.Key, count => Math.Log(1 + (double)all / count.Value), StringComparer.Ordinal);
        var whole = weights.Values.Sum() + (words.Count - weights.Count) * Unknown * Math.Log(1 + all);
        var trade = await query.By.Trade(db, cancellationToken);
        var scored = new List<Scored>();
        foreach (var candidate in await Candidates(query, counts, cancellationToken))
        {
            var (covered, score) = Score(candidate, weights, whole);
            if (covered >= LeastCovered)
                scored.Add(new Scored(candidate, covered, score * OfTrade(candidate, trade)));
        }

        var best = scored.OrderByDescending(one => Math.Round(one.Score, 6)).ThenBy(one => one.Candidate.Kind).ThenByDescending(one => one.Candidate.DatedOn).ThenBy(one => one.Candidate.Key, StringComparer.Ordinal).Take(query.Most).ToList();
        var ids = best.ConvertAll(one => one.Candidate.Id);
        var entries = await db.KnowledgeEntries.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancellationToken);
        return [.. best.Where(one => entries.ContainsKey(one.Candidate.Id)).Select(one => KnowledgeFound.Of(entries[one.Candidate.Id]) with { Covers = one.Covered })];
    }

    /// <summary>Entries with one of the rarer words; where every word is in very many entries, those with several of them together.</summary>
    private async Task<IReadOnlyList<Candidate>> Candidates(SearchKnowledge query, Dictionary<string, int> counts, CancellationToken cancellationToken)
    {
        var rarest = counts.OrderBy(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).ToList();
        var (some, sum) = (new List<string>(), 0);
        foreach (var (term, entries) in rarest)
        {
            if ((sum += entries) > MostLookedAt)
                break;
            some.Add(term);
        }

        if (some.Count > 0)
            return await Read(query, db.KnowledgeWith(some, all: false), cancellationToken);
        for (var together = Math.Min(WordsTogether, rarest.Count); together > 0; together--)
        {
            var found = await Read(query, db.KnowledgeWith([.. rarest.Take(together).Select(count => count.Key)], all: true), cancellationToken);
            if (found.Count > 0)
                return found;
        }

        return [];
    }

    private static async Task<IReadOnlyList<Candidate>> Read(SearchKnowledge query, IQueryable<KnowledgeEntry> entries, CancellationToken cancellationToken)
    {
        var kinds = query.Kinds.ToArray();
        var ofKind = kinds.Length == 0 ? entries : entries.Where(e => kinds.Contains(e.Kind));
        return await ofKind.AsNoTracking().OrderBy(e => e.Id).Take(MostLookedAt).Select(e => new Candidate(e.Id, e.Key, e.Kind, e.DatedOn, e.Trades, e.TitleTerms, e.Terms)).ToListAsync(cancellationToken);
    }

    private static (double Covered, double Score) Score(Candidate candidate, Dictionary<string, double> weights, double whole)
    {
        var (covered, score) = (0.0, 0.0);
        foreach (var (term, weight) in weights)
        {
            if (!Has(candidate.Terms, term))
                continue;
            covered += weight;
            score += weight * (Has(candidate.TitleTerms, term) ? InTitle : 1);
        }

        return (covered / whole, score / whole);
    }

    private static double OfTrade(Candidate candidate, string? trade) =>
        trade is null || candidate.Trades.Count == 0 ? 1 : candidate.Trades.Contains(trade) ? OfOwnTrade : OfOtherTrade;

    /// <summary>Words stand one after another with a space between.</summary>
    private static bool Has(string terms, string term)
    {
        for (var at = terms.IndexOf(term, StringComparison.Ordinal); at >= 0; at = terms.IndexOf(term, at + 1, StringComparison.Ordinal))
        {
            var end = at + term.Length;
            if ((at == 0 || terms[at - 1] == ' ') && (end == terms.Length || terms[end] == ' '))
                return true;
        }

        return false;
    }

    private sealed record Candidate(int Id, string Key, KnowledgeKind Kind, DateOnly DatedOn, List<string> Trades, string TitleTerms, string Terms);

    private sealed record Scored(Candidate Candidate, double Covered, double Score);
}

internal static class OwnTrade
{
    /// <summary>The trade of the enterprise that somebody acts for; null for everybody else, and where the registry names none.</summary>
    public static async Task<string?> Trade(this Actor by, ISupervisionDb db, CancellationToken cancellationToken) =>
        by.EnterpriseId is { } id && await db.Enterprises.AsNoTracking().Where(e => e.Id == id).Select(e => e.Industry).FirstOrDefaultAsync(cancellationToken) is { Length: > 0 } trade ? trade : null;
}
