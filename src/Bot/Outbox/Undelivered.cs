using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;

namespace Bot.Outbox;

/// <summary>A notice that is given up, and why, in Chinese.</summary>
internal sealed record Lost(Guid NoticeId, NoticeState State, string Why)
{
    /// <summary>Nobody knows whether it arrived: somebody is told, but it is not sent again by itself.</summary>
    public bool MayHaveArrived { get; init; }
}

/// <summary>
/// What could not be delivered: a preview that nobody received is not a preview, so the unit is told to use phone or paper, once for one subject,
/// with whom to call. What may still matter is tried again when the person comes back.
/// </summary>
internal sealed partial class Undelivered(SupervisionDb db, NoticeBoard board, NoticeWording wording, ChinaClock clock, ILogger<Undelivered> log)
{
    public const string TemplateRoute = "template";

    private const string NoticeOfThis = "N21";

    public async Task GiveUp(IReadOnlyList<Lost> lost, CancellationToken cancellationToken)
    {
        var byId = lost.ToDictionary(one => one.NoticeId);
        var ids = byId.Keys.ToArray();
        var notices = await db.Notices.Where(n => ids.Contains(n.Id) && n.State == NoticeState.Owed).ToListAsync(cancellationToken);
        foreach (var notice in notices)
        {
            notice.GiveUp(byId[notice.Id].State, byId[notice.Id].Why);
            LogGivenUp(notice.Id, notice.State);
        }

        var once = notices.Where(notice => notice.RevivedAt is null).ToList();
        await Await(once.Where(notice => !byId[notice.Id].MayHaveArrived), cancellationToken);
        foreach (var same in once.Where(notice => notice.Kind != NoticeOfThis).GroupBy(notice => (notice.Kind, notice.SubjectId)))
            await Tell(same.Key.Kind, same.Key.SubjectId, [.. same], cancellationToken);
    }

    /// <summary>The platform took these and reports that they did not arrive: who refuses messages is lost for now, for the rest another way is tried.</summary>
    public async Task<int> Reported(IReadOnlyList<DeliveryReport> reports, CancellationToken cancellationToken)
    {
        var byReceipt = reports.ToDictionary(report => report.Receipt, StringComparer.Ordinal);
        var receipts = byReceipt.Keys.ToArray();
        var lost = new List<Lost>();
        foreach (var notice in await db.Notices.Where(n => receipts.Contains(n.Receipt!) && n.State == NoticeState.Submitted).ToListAsync(cancellationToken))
        {
            var report = byReceipt[notice.Receipt!];
            notice.RouteFailed(TemplateRoute, report.Why, clock.UtcNow);
            if (!report.Blocked)
                continue;
            (await db.Addresses.FindAsync([notice.SentBy, report.ExternalId], cancellationToken))?.Lose(clock.UtcNow);
            lost.Add(new Lost(notice.Id, NoticeState.Undeliverable, report.Why));
        }

        await db.SaveChangesAsync(cancellationToken);
        await GiveUp(lost, cancellationToken);
        return reports.Count;
    }

    private async Task Await(IEnumerable<Notice> notices, CancellationToken cancellationToken)
    {
        var people = notices.Select(notice => notice.PersonId).Distinct().ToArray();
        foreach (var address in await db.Addresses.Where(a => people.Contains(a.PersonId!)).ToListAsync(cancellationToken))
            address.Await();
    }

    /// <summary>One report for one subject; while it waits for the morning list, further people who were not reached are in its phone list already.</summary>
    private async Task Tell(string kind, string subjectId, List<Notice> notices, CancellationToken cancellationToken)
    {
        var (unitId, enterpriseId) = await About(subjectId, cancellationToken);
        var told = await Officials(unitId, cancellationToken);
        var phones = enterpriseId is null ? "" : await Phones(enterpriseId, [.. notices.Select(notice => notice.PersonId)], cancellationToken);
        foreach (var official in told)
        {
            var prefix = $"undelivered:{kind}:{subjectId}:{official.Id}:";
            if (await db.Notices.AnyAsync(n => n.PersonId == official.Id && n.State == NoticeState.Owed && n.Key.StartsWith(prefix), cancellationToken))
                continue;
            var fields = new Dictionary<string, string>
            {
                ["name"] = wording.Templates.FirstOrDefault(t => t.Id == kind)?.Name ?? kind,
                ["subject"] = subjectId,
                ["reason"] = string.Join('、', notices.Select(notice => notice.LastError).Distinct()),
                ["phones"] = unitId is not null && official.UnitId == unitId ? phones : "",
            };
            await board.Owe(official.Id, NoticeOfThis, prefix + notices[0].Id.ToString("N"), subjectId, fields, cancellationToken, digest: true);
        }
    }

    /// <summary>The unit's liaison, without one its leader, without one the justice bureau: a report that nobody reads is none.</summary>
    private async Task<List<Person>> Officials(string? unitId, CancellationToken cancellationToken)
    {
        foreach (var role in (ActorRole[])[ActorRole.UnitLiaison, ActorRole.UnitLeader])
        {
            var people = unitId is null ? [] : await db.People.Where(p => p.Role == role && p.UnitId == unitId).ToListAsync(cancellationToken);
            if (people.Count > 0)
                return people;
        }

        return await db.People.Where(p => p.Role == ActorRole.Supervisor).ToListAsync(cancellationToken);
    }

    /// <summary>Which unit and enterprise a notice is between. Complaints, bindings and messages left are nobody's but the justice bureau's (S37).</summary>
    private async Task<(string? UnitId, string? EnterpriseId)> About(string subjectId, CancellationToken cancellationToken)
    {
        if (await db.Tasks.FirstOrDefaultAsync(t => t.Id == subjectId, cancellationToken) is { } task)
            return (task.UnitId, task.EnterpriseId);
        var request = await db.GuidanceRequests.FirstOrDefaultAsync(r => r.Id == subjectId || r.FollowUps.Any(f => f.Id == subjectId), cancellationToken);
        return (request?.UnitId, request?.EnterpriseId);
    }

    private async Task<string> Phones(string enterpriseId, HashSet<string> notReached, CancellationToken cancellationToken)
    {
        var people = await db.Bindings.Where(b => b.EnterpriseId == enterpriseId && b.State == BindingState.Active)
            .Join(db.People, b => b.PersonId, p => p.Id, (_, p) => p).Distinct().ToListAsync(cancellationToken);
        var lines = people.OrderByDescending(person => notReached.Contains(person.Id)).ThenBy(person => person.Name, StringComparer.Ordinal)
            .Select(person => $"{person.Name} {person.Phone ?? "（没有登记电话）"}{(notReached.Contains(person.Id) ? "" : "（已通知）")}");
        return people.Count == 0 ? "" : $"\n电话：{string.Join('；', lines)}。";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notice {Id} given up: {State}.")]
    private partial void LogGivenUp(Guid id, NoticeState state);
}
