using Bot.Domain.Commands;

namespace Bot.Storage;

/// <summary>What is kept of an address besides the registry's rows, when somebody leaves a channel for good.</summary>
public sealed partial class HotRows
{
    /// <summary>
    /// Forgets the talk with an address, the replies kept of its messages (their ids begin with the address), what the platform reported of it and
    /// what was accepted there. Pictures still to be fetched for a submitted case come, without the sender.
    /// </summary>
    public async Task ForgetAddress(Address address, CancellationToken cancellationToken)
    {
        await Command(Statement.ForgetTalkAtOnce, address.Channel, address.ExternalId).ExecuteNonQueryAsync(cancellationToken);

        // The next code point after the last character: everything that begins with the address lies before it.
        var after = address.ExternalId[..^1] + (char)(address.ExternalId[^1] + 1);
        await Command(kind == DatabaseKind.Postgres ? Statement.ForgetSeenPostgres : Statement.ForgetSeen, address.Channel, address.ExternalId, after).ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.ForgetLateRepliesOf, address.Channel, address.ExternalId).ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.ForgetPushesOf, address.ExternalId).ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.ForgetReports, address.ExternalId).ExecuteNonQueryAsync(cancellationToken);
        await ForgetAccepts(address.ExternalId, cancellationToken);
        await ForgetPictureSender(address.ExternalId, cancellationToken);
    }

    private sealed partial class Statement
    {
        public static readonly Statement ForgetTalkAtOnce = new("DELETE FROM talk_states WHERE channel = @p1 AND external_id = @p2", Text, Text);

        public static readonly Statement ForgetSeen = new("DELETE FROM seen_messages WHERE channel = @p1 AND message_id >= @p2 AND message_id < @p3", Text, Text, Text);

        /// <summary>A database with a language's order would put small and capital letters side by side.</summary>
        public static readonly Statement ForgetSeenPostgres = new(
            """DELETE FROM seen_messages WHERE channel = @p1 AND message_id COLLATE "C" >= @p2 AND message_id COLLATE "C" < @p3""", Text, Text, Text);

        public static readonly Statement ForgetReports = new("DELETE FROM delivery_reports WHERE external_id = @p1", Text);
    }
}
