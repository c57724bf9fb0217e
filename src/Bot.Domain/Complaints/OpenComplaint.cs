using Bot.Domain.Calendar;
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
    IReadOnlyList<OpenedRemark> Remarks) : IReceipt
{
    /// <summary>How often it was taken up again.</summary>
    public int Reviews { get; init; }

    /// <summary>The answer that stands; one that was not accepted is among the remarks.</summary>
    public string? Answer { get; init; }
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>What the complainant thinks of that answer.</summary>
    public HandlingGrade? Grade { get; init; }

    /// <summary>When it ended.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>The photos and files, for who handles it.</summary>
    public IReadOnlyList<string> FileIds { get; init; } = [];

    /// <summary>The 12345 ticket it came by.</summary>
    public string? HotlineTicket { get; init; }

    /// <summary>Another complaint that may be about the same matter: its id, and a line about it (S07).</summary>
    public string? AlikeId { get; init; }
    public string? Alike { get; init; }

    string IReceipt.Subject => ComplaintId;
}

/// <summary>Something said after it was filed, and by which side; never by whom.</summary>
public sealed record OpenedRemark(ComplaintWord Word, string Text, DateOnly On, int FileCount);

internal sealed class OpenComplaintHandler(ISupervisionDb db, ComplaintDesk desk, SameMatter same, Deadlines.DeadlineBook deadlines) : IRequestHandler<OpenComplaint, OpenedComplaint>
{
    public async Task<OpenedComplaint> Handle(OpenComplaint command, CancellationToken cancellationToken)
    {
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        var unit = await db.Units.FirstOrDefaultAsync(u => u.Id == complaint.AgainstUnitId, cancellationToken);
        var person = await db.People.FirstOrDefaultAsync(p => p.Id == complaint.PersonId, cancellationToken);
        var enterprise = await db.Enterprises.FirstOrDefaultAsync(e => e.Id == complaint.EnterpriseId, cancellationToken);
        var contact = await deadlines.Find(ComplaintDesk.ContactDeadline, complaint.Id, cancellationToken);
        var reply = await desk.Reply(complaint, cancellationToken);
        var remarks = await db.ComplaintRemarks.Where(r => r.ComplaintId == complaint.Id).OrderBy(r => r.Ordinal).ToListAsync(cancellationToken);
        var alike = await same.Of(complaint, cancellationToken) is { } other && await desk.MayRead(command.By, other, cancellationToken) ? other : null;
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
            remarks.ConvertAll(r => new OpenedRemark(r.Word, r.Text, r.On, r.EvidenceIds.Count)))
        {
            Reviews = complaint.Reviews,
            Answer = complaint.Stage == ComplaintStage.Resolved ? complaint.Answer : null,
            AnsweredOn = complaint.ResolvedOn,
            Grade = complaint.Grade,
            EndedOn = complaint.LastStepOn,
            FileIds = [.. complaint.EvidenceIds.Concat(remarks.SelectMany(r => r.EvidenceIds))],
            HotlineTicket = complaint.HotlineTicket,
            AlikeId = alike?.Id,
            Alike = alike is null ? null : $"{alike.Id}（{(alike.HotlineTicket is { } ticket ? $"12345工单{ticket}" : "实名投诉")}，{ChineseDates.Short(alike.OccurredOn ?? ChinaClock.ToChinaDate(alike.ReceivedAt))}，{alike.Kind.InChinese()}）",
        };
    }
}
