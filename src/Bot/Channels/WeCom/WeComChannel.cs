using System.Threading.RateLimiting;
using Bot.Channels.Calls;
using Bot.Channels.WeCom.Api;
using Bot.Domain.Commands;
using Bot.Outbox;
using Bot.Storage;

namespace Bot.Channels.WeCom;

/// <summary>
/// Notices on WeCom. The platform drops what is the same byte for byte for four hours, so that a notice whose fate is unknown is sent again as it was; after
/// that it is not sent a second time.
/// </summary>
internal sealed class WeComChannel : IChannel, IDisposable
{
    public const string ChannelName = "wecom";

    /// <summary>A little is left for the way.</summary>
    private static readonly TimeSpan KnownAgain = WeComApi.LongestSameness - TimeSpan.FromMinutes(10);

    /// <summary>When the platform takes nothing from anybody, a notice waits for so long before the tries are counted that end in a report.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(24);

    private readonly WeComApi api;
    private readonly Transactions transactions;
    private readonly NoticeCards cards;
    private readonly CardOutcomes outcomes;
    private readonly TimeProvider time;
    private readonly TokenBucketRateLimiter pace;

    public WeComChannel(WeComApi api, Transactions transactions, NoticeCards cards, CardOutcomes outcomes, TimeProvider time, WeComAccount account)
    {
        (this.api, this.transactions, this.cards, this.outcomes, this.time) = (api, transactions, cards, outcomes, time);
        pace = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = account.NoticesPerSecond,
            TokensPerPeriod = Math.Max(1, account.NoticesPerSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(account.NoticesPerSecond < 10 ? 1.0 / account.NoticesPerSecond : 0.1),
            QueueLimit = int.MaxValue,
        });
    }

    public string Name => ChannelName;

    public bool ShowsPresence => false;

    public bool Rings => true;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public bool IsOpen(Address to) => false;

    public async Task<Handed> Send(Address to, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (await transactions.Read((rows, token) => rows.BegunSince(Begun(message), token), cancellationToken) is { } since && Now - since > KnownAgain)
            return new Handed(Delivery.Unknown, "平台没有回答，不能确定是否送达");
        try
        {
            foreach (var part in cards.Of(message))
            {
                using var turn = await pace.AcquireAsync(1, cancellationToken);
                if (await Send(to.ExternalId, message, part, cancellationToken) is { Unreached.Count: > 0 })
                    return new Handed(Delivery.Unreachable, "成员不在应用的可见范围内，或没有使用权限");
            }

            return Handed.Over;
        }
        catch (WeComFullException full)
        {
            return new Handed(Delivery.Failed, full.Message) { RetryAt = full.RetryAt, Untried = true };
        }
        catch (PlatformRefusedException refused)
        {
            if (refused.MayHaveHappenedBefore)
                await NoteUnknown(to, message);
            return refused.Action switch
            {
                PlatformAction.Nothing => Handed.Over,
                PlatformAction.Unreachable => new Handed(Delivery.Unreachable, refused.Meaning),
                PlatformAction.OtherRoute or PlatformAction.Drop when refused.RetryAt is null => new Handed(Delivery.OutsideWindow, refused.Meaning),
                _ => new Handed(Delivery.Failed, refused.Meaning) { RetryAt = refused.RetryAt, Untried = refused.RetryAt < message.WrittenAt + LongestPause },
            };
        }
        catch (PlatformUnreachableException lost)
        {
            if (lost.OutcomeUnknown)
                await NoteUnknown(to, message);
            return new Handed(Delivery.Failed, lost.Message);
        }
    }

    public void Dispose() => pace.Dispose();

    private async Task<WeComSent> Send(string userId, OutgoingMessage message, WeComMessage part, CancellationToken cancellationToken)
    {
        if (part.Card is not { } card)
            return await api.Send([userId], QueuedMessage.Read(part.Body), WeComApi.LongestSameness, cancellationToken);

        // Known before anybody can tap it. What a crash left of it is taken up again.
        await Write(userId, rows => rows.KeepCard(NoticeCards.Kept(userId, message, card), Now, CancellationToken.None));
        try
        {
            var sent = await api.Send([userId], QueuedMessage.Read(part.Body), WeComApi.LongestSameness, cancellationToken);
            if (sent.Unreached.Count == 0)
            {
                await transactions.Run(
                    userId,
                    async (work, token) =>
                    {
                        await work.Rows.CardSent(card.TaskId, sent.ResponseCode, token);
                        await outcomes.CatchUp(work, card.TaskId, token);
                        return true;
                    },
                    CancellationToken.None);
            }

            return sent;
        }
        catch (PlatformRefusedException refused) when (refused.Action == PlatformAction.Drop && QueuedMessage.InWords(QueuedMessage.Read(part.Body)) is { } words)
        {
            // A card that the platform does not take is said in words, which can be typed.
            return await api.Send([userId], QueuedMessage.Read(QueuedMessage.Text(words)), WeComApi.LongestSameness, cancellationToken);
        }
    }

    /// <summary>From when it may have arrived; the first time counts.</summary>
    private Task<bool> NoteUnknown(Address to, OutgoingMessage message) => Write(to.ExternalId, rows => rows.BeginSend(Begun(message), Now, CancellationToken.None));

    private static string Begun(OutgoingMessage message) => $"{ChannelName}:{message.Id}";

    private Task<bool> Write(string userId, Func<HotRows, Task> write) => transactions.Run(
        userId,
        async (work, _) =>
        {
            await write(work.Rows);
            return true;
        },
        CancellationToken.None);
}
