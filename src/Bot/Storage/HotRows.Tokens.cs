namespace Bot.Storage;

/// <summary>
/// An access token as instances share it. <see cref="Sealed"/> can be read only with the account's secret; <see cref="Holder"/> is the instance that
/// is fetching the next one; <see cref="StoppedBy"/> is the platform's code that makes asking again pointless until then.
/// </summary>
public sealed record SharedTokenRow(
    string? Sealed, DateTime RefreshAt, DateTime ExpiresAt, string? Holder, DateTime HeldUntil, int StoppedBy, DateTime StoppedUntil, DateTime ForcedAt, int ForcedTimes)
{
    public static readonly SharedTokenRow Empty =
        new(null, DateTime.UnixEpoch, DateTime.UnixEpoch, null, DateTime.UnixEpoch, 0, DateTime.UnixEpoch, DateTime.UnixEpoch, 0);
}

public sealed partial class HotRows
{
    public async Task<SharedTokenRow> PlatformToken(string name, CancellationToken cancellationToken)
    {
        await using var reader = await Command(Statement.PlatformToken, name).ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? SharedTokenRow.Empty : new SharedTokenRow(
            reader.IsDBNull(0) ? null : reader.GetString(0),
            Instant(reader.GetInt64(1)),
            Instant(reader.GetInt64(2)),
            reader.IsDBNull(3) ? null : reader.GetString(3),
            Instant(reader.GetInt64(4)),
            (int)reader.GetInt64(5),
            Instant(reader.GetInt64(6)),
            Instant(reader.GetInt64(7)),
            (int)reader.GetInt64(8));
    }

    /// <summary>Writes the whole row. Read and write it in one piece of work under one key.</summary>
    public async Task KeepPlatformToken(string name, SharedTokenRow row, CancellationToken cancellationToken) =>
        await Command(
            Statement.KeepPlatformToken,
            name,
            row.Sealed,
            Milliseconds(row.RefreshAt),
            Milliseconds(row.ExpiresAt),
            row.Holder,
            Milliseconds(row.HeldUntil),
            (long)row.StoppedBy,
            Milliseconds(row.StoppedUntil),
            Milliseconds(row.ForcedAt),
            (long)row.ForcedTimes).ExecuteNonQueryAsync(cancellationToken);

    private sealed partial class Statement
    {
        public static readonly Statement PlatformToken = new(
            """
            SELECT token, refresh_at, expires_at, holder, held_until, stopped_by, stopped_until, forced_at, forced_times
            FROM platform_tokens WHERE name = @p1
            """,
            Text);

        public static readonly Statement KeepPlatformToken = new(
            """
            INSERT INTO platform_tokens (name, token, refresh_at, expires_at, holder, held_until, stopped_by, stopped_until, forced_at, forced_times)
            VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10)
            ON CONFLICT (name) DO UPDATE SET token = excluded.token, refresh_at = excluded.refresh_at, expires_at = excluded.expires_at,
                holder = excluded.holder, held_until = excluded.held_until, stopped_by = excluded.stopped_by, stopped_until = excluded.stopped_until,
                forced_at = excluded.forced_at, forced_times = excluded.forced_times
            """,
            Text, Text, Number, Number, Text, Number, Number, Number, Number, Number);
    }
}
