using Bot.Dialogs.Conversations;
using Bot.Domain.Figures;

namespace Bot.Dialogs.Figures;

/// <summary>Figures as bars.</summary>
internal static class FigureCharts
{
    private const string Colours = "橙色：有没按规定办到的";

    private static readonly Measure[] Shares = [Measure.Scanned, Measure.Previewed, Measure.Results, Measure.Merges, Measure.Published, Measure.Guidance, Measure.Joint];

    /// <summary>A unit's shares; null when it owed nothing.</summary>
    public static Chart? Of(UnitFigures unit, ReportPeriod period)
    {
        var bars = Shares.Select(measure => unit[measure])
            .Where(one => one.Whole > 0 && (one.Measure != Measure.Joint || one.Part > 0))
            .Select(one => new Bar(one.Measure.Name(), (double)one.Percent!.Value, one.InWords, one.Missing > 0 && one.Measure != Measure.Joint))
            .ToList();
        return bars.Count == 0 ? null : new Chart($"{unit.Name} {period.Name}", bars) { Note = Colours };
    }

    /// <summary>All units by what they did in time; null when nobody owed anything.</summary>
    public static Chart? Of(IReadOnlyList<UnitPlace> places, ReportPeriod period)
    {
        var bars = places.Where(place => place.Place is not null)
            .Select(place => new Bar(place.Name, (double)place.Measured.Percent!.Value, $"{place.Measured.Percent:0.0}%", place.Measured.Missing > 0))
            .ToList();
        return bars.Count == 0 ? null : new Chart($"各单位规范办理率 {period.Name}", bars) { Note = Colours };
    }
}
