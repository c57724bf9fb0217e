using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Deadlines;

/// <summary>Counts every open deadline anew after a holiday notice was loaded; the date first told stays beside the new one (domain.md 3.1 rule 9).</summary>
[Allowed]
public sealed record RecountDeadlines(Actor By) : ICommand<DeadlinesRecounted>, IRecordsItself;

/// <param name="Moved">How many due dates changed or stopped being provisional.</param>
public sealed record DeadlinesRecounted(int Moved) : IReceipt
{
    public string Subject => "";
}

internal sealed class RecountDeadlinesHandler(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock, NoticeBoard board, AuditTrail trail, DeadlineBook book)
    : MediatR.IRequestHandler<RecountDeadlines, DeadlinesRecounted>
{
    public async Task<DeadlinesRecounted> Handle(RecountDeadlines request, CancellationToken cancellationToken)
    {
        var moved = 0;
        foreach (var deadline in await db.Deadlines.Where(d => d.MetAt == null && d.DroppedAt == null).ToListAsync(cancellationToken))
        {
            var (before, wasProvisional) = (deadline.DueOn, deadline.Provisional);
            deadline.Recount(calendars.Current.Due(deadline.StartedOn, deadline.Period), clock.UtcNow);
            Replan(deadline, deadline.DueOn != before);
            if (deadline.DueOn == before && deadline.Provisional == wasProvisional)
                continue;
            moved++;
            trail.Add(request.By.PersonId!, nameof(RecountDeadlines), deadline.SubjectId, deadline.Kind);
            if (deadline.DueOn != before && deadline.Kind == SupervisionDeadlines.Rectification && await book.Find(SupervisionDeadlines.FollowUp, deadline.SubjectId, cancellationToken) is { IsOpen: true } followUp)
                book.Relimit(followUp, deadline.DueOn, new Limit("", followUp.Period, followUp.Clause, "", IsDefault: false));
            if (deadline.DueOn != before)
                await Tell(deadline, before, cancellationToken);
        }

        return new DeadlinesRecounted(moved);
    }

    /// <summary>Another due day has its own reminders, also where those of the old one had gone out; and even the same one may now be reminded of on other days.</summary>
    private void Replan(Deadline deadline, bool moved)
    {
        var steps = ReminderPlan.Of(deadline, rules, calendars.Current);
        var done = moved ? ReminderPlan.Behind(steps, clock.UtcNow) : deadline.StepsDone;
        deadline.Skip(done, done < steps.Count ? steps[done].At : null);
    }

    private async Task Tell(Deadline deadline, DateOnly before, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["object"] = deadline.Title,
            ["before"] = ChineseDates.WithWeekday(before),
            ["due"] = ChineseDates.WithWeekday(deadline.DueOn),
        };
        foreach (var personId in deadline.HandlerIds)
            await board.Owe(personId, "N20", $"{deadline.Id}:moved:{deadline.DueOn:yyyyMMdd}:{personId}", deadline.SubjectId, fields, cancellationToken, digest: true);
    }
}
