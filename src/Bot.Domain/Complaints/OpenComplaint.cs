using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Complaints;

/// <summary>Reads one complaint in full. A command, because the reading itself is recorded (S37); kinds reserved for the desk are refused to others.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record OpenComplaint(Actor By, string ComplaintId) : ICommand<OpenedComplaint>;

public sealed record OpenedComplaint(
    string ComplaintId,
    string Number,
    ComplaintKind Kind,
    bool Anonymous,
    ComplaintStage Stage,
    string? UnitName,
    DateOnly? OccurredOn,
    TimeOnly? OccurredAt,
    string Text,
    int EvidenceCount,
    string? ComplainantName,
    string? ComplainantPhone,
    string? EnterpriseName,
    DateOnly? ContactDue,
    DateOnly? ReplyDue,
    IReadOnlyList<string> Remarks) : IReceipt
{
    string IReceipt.Subject => ComplaintId;
}

internal sealed class OpenComplaintHandler(ISupervisionDb db, ComplaintDesk desk, Deadlines.DeadlineBook deadlines) : IRequestHandler<OpenComplaint, OpenedComplaint>
{
    public async Task<OpenedComplaint> Handle(OpenComplaint command, CancellationToken cancellationToken)
    {
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        var unit = await db.Units.FirstOrDefaultAsync(u => u.Id == complaint.AgainstUnitId, cancellationToken);
        var person = await db.People.FirstOrDefaultAsync(p => p.Id == complaint.PersonId, cancellationToken);
        var enterprise = await db.Enterprises.FirstOrDefaultAsync(e => e.Id == complaint.EnterpriseId, cancellationToken);
        var contact = await deadlines.Find(ComplaintDesk.ContactDeadline, complaint.Id, cancellationToken);
        var reply = await desk.Reply(complaint, cancellationToken);
        var remarks = await db.ComplaintRemarks.Where(r => r.ComplaintId == complaint.Id).OrderBy(r => r.Ordinal).Select(r => r.Text).ToListAsync(cancellationToken);
        return new OpenedComplaint(
            complaint.Id,
            complaint.Number,
            complaint.Kind,
            complaint.Anonymous,
            complaint.Stage,
            unit?.Name,
            complaint.OccurredOn,
            complaint.OccurredAt,
            complaint.Text,
            complaint.EvidenceIds.Count,
            person?.Name,
            person?.Phone,
            enterprise?.Name,
            contact is { IsOpen: true } ? contact.DueOn : null,
            reply is { IsOpen: true } ? reply.DueOn : null,
            remarks);
    }
}
