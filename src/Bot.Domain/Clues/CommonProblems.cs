using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Clues;

/// <summary>普遍问题: the same kind of problem in several units within a quarter (S31). A guiding opinion may follow within the pack's time (S41).</summary>
public sealed class CommonProblem
{
    private const int LongestExample = 500;

    private static readonly Rule RemindedOnce = new("这个普遍问题已经提醒过一次，不再重复发送。", "S31");
    private static readonly Rule WithExample = new("请写一个不带单位和企业名称的例子（最多500字）。", "S31");

    private CommonProblem()
    {
    }

    internal CommonProblem(string id, ClueKind kind, string quarter, IEnumerable<string> unitIds, DateOnly foundOn)
    {
        (Id, Kind, Quarter, FoundOn) = (id, kind, quarter, foundOn);
        UnitIds = [.. unitIds];
    }

    /// <summary>P26Q4-1</summary>
    public string Id { get; private set; } = "";
    public ClueKind Kind { get; private set; }
    public string Quarter { get; private set; } = "";
    public List<string> UnitIds { get; private set; } = [];
    public DateOnly FoundOn { get; private set; }
    public DateOnly? RemindedOn { get; private set; }
    public string? Example { get; private set; }

    internal void Spread(IEnumerable<string> unitIds) => UnitIds = [.. UnitIds.Union(unitIds).Order(StringComparer.Ordinal)];

    internal void Remind(string example, DateOnly on)
    {
        RemindedOnce.Require(RemindedOn is null);
        WithExample.Require(example.Trim().Length is > 0 and <= LongestExample);
        (RemindedOn, Example) = (on, example.Trim());
    }
}

/// <summary>Part of the daily round: finds what has become common this quarter and tells the justice bureau once (S31). Safe to repeat.</summary>
[Allowed]
public sealed record LookForCommonProblems(Actor By) : ICommand<CommonProblemsFound>, IRecordsItself;

/// <param name="Count">How many are new.</param>
public sealed record CommonProblemsFound(int Count) : IReceipt
{
    string IReceipt.Subject => "";
}

/// <summary>The common problems of this quarter and the one before.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record CommonProblemList(Actor By) : IQuery<IReadOnlyList<CommonProblemView>>;

/// <param name="Id">P26Q4-1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Units">Names of the units.</param>
/// <param name="OpinionBy">The last day for a guiding opinion (S41).</param>
/// <param name="RemindedOn">When all units were reminded.</param>
public sealed record CommonProblemView(string Id, ClueKind Kind, IReadOnlyList<string> Units, DueDate OpinionBy, DateOnly? RemindedOn);

/// <summary>普遍提醒: one reminder to every unit, with an example that names nobody (S31).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record RemindAllUnits(Actor By, string CommonProblemId, [property: AtMost(500)] string Example) : ICommand<AllUnitsReminded>;

public sealed record AllUnitsReminded(string CommonProblemId, int Units) : IReceipt
{
    string IReceipt.Subject => CommonProblemId;
}

internal sealed class CommonProblemsHandler(ISupervisionDb db, RulePack rules, CalendarBook calendars, NoticeBoard notices, ChinaClock clock, AuditTrail trail) :
    IRequestHandler<LookForCommonProblems, CommonProblemsFound>,
    IRequestHandler<CommonProblemList, IReadOnlyList<CommonProblemView>>,
    IRequestHandler<RemindAllUnits, AllUnitsReminded>
{
    private static readonly Rule Found = new("没有找到这个普遍问题，请核对编号。说“普遍问题”可以看到本季度的。", "S31") { Boundary = true };
    private static readonly Rule WithoutNames = new("例子里写了单位或企业的名称，请改成不带名称的说法。", "S31");

    /// <summary>What one body hands over, or looks into unit by unit, is never common.</summary>
    private static readonly ClueKind[] OfOneUnit = [ClueKind.FromReconsideration, ClueKind.FromSpotCheck, ClueKind.ComplaintTrend, ClueKind.TooFrequent];

    public async Task<CommonProblemsFound> Handle(LookForCommonProblems command, CancellationToken cancellationToken)
    {
        var quarter = Quarter.Of(clock.Today);
        var pairs = await db.ClueEvidence.AsNoTracking().Where(e => e.On >= quarter.From && e.On <= quarter.To && !OfOneUnit.Contains(e.Kind)).Select(e => new { e.Kind, e.UnitId }).Distinct().ToListAsync(cancellationToken);
        var name = quarter.Id;
        var known = await db.CommonProblems.Where(p => p.Quarter == name).ToDictionaryAsync(p => p.Kind, cancellationToken);
        var fresh = 0;
        foreach (var common in pairs.GroupBy(pair => pair.Kind, pair => pair.UnitId).Where(units => units.Count() >= rules.WidespreadProblemUnits.Value).OrderBy(units => units.Key))
        {
            if (known.TryGetValue(common.Key, out var earlier))
            {
                earlier.Spread(common);
                continue;
            }

            fresh++;
            var id = string.Create(CultureInfo.InvariantCulture, $"P{quarter.Year % 100:00}Q{quarter.Number}-{known.Count + fresh}");
            var problem = new CommonProblem(id, common.Key, name, common.Order(StringComparer.Ordinal), clock.Today);
            db.CommonProblems.Add(problem);
            trail.Add(command.By.PersonId!, nameof(LookForCommonProblems), id, common.Key.ToString());
            await Tell(problem, quarter, cancellationToken);
        }

        return new CommonProblemsFound(fresh);
    }

    public async Task<IReadOnlyList<CommonProblemView>> Handle(CommonProblemList query, CancellationToken cancellationToken)
    {
        var now = Quarter.Of(clock.Today);
        var quarters = new[] { now.Id, Quarter.Of(now.From.AddDays(-1)).Id };
        var problems = await db.CommonProblems.AsNoTracking().Where(p => quarters.Contains(p.Quarter)).OrderByDescending(p => p.FoundOn).ThenBy(p => p.Id).ToListAsync(cancellationToken);
        var names = await db.Units.AsNoTracking().ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return problems.ConvertAll(problem => new CommonProblemView(
            problem.Id, problem.Kind, [.. problem.UnitIds.Select(unit => names.GetValueOrDefault(unit, unit))], OpinionBy(problem), problem.RemindedOn));
    }

    public async Task<AllUnitsReminded> Handle(RemindAllUnits command, CancellationToken cancellationToken)
    {
        var id = command.CommonProblemId.Trim().ToUpperInvariant();
        var problem = await db.CommonProblems.FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        Found.Require(problem is not null);
        var units = (await db.Units.AsNoTracking().OrderBy(u => u.Id).ToListAsync(cancellationToken)).Where(unit => unit.IsOfThisDistrict).ToList();
        WithoutNames.Require(!units.Exists(unit => command.Example.Contains(unit.Name, StringComparison.Ordinal))
            && !await db.Enterprises.AnyAsync(e => command.Example.Contains(e.Name), cancellationToken));
        problem!.Remind(command.Example, clock.Today);
        var fields = new Dictionary<string, string>
        {
            ["justice"] = rules.SupervisionOffice.Name,
            ["problem"] = problem.Kind.InChinese(),
            ["clause"] = ClueClauses.Of(problem.Kind, rules),
            ["example"] = problem.Example!.TrimEnd('。'),
        };
        foreach (var unit in units)
        {
            foreach (var person in await db.OfficialsOf(unit.Id, ActorRole.UnitLiaison, cancellationToken))
                await notices.Owe(person, "N104", $"N104:{problem.Id}:{person}", problem.Id, fields, cancellationToken, digest: true);
        }

        return new AllUnitsReminded(problem.Id, units.Count);
    }

    private async Task Tell(CommonProblem problem, Quarter quarter, CancellationToken cancellationToken)
    {
        var names = await db.Units.Where(u => problem.UnitIds.Contains(u.Id)).OrderBy(u => u.Id).Select(u => u.Name).ToListAsync(cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["quarter"] = quarter.Name,
            ["problem"] = problem.Kind.InChinese(),
            ["count"] = names.Count.ToString(CultureInfo.InvariantCulture),
            ["units"] = string.Join('、', names),
            ["id"] = problem.Id,
            ["due"] = ChineseDates.Due(OpinionBy(problem)),
        };
        foreach (var supervisor in await db.Supervisors(cancellationToken))
            await notices.Owe(supervisor, "N103", $"N103:{problem.Id}:{supervisor}", problem.Id, fields, cancellationToken, digest: true, actions: [$"普遍提醒 {problem.Id}", "普遍问题"]);
    }

    private DueDate OpinionBy(CommonProblem problem) => calendars.Current.Due(problem.FoundOn, rules.GuidingOpinion.Period);
}
