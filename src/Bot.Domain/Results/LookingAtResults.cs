using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Results;

/// <summary>The visits of the asking inspector that wait for their result, the oldest first (C16).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record ResultsToEnter(Actor By) : IQuery<IReadOnlyList<ResultToEnter>>;

/// <param name="TaskId">The inspection.</param>
/// <param name="EnterpriseName">Where.</param>
/// <param name="EndedOn">When the visit ended, or began.</param>
/// <param name="DueOn">By when the result is to be entered.</param>
/// <param name="OverdueBy">Working days after that.</param>
/// <param name="Basis">What its items are based on; taken for a problem that names no basis of its own.</param>
/// <param name="Earlier">What was said this year about the same matters there (W31).</param>
public sealed record ResultToEnter(string TaskId, string EnterpriseName, DateOnly EndedOn, DateOnly DueOn, int OverdueBy, string Basis, IReadOnlyList<EarlierOpinion> Earlier)
{
    /// <summary>The time that the unit has given the enterprise and that is not over (W24).</summary>
    public IReadOnlyList<RunningObservation> Observations { get; init; } = [];
}

/// <summary>The results of the asker's unit that wait for publication.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record ResultsToPublish(Actor By) : IQuery<IReadOnlyList<ResultToPublish>>;

/// <param name="TaskId">The inspection.</param>
/// <param name="EnterpriseName">Where.</param>
/// <param name="Result">What was found.</param>
/// <param name="EndedOn">When it ended.</param>
/// <param name="Due">The last day.</param>
/// <param name="Left">Working days until then; negative when it is over.</param>
/// <param name="WithholdingWanted">Why somebody wants to keep it from publication; waits for the leader.</param>
public sealed record ResultToPublish(string TaskId, string EnterpriseName, string Result, DateOnly EndedOn, DueDate Due, int Left, string? WithholdingWanted);

/// <summary>我的检查记录: what is recorded about the asking enterprise, where it comes from and since when (D16, D19). Nobody else's is in it.</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record MyInspectionRecord(Actor By) : IQuery<IReadOnlyList<RecordedInspection>>;

/// <param name="TaskId">The inspection.</param>
/// <param name="UnitName">Who inspected.</param>
/// <param name="On">When.</param>
/// <param name="Type">日常 …</param>
/// <param name="Items">What was looked at.</param>
/// <param name="Result">What was found; null while it is not entered.</param>
/// <param name="RecordedOn">Since when it is recorded.</param>
/// <param name="Source">Who recorded it.</param>
/// <param name="PublishedOn">Since when it is public.</param>
/// <param name="Problems">What was to be corrected.</param>
/// <param name="Advice">What was advised.</param>
public sealed record RecordedInspection(
    string TaskId, string UnitName, DateOnly On, InspectionType Type, IReadOnlyList<string> Items, string? Result, DateOnly? RecordedOn, string Source, DateOnly? PublishedOn,
    IReadOnlyList<RecordedProblem> Problems, IReadOnlyList<string> Advice);

/// <param name="Text">What is wrong.</param>
/// <param name="Basis">Against which provision.</param>
/// <param name="CorrectBy">By when to correct it.</param>
/// <param name="ClosedOn">Since when it is settled.</param>
public sealed record RecordedProblem(string Text, string Basis, DateOnly? CorrectBy, DateOnly? ClosedOn);

/// <summary>A problem of the asker's unit that is not yet settled.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record OpenProblem(Actor By, string ProblemId) : IQuery<ProblemView>;

public sealed record ProblemView(string Id, string EnterpriseName, string Text, string Basis, DateOnly? CorrectBy);

internal sealed class LookingAtResultsHandler(ISupervisionDb db, ResultDesk desk, RulePack rules, CalendarBook calendars, ChinaClock clock) :
    IRequestHandler<ResultsToEnter, IReadOnlyList<ResultToEnter>>,
    IRequestHandler<ResultsToPublish, IReadOnlyList<ResultToPublish>>,
    IRequestHandler<MyInspectionRecord, IReadOnlyList<RecordedInspection>>,
    IRequestHandler<OpenProblem, ProblemView>
{
    private static readonly Rule OfOwnUnit = new("没有找到这个问题，可能已经销号，或者它不由您的单位办理。说“待办”可以看到您的事项。", "D15") { Boundary = true };

    public async Task<IReadOnlyList<ResultToEnter>> Handle(ResultsToEnter query, CancellationToken cancellationToken)
    {
        var tasks = await db.Tasks
            .Where(t => (t.Stage == InspectionStage.UnderWay || t.Stage == InspectionStage.Finished) && t.UnitId == query.By.UnitId && !db.Results.Any(r => r.TaskId == t.Id))
            .OrderBy(t => t.ScheduledOn).ThenBy(t => t.Id)
            .ToListAsync(cancellationToken);
        var found = new List<ResultToEnter>();
        foreach (var task in tasks.Where(t => t.InspectorIds.Contains(query.By.PersonId!)))
        {
            var ended = task.CompletedOn ?? (task.ScannedInAt is { } at ? ChinaClock.ToChinaDate(at) : task.ScheduledOn);
            var due = calendars.Current.Due(ended, rules.ResultEntry.Period).On;
            var basis = await db.Items.Where(i => task.ItemIds.Contains(i.Id)).OrderBy(i => i.Id).Select(i => i.Basis).ToListAsync(cancellationToken);
            found.Add(new ResultToEnter(task.Id, await NameOf(task, cancellationToken), ended, due, Over(due), string.Join('、', basis.Distinct()), await desk.EarlierOpinions(task, cancellationToken))
            {
                Observations = await desk.Running(task, cancellationToken),
            });
        }

        return found;
    }

    public async Task<IReadOnlyList<ResultToPublish>> Handle(ResultsToPublish query, CancellationToken cancellationToken)
    {
        var tasks = await db.Tasks
            .Where(t => t.Stage == InspectionStage.Reported && t.UnitId == query.By.UnitId && t.NotPublishedBecause == null && t.CompletedOn != null)
            .OrderBy(t => t.CompletedOn).ThenBy(t => t.Id)
            .ToListAsync(cancellationToken);
        var found = new List<ResultToPublish>();
        foreach (var task in tasks.Where(t => query.By.Role != ActorRole.Inspector || t.InspectorIds.Contains(query.By.PersonId!)))
        {
            var due = calendars.Current.Due(task.CompletedOn!.Value, rules.Publication.Period);
            found.Add(new ResultToPublish(task.Id, await NameOf(task, cancellationToken), task.Result!, task.CompletedOn.Value, due, calendars.Current.WorkingDaysBetween(clock.Today, due.On), task.WithholdingWanted));
        }

        return found;
    }

    public async Task<IReadOnlyList<RecordedInspection>> Handle(MyInspectionRecord query, CancellationToken cancellationToken)
    {
        if (query.By.EnterpriseId is not { } own)
            return [];
        var tasks = await db.Tasks
            .Where(t => t.EnterpriseId == own && (t.Stage == InspectionStage.UnderWay || t.Stage == InspectionStage.Finished || t.Stage == InspectionStage.Reported || t.Stage == InspectionStage.Published))
            .OrderByDescending(t => t.ScheduledOn).ThenByDescending(t => t.Id)
            .ToListAsync(cancellationToken);
        var ids = tasks.ConvertAll(t => t.Id);
        var problems = await db.Problems.Where(p => ids.Contains(p.TaskId)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var results = await db.Results.Where(r => ids.Contains(r.TaskId) && !r.AwaitsLeader).ToDictionaryAsync(r => r.TaskId, cancellationToken);
        var units = await db.Units.ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        var itemIds = tasks.SelectMany(t => t.ItemIds).Distinct().ToList();
        var items = await db.Items.Where(i => itemIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Name, cancellationToken);
        return
        [
            .. tasks.Select(task => new RecordedInspection(
                task.Id,
                units[task.UnitId],
                task.CompletedOn ?? task.ScheduledOn,
                task.Type,
                [.. task.ItemIds.Where(items.ContainsKey).Select(id => items[id])],
                task.Result,
                task.ResultEnteredOn,
                results.ContainsKey(task.Id) ? $"{units[task.UnitId]}在本平台回填" : $"{units[task.UnitId]}，由监管平台转入",
                task.PublishedOn,
                task.ResultEnteredOn is null ? [] : [.. problems.Where(p => p.TaskId == task.Id).Select(p => new RecordedProblem(p.Text, p.Basis, p.CorrectBy, p.ClosedOn))],
                results.TryGetValue(task.Id, out var result) ? result.Advice : [])),
        ];
    }

    public async Task<ProblemView> Handle(OpenProblem query, CancellationToken cancellationToken)
    {
        var problem = await db.Problems.FirstOrDefaultAsync(p => p.Id == query.ProblemId && p.ClosedOn == null, cancellationToken);
        OfOwnUnit.Require(problem is not null && problem.UnitId == query.By.UnitId);
        var enterprise = await db.Enterprises.Where(e => e.Id == problem!.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);
        return new ProblemView(problem!.Id, enterprise, problem.Text, problem.Basis, problem.CorrectBy);
    }

    private Task<string> NameOf(InspectionTask task, CancellationToken cancellationToken) =>
        db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);

    private int Over(DateOnly due) => clock.Today > due ? calendars.Current.WorkingDaysBetween(due, clock.Today) : 0;
}
