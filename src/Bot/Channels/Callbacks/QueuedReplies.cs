using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Bot.Channels.Calls;
using Bot.Domain.Calendar;
using Bot.Storage;

namespace Bot.Channels.Callbacks;

/// <summary>
/// Sends what could not go out on a connection, each once and to one person one after another: one instance claims it. Who asked and hears nothing is worse
/// off than who hears the same twice, so a reply whose fate the platform leaves open is sent again, within limits.
/// </summary>
internal abstract partial class QueuedReplies(
    string channel, Transactions transactions, Connections connections, ChinaClock clock, CallbackFigures figures, TimeSpan kept, ILogger log) : BackgroundService
{
    private const int MostTries = 8;
    private const int MostTriesWhenUnsure = 3;
    private const int PeopleAtOnce = 16;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly string key = $"late-replies-{channel}";

    private readonly Channel<bool> nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly SemaphoreSlim places = new(PeopleAtOnce);

    /// <summary>Hands one to the platform. What is given back is written down together with its having gone.</summary>
    /// <exception cref="PlatformRefusedException">The platform says no.</exception>
    /// <exception cref="PlatformUnreachableException">The platform says nothing.</exception>
    /// <exception cref="NotYetException">There is no room for it yet.</exception>
    protected abstract Task<Func<HotRows, Task>?> Hand(LateReply reply);

    /// <summary>What is written together with the claim.</summary>
    protected virtual Task AlsoClaim(HotRows rows, LateReply claimed, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A reply was just kept.</summary>
    public void Nudge() => nudges.Writer.TryWrite(true);

    /// <summary>Sends all that is due now.</summary>
    public async Task Round(CancellationToken cancellationToken) => await Task.WhenAll(await Begin(cancellationToken));

    /// <summary>Where there is one instance, whatever is claimed was claimed by one that died; nobody need wait for the lease.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (connections.Kind == DatabaseKind.Sqlite)
            await Write(rows => rows.TakeBackLateReplies(channel, clock.UtcNow, cancellationToken));
        await base.StartAsync(cancellationToken);
    }

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
        await transactions.Read((rows, token) => rows.HasLateReplyDue(channel, clock.UtcNow, token), cancellationToken)
            ? await transactions.Run(key, Claim, cancellationToken)
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
        var claimed = await work.Rows.ClaimLateReply(channel, clock.UtcNow, clock.UtcNow + Lease, cancellationToken);
        if (claimed is not null)
            await AlsoClaim(work.Rows, claimed, cancellationToken);
        return claimed;
    }

    /// <summary>Brought to its end even while the service is stopping: a message cut off half-way might go out twice.</summary>
    private async Task Send(LateReply reply)
    {
        try
        {
            var also = await Hand(reply);
            figures.LateSent.Add(1);
            await End(reply, LateReplyState.Sent, also);
        }
        catch (NotYetException full)
        {
            await Untried(reply, full.Until);
        }
        catch (PlatformUnreachableException lost) when (lost.OutcomeUnknown && reply.Tries >= MostTriesWhenUnsure)
        {
            LogUnknown(lost.Message);
            await End(reply, LateReplyState.Sent);
        }
        catch (PlatformUnreachableException lost)
        {
            await Postpone(reply, lost.Message);
        }
        catch (PlatformRefusedException refused) when (refused.Action is PlatformAction.TryLater or PlatformAction.Stop && refused.RetryAt < clock.UtcNow + kept)
        {
            // The platform takes nothing from anybody for a while; that is no matter of this one.
            await Untried(reply, refused.RetryAt.Value);
        }
        catch (PlatformRefusedException refused) when (refused is { Action: PlatformAction.RefreshToken or PlatformAction.TryLater, RetryAt: null })
        {
            await Postpone(reply, refused.Message);
        }
        catch (PlatformRefusedException refused)
        {
            await GiveUp(reply, refused.Message);
        }
    }

    private async Task Postpone(LateReply reply, string why)
    {
        if (reply.Tries >= MostTries)
        {
            await GiveUp(reply, why);
            return;
        }

        var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << reply.Tries, LongestPause.Ticks));
        await Write(rows => rows.PostponeLateReply(channel, reply.MessageId, clock.UtcNow + pause, wasTried: true, CancellationToken.None));
    }

    /// <summary>It did not go out, for certain: that counts for nothing when the next try has an unknown end.</summary>
    private Task<bool> Untried(LateReply reply, DateTime until) =>
        Write(rows => rows.PostponeLateReply(channel, reply.MessageId, until, wasTried: false, CancellationToken.None));

    private async Task GiveUp(LateReply reply, string why)
    {
        figures.LateFailed.Add(1);
        LogGivenUp(why);
        await End(reply, LateReplyState.Failed);
    }

    /// <summary>What was sent is written down even while the service is stopping.</summary>
    private async Task End(LateReply reply, LateReplyState state, Func<HotRows, Task>? also = null)
    {
        await Write(async rows =>
        {
            await rows.EndLateReply(channel, reply.MessageId, state, CancellationToken.None);
            if (also is not null)
                await also(rows);
        });
        Nudge();
    }

    private Task<bool> Write(Func<HotRows, Task> write) => transactions.Run(
        key,
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

/// <summary>The person has got as much as the platform delivers for now; there is room again at <paramref name="until"/> (UTC).</summary>
internal sealed class NotYetException(DateTime until, Exception because) : Exception(because.Message, because)
{
    public DateTime Until => until;
}
