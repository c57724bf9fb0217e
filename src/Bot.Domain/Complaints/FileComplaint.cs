using Bot.Domain.Attachments;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Complaints;

/// <summary>Files a complaint, named or anonymous (S06, W34). The unit complained about hears nothing of it here.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record FileComplaint(Actor By, ComplaintFacts Facts, bool Anonymous, [property: AtMost(50)] string? Name = null, [property: AtMost(50)] string? Phone = null)
    : ICommand<ComplaintReceipt>, IMayBeAnonymous;

/// <param name="ComplaintId">Short id, K26-50.</param>
/// <param name="Number">云监投〔2026〕050号</param>
/// <param name="Code">The look-up code of an anonymous complaint, told once and kept nowhere.</param>
/// <param name="ContactDue">By when the complainant is contacted, or the anonymous complaint is accepted.</param>
/// <param name="ReplyDue">By when it is answered.</param>
public sealed record ComplaintReceipt(string ComplaintId, string Number, string? Code, DateOnly ContactDue, DateOnly ReplyDue) : IReceipt
{
    string IReceipt.Subject => ComplaintId;
}

internal sealed class FileComplaintHandler(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, ComplaintDesk desk, IMediator mediator, ChinaClock clock)
    : IRequestHandler<FileComplaint, ComplaintReceipt>
{
    private const int NumberWidth = 3;

    private static readonly Rule AgainstAKnownUnit = new("没有找到被投诉的单位，请写单位全称；不知道是哪个单位，可以回复“不清楚”。", "S06");
    private static readonly Rule FromOwnCase = new("没有找到您要投诉的那件申请，请从“办理进度”里重新打开。", "D15");
    public static readonly Rule NotBeforeItHappened = new("发生的时间还没有到，请核对日期。", "S06");

    public async Task<ComplaintReceipt> Handle(FileComplaint command, CancellationToken cancellationToken)
    {
        NotBeforeItHappened.Require(command.Facts.OccurredOn is not { } on || on <= clock.Today);
        AgainstAKnownUnit.Require(command.Facts.AgainstUnitId is not { } against || await db.Units.AnyAsync(u => u.Id == against, cancellationToken));
        FromOwnCase.Require(command.Anonymous || command.Facts.SourceId is not { } source || await db.GuidanceRequests.AnyAsync(r => r.Id == source && r.AskedById == command.By.PersonId, cancellationToken));
        if (!command.Anonymous && await Earlier(command, cancellationToken) is { } earlier)
            return earlier;

        if (command.Anonymous && command.Facts.EvidenceIds.Count > 0)
            await mediator.Publish(new FilesWithoutAName(command.Facts.EvidenceIds), cancellationToken);
        var code = command.Anonymous ? LookupCode.New() : null;
        var number = await Numbers.Take(db, rules.Series("complaint"), "K", clock.Today.Year, NumberWidth, cancellationToken);
        Complaint complaint;
        if (code is not null)
        {
            complaint = Complaint.WithCode(number.Id, number.Printed, command.Facts, LookupCode.Hash(code), clock.Today);
        }
        else
        {
            var person = await db.Introduce(command.By, command.Name, command.Phone, cancellationToken);
            complaint = Complaint.Named(number.Id, number.Printed, command.Facts, person.Id, command.By.EnterpriseId, clock.UtcNow);
        }

        await desk.KeepFromThoseNamed(complaint, command.Facts.Text, cancellationToken);
        db.Complaints.Add(complaint);
        var handlers = await desk.Handlers(complaint, cancellationToken);

        // No unit on these rows: reminders and escalation must never reach the unit complained about.
        var contact = deadlines.Open(ComplaintDesk.ContactDeadline, rules.ComplaintContact, complaint.Id, $"投诉 {complaint.Number} 首次联系", null, handlers);
        var reply = deadlines.Open(ComplaintDesk.ReplyDeadline, rules.ComplaintReply, complaint.Id, $"投诉 {complaint.Number} 答复", null, handlers);
        await desk.TellHandlers(
            complaint,
            "N33",
            "new",
            new Dictionary<string, string>
            {
                ["no"] = complaint.Number,
                ["how"] = complaint.Anonymous ? "匿名" : "实名",
                ["kind"] = complaint.Kind.InChinese(),
                ["contactBy"] = ChineseDates.Short(contact.On),
                ["replyBy"] = ChineseDates.Short(reply.On),
                ["id"] = complaint.Id,
            },
            cancellationToken);
        return new ComplaintReceipt(complaint.Id, complaint.Number, code, contact.On, reply.On);
    }

    /// <summary>The same person saying the same thing again gets the same receipt.</summary>
    private async Task<ComplaintReceipt?> Earlier(FileComplaint command, CancellationToken cancellationToken)
    {
        var facts = command.Facts;
        var same = command.By.PersonId is null
            ? null
            : await db.Complaints.FirstOrDefaultAsync(
                c => c.PersonId == command.By.PersonId && c.Text == facts.Text && c.OccurredOn == facts.OccurredOn && c.AgainstUnitId == facts.AgainstUnitId
                    && (c.Stage == ComplaintStage.Received || c.Stage == ComplaintStage.Accepted),
                cancellationToken);
        if (same is null)
            return null;
        var contact = await deadlines.Find(ComplaintDesk.ContactDeadline, same.Id, cancellationToken);
        var reply = await desk.Reply(same, cancellationToken);
        return new ComplaintReceipt(same.Id, same.Number, null, contact!.DueOn, reply!.DueOn);
    }
}
