using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Previews;

/// <summary>
/// The coming inspections of one's own enterprise that were previewed. A waived one is not in it, not counted, and nothing here tells that
/// something was left out (J19).
/// </summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record UpcomingInspections(Actor By) : IQuery<IReadOnlyList<PreviewCard>>;

/// <param name="TaskId">The inspection.</param>
/// <param name="UnitId">Who comes.</param>
/// <param name="UnitName">Its name.</param>
/// <param name="JointUnits">Who comes along.</param>
/// <param name="On">The day.</param>
/// <param name="HalfDay">上午 or 下午, or empty.</param>
/// <param name="Type">日常检查 …</param>
/// <param name="Items">What is looked at.</param>
/// <param name="SelfCheck">The standards in plain words with what the enterprise noted for itself (J17).</param>
/// <param name="Inspectors">Who comes, by name.</param>
/// <param name="Contact">Whom to call.</param>
/// <param name="Changed">Sent again after a change.</param>
/// <param name="OtherTimeWished">The wish for another time, once it was sent.</param>
public sealed record PreviewCard(
    string TaskId,
    string UnitId,
    string UnitName,
    IReadOnlyList<string> JointUnits,
    DateOnly On,
    string HalfDay,
    string Type,
    IReadOnlyList<PreviewItem> Items,
    IReadOnlyList<SelfCheckLine> SelfCheck,
    IReadOnlyList<string> Inspectors,
    string Contact,
    bool Changed,
    string? OtherTimeWished)
{
    /// <summary>The times that the unit offers instead, to choose from.</summary>
    public IReadOnlyList<VisitTime> TimesOffered { get; init; } = [];
    public WishState WishState { get; init; }

    /// <summary>Inspections of which the enterprise was told before and that are part of this one now (J28).</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];
}

public sealed record PreviewItem(string Name, string Basis, string Content);

/// <summary>One standard; <paramref name="Done"/> is null while the enterprise has not said anything about it.</summary>
public sealed record SelfCheckLine(string Standard, bool? Done);

internal sealed class UpcomingInspectionsHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<UpcomingInspections, IReadOnlyList<PreviewCard>>
{
    public async Task<IReadOnlyList<PreviewCard>> Handle(UpcomingInspections query, CancellationToken cancellationToken)
    {
        var tasks = await db.Tasks
            .Where(t => t.EnterpriseId == query.By.EnterpriseId && t.PreviewSentOn != null && t.CompletedOn == null && t.PublishedOn == null)
            .OrderBy(t => t.ScheduledOn).ThenBy(t => t.Id)
            .ToListAsync(cancellationToken);
        var cards = new List<PreviewCard>();
        var told = tasks.FindAll(task => !task.IsSurprise);
        var waiting = await LeadsWaiting(told, cancellationToken);
        foreach (var task in told.Where(task => task.Stage.IsAhead() || task.Stage == InspectionStage.UnderWay || (task.Stage == InspectionStage.Merged && waiting.Contains(task.MergedIntoTaskId!))))
        {
            var replaced = task.ApprovedOn is null ? [] : told.Where(other => other.MergedIntoTaskId == task.Id).Select(other => other.Id);
            cards.Add(await Card(task, cancellationToken) with { Replaces = [.. replaced] });
        }

        return [.. cards.Where(card => card.On >= clock.Today).OrderBy(card => card.On).ThenBy(card => card.TaskId, StringComparer.Ordinal)];
    }

    /// <summary>Inspections that took others along and wait for the leader: until the merged preview is out, the earlier ones hold (J26, J28).</summary>
    private async Task<HashSet<string>> LeadsWaiting(List<InspectionTask> told, CancellationToken cancellationToken)
    {
        var leads = told.Where(task => task.Stage == InspectionStage.Merged).Select(task => task.MergedIntoTaskId!).Distinct(StringComparer.Ordinal).ToList();
        return leads.Count == 0
            ? []
            : await db.Tasks.Where(task => leads.Contains(task.Id) && (task.Stage == InspectionStage.Registered || task.Stage == InspectionStage.Submitted)).Select(task => task.Id).ToHashSetAsync(cancellationToken);
    }

    /// <summary>What the enterprise was told last: a change that is not approved yet does not show.</summary>
    private async Task<PreviewCard> Card(InspectionTask task, CancellationToken cancellationToken)
    {
        var preview = await db.Previews.Where(p => p.TaskId == task.Id).OrderByDescending(p => p.Version).FirstOrDefaultAsync(cancellationToken);
        var (itemIds, inspectorIds) = (preview?.ItemIds ?? task.ItemIds, preview?.InspectorIds ?? task.InspectorIds);
        var unit = await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken);
        var joint = task.ApprovedOn is null ? [] : await db.Units.Where(u => task.JointUnitIds.Contains(u.Id)).OrderBy(u => u.Id).Select(u => u.Name).ToListAsync(cancellationToken);
        var items = await db.Items.Where(i => itemIds.Contains(i.Id)).OrderBy(i => i.Id).ToListAsync(cancellationToken);
        var inspectors = await db.People.Where(p => inspectorIds.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var notes = await db.SelfCheckNotes.Where(n => n.TaskId == task.Id && n.EnterpriseId == task.EnterpriseId).ToDictionaryAsync(n => n.Standard, n => n.Done, cancellationToken);
        return new PreviewCard(
            task.Id,
            unit.Id,
            unit.Name,
            joint,
            preview?.ScheduledOn ?? task.ScheduledOn,
            preview?.HalfDay ?? task.HalfDay,
            task.Type.Name(),
            [.. items.Select(item => new PreviewItem(item.Name, item.Basis, item.Content))],
            [.. items.SelectMany(item => item.Standards).Distinct().Select(standard => new SelfCheckLine(standard, notes.TryGetValue(standard, out var done) ? done : null))],
            [.. inspectors.Select(person => person.Name)],
            preview?.Contact ?? PreviewContact.Of(inspectors, unit) ?? $"{unit.Name} {unit.Phone}",
            preview?.Changed ?? false,
            preview?.OtherTimeWished)
        {
            TimesOffered = preview?.WishState == WishState.Offered ? [.. preview.TimesOffered.Select(VisitTime.Parse)] : [],
            WishState = preview?.WishState ?? WishState.None,
        };
    }
}
