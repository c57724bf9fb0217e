using System.Data.Common;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Manifests;
using Bot.Storage;
using MediatR;

namespace Bot.Scheduling;

/// <summary>
/// Notices a new or changed file in <c>manifests/holidays</c> while the service runs: the calendar is replaced and open time limits are counted
/// anew (domain.md 3.1 rule 9). A broken file changes nothing and is said in the log.
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
        return (await transactions.Run(
            "holidays",
            (work, token) => work.Services.GetRequiredService<IMediator>().Send(new RecountDeadlines(Actor.Service), token),
            cancellationToken)).Moved;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var seen = Look();
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = Look();
            if (now == seen)
                continue;
            seen = now;
            try
            {
                LogTakenIn(await TakeIn(stoppingToken));
            }
            catch (ManifestException broken)
            {
                LogBroken(broken.Message);
            }
            catch (DbException unreachable)
            {
                LogTryingAgain(unreachable);
                seen = "";
            }
        }
    }

    /// <summary>What tells one state of the folder from another.</summary>
    private string Look() => string.Join('|', new DirectoryInfo(folder).EnumerateFiles("*.json")
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .Select(file => FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));

    [LoggerMessage(Level = LogLevel.Information, Message = "放假安排有更新，{Moved}个未到期的时限已重算")]
    private partial void LogTakenIn(int moved);

    [LoggerMessage(Level = LogLevel.Error, Message = "放假安排已更新，但时限还没有重算，一分钟后再试")]
    private partial void LogTryingAgain(DbException unreachable);

    [LoggerMessage(Level = LogLevel.Warning, Message = "放假安排的文件有误，仍按原来的安排：{Problems}")]
    private partial void LogBroken(string problems);
}
