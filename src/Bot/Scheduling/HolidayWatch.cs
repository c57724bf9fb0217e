using System.Diagnostics.CodeAnalysis;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Manifests;
using Bot.Storage;
using MediatR;

namespace Bot.Scheduling;

/// <summary>
/// Notices a new or changed file in <c>manifests/holidays</c>, put there while the service runs or before it was started: the calendar is replaced
/// and open time limits are counted anew (domain.md 3.1 rule 9). A broken file changes nothing and is said in the log.
/// </summary>
public sealed partial class HolidayWatch(Settings settings, CalendarBook calendars, Transactions transactions, TimeProvider time, ILogger<HolidayWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly string folder = Path.Combine(settings.Manifests, "holidays");

    /// <summary>Reads the folder again and counts open time limits anew.</summary>
    /// <exception cref="ManifestException">A file is wrong; the calendar stays as it was.</exception>
    public async Task<int> TakeIn(CancellationToken cancellationToken)
    {
        calendars.Replace(new WorkingCalendar(HolidayNotices.Load(folder)));
        return (await transactions.RunLong(
            "holidays",
            (work, token) => work.Services.GetRequiredService<IMediator>().Send(new RecountDeadlines(Actor.Service), token),
            cancellationToken)).Moved;
    }

    [SuppressMessage("Design", "CA1031", Justification = "An unreadable folder or an unreachable database is tried again; it must not end the service.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var seen = "";
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            var now = seen;
            try
            {
                now = Look();
                if (now == seen)
                    continue;
                if (await TakeIn(stoppingToken) is > 0 and var moved)
                    LogTakenIn(moved);
                seen = now;
            }
            catch (ManifestException broken)
            {
                LogBroken(broken.Message);
                seen = now;
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                LogTryingAgain(failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>What tells one state of the folder from another.</summary>
    private string Look() => string.Join('|', new DirectoryInfo(folder).EnumerateFiles("*.json")
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .Select(file => FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));

    [LoggerMessage(Level = LogLevel.Information, Message = "放假安排有更新，{Moved}个未到期的时限已重算")]
    private partial void LogTakenIn(int moved);

    [LoggerMessage(Level = LogLevel.Error, Message = "放假安排已更新，但时限还没有重算，一分钟后再试")]
    private partial void LogTryingAgain(Exception failed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "放假安排的文件有误，仍按原来的安排：{Problems}")]
    private partial void LogBroken(string problems);
}
