using System.Data.Common;
using Bot.Domain.Calendar;
using Npgsql;

namespace Bot.Storage;

/// <summary>
/// Where rows lie in the files tells in which order they were written, and with that whose talk was written together with what was handed in without a name (W28).
/// On SQLite a table's pages keep the places of what was deleted, empty as they are: once an hour the tables are written anew in the order of their keys.
/// On PostgreSQL every row bears the number of the transaction that wrote it, and what was deleted or written over stands in the table's file until that is written
/// anew: both would lead from what was handed in without a name to whose talk was written with it (W28). Once an hour all talks, and all contacts since yesterday, are
/// given one number, and what was deleted is left behind.
/// </summary>
internal sealed class Mixing(Transactions transactions, Connections connections, ChinaClock clock)
{
    /// <summary>All turns are held meanwhile. Whoever has to wait for a long piece of work gives up at once, lest everybody waits behind it.</summary>
    private const string Alone = "SET LOCAL lock_timeout = '300ms'; SELECT pg_advisory_xact_lock(1, 1);";

    private const string OneNumber = """
        UPDATE talk_states SET version = version;
        UPDATE "Addresses" SET "Channel" = "Channel" WHERE "LastSeenAt" >= $1;
        """;

    private const string Large = """SELECT CASE WHEN EXISTS (SELECT 1 FROM talk_states LIMIT 1 OFFSET 30000) OR EXISTS (SELECT 1 FROM "Addresses" LIMIT 1 OFFSET 100000) THEN 1 ELSE 0 END""";

    private static readonly string[] FilesAnew =
    [
        "CLUSTER talk_states USING talk_states_pkey; CLUSTER late_replies USING late_replies_pkey;",
        "CLUSTER seen_messages USING seen_messages_pkey;",
        """CLUSTER "Addresses" USING "PK_Addresses";""",
    ];

    private static readonly (string Table, string Key)[] InOrder =
    [
        ("talk_states", "channel, external_id"),
        ("late_replies", "channel, message_id"),
        ("seen_messages", "channel, message_id"),
        ("\"Addresses\"", "\"Channel\", \"ExternalId\""),
    ];

    /// <summary>Where it would take a second or more nobody is to wait for it by day.</summary>
    private static readonly int[] NightOnly = [1, 2, 3, 4];

    private static readonly TimeSpan Pace = TimeSpan.FromHours(1);

    private DateTime mixedAt;

    /// <summary>Does it when an hour is over, and gives whether it did; what could not be done is done the next time.</summary>
    public async Task<bool> Run(CancellationToken cancellationToken)
    {
        if ((clock.UtcNow - mixedAt).Duration() < Pace)
            return false;
        await using var connection = connections.Create();
        await connection.OpenAsync(cancellationToken);
        if (!NightOnly.Contains(clock.LocalNow.Hour) && await IsLarge(connection, cancellationToken))
            return false;
        if (connection is NpgsqlConnection postgres)
        {
            if (!await OnPostgres(postgres, cancellationToken))
                return false;
        }
        else
        {
            foreach (var (table, key) in InOrder)
                await transactions.RunLong("forgetting", (work, token) => InOrderOf(key, table, work.Rows, token), cancellationToken);
        }

        mixedAt = clock.UtcNow;
        return true;
    }

    private async Task<bool> OnPostgres(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            // In transactions of their own: what the first wrote over is left behind only by later ones, and nobody waits longer than for one of them.
            await Do(connection, OneNumber.Replace("$1", $"'{clock.UtcNow.Date.AddDays(-1):yyyy-MM-dd}T00:00:00Z'", StringComparison.Ordinal), cancellationToken);
            foreach (var anew in FilesAnew)
                await Do(connection, anew, cancellationToken);
            return true;
        }
        catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            // Somebody writes a whole file, or another instance does the same: there is a next minute.
            return false;
        }
    }

    private static async Task<int> InOrderOf(string key, string table, HotRows rows, CancellationToken cancellationToken)
    {
        await using var command = rows.Connection.CreateCommand();
        command.Transaction = rows.Transaction;
        command.CommandText = $"CREATE TABLE anew AS SELECT * FROM {table}; DELETE FROM {table}; INSERT INTO {table} SELECT * FROM anew ORDER BY {key}; DROP TABLE anew;";
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> IsLarge(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Large;
        return await command.ExecuteScalarAsync(cancellationToken) is 1 or 1L;
    }

    private static async Task Do(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Alone + sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
