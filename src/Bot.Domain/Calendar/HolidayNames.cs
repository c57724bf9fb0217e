namespace Bot.Domain.Calendar;

/// <summary>The seven holidays every yearly notice arranges. A file without all of them is not a whole notice and must not make its year known.</summary>
internal static class HolidayNames
{
    public const string NewYear = "元旦";

    public static readonly IReadOnlyList<string> All = [NewYear, "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"];

    /// <summary>The holidays a text names, joined as the notices join them: 国庆节、中秋节.</summary>
    public static string In(string text) => string.Join('、', All.Where(name => text.Contains(Stem(name), StringComparison.Ordinal)));

    public static IReadOnlyList<string> MissingFrom(IReadOnlyList<Holiday> holidays) =>
        [.. All.Where(name => !holidays.Any(holiday => holiday.Off.Count > 0 && holiday.Name.Contains(Stem(name), StringComparison.Ordinal)))];

    private static string Stem(string name) => name[..2];
}
