using Bot.Tests.Channels.Web;
using Bot.Tests.Hosting;
using Microsoft.Playwright;
using static Bot.Tests.Tour.Stage;

namespace Bot.Tests.Tour;

/// <summary>
/// The README's tour as a new user takes it: one browser, two panes, C2 → C3 → C17 → C3, then C4 and C5. With BOT_PICTURES set to a folder
/// the pictures of the README are taken anew.
/// </summary>
public sealed class TheFiveMinuteTour
{
    [Fact]
    public async Task Both_ends_of_the_talk_are_held_in_one_page()
    {
        Installed.OrSkip(Installed.Chromium);
        await using var bot = await RunningBot.Start(settings: "--demo");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browsers.Launch(playwright);
        var page = await Browsers.Open(browser, bot.Address.ToString());
        var enterprise = new Pane(page, ".left");
        var official = new Pane(page, ".right");
        await enterprise.Hears("您好，庄亦舟");
        await official.Hears("您好，魏亦舟");
        await Picture(page, "start");

        // C2: the preview and the self-check.
        await enterprise.Says("最近谁要来查", "贵单位近期有2次检查");
        await enterprise.Says("1", "有限空间作业先审批");
        await enterprise.Presses("怎么准备", "请逐项自查");
        await enterprise.Says("第三项我们没有", "未做到");
        await enterprise.Says("先不用", "接着说");
        await enterprise.Says("好了", "自查情况已留在这里");

        // C3: guidance is asked for, with a side question in between.
        await enterprise.Says("申请行政指导", "您想请哪个单位指导？");
        await enterprise.Says("安静日到底是几号", "回到刚才");
        await enterprise.Says("1", "想问什么");
        await enterprise.Says("有限空间作业审批单没有模板", "先看看这些是否有帮助");
        await enterprise.Says("还要问单位", "提交吗");
        await enterprise.Says("提交", "最迟11月24日（周二）");
        await enterprise.Says("怎么算出来的", "第2个工作日11月24日");

        // C17: the official is told at once, because the pane is open, and answers.
        await official.Hears("新的行政指导申请");
        await official.Presses("答复 G26-58", "现在答复");
        await official.Says("1", "请写答复");
        await official.Says("审批单模板已放在区政府网站。依据：《工贸企业有限空间作业安全规定》。怎么做：下载后按栏目填写", "发送前预览");
        await official.Says("发送", "已发送给企业，按期");
        await enterprise.Hears("答复如下");
        await Picture(page, "two-panes");
        await enterprise.Says("有用", "谢谢");

        // C4: an anonymous complaint.
        await enterprise.Says("他们没亮证没扫码就进来", "匿名");
        await enterprise.Says("2", "发生在哪天");
        await enterprise.Says("就今天下午三点", "是哪个单位");
        await enterprise.Says("好像是城管", "可以再补充经过");
        await enterprise.Says("两个人 没说要查什么", "提交吗");
        await enterprise.Says("提交", "查询码");

        // C5: a rating, by the enterprise whose inspection is over.
        await page.Locator("#who-left").SelectOptionAsync("C014");
        enterprise = new Pane(page, ".left");
        await enterprise.Hears("您好，季启明");
        await enterprise.Says("评价检查", "1—5分");
        await enterprise.Says("5分，一次看完挺好", "提交吗");
        await enterprise.Says("等一下 改成4分", "4分");
        await enterprise.Says("行", "已提交");

        // C26: the supervisor sees the complaint.
        await page.Locator("#who-right").SelectOptionAsync("SJ1");
        official = new Pane(page, ".right");
        await official.Hears("您好，沈宛青");
        await official.Says("投诉台账", "城市管理局");
        await Picture(page, "supervisor");
    }

    [Fact]
    public async Task The_page_of_a_phone_shows_the_same_talk()
    {
        Installed.OrSkip(Installed.Chromium);
        await using var bot = await RunningBot.Start();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browsers.Launch(playwright);
        var page = await Browsers.Open(browser, bot.Address.ToString(), width: 390, height: 760);
        var visitor = new Pane(page, "");

        await visitor.Hears("您好");
        await visitor.Says("<script>alert(1)</script> 😀", "匿名咨询");
        await visitor.Says("不想留名字问个事", "想问什么");
        await Picture(page, "phone");
    }
}
