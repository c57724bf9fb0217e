using System.Data.Common;
using System.Globalization;
using Bot.Domain.Reports;
using Bot.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Bot.Audit;

/// <summary>Reads from the chain what was done to some subjects (W42).</summary>
internal sealed class ReadDeedsHandler(SupervisionDb db) : IRequestHandler<ReadDeeds, IReadOnlyList<DeedDone>>
{
    public async Task<IReadOnlyList<DeedDone>> Handle(ReadDeeds query, CancellationToken cancellationToken)
    {
        var found = new List<DeedDone>();
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            foreach (var subject in query.Subjects)
                await Read(subject, found, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }

        return [.. found.OrderBy(deed => deed.Seq)];
    }

    private async Task Read(string subject, List<DeedDone> found, CancellationToken cancellationToken)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = "SELECT seq, at, actor, action, subject, detail FROM audit WHERE subject = @subject ORDER BY seq";
        DbParameter wanted = command.CreateParameter();
        (wanted.ParameterName, wanted.Value) = ("@subject", subject);
        command.Parameters.Add(wanted);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var at = DateTime.Parse(reader.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
            found.Add(new DeedDone(reader.GetInt64(0), at, reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)));
        }
    }
}
