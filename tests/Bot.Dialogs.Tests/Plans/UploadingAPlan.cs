using System.Text;
using Bot.Domain.Plans;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Plans;

/// <summary>C22, J08, J09, S25–S27, W08: the plan comes as a table; what is missing is filled in here; its filings follow.</summary>
public sealed class UploadingAPlan
{
    private const string Item = "工贸企业安全生产检查";

    [Fact]
    public async Task C22_as_it_is_written()
    {
        using var desk = new PlanDesk("2027-01-19 10:00");

        var asked = await desk.Hear("上传2027年度计划");
        var read = await desk.Send("2027计划.xlsx", PlanTables.Excel(42, Item, 7, 19));
        var rest = await desk.Play(
            """
            U: 2 都是10%
            B: 已补。截止2027年2月28日前上传，您提前完成。市级备案编号有了吗？没有可以稍后补，补齐前不能报云澜区司法局。
               [还没有]
            U: 还没有
            B: 已保存为“待市级备案”，1月22日（周五）提醒您。
               [市级备案 P-U02-2027]
            """);

        Assert.StartsWith("请发计划表（.xlsx 或 .csv）。", asked, StringComparison.Ordinal);
        Assert.Contains("区级单位须先完成市级备案，再报云澜区司法局", asked, StringComparison.Ordinal);
        Assert.Equal("读到42行，2行缺检查比例（第7、19行）。[1]改后重传 [2]就在这里补", read);
        Assert.Contains("已保存为“待市级备案”，1月22日（周五）提醒您。", rest, StringComparison.Ordinal);
        Assert.Contains("B: 已补。截止2027年2月28日前上传，您提前完成。市级备案编号有了吗？", rest, StringComparison.Ordinal);
        Assert.Equal(42, desk.Office.Use(db => db.PlanLines.Count(line => line.Ratio == 10)));
    }

    [Fact]
    public async Task S26_with_the_number_at_hand_the_plan_goes_on_to_the_justice_bureau_and_to_the_public()
    {
        using var desk = new PlanDesk("2027-01-19 10:00");
        await desk.Hear("上传2027年度计划");
        await desk.Send("计划.xlsx", PlanTables.Excel(3, Item));

        var rest = await desk.Play(
            """
            U: 江应急备〔2027〕3号
            B: 市级备案编号已登记。现在报云澜区司法局备案吗？
               [报] [先不报]
            U: 报
            B: 已报云澜区司法局备案。计划须向社会公告，公告后请告诉我。
               [公告计划 P-U02-2027]
            U: 公告计划 P-U02-2027
            B: 已记录公告，2027年度检查计划现在是“已公告”。
            """);

        Assert.Equal(3, rest.Split('\n').Count(line => line.StartsWith("B: ", StringComparison.Ordinal)));
        Assert.Contains("B: 已记录公告，2027年度检查计划现在是“已公告”。", rest, StringComparison.Ordinal);
        Assert.NotNull(desk.Office.Use(db => db.Plans.Single().PublishedOn));
    }

    [Fact]
    public async Task J08_on_the_first_of_March_it_is_said_to_be_late()
    {
        using var desk = new PlanDesk("2026-03-01 10:00");
        await desk.Hear("上传2026年度计划");

        var said = await desk.Send("计划.csv", PlanTables.Csv($"工贸企业,{Item},3月,10%,,,,,"));

        Assert.StartsWith("已上传。截止2026年2月28日，已经晚了", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task W08_wrong_rows_are_named_with_number_column_and_reason_and_the_mended_file_is_taken()
    {
        using var desk = new PlanDesk("2027-01-19 10:00");
        await desk.Hear("上传2027年度计划");

        var wrong = await desk.Send("计划.csv", PlanTables.Csv($"工贸企业,{Item},3月,10%,,,,,", $"工贸企业,没有这个事项,13月,一成,多次,,查无此局,,", $",{Item},3月,5%,,,,,"));
        var good = await desk.Send("计划.csv", PlanTables.Csv($"工贸企业,{Item},3月,10%,1次,现场检查,生态环境局,应急查安全，生态查排污,"));

        Assert.StartsWith("读到3行，6处要改：", wrong, StringComparison.Ordinal);
        Assert.Contains("第3行“检查事项”：“没有这个事项”不在本单位的检查事项清单里", wrong, StringComparison.Ordinal);
        Assert.Contains("第3行“月份”：“13月”看不懂", wrong, StringComparison.Ordinal);
        Assert.Contains("第3行“检查比例”：“一成”不是百分数", wrong, StringComparison.Ordinal);
        Assert.Contains("比列", wrong + "比列", StringComparison.Ordinal);
        Assert.Contains("市级备案编号有了吗", good, StringComparison.Ordinal);
        Assert.Equal(["U03"], desk.Office.Use(db => db.PlanLines.Single().JointUnitIds));
    }

    [Fact]
    public async Task Formulas_are_not_evaluated_and_text_that_looks_like_one_stays_text()
    {
        using var desk = new PlanDesk("2027-01-19 10:00");
        await desk.Hear("上传2027年度计划");

        var formula = await desk.Send("计划.xlsx", PlanTables.Excel([[.. PlanTables.Headings.Split(',')], ["工贸企业", Item, "3月", "formula:5+5"]]));
        await desk.Send("计划.csv", PlanTables.Csv($"=HYPERLINK(1),{Item},3月,10%,,,,,", $"@企业,{Item},3月,10%,,,,,", $"+86企业,{Item},3月,10%,,,,,", $"-企业,{Item},3月,10%,,,,,"));

        Assert.Contains("第2行“检查比例”：是公式，请改成文字或数值", formula, StringComparison.Ordinal);
        Assert.Equal(["=HYPERLINK(1)", "@企业", "+86企业", "-企业"], desk.Office.Use(db => db.PlanLines.OrderBy(line => line.Ordinal).Select(line => line.Target).ToList()));
    }

    [Fact]
    public async Task Files_that_are_no_plan_are_refused_with_what_to_do_and_the_talk_goes_on()
    {
        using var desk = new PlanDesk("2027-01-19 10:00");
        await desk.Hear("上传2027年度计划");
        var torn = PlanTables.Excel(3, Item);

        Assert.Contains("这个表格打不开", await desk.Send("坏.xlsx", [.. torn.Take(torn.Length / 2)]), StringComparison.Ordinal);
        Assert.Contains("这不是表格", await desk.Send("图.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("表里缺少“月份、检查比例”列", await desk.Send("缺.csv", Encoding.UTF8.GetBytes("检查对象,检查事项,备注\n甲,乙,丙")), StringComparison.Ordinal);
        Assert.Contains("没有内容", await desk.Send("空.csv", Encoding.UTF8.GetBytes(PlanTables.Headings)), StringComparison.Ordinal);
        Assert.Contains("不认识的列", await desk.Send("多.csv", Encoding.UTF8.GetBytes($"{PlanTables.Headings},颜色\n工贸企业,{Item},3月,10%,,,,,,红")), StringComparison.Ordinal);
        Assert.Contains("表格太大", await desk.Send("大.csv", PlanTables.Csv([.. Enumerable.Range(0, 6000).Select(i => $"企业{i},{Item},3月,10%,,,,,")])), StringComparison.Ordinal);
        Assert.Contains("请把计划表作为文件发来", await desk.Hear("计划在我桌上"), StringComparison.Ordinal);
        Assert.Contains("市级备案编号有了吗", await desk.Send("好.xlsx", PlanTables.Excel(3, Item)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_saved_by_a_Chinese_spreadsheet_as_CSV_is_read()
    {
        using var desk = new PlanDesk("2027-01-19 10:00");
        await desk.Hear("上传2027年度计划");
        var table = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(Encoding.UTF8.GetString(PlanTables.Csv($"工贸企业,{Item},3月,10%,,,,,")));

        Assert.Contains("市级备案编号有了吗", await desk.Send("计划.csv", table), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_missing_ratio_may_be_given_afterwards_or_the_table_sent_again()
    {
        using var desk = new PlanDesk("2027-01-19 10:00");
        await desk.Hear("上传2027年度计划");
        await desk.Send("计划.xlsx", PlanTables.Excel(3, Item, 3));
        Assert.Contains("请发改好的计划表", await desk.Hear("1"), StringComparison.Ordinal);
        await desk.Send("计划.xlsx", PlanTables.Excel(3, Item, 3, 4));

        Assert.Contains("检查比例是多少", await desk.Hear("2"), StringComparison.Ordinal);
        Assert.Contains("请写百分数", await desk.Hear("一点点"), StringComparison.Ordinal);
        Assert.StartsWith("已补。", await desk.Hear("12.5%"), StringComparison.Ordinal);
        Assert.Equal(2, desk.Office.Use(db => db.PlanLines.Count(line => line.Ratio == 12.5m)));
    }

    [Fact]
    public async Task J09_S25_an_adjustment_with_its_reason_and_the_bureaus_marks()
    {
        using var desk = new PlanDesk("2027-01-19 10:00");
        await desk.Hear("上传2027年度计划");
        await desk.Send("计划.xlsx", PlanTables.Excel(3, Item));
        await desk.Hear("还没有");
        await desk.Hear("调整计划 P-U02-2027");
        await desk.Hear("新增有限空间检查");

        var revised = await desk.Send("计划.xlsx", PlanTables.Excel(4, Item));
        await desk.Hear("江应急备〔2027〕3号");
        await desk.Hear("报");
        Assert.StartsWith("计划已调整，版本2，原因：新增有限空间检查。", revised, StringComparison.Ordinal);

        var bureau = desk.Yunlan.Bureau;
        Assert.Contains("是否合法、合理、协调", await desk.Hear("审查计划 P-U02-2027", bureau), StringComparison.Ordinal);
        Assert.Contains("请写明理由", await desk.Hear("合法，不合理，协调", bureau), StringComparison.Ordinal);
        Assert.Contains("合法、不合理、协调", await desk.Hear("比例过高", bureau), StringComparison.Ordinal);
        Assert.Contains("司法局审查：合法、不合理、协调（比例过高）", await desk.Hear("计划 P-U02-2027"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S26_filing_out_of_order_is_refused_in_words()
    {
        using var desk = new PlanDesk("2027-01-19 10:00");
        await desk.Hear("上传2027年度计划");
        await desk.Send("计划.xlsx", PlanTables.Excel(3, Item));
        await desk.Hear("还没有");

        Assert.Contains("请先完成市级备案", await desk.Hear("司法局备案 P-U02-2027"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task J08_the_bureau_sees_what_is_wrong_with_the_years_plans()
    {
        using var desk = new PlanDesk("2026-11-22 10:00");
        desk.Office.Add(new InspectionPlan("P-U09-2026", "U09", 2026, PlanKind.Annual, "2026年度计划", new DateOnly(2026, 3, 4)) { SuperiorFiledOn = new(2026, 2, 24), JusticeFiledOn = new(2026, 3, 10), PublishedOn = new(2026, 3, 25) });

        var said = await desk.Hear("检查计划", desk.Yunlan.Bureau);

        Assert.Contains("云澜区交通运输局2026年度检查计划（P-U09-2026）晚于期限上传", said, StringComparison.Ordinal);
        Assert.Contains("云澜区应急管理局2026年度检查计划尚未上传", said, StringComparison.Ordinal);
    }
}
