using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Deadlines;

/// <summary>Counts every open deadline anew after a holiday notice was loaded; the date first told stays beside the new one (domain.md 3.1 rule 9).</summary>
[Allowed]
public sealed record RecountDeadlines(Actor By) : ICommand<DeadlinesRecounted>;

/// <param name="Moved">How many due dates changed or stopped being provisional.</param>
public sealed record DeadlinesRecounted(int Moved) : IReceipt
{
    public string Subject => "";
}

internal sealed class RecountDeadlinesHandler(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock, NoticeBoard board)
    : MediatR.IRequestHandler<RecountDeadlines, DeadlinesRecounted>
{
    public async Task<DeadlinesRecounted> Handle(RecountDeadlines request, CancellationToken cancellationToken)
    {
        var moved = 0;
        foreach (var deadline in await db.Deadlines.Where(d => d.MetAt == null && d.DroppedAt == null).ToListAsync(cancellationToken))
        {
            var (before, wasProvisional) = (deadline.DueOn, deadline.Provisional);
            deadline.Recount(calendars.Current.Due(deadline.StartedOn, deadline.Period), clock.UtcNow);
            if (deadline.DueOn == before && deadline.Provisional == wasProvisional)
                continue;
            moved++;
            deadline.Schedule(ReminderPlan.NextAt(deadline, rules, calendars.Current));
            if (deadline.DueOn != before)
                await Tell(deadline, before, cancellationToken);
        }

        return new DeadlinesRecounted(moved);
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
