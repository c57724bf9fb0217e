using System.Data.Common;
using System.Globalization;
using Bot.Domain.Commands;
using Bot.Storage;

namespace Bot.Demo;

/// <summary>Where the demonstration stands: its clock, and the last audit row that loading it wrote; whatever a person did comes after.</summary>
internal sealed record DemoStand(DateTime Now, long LoadedUpTo)
{
    /// <summary>Null when no demonstration was loaded here, or loading it was broken off.</summary>
    public static async Task<DemoStand?> Read(Work work, CancellationToken cancellationToken)
    {
        await using var command = Command(work, "SELECT now, loaded_up_to, (SELECT max(at) FROM audit WHERE seq > loaded_up_to) FROM demo_stand");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var now = Instant(reader.GetString(0));
        var last = reader.IsDBNull(2) ? now : Instant(reader.GetString(2));
        return new DemoStand(last > now ? last : now, reader.GetInt64(1));
    }

    public async Task Keep(Work work, CancellationToken cancellationToken)
    {
        await Forget(work, cancellationToken);
        await using var command = Command(work, "INSERT INTO demo_stand (now, loaded_up_to) VALUES (@now, @upTo)");
        Add(command, "now", Now.ToString("O", CultureInfo.InvariantCulture));
        Add(command, "upTo", LoadedUpTo);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>To be kept in a piece of work after the one that loaded: an audit row gets its number at the end of its own.</summary>
    public static async Task<DemoStand> AfterLoading(Work work, DateTime now, CancellationToken cancellationToken) =>
        new(now, (await work.Rows.AuditEnd(forAppending: false, cancellationToken)).Seq);

    public static async Task Forget(Work work, CancellationToken cancellationToken)
    {
        await using var command = Command(work, "DELETE FROM demo_stand");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether a person has done anything since the demonstration was loaded.</summary>
    public async Task<bool> Touched(Work work, CancellationToken cancellationToken)
    {
        await using var command = Command(work, "SELECT count(*) FROM audit WHERE seq > @upTo AND actor <> @service");
        Add(command, "upTo", LoadedUpTo);
        Add(command, "service", Actor.Service.PersonId!);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) > 0;
    }

    private static DbCommand Command(Work work, string sql)
    {
        var command = work.Rows.Connection.CreateCommand();
        (command.Transaction, command.CommandText) = (work.Rows.Transaction, sql);
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private static DateTime Instant(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToUniversalTime();
}
