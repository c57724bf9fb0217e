using System.Text;
using Bot.Domain.Calendar;
using Bot.Domain.Manifests;

namespace Bot.Domain.Tests.Calendar;

public sealed class ImportingICalendar
{
    [Fact]
    public void The_published_year_comes_back_day_for_day()
    {
        var published = HolidayNotices.Load(PublishedYears.Folder).Single(year => year.Year == 2026);

        var imported = Assert.Single(HolidayNotices.FromICalendar(Write(published)));

        Assert.Equal((2026, "国办发明电〔2025〕7号"), (imported.Year, imported.NoticeNumber));
        var calendar = new WorkingCalendar([imported]);
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
            Assert.Equal(PublishedYears.Calendar.Describe(day), calendar.Describe(day));
    }

    [Fact]
    public void Folded_lines_alarms_solar_terms_and_a_byte_order_mark_are_understood()
    {
        var text = '\uFEFF' + Write(HolidayNotices.Load(PublishedYears.Folder)[2])
            .Replace("SUMMARY:国庆节休", "SUMMARY;LANGUAGE=\"zh:CN\":国庆\r\n 节休\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM", StringComparison.Ordinal)
            .Replace("END:VCALENDAR", "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260204\r\nSUMMARY:立春\r\nEND:VEVENT\r\nEND:VCALENDAR", StringComparison.Ordinal);

        var imported = Assert.Single(HolidayNotices.FromICalendar(text));

        Assert.Contains(imported.Holidays, holiday => holiday.Name == "国庆节" && holiday.Off.Count == 7);
        Assert.Equal("工作日", new WorkingCalendar([imported]).Describe(new(2026, 2, 4)).Why);
    }

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20260619", "DTSTART;VALUE=DATE:20260631", "DTSTART应为")]
    [InlineData("DTSTART;VALUE=DATE:20260619", "DTSTART:20260619T000000Z", "DTSTART应为")]
    [InlineData("DTSTART;VALUE=DATE:20260619", "DTSTART;VALUE=DATE:00010101", "DTSTART应为")]
    [InlineData("DTSTART;VALUE=DATE:20260619", "DTSTART;VALUE=DATE:20200619", "1到31天")]
    [InlineData("DTSTART;VALUE=DATE:20260619", "DTSTART;VALUE=DATE:20260719", "1到31天")]
    [InlineData("DTSTART;VALUE=DATE:20260619\r\n", "", "缺少DTSTART")]
    [InlineData("SUMMARY:端午节休", "SUMMARY:端午节休\r\nRRULE:FREQ=YEARLY", "重复")]
    [InlineData("SUMMARY:端午节休", "SUMMARY:厂休", "哪个节日")]
    [InlineData("SUMMARY:端午节休", "这一行不对", "名称:内容")]
    [InlineData("SUMMARY:端午节休", "SUMMARY:端午节班", "不是周末")]
    [InlineData("END:VEVENT\r\nEND:VCALENDAR", "END:VCALENDAR", "没有对应的BEGIN")]
    public void A_bad_line_is_named(string good, string bad, string reason)
    {
        var text = Write(HolidayNotices.Load(PublishedYears.Folder)[2]);
        Assert.Contains(good, text, StringComparison.Ordinal);

        var broken = Assert.Throws<ManifestException>(() => HolidayNotices.FromICalendar(text.Replace(good, bad, StringComparison.Ordinal), "2026.ics"));

        Assert.Contains(broken.Problems, problem => problem.File == "2026.ics"
            && problem.Place.StartsWith('第')
            && problem.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "不是iCalendar文件")]
    [InlineData("<html>", "不是iCalendar文件")]
    [InlineData("BEGIN:VCALENDAR\r\nVERSION:2.0", "文件不完整")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR", "没有找到")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nSUMMARY:元旦休\nEND:VEVENT\nEND:VCALENDAR", "不是完整的放假安排")]
    public void A_file_that_is_no_whole_notice_makes_no_year_known(string text, string reason)
    {
        var broken = Assert.Throws<ManifestException>(() => HolidayNotices.FromICalendar(text));

        Assert.Contains(reason, broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_refused_unread()
    {
        var broken = Assert.Throws<ManifestException>(() => HolidayNotices.FromICalendar("BEGIN:VCALENDAR\n" + new string(' ', 1_000_001)));

        Assert.Contains("太大", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_year_holiday_that_begins_in_December_belongs_to_the_new_year()
    {
        var text = Write(HolidayNotices.Load(PublishedYears.Folder)[2])
            .Replace("DTSTART;VALUE=DATE:20260101", "DTSTART;VALUE=DATE:20251231", StringComparison.Ordinal);

        var imported = Assert.Single(HolidayNotices.FromICalendar(text));

        Assert.Equal((2026, new DateOnly(2025, 12, 31)), (imported.Year, imported.Holidays[0].Off[0]));
    }

    private static string Write(HolidayYear year)
    {
        var text = new StringBuilder($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALDESC:依据{year.NoticeNumber}\r\n");
        foreach (var holiday in year.Holidays)
        {
            foreach (var day in holiday.MakeUp) Event(day, day.AddDays(1), $"{holiday.Name}班");
            Event(holiday.Off[0], holiday.Off[^1].AddDays(1), $"{holiday.Name}休");
        }

        return text.Append("END:VCALENDAR\r\n").ToString();

        void Event(DateOnly from, DateOnly to, string summary) =>
            text.Append($"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{from:yyyyMMdd}\r\nDTEND;VALUE=DATE:{to:yyyyMMdd}\r\nSUMMARY:{summary}\r\nEND:VEVENT\r\n");
    }
}
