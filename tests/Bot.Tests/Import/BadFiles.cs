using System.Text;
using Bot.Import;

namespace Bot.Tests.Import;

/// <summary>Files with mistakes: every one is named with line, column and reason, and nothing is changed.</summary>
public sealed class BadFiles
{
    [Fact]
    public async Task Every_mistake_is_reported_at_once_and_no_line_is_kept()
    {
        await using var desk = await ImportDesk.Open();

        var refused = await desk.Refused(
            "enterprises.csv",
            $"""
            企业编号,企业名称,统一社会信用代码,从业人数,工贸企业
            E1,好企业,{GoodFiles.Code},35,是
            E2,,91321299MA9001HM4O,三十,也许
            E1,同号企业,91321299MA9001HM4X,,
            E4,同码企业,{GoodFiles.Code},,
            """);

        Assert.Equal(
            [
                "第3行，统一社会信用代码（creditCode）：第18位是字母O，代码里不用I、O、S、V、Z，是不是数字0？请核对后再发。",
                "第3行，企业名称（name）：不能为空",
                "第3行，工贸企业（industryAndTrade）：“也许”应为“是”或“否”",
                "第3行，从业人数（employees）：“三十”不是整数",
                "第4行，企业编号（id）：“E1”和第2行重复",
                "第4行，统一社会信用代码（creditCode）：校验不通过，请对照营业执照再输一次。",
                "第5行，统一社会信用代码（creditCode）：和企业E1的代码相同",
            ],
            refused);
        Assert.Empty(desk.Look(db => db.Enterprises.ToList()));
    }

    [Fact]
    public async Task A_line_may_only_name_what_the_registry_knows()
    {
        await using var desk = await ImportDesk.Open();
        await desk.TakeUnitsAndEnterprises();

        var refused = await desk.Refused(
            "tasks.json",
            """
            { "records": [{ "id": "T1", "type": "例行", "unit": "U9", "enterprise": "E1", "scheduledOn": "2026-13-01", "registeredOn": "2026-11-02", "inspectors": ["I9"], "color": "红" }] }
            """);

        Assert.Equal(5, refused.Count);
        Assert.Contains("第1条，检查类型（type）：不认识“例行”，可以写：日常、Daily、专项、Special、临时、AdHoc", refused);
        Assert.Contains("第1条，检查日期（scheduledOn）：“2026-13-01”不是日期，写法如 2026-11-22", refused);
        Assert.Contains("第1条，单位编号（unit）：没有编号“U9”，请先导入它", refused);
        Assert.Contains("第1条，检查人员（inspectors）：没有编号“I9”，请先导入它", refused);
        Assert.StartsWith("第1条，color：不认识的列", refused[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_heading_and_a_line_that_is_too_long_are_named()
    {
        await using var desk = await ImportDesk.Open();

        var refused = await desk.Refused("units.csv", "单位编号,单位名称,层级,执法领域,电话,颜色\nU1,甲,村,综合,0000-1,红,蓝");

        Assert.Equal(3, refused.Count);
        Assert.StartsWith("第1行，颜色：不认识的列，单位可以有：单位编号", refused[0], StringComparison.Ordinal);
        Assert.Equal("第2行：比列名多出了内容，请检查是否少了引号", refused[1]);
        Assert.Equal("第2行，层级（level）：不认识“村”，可以写：市级、区级、镇、街道", refused[2]);
    }

    [Fact]
    public async Task An_open_quote_is_named_with_its_line()
    {
        await using var desk = await ImportDesk.Open();

        var refused = await desk.Refused("units.csv", "单位编号,单位名称,层级,执法领域,电话\nU1,甲,镇,综合,0000-1\nU2,\"乙,镇,综合,0000-2\nU3,丙,镇,综合,0000-3");

        Assert.Contains("第3行：引号没有成对，从这里到文件末尾都读不出来", refused);
        Assert.Empty(desk.Look(db => db.Units.ToList()));
    }

    [Fact]
    public async Task An_address_belongs_to_one_person_only()
    {
        await using var desk = await ImportDesk.Open();

        var refused = await desk.Refused("people.csv", "人员编号,姓名,身份,企业微信账号\nS1,甲,司法局监督人员,wx1\nS2,乙,司法局监督人员,wx1");

        Assert.Equal("第3行，企业微信账号（wecom）：已经是人员S1的", Assert.Single(refused));
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_told_how_to_be_saved()
    {
        await using var desk = await ImportDesk.Open();
        var file = desk.Write("enterprises.csv", "x");
        await File.WriteAllBytesAsync(file, [0xC6, 0xF3, 0xD2, 0xB5, (byte)','], TestContext.Current.CancellationToken);

        var unreadable = Assert.Throws<UnreadableFileException>(() => Lines.Read(file, Kind.Named("enterprises")!, []));

        Assert.Contains("CSV UTF-8", unreadable.Message, StringComparison.Ordinal);
        Assert.Equal(2, await desk.Run(file));
    }

    [Theory]
    [InlineData("tickets.csv", "tickets")]
    [InlineData("什么.csv", null)]
    public async Task A_kind_that_cannot_be_imported_is_refused(string name, string? kind)
    {
        await using var desk = await ImportDesk.Open();
        var file = desk.Write(name, "a,b");

        Assert.Equal(2, await (kind is null ? desk.Run(file) : desk.Run(file, "--kind", kind)));
    }

    [Theory]
    [InlineData("enterprises.json", "[1]", 1)]
    [InlineData("enterprises.json", "{\"list\": []}", 2)]
    [InlineData("enterprises.json", "[{]", 2)]
    [InlineData("enterprises.csv", "", 2)]
    [InlineData("enterprises.csv", "企业编号,企业名称,统一社会信用代码\nE1,,", 1)]
    [InlineData("2027.ics", "BEGIN:VCALENDAR", 1)]
    public async Task The_exit_code_tells_a_bad_line_from_a_file_that_cannot_be_read(string name, string text, int code)
    {
        await using var desk = await ImportDesk.Open();

        Assert.Equal(code, await desk.Run(desk.Write(name, text, Encoding.UTF8)));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        await using var desk = await ImportDesk.Open();

        Assert.Equal(2, await desk.Run(desk.PathOf("missing.csv")));
    }
}
