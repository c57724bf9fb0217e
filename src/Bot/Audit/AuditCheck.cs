using Bot.Storage;

namespace Bot.Audit;

/// <summary>Reads the whole audit chain as it stands at one moment, while the service goes on (<c>audit verify</c>).</summary>
public sealed class AuditCheck(Connections connections)
{
    public async Task<AuditFinding> Run(CancellationToken cancellationToken)
    {
        await using var connection = connections.Create();
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await Connections.BeginReading(connection, cancellationToken);
        using var rows = new HotRows(connection, connections.Kind) { Transaction = transaction };
        return await AuditChain.Verify(rows, cancellationToken);
    }
}
