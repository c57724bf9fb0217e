using System.Text.RegularExpressions;
using Bot.Tests.Channels.Web;
using Bot.Tests.Hosting;
using Microsoft.Playwright;
using static Bot.Tests.Tour.Stage;

namespace Bot.Tests.Tour;

/// <summary>
/// The other half of the product in one page: an anonymous question (C31; W28), the observer's form (C29; S08), what the library has and what it has not (S18), a
/// complaint that comes back (C4, C26; S37), a clue that becomes a warning, a letter and a re-check (C23–C25; S13–S16). With BOT_PICTURES set to a folder the
/// pictures of the docs are taken anew.
/// </summary>
public sealed partial class TheWayOfSupervision
{
    [Fact]
    public async Task Who_asks_observes_or_complains_is_heard_and_a_unit_is_helped_to_do_better()
    {
        Installed.OrSkip(Installed.Chromium);
        await using var bot = await RunningBot.Start(settings: "--demo");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browsers.Launch(playwright);
        var page = await Browsers.Open(browser, bot.Address.ToString());

        await AnAnonymousQuestionIsAnswered(page);
        await AnObserverFillsInTheForm(page);
        await MoveTo(bot, page, "2026-11-23T09:00:00+08:00");
        await TheLibraryIsSearched(page);
        await AComplaintIsAnsweredAndComesBack(page);
        await AClueBecomesALetterAndARecheck(page);
    }

    private static async Task AnAnonymousQuestionIsAnswered(IPage page)
    {
        var asker = await Become(page, ".left", "C014", "季启明");
        var official = await Become(page, ".right", "I05", "魏亦舟");
        await asker.Says("匿名咨询", "想问什么");
        await asker.Says("危化品仓库要不要24小时值守？", "查询码");
        var code = Code().Match(await page.Locator(".left .line.bot").Last.InnerTextAsync()).Value;
        await official.Says("答复 G26-58", "匿名提问人");
        await official.Says("1", "请写答复");
        await official.Says("要有人值守。依据：《危险化学品安全管理条例》第二十四条", "发送前预览");
        await official.Says("发送", "提问人凭查询码可以看到");
        await asker.Says(code, "要有人值守");
        await Picture(page, "supervision-anonymous");
        Assert.DoesNotContain(await page.Locator(".right .line").AllInnerTextsAsync(), line => line.Contains("季启明", StringComparison.Ordinal));
    }

    private static async Task AnObserverFillsInTheForm(IPage page)
    {
        var observer = await Become(page, ".left", "O1", "秦以宁");
        await observer.Says("我今天看了T301", "请逐条回答");
        await observer.Says("是 是 是 没注意", "还有要说明的吗");
        await observer.Says("没有", "请看一遍");
        await observer.Says("提交", "被观察单位只看到汇总，看不到您的名字");
        await Picture(page, "supervision-observer");
    }

    private static async Task AComplaintIsAnsweredAndComesBack(IPage page)
    {
        var complainant = await Become(page, ".left", "C014", "季启明");
        var desk = await Become(page, ".right", "SJ3", "范景行");
        await complainant.Says("投诉检查行为", "这次投诉您希望");
        await complainant.Says("1", "发生了什么");
        await complainant.Says("消防的检查人员说话很凶，一直吼我们的电工", "发生在哪天");
        await complainant.Says("今天上午", "可以再补充经过");
        await complainant.Says("没有", "请看一遍");
        await complainant.Presses("提交", "云监投〔2026〕049号");
        await desk.Says("打开 K26-49", "态度生硬");
        await desk.Presses("受理", "已受理");
        await complainant.Hears("已受理");
        await desk.Says("打开 K26-49", "首次联系");
        await desk.Presses("联系投诉人", "请写要问");
        await desk.Says("请问当时是检查到哪个环节？", "已登记联系");
        await complainant.Says("补充", "要补充的内容");
        await complainant.Says("查配电房的时候", "已补充");
        await complainant.Says("没有", "好的");
        await desk.Says("打开 K26-49", "查配电房的时候");
        await desk.Presses("办结", "查明的情况");
        await desk.Says("现场录像显示言语不当", "怎么处理的");
        await desk.Says("已约谈检查人员", "依据");
        await desk.Says("检查应当严格规范公正文明", "办结内容会告诉投诉人");
        await desk.Presses("办结", "已办结");
        await complainant.Hears("约谈");
        await complainant.Says("仍未解决", "哪里还没有解决");
        await complainant.Says("没有人来道歉", "已转复核");
        await desk.Says("打开 K26-49", "没有人来道歉");
        await Picture(page, "supervision-complaint");
    }

    private static async Task TheLibraryIsSearched(IPage page)
    {
        var enterprise = await Become(page, ".left", "C014", "季启明");
        await enterprise.Says("合规指引 灭火器", "灭火器");
        await enterprise.Says("合规指引 直播带货的备案", "没有找到关于“直播带货的备案”的内容");
        await Picture(page, "supervision-library");
    }

    private static async Task AClueBecomesALetterAndARecheck(IPage page)
    {
        var bureau = await Become(page, ".right", "SJ1", "沈宛青");
        var unit = await Become(page, ".left", "LI-U09", "童望舒");
        await bureau.Says("查找线索", "已查找一遍");
        await bureau.Says("监督线索", "等处理的线索");
        await bureau.Says("发预警给交通运输局", "什么问题");
        await bureau.Says("检查结果超期未回填", "请写事实");
        await bureau.Says("T305应于11月19日前回填，至今没有回填", "依据哪条规定");
        await bureau.Says("《云澜区涉企行政检查规则》：检查结果按期回填", "用什么方式提醒");
        await bureau.Presses("平台", "发出以后单位负责人和联络员都会收到");
        await Picture(page, "supervision-warning");
        await bureau.Presses("发出预警", "已发出预警");
        var matter = Case().Match(await page.Locator(".right .line.bot").Last.InnerTextAsync()).Value;

        await unit.Hears("检查结果超期未回填");
        await unit.Says(matter, "前说明情况和整改措施");
        await unit.Says("1 已补录T305，以后当天回填", "有佐证吗");
        await unit.Says("没有", "请核对");
        await unit.Presses("提交", "已提交");
        await bureau.Says($"打开 {matter}", "单位已说明");
        await bureau.Presses("认定未改正", "请写核实");
        await bureau.Says("11月20日的检查仍没有回填", "请核对");
        await bureau.Presses("告知单位", "已认定未改正");
        await bureau.Presses($"起草建议书 {matter}", "请写监督建议");
        await bureau.Says("逐日核对，未回填的当天提醒经办人", "草稿已生成");
        await bureau.Presses("签发", "请再确认");
        await bureau.Presses("确认", "已送达");
        await Picture(page, "supervision-letter");

        await unit.Hears("建议书");
        await unit.Says($"已收到 {matter}", "已签收");
        await unit.Says($"提交整改 {matter}", "请写整改情况");
        await unit.Says("已全部回填，每天下班前核对", "有佐证吗");
        await unit.Says("没有", "请核对");
        await unit.Presses("提交", "已提交整改情况");
        await bureau.Says($"打开 {matter}", "现在就可以复查");
        await bureau.Presses("登记复查结果", "复查结果");
        await bureau.Presses("已整改", "请写复查的情况");
        await bureau.Says("抽查5次检查，均在当天回填", "请核对");
        await bureau.Presses("告知单位", "已办结：整改到位");
        await unit.Says(matter, "已办结");
        await Picture(page, "supervision-recheck");
    }

    [GeneratedRegex("[0-9A-Z]{4,5}-[0-9A-Z]{4,5}(-[0-9A-Z]{4})?")]
    private static partial Regex Code();

    [GeneratedRegex("SV26-[0-9]+")]
    private static partial Regex Case();
}
