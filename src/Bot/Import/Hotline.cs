using Bot.Domain.Complaints;

namespace Bot.Import;

/// <summary>12345工单 about inspections (S07). The caller's name and telephone number are not taken over: 12345 calls back.</summary>
internal static class Hotline
{
    private static readonly Column Ticket = new("ticket", "工单编号");
    private static readonly Column ReceivedAt = new("receivedAt", "受理时间");
    private static readonly Column Enterprise = new("enterprise", "企业编号");
    private static readonly Column Unit = new("unit", "单位编号");
    private static readonly Column On = new("on", "发生日期");
    private static readonly Column About = new("kind", "投诉类别");
    private static readonly Column Text = new("text", "反映内容");

    public static Kind Kind { get; } = new("hotline", "12345工单", [Ticket, ReceivedAt, Enterprise, Unit, On, About, Text], Take);

    private static void Take(Line line, Registry registry)
    {
        var ticket = registry.Once(line, Ticket);
        if (!line.Has(ReceivedAt))
            line.Report(ReceivedAt, "不能为空");
        var receivedAt = line.OptionalInstant(ReceivedAt) ?? registry.Now;
        if (receivedAt > registry.Now)
            line.Report(ReceivedAt, "晚于现在");
        var on = line.OptionalDate(On);
        if (on is { } day && day > Domain.Calendar.ChinaClock.ToChinaDate(receivedAt))
            line.Report(On, "晚于受理时间");
        var kind = line.OptionalText(About) is { } words ? ComplaintKinds.Of(words) : ComplaintKind.Other;
        var facts = new ComplaintFacts(kind, on, null, line.OptionalReference(Unit, registry.Units), line.Text(Text));
        registry.Put(new HotlineTicket(ticket, receivedAt, line.OptionalReference(Enterprise, registry.Enterprises), facts));
    }
}
