using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Figures;

/// <summary>A unit in a period, and in the one before: its own people their unit, the justice bureau any (S39, W40).</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record FiguresOfUnit(Actor By, string UnitId, string Period) : IQuery<UnitAnswer>;

/// <param name="Period">Which one.</param>
/// <param name="Unit">The figures.</param>
/// <param name="Before">What was owed by rule in the period before.</param>
/// <param name="Place">Where the unit stands among all.</param>
/// <param name="Ranked">How many units have a place.</param>
/// <param name="ObjectUntil">The last day on which the unit may object; null when it may not, or not any more.</param>
/// <param name="Objections">What it has objected to.</param>
public sealed record UnitAnswer(ReportPeriod Period, UnitFigures Unit, UnitFigures Before, UnitPlace Place, int Ranked, DateOnly? ObjectUntil, IReadOnlyList<ObjectionLine> Objections);

/// <summary>The district as a whole and unit by unit (J39, S32).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record FiguresOfDistrict(Actor By, string Period) : IQuery<DistrictAnswer>;

/// <param name="Period">Which one.</param>
/// <param name="District">All units together.</param>
/// <param name="Before">What all together owed by rule in the period before.</param>
/// <param name="Units">Unit by unit.</param>
/// <param name="Places">The units by what they did in time, the best first.</param>
public sealed record DistrictAnswer(ReportPeriod Period, UnitFigures District, UnitFigures Before, IReadOnlyList<UnitFigures> Units, IReadOnlyList<UnitPlace> Places);

/// <summary>All units by what they did in time of what they owed; open to every unit, so that the late ones are told openly (W40).</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record RankOfUnits(Actor By, string Period) : IQuery<IReadOnlyList<UnitPlace>>;

/// <summary>What a figure is made of: of a share, what is missing of it (S38). Of all units where the justice bureau names none.</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record FigureList(Actor By, string? UnitId, string Period, Measure Measure) : IQuery<IReadOnlyList<FigureLine>>;

/// <summary>One line of a figure's list.</summary>
/// <param name="SubjectId">The task, prompt or request; null for an inspection that was refused before it was registered.</param>
/// <param name="UnitId">Whose.</param>
/// <param name="EnterpriseName">Where; empty when it is not known or nobody's business.</param>
/// <param name="On">The day that counts.</param>
/// <param name="Remark">What there is to say.</param>
public sealed record FigureLine(string? SubjectId, string UnitId, string EnterpriseName, DateOnly On, string Remark);

/// <summary>Enterprises that were visited most often in a period, from so many visits a year up (S01, S33).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record HighFrequencyList(Actor By, string Period) : IQuery<IReadOnlyList<FrequentLine>>;

public sealed record FrequentLine(string EnterpriseId, string EnterpriseName, int Visits, int Units);

/// <summary>Units whose penalties rose much more than before, for a person to look at: whether fines are given for income no figure can say (W25).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record PenaltyOutliers(Actor By, string Period) : IQuery<IReadOnlyList<PenaltyLine>>;

public sealed record PenaltyLine(string UnitId, string UnitName, Measured Now, Measured Before);

internal sealed class SeeFiguresHandler(ISupervisionDb db, FigureBooks books, FigureLists lists, ObjectionDays objections, RulePack rules) :
    IRequestHandler<FiguresOfUnit, UnitAnswer>,
    IRequestHandler<FiguresOfDistrict, DistrictAnswer>,
    IRequestHandler<RankOfUnits, IReadOnlyList<UnitPlace>>,
    IRequestHandler<FigureList, IReadOnlyList<FigureLine>>,
    IRequestHandler<HighFrequencyList, IReadOnlyList<FrequentLine>>,
    IRequestHandler<PenaltyOutliers, IReadOnlyList<PenaltyLine>>
{
    public static readonly Rule KnownPeriod = new("没有看懂要哪个时段的数据，请说年月或季度，例如“2026年11月”“第四季度”。", "J39");
    private static readonly Rule OwnUnit = new("只能查看本单位的数据。", "D15") { Boundary = true };
    private static readonly Rule KnownUnit = new("没有这个执法单位，请核对名称。", "J39");

    private const int MostFrequent = 50;

    public async Task<UnitAnswer> Handle(FiguresOfUnit query, CancellationToken cancellationToken)
    {
        OwnUnit.Require(query.By.Role == ActorRole.Supervisor || query.By.UnitId == query.UnitId);
        var period = Period(query.Period);
        var own = (await books.Read(period, query.UnitId, cancellationToken)).SingleOrDefault();
        KnownUnit.Require(own is not null);
        var before = await books.ReadOwed(period.Before(), query.UnitId, cancellationToken);
        var places = UnitPlace.Of(await books.ReadOwed(period, null, cancellationToken), unit => unit.Conduct);
        return new UnitAnswer(
            period,
            own!,
            before[0],
            places.First(place => place.UnitId == query.UnitId),
            places.Count(place => place.Place is not null),
            objections.OpenUntil(period),
            await objections.Of(period, query.UnitId, cancellationToken));
    }

    public async Task<DistrictAnswer> Handle(FiguresOfDistrict query, CancellationToken cancellationToken)
    {
        var period = Period(query.Period);
        var units = await books.Read(period, null, cancellationToken);
        var before = await books.ReadOwed(period.Before(), null, cancellationToken);
        return new DistrictAnswer(period, UnitFigures.Sum(rules.DistrictName, units), UnitFigures.Sum(rules.DistrictName, before), units, UnitPlace.Of(units, unit => unit.Conduct));
    }

    public async Task<IReadOnlyList<UnitPlace>> Handle(RankOfUnits query, CancellationToken cancellationToken) =>
        UnitPlace.Of(await books.ReadOwed(Period(query.Period), null, cancellationToken), unit => unit.Conduct);

    public async Task<IReadOnlyList<FigureLine>> Handle(FigureList query, CancellationToken cancellationToken)
    {
        OwnUnit.Require(query.By.Role == ActorRole.Supervisor || (query.UnitId is not null && query.By.UnitId == query.UnitId));
        return await lists.Of(Period(query.Period), query.UnitId, query.Measure, cancellationToken);
    }

    public async Task<IReadOnlyList<FrequentLine>> Handle(HighFrequencyList query, CancellationToken cancellationToken)
    {
        var period = Period(query.Period);
        var (done, least) = (FigureBooks.Done(db, period, null), rules.HighFrequencyVisits.Value);
        var often = await done.GroupBy(t => t.EnterpriseId)
            .Where(same => same.Count() >= least)
            .Select(same => new { Id = same.Key, Visits = same.Count() })
            .OrderByDescending(one => one.Visits).ThenBy(one => one.Id)
            .Take(MostFrequent)
            .ToListAsync(cancellationToken);
        var ids = often.ConvertAll(one => one.Id);
        var names = await db.Enterprises.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, StringComparer.Ordinal, cancellationToken);
        var units = (await done.Where(t => ids.Contains(t.EnterpriseId)).Select(t => new { t.EnterpriseId, t.UnitId }).Distinct().ToListAsync(cancellationToken)).ToLookup(t => t.EnterpriseId, StringComparer.Ordinal);
        return often.ConvertAll(one => new FrequentLine(one.Id, names.GetValueOrDefault(one.Id, one.Id), one.Visits, units[one.Id].Count()));
    }

    public async Task<IReadOnlyList<PenaltyLine>> Handle(PenaltyOutliers query, CancellationToken cancellationToken)
    {
        var period = Period(query.Period);
        var before = (await books.ReadPenalties(period.Before(), cancellationToken)).ToDictionary(unit => unit.UnitId!, unit => unit[Measure.Penalties], StringComparer.Ordinal);
        return
        [
            .. (await books.ReadPenalties(period, cancellationToken))
                .Select(unit => new PenaltyLine(unit.UnitId!, unit.Name, unit[Measure.Penalties], before[unit.UnitId!]))
                .Where(line => line.Now.Part > 0 && line.Now.Part * 100 > line.Before.Part * (100 + (long)rules.PenaltyRisePercent.Value)),
        ];
    }

    internal static ReportPeriod Period(string id)
    {
        var period = ReportPeriod.Read(id);
        KnownPeriod.Require(period is not null);
        return period!;
    }
}
