using System.Buffers.Binary;
using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Bot.Audit;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Microsoft.Data.Sqlite;

namespace Bot.Storage;

/// <summary>
/// What is remembered of the talk with an address; the version tells whether somebody else has written meanwhile. It does not count: the number of turns would tell
/// which form somebody filled in without a name (W28).
/// </summary>
public sealed record StoredTalk(string State, long Version, DateTime PurgeAt);

/// <summary>What is stored when a message arrives: the replies when it was taken before, the talk, and whether the registry knows the address.</summary>
public sealed record Arrival(string? Replies, StoredTalk? Talk, bool Known);

/// <summary>A message in a web conversation, as the client is given it.</summary>
public sealed record WebActivity(long Seq, string ActivityId, string Json, DateTime At);

/// <summary>
/// The rows that every message touches, through prepared commands on the connection and in the transaction of the turn
/// (docs/decisions/0005). Instants are milliseconds since 1970. Not for two threads at once. The rows of one channel stand in a file of their own.
/// </summary>
public sealed partial class HotRows(DbConnection connection, DatabaseKind kind) : IDisposable
{
    /// <summary>For so long somebody counts as being there just now; of what is longer ago only the day is kept (W28).</summary>
    private static readonly TimeSpan ContactsExactFor = TimeSpan.FromMinutes(30);

    private readonly Dictionary<Statement, DbCommand> prepared = new(ReferenceEqualityComparer.Instance);
    private readonly SqliteConnection? sqlite = connection as SqliteConnection;
    private SqliteStatement? arrival;
    private SqliteStatement? rememberSeen;
    private SqliteStatement? beginTalk;
    private SqliteStatement? keepTalk;

    internal DbConnection Connection => connection;

    internal DbTransaction? Transaction { get; set; }

    /// <summary>What turns that share a transaction have read and will write together; null when there is nothing to share.</summary>
    internal Gathered? Gathered { get; set; }

    /// <summary>On PostgreSQL, holds everybody else who orders by this key until commit.</summary>
    public Task Lock(string key, CancellationToken cancellationToken) => Lock(key, alone: false, cancellationToken);

    /// <summary>
    /// On PostgreSQL, holds everybody else who orders by this key until commit; <paramref name="alone"/>, everybody who locks at all, so that
    /// what collided once cannot collide again. SQLite has one writer anyway.
    /// </summary>
    internal async Task Lock(string key, bool alone, CancellationToken cancellationToken)
    {
        if (kind == DatabaseKind.Postgres)
            await Command(alone ? Statement.LockAll : Statement.Lock, key).ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The replies stored with a message that was seen before.</summary>
    public async Task<string?> Seen(string channel, string messageId, CancellationToken cancellationToken) =>
        await Command(Statement.Seen, channel, messageId).ExecuteScalarAsync(cancellationToken) as string;

    /// <summary>How long it is remembered that a message was seen; null when it was not.</summary>
    public async Task<DateTime?> SeenUntil(string channel, string messageId, CancellationToken cancellationToken) =>
        await Command(Statement.SeenUntil, channel, messageId).ExecuteScalarAsync(cancellationToken) is long until ? Instant(until) : null;

    public async Task RememberSeen(string channel, string messageId, string replies, DateTime purgeAt, CancellationToken cancellationToken)
    {
        if (Gathered is { } gathered)
        {
            gathered.RememberSeen(channel, messageId, replies, Milliseconds(purgeAt));
            return;
        }

        if (sqlite is null)
        {
            await Command(Statement.RememberSeen, channel, messageId, replies, Milliseconds(purgeAt)).ExecuteNonQueryAsync(cancellationToken);
            return;
        }

        rememberSeen ??= new SqliteStatement(sqlite, Statement.RememberSeen.Sql, Statement.RememberSeen.Types.Length);
        rememberSeen.Bind(1, channel);
        rememberSeen.Bind(2, messageId);
        rememberSeen.Bind(3, replies);
        rememberSeen.Bind(4, Milliseconds(purgeAt));
        rememberSeen.Execute();
    }

    /// <summary>All that a message needs to be taken, in one look.</summary>
    public async Task<Arrival> Arrival(Address from, string messageId, CancellationToken cancellationToken)
    {
        if (sqlite is not null)
            return ArrivalOn(sqlite, from, messageId);
        if (Gathered?.Find(from, messageId) is { } found)
            return found;
        await using var reader = await Command(Statement.Arrival, from.Channel, from.ExternalId, messageId).ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new Arrival(
            reader.IsDBNull(0) ? null : reader.GetString(0),
            reader.IsDBNull(1) ? null : new StoredTalk(reader.GetString(1), reader.GetInt64(2), Instant(reader.GetInt64(4))),
            !reader.IsDBNull(3));
    }

    private Arrival ArrivalOn(SqliteConnection open, Address from, string messageId)
    {
        arrival ??= new SqliteStatement(open, Statement.Arrival.Sql, Statement.Arrival.Types.Length);
        try
        {
            arrival.Bind(1, from.Channel);
            arrival.Bind(2, from.ExternalId);
            arrival.Bind(3, messageId);
            arrival.Step();
            return new Arrival(
                arrival.IsNull(0) ? null : arrival.Text(0),
                arrival.IsNull(1) ? null : new StoredTalk(arrival.Text(1), arrival.Number(2), Instant(arrival.Number(4))),
                !arrival.IsNull(3));
        }
        finally
        {
            arrival.Reset();
        }
    }

    /// <summary>Who an address belongs to, and for which enterprise the person speaks: only ever one that the person is bound to.</summary>
    public async Task<Actor> Actor(Address address, CancellationToken cancellationToken)
    {
        await using var reader = await Command(Statement.Actor, address.Channel, address.ExternalId, nameof(BindingState.Active)).ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return Visitor(address);

        var enterprise = reader.IsDBNull(4) ? reader.GetInt64(6) == 1 ? reader.GetString(5) : null : reader.GetString(4);
        return new Actor(
            reader.GetString(0),
            Enum.Parse<ActorRole>(reader.GetString(2)),
            reader.GetString(1),
            address,
            enterprise,
            reader.IsDBNull(3) ? null : reader.GetString(3));
    }

    /// <summary>Whoever the registry does not know.</summary>
    public static Actor Visitor(Address address) => new(null, ActorRole.Public, "访客", address);

    /// <summary>
    /// Somebody known was here: the time of contact, what the platform lets us say because of it, and, when something waits for this person, that
    /// they came back. An allowance that is over, or older than the one we know, changes nothing. True when something waited for them.
    /// </summary>
    public async Task<bool> SawAddress(Address address, DateTime at, Allowance? allowance, CancellationToken cancellationToken)
    {
        var command = allowance is null || allowance.Until <= at
            ? Command(Statement.SawAddress, address.Channel, address.ExternalId, at)
            : Command(allowance.Brief ? Statement.SawAddressTap : Statement.SawAddressWrite, address.Channel, address.ExternalId, at, (long)allowance.Messages, allowance.Until);
        return await command.ExecuteScalarAsync(cancellationToken) is true or 1L;
    }

    /// <summary>Takes one of the messages that the platform lets us say unasked; false when there is none left or no time left. Never two for one.</summary>
    public async Task<bool> TakeAllowance(Address address, DateTime now, CancellationToken cancellationToken) =>
        await Command(Statement.TakeAllowance, address.Channel, address.ExternalId, now).ExecuteNonQueryAsync(cancellationToken) == 1;

    /// <summary>The platform counts otherwise than we do: it takes nothing more before the person writes again.</summary>
    public async Task EndAllowance(Address address, CancellationToken cancellationToken) =>
        await Command(Statement.EndAllowance, address.Channel, address.ExternalId).ExecuteNonQueryAsync(cancellationToken);

    public async Task<StoredTalk?> Talk(Address address, CancellationToken cancellationToken)
    {
        await using var reader = await Command(Statement.Talk, address.Channel, address.ExternalId).ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new StoredTalk(reader.GetString(0), reader.GetInt64(1), Instant(reader.GetInt64(2))) : null;
    }

    /// <summary>Writes what is remembered over what was read; null forgets it. Fails when somebody else wrote in between.</summary>
    /// <exception cref="CollisionException">The row is not the one that was read.</exception>
    public async Task KeepTalk(Address address, string? state, StoredTalk? read, DateTime purgeAt, CancellationToken cancellationToken)
    {
        if (state is null && read is null)
            return;
        if (Gathered is { } gathered)
        {
            gathered.KeepTalk(address, state, read, Milliseconds(purgeAt));
            return;
        }

        var written = sqlite is not null && state is not null && (read is null || Milliseconds(purgeAt) == Milliseconds(read.PurgeAt))
            ? KeepTalkOn(sqlite, address, state, read, purgeAt)
            : await KeepTalkCommand(address, state, read, purgeAt).ExecuteNonQueryAsync(cancellationToken);
        if (written != 1)
            throw new CollisionException("The talk with an address was written by somebody else.");
    }

    private int KeepTalkOn(SqliteConnection open, Address address, string state, StoredTalk? read, DateTime purgeAt)
    {
        var statement = read is null
            ? beginTalk ??= new SqliteStatement(open, Statement.BeginTalk.Sql, Statement.BeginTalk.Types.Length)
            : keepTalk ??= new SqliteStatement(open, Statement.KeepTalk.Sql, Statement.KeepTalk.Types.Length);
        statement.Bind(1, address.Channel);
        statement.Bind(2, address.ExternalId);
        statement.Bind(3, state);
        statement.Bind(4, read?.Version ?? Milliseconds(purgeAt));
        statement.Bind(5, NewVersion());
        return statement.Execute();
    }

    internal static long NewVersion() => BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;

    private DbCommand KeepTalkCommand(Address address, string? state, StoredTalk? read, DateTime purgeAt) => (state, read) switch
    {
        (null, _) => Command(Statement.ForgetTalk, address.Channel, address.ExternalId, read!.Version),
        (_, null) => Command(Statement.BeginTalk, address.Channel, address.ExternalId, state, Milliseconds(purgeAt), NewVersion()),
        _ when Milliseconds(purgeAt) == Milliseconds(read.PurgeAt) => Command(Statement.KeepTalk, address.Channel, address.ExternalId, state, read.Version, NewVersion()),
        _ => Command(Statement.KeepTalkUntil, address.Channel, address.ExternalId, state, Milliseconds(purgeAt), read.Version, NewVersion()),
    };

    /// <summary>
    /// Adds to a web conversation and gives the place in it. Places go forward and are never given twice, not even after a purge. They are told from the
    /// time and not counted: a gap would tell that somebody said something there without a name (W28).
    /// </summary>
    public async Task<long> AppendActivity(string conversationId, string activityId, string json, DateTime at, DateTime? purgeAt, CancellationToken cancellationToken)
    {
        var seq = (long)(await Command(Statement.NextActivity, conversationId, Milliseconds(at)).ExecuteScalarAsync(cancellationToken))!;
        await Command(Statement.AppendActivity, conversationId, seq, activityId, json, Milliseconds(at), purgeAt is { } until ? Milliseconds(until) : null)
            .ExecuteNonQueryAsync(cancellationToken);
        return seq;
    }

    public async Task<IReadOnlyList<WebActivity>> ActivitiesAfter(string conversationId, long seq, int atMost, CancellationToken cancellationToken)
    {
        var found = new List<WebActivity>();
        await using var reader = await Command(Statement.ActivitiesAfter, conversationId, seq, (long)atMost).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(new WebActivity(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), Instant(reader.GetInt64(3))));
        return found;
    }

    /// <summary>The last place given out in a web conversation; 0 when nothing was said in it yet.</summary>
    public async Task<long> LastActivity(string conversationId, CancellationToken cancellationToken) =>
        await Command(Statement.LastActivity, conversationId).ExecuteScalarAsync(cancellationToken) as long? ?? 0;

    /// <summary>When the last activity that is still kept was said, and whether it will be deleted soon.</summary>
    public async Task<(DateTime At, bool Passing)?> LastActivityAt(string conversationId, CancellationToken cancellationToken)
    {
        await using var reader = await Command(Statement.LastActivityAt, conversationId).ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (Instant(reader.GetInt64(0)), !reader.IsDBNull(1)) : null;
    }

    /// <summary>All that was said in a web conversation, from its greeting on, is to be deleted together (W28).</summary>
    public async Task EndActivities(string conversationId, DateTime purgeAt, CancellationToken cancellationToken) =>
        await Command(Statement.EndActivities, conversationId, Milliseconds(purgeAt)).ExecuteNonQueryAsync(cancellationToken);

    public async Task<bool> HasActivity(string conversationId, string activityId, CancellationToken cancellationToken) =>
        await Command(Statement.HasActivity, conversationId, activityId).ExecuteScalarAsync(cancellationToken) is not null;

    /// <summary>On PostgreSQL, tells the other instances at commit that something was said. SQLite has no other instances.</summary>
    public async Task Announce(string conversationId, CancellationToken cancellationToken)
    {
        if (kind == DatabaseKind.Postgres)
            await Command(Statement.Announce, conversationId).ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Talks whose time is over and in which something was begun, a bounded number of them.</summary>
    public async Task<IReadOnlyList<(Address With, StoredTalk Talk)>> PausedTalks(DateTime now, CancellationToken cancellationToken)
    {
        var found = new List<(Address, StoredTalk)>();
        await using var reader = await Command(Statement.PausedTalks, Milliseconds(now)).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add((new Address(reader.GetString(0), reader.GetString(1)), new StoredTalk(reader.GetString(2), reader.GetInt64(3), Instant(reader.GetInt64(4)))));
        return found;
    }

    /// <summary>Keeps this much of a talk, or with null nothing. Whoever said something meanwhile is not disturbed.</summary>
    public Task<int> CutTalk(Address address, string? state, StoredTalk read, DateTime purgeAt, CancellationToken cancellationToken) =>
        KeepTalkCommand(address, state, read, purgeAt).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Deletes what has been kept long enough, a bounded number of rows of each kind. More may be left while the answer is not 0.</summary>
    public async Task<int> Purge(DateTime now, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var statement in new[]
                 {
                     Statement.PurgeSeen, Statement.PurgeTalks, Statement.PurgeReports, Statement.PurgeBegun,
                     Statement.PurgeLateReplies, Statement.PurgeUnknownPushes, Statement.PurgeCards, Statement.PurgeSent,
                 })
        {
            deleted += await Command(statement, Milliseconds(now)).ExecuteNonQueryAsync(cancellationToken);
        }

        var ended = new List<string>();
        await using (var reader = await Command(Statement.EndedActivities, Milliseconds(now)).ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                ended.Add(reader.GetString(0));
        }

        foreach (var conversation in ended)
        {
            deleted += await Command(Statement.PurgeActivities, conversation, Milliseconds(now)).ExecuteNonQueryAsync(cancellationToken);
            await Command(Statement.ForgetConversation, conversation).ExecuteNonQueryAsync(cancellationToken);
        }

        return deleted;
    }

    /// <summary>Keeps only the day of contacts that are longer ago. Looks at all addresses.</summary>
    public Task<int> BlurContacts(DateTime now, CancellationToken cancellationToken) =>
        Command(kind == DatabaseKind.Sqlite ? Statement.BlurContacts : Statement.BlurContactsOnPostgres, now - ContactsExactFor).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>The end of the audit chain; on PostgreSQL held until commit.</summary>
    internal async Task<AuditEnd> AuditEnd(bool forAppending, CancellationToken cancellationToken)
    {
        var statement = forAppending && kind == DatabaseKind.Postgres ? Statement.LockAuditEnd : Statement.AuditEnd;
        await using var reader = await Command(statement).ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new AuditEnd(reader.GetInt64(0), reader.GetString(1));
    }

    internal async Task AppendAudit(AuditRow row, CancellationToken cancellationToken) =>
        await Command(Statement.AppendAudit, row.Seq, row.At, row.Actor, row.Action, row.Subject, row.Detail, row.PreviousHash, row.Hash).ExecuteNonQueryAsync(cancellationToken);

    internal async Task MoveAuditEnd(AuditEnd end, CancellationToken cancellationToken) =>
        await Command(Statement.MoveAuditEnd, end.Seq, end.Hash).ExecuteNonQueryAsync(cancellationToken);

    internal async IAsyncEnumerable<AuditRow> AuditRows([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await Command(Statement.AuditRows).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new AuditRow(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7));
        }
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement?>)[arrival, rememberSeen, beginTalk, keepTalk])
            statement?.Dispose();
        foreach (var command in prepared.Values)
            command.Dispose();
        prepared.Clear();
    }

    private DbCommand Command(Statement statement, params ReadOnlySpan<object?> values)
    {
        if (prepared.TryGetValue(statement, out var command))
        {
            command.Transaction = Transaction;
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            return command;
        }

        command = connection.CreateCommand();
        command.Transaction = Transaction;
        command.CommandText = statement.Sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            // With its sign: without it SQLite's provider tries every sign for every value.
            parameter.ParameterName = $"@p{i + 1}";
            parameter.DbType = statement.Types[i];
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        prepared.Add(statement, command);
        return command;
    }

    private static long Milliseconds(DateTime at) => new DateTimeOffset(at).ToUnixTimeMilliseconds();

    internal static DateTime Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    /// <summary>All SQL of the hot rows. One text serves both databases except where a row has to be held on PostgreSQL.</summary>
    private sealed partial class Statement(string sql, params DbType[] types)
    {
        private const DbType Text = DbType.String;
        private const DbType Number = DbType.Int64;

        public static readonly Statement Lock = new("SELECT pg_advisory_xact_lock_shared(1, 1), pg_advisory_xact_lock(hashtextextended(@p1, 0))", Text);

        public static readonly Statement LockAll = new("SELECT pg_advisory_xact_lock(1, 1), pg_advisory_xact_lock(hashtextextended(@p1, 0))", Text);

        public static readonly Statement Seen = new("SELECT replies FROM seen_messages WHERE channel = @p1 AND message_id = @p2", Text, Text);

        public static readonly Statement SeenUntil = new("SELECT purge_at FROM seen_messages WHERE channel = @p1 AND message_id = @p2", Text, Text);

        public static readonly Statement Arrival = new(
            """
            SELECT s.replies, t.state, t.version, a."PersonId", t.purge_at
            FROM (SELECT 1 AS one) o
            LEFT JOIN seen_messages s ON s.channel = @p1 AND s.message_id = @p3
            LEFT JOIN talk_states t ON t.channel = @p1 AND t.external_id = @p2
            LEFT JOIN "Addresses" a ON a."Channel" = @p1 AND a."ExternalId" = @p2
            """,
            Text, Text, Text);

        public static readonly Statement RememberSeen = new(
            "INSERT INTO seen_messages (channel, message_id, replies, purge_at) VALUES (@p1, @p2, @p3, @p4)", Text, Text, Text, Number);

        public static readonly Statement Actor = new(
            """
            SELECT p."Id", p."Name", p."Role", p."UnitId",
                   MAX(CASE WHEN b."EnterpriseId" = p."CurrentEnterpriseId" THEN b."EnterpriseId" END), MIN(b."EnterpriseId"), COUNT(DISTINCT b."EnterpriseId")
            FROM "Addresses" a JOIN "People" p ON p."Id" = a."PersonId"
            LEFT JOIN "Bindings" b ON b."PersonId" = p."Id" AND b."State" = @p3
            WHERE a."Channel" = @p1 AND a."ExternalId" = @p2
            GROUP BY p."Id", p."Name", p."Role", p."UnitId"
            """,
            Text, Text, Text);

        public static readonly Statement SawAddress = new(Seeing(""), Text, Text, DbType.DateTime);

        public static readonly Statement SawAddressWrite = new(
            Seeing(
                """
                , "MessagesLeft" = CASE WHEN "MessagesUntil" IS NULL OR "MessagesUntil" <= @p5 THEN @p4 ELSE "MessagesLeft" END
                , "MessagesUntil" = CASE WHEN "MessagesUntil" IS NULL OR "MessagesUntil" <= @p5 THEN @p5 ELSE "MessagesUntil" END
                """),
            Text, Text, DbType.DateTime, Number, DbType.DateTime);

        public static readonly Statement SawAddressTap = new(
            Seeing(
                """
                , "TapsLeft" = CASE WHEN "TapsUntil" IS NULL OR "TapsUntil" <= @p5 THEN @p4 ELSE "TapsLeft" END
                , "TapsUntil" = CASE WHEN "TapsUntil" IS NULL OR "TapsUntil" <= @p5 THEN @p5 ELSE "TapsUntil" END
                """),
            Text, Text, DbType.DateTime, Number, DbType.DateTime);

        /// <summary>Whether the two allowances add up is not documented: one message counts in both, so that we never count too few.</summary>
        public static readonly Statement TakeAllowance = new(
            """
            UPDATE "Addresses"
            SET "MessagesLeft" = CASE WHEN "MessagesLeft" > 0 THEN "MessagesLeft" - 1 ELSE 0 END, "TapsLeft" = CASE WHEN "TapsLeft" > 0 THEN "TapsLeft" - 1 ELSE 0 END
            WHERE "Channel" = @p1 AND "ExternalId" = @p2 AND "UnreachableSince" IS NULL
              AND (("MessagesLeft" > 0 AND "MessagesUntil" > @p3) OR ("TapsLeft" > 0 AND "TapsUntil" > @p3))
            """,
            Text, Text, DbType.DateTime);

        public static readonly Statement EndAllowance = new(
            """UPDATE "Addresses" SET "MessagesLeft" = 0, "TapsLeft" = 0 WHERE "Channel" = @p1 AND "ExternalId" = @p2""", Text, Text);

        public static readonly Statement Talk = new("SELECT state, version, purge_at FROM talk_states WHERE channel = @p1 AND external_id = @p2", Text, Text);

        public static readonly Statement BeginTalk = new(
            "INSERT INTO talk_states (channel, external_id, state, version, purge_at) VALUES (@p1, @p2, @p3, @p5, @p4) ON CONFLICT DO NOTHING", Text, Text, Text, Number, Number);

        /// <summary>Whatever names an indexed column writes the index too.</summary>
        public static readonly Statement KeepTalk = new(
            "UPDATE talk_states SET state = @p3, version = @p5 WHERE channel = @p1 AND external_id = @p2 AND version = @p4", Text, Text, Text, Number, Number);

        public static readonly Statement KeepTalkUntil = new(
            "UPDATE talk_states SET state = @p3, purge_at = @p4, version = @p6 WHERE channel = @p1 AND external_id = @p2 AND version = @p5",
            Text, Text, Text, Number, Number, Number);

        public static readonly Statement ForgetTalk = new(
            "DELETE FROM talk_states WHERE channel = @p1 AND external_id = @p2 AND version = @p3", Text, Text, Number);

        public static readonly Statement NextActivity = new(
            """
            INSERT INTO web_conversations (conversation_id, last_seq) VALUES (@p1, @p2)
            ON CONFLICT (conversation_id) DO UPDATE
                SET last_seq = CASE WHEN web_conversations.last_seq < excluded.last_seq THEN excluded.last_seq ELSE web_conversations.last_seq + 1 END
            RETURNING last_seq
            """,
            Text, Number);

        public static readonly Statement AppendActivity = new(
            "INSERT INTO web_activities (conversation_id, seq, activity_id, activity, at, purge_at) VALUES (@p1, @p2, @p3, @p4, @p5, @p6)",
            Text, Number, Text, Text, Number, Number);

        public static readonly Statement ActivitiesAfter = new(
            "SELECT seq, activity_id, activity, at FROM web_activities WHERE conversation_id = @p1 AND seq > @p2 ORDER BY seq LIMIT @p3", Text, Number, Number);

        public static readonly Statement LastActivity = new("SELECT last_seq FROM web_conversations WHERE conversation_id = @p1", Text);

        public static readonly Statement LastActivityAt = new(
            "SELECT at, purge_at FROM web_activities WHERE conversation_id = @p1 ORDER BY seq DESC LIMIT 1", Text);

        public static readonly Statement EndActivities = new("UPDATE web_activities SET purge_at = @p2 WHERE conversation_id = @p1", Text, Number);

        public static readonly Statement HasActivity = new(
            "SELECT 1 FROM web_activities WHERE conversation_id = @p1 AND activity_id = @p2 LIMIT 1", Text, Text);

        public static readonly Statement Announce = new("SELECT pg_notify('web_activities', @p1)", Text);

        public static readonly Statement PurgeSeen = new(
            """
            DELETE FROM seen_messages WHERE (channel, message_id) IN
            (SELECT channel, message_id FROM seen_messages WHERE purge_at <= @p1 ORDER BY purge_at LIMIT 500)
            """,
            Number);

        /// <summary>The windows in which the account may write end a little early then, never late. When somebody came back is of use only until it was seen to.</summary>
        public static readonly Statement BlurContacts = new(
            """
            UPDATE "Addresses" SET "LastSeenAt" = substr("LastSeenAt", 1, 10) || ' 00:00:00', "TapsLeft" = 0, "TapsUntil" = NULL,
                "MessagesUntil" = CASE WHEN "MessagesUntil" IS NULL THEN NULL ELSE substr("MessagesUntil", 1, 13) || ':00:00' END,
                "CameBackAt" = CASE WHEN "CameBackAt" IS NULL THEN NULL ELSE substr("CameBackAt", 1, 10) || ' 00:00:00' END
            WHERE "LastSeenAt" < @p1 AND substr("LastSeenAt", 11) <> ' 00:00:00'
            """,
            DbType.DateTime);

        public static readonly Statement BlurContactsOnPostgres = new(
            """
            UPDATE "Addresses" SET "LastSeenAt" = date_trunc('day', "LastSeenAt", 'UTC'), "TapsLeft" = 0, "TapsUntil" = NULL,
                "MessagesUntil" = date_trunc('hour', "MessagesUntil", 'UTC'), "CameBackAt" = date_trunc('day', "CameBackAt", 'UTC')
            WHERE "LastSeenAt" < @p1 AND "LastSeenAt" <> date_trunc('day', "LastSeenAt", 'UTC')
            """,
            DbType.DateTime);

        public static readonly Statement PurgeTalks = new(
            """
            DELETE FROM talk_states WHERE (channel, external_id) IN
            (SELECT channel, external_id FROM talk_states WHERE purge_at <= @p1 AND state NOT LIKE '%"s":[%' AND state NOT LIKE '%"k":[%' AND state NOT LIKE '%"i":[%'
             ORDER BY purge_at LIMIT 500)
            """,
            Number);

        /// <summary>In which something was begun or sent: of that some may stay.</summary>
        public static readonly Statement PausedTalks = new(
            """
            SELECT channel, external_id, state, version, purge_at FROM talk_states
            WHERE purge_at <= @p1 AND (state LIKE '%"s":[%' OR state LIKE '%"k":[%' OR state LIKE '%"i":[%') ORDER BY purge_at LIMIT 500
            """,
            Number);

        public static readonly Statement PurgeActivities = new(
            """
            DELETE FROM web_activities WHERE conversation_id = @p1 AND purge_at <= @p2
            """,
            Text, Number);

        public static readonly Statement EndedActivities = new("SELECT DISTINCT conversation_id FROM web_activities WHERE purge_at <= @p1 LIMIT 100", Number);

        /// <summary>An empty conversation would tell that something was said in it.</summary>
        public static readonly Statement ForgetConversation = new(
            "DELETE FROM web_conversations WHERE conversation_id = @p1 AND NOT EXISTS (SELECT 1 FROM web_activities WHERE conversation_id = @p1)", Text);

        public static readonly Statement AuditEnd = new("SELECT seq, hash FROM audit_end");

        public static readonly Statement LockAuditEnd = new("SELECT seq, hash FROM audit_end FOR UPDATE");

        public static readonly Statement MoveAuditEnd = new("UPDATE audit_end SET seq = @p1, hash = @p2", Number, Text);

        public static readonly Statement AppendAudit = new(
            "INSERT INTO audit (seq, at, actor, action, subject, detail, previous_hash, hash) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)",
            Number, Text, Text, Text, Text, Text, Text, Text);

        public static readonly Statement AuditRows = new("SELECT seq, at, actor, action, subject, detail, previous_hash, hash FROM audit ORDER BY seq");

        private static string Seeing(string also) =>
            $"""
            UPDATE "Addresses"
            SET "LastSeenAt" = @p3, "CameBackAt" = CASE WHEN "Awaited" THEN @p3 ELSE "CameBackAt" END, "Awaited" = FALSE, "UnreachableSince" = NULL{also}
            WHERE "Channel" = @p1 AND "ExternalId" = @p2
            RETURNING "CameBackAt" IS NOT NULL
            """;

        public string Sql { get; } = sql;

        public DbType[] Types { get; } = types;
    }
}
