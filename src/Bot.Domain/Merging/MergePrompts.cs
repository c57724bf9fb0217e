using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Merging;

/// <summary>The open prompts of one's unit, those due first at the head (J24); the justice bureau sees all that are overdue or in dispute (J40).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor)]
public sealed record MergePrompts(Actor By) : IQuery<IReadOnlyList<MergeView>>;

/// <summary>One prompt of one's unit, also after it was handled.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor)]
public sealed record MergeDetail(Actor By, string PromptId) : IQuery<MergeView>;

/// <param name="Id">M26-8.</param>
/// <param name="Scope">Inside one unit or of several.</param>
/// <param name="EnterpriseName">Where.</param>
/// <param name="IndustryAndTrade">工贸: the units inspect jointly by the existing cooperation mechanism (J29).</param>
/// <param name="Tasks">The tasks by their days.</param>
/// <param name="On">The day before the units.</param>
/// <param name="HalfDay">上午, 下午 or empty.</param>
/// <param name="LeadName">The lead unit or section.</param>
/// <param name="LeadTaskId">The task that would go on, or goes on.</param>
/// <param name="Sections">Those that may lead, inside one unit.</param>
/// <param name="Due">The last day; null for one that never had a limit here.</param>
/// <param name="Standing">Against the limit.</param>
/// <param name="OverdueBy">Working days over.</param>
/// <param name="Parties">What each unit said.</param>
/// <param name="Mine">What one's own unit said.</param>
/// <param name="State">Open, merged, apart, lapsed.</param>
/// <param name="Because">Why they stay apart, or what was ordered.</param>
/// <param name="ProposedBy">The unit that put forward the day, in short.</param>
/// <param name="Tests">Test reports of this year that are to be used instead of sampling again (W10).</param>
public sealed record MergeView(
    string Id,
    MergeScope Scope,
    string EnterpriseName,
    bool IndustryAndTrade,
    IReadOnlyList<MergeTask> Tasks,
    DateOnly? On,
    string HalfDay,
    string LeadName,
    string? LeadTaskId,
    IReadOnlyList<string> Sections,
    DueDate? Due,
    MergeStanding Standing,
    int OverdueBy,
    IReadOnlyList<MergeSide> Parties,
    MergeAnswer? Mine,
    MergeState State,
    string? Because,
    string? ProposedBy,
    IReadOnlyList<string> Tests) : IReceipt
{
    string IReceipt.Subject => Id;
}

public sealed record MergeTask(string Id, string UnitName, string Section, DateOnly On, string HalfDay, string Type, string Items, string Stage);

public sealed record MergeSide(string UnitId, string UnitName, MergeAnswer Answer, string? Reason);

internal sealed class MergePromptsHandler(ISupervisionDb db, MergeViews views, ChinaClock clock) : IRequestHandler<MergePrompts, IReadOnlyList<MergeView>>
{
    public async Task<IReadOnlyList<MergeView>> Handle(MergePrompts query, CancellationToken cancellationToken)
    {
        var unit = query.By.Role == ActorRole.Supervisor ? null : query.By.UnitId;
        var prompts = await db.MergePrompts.AsNoTracking().Include(prompt => prompt.Parties)
            .Where(prompt => prompt.State == MergeState.Open && (unit == null || prompt.Parties.Any(party => party.UnitId == unit)))
            .ToListAsync(cancellationToken);
        var shown = new List<MergeView>();
        foreach (var prompt in prompts)
            shown.Add(await views.Of(prompt, query.By.UnitId, cancellationToken));
        return [.. shown
            .Where(view => unit is not null || view.Standing == MergeStanding.Overdue || view.Parties.Any(side => side.Answer == MergeAnswer.Declined))
            .OrderBy(view => view.Due?.On ?? clock.Today).ThenBy(view => view.Id, StringComparer.Ordinal)];
    }
}

internal sealed class MergeDetailHandler(MergeRegister register, MergeViews views) : IRequestHandler<MergeDetail, MergeView>
{
    public async Task<MergeView> Handle(MergeDetail query, CancellationToken cancellationToken) =>
        await views.Of(await register.Of(query.By, query.PromptId, cancellationToken), query.By.UnitId, cancellationToken);
}

/// <summary>Prompts as people see them.</summary>
public sealed class MergeViews(ISupervisionDb db, MergeRegister register, CalendarBook calendars, ChinaClock clock)
{
    public async Task<MergeView> Of(MergePrompt prompt, string? unitId, CancellationToken cancellationToken)
    {
        var tasks = await register.TasksOf(prompt, cancellationToken);
        var units = await db.Units.Where(unit => prompt.Parties.Select(party => party.UnitId).Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, cancellationToken);
        var itemIds = tasks.SelectMany(task => task.ItemIds).Distinct(StringComparer.Ordinal).ToList();
        var items = await db.Items.Where(item => itemIds.Contains(item.Id)).ToDictionaryAsync(item => item.Id, item => item.Name, cancellationToken);
        var enterprise = await db.Enterprises.FirstAsync(e => e.Id == prompt.EnterpriseId, cancellationToken);
        var deadline = await register.DeadlineOf(prompt, cancellationToken);
        var standing = MergeStandings.Of(prompt, deadline?.DueOn ?? clock.Today, clock.Today);
        return new MergeView(
            prompt.Id,
            prompt.Scope,
            enterprise.Name,
            enterprise.IndustryAndTrade && prompt.Scope == MergeScope.AcrossUnits,
            [.. tasks.Select(task => Shown(task, items, units.TryGetValue(task.UnitId, out var unit) ? MergeRegister.Short(unit) : task.UnitId))],
            prompt.On,
            prompt.HalfDay,
            await register.LeadName(prompt, tasks, cancellationToken),
            prompt.LeadTaskId,
            prompt.Scope == MergeScope.SameUnit ? [.. tasks.Select(task => task.Section).Where(section => section.Length > 0).Distinct(StringComparer.Ordinal)] : [],
            deadline is null ? null : new DueDate(deadline.DueOn, deadline.Provisional, [], []),
            standing,
            deadline is null ? 0 : Math.Max(0, calendars.Current.WorkingDaysBetween(deadline.DueOn, clock.Today)),
            [.. prompt.Parties.OrderBy(party => party.UnitId, StringComparer.Ordinal).Select(party => new MergeSide(party.UnitId, MergeRegister.Short(units[party.UnitId]), party.Answer, party.Reason))],
            prompt.PartyOf(unitId)?.Answer,
            prompt.State,
            prompt.Because,
            prompt.ProposedByUnitId is { } proposer && units.TryGetValue(proposer, out var by) ? MergeRegister.Short(by) : null,
            await TestReports.Lines(db, prompt.EnterpriseId, [.. items.Values], clock.Today.Year, cancellationToken));
    }

    private static MergeTask Shown(InspectionTask task, Dictionary<string, string> items, string unitName) => new(
        task.Id,
        unitName,
        task.Section,
        task.ScheduledOn,
        task.HalfDay,
        task.Type.Name(),
        string.Join('、', task.ItemIds.Select(id => items.GetValueOrDefault(id, id))),
        task.Stage.Name());
}
