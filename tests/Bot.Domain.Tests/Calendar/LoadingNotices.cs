using Bot.Domain.Calendar;
using Bot.Domain.Manifests;

namespace Bot.Domain.Tests.Calendar;

public sealed class LoadingNotices
{
    [Fact]
    public void The_shipped_files_are_sound_and_name_their_notices()
    {
        Assert.Empty(HolidayNotices.Check(PublishedYears.Folder));
        Assert.Equal(
            ["国办发明电〔2023〕7号", "国办发明电〔2024〕12号", "国办发明电〔2025〕7号"],
            HolidayNotices.Load(PublishedYears.Folder).Select(year => year.NoticeNumber));
    }

    [Fact]
    public void A_written_notice_reads_back_the_same()
    {
        foreach (var year in HolidayNotices.Load(PublishedYears.Folder))
        {
            var json = HolidayNotices.ToJson(year);

            Assert.Equal(json, HolidayNotices.ToJson(HolidayNotices.FromJson("2027.json", json)));
            Assert.Contains(year.NoticeNumber, json, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"2026-02-14\", \"2026-02-28\"", "\"2026-02-14\", \"2026-02-31\"", "holidays[1].makeUp[1]", "日期")]
    [InlineData("\"2026-02-14\", \"2026-02-28\"", "\"2026-02-14\", \"2026-02-27\"", "holidays[1].makeUp[1]", "不是周末")]
    [InlineData("\"2026-02-14\", \"2026-02-28\"", "\"2026-02-15\"", "holidays[1].makeUp[0]", "出现了两次")]
    [InlineData("\"2026-01-04\"", "\"2024-01-06\"", "holidays[0].makeUp[0]", "不属于2026年")]
    [InlineData("\"year\": 2026", "\"year\": \"2026\"", "year", "整数")]
    [InlineData("\"name\": \"端午节\"", "\"name\": \"某节\"", "文件开头", "缺少端午节")]
    [InlineData("\"noticeNumber\"", "\"noticeNo\"", "noticeNo", "不认识的名称")]
    [InlineData("\"holidays\": [", "\"holidays\": [[", "第", "JSON")]
    public void A_mistake_is_named_with_file_and_place(string good, string bad, string place, string reason)
    {
        var json = File.ReadAllText(Path.Combine(PublishedYears.Folder, "2026.json"));
        Assert.Contains(good, json, StringComparison.Ordinal);

        var broken = Assert.Throws<ManifestException>(() => HolidayNotices.FromJson("2026.json", json.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Contains(broken.Problems, problem => problem.File == "2026.json"
            && problem.Place.StartsWith(place, StringComparison.Ordinal)
            && problem.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_or_empty_folder_is_a_problem_and_not_an_empty_calendar()
    {
        var folder = Directory.CreateTempSubdirectory();

        Assert.Single(HolidayNotices.Check(Path.Combine(folder.FullName, "missing")));
        Assert.Throws<ManifestException>(() => HolidayNotices.Load(folder.FullName));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void One_year_in_two_files_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory();
        foreach (var name in new[] { "2026.json", "2026-new.json" }) File.Copy(Path.Combine(PublishedYears.Folder, "2026.json"), Path.Combine(folder.FullName, name));

        var problem = Assert.Single(HolidayNotices.Check(folder.FullName));

        Assert.Equal(("2026.json", "year"), (problem.File, problem.Place));
        folder.Delete(recursive: true);
    }
}
