using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Knowledge;

/// <summary>The entries of a kind for one trade, in the order of the files, those for all trades last (S18: its own guide, not the whole list; W26: its five).</summary>
/// <param name="By">Who asks.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Trade">Null for the trade of the asker's own enterprise.</param>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record KnowledgeOfTrade(Actor By, KnowledgeKind Kind, [property: AtMost(50)] string? Trade = null) : IQuery<TradeKnowledge>
{
    public int Most { get; init; } = 5;
}

/// <param name="Trade">The trade that was looked at; null where there is none.</param>
/// <param name="Own">Entries for this trade.</param>
/// <param name="ForAll">Entries for every trade.</param>
/// <param name="Trades">The trades that have entries of this kind.</param>
public sealed record TradeKnowledge(string? Trade, IReadOnlyList<KnowledgeFound> Own, IReadOnlyList<KnowledgeFound> ForAll, IReadOnlyList<string> Trades);

/// <summary>One entry by its name, as a button says it.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record KnowledgeByTitle(Actor By, [property: AtMost(200)] string Title) : IQuery<KnowledgeFound?>;

internal sealed class KnowledgeOfTradeHandler(ISupervisionDb db) : IRequestHandler<KnowledgeOfTrade, TradeKnowledge>, IRequestHandler<KnowledgeByTitle, KnowledgeFound?>
{
    private const int MostRead = 500;

    public async Task<TradeKnowledge> Handle(KnowledgeOfTrade query, CancellationToken cancellationToken)
    {
        var trade = query.Trade ?? await query.By.Trade(db, cancellationToken);
        var entries = await db.KnowledgeEntries.AsNoTracking().Where(e => e.Kind == query.Kind).OrderBy(e => e.Place).ThenBy(e => e.Key).Take(MostRead).ToListAsync(cancellationToken);
        return new TradeKnowledge(
            trade,
            [.. entries.Where(entry => trade is not null && entry.Trades.Contains(trade)).Take(query.Most).Select(KnowledgeFound.Of)],
            [.. entries.Where(entry => entry.Trades.Count == 0).Take(query.Most).Select(KnowledgeFound.Of)],
            [.. entries.SelectMany(entry => entry.Trades).Distinct(StringComparer.Ordinal)]);
    }

    public async Task<KnowledgeFound?> Handle(KnowledgeByTitle query, CancellationToken cancellationToken) =>
        await db.KnowledgeEntries.AsNoTracking().Where(e => e.Title == query.Title).OrderBy(e => e.Key).FirstOrDefaultAsync(cancellationToken) is { } entry ? KnowledgeFound.Of(entry) : null;
}
