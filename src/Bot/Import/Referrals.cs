using Bot.Domain.Transfers;

namespace Bot.Import;

/// <summary>移送线索: what the reconsideration body hands over to supervision (S05). Each becomes a clue that the unit does not see.</summary>
internal static class Referrals
{
    private static readonly Column Document = new("document", "移送文号");
    private static readonly Column Organ = new("organ", "移送机构");
    private static readonly Column Unit = new("unit", "单位编号");
    private static readonly Column On = new("on", "移送日期");
    private static readonly Column Facts = new("facts", "线索内容");

    public static Kind Kind { get; } = new("referrals", "移送线索", [Document, Organ, Unit, On, Facts], Take);

    private static void Take(Line line, Registry registry)
    {
        var on = line.Date(On);
        if (on > Domain.Calendar.ChinaClock.ToChinaDate(registry.Now))
            line.Report(On, "晚于今天");
        registry.ReferralsTaken.Add(new Referral(line.Reference(Unit, registry.Units), line.Text(Organ), registry.Once(line, Document), on, line.Text(Facts)));
    }
}
