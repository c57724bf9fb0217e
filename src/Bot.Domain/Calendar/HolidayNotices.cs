using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Domain.Manifests;

namespace Bot.Domain.Calendar;

/// <summary>Reads the yearly holiday notices that an operator keeps, one file a year.</summary>
public static class HolidayNotices
{
    internal const int FirstYear = 2000;
    internal const int LastYear = 2099;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every notice in the folder; throws <see cref="ManifestException"/> naming file and place of everything that is wrong.</summary>
    public static IReadOnlyList<HolidayYear> Load(string folder)
    {
        var (years, problems) = ReadAll(folder);
        return problems.Count == 0 ? years : throw new ManifestException(problems);
    }

    public static IReadOnlyList<ManifestProblem> Check(string folder) => ReadAll(folder).Problems;

    /// <summary>One notice from the text of its file.</summary>
    public static HolidayYear FromJson(string fileName, string json)
    {
        var file = new ManifestFile(fileName, json);
        var year = Read(file);
        file.ThrowIfBroken();
        return year;
    }

    /// <summary>The notices in an iCalendar file; throws <see cref="ManifestException"/> naming the line of everything that is wrong.</summary>
    public static IReadOnlyList<HolidayYear> FromICalendar(string text, string fileName = "放假安排.ics") => ICalendarReader.Read(text, fileName);

    /// <summary>The text of the file to keep for a notice, as <see cref="Load"/> reads it.</summary>
    public static string ToJson(HolidayYear year)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("year", year.Year);
            json.WriteString("noticeNumber", year.NoticeNumber);
            json.WriteString("title", year.Title);
            if (year.Issued is { } issued) json.WriteString("issued", Iso(issued));
            json.WriteStartArray("holidays");
            foreach (var holiday in year.Holidays)
            {
                json.WriteStartObject();
                json.WriteString("name", holiday.Name);
                WriteDays(json, "off", holiday.Off);
                WriteDays(json, "makeUp", holiday.MakeUp);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteDays(Utf8JsonWriter json, string name, IReadOnlyList<DateOnly> days)
    {
        json.WriteStartArray(name);
        foreach (var day in days) json.WriteStringValue(Iso(day));
        json.WriteEndArray();
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (IReadOnlyList<HolidayYear> Years, IReadOnlyList<ManifestProblem> Problems) ReadAll(string folder)
    {
        if (!Directory.Exists(folder)) return ([], [new(folder, "", "没有节假日文件夹，请放入每年一个的放假安排文件，如 2026.json")]);

        var years = new List<HolidayYear>();
        var problems = new List<ManifestProblem>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                var file = ManifestFile.Open(path);
                var year = Read(file);
                problems.AddRange(file.Problems);
                if (years.Exists(other => other.Year == year.Year)) problems.Add(new(file.Name, "year", $"{year.Year}年的放假安排已在另一个文件里"));
                else years.Add(year);
            }
            catch (ManifestException unreadable)
            {
                problems.AddRange(unreadable.Problems);
            }
        }

        if (years.Count == 0 && problems.Count == 0) problems.Add(new(folder, "", "文件夹里没有放假安排文件，如 2026.json"));
        return (years, problems);
    }

    private static HolidayYear Read(ManifestFile file)
    {
        var root = file.Root;
        root.AllowOnly("year", "noticeNumber", "title", "issued", "url", "holidays");
        var year = root.Number("year", FirstYear, LastYear);
        var seen = new HashSet<DateOnly>();
        var holidays = new List<Holiday>();
        if (!root.Has("holidays")) root.Report("缺少“holidays”");
        foreach (var item in root.Items("holidays"))
        {
            item.AllowOnly("name", "off", "makeUp");
            holidays.Add(new(item.Text("name"), ReadDays(item, "off", year, seen), ReadDays(item, "makeUp", year, seen)));
        }

        var missing = HolidayNames.MissingFrom(holidays);
        if (missing.Count > 0) root.Report($"缺少{string.Join('、', missing)}，不是完整的放假安排");
        return new(year, root.Text("noticeNumber"), root.Text("title"), root.Child("issued")?.AsDate(), holidays);
    }

    private static List<DateOnly> ReadDays(ManifestNode holiday, string name, int year, HashSet<DateOnly> seen)
    {
        var days = new List<DateOnly>();
        foreach (var item in holiday.Items(name))
        {
            var day = item.AsDate();
            if (day == default) continue;
            if (!BelongsTo(day, year)) item.Report($"{day:yyyy-MM-dd}不属于{year}年的放假安排");
            else if (!seen.Add(day)) item.Report($"{day:yyyy-MM-dd}出现了两次，请只保留一处");
            else if (name == "makeUp" && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) item.Report($"{day:yyyy-MM-dd}不是周末，不能作为调休上班日");
            days.Add(day);
        }

        return days;
    }

    // A notice may rearrange the last days of the year before it: 2018-12-29 was worked under the notice for 2019.
    private static bool BelongsTo(DateOnly day, int year) => day.Year == year || (day.Year == year - 1 && day.Month == 12);
}
