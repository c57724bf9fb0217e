using System.Data;
using System.Data.Common;
using Bot.Audit;
using Bot.Storage;
using Microsoft.Data.Sqlite;

namespace Bot.CommandLine;

/// <summary>Checks the audit chain in one reading transaction, beside a running service or without one; changes nothing.</summary>
internal static class VerifyAudit
{
    public static async Task<int> Run(DatabaseLocation location)
    {
        if (location.Kind == DatabaseKind.Sqlite && new SqliteConnectionStringBuilder(location.ConnectionString) is var file && !File.Exists(file.DataSource))
            return Errands.Refuse($"没有数据库：{location}。");
        try
        {
            await using var connections = new Connections(location);
            await using var connection = connections.Create();
            await connection.OpenAsync();
            await using var transaction = connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: true)
                : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            using var rows = new HotRows(connection, location.Kind) { Transaction = transaction };
            var finding = await AuditChain.Verify(rows, CancellationToken.None);
            if (finding.Whole)
                Console.WriteLine(finding);
            else
                await Console.Error.WriteLineAsync(finding.ToString());
            return finding.Whole ? Errands.Done : Errands.Found;
        }
        catch (DbException unreadable)
        {
            return Errands.Refuse($"数据库（{location}）读不出来：{unreadable.Message.ReplaceLineEndings(" ")}");
        }
    }
}
