using System.Text;
using Bot.Calendars;
using Bot.Domain.Agenda;

namespace Bot.Tests.Calendars;

/// <summary>RFC 5545 by the letter: lines, folding, escaping, dates.</summary>
public sealed class WritingICalendar
{
    [Theory]
    [InlineData("a")]
    [InlineData("检")]
    [InlineData("😀")]
    [InlineData("a检😀")]
    public void A_long_line_is_folded_after_at_most_75_octets_and_no_character_is_broken(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200));

        var written = new ICalendarWriter().Text("SUMMARY", text).ToString();

        var lines = written.Split("\r\n");
        Assert.Equal("", lines[^1]);
        Assert.All(lines[..^1], line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 75));
        Assert.All(lines[1..^1], line => Assert.StartsWith(" ", line, StringComparison.Ordinal));
        Assert.DoesNotContain('\uFFFD', written);
        Assert.Equal($"SUMMARY:{text}", written.Replace("\r\n ", "", StringComparison.Ordinal).TrimEnd());
    }

    [Fact]
    public void Lines_are_as_long_as_they_may_be()
    {
        Assert.Equal($"X:{new string('a', 73)}\r\n", new ICalendarWriter().Line("X", new string('a', 73)).ToString());
        Assert.Equal($"X:{new string('a', 73)}\r\n a\r\n", new ICalendarWriter().Line("X", new string('a', 74)).ToString());
    }

    [Theory]
    [InlineData("a,b;c\\d", "a\\,b\\;c\\\\d")]
    [InlineData("一\r\n二\n三", "一\\n二\\n三")]
    [InlineData("BEGIN:VEVENT\rEND:VCALENDAR", "BEGIN:VEVENT\\nEND:VCALENDAR")]
    [InlineData("\u0000\u0007x\u001b", "x")]
    [InlineData("行\u2028末", "行\\n末")]
    public void A_text_ends_no_line_and_begins_nothing(string text, string written) =>
        Assert.Equal($"SUMMARY:{written}\r\n", new ICalendarWriter().Text("SUMMARY", text).ToString());

    [Fact]
    public void Half_a_character_is_shown_as_one_that_is_unknown() =>
        Assert.Equal("SUMMARY:半\ufffd\r\n", new ICalendarWriter().Text("SUMMARY", $"半{'\ud83d'}").ToString());

    [Fact]
    public void A_whole_day_ends_on_the_next_one_and_a_moment_names_its_zone()
    {
        var day = new DateOnly(2026, 12, 31);
        var written = Feed(
            new AgendaEntry("a", AgendaKind.QuietDays, day, "日") { LastDay = new DateOnly(2027, 1, 15) },
            new AgendaEntry("b", AgendaKind.Deadline, day, "时限"),
            new AgendaEntry("c", AgendaKind.Inspection, day, "检查") { From = new TimeOnly(13, 30), To = new TimeOnly(17, 30) });

        Assert.Contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270116\r\n", written, StringComparison.Ordinal);
        Assert.Contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n", written, StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=Asia/Shanghai:20261231T133000\r\nDTEND;TZID=Asia/Shanghai:20261231T173000\r\n", written, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n", written, StringComparison.Ordinal);
        Assert.EndsWith("END:VCALENDAR\r\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_cancelled_says_so_takes_no_time_and_rings_nobody()
    {
        var written = Feed(new AgendaEntry("c", AgendaKind.Inspection, new DateOnly(2026, 12, 31), "检查") { Standing = AgendaStanding.Cancelled, Alarms = [DateTime.UnixEpoch] });

        Assert.Contains("STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n", written, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:已取消：检查\r\n", written, StringComparison.Ordinal);
        Assert.DoesNotContain("VALARM", written, StringComparison.Ordinal);
    }

    private static string Feed(params IEnumerable<AgendaEntry> entries) =>
        CalendarFeed.Write(new PublishedCalendar("日历", [.. entries.Select(entry => new VersionedEntry(entry, 0, DateTime.UnixEpoch))], true));
}
