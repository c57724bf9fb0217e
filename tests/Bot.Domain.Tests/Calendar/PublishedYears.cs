using Bot.Domain.Calendar;

namespace Bot.Domain.Tests.Calendar;

/// <summary>The calendar of the notices that ship with the product (2024 to 2026).</summary>
public static class PublishedYears
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "manifests", "holidays");

    public static WorkingCalendar Calendar { get; } = new(HolidayNotices.Load(Folder));
}
