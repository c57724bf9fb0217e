using Bot.Audit;
using Bot.Domain.Audit;
using Bot.Storage;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Audit;

/// <summary>D15: a ledger that nobody can quietly change.</summary>
public sealed class TamperingWithTheChain
{
    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task An_untouched_chain_is_whole(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var office = await Chain(database, rows: 12);

        var finding = await Verify(office);

        Assert.True(finding.Whole, finding.ToString());
        Assert.Equal(12, finding.End.Seq);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task An_empty_chain_is_whole(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var office = await Chain(database, rows: 0);

        Assert.True((await Verify(office)).Whole);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "UPDATE audit SET actor = 'Z9' WHERE seq = 5", AuditFlaw.Changed, 5)]
    [InlineData(DatabaseKind.Sqlite, "UPDATE audit SET at = '2026-11-20T02:00:00.001Z' WHERE seq = 1", AuditFlaw.Changed, 1)]
    [InlineData(DatabaseKind.Sqlite, "UPDATE audit SET subject = subject || action, action = '' WHERE seq = 7", AuditFlaw.Changed, 7)]
    [InlineData(DatabaseKind.Sqlite, "DELETE FROM audit WHERE seq = 6", AuditFlaw.Removed, 6)]
    [InlineData(DatabaseKind.Sqlite, "DELETE FROM audit WHERE seq = 1", AuditFlaw.Removed, 1)]
    [InlineData(DatabaseKind.Sqlite, "DELETE FROM audit WHERE seq = 12", AuditFlaw.CutOff, 12)]
    [InlineData(DatabaseKind.Sqlite, "DELETE FROM audit", AuditFlaw.CutOff, 1)]
    [InlineData(DatabaseKind.Sqlite, Swap, AuditFlaw.Changed, 3)]
    [InlineData(DatabaseKind.Sqlite, "DELETE FROM audit WHERE seq = 6; UPDATE audit SET seq = seq - 1 WHERE seq > 6", AuditFlaw.Changed, 6)]
    [InlineData(DatabaseKind.Sqlite, "INSERT INTO audit SELECT 13, at, actor, action, subject, detail, previous_hash, hash FROM audit WHERE seq = 12", AuditFlaw.Inserted, 13)]
    [InlineData(DatabaseKind.Postgres, "UPDATE audit SET actor = 'Z9' WHERE seq = 5", AuditFlaw.Changed, 5)]
    [InlineData(DatabaseKind.Postgres, "DELETE FROM audit WHERE seq = 6", AuditFlaw.Removed, 6)]
    [InlineData(DatabaseKind.Postgres, "DELETE FROM audit WHERE seq = 12", AuditFlaw.CutOff, 12)]
    [InlineData(DatabaseKind.Postgres, Swap, AuditFlaw.Changed, 3)]
    public async Task The_first_row_that_is_not_as_written_is_named(DatabaseKind kind, string tampering, AuditFlaw flaw, long row)
    {
        await using var database = await Databases.Fresh(kind);
        using var office = await Chain(database, rows: 12);
        await office.Use(db => db.Database.ExecuteSqlRawAsync(tampering, TestContext.Current.CancellationToken));

        var finding = await Verify(office);

        Assert.Equal((flaw, row), (finding.Flaw, finding.Row));
        Assert.Contains($"第{row}行", finding.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Two whole rows in each other's place.</summary>
    private const string Swap = "UPDATE audit SET seq = -3 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 8; UPDATE audit SET seq = 8 WHERE seq = -3";

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Rows_written_at_the_same_time_make_one_chain(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var office = new Office(database: database);
        var transactions = office.Services.GetRequiredService<Transactions>();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => transactions.Run(
            $"writer {i % 16}",
            (work, _) =>
            {
                work.Services.GetRequiredService<AuditTrail>().Add($"P{i}", "Counted", $"S{i}");
                return Task.FromResult(i);
            },
            TestContext.Current.CancellationToken)));

        var finding = await Verify(office);
        Assert.True(finding.Whole, finding.ToString());
        Assert.Equal(200, finding.End.Seq);
    }

    private static async Task<Office> Chain(Databases database, int rows)
    {
        var office = new Office(database: database);
        var transactions = office.Services.GetRequiredService<Transactions>();
        for (var i = 1; i <= rows; i++)
        {
            var subject = $"G26-{i}";
            await transactions.Run(
                "chain",
                (work, _) =>
                {
                    work.Services.GetRequiredService<AuditTrail>().Add("P1", "RequestGuidance", subject, "受理");
                    return Task.FromResult(0);
                },
                TestContext.Current.CancellationToken);
        }

        return office;
    }

    private static Task<AuditFinding> Verify(Office office) =>
        office.Services.GetRequiredService<AuditCheck>().Run(TestContext.Current.CancellationToken);
}
