using Bot.Domain.Attachments;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Complaints;

/// <summary>More words or photos from the complainant. <c>Case</c> is the number of a named complaint or the look-up code of an anonymous one, here and below.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record SupplementComplaint(Actor By, string Case, string Text, IReadOnlyList<string> EvidenceIds) : ICommand<ComplaintFollowedUp>, IMayBeAnonymous
{
    public bool Anonymous => LookupCode.Read(Case) is not null;
}

/// <summary>仍未解决: the answer did not settle it (N12).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record ReopenComplaint(Actor By, string Case, string Why) : ICommand<ComplaintFollowedUp>, IMayBeAnonymous
{
    public bool Anonymous => LookupCode.Read(Case) is not null;
}

[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record WithdrawComplaint(Actor By, string Case) : ICommand<ComplaintFollowedUp>, IMayBeAnonymous
{
    public bool Anonymous => LookupCode.Read(Case) is not null;
}

public sealed record ComplaintFollowedUp(string ComplaintId, string Number, DateOnly? ReplyDue) : IReceipt
{
    string IReceipt.Subject => ComplaintId;
}

internal sealed class FollowUpComplaint(RulePack rules, CalendarBook calendars, DeadlineBook deadlines, ComplaintDesk desk, IMediator mediator, ChinaClock clock) :
    IRequestHandler<SupplementComplaint, ComplaintFollowedUp>,
    IRequestHandler<ReopenComplaint, ComplaintFollowedUp>,
    IRequestHandler<WithdrawComplaint, ComplaintFollowedUp>
{
    private static readonly Rule SomethingSaid = new("请写几句要补充的话，或发照片。", "S37");

    public async Task<ComplaintFollowedUp> Handle(SupplementComplaint command, CancellationToken cancellationToken)
    {
        var complaint = await desk.HandledFor(await desk.OfComplainant(command.By, command.Case, cancellationToken), cancellationToken);
        SomethingSaid.Require(!string.IsNullOrWhiteSpace(command.Text) || command.EvidenceIds.Count > 0);
        Complaint.StillOpen.Require(complaint.IsOpen, "这件投诉已经办结，不能再补充；还没有解决请回复“仍未解决”。");
        if (command.Anonymous && command.EvidenceIds.Count > 0)
            await mediator.Publish(new FilesWithoutAName(command.EvidenceIds), cancellationToken);
        await desk.KeepFromThoseNamed(complaint, command.Text, cancellationToken);
        await desk.HandOn(complaint, cancellationToken);
        var place = await desk.Note(complaint, ComplaintWord.Supplement, command.Text, command.EvidenceIds, cancellationToken);
        await TellDesk(complaint, "投诉人有补充", cancellationToken, place);
        return await FollowedUp(complaint, cancellationToken);
    }

    public async Task<ComplaintFollowedUp> Handle(ReopenComplaint command, CancellationToken cancellationToken)
    {
        var complaint = await desk.OfComplainant(command.By, command.Case, cancellationToken);
        await desk.KeepFromThoseNamed(complaint, command.Why, cancellationToken);
        var lastDay = calendars.Current.Due(complaint.ResolvedOn ?? clock.Today, rules.ComplaintReview.Period).On;
        var (answer, answeredOn) = (complaint.Answer, complaint.ResolvedOn);
        complaint.Reopen(clock.Today, lastDay, rules.ComplaintReviews.Value);
        await desk.Note(complaint, ComplaintWord.Answer, answer!, [], cancellationToken, answeredOn);
        await desk.Note(complaint, ComplaintWord.NotSettled, command.Why, [], cancellationToken);
        deadlines.Open(
            ComplaintDesk.ReviewDeadline,
            complaint.Difficult ? rules.ComplaintReplyDifficult : rules.ComplaintReply,
            ComplaintDesk.ReviewSubject(complaint),
            $"投诉 {complaint.Number} 复核",
            null,
            await desk.Handlers(complaint, cancellationToken));
        await TellDesk(complaint, "投诉人认为仍未解决，申请复核", cancellationToken);
        return await FollowedUp(complaint, cancellationToken);
    }

    public async Task<ComplaintFollowedUp> Handle(WithdrawComplaint command, CancellationToken cancellationToken)
    {
        var complaint = await desk.OfComplainant(command.By, command.Case, cancellationToken);
        complaint.Withdraw(clock.Today);
        await desk.CloseDeadlines(complaint, cancellationToken);
        await TellDesk(complaint, "投诉人已撤回", cancellationToken);
        return await FollowedUp(complaint, cancellationToken);
    }

    // An instant in the key would tell when an anonymous person wrote; the day and the place in the case do not.
    private Task TellDesk(Complaint complaint, string what, CancellationToken cancellationToken, int place = 0) =>
        desk.TellHandlers(
            complaint,
            "N37",
            $"{what}:{clock.Today:yyyyMMdd}:{place}",
            new Dictionary<string, string> { ["no"] = complaint.Number, ["what"] = what, ["id"] = complaint.Id },
            cancellationToken);

    private async Task<ComplaintFollowedUp> FollowedUp(Complaint complaint, CancellationToken cancellationToken)
    {
        var reply = await desk.Reply(complaint, cancellationToken);
        return new ComplaintFollowedUp(complaint.Id, complaint.Number, reply is { IsOpen: true } ? reply.DueOn : null);
    }
}
