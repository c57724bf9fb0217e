using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Drawing;

/// <summary>What a draw would come to, before anybody says yes: how many, how often, who is at the cap (D11, D12).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record OutlookOfDraw(Actor By, string Objects, decimal Ratio) : IQuery<DrawOutlook>;

/// <param name="ListSize">Enterprises of the list.</param>
/// <param name="Drawn">How many would be drawn.</param>
/// <param name="ExpectedVisits">The unit's visits of the year for each of them, on average, the draw included.</param>
/// <param name="AtCap">Names of those that one more visit would take over the cap.</param>
/// <param name="Raised">How many lie heavier than average.</param>
/// <param name="Lowered">How many lie lighter.</param>
/// <param name="Examples">Some of them with the reason.</param>
public sealed record DrawOutlook(int ListSize, int Drawn, decimal ExpectedVisits, IReadOnlyList<string> AtCap, int Raised, int Lowered, IReadOnlyList<string> Examples);

/// <summary>Draws objects and inspectors (双随机): reproducible from the published seed and list (D10).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record MakeDraw(Actor By, DrawWish Wish) : ICommand<DrawReceipt>;

/// <param name="DrawId">D26-1.</param>
/// <param name="Number">云抽〔2026〕1号.</param>
/// <param name="Drawn">Who was drawn, in order, with the people who go there.</param>
/// <param name="ListSize">From so many.</param>
/// <param name="Seed">As published.</param>
/// <param name="ObjectsHash">SHA-256 of the list.</param>
/// <param name="InspectorsHash">SHA-256 of the roster.</param>
/// <param name="Redraws">Who stepped back, and why.</param>
public sealed record DrawReceipt(string DrawId, string Number, IReadOnlyList<DrawnLine> Drawn, int ListSize, string Seed, string ObjectsHash, string InspectorsHash, IReadOnlyList<string> Redraws) : IReceipt
{
    string IReceipt.Subject => DrawId;
}

public sealed record DrawnLine(string EnterpriseId, string Enterprise, string Inspectors, string WeightReason);

/// <summary>An inspector says where he must not go (回避), before anything is drawn.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record DeclareConflict(Actor By, string EnterpriseId, string Reason) : ICommand<ConflictDeclared>;

public sealed record ConflictDeclared(string EnterpriseId, string Enterprise) : IReceipt
{
    string IReceipt.Subject => EnterpriseId;
}

internal sealed class MakeDrawHandler(ISupervisionDb db, DrawRegister register, NoticeBoard notices, RulePack rules, ChinaClock clock) :
    IRequestHandler<OutlookOfDraw, DrawOutlook>,
    IRequestHandler<MakeDraw, DrawReceipt>,
    IRequestHandler<DeclareConflict, ConflictDeclared>
{
    private const int ShortestSeed = 6;
    private const int LongestSeed = 100;
    private const int LongestReason = 300;
    private const int Examples = 3;
    private const int Average = 100;

    private static readonly Rule SoundRatio = new("抽查比例应大于0、不超过100%。", "D11");
    private static readonly Rule SoundSeed = new("公开种子请用6到100个字，例如当天公布的福利彩票开奖号码。", "D10");
    private static readonly Rule DailyOrSpecial = new("双随机抽取只用于日常检查和专项检查。", "D21");
    private static readonly Rule OnceADay = new("同一批对象今天已经抽取过，不能重抽，请按抽取结果登记任务。", "D10");
    private static readonly Rule OwnPlan = new("没有找到这个计划，或者它不是您单位的。", "D15") { Boundary = true };
    private static readonly Rule UnderTheCap = new("有企业再检查一次就超过年度上限，请选择不抽这些企业，或写明仍要抽取的理由。", "D11");
    private static readonly Rule EnoughPeople = new("名录库里持有效执法证、不用回避的人员不够，抽不出检查人员，请先更新名录库。", "D10");
    private static readonly Rule KnownEnterprise = new("没有找到这家企业，请核对编号。", "D09");
    private static readonly Rule WithReason = new("请写明要回避的原因，300字以内。", "D10");
    private static readonly Rule DeclaredOnce = new("这家企业的回避已经登记过。", "D10");

    public async Task<DrawOutlook> Handle(OutlookOfDraw query, CancellationToken cancellationToken)
    {
        SoundRatio.Require(query.Ratio is > 0 and <= 100);
        var candidates = await register.Candidates(query.By.UnitId!, query.Objects, cancellationToken);
        var drawn = WeightedDraw.CountOf(candidates.Count, query.Ratio);
        var striking = candidates.Where(c => c.Weight.Weight != Average).OrderByDescending(c => Math.Abs(c.Weight.Weight - Average)).ThenBy(c => c.Enterprise.Id, StringComparer.Ordinal);
        return new DrawOutlook(
            candidates.Count,
            drawn,
            Math.Round((candidates.Sum(c => c.Visits) + drawn) / (decimal)candidates.Count, 2, MidpointRounding.AwayFromZero),
            [.. candidates.Where(c => c.AtCap).Select(c => c.Enterprise.Name)],
            candidates.Count(c => c.Weight.Weight > Average),
            candidates.Count(c => c.Weight.Weight < Average),
            [.. striking.Take(Examples).Select(c => $"{c.Enterprise.Name}权重{c.Weight.Weight}%（{c.Weight.Why}）")]);
    }

    public async Task<DrawReceipt> Handle(MakeDraw command, CancellationToken cancellationToken)
    {
        var wish = command.Wish with { Objects = command.Wish.Objects.Trim(), Seed = command.Wish.Seed.Trim() };
        await Check(command.By, wish, cancellationToken);
        var candidates = await register.Candidates(command.By.UnitId!, wish.Objects, cancellationToken);
        var capped = candidates.Count(c => c.AtCap);
        UnderTheCap.Require(capped == 0 || wish.LeaveOutCapped || !string.IsNullOrWhiteSpace(wish.OverCapReason), $"有{capped}家企业再检查一次就超过年度上限，请选择不抽这些企业，或写明仍要抽取的理由。");
        if (wish.LeaveOutCapped)
            candidates = [.. candidates.Where(c => !c.AtCap)];
        UnderTheCap.Require(candidates.Count > 0, "这些企业本年度都已到检查次数上限，没有可以抽取的对象。");

        var list = WeightedDraw.InOrder(candidates.Select(c => new DrawEntry(c.Enterprise.Id, c.Weight.Weight)));
        var roster = await Roster(command.By.UnitId!, cancellationToken);
        var rosterList = WeightedDraw.InOrder(roster.Keys.Select(id => new DrawEntry(id, 1)));
        var number = await Numbers.Take(db, rules.Series("draw"), "D", clock.Today.Year, 0, cancellationToken);
        var draw = new Draw(number.Id, number.Printed, command.By.UnitId!, wish, command.By.PersonId!, clock.Today, clock.UtcNow);
        db.Draws.Add(draw);

        var byId = candidates.ToDictionary(c => c.Enterprise.Id);
        var conflicts = await Conflicts(roster.Keys, cancellationToken);
        var (lines, redraws) = (new List<DrawnLine>(), new List<string>());
        foreach (var place in WeightedDraw.Pick(wish.Seed, list, WeightedDraw.CountOf(list.Length, wish.Ratio)))
        {
            var candidate = byId[list[place].Id];
            var team = TeamDraw.Of(wish.Seed, candidate.Enterprise.Id, rosterList, rules.InspectorsAtLeast.Value, person => conflicts.ContainsKey((person, candidate.Enterprise.Id)));
            EnoughPeople.Require(team.InspectorIds.Count >= rules.InspectorsAtLeast.Value, $"{candidate.Enterprise.Name}抽不出{rules.InspectorsAtLeast.Value}名持有效执法证、不用回避的人员，请先更新名录库。");
            redraws.AddRange(team.SteppedBack.Select(person => $"{candidate.Enterprise.Name}：抽到{roster[person]}，须回避（{conflicts[(person, candidate.Enterprise.Id)]}），已重抽"));
            db.DrawnObjects.Add(new DrawnObject(draw.Id, candidate.Enterprise.Id, lines.Count + 1, candidate.Weight, team.InspectorIds));
            lines.Add(new DrawnLine(candidate.Enterprise.Id, candidate.Enterprise.Name, string.Join('、', team.InspectorIds.Select(person => roster[person])), candidate.Weight.Why));
        }

        draw.Record(list, rosterList.Select(entry => entry.Id), WeightedDraw.HashOf(rosterList), redraws);
        await Tell(draw, cancellationToken);
        return new DrawReceipt(draw.Id, draw.Number, lines, list.Length, draw.Seed, draw.ObjectsHash, draw.InspectorsHash, redraws);
    }

    public async Task<ConflictDeclared> Handle(DeclareConflict command, CancellationToken cancellationToken)
    {
        var reason = command.Reason.Trim();
        WithReason.Require(reason.Length is > 0 and <= LongestReason);
        var enterprise = await db.Enterprises.FirstOrDefaultAsync(e => e.Id == command.EnterpriseId, cancellationToken);
        KnownEnterprise.Require(enterprise is not null);
        DeclaredOnce.Require(!await db.Conflicts.AnyAsync(c => c.PersonId == command.By.PersonId && c.EnterpriseId == command.EnterpriseId, cancellationToken));
        db.Conflicts.Add(new ConflictOfInterest(command.By.PersonId!, enterprise!.Id, reason, clock.Today));
        return new ConflictDeclared(enterprise.Id, enterprise.Name);
    }

    private async Task Check(Actor by, DrawWish wish, CancellationToken cancellationToken)
    {
        SoundRatio.Require(wish.Ratio is > 0 and <= 100);
        SoundSeed.Require(wish.Seed.Length is >= ShortestSeed and <= LongestSeed && !wish.Seed.Any(char.IsControl));
        DailyOrSpecial.Require(wish.Type is InspectionType.Daily or InspectionType.Special);
        OwnPlan.Require(wish.PlanId is null || await db.Plans.AnyAsync(p => p.Id == wish.PlanId && p.UnitId == by.UnitId, cancellationToken));
        var today = clock.Today;
        var earlier = await db.Draws.Where(d => d.UnitId == by.UnitId && d.DrawnOn == today && d.Objects == wish.Objects && d.Type == wish.Type).Select(d => d.Number).FirstOrDefaultAsync(cancellationToken);
        OnceADay.Require(earlier is null, $"同一批对象今天已经抽取过（{earlier}），不能重抽，请按抽取结果登记任务。");
    }

    /// <summary>The unit's inspectors whose certificates are valid today, by id and name.</summary>
    private async Task<Dictionary<string, string>> Roster(string unitId, CancellationToken cancellationToken)
    {
        var people = await db.People.Where(p => p.UnitId == unitId && p.Role == ActorRole.Inspector).ToListAsync(cancellationToken);
        return people.Where(person => TeamRuling.FaultOf(person, clock.Today) is null).ToDictionary(person => person.Id, person => person.Name);
    }

    private async Task<Dictionary<(string, string), string>> Conflicts(IEnumerable<string> people, CancellationToken cancellationToken)
    {
        var ids = people.ToList();
        return await db.Conflicts.Where(c => ids.Contains(c.PersonId)).ToDictionaryAsync(c => (c.PersonId, c.EnterpriseId), c => c.Reason, cancellationToken);
    }

    private async Task Tell(Draw draw, CancellationToken cancellationToken)
    {
        var counts = db.DrawnObjects.Local.Where(o => o.DrawId == draw.Id).SelectMany(o => o.InspectorIds).GroupBy(id => id, StringComparer.Ordinal);
        foreach (var inspector in counts)
        {
            var fields = new Dictionary<string, string>
            {
                ["number"] = draw.Number,
                ["count"] = inspector.Count().ToString(CultureInfo.InvariantCulture),
                ["date"] = ChineseDates.Short(draw.DrawnOn),
            };
            await notices.Owe(inspector.Key, "N19f", $"N19f:{draw.Id}:{inspector.Key}", draw.Id, fields, cancellationToken, digest: true, actions: [$"抽取结果 {draw.Id}"]);
        }
    }
}
