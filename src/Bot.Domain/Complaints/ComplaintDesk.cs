using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.People;
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

    private static readonly Rule SomebodyLeft = new("您反映的情况涉及这里所有的投诉办理人员，不应由他们自己办理，内容没有留下。请直接向区纪委监委（12388）或12345反映。", "S37");

    /// <summary>The named desk, or every supervisor while the roster names none; without those whom the complaint is about.</summary>
    public async Task<IReadOnlyList<string>> Handlers(Complaint complaint, CancellationToken cancellationToken)
    {
        var open = (await Supervisors(cancellationToken)).Where(p => !complaint.KeptFromIds.Contains(p.Id)).ToList();
        var desk = open.Where(p => p.OnComplaintDesk).ToList();
        return [.. (desk.Count > 0 ? desk : open).Select(p => p.Id)];
    }

    /// <summary>Nobody sees what is about himself; what is about bribes is for the desk alone (S37).</summary>
    public async Task<bool> MayRead(Actor by, Complaint complaint, CancellationToken cancellationToken) =>
        by.Role == ActorRole.Supervisor
        && !complaint.KeptFromIds.Contains(by.PersonId ?? "")
        && (complaint.Kind != ComplaintKind.Integrity || (await Handlers(complaint, cancellationToken)).Contains(by.PersonId ?? ""));

    /// <summary>The open complaints that this supervisor may not even know of.</summary>
    public async Task<IReadOnlySet<string>> HiddenFrom(Actor by, CancellationToken cancellationToken)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var delicate = await db.Complaints
            .Where(c => c.Stage == ComplaintStage.Received || c.Stage == ComplaintStage.Accepted)
            .Where(c => c.Kind == ComplaintKind.Integrity || c.KeptFromIds.Count > 0)
            .ToListAsync(cancellationToken);
        foreach (var complaint in delicate)
        {
            if (!await MayRead(by, complaint, cancellationToken))
                hidden.Add(complaint.Id);
        }

        return hidden;
    }

    /// <summary>Of these people, those who may be told that the complaint is there.</summary>
    public async Task<IReadOnlyList<string>> MayKnow(string complaintId, IEnumerable<string> people, CancellationToken cancellationToken)
    {
        var complaint = await db.Complaints.FirstOrDefaultAsync(c => c.Id == complaintId, cancellationToken);
        if (complaint is null)
            return [.. people];
        var handlers = complaint.Kind == ComplaintKind.Integrity ? await Handlers(complaint, cancellationToken) : null;
        return [.. people.Where(id => handlers?.Contains(id) ?? !complaint.KeptFromIds.Contains(id))];
    }

    /// <summary>
    /// Supervisors whom the words name, and those who have declared a conflict of interest with the enterprise, never see the complaint. Rather one too
    /// many: a name may also be part of another.
    /// </summary>
    /// <exception cref="RuleBrokenException">Nobody would be left to handle it.</exception>
    public async Task KeepFromThoseNamed(Complaint complaint, string words, CancellationToken cancellationToken)
    {
        var supervisors = await Supervisors(cancellationToken);
        var named = supervisors.Where(p => p.Name.Length > 1 && words.Contains(p.Name, StringComparison.Ordinal)).Select(p => p.Id).ToList();
        if (complaint.EnterpriseId is { } enterprise)
            named.AddRange(await db.Conflicts.Where(c => c.EnterpriseId == enterprise).Select(c => c.PersonId).ToListAsync(cancellationToken));
        var kept = named.Where(id => supervisors.Any(p => p.Id == id)).ToList();
        if (kept.Count == 0)
            return;
        complaint.KeepFrom(kept);
        SomebodyLeft.Require(supervisors.Any(p => !complaint.KeptFromIds.Contains(p.Id)));
    }

    /// <summary>What is owed about it is owed by those who may still handle it; who may not hears no more of it.</summary>
    public async Task HandOn(Complaint complaint, CancellationToken cancellationToken)
    {
        var handlers = await Handlers(complaint, cancellationToken);
        var owed = await db.Deadlines.Where(d => d.MetAt == null && d.DroppedAt == null && (d.SubjectId == complaint.Id || d.SubjectId.StartsWith(complaint.Id + "/")) && d.Kind.StartsWith("complaint.")).ToListAsync(cancellationToken);
        foreach (var deadline in owed)
            deadline.HandTo(handlers);
        foreach (var notice in await db.Notices.Where(n => n.SubjectId == complaint.Id && complaint.KeptFromIds.Contains(n.PersonId)).ToListAsync(cancellationToken))
            notice.Withdraw();
    }

    /// <summary>For the desk: by short id or by number. Whom it is about is told what is told of one that is not there.</summary>
    public async Task<Complaint> ForHandling(Actor by, string complaintId, CancellationToken cancellationToken)
    {
        var complaint = await db.Complaints.FirstOrDefaultAsync(c => c.Id == complaintId || c.Number == complaintId, cancellationToken);
        Found.Require(complaint is not null && !complaint.KeptFromIds.Contains(by.PersonId ?? ""));
        OnlyForTheDesk.Require(await MayRead(by, complaint!, cancellationToken));
        return complaint!;
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

    /// <summary>The complaint as which it is handled: another one after 并案.</summary>
    public async Task<Complaint> HandledFor(Complaint complaint, CancellationToken cancellationToken) =>
        complaint is { Stage: ComplaintStage.Joined, JoinedTo: { } main } ? await db.Complaints.FirstAsync(c => c.Id == main, cancellationToken) : complaint;

    /// <summary>The complaints that were joined to this one and are answered with it.</summary>
    public async Task<IReadOnlyList<Complaint>> JoinedTo(Complaint complaint, CancellationToken cancellationToken) =>
        await db.Complaints.Where(c => c.JoinedTo == complaint.Id && c.Stage == ComplaintStage.Joined).OrderBy(c => c.Number).ToListAsync(cancellationToken);

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
        foreach (var handler in await Handlers(complaint, cancellationToken))
            await notices.Owe(handler, kind, $"{kind}:{complaint.Id}:{version}:{handler}", complaint.Id, fields, cancellationToken, unrushed: complaint.Anonymous, actions: $"打开 {complaint.Id}");
    }

    public async Task<IReadOnlyList<ComplaintRemark>> Remarks(Complaint complaint, CancellationToken cancellationToken) =>
        await db.ComplaintRemarks.Where(r => r.ComplaintId == complaint.Id).OrderBy(r => r.Ordinal).ToListAsync(cancellationToken);

    /// <summary>Writes down what was said and gives its place in the case.</summary>
    public async Task<int> Note(Complaint complaint, ComplaintWord word, string text, IEnumerable<string> evidenceIds, CancellationToken cancellationToken, DateOnly? on = null)
    {
        var stored = await db.ComplaintRemarks.Where(r => r.ComplaintId == complaint.Id).MaxAsync(r => (int?)r.Ordinal, cancellationToken) ?? 0;
        var before = db.ComplaintRemarks.Local.Where(r => r.ComplaintId == complaint.Id).Select(r => r.Ordinal).Append(stored).Max();
        db.ComplaintRemarks.Add(new ComplaintRemark(complaint.Id, before + 1, word, text, evidenceIds, on ?? clock.Today));
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

    private async Task<List<Person>> Supervisors(CancellationToken cancellationToken) =>
        await db.People.AsNoTracking().Where(p => p.Role == ActorRole.Supervisor).OrderBy(p => p.Id).ToListAsync(cancellationToken);

    internal static string ReviewSubject(Complaint complaint) => complaint.Reviews == 1 ? complaint.Id : $"{complaint.Id}/{complaint.Reviews}";
}
