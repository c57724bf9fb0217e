using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>What an official has to answer, the earliest due first: inspectors see their own, liaisons and leaders the unit's.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record GuidanceToAnswer(Actor By) : IQuery<IReadOnlyList<GuidanceView>>;

/// <summary>One request for the officials of its unit.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record GuidanceDetail(Actor By, string Reference) : IQuery<GuidanceView>;

/// <summary>One's own enterprise's request: by number or id, or the latest when none is named.</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record GuidanceProgress(Actor By, string? Reference = null) : IQuery<GuidanceView>;

/// <summary>An anonymous request by the code that was told to the asker (W28).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record GuidanceByCode(Actor By, string Code) : IQuery<GuidanceView>;

internal sealed class LookingAtGuidanceHandler(ISupervisionDb db, GuidanceRegister register) :
    IRequestHandler<GuidanceToAnswer, IReadOnlyList<GuidanceView>>,
    IRequestHandler<GuidanceDetail, GuidanceView>,
    IRequestHandler<GuidanceProgress, GuidanceView>,
    IRequestHandler<GuidanceByCode, GuidanceView>
{
    public async Task<IReadOnlyList<GuidanceView>> Handle(GuidanceToAnswer query, CancellationToken cancellationToken)
    {
        var (me, unit) = (query.By.PersonId, query.By.UnitId);
        var all = query.By.Role != ActorRole.Inspector;
        var open = await db.Deadlines
            .Where(d => d.MetAt == null && d.DroppedAt == null && d.UnitId == unit && (d.Kind == GuidanceDeadlines.Reply || d.Kind == GuidanceDeadlines.FollowUpReply))
            .Where(d => all || d.HandlerIds.Contains(me!))
            .OrderBy(d => d.DueOn).ThenBy(d => d.StartedOn).ThenBy(d => d.Id)
            .Select(d => d.SubjectId)
            .ToListAsync(cancellationToken);
        var requests = await db.GuidanceRequests.Include(r => r.FollowUps)
            .Where(r => open.Contains(r.Id) || r.FollowUps.Any(f => open.Contains(f.Id)))
            .ToListAsync(cancellationToken);
        var views = new List<GuidanceView>();
        foreach (var request in requests.OrderBy(r => open.IndexOf(r.OpenFollowUp?.Id ?? r.Id)))
            views.Add(await register.View(request, cancellationToken));
        return views;
    }

    public async Task<GuidanceView> Handle(GuidanceDetail query, CancellationToken cancellationToken) =>
        await register.View(await register.OfUnit(query.By, query.Reference, cancellationToken), cancellationToken);

    public async Task<GuidanceView> Handle(GuidanceProgress query, CancellationToken cancellationToken)
    {
        var reference = query.Reference ?? await Latest(query.By.EnterpriseId, cancellationToken);
        return await register.View(await register.OfEnterprise(query.By, reference, cancellationToken), cancellationToken);
    }

    public async Task<GuidanceView> Handle(GuidanceByCode query, CancellationToken cancellationToken) =>
        await register.View(await register.ByCode(query.Code, cancellationToken), cancellationToken);

    private async Task<string> Latest(string? enterpriseId, CancellationToken cancellationToken) =>
        await db.GuidanceRequests
            .Where(r => r.EnterpriseId == enterpriseId && enterpriseId != null)
            .OrderByDescending(r => r.ReceivedAt)
            .Select(r => r.Id)
            .FirstOrDefaultAsync(cancellationToken) ?? "";
}
