using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bot.Emulators.Bench;
using Bot.Emulators.WeChat;
using Bot.Tests.Channels.Web;
using Microsoft.Playwright;

namespace Bot.Tests.Channels.WeChat.Emulator;

public sealed class ThePhonePage
{
    [Fact]
    public async Task A_visitor_follows_taps_the_menu_writes_and_scans()
    {
        Installed.OrSkip(Installed.Chromium);
        await using var service = await StandIn.Silent();
        await using var platform = new WeChatPlatform();
        await platform.Start(more: new BenchPage(platform).Map);
        platform.Callback.SendTo(service.Address);
        using var client = await new BareClient(platform).LogIn();
        await client.Call("menu/create", """{"button":[{"name":"查检查","sub_button":[{"name":"检查预告","type":"click","key":"检查预告"}]}]}""");
        await client.Call("qrcode/create", """{"expire_seconds":600,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"bind_8K2M"}}}""");
        var user = platform.NewUser("王小明");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browsers.Launch(playwright);
        var page = await Browsers.Open(browser, platform.ApiBase.ToString(), width: 390, height: 780);

        var phone = page.GetByLabel("王小明的手机");
        await phone.GetByText("关注公众号", new() { Exact = true }).ClickAsync();
        await phone.GetByText("查检查").ClickAsync();
        await phone.GetByText("检查预告", new() { Exact = true }).ClickAsync();
        await phone.GetByLabel("打字").ClickAsync();
        await phone.GetByLabel("输入消息").FillAsync("你好 <b>😀</b>");
        await phone.GetByText("发送", new() { Exact = true }).ClickAsync();
        await phone.GetByText("你好 <b>😀</b>").WaitForAsync();
        await client.Write(user, "<a href=\\\"weixin://bizmsgmenu?msgmenucontent=%E5%A5%BD&msgmenuid=1\\\">好</a>");
        await phone.Locator(".tap").ClickAsync();
        await phone.Locator(".row-out", new() { HasText = "好" }).Nth(1).WaitForAsync();
        await phone.GetByLabel("照片、位置、扫一扫").ClickAsync();
        await phone.GetByText("扫一扫").First.ClickAsync();
        await phone.GetByText("bind_8K2M").First.ClickAsync();

        using var http = new HttpClient { BaseAddress = platform.ApiBase };
        var state = await http.GetFromJsonAsync<JsonNode>("bench/state");
        Assert.Equal(["你好 <b>😀</b>", "<a href=\"weixin://bizmsgmenu?msgmenucontent=%E5%A5%BD&msgmenuid=1\">好</a>", "好"], user.Inbox.Select(bubble => bubble.Text));
        Assert.Equal(3, state!["phones"]!["users"]![0]!["bubbles"]!.AsArray().Count);
        while (platform.Book.Deliveries.Count < 5)
            await page.WaitForTimeoutAsync(50);
        Assert.Equal(["subscribe", "CLICK", null, null, "SCAN"], platform.Book.Deliveries.Select(delivery => (string?)System.Xml.Linq.XElement.Parse(delivery.InnerXml).Element("Event")));
    }

    [Fact]
    public async Task Nothing_on_the_page_comes_from_elsewhere()
    {
        await using var platform = new WeChatPlatform();
        await platform.Start(more: new BenchPage(platform).Map);
        using var http = new HttpClient { BaseAddress = platform.ApiBase };
        foreach (var file in new[] { "", "bench.css", "bench.js", "phone.js", "desk.js", "tools.js" })
            Assert.DoesNotMatch("(src|href|url\\()=?[\"']?(https?:)?//", await http.GetStringAsync(file));
    }
}
