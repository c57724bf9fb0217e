using System.Globalization;
using System.Text.Json;
using Bot.Domain.Calendar;

namespace Bot.Domain.Tests.Calendar;

public sealed class WorkedExamples
{
    public static TheoryData<string> All()
    {
        var ids = new TheoryData<string>();
        foreach (var id in Read().Keys) ids.Add(id);
        return ids;
    }

    [Fact]
    public void There_are_twenty_of_them() => Assert.Equal(20, Read().Count);

    [Theory]
    [MemberData(nameof(All))]
    public void Each_ends_on_the_day_that_was_worked_out_by_hand(string id)
    {
        var example = Read()[id];
        var eventOn = DateOnly.FromDateTime(DateTime.Parse(example.GetProperty("trigger").GetString()!, CultureInfo.InvariantCulture));
        var period = new Period(example.GetProperty("amount").GetInt32(), Unit(example.GetProperty("unit").GetString()!));

        var due = PublishedYears.Calendar.Due(eventOn, period);

        Assert.Equal(Day(example.GetProperty("due")), due.On);
        Assert.Equal(example.GetProperty("provisional").GetBoolean(), due.Provisional);
        Assert.Equal(example.GetProperty("counted").EnumerateArray().Select(Day), due.Counted.Select(day => day.On));
        Assert.Equal(example.GetProperty("dueWeekday").GetString(), ChineseDates.Weekday(due.On));
    }

    private static DateOnly Day(JsonElement text) => DateOnly.ParseExact(text.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static PeriodUnit Unit(string name) => name switch
    {
        "工作日" => PeriodUnit.WorkingDays,
        "自然日" => PeriodUnit.CalendarDays,
        "月" => PeriodUnit.Months,
        _ => throw new ArgumentException(name, nameof(name)),
    };

    private static Dictionary<string, JsonElement> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Calendar", "workday-examples.json")));
        return document.RootElement.EnumerateArray().ToDictionary(item => item.GetProperty("id").GetString()!, item => item.Clone());
    }
}
