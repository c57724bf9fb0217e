using Bot.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Bot.Testing;

/// <summary>SQLite and PostgreSQL: <c>[Theory, ClassData(typeof(EveryDatabase))]</c> runs a test on both.</summary>
public sealed class EveryDatabase : TheoryData<DatabaseKind>
{
    public EveryDatabase() : base(DatabaseKind.Sqlite, DatabaseKind.Postgres)
    {
    }
}

/// <summary>A new and empty database for one test; gone when it is disposed.</summary>
public sealed class Databases : IAsyncDisposable
{
    private readonly string? folder;
    private readonly string? server;

    private Databases(DatabaseLocation location, string? folder, string? server)
    {
        (Location, this.folder, this.server) = (location, folder, server);
    }

    public DatabaseLocation Location { get; }

    /// <summary>Skips the test, with the reason, when there is no PostgreSQL server.</summary>
    public static async Task<Databases> Fresh(DatabaseKind kind) =>
        kind == DatabaseKind.Sqlite ? FreshFile() : await FreshOnServer();

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            using (var connection = new SqliteConnection(Location.ConnectionString))
                SqliteConnection.ClearPool(connection);
            Directory.Delete(folder, recursive: true);
        }

        if (server is not null)
            await OnServer(server, $"""DROP DATABASE IF EXISTS "{new NpgsqlConnectionStringBuilder(Location.ConnectionString).Database}" WITH (FORCE)""");
    }

    private static Databases FreshFile()
    {
        var folder = Directory.CreateTempSubdirectory("bot-test-").FullName;
        return new Databases(DatabaseLocation.Parse($"Data Source={Path.Combine(folder, "bot.db")}"), folder, null);
    }

    private static async Task<Databases> FreshOnServer()
    {
        var server = await PostgresServer.ConnectionString.Value;
        if (server is null)
            Assert.Skip("No PostgreSQL: set BOT_TEST_POSTGRES to a connection string, or install the Debian package postgresql.");
        var name = $"bot_{Guid.NewGuid():N}";
        await OnServer(server, $"CREATE DATABASE {name}");
        var own = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 };
        return new Databases(DatabaseLocation.Parse(own.ToString()), null, server);
    }

    private static async Task OnServer(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
