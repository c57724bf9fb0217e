using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Bot.Storage;

/// <summary>Two pieces of work met on one row. Done again from the beginning, the later one sees what the earlier one did.</summary>
public sealed class CollisionException(string message) : Exception(message);

internal static class Collision
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;

    public static bool Is(Exception exception) => exception switch
    {
        CollisionException or DbUpdateConcurrencyException => true,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation,
        SqliteException sqlite => sqlite.SqliteErrorCode is SqliteBusy or SqliteLocked
            || sqlite.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
