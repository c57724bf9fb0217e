using System.Globalization;
using Bot.Domain.Agenda;

namespace Bot.Calendars;

/// <summary>A person's calendar as an iCalendar document that phones and mail programs subscribe to.</summary>
public static class CalendarFeed
{
    public const string Zone = "Asia/Shanghai";

    private const string LookAgainAfter = "PT2H";

    public static string Write(PublishedCalendar calendar)
    {
        var to = new ICalendarWriter()
            .Line("BEGIN", "VCALENDAR")
            .Line("VERSION", "2.0")
            .Line("PRODID", "-//Inspection bot//Calendar 1.0//ZH")
            .Line("CALSCALE", "GREGORIAN")
            .Line("METHOD", "PUBLISH")
            .Text("X-WR-CALNAME", calendar.Name)
            .Line("X-WR-TIMEZONE", Zone)
            .Line("REFRESH-INTERVAL;VALUE=DURATION", LookAgainAfter)
            .Line("X-PUBLISHED-TTL", LookAgainAfter)
            .Line("BEGIN", "VTIMEZONE")
            .Line("TZID", Zone)
            .Line("BEGIN", "STANDARD")
            .Line("DTSTART", "19910915T000000")
            .Line("TZOFFSETFROM", "+0900")
            .Line("TZOFFSETTO", "+0800")
            .Line("TZNAME", "CST")
            .Line("END", "STANDARD")
            .Line("END", "VTIMEZONE");
        foreach (var (entry, sequence, changedAt) in calendar.Entries)
            Write(to, entry, sequence, changedAt);
        return to.Line("END", "VCALENDAR").ToString();
    }

    private static void Write(ICalendarWriter to, AgendaEntry entry, int sequence, DateTime changedAt)
    {
        var cancelled = entry.Standing == AgendaStanding.Cancelled;

        // The stamp is that of the change: a feed in which nothing changed reads the same.
        to.Line("BEGIN", "VEVENT")
            .Text("UID", entry.Uid)
            .Utc("DTSTAMP", changedAt)
            .Utc("LAST-MODIFIED", changedAt)
            .Line("SEQUENCE", sequence.ToString(CultureInfo.InvariantCulture));
        if (entry is { From: { } from, To: { } until })
            to.Local("DTSTART", Zone, entry.On.ToDateTime(from)).Local("DTEND", Zone, entry.On.ToDateTime(until));
        else
            to.Day("DTSTART", entry.On).Day("DTEND", (entry.LastDay ?? entry.On).AddDays(1));
        to.Text("SUMMARY", cancelled ? $"已取消：{entry.Title}" : entry.Title)
            .Text("LOCATION", entry.Place)
            .Text("DESCRIPTION", entry.Details)
            .Text("CATEGORIES", Category(entry.Kind))
            .Line("STATUS", entry.Standing switch
            {
                AgendaStanding.Cancelled => "CANCELLED",
                AgendaStanding.Tentative => "TENTATIVE",
                _ => "CONFIRMED",
            })
            .Line("TRANSP", entry.Kind is AgendaKind.Inspection or AgendaKind.Meeting && !cancelled ? "OPAQUE" : "TRANSPARENT");
        foreach (var alarm in cancelled ? [] : entry.Alarms)
        {
            to.Line("BEGIN", "VALARM")
                .Line("ACTION", "DISPLAY")
                .Utc("TRIGGER;VALUE=DATE-TIME", alarm)
                .Text("DESCRIPTION", entry.Title)
                .Line("END", "VALARM");
        }

        to.Line("END", "VEVENT");
    }

    private static string Category(AgendaKind kind) => kind switch
    {
        AgendaKind.Inspection => "检查",
        AgendaKind.Deadline => "时限",
        AgendaKind.Case => "办理进度",
        AgendaKind.Meeting => "会议",
        _ => "企业安静日",
    };
}
