using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Bot.Scheduling;

/// <summary>Runs <see cref="DueWork"/> in the background: every few seconds, and at once when somebody was just owed a notice.</summary>
public sealed partial class Ticking(DueWork dueWork, ILogger<Ticking> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something may have become due; costs nothing when it has not.</summary>
    public void Nudge() => nudges.Writer.TryWrite(true);

    [SuppressMessage("Design", "CA1031", Justification = "A failed round is logged and tried again at the next tick; reminders must not end for ever.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await dueWork.Run(stoppingToken))
                    await Pause(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                LogFailed(failed);
                await Pause(stoppingToken);
            }
        }
    }

    private async Task Pause(CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(Pace);
        try
        {
            await nudges.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of due work failed.")]
    private partial void LogFailed(Exception failed);
}
