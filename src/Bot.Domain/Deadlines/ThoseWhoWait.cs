using Bot.Domain.Appeals;
using Bot.Domain.Calendar;
using Bot.Domain.Complaints;
using Bot.Domain.Guidance;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Deadlines;

/// <summary>
/// Tells who waits for an answer, once and on the working morning after, that the last day has passed (J18, S37, W38): an excuse, what happens next, whom to turn to.
/// Who gave no name has no address and is told by the look-up code alone (W28).
/// </summary>
internal sealed class ThoseWhoWait(ISupervisionDb db, ComplaintDesk complaints, NoticeBoard board, RulePack rules)
{
    public async Task Tell(Deadline deadline, CancellationToken cancellationToken)
    {
        var id = deadline.SubjectId.Split('/')[0];
        switch (deadline.Kind)
        {
            case GuidanceDeadlines.Reply or GuidanceDeadlines.FollowUpReply:
                var request = await db.GuidanceRequests.FirstOrDefaultAsync(r => r.Id == id || r.FollowUps.Any(followUp => followUp.Id == id), cancellationToken);
                if (request?.AskedById is { } asker && await db.Units.FirstOrDefaultAsync(u => u.Id == request.UnitId, cancellationToken) is { } unit)
                    await Tell(deadline, asker, $"指导申请 {request.Number} ", "答复您", unit.Name, unit.Phone.Length > 0 ? $"{unit.Name}{unit.Phone}" : Bureau, cancellationToken);
                break;
            case ComplaintDesk.ContactDeadline or ComplaintDesk.ReplyDeadline or ComplaintDesk.ReviewDeadline:
                if (await db.Complaints.FirstOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } complaint)
                    break;
                foreach (var one in (await complaints.JoinedTo(complaint, cancellationToken)).Prepend(complaint))
                {
                    if (one.PersonId is { } complainant)
                        await Tell(deadline, complainant, $"您反映的 {one.Number} ", deadline.Kind == ComplaintDesk.ContactDeadline ? "与您联系" : "答复您", "办理人员", Bureau, cancellationToken);
                }

                break;
            case AppealDesk.ReplyDeadline:
                if (await db.Appeals.FirstOrDefaultAsync(a => a.Id == id, cancellationToken) is { } appeal)
                    await Tell(deadline, appeal.PersonId, $"申诉 {appeal.Number} ", "答复您", "办理人员", Bureau, cancellationToken);
                break;
        }
    }

    private string Bureau => $"{rules.SupervisionOffice.Name}{rules.SupervisionOffice.Phone}或12345";

    private Task Tell(Deadline deadline, string personId, string what, string act, string who, string whom, CancellationToken cancellationToken) => board.Owe(
        personId,
        "N149",
        $"{deadline.Id}:late:{deadline.DueOn:yyyyMMdd}:{personId}",
        deadline.SubjectId,
        new Dictionary<string, string>
        {
            ["object"] = what,
            ["due"] = ChineseDates.WithWeekday(deadline.DueOn),
            ["act"] = act,
            ["who"] = who,
            ["whom"] = whom,
        },
        cancellationToken,
        actions: ["办理进度"]);
}
