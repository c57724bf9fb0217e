using Bot.Storage;

namespace Bot.Channels.WeCom.Api;

/// <summary>
/// Members have got as many messages as the platform delivers for now; nothing was sent. <paramref name="until"/>: when each of them may get the next
/// (UTC). Send to the others at once if you like, and to these then.
/// </summary>
public sealed class WeComFullException(IReadOnlyDictionary<string, DateTime> until) : Exception("企业微信成员这一阵收到的消息已满，稍后再发")
{
    public IReadOnlyDictionary<string, DateTime> Until => until;

    /// <summary>When all of them may.</summary>
    public DateTime RetryAt => until.Values.Max();
}

/// <summary>
/// Counts the messages to each member before they go out, for all instances together: 30 in a minute and 1000 in an hour, what is more the platform drops
/// without a word (sending).
/// </summary>
internal sealed class WeComAllowance(WeComAccount account, Transactions transactions, TimeProvider time)
{
    private const string Key = "wecom allowance";

    /// <summary>Messages are counted in spans of so many seconds.</summary>
    private const int Span = 10;

    /// <summary>A message arrives some time after it was counted; the minute is taken longer by as much.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(Span);

    private static readonly (long Spans, Func<WeComAccount, int> Most)[] Limits =
    [
        (SpansOf(TimeSpan.FromMinutes(1) + OnItsWay), limited => limited.MessagesPerMinute),
        (SpansOf(TimeSpan.FromHours(1) + OnItsWay), limited => limited.MessagesPerHour),
    ];

    private long Now => time.GetUtcNow().ToUnixTimeSeconds() / Span;

    /// <exception cref="WeComFullException">One of the members has no room for another; nothing was done or counted.</exception>
    public async Task<T> Within<T>(IReadOnlyList<string> members, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        string[] all = [.. members.Select(member => member.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        var counted = await transactions.Run(Key, (work, token) => Count(work.Rows, all, token), cancellationToken);
        if (counted.Count > 0)
            throw new WeComFullException(counted);
        var from = Now;
        try
        {
            return await send(cancellationToken);
        }
        finally
        {
            // A call that took long, or was made again, may have arrived so late that it belongs to the minute of its end.
            if (Now - from > 1)
            {
                await transactions.Run(
                    Key,
                    async (work, token) =>
                    {
                        await Add(work.Rows, all, token);
                        return all.Length;
                    },
                    CancellationToken.None);
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, DateTime>> Count(HotRows rows, string[] members, CancellationToken cancellationToken)
    {
        var full = new Dictionary<string, DateTime>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in members)
        {
            var sent = await rows.SentTo(member, cancellationToken);
            if (sent.Count > 0 && sent[0].Span <= Now - Limits[^1].Spans)
                await rows.ForgetSentTo(member, Now - Limits[^1].Spans, cancellationToken);
            if (Limits.Max(limit => RoomFrom(sent, limit.Spans, limit.Most(account))) is var from && from > Now)
                full[member] = DateTimeOffset.FromUnixTimeSeconds(from * Span).UtcDateTime;
        }

        if (full.Count == 0)
            await Add(rows, members, cancellationToken);
        return full;
    }

    private async Task Add(HotRows rows, string[] members, CancellationToken cancellationToken)
    {
        foreach (var member in members)
            await rows.CountSentTo(member, Now, cancellationToken);
    }

    /// <summary>The first span in which a message more keeps to the limit: when enough of the earlier ones are out of sight.</summary>
    private long RoomFrom(IReadOnlyList<(long Span, int Messages)> sent, long spans, int most)
    {
        var inSight = sent.Where(part => part.Span > Now - spans).ToList();
        var messages = inSight.Sum(part => part.Messages);
        foreach (var (span, gone) in inSight)
        {
            if (messages < most)
                break;
            messages -= gone;
            if (messages < most)
                return span + spans;
        }

        return Now;
    }

    /// <summary>Any stretch of that length lies within so many spans.</summary>
    private static long SpansOf(TimeSpan length) => (long)length.TotalSeconds / Span + 1;
}
