using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Complaints;

/// <summary>投诉台账: the open complaints, most urgent first, without their content. Kinds reserved for the desk are left out for others.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ComplaintsForSupervisor(Actor By) : IQuery<IReadOnlyList<ComplaintLine>>;

public sealed record ComplaintLine(string ComplaintId, string Number, ComplaintKind Kind, bool Anonymous, bool ByHotline, ComplaintStage Stage, string? UnitName, DateOnly? Due, bool Late);

internal sealed class ComplaintsForSupervisorHandler(ISupervisionDb db, ComplaintDesk desk, ChinaClock clock)
    : IRequestHandler<ComplaintsForSupervisor, IReadOnlyList<ComplaintLine>>
{
    public async Task<IReadOnlyList<ComplaintLine>> Handle(ComplaintsForSupervisor query, CancellationToken cancellationToken)
    {
        var hidden = await desk.HiddenFrom(query.By, cancellationToken);
        var open = (await db.Complaints.Where(c => c.Stage == ComplaintStage.Received || c.Stage == ComplaintStage.Accepted).ToListAsync(cancellationToken)).FindAll(c => !hidden.Contains(c.Id));
        var units = await db.Units.ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        var dues = await db.Deadlines
            .Where(d => d.MetAt == null && d.DroppedAt == null
                && (d.Kind == ComplaintDesk.ContactDeadline || d.Kind == ComplaintDesk.ReplyDeadline || d.Kind == ComplaintDesk.ReviewDeadline))
            .Select(d => new { d.SubjectId, d.DueOn })
            .ToListAsync(cancellationToken);
        var next = dues.GroupBy(d => d.SubjectId.Split('/')[0]).ToDictionary(g => g.Key, g => g.Min(d => d.DueOn));
        return
        [
            .. open
                .Select(c => new ComplaintLine(
                    c.Id,
                    c.Number,
                    c.Kind,
                    c.Anonymous,
                    c.HotlineTicket is not null,
                    c.Stage,
                    c.AgainstUnitId is { } unit ? units.GetValueOrDefault(unit) : null,
                    next.TryGetValue(c.Id, out var due) ? due : null,
                    next.TryGetValue(c.Id, out var last) && clock.Today > last))
                .OrderBy(line => line.Due ?? DateOnly.MaxValue)
                .ThenBy(line => line.Number, StringComparer.Ordinal),
        ];
    }
}
