using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Bot.Channels.Calls;
using Bot.Channels.WeChat.Api;
using Bot.Domain.Calendar;
using Bot.Storage;
using Bot.Turns;

namespace Bot.Channels.WeChat;

/// <summary>
/// Sends the replies that missed their connection as customer-service messages, each once: one instance claims it. Who asked and hears nothing is worse
/// off than who hears the same twice, so a reply whose fate the platform leaves open is sent again, within limits.
/// </summary>
internal sealed partial class LateReplies(Transactions transactions, WeChatApi api, ChinaClock clock, WeChatFigures figures, ILogger<LateReplies> log) : BackgroundService
{
    private const string Key = "late-replies";
    private const int MostTries = 8;
    private const int MostTriesWhenUnsure = 3;
    private const int PeopleAtOnce = 16;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Channel<bool> nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly SemaphoreSlim places = new(PeopleAtOnce);

    /// <summary>A late reply was just kept.</summary>
    public void Nudge() => nudges.Writer.TryWrite(true);

    /// <summary>Sends all that is due now.</summary>
    public async Task Round(CancellationToken cancellationToken) => await Task.WhenAll(await Begin(cancellationToken));

    [SuppressMessage("Design", "CA1031", Justification = "A failed round is logged and tried again; late replies must not end for ever.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // A platform that is slow with one of them holds up no other.
                await Begin(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }
            catch (OperationCanceledException)
            {
                continue;
            }

            await Pause(stoppingToken);
        }

        for (var place = 0; place < PeopleAtOnce; place++)
            await places.WaitAsync(CancellationToken.None);
    }

    public override void Dispose()
    {
        places.Dispose();
        base.Dispose();
    }

    /// <summary>Begins to send what is due now, as many at a time as there are places.</summary>
    private async Task<IReadOnlyList<Task>> Begin(CancellationToken cancellationToken)
    {
        var begun = new List<Task>();
        while (true)
        {
            await places.WaitAsync(cancellationToken);
            LateReply? reply = null;
            try
            {
                reply = await Due(cancellationToken);
            }
            finally
            {
                if (reply is null)
                    places.Release();
            }

            if (reply is null)
                return begun;
            begun.Add(InItsPlace(reply));
        }
    }

    private async Task<LateReply?> Due(CancellationToken cancellationToken) =>
        await transactions.Read((rows, token) => rows.HasLateReplyDue(Meanings.Channel, clock.UtcNow, token), cancellationToken)
            ? await transactions.Run(Key, Claim, cancellationToken)
            : null;

    [SuppressMessage("Design", "CA1031", Justification = "Its lease runs out, and it is tried again; the others must go on.")]
    private async Task InItsPlace(LateReply reply)
    {
        try
        {
            await Send(reply);
        }
        catch (Exception failed)
        {
            LogFailed(failed);
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<LateReply?> Claim(Work work, CancellationToken cancellationToken)
    {
        var claimed = await work.Rows.ClaimLateReply(Meanings.Channel, clock.UtcNow, clock.UtcNow + Lease, cancellationToken);

        // It counts among the messages the platform allows us; whether we still know of one does not matter here, for the person just wrote.
        if (claimed is not null)
            await work.Rows.TakeAllowance(claimed.To, clock.UtcNow, cancellationToken);
        return claimed;
    }

    /// <summary>Brought to its end even while the service is stopping: a text cut off half-way might go out twice.</summary>
    private async Task Send(LateReply reply)
    {
        try
        {
            await api.SendText(reply.To.ExternalId, reply.Text, CancellationToken.None);
            figures.LateSent.Add(1);
            await End(reply, LateReplyState.Sent);
        }
        catch (PlatformUnreachableException lost) when (lost.OutcomeUnknown && reply.Tries >= MostTriesWhenUnsure)
        {
            LogUnknown(lost.Message);
            await End(reply, LateReplyState.Sent);
        }
        catch (PlatformUnreachableException lost)
        {
            await Postpone(reply, null, lost.Message);
        }
        catch (PlatformRefusedException refused) when (refused.Action is PlatformAction.RefreshToken or PlatformAction.TryLater)
        {
            await Postpone(reply, refused.RetryAt, refused.Message);
        }
        catch (PlatformRefusedException refused)
        {
            await GiveUp(reply, refused.Message);
        }
    }

    private async Task Postpone(LateReply reply, DateTime? until, string why)
    {
        if (reply.Tries >= MostTries || until > clock.UtcNow + TakeTurn.FleetingKept)
        {
            await GiveUp(reply, why);
            return;
        }

        var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << reply.Tries, LongestPause.Ticks));
        var due = until > clock.UtcNow + pause ? until.Value : clock.UtcNow + pause;
        await Write(rows => rows.PostponeLateReply(Meanings.Channel, reply.MessageId, due, CancellationToken.None));
    }

    private async Task GiveUp(LateReply reply, string why)
    {
        figures.LateFailed.Add(1);
        LogGivenUp(why);
        await End(reply, LateReplyState.Failed);
    }

    /// <summary>What was sent is written down even while the service is stopping.</summary>
    private async Task End(LateReply reply, LateReplyState state)
    {
        await Write(rows => rows.EndLateReply(Meanings.Channel, reply.MessageId, state, CancellationToken.None));
        Nudge();
    }

    private Task<bool> Write(Func<HotRows, Task> write) => transactions.Run(
        Key,
        async (work, _) =>
        {
            await write(work.Rows);
            return true;
        },
        CancellationToken.None);

    private async Task Pause(CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(Pace);
        try
        {
            await nudges.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The pace is over, or the service ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of late replies failed.")]
    private partial void LogFailed(Exception failed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "It is not known whether a late reply went out; it is not sent once more. {Why}")]
    private partial void LogUnknown(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "A late reply could not be sent. {Why}")]
    private partial void LogGivenUp(string why);
}
