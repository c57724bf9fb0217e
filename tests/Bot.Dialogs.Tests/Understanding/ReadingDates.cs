using System.Globalization;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class ReadingDates
{
    private static readonly DateTime Sunday = new(2026, 11, 22, 10, 0, 0);

    [Theory]
    [InlineData("就今天下午三点", "2026-11-22", "15:00")]
    [InlineData("今天", "2026-11-22", null)]
    [InlineData("昨晚8点半", "2026-11-21", "20:30")]
    [InlineData("昨天上午9:15来的", "2026-11-21", "09:15")]
    [InlineData("前天", "2026-11-20", null)]
    [InlineData("大前天", "2026-11-19", null)]
    [InlineData("大前天吧，不对是前天下午三点", "2026-11-20", "15:00")]
    [InlineData("昨天，哦说错了，今天", "2026-11-22", null)]
    [InlineData("今早八点", "2026-11-22", "08:00")]
    [InlineData("刚才", "2026-11-22", null)]
    [InlineData("11月20日", "2026-11-20", null)]
    [InlineData("11月20", "2026-11-20", null)]
    [InlineData("20号", "2026-11-20", null)]
    [InlineData("21日下午", "2026-11-21", null)]
    [InlineData("上周三", "2026-11-11", null)]
    [InlineData("周三", "2026-11-18", null)]
    [InlineData("下周三", "2026-11-25", null)]
    [InlineData("换到下周一", "2026-11-23", null)]
    [InlineData("星期天", "2026-11-22", null)]
    [InlineData("2026-11-20", "2026-11-20", null)]
    [InlineData("2026/11/20 14:30", "2026-11-20", "14:30")]
    [InlineData("2026年11月20日", "2026-11-20", null)]
    [InlineData("十一月二十号下午3点", "2026-11-20", "15:00")]
    [InlineData("二〇二六年十一月二十日", "2026-11-20", null)]
    [InlineData("上个月28号", "2026-10-28", null)]
    [InlineData("去年12月3日", "2025-12-03", null)]
    [InlineData("12月3日", "2026-12-03", null)]
    [InlineData("1月5号", "2027-01-05", null)]
    [InlineData("明天下午两点", "2026-11-23", "14:00")]
    [InlineData("下午三点", "2026-11-22", "15:00")]
    [InlineData("今天三点", "2026-11-22", "15:00")]
    [InlineData("昨天中午12点", "2026-11-21", "12:00")]
    [InlineData("昨天凌晨一点二十", "2026-11-21", "01:20")]
    [InlineData("昨晚12点", "2026-11-22", "00:00")]
    [InlineData("昨天三点两个人进来", "2026-11-21", "15:00")]
    [InlineData("２０号", "2026-11-20", null)]
    public void A_moment_is_found(string text, string on, string? at)
    {
        var moment = Dates.Of(text, Sunday);

        Assert.NotNull(moment);
        Assert.Equal(on, moment.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(at, moment.At?.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2月30日")]
    [InlineData("2026-13-01")]
    [InlineData("32号")]
    [InlineData("不清楚")]
    [InlineData("查一下云监投〔2026〕041号")]
    [InlineData("3号车间")]
    [InlineData("一周一次")]
    [InlineData("以后天天来")]
    [InlineData("15日内回复")]
    [InlineData("两个人 没说要查什么")]
    [InlineData("说了三点意见")]
    [InlineData("1.5米")]
    [InlineData("99020001005")]
    [InlineData("")]
    public void No_moment_is_invented(string text) => Assert.Null(Dates.Of(text, Sunday));

    [Theory]
    [InlineData("25号", Facing.Past, "2026-10-25")]
    [InlineData("25号", Facing.Future, "2026-11-25")]
    [InlineData("周一", Facing.Past, "2026-11-16")]
    [InlineData("周一", Facing.Future, "2026-11-23")]
    [InlineData("12月18日", Facing.Past, "2025-12-18")]
    [InlineData("1月5日", Facing.Future, "2027-01-05")]
    public void The_side_of_today_decides_what_could_be_either(string text, Facing facing, string on) =>
        Assert.Equal(on, Dates.Of(text, Sunday, facing)?.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Fact]
    public void The_words_said_are_kept() => Assert.Equal("今天下午三点", Dates.Of("就今天下午三点来的", Sunday)?.Said);
}
