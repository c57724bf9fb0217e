using System.Data.Common;
using System.Globalization;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Storage;

/// <summary>Everything that is stored, table by table, as somebody reads it who has got hold of the database.</summary>
internal static class EveryRow
{
    public static Task<List<(string Table, string Text)>> Of(Office office) => office.Use(async db =>
    {
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return await Of(connection, db.Database.IsNpgsql(), TestContext.Current.CancellationToken);
    });

    public static async Task<List<(string Table, string Text)>> Of(DbConnection connection, bool postgres, CancellationToken cancellationToken)
    {
        var tables = new List<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = postgres
            ? "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
            : "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                tables.Add(reader.GetString(0));
        }

        var rows = new List<(string, string)>();
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // The name comes from the database's own list of tables.
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var fields = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is Array many ? string.Join(',', many.Cast<object>()) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture));
                rows.Add((table, string.Join('|', fields)));
            }
        }

        return rows;
    }
}
