using System.Text.RegularExpressions;
using Bot.Tests.Channels.Web;
using Bot.Tests.Hosting;
using Microsoft.Playwright;
using static Bot.Tests.Tour.Stage;

namespace Bot.Tests.Tour;

/// <summary>
/// One inspection from its registration to its rating, held in one page by everybody it concerns: quiet days (J13), approval (J10), the preview (J16), two
/// units merged into one visit (J25, J28), the code at the door (J30, J32), the result (J37) and what the enterprise thinks of it (W37). With BOT_PICTURES set
/// to a folder the pictures of the docs are taken anew.
/// </summary>
public sealed partial class TheWayOfAnInspection
{
    [Fact]
    public async Task Everybody_does_their_part_in_one_page()
    {
        Installed.OrSkip(Installed.Chromium);
        await using var bot = await RunningBot.Start(settings: "--demo");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browsers.Launch(playwright);
        var page = await Browsers.Open(browser, bot.Address.ToString());

        await AQuietDayIsRefusedAndTheInspectionMoved(page);
        await TheLeaderApprovesAndTheEnterpriseIsTold(page);
        await AnotherUnitMeetsItAndTwoLiaisonsMerge(page);
        await TheMergedVisitIsApprovedAndToldAnew(page);
        await MoveTo(bot, page, "2026-12-16T08:45:00+08:00");
        await TheCodeIsVerifiedAtTheDoor(page);
        await TheResultIsEnteredAndTheVisitRated(page);
    }

    private static async Task AQuietDayIsRefusedAndTheInspectionMoved(IPage page)
    {
        var inspector = await Become(page, ".right", "I05", "魏亦舟");
        await inspector.Says("登记任务 12月3日上午 溪桥铝合金 工贸企业安全生产", "最早12月16日（周三）");
        await inspector.Presses("改16日", "检查人员？");
        await inspector.Says("我和顾工", "2人证件有效");
        await Picture(page, "inspection-quiet-day");
        await inspector.Presses("提交报审", "编号 T26-1");
    }

    private static async Task TheLeaderApprovesAndTheEnterpriseIsTold(IPage page)
    {
        await Become(page, ".left", "C014", "季启明");
        var leader = await Become(page, ".right", "L-U02", "秦文漪");
        await leader.Hears("待您审批：任务T26-1");
        await leader.Says("待我审批", "T26-1 云澜区溪桥铝合金压延有限公司");
        await leader.Says("T26-1", "符合提前7日登记");
        await leader.Presses("同意", "检查预告已发给企业1位联系人");
        await new Pane(page, ".left").Hears("2026年12月16日（周三）上午到贵单位开展日常检查");
        await Picture(page, "inspection-approval");
    }

    /// <summary>The first of the two agrees in one go with the words of the notice, the other looks at it in the list of what is to be done.</summary>
    private static async Task AnotherUnitMeetsItAndTwoLiaisonsMerge(IPage page)
    {
        var other = await Become(page, ".right", "I09", "顾疏影");
        await other.Says("登记任务 12月17日 溪桥铝合金 水污染", "检查人员？");
        await other.Says("1、2", "云澜区应急管理局12月16日也要查这家企业");
        await other.Presses("提交报审", "已生成并办提示M26-1");

        var first = await Become(page, ".left", "LI-U02", "孟仲平");
        await first.Hears("并办提示M26-1");
        await first.Says("同意并办 M26-1", "等待：生态环境");
        await first.Presses("知道了", "有结果会告诉您");
        var second = await Become(page, ".right", "LI-U03", "陆牧野");
        await second.Hears("并办提示M26-1");
        await second.Says("今日待办", "以后到期");
        await second.Presses("看以后的", "M26-1并办");
        await second.Says("M26-1", "建议12月16日上午一次完成");
        await second.Presses("同意", "任务T26-2并入T26-1");
        await first.Hears("并办提示M26-1已处理");
        await Picture(page, "inspection-merging");
    }

    private static async Task TheMergedVisitIsApprovedAndToldAnew(IPage page)
    {
        var leader = await Become(page, ".right", "L-U02", "秦文漪");
        await leader.Hears("检查事项：工贸企业安全生产检查、水污染防治检查");
        await leader.Says("审批 T26-1", "4人证件有效");
        await leader.Presses("同意", "检查预告已发给企业1位联系人");
        var enterprise = await Become(page, ".left", "C014", "季启明");
        await enterprise.Hears("【变更】");
        await enterprise.Says("最近谁要来查", "云澜区应急管理局会同江临市云澜生态环境局");
        await Picture(page, "inspection-merged-preview");
    }

    private static async Task TheCodeIsVerifiedAtTheDoor(IPage page)
    {
        var enterprise = await Become(page, ".left", "C014", "季启明");
        var inspector = await Become(page, ".right", "I05", "魏亦舟");
        await inspector.Hears("今天到云澜区溪桥铝合金压延有限公司检查");
        await inspector.Says("打开 T26-1", "[1]出示检查码");
        await inspector.Presses("出示检查码", "检查码：");
        var code = Code().Match(await page.Locator(".right .line.bot").Last.InnerTextAsync()).Value;

        await enterprise.Says("门口两个人说是应急局的", "能看到检查码或证号吗");
        await enterprise.Says(code, "核对无误：云澜区应急管理局、江临市云澜生态环境局今天到贵单位检查");
        await Picture(page, "inspection-door");
        await enterprise.Hears("08:45检查人员已扫码");
        await enterprise.Says("知道了", "随时可以再核验");
        await inspector.Says("登记到场 T26-1", "已经登记过到场");
    }

    private static async Task TheResultIsEnteredAndTheVisitRated(IPage page)
    {
        var inspector = new Pane(page, ".right");
        var enterprise = new Pane(page, ".left");
        await inspector.Says("回填 T26-1", "T26-1 结果");
        await inspector.Says("3 台账不全，12月25日前", "台账不全（依据：");
        await inspector.Presses("提交", "公示期限为1月14日");
        await enterprise.Hears("结果：责令改正");
        await enterprise.Hears("请评价");
        await enterprise.Says("评价 T26-1", "1—5分");
        await enterprise.Says("5分，一次看完挺好", "提交吗");
        await enterprise.Presses("提交", "检查单位看不到是谁评的");
        await enterprise.Says("我的检查记录", "台账不全");
        await Picture(page, "inspection-result");
        await inspector.Says("公示 T26-1", "公示");
        Assert.DoesNotContain("一次看完挺好", await page.Locator(".right").InnerTextAsync(), StringComparison.Ordinal);
    }

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Code();
}
