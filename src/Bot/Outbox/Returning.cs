using Bot.Domain.Calendar;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;

namespace Bot.Outbox;

/// <summary>Somebody who could not be reached has come back: what is still worth telling is tried again, once.</summary>
public sealed class Returning(Transactions transactions, IServiceScopeFactory scopes, ChinaClock clock)
{
    private const int PeopleAtOnce = 50;

    public async Task<int> TryAgain(CancellationToken cancellationToken) =>
        await Anybody(cancellationToken) ? await transactions.Run("outbox", (work, token) => Revive(work.Services.GetRequiredService<SupervisionDb>(), token), cancellationToken) : 0;

    private async Task<bool> Anybody(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SupervisionDb>().Addresses.AnyAsync(a => a.CameBackAt != null, cancellationToken);
    }

    private async Task<int> Revive(SupervisionDb db, CancellationToken cancellationToken)
    {
        var back = await db.Addresses.Where(a => a.CameBackAt != null).OrderBy(a => a.CameBackAt).Take(PeopleAtOnce).ToListAsync(cancellationToken);
        var people = back.Select(address => address.PersonId!).Distinct().ToArray();
        var missed = await db.Notices
            .Where(n => people.Contains(n.PersonId) && n.RevivedAt == null && (n.State == NoticeState.Undeliverable || n.State == NoticeState.Parked))
            .ToListAsync(cancellationToken);
        foreach (var same in missed.GroupBy(notice => (notice.PersonId, notice.Kind, notice.SubjectId)))
        {
            var newest = same.MaxBy(notice => notice.CreatedAt)!;
            if (await Matters(db, newest, cancellationToken))
                newest.Revive(clock.UtcNow);
        }

        foreach (var address in back)
            address.Welcomed();
        return back.Count;
    }

    /// <summary>An inspection that is over needs no preview, one that was rated no invitation, and a report on others nobody's attention a second time.</summary>
    private async Task<bool> Matters(SupervisionDb db, Notice notice, CancellationToken cancellationToken) => notice.Kind switch
    {
        "N1" => await db.Tasks.AnyAsync(t => t.Id == notice.SubjectId && t.CompletedOn == null && t.ScheduledOn >= clock.Today, cancellationToken),
        "N15" => !await db.Feedback.AnyAsync(f => f.TaskId == notice.SubjectId, cancellationToken),
        "N30" => await db.Bindings.AnyAsync(b => b.Id == notice.SubjectId && b.State == BindingState.Waiting, cancellationToken),
        "N14" or "N21" => false,
        _ => true,
    };
}
