using System.Xml.Linq;
using Bot.Emulators.Bench;
using Bot.Emulators.WeChat;
using Bot.Emulators.WeCom;
using Bot.Tests.Channels.Web;
using Microsoft.Playwright;

namespace Bot.Tests.Channels.WeCom.Emulator;

public sealed class TheDeskPage
{
    private const string Approval = """
        "msgtype":"template_card","template_card":{"card_type":"button_interaction","task_id":"t1","source":{"desc":"涉企检查","desc_color":0},
        "action_menu":{"desc":"更多","action_list":[{"text":"今天不再提醒","key":"0|今天不再提醒"}]},
        "main_title":{"title":"检查任务待审批","desc":"T123 · 今天内答复"},"quote_area":{"quote_text":"拟于12月2日上午检查，已避开安静日。"},
        "horizontal_content_list":[{"keyname":"企业","value":"云岚精密机械有限公司"},{"keyname":"事项","value":"有限空间作业安全"},{"keyname":"人员","value":"魏亦舟、童以宁"}],
        "jump_list":[{"type":1,"title":"查看预告全文","url":"https://example.com/n/1"}],
        "button_list":[{"text":"同意","style":1,"key":"0|同意审批 T123"},{"text":"退回","style":3,"key":"0|退回 T123"}]}
        """;

    private const string Merging = """
        "msgtype":"template_card","template_card":{"card_type":"multiple_interaction","task_id":"m1","main_title":{"title":"并办提示","desc":"两个单位都要去云岚精密"},
        "select_list":[{"question_key":"unit","title":"牵头单位","option_list":[{"id":"1","text":"应急管理局"},{"id":"2","text":"消防救援大队"}]},
        {"question_key":"day","title":"日期","selected_id":"b","option_list":[{"id":"a","text":"12月2日"},{"id":"b","text":"12月3日"}]}],
        "submit_button":{"text":"同意并办","key":"S7|"}}
        """;

    [Fact]
    public async Task A_visitor_writes_taps_the_menu_and_cards_and_sees_them_change()
    {
        Installed.OrSkip(Installed.Chromium);
        await using var phones = new WeChatPlatform();
        var platform = new WeComPlatform();
        await using var service = await AppService.Start(platform);
        await phones.Start(more: new BenchPage(phones, platform).Map);
        phones.NewUser("庄亦舟", followsForLong: true);
        var leader = platform.NewMember("秦文漪", "L02", inDepartments: platform.NewDepartment("云澜区应急管理局").Id);
        leader.Position = "单位负责人";
        var deputy = platform.NewMember("柏若安", "L04");
        await service.Call($"menu/create?agentid={platform.App.AgentId}", """{"button":[{"name":"今日待办","type":"click","key":"今日待办"},{"name":"办检查","sub_button":[{"name":"登记检查","type":"click","key":"登记检查"}]}]}""");
        service.Answers = inner => inner.Element("Event")?.Value == "template_card_event"
            ? service.Reply(inner, "update_button", new XElement("Button", new XElement("ReplaceName", "秦文漪已同意")))
            : inner.Element("MsgType")!.Value == "text" ? service.Reply(inner, "text", new XElement("Content", "今日待办2件，最急的在下面。")) : null;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browsers.Launch(playwright);
        var page = await Browsers.Open(browser, phones.ApiBase.ToString(), width: 1440, height: 900);

        var desk = page.GetByLabel("秦文漪的企业微信");
        await desk.GetByLabel("输入消息").FillAsync("今日待办");
        await desk.GetByLabel("输入消息").PressAsync("Enter");
        await desk.GetByText("今日待办2件").WaitForAsync();
        var code = (string)(await service.Send("l02|l04", Approval))["response_code"]!;
        await service.Send("l02", Merging);
        var form = desk.GetByLabel("并办提示");
        await form.GetByLabel("牵头单位").SelectOptionAsync("消防救援大队");
        await Picture(page, "before");
        await form.GetByText("同意并办").ClickAsync();
        await form.GetByText("秦文漪已同意").WaitForAsync();
        await desk.GetByLabel("检查任务待审批").GetByText("同意", new() { Exact = true }).ClickAsync();
        await desk.GetByLabel("检查任务待审批").GetByText("秦文漪已同意").WaitForAsync();
        await page.Locator("#people").GetByText("柏若安").ClickAsync();
        var other = page.GetByLabel("柏若安的企业微信");
        await other.GetByLabel("检查任务待审批").GetByText("同意", new() { Exact = true }).WaitForAsync();
        await service.Call("message/update_template_card", $$$"""{"userids":["l04"],"agentid":{{{platform.App.AgentId}}},"response_code":"{{{code}}}","button":{"replace_name":"已由秦文漪同意"}}""");
        await other.GetByText("已由秦文漪同意").WaitForAsync();
        await desk.GetByText("办检查").ClickAsync();
        await desk.GetByText("登记检查", new() { Exact = true }).ClickAsync();
        await Picture(page, "after");
        await other.GetByLabel("更多").ClickAsync();
        await other.GetByText("停用账号").ClickAsync();
        await other.GetByText("账号已停用").WaitForAsync();

        Assert.Equal(2, service.Pushed.Count(push => push.Element("Event")?.Value == "template_card_event"));
        Assert.Equal(
            ["unit=2", "day=b"],
            service.Pushed.First(push => push.Element("SelectedItems") is not null).Descendants("SelectedItem").Select(item => $"{item.Element("QuestionKey")!.Value}={item.Descendants("OptionId").Single().Value}"));
        Assert.Equal("登记检查", service.Pushed.Single(push => push.Element("Event")?.Value == "click").Element("EventKey")!.Value);
        Assert.Equal(Standing.Disabled, deputy.Standing);
        Assert.Empty(platform.Violations);
    }

    private static async Task Picture(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("BOT_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"wecom-{name}.png") });
    }
}
