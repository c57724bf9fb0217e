using Bot.Domain.Audit;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Knowledge;

/// <summary>Brings the library in step with the operator's files: what is new or changed is taken in, what is gone goes. Safe to repeat.</summary>
[Allowed]
public sealed record TakeInKnowledge(Actor By, IReadOnlyList<KnowledgeFacts> Entries) : ICommand<KnowledgeTakenIn>, IRecordsItself;

/// <param name="Changed">Entries that are new or say something else.</param>
/// <param name="Gone">Entries that are no more.</param>
public sealed record KnowledgeTakenIn(int Changed, int Gone) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class TakeInKnowledgeHandler(ISupervisionDb db, AuditTrail trail) : IRequestHandler<TakeInKnowledge, KnowledgeTakenIn>
{
    private const int AtOnce = 1_000;

    public async Task<KnowledgeTakenIn> Handle(TakeInKnowledge command, CancellationToken cancellationToken)
    {
        var stamps = await db.KnowledgeEntries.AsNoTracking().Where(e => e.OfferId == null).Select(e => new { e.Key, e.Stamp }).ToDictionaryAsync(e => e.Key, e => e.Stamp, StringComparer.Ordinal, cancellationToken);
        var changed = command.Entries.Where(facts => stamps.GetValueOrDefault(facts.Key) != KnowledgeEntry.StampOf(facts)).ToList();
        var gone = stamps.Keys.Except(command.Entries.Select(facts => facts.Key), StringComparer.Ordinal).ToList();
        if (changed.Count + gone.Count == 0)
            return new KnowledgeTakenIn(0, 0);

        var touched = new List<KnowledgeEntry>();
        foreach (var some in changed.Chunk(AtOnce))
            touched.AddRange(await Take(some, cancellationToken));
        foreach (var some in gone.Chunk(AtOnce))
            touched.AddRange(await Remove(some, cancellationToken));
        await db.SaveChanges(cancellationToken);
        await KnowledgeIndex.Renew(db, touched.Select(entry => entry.Id), cancellationToken);
        trail.Add(command.By.PersonId!, nameof(TakeInKnowledge), "", FormattableString.Invariant($"{changed.Count}:{gone.Count}"));
        return new KnowledgeTakenIn(changed.Count, gone.Count);
    }

    private async Task<List<KnowledgeEntry>> Take(KnowledgeFacts[] some, CancellationToken cancellationToken)
    {
        var keys = some.Select(facts => facts.Key).ToList();
        var known = await db.KnowledgeEntries.Where(e => keys.Contains(e.Key)).ToDictionaryAsync(e => e.Key, StringComparer.Ordinal, cancellationToken);
        var taken = new List<KnowledgeEntry>();
        foreach (var facts in some)
        {
            if (facts.Kind == KnowledgeKind.Case)
                await KnowledgeNames.Refuse(db, facts.Title, facts.Points, cancellationToken);
            if (known.TryGetValue(facts.Key, out var entry))
                entry.Take(facts);
            else
                db.KnowledgeEntries.Add(entry = new KnowledgeEntry(facts));
            taken.Add(entry);
        }

        return taken;
    }

    private async Task<List<KnowledgeEntry>> Remove(string[] keys, CancellationToken cancellationToken)
    {
        var gone = await db.KnowledgeEntries.Where(e => keys.Contains(e.Key)).ToListAsync(cancellationToken);
        db.KnowledgeEntries.RemoveRange(gone);
        return gone;
    }
}
