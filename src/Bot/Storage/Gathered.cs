using System.Data.Common;
using Bot.Domain.Commands;
using Npgsql;
using NpgsqlTypes;

namespace Bot.Storage;

/// <summary>The message that a piece of work is about to take.</summary>
public sealed record Arriving(Address From, string MessageId);

/// <summary>
/// Several turns in one transaction on PostgreSQL, where a trip to the server costs more than what is done there: one trip locks the keys of all and
/// reads what they begin with, one writes what they leave. No two of them have the same key, so none misses what another has gathered.
/// </summary>
internal sealed class Gathered : IDisposable
{
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
    private const NpgsqlDbType Numbers = NpgsqlDbType.Array | NpgsqlDbType.Bigint;

    private readonly List<(string Channel, string MessageId, string Replies, long PurgeAt)> seen = [];
    private readonly List<(Address With, string State, long Version, long PurgeAt)> kept = [];
    private readonly List<(Address With, long Version)> ended = [];
    private readonly Dictionary<Arriving, Arrival> arrivals = [];
    private readonly NpgsqlBatch looking;
    private readonly NpgsqlBatch writing;
    private readonly NpgsqlBatchCommand lockKeys;
    private readonly NpgsqlBatchCommand look;
    private readonly NpgsqlBatchCommand remember;
    private readonly NpgsqlBatchCommand keep;
    private readonly NpgsqlBatchCommand end;

    private Gathered(NpgsqlConnection connection)
    {
        // In the order of the locks themselves, so that two instances never wait for each other.
        lockKeys = Command(
            """
            SELECT count(pg_advisory_xact_lock(number))
            FROM (SELECT DISTINCT hashtextextended(key, 0) AS number FROM unnest($1) key ORDER BY number) ordered
            """,
            Texts);

        // OFFSET 0: each row is looked up by its key, however small the tables were when this was planned.
        look = Command(
            """
            SELECT s.replies, t.state, t.version, t.purge_at, a.known
            FROM unnest($1, $2, $3) WITH ORDINALITY m (channel, external_id, message_id, place)
            LEFT JOIN LATERAL (SELECT replies FROM seen_messages WHERE channel = m.channel AND message_id = m.message_id OFFSET 0) s ON TRUE
            LEFT JOIN LATERAL (SELECT state, version, purge_at FROM talk_states WHERE channel = m.channel AND external_id = m.external_id OFFSET 0) t ON TRUE
            LEFT JOIN LATERAL (SELECT TRUE AS known FROM "Addresses" WHERE "Channel" = m.channel AND "ExternalId" = m.external_id OFFSET 0) a ON TRUE
            ORDER BY m.place
            """,
            Texts, Texts, Texts);
        remember = Command("INSERT INTO seen_messages (channel, message_id, replies, purge_at) SELECT * FROM unnest($1, $2, $3, $4)", Texts, Texts, Texts, Numbers);
        // The version given is the one that was read, or a new one where nothing was: that never fits what stands there.
        keep = Command(
            """
            INSERT INTO talk_states AS t (channel, external_id, state, version, purge_at) SELECT * FROM unnest($1, $2, $3, $4, $5)
            ON CONFLICT (channel, external_id) DO UPDATE SET state = excluded.state, version = hashtextextended(gen_random_uuid()::text, 0), purge_at = excluded.purge_at
            WHERE t.version = excluded.version
            """,
            Texts, Texts, Texts, Numbers, Numbers);
        end = Command(
            """
            DELETE FROM talk_states WHERE ctid = ANY (ARRAY(
                SELECT t.place FROM unnest($1, $2, $3) e (channel, external_id, version)
                CROSS JOIN LATERAL (SELECT ctid AS place FROM talk_states WHERE channel = e.channel AND external_id = e.external_id AND version = e.version OFFSET 0) t))
            """,
            Texts, Texts, Numbers);
        looking = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock_shared(1, 1)"), lockKeys, look } };
        writing = new NpgsqlBatch(connection) { BatchCommands = { remember, keep, end } };
    }

    /// <summary>The statements stay prepared as long as the connection is open.</summary>
    public static async Task<Gathered> On(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var gathered = new Gathered(connection);
        await gathered.looking.PrepareAsync(cancellationToken);
        await gathered.writing.PrepareAsync(cancellationToken);
        return gathered;
    }

    /// <summary>Locks all keys until commit and reads what the turns among the pieces begin with.</summary>
    public async Task Begin(DbTransaction transaction, IReadOnlyList<Piece> pieces, CancellationToken cancellationToken)
    {
        Clear();
        looking.Transaction = writing.Transaction = (NpgsqlTransaction)transaction;
        var turns = pieces.Select(piece => piece.Arriving).OfType<Arriving>().ToList();
        Set(lockKeys, pieces.Select(piece => piece.Key).ToArray());
        Set(look, turns.Select(turn => turn.From.Channel).ToArray(), turns.Select(turn => turn.From.ExternalId).ToArray(), turns.Select(turn => turn.MessageId).ToArray());
        await using var reader = await looking.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        foreach (var turn in turns)
        {
            await reader.ReadAsync(cancellationToken);
            arrivals[turn] = new Arrival(
                reader.IsDBNull(0) ? null : reader.GetString(0),
                reader.IsDBNull(1) ? null : new StoredTalk(reader.GetString(1), reader.GetInt64(2), HotRows.Instant(reader.GetInt64(3))),
                !reader.IsDBNull(4));
        }
    }

    public Arrival? Find(Address from, string messageId) => arrivals.GetValueOrDefault(new Arriving(from, messageId));

    public void RememberSeen(string channel, string messageId, string replies, long purgeAt) => seen.Add((channel, messageId, replies, purgeAt));

    /// <summary>As <see cref="HotRows.KeepTalk"/>; that somebody else wrote in between is found when it is written.</summary>
    public void KeepTalk(Address with, string? state, StoredTalk? read, long purgeAt)
    {
        if (state is not null)
            kept.Add((with, state, read?.Version ?? HotRows.NewVersion(), purgeAt));
        else if (read is not null)
            ended.Add((with, read.Version));
    }

    /// <summary>Writes what was gathered.</summary>
    /// <exception cref="CollisionException">Somebody else has written to one of the talks.</exception>
    public async Task Write(CancellationToken cancellationToken)
    {
        if (seen.Count + kept.Count + ended.Count == 0)
            return;
        Set(remember, seen.Select(s => s.Channel).ToArray(), seen.Select(s => s.MessageId).ToArray(), seen.Select(s => s.Replies).ToArray(), seen.Select(s => s.PurgeAt).ToArray());
        Set(
            keep,
            kept.Select(k => k.With.Channel).ToArray(),
            kept.Select(k => k.With.ExternalId).ToArray(),
            kept.Select(k => k.State).ToArray(),
            kept.Select(k => k.Version).ToArray(),
            kept.Select(k => k.PurgeAt).ToArray());
        Set(end, ended.Select(e => e.With.Channel).ToArray(), ended.Select(e => e.With.ExternalId).ToArray(), ended.Select(e => e.Version).ToArray());
        await writing.ExecuteNonQueryAsync(cancellationToken);
        if (keep.Rows != (ulong)kept.Count || end.Rows != (ulong)ended.Count)
            throw new CollisionException("The talk with an address was written by somebody else.");
        ClearGathered();
    }

    /// <summary>Nothing of what was gathered or read counts any more.</summary>
    public void Clear()
    {
        arrivals.Clear();
        ClearGathered();
    }

    public void Dispose()
    {
        looking.Dispose();
        writing.Dispose();
    }

    private void ClearGathered()
    {
        seen.Clear();
        kept.Clear();
        ended.Clear();
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlDbType> types)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var type in types)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = type == Texts ? Array.Empty<string>() : Array.Empty<long>() });
        return command;
    }

    private static void Set(NpgsqlBatchCommand command, params ReadOnlySpan<Array> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }
}
