using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Monitoring;
using Bot.Storage;

namespace Bot.Import;

/// <summary>What became of a file.</summary>
/// <param name="Added">New in the registry.</param>
/// <param name="Changed">Known before; the file's line stands in the old one's place.</param>
/// <param name="Bad">Everything that is wrong; then nothing of the file was kept.</param>
public sealed record Imported(int Added, int Changed, IReadOnlyList<BadLine> Bad);

/// <summary>Takes a whole file into the registry, or nothing of it.</summary>
internal static class Importing
{
    public static Task<Imported> Take(Transactions transactions, string path, Kind kind, bool dryRun, CancellationToken cancellationToken)
    {
        var bad = new List<BadLine>();
        var lines = Lines.Read(path, kind, bad);
        var unreadable = bad.Count;
        return transactions.RunLong(
            "import",
            (work, token) =>
            {
                // A collision lets the piece run again from its beginning.
                bad.RemoveRange(unreadable, bad.Count - unreadable);
                return Take(work, lines, kind, bad, dryRun, token);
            },
            cancellationToken);
    }

    /// <summary>The part inside a transaction; the demonstration's district comes in this way too. The lines report into <paramref name="bad"/>.</summary>
    public static async Task<Imported> Take(Work work, IReadOnlyList<Line> lines, Kind kind, IReadOnlyList<BadLine> bad, bool dryRun, CancellationToken cancellationToken)
    {
        var db = work.Services.GetRequiredService<SupervisionDb>();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var registry = await Registry.Open(db, work.Services.GetRequiredService<ChinaClock>().UtcNow, work.Services.GetRequiredService<RiskIndicators>(), cancellationToken);
        foreach (var line in lines)
            kind.Take(line, registry);
        db.ChangeTracker.AutoDetectChangesEnabled = true;

        if (bad.Count > 0 || dryRun)
        {
            db.ForgetChanges();
        }
        else
        {
            await ActivatorUtilities.CreateInstance<AfterImport>(work.Services).Keep(registry, cancellationToken);
            work.Services.GetRequiredService<AuditTrail>().Add(Actor.Service.PersonId!, "Import", kind.Name, FormattableString.Invariant($"added {registry.Added}, changed {registry.Changed}"));
        }

        return new Imported(registry.Added, registry.Changed, [.. bad]);
    }
}
