using Bot.Domain.Calendar;
using Bot.Domain.Knowledge;
using Bot.Domain.People;
using Bot.Import;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;

namespace Bot.Demo;

/// <summary>
/// Fills an empty database with the invented district as it stood at an instant: what is planned later is not known yet, what was asked,
/// answered and complained about before has gone through the same commands as ever, at its own time, and its notices are past.
/// </summary>
public sealed class DemoDistrict(DemoFiles files, Transactions transactions, DemoClock clock)
{
    /// <summary>Loads the district once; a later start finds it as it was left and goes on from the time where it stood.</summary>
    public async Task Open(CancellationToken cancellationToken)
    {
        var stand = await transactions.Run("demo", DemoStand.Read, cancellationToken);
        if (stand is null)
            await Load(files.Outline.Clock.UtcDateTime, cancellationToken);
        else
            clock.Set(stand.Now);
    }

    /// <summary>Keeps the time for the next start.</summary>
    public Task KeepTime(CancellationToken cancellationToken) => transactions.Run(
        "demo",
        async (work, token) =>
        {
            if (await DemoStand.Read(work, token) is { } stand)
                await (stand with { Now = clock.GetUtcNow().UtcDateTime }).Keep(work, token);
            return true;
        },
        cancellationToken);

    public Task<bool> Touched(CancellationToken cancellationToken) => transactions.Run(
        "demo",
        async (work, token) => await DemoStand.Read(work, token) is { } stand && await stand.Touched(work, token),
        cancellationToken);

    /// <summary>Loads the district as it stood at <paramref name="at"/> (UTC), in place of whatever is there. Broken off, it is begun anew at the next start.</summary>
    public async Task Load(DateTime at, CancellationToken cancellationToken)
    {
        clock.Set(at);
        await transactions.RunLong("demo", (work, token) => LoadRegistry(work, at, token), cancellationToken);
        await transactions.RunLong("demo", (work, token) => LoadHistory(work, at, token), cancellationToken);
        await transactions.Run(
            "demo",
            async (work, token) =>
            {
                await (await DemoStand.AfterLoading(work, at, token)).Keep(work, token);
                return true;
            },
            cancellationToken);

        // Loading needs memory that nothing after it needs; the service is meant for small machines.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private async Task<bool> LoadRegistry(Work work, DateTime at, CancellationToken cancellationToken)
    {
        var db = work.Services.GetRequiredService<SupervisionDb>();
        await Clear(work, db, cancellationToken);
        foreach (var kind in Kind.All)
        {
            var bad = new List<BadLine>();
            var lines = Lines.Read(files.PathOf(kind.Name), kind, bad);
            var imported = await Importing.Take(work, lines, kind, bad, dryRun: false, cancellationToken);
            if (imported.Bad.Count > 0)
                throw new InvalidOperationException(string.Join('\n', imported.Bad));
            await db.SaveChangesAsync(cancellationToken);
        }

        // What lies after this day is not known yet.
        var today = ChinaClock.ToChinaDate(at);
        db.Tasks.RemoveRange(await db.Tasks.Where(task => task.RegisteredOn > today).ToListAsync(cancellationToken));
        db.Plans.RemoveRange(await db.Plans.Where(plan => plan.UploadedOn > today).ToListAsync(cancellationToken));

        db.MergePrompts.RemoveRange(await db.MergePrompts.Where(prompt => prompt.IssuedAt > at).ToListAsync(cancellationToken));

        foreach (var person in db.People.Local)
            db.Addresses.Add(new ChannelAddress("web", person.Id, person.Id));
        return true;
    }

    private async Task<bool> LoadHistory(Work work, DateTime at, CancellationToken cancellationToken)
    {
        try
        {
            await new DemoHistory(files, work, clock).Play(at, cancellationToken);
            return true;
        }
        finally
        {
            clock.Set(at);
        }
    }

    private static async Task Clear(Work work, SupervisionDb db, CancellationToken cancellationToken)
    {
        await DemoStand.Forget(work, cancellationToken);

        // The library is the operator's, not the district's story.
        var tables = db.Model.GetEntityTypes().Where(type => type.ClrType != typeof(KnowledgeEntry) && type.ClrType != typeof(KnowledgeTerm))
            .Select(type => type.GetTableName()).OfType<string>().Distinct(StringComparer.Ordinal).Append("talk_states");
        foreach (var table in tables)
        {
#pragma warning disable EF1002 // The names come from the model.
            await db.Database.ExecuteSqlRawAsync($"DELETE FROM \"{table}\"", cancellationToken);
#pragma warning restore EF1002
        }
    }
}
