using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Bot.Storage;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Which database the operator chose: PostgreSQL when the connection string begins <c>Host=</c>, else a SQLite file.</summary>
public sealed record DatabaseLocation(DatabaseKind Kind, string ConnectionString)
{
    public const string Default = "Data Source=data/bot.db";

    public static DatabaseLocation Parse(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            return Parse(Default);
        if (connectionString.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase))
            return new DatabaseLocation(DatabaseKind.Postgres, connectionString);
        return new DatabaseLocation(DatabaseKind.Sqlite, new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true }.ToString());
    }

    /// <summary>The file, or the database's name; never the password.</summary>
    public override string ToString()
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = ConnectionString };
        return Kind == DatabaseKind.Sqlite ? $"SQLite {parts["Data Source"]}" : $"PostgreSQL {parts["Host"]}";
    }
}
