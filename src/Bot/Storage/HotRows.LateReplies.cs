using Bot.Domain.Commands;

namespace Bot.Storage;

/// <summary>Where a reply stands that could not go out on the connection it was asked on.</summary>
public enum LateReplyState
{
    Waiting,
    Sending,
    Sent,
    Failed,

    /// <summary>It never needed another way: a repeat brought it.</summary>
    Brought,
}

/// <summary>A reply to be sent by another way; <paramref name="Tries"/> counts this one.</summary>
public sealed record LateReply(Address To, string MessageId, string Text, int Tries)
{
    /// <summary>Until when it is kept (UTC): the same for all tries.</summary>
    public required DateTime Until { get; init; }
}

public sealed partial class HotRows
{
    /// <summary>Keeps a reply for another way; one message has at most one.</summary>
    public async Task AddLateReply(Address to, string messageId, string text, DateTime due, DateTime purgeAt, CancellationToken cancellationToken) =>
        await Command(Statement.AddLateReply, to.Channel, messageId, to.ExternalId, text, (long)LateReplyState.Waiting, Milliseconds(due), Milliseconds(purgeAt))
            .ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Notes that a delivery which came at <paramref name="cameAt"/> was answered with the reply, so that earlier ones that were cut need no other way.</summary>
    public async Task NoteBroughtReply(Address to, string messageId, DateTime cameAt, DateTime purgeAt, CancellationToken cancellationToken) =>
        await Command(
            Statement.NoteBroughtReply, to.Channel, messageId, to.ExternalId, (long)LateReplyState.Brought, Milliseconds(cameAt), Milliseconds(purgeAt), (long)LateReplyState.Waiting)
            .ExecuteNonQueryAsync(cancellationToken);

    /// <summary>A later delivery was not answered, so that the note of an earlier one is void.</summary>
    public async Task ForgetEarlierBroughtReply(string channel, string messageId, DateTime cameAt, CancellationToken cancellationToken) =>
        await Command(Statement.ForgetEarlierBroughtReply, channel, messageId, (long)LateReplyState.Brought, Milliseconds(cameAt)).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Null when the reply to this message never needed another way.</summary>
    public async Task<LateReplyState?> LateReplyStands(string channel, string messageId, CancellationToken cancellationToken) =>
        await Command(Statement.LateReplyStands, channel, messageId).ExecuteScalarAsync(cancellationToken) is long state ? (LateReplyState)state : null;

    /// <summary>Takes a reply back that nobody has begun to send; false when it is too late for that.</summary>
    public async Task<bool> WithdrawLateReply(string channel, string messageId, CancellationToken cancellationToken) =>
        await Command(Statement.WithdrawLateReply, channel, messageId, (long)LateReplyState.Waiting).ExecuteNonQueryAsync(cancellationToken) == 1;

    public async Task<bool> HasLateReplyDue(string channel, DateTime now, CancellationToken cancellationToken) =>
        await Command(Statement.HasLateReplyDue, channel, Milliseconds(now), (long)LateReplyState.Sending).ExecuteScalarAsync(cancellationToken) is not null;

    /// <summary>
    /// Claims the next reply that is due, until <paramref name="lease"/>; a claim that was not ended by then is given again. To one person one after another,
    /// in the order in which they were kept.
    /// </summary>
    public async Task<LateReply?> ClaimLateReply(string channel, DateTime now, DateTime lease, CancellationToken cancellationToken)
    {
        var command = Command(Statement.ClaimLateReply, channel, Milliseconds(now), Milliseconds(lease), (long)LateReplyState.Sending);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new LateReply(new Address(channel, reader.GetString(1)), reader.GetString(0), reader.GetString(2), (int)reader.GetInt64(3)) { Until = Instant(reader.GetInt64(4)) }
            : null;
    }

    /// <summary>To be tried again; a try that did not go out is not counted.</summary>
    public async Task PostponeLateReply(string channel, string messageId, DateTime due, bool wasTried, CancellationToken cancellationToken) =>
        await Command(Statement.PostponeLateReply, channel, messageId, Milliseconds(due), (long)LateReplyState.Waiting, wasTried ? 0L : 1L).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>What was claimed and will not be sent by whoever claimed it is due again.</summary>
    public async Task TakeBackLateReplies(string channel, DateTime due, CancellationToken cancellationToken) =>
        await Command(Statement.TakeBackLateReplies, channel, Milliseconds(due), (long)LateReplyState.Waiting, (long)LateReplyState.Sending).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Done with; of the text nothing is kept.</summary>
    public async Task EndLateReply(string channel, string messageId, LateReplyState state, CancellationToken cancellationToken) =>
        await Command(Statement.EndLateReply, channel, messageId, (long)state).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Keeps how a push is made that nothing here understands.</summary>
    public async Task KeepUnknownPush(string shape, DateTime purgeAt, CancellationToken cancellationToken) =>
        await Command(Statement.KeepUnknownPush, shape, Milliseconds(purgeAt)).ExecuteNonQueryAsync(cancellationToken);

    private sealed partial class Statement
    {
        public static readonly Statement ForgetLateRepliesOf = new("DELETE FROM late_replies WHERE channel = @p1 AND external_id = @p2", Text, Text);

        public static readonly Statement AddLateReply = new(
            """
            INSERT INTO late_replies (channel, message_id, external_id, reply, state, tries, due_at, purge_at) VALUES (@p1, @p2, @p3, @p4, @p5, 0, @p6, @p7)
            ON CONFLICT DO NOTHING
            """,
            Text, Text, Text, Text, Number, Number, Number);

        public static readonly Statement NoteBroughtReply = new(
            """
            INSERT INTO late_replies (channel, message_id, external_id, reply, state, tries, due_at, purge_at) VALUES (@p1, @p2, @p3, '', @p4, 0, @p5, @p6)
            ON CONFLICT (channel, message_id) DO UPDATE SET reply = '', state = @p4, due_at = @p5
                WHERE late_replies.state = @p7 OR (late_replies.state = @p4 AND late_replies.due_at < @p5)
            """,
            Text, Text, Text, Number, Number, Number, Number);

        public static readonly Statement ForgetEarlierBroughtReply = new(
            "DELETE FROM late_replies WHERE channel = @p1 AND message_id = @p2 AND state = @p3 AND due_at < @p4", Text, Text, Number, Number);

        public static readonly Statement LateReplyStands = new("SELECT state FROM late_replies WHERE channel = @p1 AND message_id = @p2", Text, Text);

        public static readonly Statement WithdrawLateReply = new(
            "DELETE FROM late_replies WHERE channel = @p1 AND message_id = @p2 AND state = @p3", Text, Text, Number);

        public static readonly Statement HasLateReplyDue = new(
            "SELECT 1 FROM late_replies WHERE channel = @p1 AND state <= @p3 AND due_at <= @p2 LIMIT 1", Text, Number, Number);

        public static readonly Statement ClaimLateReply = new(
            """
            UPDATE late_replies SET state = @p4, tries = tries + 1, due_at = @p3
            WHERE channel = @p1 AND message_id =
                (SELECT message_id FROM late_replies r WHERE channel = @p1 AND state <= @p4 AND due_at <= @p2
                    AND NOT EXISTS (SELECT 1 FROM late_replies b WHERE b.channel = @p1 AND b.external_id = r.external_id AND b.state <= @p4
                        AND (b.purge_at < r.purge_at OR (b.purge_at = r.purge_at AND b.message_id < r.message_id)))
                ORDER BY due_at, message_id LIMIT 1)
            RETURNING message_id, external_id, reply, tries, purge_at
            """,
            Text, Number, Number, Number);

        public static readonly Statement PostponeLateReply = new(
            "UPDATE late_replies SET state = @p4, due_at = @p3, tries = tries - @p5 WHERE channel = @p1 AND message_id = @p2", Text, Text, Number, Number, Number);

        public static readonly Statement TakeBackLateReplies = new(
            "UPDATE late_replies SET state = @p3, due_at = @p2 WHERE channel = @p1 AND state = @p4", Text, Number, Number, Number);

        public static readonly Statement EndLateReply = new(
            "UPDATE late_replies SET state = @p3, reply = '' WHERE channel = @p1 AND message_id = @p2", Text, Text, Number);

        public static readonly Statement PurgeLateReplies = new(
            """
            DELETE FROM late_replies WHERE (channel, message_id) IN
            (SELECT channel, message_id FROM late_replies WHERE purge_at <= @p1 ORDER BY purge_at LIMIT 500)
            """,
            Number);

        public static readonly Statement KeepUnknownPush = new(
            "INSERT INTO wechat_unknown_pushes (shape, purge_at) VALUES (@p1, @p2) ON CONFLICT DO NOTHING", Text, Number);

        public static readonly Statement PurgeUnknownPushes = new(
            """
            DELETE FROM wechat_unknown_pushes WHERE shape IN
            (SELECT shape FROM wechat_unknown_pushes WHERE purge_at <= @p1 ORDER BY purge_at LIMIT 500)
            """,
            Number);
    }
}
