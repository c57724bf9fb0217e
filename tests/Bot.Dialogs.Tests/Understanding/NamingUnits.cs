using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class NamingUnits
{
    private static readonly (string Id, string Name, string Field)[] Units =
    [
        ("U01", "云澜区市场监督管理局", "市场监管"), ("U02", "云澜区应急管理局", "应急管理"), ("U03", "江临市云澜生态环境局", "生态环境"),
        ("U04", "云澜区消防救援大队", "消防救援"), ("U05", "云澜区人力资源和社会保障局", "劳动监察"), ("U06", "云澜区城市管理局", "城市管理"),
        ("U07", "云澜区卫生健康委员会", "卫生健康"), ("U08", "云澜区文体广电和旅游局", "文化旅游"), ("U09", "云澜区交通运输局", "交通运输"),
        ("U10", "青榆镇人民政府", "综合行政执法"), ("U11", "石桥河镇人民政府", "综合行政执法"), ("U12", "望岚街道办事处", "综合行政执法"),
    ];

    [Theory]
    [InlineData("好像是城管", "U06")]
    [InlineData("区城市管理局", "U06")]
    [InlineData("环保", "U03")]
    [InlineData("環保局的人", "U03")]
    [InlineData("应急局", "U02")]
    [InlineData("市监局", "U01")]
    [InlineData("工商的", "U01")]
    [InlineData("消防大队", "U04")]
    [InlineData("劳动局", "U05")]
    [InlineData("人社", "U05")]
    [InlineData("卫健委", "U07")]
    [InlineData("文旅", "U08")]
    [InlineData("运管", "U09")]
    [InlineData("青榆镇的", "U10")]
    [InlineData("石桥河镇综合执法局", "U11")]
    [InlineData("望岚街道", "U12")]
    [InlineData("不是城管，是环保", "U03")]
    [InlineData("云澜区应急管理局", "U02")]
    public void A_unit_is_known_by_what_people_call_it(string text, string id) => Assert.Equal(id, PeopleAndUnits.Unit(text, Units)?.Id);

    [Theory]
    [InlineData("不清楚")]
    [InlineData("不知道")]
    [InlineData("没看清楚")]
    [InlineData("")]
    public void Not_knowing_is_no_match(string text) => Assert.Null(PeopleAndUnits.Unit(text, Units));

    [Theory]
    [InlineData("不知道是城管还是市监", new[] { "U06", "U01" })]
    [InlineData("综合执法的", new[] { "U10", "U11", "U12" })]
    public void Several_candidates_are_returned_as_such(string text, string[] ids)
    {
        var match = PeopleAndUnits.Unit(text, Units);

        Assert.True(match?.Ambiguous);
        Assert.Null(match?.Id);
        Assert.Equal(ids.Order(), match?.Ids.Order());
    }
}
