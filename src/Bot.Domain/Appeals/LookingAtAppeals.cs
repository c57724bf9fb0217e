using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Appeals;

/// <summary>The appeals of the own enterprise, newest first (C8).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record MyAppeals(Actor By) : IQuery<IReadOnlyList<AppealView>>;

/// <summary>The results of the own enterprise that may be appealed, newest first.</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record ResultsToAppeal(Actor By) : IQuery<IReadOnlyList<AppealableResult>>;

/// <param name="TaskId">The inspection.</param>
/// <param name="UnitName">Who inspected.</param>
/// <param name="On">When.</param>
/// <param name="Result">What was found.</param>
/// <param name="Problems">What was to be corrected, each with its basis.</param>
public sealed record AppealableResult(string TaskId, string UnitName, DateOnly On, string Result, IReadOnlyList<string> Problems);

/// <summary>The open appeals that wait for the basis of the asker's unit (W38).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record AppealsAgainstUs(Actor By) : IQuery<IReadOnlyList<AppealView>>;

/// <summary>申诉台账: all open appeals, most urgent first.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record OpenAppeals(Actor By) : IQuery<IReadOnlyList<AppealView>>;

/// <summary>One appeal, for the unit it concerns and for the justice bureau. Which person of the enterprise appealed is told to the bureau alone.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor)]
public sealed record ReadAppeal(Actor By, string AppealId) : IQuery<AppealView>;

/// <param name="AppealId">Short id, A26-3.</param>
/// <param name="Number">云监诉〔2026〕3号</param>
/// <param name="TaskId">Which inspection.</param>
/// <param name="InspectedOn">When it was.</param>
/// <param name="UnitName">Who inspected.</param>
/// <param name="EnterpriseName">Where.</param>
/// <param name="Result">The result objected to.</param>
/// <param name="Text">What is said against it.</param>
/// <param name="EvidenceCount">How many photos or files came with it.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="FiledOn">Since when.</param>
/// <param name="BasisDue">By when the unit gives its basis.</param>
/// <param name="ReplyDue">By when it is answered.</param>
/// <param name="Basis">What the unit gave.</param>
/// <param name="Explanation">What the unit says.</param>
/// <param name="Answer">The bureau's answer.</param>
/// <param name="AppellantName">Who appealed; for the bureau alone.</param>
/// <param name="AppellantPhone">How to reach them; for the bureau alone.</param>
public sealed record AppealView(
    string AppealId, string Number, string TaskId, DateOnly InspectedOn, string UnitName, string EnterpriseName, string Result, string Text, int EvidenceCount,
    AppealStage Stage, DateOnly FiledOn, DateOnly BasisDue, DateOnly ReplyDue, string? Basis, string? Explanation, string? Answer, string? AppellantName, string? AppellantPhone)
{
    /// <summary>The photos and files of the enterprise, for the unit and the bureau that handle it.</summary>
    public IReadOnlyList<string> FileIds { get; init; } = [];

    /// <summary>Those that the unit gave with its basis.</summary>
    public IReadOnlyList<string> BasisFileIds { get; init; } = [];

    public bool IsOpen => Stage is AppealStage.Received or AppealStage.Explained;
}

internal sealed class LookingAtAppealsHandler(ISupervisionDb db, AppealDesk desk) :
    IRequestHandler<MyAppeals, IReadOnlyList<AppealView>>,
    IRequestHandler<ResultsToAppeal, IReadOnlyList<AppealableResult>>,
    IRequestHandler<AppealsAgainstUs, IReadOnlyList<AppealView>>,
    IRequestHandler<OpenAppeals, IReadOnlyList<AppealView>>,
    IRequestHandler<ReadAppeal, AppealView>
{
    private const int RecentResults = 20;

    public Task<IReadOnlyList<AppealView>> Handle(MyAppeals query, CancellationToken cancellationToken)
    {
        var enterprise = query.By.EnterpriseId;
        return Views(db.Appeals.Where(a => enterprise != null && a.EnterpriseId == enterprise).OrderByDescending(a => a.FiledAt), query.By, cancellationToken);
    }

    public async Task<IReadOnlyList<AppealableResult>> Handle(ResultsToAppeal query, CancellationToken cancellationToken)
    {
        var enterprise = query.By.EnterpriseId;
        var tasks = await db.Tasks
            .Where(t => enterprise != null && t.EnterpriseId == enterprise && t.Result != null)
            .OrderByDescending(t => t.CompletedOn ?? t.ScheduledOn).ThenByDescending(t => t.Id)
            .Take(RecentResults)
            .ToListAsync(cancellationToken);
        var ids = tasks.ConvertAll(t => t.Id);
        var units = await db.Units.ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        var problems = await db.Problems.Where(p => ids.Contains(p.TaskId)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        return
        [
            .. tasks.Select(t => new AppealableResult(
                t.Id,
                units[t.UnitId],
                t.CompletedOn ?? t.ScheduledOn,
                t.Result!,
                [.. problems.Where(p => p.TaskId == t.Id).Select(p => $"{p.Text}（依据：{p.Basis}）")])),
        ];
    }

    public Task<IReadOnlyList<AppealView>> Handle(AppealsAgainstUs query, CancellationToken cancellationToken)
    {
        var unit = query.By.UnitId;
        return Views(db.Appeals.Where(a => unit != null && a.UnitId == unit && a.Stage == AppealStage.Received).OrderBy(a => a.FiledAt), query.By, cancellationToken);
    }

    public Task<IReadOnlyList<AppealView>> Handle(OpenAppeals query, CancellationToken cancellationToken) =>
        Views(db.Appeals.Where(a => a.Stage == AppealStage.Received || a.Stage == AppealStage.Explained).OrderBy(a => a.FiledAt), query.By, cancellationToken);

    public async Task<AppealView> Handle(ReadAppeal query, CancellationToken cancellationToken)
    {
        var appeal = query.By.Role == ActorRole.Supervisor
            ? await desk.ForHandling(query.AppealId, cancellationToken)
            : await desk.OfUnit(query.By, query.AppealId, cancellationToken);
        return await View(appeal, query.By, cancellationToken);
    }

    private async Task<IReadOnlyList<AppealView>> Views(IQueryable<Appeal> appeals, Actor by, CancellationToken cancellationToken)
    {
        var views = new List<AppealView>();
        foreach (var appeal in await appeals.ToListAsync(cancellationToken))
            views.Add(await View(appeal, by, cancellationToken));
        return views;
    }

    private async Task<AppealView> View(Appeal appeal, Actor by, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstAsync(t => t.Id == appeal.TaskId, cancellationToken);
        var appellant = by.Role == ActorRole.Supervisor ? await db.People.FirstOrDefaultAsync(p => p.Id == appeal.PersonId, cancellationToken) : null;
        return new AppealView(
            appeal.Id,
            appeal.Number,
            appeal.TaskId,
            task.CompletedOn ?? task.ScheduledOn,
            await db.Units.Where(u => u.Id == appeal.UnitId).Select(u => u.Name).FirstAsync(cancellationToken),
            await db.Enterprises.Where(e => e.Id == appeal.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken),
            task.Result ?? "",
            appeal.Text,
            appeal.EvidenceIds.Count,
            appeal.Stage,
            ChinaClock.ToChinaDate(appeal.FiledAt),
            await desk.BasisDue(appeal, cancellationToken),
            await desk.ReplyDue(appeal, cancellationToken),
            appeal.Basis,
            appeal.Explanation,
            appeal.Outcome is { } outcome ? $"{outcome.Name()}。查明：{appeal.Finding}；理由：{appeal.Reason}" : null,
            appellant?.Name,
            appellant?.Phone)
        {
            FileIds = appeal.EvidenceIds,
            BasisFileIds = appeal.BasisFileIds,
        };
    }
}
