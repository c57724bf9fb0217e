using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Sweep;

/// <summary>
/// Closes deadlines whose task says that the thing is done: another platform told of it by a file, and no command passed by here.
/// </summary>
[Allowed]
public sealed record SettleByBooks(Actor By) : ICommand<DeadlinesSettled>, IRecordsItself;

/// <param name="Count">How many were closed; zero when the books agree.</param>
public sealed record DeadlinesSettled(int Count) : IReceipt
{
    public string Subject => "";
}

internal sealed class SettleByBooksHandler(ISupervisionDb db, DeadlineBook deadlines, AuditTrail trail) : MediatR.IRequestHandler<SettleByBooks, DeadlinesSettled>
{
    private const int AtOnce = 200;

    public async Task<DeadlinesSettled> Handle(SettleByBooks request, CancellationToken cancellationToken)
    {
        var settled = await Tasks(TaskDeadlines.Result, request, t => t.ResultEnteredOn != null, t => t.ResultEnteredOn, cancellationToken)
            + await Tasks(TaskDeadlines.Publication, request, t => t.PublishedOn != null || t.NotPublishedBecause != null, t => t.PublishedOn, cancellationToken)
            + await Tasks(RaisedDeadlines.UrgentApproval, request, t => t.ApprovedOn != null, t => t.ApprovedOn, cancellationToken);
        return new DeadlinesSettled(settled);
    }

    private async Task<int> Tasks(string kind, SettleByBooks request, System.Linq.Expressions.Expression<Func<InspectionTask, bool>> isDone, Func<InspectionTask, DateOnly?> doneOn, CancellationToken cancellationToken)
    {
        var open = db.Deadlines.Where(d => d.Kind == kind && d.MetAt == null && d.DroppedAt == null).Select(d => d.SubjectId);
        var done = await db.Tasks.AsNoTracking().Where(isDone).Where(t => open.Contains(t.Id)).OrderBy(t => t.Id).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var task in done)
        {
            if (doneOn(task) is { } on)
                await deadlines.Meet(kind, task.Id, ChinaClock.ToUtc(on, TimeOnly.MinValue), cancellationToken);
            else
                await deadlines.Drop(kind, task.Id, cancellationToken);
            trail.Add(request.By.PersonId!, nameof(SettleByBooks), task.Id, kind);
        }

        return done.Count;
    }
}
