using Bot.Domain.Calendar;
using Bot.Domain.Visits;

namespace Bot.Import;

/// <summary>走访台账: guidance, coaching, calls and observations that took place, with or without consent (J32–J34).</summary>
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

    public static Kind Kind { get; } = new("visits", "走访", [Id, Unit, Enterprise, On, Name, Consented, Notes, Clue, Urgent, TurnedIntoCaseOn], Take);

    private static void Take(Line line, Registry registry)
    {
        var kind = line.OneOf(Name, [.. Enum.GetValues<VisitKind>().Select(known => (known.Name(), known))]);
        var (on, turned, clue) = (line.Date(On), line.OptionalDate(TurnedIntoCaseOn), line.OptionalText(Clue));
        if (turned < on)
            line.Report(TurnedIntoCaseOn, "早于走访日期");
        if (turned is not null && clue is null)
            line.Report(Clue, "转入执法流程的，要写明线索");
        registry.Put(new Visit(registry.Once(line, Id), line.Reference(Unit, registry.Units), line.Reference(Enterprise, registry.Enterprises), kind, on)
            .TookPlaceAs(line.Flag(Consented), ChinaClock.ToUtc(on, TimeOnly.MinValue), line.OptionalText(Notes), clue, line.Flag(Urgent), turned));
    }
}
