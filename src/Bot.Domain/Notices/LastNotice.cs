using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Notices;

/// <summary>The notice that this person was sent last, in full: a short message may have shown only a part of it.</summary>
[Allowed(
    ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record LastNotice(Actor By) : IQuery<SentNotice?>;

public sealed record SentNotice(string Text, IReadOnlyList<string> Actions);

internal sealed class LastNoticeHandler(ISupervisionDb db) : IRequestHandler<LastNotice, SentNotice?>
{
    public async Task<SentNotice?> Handle(LastNotice query, CancellationToken cancellationToken)
    {
        if (query.By.PersonId is not { } person)
            return null;
        var notice = await db.Notices
            .Where(n => n.PersonId == person && (n.State == NoticeState.Sent || n.State == NoticeState.Submitted))
            .OrderByDescending(n => n.SentAt)
            .FirstOrDefaultAsync(cancellationToken);
        return notice is null ? null : new SentNotice(notice.Text, notice.Actions);
    }
}
