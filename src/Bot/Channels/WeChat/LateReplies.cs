using Bot.Channels.Callbacks;
using Bot.Channels.WeChat.Api;
using Bot.Domain.Calendar;
using Bot.Storage;
using Bot.Turns;

namespace Bot.Channels.WeChat;

/// <summary>Sends the replies that missed their connection as customer-service messages.</summary>
internal sealed class LateReplies(Transactions transactions, Connections connections, WeChatApi api, ChinaClock clock, WeChatFigures figures, ILogger<LateReplies> log)
    : QueuedReplies(Meanings.Channel, transactions, connections, clock, figures, TakeTurn.FleetingKept, log)
{
    private readonly ChinaClock clock = clock;

    protected override async Task<Func<HotRows, Task>?> Hand(LateReply reply)
    {
        await api.SendText(reply.To.ExternalId, reply.Text, CancellationToken.None);
        return null;
    }

    /// <summary>It counts among the messages the platform allows us; whether we still know of one does not matter here, for the person just wrote.</summary>
    protected override Task AlsoClaim(HotRows rows, LateReply claimed, CancellationToken cancellationToken) => rows.TakeAllowance(claimed.To, clock.UtcNow, cancellationToken);
}
