using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Bot.Storage;

/// <summary>Opens connections to the chosen database.</summary>
public sealed class Connections(DatabaseLocation location) : IDisposable, IAsyncDisposable
{
    private readonly NpgsqlDataSource? postgres = location.Kind == DatabaseKind.Postgres ? NpgsqlDataSource.Create(location.ConnectionString) : null;

    public DatabaseKind Kind => location.Kind;

    public DatabaseLocation Location => location;

    /// <summary>A connection that is not open yet.</summary>
    public DbConnection Create() => postgres is null ? new SqliteConnection(location.ConnectionString) : postgres.CreateConnection();

    /// <summary>An open connection for one that writes much and long.</summary>
    public async Task<DbConnection> OpenForWriting(CancellationToken cancellationToken)
    {
        var connection = Create();
        try
        {
            await connection.OpenAsync(cancellationToken);
            if (Kind == DatabaseKind.Sqlite)
            {
                // FULL: what was answered survives a power cut. secure_delete: what anonymity promises to forget is overwritten (W28).
                await using var pragmas = connection.CreateCommand();
                // The writer's cache holds the talks of some ten thousand people; a longer log writes pages that change often less often.
                pragmas.CommandText = "PRAGMA busy_timeout = 15000; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;";
                await pragmas.ExecuteNonQueryAsync(cancellationToken);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A transaction that sees one moment of the database and holds up nobody.</summary>
    public static async Task<DbTransaction> BeginReading(DbConnection open, CancellationToken cancellationToken) => open is SqliteConnection sqlite
        ? sqlite.BeginTransaction(deferred: true)
        : await open.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    public void Dispose()
    {
        postgres?.Dispose();
        LetGoOfFiles();
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
            await postgres.DisposeAsync();
        LetGoOfFiles();
    }

    private void LetGoOfFiles()
    {
        if (Kind != DatabaseKind.Sqlite)
            return;
        using var any = new SqliteConnection(location.ConnectionString);
        SqliteConnection.ClearPool(any);
    }
}
