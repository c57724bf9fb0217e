using System.Diagnostics.CodeAnalysis;
using Bot.Domain.Rules;
using Quartz;

namespace Bot.Scheduling;

/// <summary>
/// Makes the daily round when the night's rest ends, and once after a start, so that a morning on which nothing ran is made up for. The schedule is
/// kept in memory by every instance: a round made twice finds nothing the second time.
/// </summary>
/// <param name="dueWork">What a round does.</param>
/// <param name="rules">When the night ends.</param>
/// <param name="time">The clock that days are counted by.</param>
/// <param name="lifetime">A round waits until the service serves.</param>
/// <param name="log">Says what failed.</param>
public sealed partial class DailyRounds(DueWork dueWork, RulePack rules, BusinessTime time, IHostApplicationLifetime lifetime, ILogger<DailyRounds> log) : BackgroundService
{
    private static readonly TimeZoneInfo China = TimeZoneInfo.CreateCustomTimeZone("China", TimeSpan.FromHours(8), "China", "China");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Round(stoppingToken);

        var scheduler = await QuartzSchedulerBuilder.Create(quartz => quartz.UseTimeProvider(time.Provider).UseDefaultThreadPool(1)).BuildScheduler(stoppingToken);
        scheduler.Context[nameof(DailyRounds)] = this;
        var at = rules.NightRest.To;
        var trigger = TriggerBuilder.Create()
            .WithSchedule(CronScheduleBuilder.Create(FormattableString.Invariant($"0 {at.Minute} {at.Hour} * * ?")).InTimeZone(China).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing))
            .Build();
        await scheduler.ScheduleJob(JobBuilder.Create<Morning>().Build(), trigger, cancellationToken: stoppingToken);
        await scheduler.Start(stoppingToken);
        try
        {
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
        finally
        {
            await scheduler.Shutdown(cancellationToken: CancellationToken.None);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A round that failed is said and made again the next morning; the schedule must not end.")]
    private async Task Round(CancellationToken cancellationToken)
    {
        try
        {
            await dueWork.RunDaily(cancellationToken);
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(failed);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The daily round failed.")]
    private partial void LogFailed(Exception failed);

    /// <summary>Each morning.</summary>
    [SuppressMessage("Performance", "CA1812", Justification = "The scheduler makes it.")]
    private sealed class Morning : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
            await ((DailyRounds)context.Scheduler.Context[nameof(DailyRounds)]!).Round(cancellationToken);
    }
}

/// <summary>The clock that days are counted by: the machine's, in a demonstration the one that can be moved.</summary>
public sealed record BusinessTime(TimeProvider Provider);
