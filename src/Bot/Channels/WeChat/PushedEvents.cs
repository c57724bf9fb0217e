using Bot.Domain.Calendar;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Turns;

namespace Bot.Channels.WeChat;

/// <summary>What is pushed without being said: reports of the platform, and people who leave. Done twice, it ends the same.</summary>
internal sealed class PushedEvents(TakeLeave takeLeave, Transactions transactions, Ticking ticking, ChinaClock clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(72);

    /// <summary>On what was sent, or on what people let us send. It is no act of the person: it opens no allowance and counts as no contact (A5).</summary>
    public async Task Report(Push push, CancellationToken cancellationToken)
    {
        await transactions.Run(
            push.Address.ToString(),
            async (work, token) =>
            {
                await Write(push, work.Rows, token);
                return true;
            },
            cancellationToken);

        // What arrived has time, be it a hundred thousand of them; what did not goes another way at once.
        if (push.Status is not (null or DeliveryReport.Success))
            ticking.Nudge();
    }

    /// <summary>
    /// The person left: the platform demands that their data goes with them (A5). Whoever has come back meanwhile does not lose it to the same event
    /// delivered again; it is remembered by what it said, which leads to nobody.
    /// </summary>
    public async Task Left(Push push, CancellationToken cancellationToken)
    {
        var key = "left:" + push.Key[..^push.From.Length];
        if (await transactions.Read((rows, token) => rows.Seen(Meanings.Channel, key, token), cancellationToken) is not null)
            return;
        await takeLeave.Take(
            push.Address,
            async (rows, token) =>
            {
                if (await rows.Seen(Meanings.Channel, key, token) is null)
                    await rows.RememberSeen(Meanings.Channel, key, "[]", clock.UtcNow + Remembered, token);
            },
            cancellationToken);
        ticking.Nudge();
    }

    private async Task Write(Push push, HotRows rows, CancellationToken cancellationToken)
    {
        var at = clock.UtcNow;
        if (push is { Event: "templatesendjobfinish", ReportedId: { } messageId })
            await PlatformReports.Finished(rows, push.From, messageId, push.Status ?? "", at, cancellationToken);
        foreach (var item in push.Items)
        {
            await (push.Event switch
            {
                "subscribe_msg_popup_event" => PlatformReports.Answered(rows, push.From, push.Key, item.TemplateId, item.Answer, at, cancellationToken),
                "subscribe_msg_change_event" => PlatformReports.Switched(rows, push.From, item.TemplateId, item.Answer, cancellationToken),
                _ => item.MessageId is { } sent ? PlatformReports.Finished(rows, push.From, sent, StatusOf(item), at, cancellationToken) : Task.CompletedTask,
            });
        }
    }

    /// <summary>In the words of the template messages' reports.</summary>
    private static string StatusOf(SubscriptionItem item) => item.ErrorCode is "0" ? DeliveryReport.Success : $"failed:{item.ErrorStatus}";
}
