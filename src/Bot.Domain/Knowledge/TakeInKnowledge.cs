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

        foreach (var some in changed.Chunk(AtOnce))
            await Take(some, cancellationToken);
        foreach (var some in gone.Chunk(AtOnce))
            db.KnowledgeEntries.RemoveRange(await db.KnowledgeEntries.Where(e => some.Contains(e.Key)).ToListAsync(cancellationToken));
        await db.SaveChanges(cancellationToken);
        await Count(cancellationToken);
        trail.Add(command.By.PersonId!, nameof(TakeInKnowledge), "", FormattableString.Invariant($"{changed.Count}:{gone.Count}"));
        return new KnowledgeTakenIn(changed.Count, gone.Count);
    }

    private async Task Take(KnowledgeFacts[] some, CancellationToken cancellationToken)
    {
        var keys = some.Select(facts => facts.Key).ToList();
        var known = await db.KnowledgeEntries.Where(e => keys.Contains(e.Key)).ToDictionaryAsync(e => e.Key, StringComparer.Ordinal, cancellationToken);
        foreach (var facts in some)
        {
            if (facts.Kind == KnowledgeKind.Case)
                await KnowledgeNames.Refuse(db, facts.Title, facts.Points, cancellationToken);
            if (known.TryGetValue(facts.Key, out var entry))
                entry.Take(facts);
            else
                db.KnowledgeEntries.Add(new KnowledgeEntry(facts));
        }
    }

    /// <summary>In how many entries each word stands.</summary>
    private async Task Count(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { [KnowledgeTerm.All] = 0 };
        await foreach (var terms in db.KnowledgeEntries.AsNoTracking().Select(e => e.Terms).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            counts[KnowledgeTerm.All]++;
            foreach (var term in terms.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                counts[term] = counts.GetValueOrDefault(term) + 1;
        }

        foreach (var stored in await db.KnowledgeTerms.ToListAsync(cancellationToken))
        {
            if (counts.Remove(stored.Term, out var entries))
                stored.IsIn(entries);
            else
                db.KnowledgeTerms.Remove(stored);
        }

        db.KnowledgeTerms.AddRange(counts.Select(count => new KnowledgeTerm(count.Key, count.Value)));
    }
}
