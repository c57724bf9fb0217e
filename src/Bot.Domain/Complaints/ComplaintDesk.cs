using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Complaints;

/// <summary>Who handles complaints, who may see one, and how its complainant hears of it. Units and their people are never among them (S37).</summary>
public sealed class ComplaintDesk(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, NoticeBoard notices, ChinaClock clock)
{
    public const string ContactDeadline = "complaint.contact";
    public const string ReplyDeadline = "complaint.reply";
    public const string ReviewDeadline = "complaint.review";

    /// <summary>The same words for a complaint that is not there and one that is not yours.</summary>
    public static readonly Rule Found = new("没有查到这件投诉，请核对编号或查询码。", "D15") { Boundary = true };
    public static readonly Rule OnlyForTheDesk = new("这一类投诉只限投诉处理专岗查看和办理。", "S37");

    /// <summary>The named desk; every supervisor while the roster names none.</summary>
    public async Task<IReadOnlyList<string>> Handlers(CancellationToken cancellationToken)
    {
        var supervisors = await db.People.Where(p => p.Role == ActorRole.Supervisor).Select(p => new { p.Id, p.OnComplaintDesk }).ToListAsync(cancellationToken);
        var desk = supervisors.Where(p => p.OnComplaintDesk).ToList();
        return [.. (desk.Count > 0 ? desk : supervisors).Select(p => p.Id)];
    }

    public async Task<bool> MayRead(Actor by, ComplaintKind kind, CancellationToken cancellationToken) =>
        by.Role == ActorRole.Supervisor
        && (kind != ComplaintKind.Integrity || (await Handlers(cancellationToken)).Contains(by.PersonId ?? ""));

    /// <summary>For the desk: by short id or by number.</summary>
    public async Task<Complaint> ForHandling(Actor by, string complaintId, CancellationToken cancellationToken)
    {
        var complaint = await db.Complaints.FirstOrDefaultAsync(c => c.Id == complaintId || c.Number == complaintId, cancellationToken);
        Found.Require(complaint is not null);
        OnlyForTheDesk.Require(await MayRead(by, complaint!.Kind, cancellationToken));
        return complaint;
    }

    /// <summary>For the complainant: by number when named, by look-up code when anonymous.</summary>
    public async Task<Complaint> OfComplainant(Actor by, string complaintIdOrCode, CancellationToken cancellationToken)
    {
        var hash = LookupCode.Read(complaintIdOrCode) is { } code ? LookupCode.Hash(code) : null;
        var complaint = hash is not null
            ? await db.Complaints.FirstOrDefaultAsync(c => c.CodeHash == hash, cancellationToken)
            : await db.Complaints.FirstOrDefaultAsync(
                c => (c.Id == complaintIdOrCode || c.Number == complaintIdOrCode) && c.PersonId != null && c.PersonId == by.PersonId, cancellationToken);
        Found.Require(complaint is not null);
        return complaint!;
    }

    /// <summary>Tells a named complainant; an anonymous one reads it with the code.</summary>
    public async Task Tell(
        Complaint complaint, string kind, string version, Dictionary<string, string> fields, CancellationToken cancellationToken, params IEnumerable<string> actions)
    {
        if (complaint.PersonId is { } person)
            await notices.Owe(person, kind, $"{kind}:{complaint.Id}:{version}", complaint.Id, fields, cancellationToken, actions: actions);
    }

    /// <summary>Tells the desk, without a word of content: a notice passes through other hands.</summary>
    public async Task TellHandlers(Complaint complaint, string kind, string version, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        foreach (var handler in await Handlers(cancellationToken))
            await notices.Owe(handler, kind, $"{kind}:{complaint.Id}:{version}:{handler}", complaint.Id, fields, cancellationToken, actions: $"打开 {complaint.Id}");
    }

    /// <summary>Writes down what was said and gives its place in the case.</summary>
    public async Task<int> Note(Complaint complaint, ComplaintWord word, string text, IEnumerable<string> evidenceIds, CancellationToken cancellationToken)
    {
        var before = await db.ComplaintRemarks.CountAsync(r => r.ComplaintId == complaint.Id, cancellationToken);
        db.ComplaintRemarks.Add(new ComplaintRemark(complaint.Id, before + 1, word, text, evidenceIds, clock.Today));
        return before + 1;
    }

    /// <summary>The deadline of the answer now owed: of the review after a reopening, of the reply before.</summary>
    public Task<Deadline?> Reply(Complaint complaint, CancellationToken cancellationToken) =>
        complaint.Reviews == 0
            ? deadlines.Find(ReplyDeadline, complaint.Id, cancellationToken)
            : deadlines.Find(ReviewDeadline, ReviewSubject(complaint), cancellationToken);

    public async Task CloseDeadlines(Complaint complaint, CancellationToken cancellationToken)
    {
        await deadlines.Drop(ContactDeadline, complaint.Id, cancellationToken);
        if (await Reply(complaint, cancellationToken) is { } reply)
            await deadlines.Drop(reply.Kind, reply.SubjectId, cancellationToken);
    }

    public string Name => rules.SupervisionOffice.Name;

    internal static string ReviewSubject(Complaint complaint) => complaint.Reviews == 1 ? complaint.Id : $"{complaint.Id}/{complaint.Reviews}";
}
