using System.Data.Common;
using System.Globalization;

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

    /// <summary>What was done to the subject before this instant (UTC) the card knows already.</summary>
    public DateTime WrittenAt { get; init; }

    public CardState State { get; init; }

    /// <summary>With it the card can be changed, once; null until it was sent, and after it was used.</summary>
    public string? ResponseCode { get; init; }
}

/// <summary>What somebody did to a subject, as the audit chain has it.</summary>
public sealed record Deed(long Seq, DateTime At, string Actor, string Action, string Subject);

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
    public async Task KeepCard(SentCard card, DateTime now, CancellationToken cancellationToken) => await Command(
        Statement.KeepCard, card.TaskId, card.UserId, card.Kind, card.Subject, card.Card, Milliseconds(card.WrittenAt == default ? now : card.WrittenAt), (long)card.State, Milliseconds(now + CardKept))
        .ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Null when no such card went out, or it is too old to be changed.</summary>
    public async Task<SentCard?> Card(string taskId, CancellationToken cancellationToken)
    {
        await using var reader = await Command(Statement.Card, taskId).ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadCard(reader) : null;
    }

    /// <summary>The platform took the card and gave the code with which it can be changed.</summary>
    public async Task CardSent(string taskId, string? responseCode, CancellationToken cancellationToken) =>
        await Command(Statement.CardSent, taskId, responseCode).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>What the card was about is done; with <paramref name="card"/> it shows what came of it.</summary>
    public async Task CloseCard(string taskId, string? card, CancellationToken cancellationToken) =>
        await Command(Statement.CloseCard, taskId, (long)CardState.Closed, card).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>The cards about a subject that may still be tapped.</summary>
    public async Task<IReadOnlyList<SentCard>> OpenCards(string subject, CancellationToken cancellationToken)
    {
        var found = new List<SentCard>();
        await using var reader = await Command(Statement.OpenCards, subject).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(ReadCard(reader));
        return found;
    }

    /// <summary>What was done after a place in the chain to subjects that open cards are about; and where the chain ends now.</summary>
    public async Task<(IReadOnlyList<Deed> Deeds, long End)> DeedsOnCards(long after, CancellationToken cancellationToken)
    {
        var end = (await AuditEnd(forAppending: false, cancellationToken)).Seq;
        return end == after ? ([], end) : (await Deeds(Command(Statement.DeedsOnCards, after, end), cancellationToken), end);
    }

    /// <summary>What was done to a subject since an instant (UTC).</summary>
    public Task<IReadOnlyList<Deed>> DeedsOn(string subject, DateTime since, CancellationToken cancellationToken) =>
        Deeds(Command(Statement.DeedsOn, subject, since.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)), cancellationToken);

    /// <summary>How far the cards have followed the chain; at first they begin where it ends.</summary>
    public async Task<long> CardsFollowed(CancellationToken cancellationToken)
    {
        await Command(Statement.BeginFollowing).ExecuteNonQueryAsync(cancellationToken);
        return (long)(await Command(Statement.CardsFollowed).ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task FollowedTo(long seq, CancellationToken cancellationToken) => await Command(Statement.FollowedTo, seq).ExecuteNonQueryAsync(cancellationToken);

    private static async Task<IReadOnlyList<Deed>> Deeds(DbCommand command, CancellationToken cancellationToken)
    {
        var found = new List<Deed>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var at = DateTime.Parse(reader.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
            found.Add(new Deed(reader.GetInt64(0), at, reader.GetString(2), reader.GetString(3), reader.GetString(4)));
        }

        return found;
    }

    private static SentCard ReadCard(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4))
        {
            WrittenAt = Instant(reader.GetInt64(5)),
            State = (CardState)reader.GetInt64(6),
            ResponseCode = reader.IsDBNull(7) ? null : reader.GetString(7),
        };

    private sealed partial class Statement
    {
        private const string CardColumns = "task_id, user_id, kind, subject, card, written_at, state, response_code";

        public static readonly Statement KeepCard = new(
            "INSERT INTO wecom_cards (task_id, user_id, kind, subject, card, written_at, state, purge_at) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8) ON CONFLICT DO NOTHING",
            Text, Text, Text, Text, Text, Number, Number, Number);

        public static readonly Statement Card = new($"SELECT {CardColumns} FROM wecom_cards WHERE task_id = @p1", Text);

        public static readonly Statement CardSent = new("UPDATE wecom_cards SET response_code = COALESCE(@p2, response_code) WHERE task_id = @p1", Text, Text);

        public static readonly Statement CloseCard = new("UPDATE wecom_cards SET state = @p2, card = COALESCE(@p3, card), response_code = NULL WHERE task_id = @p1", Text, Number, Text);

        public static readonly Statement OpenCards = new($"SELECT {CardColumns} FROM wecom_cards WHERE subject = @p1 AND state = 0 AND kind <> 'question' ORDER BY task_id", Text);

        public static readonly Statement DeedsOnCards = new(
            """
            SELECT a.seq, a.at, a.actor, a.action, a.subject FROM audit a
            WHERE a.seq > @p1 AND a.seq <= @p2 AND a.subject <> '' AND EXISTS (SELECT 1 FROM wecom_cards c WHERE c.subject = a.subject AND c.state = 0) ORDER BY a.seq
            """,
            Number, Number);

        public static readonly Statement DeedsOn = new("SELECT seq, at, actor, action, subject FROM audit WHERE subject = @p1 AND at >= @p2 ORDER BY seq", Text, Text);

        public static readonly Statement BeginFollowing = new("INSERT INTO wecom_cards_followed (one, seq) SELECT 1, seq FROM audit_end WHERE true ON CONFLICT DO NOTHING");

        public static readonly Statement CardsFollowed = new("SELECT seq FROM wecom_cards_followed");

        public static readonly Statement FollowedTo = new("UPDATE wecom_cards_followed SET seq = @p1", Number);

        public static readonly Statement ForgetCardsOf = new("DELETE FROM wecom_cards WHERE user_id = @p1", Text);

        public static readonly Statement PurgeCards = new(
            """
            DELETE FROM wecom_cards WHERE task_id IN
            (SELECT task_id FROM wecom_cards WHERE purge_at <= @p1 ORDER BY purge_at LIMIT 500)
            """,
            Number);
    }
}
