using Bot.Domain.Calendar;
using Bot.Domain.Visits;

namespace Bot.Import;

/// <summary>走访台账: guidance, coaching, calls and observations that took place, with or without consent (J32–J34), and inspections that were reported (J01).</summary>
internal static class Visits
{
    private static readonly Column Id = new("id", "走访编号");
    private static readonly Column Unit = new("unit", "单位编号");
    private static readonly Column Enterprise = new("enterprise", "企业编号");
    private static readonly Column On = new("on", "走访日期");
    private static readonly Column Name = new("name", "走访类型");
    private static readonly Column Consented = new("consent", "企业已同意");
    private static readonly Column Notes = new("notes", "走访记录");
    private static readonly Column Clue = new("clue", "发现的线索");
    private static readonly Column Urgent = new("urgent", "情况紧急");
    private static readonly Column TurnedIntoCaseOn = new("turnedIntoCaseOn", "转入执法流程日期");
    private static readonly Column TaskId = new("task", "任务编号");
    private static readonly Column Inspectors = new("inspectors", "检查人员", Many: true);

    /// <summary>What a report calls an inspection; it belongs to a task, or went past the platform (J01).</summary>
    private const string Inspection = "检查";

    public static Kind Kind { get; } = new("visits", "走访", [Id, Unit, Enterprise, On, Name, Consented, Notes, Clue, Urgent, TurnedIntoCaseOn, TaskId, Inspectors], Take);

    private static void Take(Line line, Registry registry)
    {
        if (line.Has(Name) && line.OptionalText(Name) is { } name && name.EndsWith(Inspection, StringComparison.Ordinal))
        {
            TakeInspection(line, registry);
            return;
        }

        var kind = line.OneOf(Name, [.. Enum.GetValues<VisitKind>().Select(known => (known.Name(), known))]);
        if (line.Has(TaskId))
            line.Report(TaskId, "指导、走访等不是检查，没有任务编号；到企业检查的，走访类型请写“检查”");
        var (on, turned, clue) = (line.Date(On), line.OptionalDate(TurnedIntoCaseOn), line.OptionalText(Clue));
        if (turned < on)
            line.Report(TurnedIntoCaseOn, "早于走访日期");
        if (turned is not null && clue is null)
            line.Report(Clue, "转入执法流程的，要写明线索");
        registry.Put(new Visit(registry.Once(line, Id), line.Reference(Unit, registry.Units), line.Reference(Enterprise, registry.Enterprises), kind, on)
            .TookPlaceAs(line.Flag(Consented), ChinaClock.ToUtc(on, TimeOnly.MinValue), line.OptionalText(Notes), clue, line.Flag(Urgent), turned));
    }

    /// <summary>A task that is not known is no mistake in the file: that is what the justice bureau is to hear of.</summary>
    private static void TakeInspection(Line line, Registry registry) => registry.Put(new ReportedInspection(
        registry.Once(line, Id),
        line.Reference(Unit, registry.Units),
        line.Reference(Enterprise, registry.Enterprises),
        line.Date(On),
        line.OptionalText(TaskId),
        line.OptionalText(Notes) ?? "")
    {
        InspectorIds = line.References(Inspectors, registry.People),
    });
}
