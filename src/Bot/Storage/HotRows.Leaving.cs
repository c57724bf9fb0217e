using Bot.Domain.Commands;

namespace Bot.Storage;

/// <summary>What is kept of an address besides the registry's rows, when somebody leaves a channel for good.</summary>
public sealed partial class HotRows
{
    /// <summary>
    /// Forgets the talk with an address, the replies kept of its messages (their ids end with the address), what the platform reported of it and
    /// what was accepted there. Pictures still to be fetched for a submitted case come, without the sender.
    /// </summary>
    public async Task ForgetAddress(Address address, CancellationToken cancellationToken)
    {
        await Command(Statement.ForgetTalkAtOnce, address.Channel, address.ExternalId).ExecuteNonQueryAsync(cancellationToken);

        await Command(kind == DatabaseKind.Postgres ? Statement.ForgetSeenPostgres : Statement.ForgetSeen, address.Channel, $":{address.ExternalId}").ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.ForgetLateRepliesOf, address.Channel, address.ExternalId).ExecuteNonQueryAsync(cancellationToken);
        if (address.Channel == WeCom)
            await Command(Statement.ForgetCardsOf, address.ExternalId).ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.ForgetReports, address.ExternalId).ExecuteNonQueryAsync(cancellationToken);
        await ForgetAccepts(address.ExternalId, cancellationToken);
        await ForgetPictureSender(address, cancellationToken);
    }

    private sealed partial class Statement
    {
        public static readonly Statement ForgetTalkAtOnce = new("DELETE FROM talk_states WHERE channel = @p1 AND external_id = @p2", Text, Text);

        /// <summary>The index holds no replies: much less is read than in the table itself.</summary>
        public static readonly Statement ForgetSeen = new(
            """
            DELETE FROM seen_messages WHERE channel = @p1 AND message_id IN
            (SELECT message_id FROM seen_messages INDEXED BY seen_messages_purge WHERE purge_at > 0 AND channel = @p1 AND substr(message_id, -length(@p2)) = @p2)
            """,
            Text, Text);

        public static readonly Statement ForgetSeenPostgres = new("DELETE FROM seen_messages WHERE channel = @p1 AND right(message_id, length(@p2)) = @p2", Text, Text);

        public static readonly Statement ForgetReports = new("DELETE FROM delivery_reports WHERE external_id = @p1", Text);
    }
}
