using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Workbench;

/// <summary>What a link to the workbench's page holds: good once, for a few minutes, for one official. Only a hash is kept, and that until it is used.</summary>
public sealed class WorkbenchTicket
{
    private WorkbenchTicket()
    {
    }

    internal WorkbenchTicket(string hash, Holder holder, DateTime expiresAt)
    {
        (Hash, ExpiresAt) = (hash, expiresAt);
        (PersonId, Channel, Role, UnitId) = holder;
    }

    public string Hash { get; private set; } = "";
    public string PersonId { get; private set; } = "";
    public string Channel { get; private set; } = "";
    public ActorRole Role { get; private set; }
    public string? UnitId { get; private set; }
    public DateTime ExpiresAt { get; private set; }

    public Holder Holder => new(PersonId, Channel, Role, UnitId);
}

/// <summary>A browser that was let in, until then at most. Only a hash of what the browser holds is kept, where every instance finds it.</summary>
public sealed class WorkbenchSession
{
    private WorkbenchSession()
    {
    }

    internal WorkbenchSession(string hash, Holder holder, DateTime until)
    {
        (Hash, Until) = (hash, until);
        (PersonId, Channel, Role, UnitId) = holder;
    }

    public string Hash { get; private set; } = "";
    public string PersonId { get; private set; } = "";
    public string Channel { get; private set; } = "";
    public ActorRole Role { get; private set; }
    public string? UnitId { get; private set; }
    public DateTime Until { get; private set; }

    public Holder Holder => new(PersonId, Channel, Role, UnitId);
}

/// <summary>An official asks for the way to the workbench's page. An earlier link that was not used opens nothing any more.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record IssueWorkbenchTicket(Actor By) : ICommand<WorkbenchTicketIssued>;

/// <param name="Ticket">Stands in the link; told here and nowhere again.</param>
/// <param name="Minutes">How long it is good.</param>
public sealed record WorkbenchTicketIssued(string Ticket, int Minutes) : IReceipt
{
    string IReceipt.Subject => "";
}

/// <summary>Uses a ticket up and lets the browser in that holds it; a session that the browser had before ends.</summary>
[Allowed]
public sealed record EnterWorkbench(Actor By, string Ticket, string? FormerSession) : ICommand<WorkbenchEntered>, IRecordsItself;

/// <param name="Session">What the browser holds from now on.</param>
/// <param name="Until">When it ends by itself, UTC.</param>
public sealed record WorkbenchEntered(string Session, DateTime Until);

/// <summary>Whose session it is, with the rights of this moment; refused when there is none, or its person has left or has another role.</summary>
[Allowed]
public sealed record WorkbenchVisitor(Actor By, string Session) : IQuery<Actor>;

/// <summary>Signs out.</summary>
[Allowed]
public sealed record LeaveWorkbench(Actor By, string Session) : ICommand<WorkbenchLeft>, IRecordsItself;

public sealed record WorkbenchLeft(bool WasIn);

internal sealed class WorkbenchHandler(ISupervisionDb db, AuditTrail trail, ChinaClock clock) :
    IRequestHandler<IssueWorkbenchTicket, WorkbenchTicketIssued>,
    IRequestHandler<EnterWorkbench, WorkbenchEntered>,
    IRequestHandler<WorkbenchVisitor, Actor>,
    IRequestHandler<LeaveWorkbench, WorkbenchLeft>
{
    private static readonly Rule Once = new("这个链接已经用过、过期或不正确。请在企业微信里再说一次“工作台”。", "D15");
    private static readonly Rule LetIn = new("请在企业微信里说“工作台”，点开链接进入。", "D15");

    private static readonly TimeSpan TicketGood = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SessionLasts = TimeSpan.FromHours(8);

    public async Task<WorkbenchTicketIssued> Handle(IssueWorkbenchTicket command, CancellationToken cancellationToken)
    {
        var (holder, ticket, now) = (Holder.Of(command.By), LinkSecret.New(), clock.UtcNow);
        db.WorkbenchTickets.RemoveRange(await db.WorkbenchTickets.Where(t => t.PersonId == holder.PersonId || t.ExpiresAt <= now).ToListAsync(cancellationToken));
        db.WorkbenchSessions.RemoveRange(await db.WorkbenchSessions.Where(s => s.Until <= now).ToListAsync(cancellationToken));
        db.WorkbenchTickets.Add(new WorkbenchTicket(LinkSecret.HashOf(ticket), holder, now + TicketGood));
        return new WorkbenchTicketIssued(ticket, (int)TicketGood.TotalMinutes);
    }

    public async Task<WorkbenchEntered> Handle(EnterWorkbench command, CancellationToken cancellationToken)
    {
        var (hash, now) = (LinkSecret.HashOf(command.Ticket), clock.UtcNow);
        var ticket = await db.WorkbenchTickets.FirstOrDefaultAsync(t => t.Hash == hash, cancellationToken);
        Once.Require(ticket is not null && LinkSecret.Fits(ticket.Hash, command.Ticket) && now < ticket.ExpiresAt);
        Once.Require(await ticket!.Holder.StillThere(db, cancellationToken) is { IsOfficial: true });
        if (command.FormerSession is { } former && await Find(former, cancellationToken) is { } other)
            db.WorkbenchSessions.Remove(other);
        var session = LinkSecret.New();
        db.WorkbenchTickets.Remove(ticket);
        db.WorkbenchSessions.Add(new WorkbenchSession(LinkSecret.HashOf(session), ticket.Holder, now + SessionLasts));
        trail.Add(ticket.PersonId, nameof(EnterWorkbench), "");
        return new WorkbenchEntered(session, now + SessionLasts);
    }

    public async Task<Actor> Handle(WorkbenchVisitor query, CancellationToken cancellationToken)
    {
        var session = await Find(query.Session, cancellationToken);
        var visitor = session is null || session.Until <= clock.UtcNow ? null : await session.Holder.StillThere(db, cancellationToken);
        LetIn.Require(visitor is { IsOfficial: true });
        return visitor!;
    }

    public async Task<WorkbenchLeft> Handle(LeaveWorkbench command, CancellationToken cancellationToken)
    {
        if (await Find(command.Session, cancellationToken) is not { } session)
            return new WorkbenchLeft(false);
        db.WorkbenchSessions.Remove(session);
        trail.Add(session.PersonId, nameof(LeaveWorkbench), "");
        return new WorkbenchLeft(true);
    }

    private async Task<WorkbenchSession?> Find(string secret, CancellationToken cancellationToken)
    {
        var hash = LinkSecret.HashOf(secret);
        var session = await db.WorkbenchSessions.FirstOrDefaultAsync(s => s.Hash == hash, cancellationToken);
        return session is not null && LinkSecret.Fits(session.Hash, secret) ? session : null;
    }
}
