using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Ratings;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Results;

/// <summary>What an earlier inspector said about the same matter of the same enterprise (首查负责制, W31).</summary>
/// <param name="TaskId">The earlier inspection; of another unit it may be too.</param>
/// <param name="UnitName">Who said so.</param>
/// <param name="On">When.</param>
/// <param name="Result">What was said.</param>
/// <param name="FoundNothing">It found no problem.</param>
public sealed record EarlierOpinion(string TaskId, string UnitName, DateOnly On, string Result, bool FoundNothing)
{
    public string InWords => $"{ChineseDates.Short(On)}{UnitName}（{TaskId}）：{Result}";
}

/// <summary>An observation period that runs (W24).</summary>
public sealed record RunningObservation(string Id, string Matter, DateOnly Until)
{
    public string InWords => $"{Id}“{Matter}”到{ChineseDates.WithWeekday(Until)}止";
}

/// <summary>What happens to a result wherever it comes from: the time limits, the notices, who may touch it.</summary>
internal sealed class ResultDesk(ISupervisionDb db, TaskDeadlines deadlines, DeadlineBook book, NoticeBoard notices, RatingInvitations ratings, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    private static readonly Rule OnTheTeam = new("没有找到这个检查任务，或者您不在它的检查人员里。说“回填结果”可以看到等您填的任务。", "D15") { Boundary = true };
    private static readonly Rule OfOwnUnit = new("没有找到这个检查任务，或者它不由您的单位办理。", "D15") { Boundary = true };

    public async Task<InspectionTask> OfTeam(Actor by, string taskId, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == taskId, cancellationToken);
        OnTheTeam.Require(task is not null && task.InspectorIds.Contains(by.PersonId ?? ""));
        return task!;
    }

    public async Task<InspectionTask> OfUnit(Actor by, string taskId, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == taskId, cancellationToken);
        OfOwnUnit.Require(task is not null && by.UnitId is not null && task.UnitId == by.UnitId);
        return task!;
    }

    public Task<List<string>> LeadersOf(string unitId, CancellationToken cancellationToken) =>
        db.OfficialsOf(unitId, ActorRole.UnitLeader, cancellationToken);

    /// <summary>The visit is over on a day; the time for its result counts from there (J37).</summary>
    public async Task End(InspectionTask task, DateOnly on, CancellationToken cancellationToken)
    {
        if (task.Stage == InspectionStage.UnderWay)
            task.Finish(on);
        await deadlines.OpenResult(task, on, cancellationToken);
    }

    /// <summary>The result counts: it is reported, told, followed up and due for publication.</summary>
    public async Task<ResultReceipt> Settle(InspectionTask task, InspectionResult result, List<FoundProblem> problems, Actor by, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        task.Report(result.Kind == ResultKind.Other ? $"其他：{result.Text}" : result.Kind.Name(), today);
        result.CountAs(task);
        var (onTime, overdueBy) = await Timeliness(task.Id, cancellationToken);
        await deadlines.MeetResult(task.Id, cancellationToken);
        var publication = await deadlines.OpenPublication(task, cancellationToken);
        foreach (var problem in problems)
        {
            if (problem.CorrectBy is { } day)
                deadlines.OpenProblem(problem, day, today, task.InspectorIds);
            else
                problem.Close(by.PersonId!, "当场改正", today);
        }

        DateOnly? adviceBy = null;
        if (problems.Count > 0 && result.AdvisedAt is null)
            adviceBy = deadlines.OpenAdvice(task).On;
        await TellEnterprise(task, result, problems, cancellationToken);
        await ratings.Invite(task, cancellationToken);
        return new ResultReceipt(task.Id, onTime, overdueBy, WaitsForLeader: false, publication, adviceBy);
    }

    public async Task<(bool OnTime, int OverdueBy)> Timeliness(string taskId, CancellationToken cancellationToken)
    {
        var deadline = await book.Find(TaskDeadlines.Result, taskId, cancellationToken);
        var late = deadline is not null && clock.Today > deadline.DueOn;
        return (!late, late ? calendars.Current.WorkingDaysBetween(deadline!.DueOn, clock.Today) : 0);
    }

    /// <summary>The latest opinion of this year on each matter that this inspection looks at too, given by whichever unit.</summary>
    public async Task<IReadOnlyList<EarlierOpinion>> EarlierOpinions(InspectionTask task, CancellationToken cancellationToken)
    {
        var yearBegan = new DateOnly(clock.Today.Year, 1, 1);
        var before = await db.Tasks
            .Where(t => t.EnterpriseId == task.EnterpriseId && t.Id != task.Id && t.Result != null && t.CompletedOn >= yearBegan)
            .OrderByDescending(t => t.CompletedOn).ThenByDescending(t => t.Id)
            .ToListAsync(cancellationToken);
        var latest = task.ItemIds.Select(item => before.Find(t => t.ItemIds.Contains(item))).OfType<InspectionTask>().Distinct().ToList();
        var unitIds = latest.ConvertAll(t => t.UnitId);
        var units = await db.Units.Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return [.. latest.Select(t => new EarlierOpinion(t.Id, units[t.UnitId], t.CompletedOn!.Value, t.Result!, t.Result == ResultKind.NothingFound.Name()))];
    }

    /// <summary>The observation periods that the unit has given this enterprise and that run today (W24).</summary>
    public async Task<IReadOnlyList<RunningObservation>> Running(InspectionTask task, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var running = await db.ObservationPeriods
            .Where(p => p.EnterpriseId == task.EnterpriseId && p.UnitId == task.UnitId && p.ClosedOn == null && p.Until >= today)
            .OrderBy(p => p.Until).ThenBy(p => p.Id)
            .ToListAsync(cancellationToken);
        return [.. running.Select(p => new RunningObservation(p.Id, p.Matter, p.Until))];
    }

    public async Task TellAdvice(InspectionTask task, InspectionResult result, CancellationToken cancellationToken)
    {
        var unit = await db.Units.Where(u => u.Id == task.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["unit"] = unit,
            ["date"] = ChineseDates.Short(task.CompletedOn!.Value),
            ["count"] = FormattableString.Invariant($"{result.Advice.Count}"),
            ["advice"] = Lines(result.Advice),
        };
        foreach (var contact in await db.ContactsOf(task.EnterpriseId, cancellationToken))
            await notices.Owe(contact, "N63", $"N63:{task.Id}:{contact}", task.Id, fields, cancellationToken, actions: ["申请行政指导", "我的检查记录"]);
    }

    /// <summary>N61: the result, its basis, and every way to object (W38). No legal judgement.</summary>
    private async Task TellEnterprise(InspectionTask task, InspectionResult result, List<FoundProblem> problems, CancellationToken cancellationToken)
    {
        var unit = await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken);
        var basis = await db.Items.Where(i => task.ItemIds.Contains(i.Id)).OrderBy(i => i.Id).Select(i => i.Basis).ToListAsync(cancellationToken);
        var found = problems.Select(problem => $"{problem.Text}（依据：{problem.Basis}{(problem.CorrectBy is { } day ? $"；{ChineseDates.WithWeekday(day)}前改正" : "；已当场改正")}{Treated(problem)}）").ToList();
        var fields = new Dictionary<string, string>
        {
            ["unit"] = unit.Name,
            ["date"] = ChineseDates.Short(task.CompletedOn!.Value),
            ["task"] = task.Id,
            ["result"] = task.Result!,
            ["problems"] = found.Count > 0 ? $"\n{Lines(found)}" : "",
            ["basis"] = string.Join('、', basis.Distinct()),
            ["phone"] = unit.Phone,
            ["justice"] = rules.SupervisionOffice.Name,
        };
        foreach (var contact in await db.ContactsOf(task.EnterpriseId, cancellationToken))
            await notices.Owe(contact, "N61", $"N61:{task.Id}:{contact}", task.Id, fields, cancellationToken, actions: ["我的检查记录", "申诉结果", "投诉检查行为", "申请行政指导"]);
        if (result.AdvisedAt is not null)
            await TellAdvice(task, result, cancellationToken);
    }

    private static string Treated(FoundProblem problem) => problem.Leniency is { } leniency ? $"；{leniency.Name()}，依据：{problem.LeniencyBasis}" : "";

    private static string Lines(IReadOnlyList<string> lines) => string.Join('\n', lines.Select((line, i) => FormattableString.Invariant($"{i + 1}. {line}")));
}
