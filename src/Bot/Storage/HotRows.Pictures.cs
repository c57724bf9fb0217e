using Bot.Domain.Commands;

namespace Bot.Storage;

/// <summary>
/// A picture that is still to be fetched from the platform, or whose sender is still to be told that it is lost. <see cref="Sender"/>, their id on the channel, is null when nobody
/// may know who sent it.
/// </summary>
public sealed record OwedPicture(string EvidenceId, string Channel, string MediaId, string? Sender, PictureState State, int Attempts, DateTime GiveUpAt);

public enum PictureState
{
    Fetching,

    /// <summary>It is lost, and its sender is to be told.</summary>
    Lost,

    /// <summary>Its sender is being told; after a crash nobody knows whether that was done, so it is not done again.</summary>
    Telling,
}

public sealed partial class HotRows
{
    public async Task OwePicture(OwedPicture picture, DateTime nextAt, CancellationToken cancellationToken) =>
        await Command(
            Statement.OwePicture,
            picture.EvidenceId,
            picture.MediaId,
            picture.Sender,
            (long)picture.State,
            (long)picture.Attempts,
            Milliseconds(nextAt),
            Milliseconds(picture.GiveUpAt),
            picture.Channel).ExecuteNonQueryAsync(cancellationToken);

    public async Task<IReadOnlyList<OwedPicture>> OwedPictures(string channel, DateTime now, int atMost, CancellationToken cancellationToken)
    {
        var found = new List<OwedPicture>();
        await using var reader = await Command(Statement.OwedPictures, channel, Milliseconds(now), (long)atMost).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new OwedPicture(
                reader.GetString(0),
                channel,
                reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                (PictureState)reader.GetInt64(3),
                (int)reader.GetInt64(4),
                Instant(reader.GetInt64(5))));
        }

        return found;
    }

    /// <summary>Writes how far it has got. Whose picture it is stays as it is in the table: it may have been forgotten meanwhile.</summary>
    public async Task MovePicture(string evidenceId, PictureState state, int attempts, DateTime nextAt, CancellationToken cancellationToken) =>
        await Command(Statement.MovePicture, evidenceId, (long)state, (long)attempts, Milliseconds(nextAt)).ExecuteNonQueryAsync(cancellationToken);

    public async Task DropPicture(string evidenceId, CancellationToken cancellationToken) =>
        await Command(Statement.DropPicture, evidenceId).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Whose pictures they are is forgotten; they are fetched all the same (W28).</summary>
    public async Task ForgetPictureSender(Address sender, CancellationToken cancellationToken) =>
        await Command(Statement.ForgetPictureSender, sender.ExternalId, sender.Channel).ExecuteNonQueryAsync(cancellationToken);

    private sealed partial class Statement
    {
        public static readonly Statement OwePicture = new(
            """
            INSERT INTO picture_fetches (evidence_id, media_id, openid, state, attempts, next_at, give_up_at, channel)
            VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8) ON CONFLICT DO NOTHING
            """,
            Text, Text, Text, Number, Number, Number, Number, Text);

        public static readonly Statement OwedPictures = new(
            """
            SELECT evidence_id, media_id, openid, state, attempts, give_up_at FROM picture_fetches
            WHERE channel = @p1 AND next_at <= @p2 ORDER BY next_at LIMIT @p3
            """,
            Text, Number, Number);

        public static readonly Statement MovePicture = new(
            "UPDATE picture_fetches SET state = @p2, attempts = @p3, next_at = @p4 WHERE evidence_id = @p1", Text, Number, Number, Number);

        public static readonly Statement DropPicture = new("DELETE FROM picture_fetches WHERE evidence_id = @p1", Text);

        public static readonly Statement ForgetPictureSender = new("UPDATE picture_fetches SET openid = NULL WHERE openid = @p1 AND channel = @p2", Text, Text);
    }
}
