using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Ratings;

/// <summary>The finished inspections of one's own enterprise that are unrated, or whose rating may still be changed; the latest first.</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record InspectionsToRate(Actor By) : IQuery<IReadOnlyList<InspectionToRate>>;

/// <param name="TaskId">The inspection.</param>
/// <param name="UnitName">Who inspected.</param>
/// <param name="CompletedOn">When it ended.</param>
/// <param name="Result">What was found, once it is entered.</param>
/// <param name="Score">The rating given so far.</param>
/// <param name="Text">The words given so far.</param>
/// <param name="Named">Whoever asks gave it with their name: the audit keeps that, also when the rating becomes anonymous (W28).</param>
public sealed record InspectionToRate(string TaskId, string UnitName, DateOnly CompletedOn, string? Result, int? Score, string? Text, bool Named);

internal sealed class InspectionsToRateHandler(ISupervisionDb db, RulePack rules, ChinaClock clock)
    : IRequestHandler<InspectionsToRate, IReadOnlyList<InspectionToRate>>
{
    public async Task<IReadOnlyList<InspectionToRate>> Handle(InspectionsToRate query, CancellationToken cancellationToken)
    {
        var (enterprise, today) = (query.By.EnterpriseId, clock.Today);
        var done = await db.Tasks
            .Where(t => enterprise != null && t.EnterpriseId == enterprise && t.CompletedOn != null && t.CompletedOn <= today)
            .Join(db.Units, t => t.UnitId, u => u.Id, (t, u) => new { Task = t, Unit = u.Name })
            .ToListAsync(cancellationToken);
        var ids = done.Select(row => row.Task.Id).ToList();
        var given = await db.Feedback.Where(f => f.TaskId != null && ids.Contains(f.TaskId)).ToDictionaryAsync(f => f.TaskId!, cancellationToken);
        return
        [
            .. done
                .Where(row => !given.TryGetValue(row.Task.Id, out var rating) || today <= RateInspectionHandler.LastDay(rating.GivenOn, rules))
                .OrderBy(row => given.ContainsKey(row.Task.Id))
                .ThenByDescending(row => row.Task.CompletedOn)
                .Select(row => new InspectionToRate(
                    row.Task.Id,
                    row.Unit,
                    row.Task.CompletedOn!.Value,
                    row.Task.Result,
                    given.GetValueOrDefault(row.Task.Id)?.Score,
                    given.GetValueOrDefault(row.Task.Id)?.Text,
                    query.By.PersonId is { } me && given.GetValueOrDefault(row.Task.Id)?.PersonId == me)),
        ];
    }
}
