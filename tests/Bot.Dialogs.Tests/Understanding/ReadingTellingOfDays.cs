using System.Globalization;
using System.Text.Json;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Understanding;

/// <summary>How people tell a day, each phrase with the day it means at a fixed time (dates.json).</summary>
public sealed class ReadingTellingOfDays
{
    private static readonly WorkingCalendar Calendar = new(HolidayNotices.Load(Manifests.Path("holidays")));

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    public static TheoryData<string, string, string, string, bool> Phrases
    {
        get
        {
            using var file = typeof(ReadingTellingOfDays).Assembly.GetManifestResourceStream("dates.json")!;
            return [.. JsonSerializer.Deserialize<List<Row>>(file, Names)!.Select(row => (row.Says, row.Now, row.Facing, $"{row.On} {row.At}".Trim(), row.By))];
        }
    }

    [Theory]
    [MemberData(nameof(Phrases))]
    public void The_day_meant_is_found(string says, string now, string facing, string moment, bool by)
    {
        var read = Dates.Of(says, DateTime.Parse(now, CultureInfo.InvariantCulture), Enum.Parse<Facing>(facing), Calendar);

        Assert.Equal(moment, read is null ? "" : $"{read.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {read.At?.ToString("HH:mm", CultureInfo.InvariantCulture)}".Trim());
        Assert.Equal(by, read?.By ?? false);
    }

    [Theory]
    [InlineData("上周三来过，昨天又来", "2026-11-11 2026-11-17")]
    [InlineData("下午两点到的，下午五点才走，就是昨天", "2026-11-17")]
    [InlineData("昨天来的，昨天就罚了", "2026-11-17")]
    [InlineData("来了两拨人", "")]
    public void Every_day_of_a_story_is_found_once(string story, string days) =>
        Assert.Equal(days, string.Join(' ', Dates.All(story, new DateTime(2026, 11, 18, 10, 0, 0), Facing.Past, Calendar).Select(moment => moment.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));

    [Fact]
    public void Without_a_calendar_no_working_day_is_guessed()
    {
        var now = new DateTime(2026, 11, 18, 10, 0, 0);

        Assert.Null(Dates.Of("节后第一天", now, Facing.Future));
        Assert.Null(Dates.Of("两个工作日后", now, Facing.Future));
        Assert.Equal(new DateOnly(2026, 11, 30), Dates.Of("月底前", now, Facing.Future)?.On);
    }

    private sealed record Row(string Says, string Now, string Facing, string? On, string? At, bool By);
}
