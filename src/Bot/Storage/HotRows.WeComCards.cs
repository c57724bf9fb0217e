namespace Bot.Storage;

public enum CardState
{
    /// <summary>It may be tapped.</summary>
    Open,

    /// <summary>What it was about is done; whoever still taps it is told so.</summary>
    Closed,
}

/// <summary>A card that went out to a member, or is about to: what it looks like is kept, so that it can show what came of it.</summary>
public sealed record SentCard(string TaskId, string UserId, string Kind, string Subject, string Card)
{
    /// <summary>The kind of a card that asks a question of the talk.</summary>
    public const string Question = "question";

    public CardState State { get; init; }

    /// <summary>With it the card can be changed, once; null until it was sent, and after it was used.</summary>
    public string? ResponseCode { get; init; }
}

/// <summary>What goes out on WeCom by itself, and the cards that are there.</summary>
public sealed partial class HotRows
{
    private const string WeCom = "wecom";

    /// <summary>As long as a card can be changed on the platform (template cards: 72 hours).</summary>
    private static readonly TimeSpan CardKept = TimeSpan.FromHours(72);

    /// <summary>
    /// Keeps a message to a member for sending. To one member they go out one after another in the order in which they were kept, and by their ids where
    /// they were kept at once; an id is kept once.
    /// </summary>
    public async Task QueueMessage(string userId, string id, string body, DateTime due, DateTime purgeAt, CancellationToken cancellationToken) =>
        await Command(Statement.AddLateReply, WeCom, id, userId, body, (long)LateReplyState.Waiting, Milliseconds(due), Milliseconds(purgeAt)).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Keeps a card before it goes out, once.</summary>
    public async Task KeepCard(SentCard card, DateTime now, CancellationToken cancellationToken) =>
        await Command(Statement.KeepCard, card.TaskId, card.UserId, card.Kind, card.Subject, card.Card, (long)card.State, Milliseconds(now + CardKept)).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Null when no such card went out, or it is too old to be changed.</summary>
    public async Task<SentCard?> Card(string taskId, CancellationToken cancellationToken)
    {
        await using var reader = await Command(Statement.Card, taskId).ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadCard(reader) : null;
    }

    /// <summary>The platform took the card and gave the code with which it can be changed.</summary>
    public async Task CardSent(string taskId, string? responseCode, CancellationToken cancellationToken) =>
        await Command(Statement.CardSent, taskId, responseCode).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>What the card was about is done.</summary>
    public async Task CloseCard(string taskId, CancellationToken cancellationToken) =>
        await Command(Statement.CloseCard, taskId, (long)CardState.Closed).ExecuteNonQueryAsync(cancellationToken);

    private static SentCard ReadCard(System.Data.Common.DbDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4))
        {
            State = (CardState)reader.GetInt64(5),
            ResponseCode = reader.IsDBNull(6) ? null : reader.GetString(6),
        };

    private sealed partial class Statement
    {
        private const string CardColumns = "task_id, user_id, kind, subject, card, state, response_code";

        public static readonly Statement KeepCard = new(
            "INSERT INTO wecom_cards (task_id, user_id, kind, subject, card, state, purge_at) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7) ON CONFLICT DO NOTHING",
            Text, Text, Text, Text, Text, Number, Number);

        public static readonly Statement Card = new($"SELECT {CardColumns} FROM wecom_cards WHERE task_id = @p1", Text);

        public static readonly Statement CardSent = new("UPDATE wecom_cards SET response_code = @p2 WHERE task_id = @p1", Text, Text);

        public static readonly Statement CloseCard = new("UPDATE wecom_cards SET state = @p2 WHERE task_id = @p1", Text, Number);

        public static readonly Statement ForgetCardsOf = new("DELETE FROM wecom_cards WHERE user_id = @p1", Text);

        public static readonly Statement PurgeCards = new(
            """
            DELETE FROM wecom_cards WHERE task_id IN
            (SELECT task_id FROM wecom_cards WHERE purge_at <= @p1 ORDER BY purge_at LIMIT 500)
            """,
            Number);
    }
}
