using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Complaints;

/// <summary>A person's own named complaints, newest first. Anonymous ones are nobody's: they are found by code only.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record MyComplaints(Actor By) : IQuery<IReadOnlyList<ComplaintProgress>>;

/// <summary>How far a complaint is, as its complainant may know it.</summary>
public sealed record ComplaintProgress(
    string ComplaintId,
    string Number,
    ComplaintKind Kind,
    string Stage,
    bool IsOpen,
    DateOnly ReceivedOn,
    DateOnly? ReplyDue,
    string? Answer,
    string? Question)
{
    /// <summary>By the complainant.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>What the complainant said of the answer.</summary>
    public HandlingGrade? Grade { get; init; }
}

internal sealed class MyComplaintsHandler(ISupervisionDb db, ComplaintProgressReader progress) : IRequestHandler<MyComplaints, IReadOnlyList<ComplaintProgress>>
{
    public async Task<IReadOnlyList<ComplaintProgress>> Handle(MyComplaints query, CancellationToken cancellationToken)
    {
        var mine = query.By.PersonId is { } person
            ? await db.Complaints.Where(c => c.PersonId == person).OrderByDescending(c => c.ReceivedAt).ToListAsync(cancellationToken)
            : [];
        var lines = new List<ComplaintProgress>(mine.Count);
        foreach (var complaint in mine)
            lines.Add(await progress.Of(complaint, cancellationToken));
        return lines;
    }
}

/// <summary>The complainant's view of a complaint: the stage in words, the answer, an open question; never who handles it or where it went.</summary>
public sealed class ComplaintProgressReader(ISupervisionDb db, ComplaintDesk desk)
{
    public async Task<ComplaintProgress> Of(Complaint complaint, CancellationToken cancellationToken)
    {
        var handled = await desk.HandledFor(complaint, cancellationToken);
        var reply = await desk.Reply(handled, cancellationToken);
        var last = await db.ComplaintRemarks.Where(r => r.ComplaintId == complaint.Id).OrderByDescending(r => r.Ordinal).FirstOrDefaultAsync(cancellationToken);
        return new ComplaintProgress(
            complaint.Id,
            complaint.Number,
            complaint.Kind,
            InWords(complaint),
            handled.IsOpen,
            ChinaClock.ToChinaDate(complaint.ReceivedAt),
            reply is { IsOpen: true } ? reply.DueOn : null,
            complaint.Stage == ComplaintStage.Resolved ? complaint.Answer : null,
            complaint.IsOpen && last is { Word: ComplaintWord.Question } ? last.Text : null)
        {
            Withdrawn = complaint.Stage == ComplaintStage.Withdrawn,
            Grade = complaint.Grade,
        };
    }

    private static string InWords(Complaint complaint) => complaint.Stage switch
    {
        ComplaintStage.Received => "已登记，等待受理",
        ComplaintStage.Accepted when complaint.Reviews > 0 => "复核中",
        ComplaintStage.Accepted => "已受理，办理中",
        ComplaintStage.Transferred => complaint.TransferTold ? "已按规定移送" : "办理中",
        ComplaintStage.Resolved => "已办结",
        ComplaintStage.Joined => "与反映同一件事的投诉并案办理中",
        _ => "已撤回",
    };
}
