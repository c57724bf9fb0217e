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
            var finding = await new AuditCheck(connections).Run(CancellationToken.None);
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
