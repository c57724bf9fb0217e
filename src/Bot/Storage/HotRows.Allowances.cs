namespace Bot.Storage;

public sealed partial class HotRows
{
    /// <summary>How many messages went to a member of WeCom, by span of time, the oldest first.</summary>
    public async Task<IReadOnlyList<(long Span, int Messages)>> SentTo(string member, CancellationToken cancellationToken)
    {
        var sent = new List<(long, int)>();
        await using var reader = await Command(Statement.SentTo, member).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            sent.Add((reader.GetInt64(0), (int)reader.GetInt64(1)));
        return sent;
    }

    public async Task CountSentTo(string member, long span, CancellationToken cancellationToken) =>
        await Command(Statement.CountSentTo, member, span).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Drops what is up to and including <paramref name="until"/>.</summary>
    public async Task ForgetSentTo(string member, long until, CancellationToken cancellationToken) =>
        await Command(Statement.ForgetSentTo, member, until).ExecuteNonQueryAsync(cancellationToken);

    private sealed partial class Statement
    {
        public static readonly Statement SentTo = new("SELECT span, messages FROM wecom_sent WHERE member = @p1 ORDER BY span", Text);

        public static readonly Statement CountSentTo = new(
            """
            INSERT INTO wecom_sent (member, span, messages) VALUES (@p1, @p2, 1)
            ON CONFLICT (member, span) DO UPDATE SET messages = wecom_sent.messages + 1
            """,
            Text, Number);

        /// <summary>Spans of ten seconds; what is older than a day counts in no limit.</summary>
        public static readonly Statement PurgeSent = new(
            "DELETE FROM wecom_sent WHERE (member, span) IN (SELECT member, span FROM wecom_sent WHERE span < @p1 / 10000 - 8640 LIMIT 1000)", Number);

        public static readonly Statement ForgetSentTo = new("DELETE FROM wecom_sent WHERE member = @p1 AND span <= @p2", Text, Number);
    }
}
