using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.People;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Agenda;

/// <summary>The secret address of a person's own calendar; one a person. Only a hash of the secret is kept.</summary>
public sealed class CalendarLink
{
    private CalendarLink()
    {
    }

    internal CalendarLink(Holder holder, string hash, DateTime madeAt)
    {
        PersonId = holder.PersonId;
        Renew(holder, hash, madeAt);
    }

    public string PersonId { get; private set; } = "";
    public string Hash { get; private set; } = "";
    public string Channel { get; private set; } = "";
    public ActorRole Role { get; private set; }
    public string? UnitId { get; private set; }
    public DateTime MadeAt { get; private set; }

    public Holder Holder => new(PersonId, Channel, Role, UnitId);

    internal void Renew(Holder holder, string hash, DateTime madeAt) =>
        (Channel, Role, UnitId, Hash, MadeAt) = (holder.Channel, holder.Role, holder.UnitId, hash, madeAt);
}

/// <summary>Makes the link to one's own calendar. One that was made before opens nothing from now on.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record MakeCalendarLink(Actor By) : ICommand<CalendarLinkMade>;

/// <param name="Secret">Stands in the address; told here and nowhere again.</param>
/// <param name="Replaced">Whether there was one before.</param>
public sealed record CalendarLinkMade(string Secret, bool Replaced) : IReceipt
{
    string IReceipt.Subject => "";
}

/// <summary>Whether one has a link; <see cref="CalendarLinkStanding.MadeOn"/> is null when not, or when it no longer opens anything.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record MyCalendarLink(Actor By) : IQuery<CalendarLinkStanding>;

public sealed record CalendarLinkStanding(DateOnly? MadeOn);

/// <summary>Ends the link without a new one.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record EndCalendarLink(Actor By) : ICommand<CalendarLinkEnded>;

public sealed record CalendarLinkEnded(bool Ended) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class CalendarLinkHandler(ISupervisionDb db, ChinaClock clock) :
    IRequestHandler<MakeCalendarLink, CalendarLinkMade>,
    IRequestHandler<MyCalendarLink, CalendarLinkStanding>,
    IRequestHandler<EndCalendarLink, CalendarLinkEnded>
{
    public async Task<CalendarLinkMade> Handle(MakeCalendarLink command, CancellationToken cancellationToken)
    {
        var (holder, secret) = (Holder.Of(command.By), LinkSecret.New());
        var link = await db.CalendarLinks.FindAsync([holder.PersonId], cancellationToken);
        if (link is null)
        {
            db.CalendarLinks.Add(new CalendarLink(holder, LinkSecret.HashOf(secret), clock.UtcNow));
            return new CalendarLinkMade(secret, Replaced: false);
        }

        // Another role has another calendar: nothing of the former one is told as cancelled.
        if (link.Holder != holder)
            await Forget(holder.PersonId, cancellationToken);
        link.Renew(holder, LinkSecret.HashOf(secret), clock.UtcNow);
        return new CalendarLinkMade(secret, Replaced: true);
    }

    public async Task<CalendarLinkStanding> Handle(MyCalendarLink query, CancellationToken cancellationToken)
    {
        var link = await db.CalendarLinks.AsNoTracking().FirstOrDefaultAsync(l => l.PersonId == query.By.PersonId, cancellationToken);
        return new CalendarLinkStanding(link is not null && link.Holder == Holder.Of(query.By) ? ChinaClock.ToChinaDate(link.MadeAt) : null);
    }

    public async Task<CalendarLinkEnded> Handle(EndCalendarLink command, CancellationToken cancellationToken)
    {
        if (await db.CalendarLinks.FindAsync([command.By.PersonId!], cancellationToken) is not { } link)
            return new CalendarLinkEnded(false);
        db.CalendarLinks.Remove(link);
        await Forget(link.PersonId, cancellationToken);
        return new CalendarLinkEnded(true);
    }

    private async Task Forget(string personId, CancellationToken cancellationToken) =>
        db.PublishedEntries.RemoveRange(await db.PublishedEntries.Where(entry => entry.PersonId == personId).ToListAsync(cancellationToken));
}
