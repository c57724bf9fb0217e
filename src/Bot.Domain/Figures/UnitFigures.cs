using Bot.Domain.Rules;

namespace Bot.Domain.Figures;

/// <summary>All figures of a unit in a period; of the district where the unit is null.</summary>
public sealed record UnitFigures(string? UnitId, string Name, IReadOnlyDictionary<Measure, Measured> All)
{
    public Measured this[Measure measure] => All.TryGetValue(measure, out var measured) ? measured : new Measured(measure, 0, 0);

    /// <summary>规范办理率: all that was done in time, of all that was owed (W40).</summary>
    public Measured Conduct => Measures.Owed.Select(measure => this[measure]).Aggregate(new Measured(Measure.Conduct, 0, 0), (sum, one) => sum.With(one));

    /// <summary>The mean is shown from so many ratings up: one rating would be one enterprise (W37).</summary>
    public decimal? RatingShown(RulePack rules) => this[Measure.Rating] is var rating && rating.Whole >= rules.RatingsShownFrom.Value ? rating.Mean : null;

    public static UnitFigures Sum(string name, IEnumerable<UnitFigures> units) => new(
        null,
        name,
        units.SelectMany(unit => unit.All.Values).GroupBy(one => one.Measure).ToDictionary(same => same.Key, same => same.Aggregate((sum, one) => sum.With(one))));
}

/// <summary>A unit's place (W40). Who did equally well shares it; a unit that owed nothing has none.</summary>
public sealed record UnitPlace(string UnitId, string Name, Measured Measured, int? Place)
{
    /// <summary>Units by a measure, the best first.</summary>
    public static IReadOnlyList<UnitPlace> Of(IEnumerable<UnitFigures> units, Func<UnitFigures, Measured> by)
    {
        var ranked = units
            .Where(unit => unit.UnitId is not null)
            .Select(unit => (Unit: unit, Figure: by(unit)))
            .OrderByDescending(one => one.Figure.Percent is not null)
            .ThenByDescending(one => one.Figure.Percent)
            .ThenBy(one => one.Unit.UnitId, StringComparer.Ordinal)
            .ToList();
        return ranked.ConvertAll(one => new UnitPlace(
            one.Unit.UnitId!,
            one.Unit.Name,
            one.Figure,
            one.Figure.Percent is { } percent ? 1 + ranked.Count(other => other.Figure.Percent > percent) : null));
    }
}
