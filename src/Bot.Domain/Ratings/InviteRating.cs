using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Ratings;

/// <summary>N15 to the enterprise's contacts once the result is entered; each is invited once an inspection, however often this is given.</summary>
[Allowed]
public sealed record InviteRating(Actor By, string TaskId) : ICommand<RatingInvited>;

public sealed record RatingInvited(string TaskId, int People) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

internal sealed class InviteRatingHandler(ISupervisionDb db, RatingInvitations invitations) : IRequestHandler<InviteRating, RatingInvited>
{
    public async Task<RatingInvited> Handle(InviteRating command, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.SingleAsync(t => t.Id == command.TaskId, cancellationToken);
        return new RatingInvited(task.Id, await invitations.Invite(task, cancellationToken));
    }
}

/// <summary>Asks the inspected enterprise what it thinks (W37).</summary>
internal sealed class RatingInvitations(ISupervisionDb db, NoticeBoard notices)
{
    /// <summary>How many contacts are invited.</summary>
    public async Task<int> Invite(InspectionTask task, CancellationToken cancellationToken)
    {
        if (task.CompletedOn is not { } completed || task.Result is not { } result || await db.Feedback.AnyAsync(f => f.TaskId == task.Id, cancellationToken))
            return 0;
        var unit = await db.Units.SingleAsync(u => u.Id == task.UnitId, cancellationToken);
        var contacts = await db.ContactsOf(task.EnterpriseId, cancellationToken);
        foreach (var contact in contacts)
        {
            await notices.Owe(
                contact,
                "N15",
                $"N15:{task.Id}:{contact}",
                task.Id,
                new Dictionary<string, string> { ["date"] = ChineseDates.Short(completed), ["unit"] = unit.Name, ["result"] = result },
                cancellationToken,
                actions: [$"评价 {task.Id}", "我的检查记录", "投诉检查行为"]);
        }

        return contacts.Count;
    }
}
