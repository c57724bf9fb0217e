using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Domain.Manifests;

namespace Bot.Domain.Calendar;

/// <summary>
/// Reads holidays from an iCalendar file (RFC 5545): whole-day events whose summary says 休 or 班. The file comes from outside,
/// so anything that is not understood stops the import with the line it stands on.
/// </summary>
internal sealed partial class ICalendarReader
{
    private const int LongestText = 1_000_000;
    private const int LongestHoliday = 31;

    private readonly string _fileName;
    private readonly List<ManifestProblem> _problems = [];
    private readonly Dictionary<DateOnly, Day> _days = [];
    private string? _noticeNumber;

    private ICalendarReader(string fileName) => _fileName = fileName;

    public static IReadOnlyList<HolidayYear> Read(string text, string fileName)
    {
        var reader = new ICalendarReader(fileName);
        var years = reader.Years(text);
        return reader._problems.Count == 0 ? years : throw new ManifestException(reader._problems);
    }

    [GeneratedRegex("国办发明电〔[0-9]{4}〕[0-9]{1,3}号")]
    private static partial Regex NoticeNumber();

    [GeneratedRegex("^P([0-9]{1,3})([DW])$")]
    private static partial Regex WholeDays();

    private List<HolidayYear> Years(string text)
    {
        if (text.Length > LongestText)
        {
            Report(0, "文件太大，放假安排不会超过1 MB，请检查是否选错了文件");
            return [];
        }

        var lines = Unfold(text);
        if (lines.Count == 0 || !lines[0].Is("BEGIN", "VCALENDAR"))
        {
            Report(1, "不是iCalendar文件，第一行应为 BEGIN:VCALENDAR");
            return [];
        }

        if (!lines[^1].Is("END", "VCALENDAR")) Report(lines[^1].Number, "文件不完整，最后一行应为 END:VCALENDAR");
        ReadEvents(lines);
        if (_days.Count == 0 && _problems.Count == 0) Report(0, "没有找到写明“休”或“班”的整日事件");
        return _problems.Count == 0 ? Group() : [];
    }

    private List<Line> Unfold(string text)
    {
        var lines = new List<Line>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').EnumerateLines())
        {
            number++;
            if (raw.Length == 0) continue;
            if (raw[0] is ' ' or '\t' && lines.Count > 0) lines[^1].Continue(raw[1..]);
            else lines.Add(new Line(number, raw.ToString()));
        }

        foreach (var line in lines.Where(line => !line.Split())) Report(line.Number, "应为“名称:内容”");
        return lines;
    }

    private void ReadEvents(List<Line> lines)
    {
        var open = new Stack<string>();
        var inside = new List<Line>();
        foreach (var line in lines)
        {
            if (line.Name == "BEGIN")
            {
                open.Push(line.Value);
                if (line.Value == "VEVENT") inside.Clear();
            }
            else if (line.Name == "END")
            {
                if (!open.TryPop(out var begun) || begun != line.Value)
                {
                    Report(line.Number, $"END:{line.Value}没有对应的BEGIN");
                    return;
                }

                if (line.Value == "VEVENT") ReadEvent(line.Number, inside);
            }
            else if (open.TryPeek(out var component) && component == "VEVENT")
            {
                inside.Add(line);
            }

            if (NoticeNumber().Match(line.Value) is { Success: true } match) _noticeNumber ??= match.Value;
        }

        if (open.TryPeek(out var unfinished) && unfinished != "VCALENDAR") Report(lines[^1].Number, $"{unfinished}没有结束");
    }

    private void ReadEvent(int endLine, List<Line> inside)
    {
        if (inside.Find(line => line.Name == "SUMMARY") is not { } summary)
        {
            Report(endLine, "事件缺少SUMMARY");
            return;
        }

        // Calendars of holidays also hold solar terms and memorial days, which change no working day.
        var works = summary.Value.Contains('班');
        if (!works && !summary.Value.Contains('休') && !summary.Value.Contains("放假", StringComparison.Ordinal) && !summary.Value.Contains("假期", StringComparison.Ordinal)) return;
        if (inside.Find(line => line.Name is "RRULE" or "RDATE") is { } repeated)
        {
            Report(repeated.Number, "放假安排每年不同，不接受重复的事件");
            return;
        }

        var name = HolidayNames.In(summary.Value);
        if (name.Length == 0) Report(summary.Number, $"看不出是哪个节日，应写明{string.Join('、', HolidayNames.All)}之一");
        else foreach (var day in DaysOf(endLine, inside)) Add(summary.Number, day, new(name, works));
    }

    private IEnumerable<DateOnly> DaysOf(int endLine, List<Line> inside)
    {
        if (inside.Find(line => line.Name == "DTSTART") is not { } start)
        {
            Report(endLine, "事件缺少DTSTART");
            return [];
        }

        if (ReadDay(start) is not { } first) return [];
        var after = first.AddDays(1);
        if (inside.Find(line => line.Name == "DTEND") is { } end)
        {
            if (ReadDay(end) is not { } last) return [];
            after = last;
        }
        else if (inside.Find(line => line.Name == "DURATION") is { } duration)
        {
            if (WholeDays().Match(duration.Value) is not { Success: true } length)
            {
                Report(duration.Number, "DURATION应为整日，写法如 P3D");
                return [];
            }

            after = first.AddDays(int.Parse(length.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * (length.Groups[2].Value == "W" ? 7 : 1));
        }

        var count = after.DayNumber - first.DayNumber;
        if (count is >= 1 and <= LongestHoliday) return Enumerable.Range(0, count).Select(first.AddDays);
        Report(start.Number, $"一个事件应为1到{LongestHoliday}天，DTEND是结束的次日");
        return [];
    }

    private DateOnly? ReadDay(Line line)
    {
        if (DateOnly.TryParseExact(line.Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= HolidayNotices.FirstYear and <= HolidayNotices.LastYear) return day;
        Report(line.Number, $"{line.Name}应为{HolidayNotices.FirstYear}到{HolidayNotices.LastYear}年间的日期，写法如 {line.Name};VALUE=DATE:20270101");
        return null;
    }

    private void Add(int number, DateOnly on, Day day)
    {
        var isNew = !_days.TryGetValue(on, out var earlier);
        if (!isNew && earlier.Works != day.Works) Report(number, $"{on:yyyy-MM-dd}既写了休又写了班");
        else if (day.Works && on.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) Report(number, $"{on:yyyy-MM-dd}不是周末，不能作为调休上班日");
        else _days[on] = isNew ? day : day with { Name = HolidayNames.In(earlier.Name + day.Name) };
    }

    private List<HolidayYear> Group()
    {
        var years = new List<HolidayYear>();
        foreach (var year in _days.GroupBy(pair => NoticeYear(pair.Key, pair.Value)).OrderBy(group => group.Key))
        {
            var holidays = year.GroupBy(pair => pair.Value.Name)
                .Select(group => new Holiday(
                    group.Key,
                    [.. group.Where(pair => !pair.Value.Works).Select(pair => pair.Key).Order()],
                    [.. group.Where(pair => pair.Value.Works).Select(pair => pair.Key).Order()]))
                .OrderBy(holiday => holiday.Off.Concat(holiday.MakeUp).Min())
                .ToList();
            var missing = HolidayNames.MissingFrom(holidays);
            if (missing.Count > 0) Report(0, $"{year.Key}年缺少{string.Join('、', missing)}，不是完整的放假安排");
            years.Add(new(year.Key, _noticeNumber ?? "未写明文号", $"{year.Key}年节假日安排（由iCalendar文件导入）", null, holidays));
        }

        return years;
    }

    // The notice for a year may begin with the last days of the year before: its New Year holiday.
    private static int NoticeYear(DateOnly on, Day day) => on.Month == 12 && day.Name == HolidayNames.NewYear ? on.Year + 1 : on.Year;

    private void Report(int number, string reason) => _problems.Add(new(_fileName, number > 0 ? $"第{number}行" : "", reason));

    private readonly record struct Day(string Name, bool Works);

    private sealed class Line(int number, string text)
    {
        private readonly System.Text.StringBuilder _text = new(text);

        public int Number { get; } = number;

        public string Name { get; private set; } = "";

        public string Value { get; private set; } = "";

        public void Continue(ReadOnlySpan<char> more) => _text.Append(more);

        public bool Is(string name, string value) => Name == name && Value == value;

        // The colon that ends the name stands outside quoted parameters.
        public bool Split()
        {
            var text = _text.ToString();
            var quoted = false;
            for (var at = 0; at < text.Length; at++)
            {
                if (text[at] == '"') quoted = !quoted;
                if (text[at] != ':' || quoted) continue;
                Name = text[..at].Split(';')[0].ToUpperInvariant();
                Value = text[(at + 1)..].Trim();
                if (Name is "BEGIN" or "END") Value = Value.ToUpperInvariant();
                return Name.Length > 0;
            }

            return false;
        }
    }
}
