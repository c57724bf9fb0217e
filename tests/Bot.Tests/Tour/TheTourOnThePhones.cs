using System.Net;
using System.Net.Sockets;
using Bot.Emulators;
using Bot.Tests.Channels.Web;
using Microsoft.Playwright;
using static Bot.Tests.Tour.Stage;

namespace Bot.Tests.Tour;

/// <summary>
/// The README's tour of the official account as a new user takes it: one command, emulated phones, everything by menu, tap, word and photo; the official
/// beside is at a desk with the emulated WeCom. With BOT_PICTURES set to a folder the pictures of the docs are taken anew.
/// </summary>
public sealed class TheTourOnThePhones
{
    private const string Photo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Fact]
    public async Task Everything_an_enterprise_does_is_done_on_the_account()
    {
        Installed.OrSkip(Installed.Chromium);
        var folder = Directory.CreateTempSubdirectory("tour");
        try
        {
            await using var trial = await Trial.Start(Testing.Manifests.Folder, folder.FullName, phonePort: 0, productPort: FreePort());
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await Browsers.Launch(playwright);
            var page = await Browsers.Open(browser, trial.Bench.ToString(), height: 900);

            await APreviewArrives(page);
            await GuidanceIsAskedForAndAnswered(page);
            await AComplaintHasAPhoto(page);
            await AnInspectionIsRated(page);
            await AnInspectionIsRegisteredAndApproved(page);
            await ANewcomerIsBoundAndLeaves(page);
            Assert.Empty(trial.Platform.Violations);
            Assert.Empty(trial.Company.Violations);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>C2: outside of the 48 hours a template message, with a page that has the whole text.</summary>
    private static async Task APreviewArrives(IPage page)
    {
        var contact = await Phone.TakeUp(page, "邵疏影");
        var card = contact.Card("检查计划通知");
        await card.WaitForAsync();
        Assert.Contains("2026年12月2日", await card.InnerTextAsync(), StringComparison.Ordinal);
        var whole = await page.RunAndWaitForPopupAsync(() => card.GetByText("查看详情").ClickAsync());
        await whole.GetByText("合规标准").WaitForAsync();
        await whole.CloseAsync();
        await contact.PutAway("季启明");
        var enterprise = await Phone.TakeUp(page, "庄亦舟");
        await enterprise.Picks("查检查", "检查预告", "近期有2次检查");
        await Picture(page, "wechat");
    }

    /// <summary>C3 and C17: asked for on the phone, answered by an official in WeCom beside it, and the answer arrives on the phone.</summary>
    private static async Task GuidanceIsAskedForAndAnswered(IPage page)
    {
        var enterprise = new Phone(page, "庄亦舟");
        await enterprise.Says("1", "12月18日");
        await enterprise.Taps("怎么准备", "请逐项自查");
        await enterprise.Says("都做到了", "已记下");
        await enterprise.Says("好了", "自查情况已留在这里");
        await enterprise.Picks("要服务", "申请行政指导", "您想请哪个单位指导");
        await enterprise.Says("1", "想问什么");
        await enterprise.Says("有限空间作业审批单没有模板", "先看看这些是否有帮助");
        await enterprise.Says("还要问单位", "提交吗");
        await enterprise.Taps("提交", "最迟11月24日（周二）");

        await enterprise.PutAway("邵疏影");
        var desk = await Desk.SitDownAt(page, "魏亦舟");
        await desk.Says("答复 G26-58", "现在答复");
        await desk.Taps("现在答复", "现在答复", "请写答复");
        await desk.Says("审批单模板已放在区政府网站。依据：《工贸企业有限空间作业安全规定》。怎么做：下载后按栏目填写", "发送前预览");
        await desk.Says("发送", "已发送给企业，按期");
        await enterprise.Hears("审批单模板已放在区政府网站");
        await Picture(page, "wecom");
    }

    /// <summary>C4: by name, with a photo that the platform keeps for three days and we for as long as the case.</summary>
    private static async Task AComplaintHasAPhoto(IPage page)
    {
        var enterprise = new Phone(page, "庄亦舟");
        await enterprise.Picks("要服务", "投诉检查行为", "这次投诉您希望");
        await enterprise.Says("匿名", "发生了什么");
        await enterprise.Says("没亮证没扫码就进来", "发生在哪天");
        await enterprise.Says("今天上午九点", "是哪个单位");
        await enterprise.Says("城管", "也可以发照片");
        await enterprise.Sends(Convert.FromBase64String(Photo), "收到1张");
        await enterprise.Says("没有", "照片1张");
        await enterprise.Taps("提交", "查询码");
    }

    /// <summary>C5.</summary>
    private static async Task AnInspectionIsRated(IPage page)
    {
        var enterprise = await Phone.TakeUp(page, "季启明");
        await enterprise.Picks("我的", "评价检查", "1—5分");
        await enterprise.Says("5分，一次看完挺好", "提交吗");
        await enterprise.Taps("提交", "已提交，谢谢");
        await enterprise.Picks("要服务", "匿名咨询", "想问什么");
        await enterprise.Says("外卖店消防要检查什么", "查询码");
    }

    /// <summary>C13 and C19: refused on a quiet day, moved and approved on cards, and the preview is on the enterprise's phone.</summary>
    private static async Task AnInspectionIsRegisteredAndApproved(IPage page)
    {
        var enterprise = new Phone(page, "季启明");
        var inspector = new Desk(page, "魏亦舟");
        await inspector.Says("登记任务 12月3日上午 溪桥铝合金 工贸企业安全生产", "最早12月16日");
        await inspector.Taps("最早12月16日", "改16日", "检查人员？");
        await inspector.Says("我和顾工", "提交报审吗");
        await inspector.Taps("提交报审吗", "提交报审", "编号 T26-1");
        await new Phone(page, "庄亦舟").PutAway("庄亦舟");
        var leader = await Desk.SitDownAt(page, "秦文漪");
        await leader.Says("审批 T26-1", "溪桥铝合金");
        await leader.Taps("溪桥铝合金", "同意", "检查预告已发给企业1位联系人");
        await enterprise.Card("检查计划通知").Last.WaitForAsync();
        await leader.StandUp();
        await inspector.StandUp();
        await Open(page, "庄亦舟");
    }

    /// <summary>C1, C11 and what unfollowing means.</summary>
    private static async Task ANewcomerIsBoundAndLeaves(IPage page)
    {
        var colleague = new Phone(page, "季启明");
        await colleague.Says("邀请同事", "同事的身份是");
        await colleague.Says("3", "绑定码：");
        var shown = await colleague.Opens("打开二维码");
        await shown.GetByAltText("二维码").WaitForAsync();
        await shown.CloseAsync();

        await colleague.PutAway("庄亦舟");
        await colleague.PutAway("邵疏影");
        var newcomer = await Phone.TakeUp(page, "新用户");
        await newcomer.FollowsByTheOnlyCode("对吗");
        await newcomer.Says("1 王小明", "绑定成功");
        await Picture(page, "wechat-binding");
        await newcomer.Says("解除绑定", "要解绑吗");
        await newcomer.Says("1", "已解绑");
        await newcomer.Unfollows();
        await newcomer.Follows("直接说要办的事");
    }

    private static async Task Open(IPage page, string owner)
    {
        var chip = page.Locator("#people").GetByText(owner, new() { Exact = true });
        await chip.WaitForAsync();
        if (await chip.GetAttributeAsync("aria-pressed") != "true")
            await chip.ClickAsync();
    }

    /// <summary>The service must know its own address before it starts, for the links in what it sends.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A desk with WeCom open: what the app says is anywhere in the chat, in a text or on a card.</summary>
    private sealed class Desk(IPage page, string owner)
    {
        private readonly ILocator desk = page.GetByLabel($"{owner}的企业微信", new() { Exact = true });

        public static async Task<Desk> SitDownAt(IPage page, string owner)
        {
            await Open(page, owner);
            return new(page, owner);
        }

        public async Task StandUp() => await page.Locator("#people").GetByText(owner, new() { Exact = true }).ClickAsync();

        public async Task Taps(string card, string button, string answer)
        {
            await desk.Locator(".template", new() { HasText = card }).Last.Locator(".choice").GetByText(button).First.ClickAsync();
            await Hears(answer);
        }

        public async Task Says(string words, string answer)
        {
            await desk.GetByLabel("输入消息").FillAsync(words);
            await desk.GetByLabel("输入消息").PressAsync("Enter");
            await Hears(answer);
        }

        private Task Hears(string words) => desk.Locator(".row-in", new() { HasText = words }).Last.WaitForAsync();
    }

    /// <summary>One of the phones: does something, and waits for words that were not there before.</summary>
    private sealed class Phone(IPage page, string owner)
    {
        private readonly ILocator phone = page.GetByLabel($"{owner}的手机", new() { Exact = true });
        private int heard;

        public static async Task<Phone> TakeUp(IPage page, string owner)
        {
            await Open(page, owner);
            return new(page, owner);
        }

        public ILocator Card(string title) => phone.Locator(".card", new() { HasText = title });

        /// <summary>So that a picture shows those that matter.</summary>
        public async Task PutAway(string other)
        {
            var chip = page.Locator("#people").GetByText(other, new() { Exact = true });
            if (await chip.GetAttributeAsync("aria-pressed") == "true")
                await chip.ClickAsync();
        }

        public async Task<string> Says(string words, string answer)
        {
            await Write();
            await Mark();
            await phone.GetByLabel("输入消息").FillAsync(words);
            await phone.GetByLabel("输入消息").PressAsync("Enter");
            return await Hears(answer);
        }

        public async Task Taps(string words, string answer)
        {
            await Mark();
            await phone.Locator(".tap").GetByText(words, new() { Exact = true }).Last.ClickAsync();
            await Hears(answer);
        }

        public async Task Picks(string button, string entry, string answer)
        {
            if (await phone.Locator(".writing").IsVisibleAsync())
                await phone.GetByLabel("菜单", new() { Exact = true }).ClickAsync();
            await Mark();
            await phone.Locator(".entries button").GetByText(button).ClickAsync();
            await phone.Locator(".submenu").GetByText(entry, new() { Exact = true }).ClickAsync();
            await Hears(answer);
        }

        public async Task Sends(byte[] photo, string answer)
        {
            await Mark();
            await phone.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "photo.png", MimeType = "image/png", Buffer = photo });
            await Hears(answer);
        }

        public async Task Follows(string greeting)
        {
            await Mark();
            await phone.GetByText("关注公众号", new() { Exact = true }).ClickAsync();
            await Hears(greeting);
        }

        public async Task FollowsByTheOnlyCode(string greeting)
        {
            await Mark();
            await phone.GetByText("扫二维码关注").ClickAsync();
            await phone.Locator(".scanner .code").ClickAsync();
            await Hears(greeting);
        }

        public Task<IPage> Opens(string link) => page.RunAndWaitForPopupAsync(() => phone.Locator(".bubble a").GetByText(link, new() { Exact = true }).Last.ClickAsync());

        public async Task Unfollows()
        {
            await phone.GetByLabel("更多").ClickAsync();
            await phone.GetByText("取消关注").ClickAsync();
            await phone.GetByText("关注公众号", new() { Exact = true }).WaitForAsync();
        }

        public async Task<string> Hears(string words)
        {
            var lines = phone.Locator(".row-in, .log > .card, .failed");
            for (var at = heard; ; at = heard)
            {
                await lines.Nth(at).WaitForAsync();
                heard = await lines.CountAsync();
                for (var i = at; i < heard; i++)
                {
                    if (await lines.Nth(i).InnerTextAsync() is var line && line.Contains(words, StringComparison.Ordinal))
                        return line;
                }
            }
        }

        private async Task Mark() => heard = await phone.Locator(".row-in, .log > .card, .failed").CountAsync();

        private async Task Write()
        {
            if (!await phone.Locator(".writing").IsVisibleAsync())
                await phone.GetByLabel("打字").ClickAsync();
        }
    }
}
