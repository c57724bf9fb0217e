using Bot.Domain.Calendar;

namespace Bot.Storage;

/// <summary>Deletes what has been kept long enough: seen messages, old talk, and soon what was said in anonymous conversations (W28).</summary>
public sealed class Forgetting(Transactions transactions, Connections connections, ChinaClock clock)
{
    private const int MostRounds = 20;

    public async Task Run(CancellationToken cancellationToken)
    {
        var forgotten = 0;
        for (var round = 0; round < MostRounds; round++)
        {
            var now = await transactions.Run("forgetting", (work, token) => work.Rows.Purge(clock.UtcNow, token), cancellationToken);
            forgotten += now;
            if (now == 0)
                break;
        }

        if (forgotten > 0 && connections.Kind == DatabaseKind.Sqlite)
            await EmptyLog(cancellationToken);
    }

    /// <summary>What was deleted still stands in the log of what was written, until that begins anew. While somebody reads, the next time does it.</summary>
    private async Task EmptyLog(CancellationToken cancellationToken)
    {
        await using var connection = connections.Create();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
