using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Storage;

/// <summary>The database does not fit this program. The message says in Chinese and English what to do.</summary>
public sealed class DatabaseMismatchException(string message) : Exception(message);

/// <summary>Brings the database to the shape this program needs: numbered SQL files, each applied once, by one process at a time.</summary>
public sealed partial class Schema(Connections connections, TimeProvider time, ILogger<Schema> log)
{
    private const string LockKey = "bot.schema";

    /// <exception cref="DatabaseMismatchException">A newer program, or an unpublished one, made this database.</exception>
    public async Task BringUpToDate(CancellationToken cancellationToken)
    {
        CreateFolder();
        await using var connection = await connections.OpenForWriting(cancellationToken);
        if (connections.Kind == DatabaseKind.Sqlite)
            await Execute(connection, null, "PRAGMA journal_mode = WAL;", cancellationToken);

        // On SQLite this is BEGIN IMMEDIATE: a second process waits here, as it does for the lock on PostgreSQL.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        using (var rows = new HotRows(connection, connections.Kind) { Transaction = transaction })
            await rows.Lock(LockKey, alone: true, cancellationToken);
        await Execute(
            connection,
            transaction,
            "CREATE TABLE IF NOT EXISTS schema_steps (number integer NOT NULL PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at text NOT NULL);",
            cancellationToken);

        var applied = await Applied(connection, transaction, cancellationToken);
        var steps = Steps(connections.Kind);
        Refuse(applied, steps);
        foreach (var step in steps.Where(step => !applied.ContainsKey(step.Number)))
        {
            await Execute(connection, transaction, step.Sql, cancellationToken);
            await Record(connection, transaction, step, cancellationToken);
            LogApplied(log, step.Name);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    internal static IReadOnlyList<SchemaStep> Steps(DatabaseKind kind)
    {
        var assembly = typeof(Schema).Assembly;
        var prefix = $"Migrations/{kind}/";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => SchemaStep.Read(assembly, name, name[prefix.Length..^".sql".Length]))];
    }

    private void Refuse(Dictionary<int, string> applied, IReadOnlyList<SchemaStep> steps)
    {
        var newest = steps[^1].Number;
        if (applied.Keys.DefaultIfEmpty().Max() is var has && has > newest)
        {
            throw new DatabaseMismatchException(
                $"数据库（{connections.Location}）的结构版本为{has}，比本程序的{newest}新，请使用更新的程序，数据没有改动。 "
                + $"The database has schema {has}, newer than this program's {newest}: start the newer program; nothing was changed.");
        }

        var changed = steps.FirstOrDefault(step => applied.TryGetValue(step.Number, out var checksum) && checksum != step.Checksum);
        if (changed is not null)
        {
            throw new DatabaseMismatchException(
                $"数据库（{connections.Location}）由未发布的版本建立，第{changed.Number}步结构与本程序不同；演示或开发数据可删除后重新启动，数据没有改动。 "
                + $"The database was made by an unpublished version: schema step {changed.Name} differs. Demo or development data may be deleted; nothing was changed.");
        }
    }

    private void CreateFolder()
    {
        if (connections.Kind != DatabaseKind.Sqlite)
            return;
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connections.Location.ConnectionString).DataSource;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            Directory.CreateDirectory(folder);
    }

    private async Task Record(DbConnection connection, DbTransaction transaction, SchemaStep step, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO schema_steps (number, name, checksum, applied_at) VALUES (@number, @name, @checksum, @at)";
        foreach (var (name, value) in new (string, object)[]
                 {
                     ("number", step.Number),
                     ("name", step.Name),
                     ("checksum", step.Checksum),
                     ("at", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
                 })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<Dictionary<int, string>> Applied(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, string>();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT number, checksum FROM schema_steps";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        return applied;
    }

    private static async Task Execute(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database brought up to {Step}")]
    private static partial void LogApplied(ILogger logger, string step);
}

/// <summary>One numbered SQL file.</summary>
internal sealed record SchemaStep(int Number, string Name, string Sql, string Checksum)
{
    public static SchemaStep Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var number = int.Parse(name[..name.IndexOf('_', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return new SchemaStep(number, name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }
}
