using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Bot.Channels.Calls;
using Bot.Channels.WeCom.Api;
using Bot.Domain.Calendar;
using Bot.Domain.People;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;

namespace Bot.Channels.WeCom;

/// <summary>
/// Asks the platform every night who of the roster's people may still use the app, because what it pushed about them may have been lost; also after a start,
/// when the last night's was missed. One instance does it for all. When suddenly almost everybody seems to be gone, the app's visible range is wrong rather than the people, and nobody is shut out.
/// </summary>
internal sealed partial class RollCall(
    WeComApi api,
    StaffChanges staff,
    Transactions transactions,
    IServiceScopeFactory scopes,
    PlatformAlarms alarms,
    ChinaClock clock,
    TimeProvider time,
    ILogger<RollCall> log) : BackgroundService
{
    private const string Key = "wecom-roll";
    private const int AtOnce = 4;
    private const int FewEnough = 5;
    private static readonly TimeOnly Night = new(2, 40);
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);

    /// <summary>Calls the roll. Gives how many lost access and how many have it again.</summary>
    public async Task<(int Stopped, int Resumed)> Call(CancellationToken cancellationToken)
    {
        var accounts = await Accounts(cancellationToken);
        var answers = new Answer[accounts.Count];
        await Parallel.ForAsync(0, accounts.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var asked = clock.UtcNow;
            var user = await api.User(accounts[i].ExternalId, token);
            answers[i] = new Answer(accounts[i], asked, user is { Status: not (WeComStatus.Disabled or WeComStatus.Left) });
        });

        var gone = answers.Where(answer => !answer.Present && answer.Account.PersonId is not null).ToList();
        if (gone.Count > FewEnough && 2 * gone.Count > answers.Count(answer => answer.Account.PersonId is not null))
        {
            alarms.Raise(WeComApi.Platform, "roll", 0, string.Create(CultureInfo.InvariantCulture, $"人员名单里有{gone.Count}人在企业微信里看不到，请检查应用的可见范围；这次没有停任何人的权限"));
            return (0, 0);
        }

        var (stopped, resumed) = (0, 0);
        foreach (var answer in gone)
            stopped += await staff.Stop(WeComPush.AddressOf(answer.Account.ExternalId), answer.Asked, AccessEnd.ForNow, cancellationToken) ? 1 : 0;
        foreach (var answer in answers.Where(answer => answer.Present && answer.Account.StoppedFor is not null))
            resumed += await staff.Resume(WeComPush.AddressOf(answer.Account.ExternalId), answer.Asked, cancellationToken) ? 1 : 0;
        return (stopped, resumed);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var next = clock.UtcNow + AfterStart;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Max(next - clock.UtcNow, TimeSpan.Zero), time, stoppingToken);
            var night = ChinaClock.ToChinaDate(clock.UtcNow - Night.ToTimeSpan());
            await CallOnce(night, stoppingToken);
            next = ChinaClock.ToUtc(night.AddDays(1), Night);
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    [SuppressMessage("Design", "CA1031", Justification = "A roll that could not be called is called the next night; the nights must not end.")]
    private async Task CallOnce(DateOnly night, CancellationToken cancellationToken)
    {
        try
        {
            if (await IsMine(night, cancellationToken))
                Log(await Call(cancellationToken));
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            if (failed is not (PlatformRefusedException or PlatformUnreachableException))
                LogFailed(failed);
            alarms.Raise(WeComApi.Platform, "roll", 0, "夜里没能核对人员，明晚再试；离开的人仍靠企业微信的推送停权");
        }
    }

    private Task<bool> IsMine(DateOnly night, CancellationToken cancellationToken) => transactions.Run(
        Key,
        (work, token) => work.Rows.BeginSend(night.ToString("'wecom-roll:'yyyy-MM-dd", CultureInfo.InvariantCulture), clock.UtcNow, token),
        cancellationToken);

    private async Task<List<ChannelAddress>> Accounts(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SupervisionDb>().Addresses.AsNoTracking()
            .Where(a => a.Channel == WeComMeanings.Channel && (a.PersonId != null || a.StoppedFor != null))
            .OrderBy(a => a.ExternalId)
            .ToListAsync(cancellationToken);
    }

    private void Log((int Stopped, int Resumed) found)
    {
        if (found != default)
            LogCalled(found.Stopped, found.Resumed);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "企业微信人员核对：{Stopped}人停权，{Resumed}人恢复")]
    private partial void LogCalled(int stopped, int resumed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The roll of WeCom was not called to its end.")]
    private partial void LogFailed(Exception failed);

    /// <summary>What the platform says of an account, and when it was asked.</summary>
    private sealed record Answer(ChannelAddress Account, DateTime Asked, bool Present);
}
