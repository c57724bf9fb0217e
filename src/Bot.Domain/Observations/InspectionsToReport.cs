using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Observers;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Observations;

/// <summary>
/// Which inspections an observer may mean (C29): by <paramref name="Words"/>, a number or the enterprise and unit; without words those that the observer was asked for.
/// Only of what has taken place, so that nobody hears of an inspection before it comes (J19).
/// </summary>
/// <param name="By">The observer.</param>
/// <param name="Words">T301, 青榆机械消防那次; empty for the own ones.</param>
[Allowed(ActorRole.LegalObserver)]
public sealed record InspectionsToReport(Actor By, string Words) : IQuery<IReadOnlyList<SeenInspection>>;

/// <param name="TaskId">T301</param>
/// <param name="On">When it was.</param>
/// <param name="UnitName">Who inspected.</param>
/// <param name="Field">The unit's field: 市场监管.</param>
/// <param name="EnterpriseName">Where.</param>
public sealed record SeenInspection(string TaskId, DateOnly On, string UnitName, string Field, string EnterpriseName);

internal sealed class InspectionsToReportHandler(ISupervisionDb db, RulePack rules, ChinaClock clock) : IRequestHandler<InspectionsToReport, IReadOnlyList<SeenInspection>>
{
    private const int Most = 5;
    private const int LeastOfName = 3;

    private static readonly InspectionStage[] Visited = [InspectionStage.UnderWay, InspectionStage.Finished, InspectionStage.Reported, InspectionStage.Published];

    private static readonly string[] CommonWords = ["有限责任公司", "有限公司", "股份", "公司"];

    public async Task<IReadOnlyList<SeenInspection>> Handle(InspectionsToReport query, CancellationToken cancellationToken)
    {
        var words = query.Words.Trim();
        if (words.Length == 0)
            return await Own(query.By.PersonId, cancellationToken);
        var (id, today) = (words.ToUpperInvariant(), clock.Today);
        var numbered = await Seen(db.Tasks.Where(t => t.Id == id && t.ScheduledOn <= today), cancellationToken);
        return numbered.Count > 0 ? numbered : await Named(words, cancellationToken);
    }

    private async Task<IReadOnlyList<SeenInspection>> Own(string? me, CancellationToken cancellationToken)
    {
        var (since, today) = (LastMonth(), clock.Today);
        var asked = await db.ObservationTasks
            .Where(o => o.PersonId == me && o.Month >= since && o.TaskId != null && o.State != OfferState.Done && o.State != OfferState.Declined)
            .Select(o => o.TaskId)
            .ToListAsync(cancellationToken);
        return await Seen(db.Tasks.Where(t => asked.Contains(t.Id) && t.ScheduledOn <= today), cancellationToken);
    }

    /// <summary>The enterprise whose name shares most with the words, and the unit where one is said.</summary>
    private async Task<IReadOnlyList<SeenInspection>> Named(string words, CancellationToken cancellationToken)
    {
        var (since, today) = (LastMonth(), clock.Today);
        var recent = await Seen(db.Tasks.Where(t => t.ScheduledOn >= since && t.ScheduledOn <= today && Visited.Contains(t.Stage)), cancellationToken);
        var rated = recent.Select(one => (Inspection: one, Shared: Shared(Bare(one.EnterpriseName), words))).Where(one => one.Shared >= LeastOfName).ToList();
        if (rated.Count == 0)
            return [];
        var most = rated.Max(one => one.Shared);
        var best = rated.FindAll(one => one.Shared == most).ConvertAll(one => one.Inspection);
        var ofUnit = best.FindAll(one => words.Contains(one.Field, StringComparison.Ordinal) || words.Contains(one.UnitName, StringComparison.Ordinal));
        return [.. (ofUnit.Count > 0 ? ofUnit : best).Take(Most)];
    }

    private DateOnly LastMonth() => new DateOnly(clock.Today.Year, clock.Today.Month, 1).AddMonths(-1);

    private async Task<List<SeenInspection>> Seen(IQueryable<InspectionTask> tasks, CancellationToken cancellationToken)
    {
        var found = await (
            from task in tasks
            join unit in db.Units on task.UnitId equals unit.Id
            join enterprise in db.Enterprises on task.EnterpriseId equals enterprise.Id into at
            from enterprise in at.DefaultIfEmpty()
            orderby task.ScheduledOn descending, task.Id
            select new { task.Id, task.ScheduledOn, Unit = unit.Name, unit.Field, Enterprise = enterprise == null ? "" : enterprise.Name }).ToListAsync(cancellationToken);
        return found.ConvertAll(one => new SeenInspection(one.Id, one.ScheduledOn, one.Unit, one.Field.Length > 0 ? one.Field : one.Unit, one.Enterprise));
    }

    /// <summary>Without the words that half of all enterprises have in their names.</summary>
    private string Bare(string name)
    {
        foreach (var word in CommonWords.Append(rules.DistrictName))
            name = name.Replace(word, "", StringComparison.Ordinal);
        return name;
    }

    /// <summary>The longest piece of the name that stands in the words.</summary>
    private static int Shared(string name, string words)
    {
        for (var length = name.Length; length > 0; length--)
        {
            for (var at = 0; at + length <= name.Length; at++)
            {
                if (words.Contains(name.Substring(at, length), StringComparison.Ordinal))
                    return length;
            }
        }

        return 0;
    }
}
