using Bot.Domain.Calendar;
using Npgsql;

namespace Bot.Storage;

/// <summary>
/// On PostgreSQL every row bears the number of the transaction that wrote it, and what was deleted or written over stands in the table's file until that is written
/// anew: both would lead from what was handed in without a name to whose talk was written with it (W28). Once an hour all talks, and all contacts since yesterday, are
/// given one number, and what was deleted is left behind.
/// </summary>
internal sealed class Mixing(Connections connections, ChinaClock clock)
{
    /// <summary>All turns are held meanwhile. Whoever has to wait for a long piece of work gives up at once, lest everybody waits behind it.</summary>
    private const string Alone = "SET LOCAL lock_timeout = '300ms'; SELECT pg_advisory_xact_lock(1, 1);";

    private const string OneNumber = """
        UPDATE talk_states SET version = version;
        UPDATE "Addresses" SET "Channel" = "Channel" WHERE "LastSeenAt" >= $1;
        """;

    private const string Large = """SELECT EXISTS (SELECT FROM talk_states OFFSET 30000) OR EXISTS (SELECT FROM "Addresses" OFFSET 100000)""";

    private static readonly string[] FilesAnew =
    [
        "CLUSTER talk_states USING talk_states_pkey; CLUSTER late_replies USING late_replies_pkey;",
        "CLUSTER seen_messages USING seen_messages_pkey;",
        """CLUSTER "Addresses" USING "PK_Addresses";""",
    ];

    /// <summary>Where it would take a second or more nobody is to wait for it by day.</summary>
    private static readonly int[] NightOnly = [1, 2, 3, 4];

    private static readonly TimeSpan Pace = TimeSpan.FromHours(1);

    private DateTime mixedAt;

    /// <summary>Does it when an hour is over; what could not be done is done the next time.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        if ((clock.UtcNow - mixedAt).Duration() < Pace)
            return;
        await using var connection = (NpgsqlConnection)connections.Create();
        await connection.OpenAsync(cancellationToken);
        if (!NightOnly.Contains(clock.LocalNow.Hour) && await IsLarge(connection, cancellationToken))
            return;
        try
        {
            // In transactions of their own: what the first wrote over is left behind only by later ones, and nobody waits longer than for one of them.
            await Do(connection, OneNumber.Replace("$1", $"'{clock.UtcNow.Date.AddDays(-1):yyyy-MM-dd}T00:00:00Z'", StringComparison.Ordinal), cancellationToken);
            foreach (var anew in FilesAnew)
                await Do(connection, anew, cancellationToken);
            mixedAt = clock.UtcNow;
        }
        catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            // Somebody writes a whole file, or another instance does the same: there is a next minute.
        }
    }

    private static async Task<bool> IsLarge(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Large, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
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
