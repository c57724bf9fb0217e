using System.Xml.Linq;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Bot.Testing;

namespace Bot.Tests.Channels.WeCom.Emulator;

public sealed class CardsOfWeCom : IAsyncLifetime
{
    private const string Buttons = """[{"text":"同意","style":1,"key":"0|同意审批 T123"},{"text":"退回","style":2,"key":"0|退回 T123"},{"text":"打开","type":1,"url":"https://example.com/t"}]""";
    private const string Lists = """[{"question_key":"unit","title":"牵头单位","option_list":[{"id":"1","text":"应急管理局"},{"id":"2","text":"消防救援大队"}]},{"question_key":"day","title":"日期","selected_id":"b","option_list":[{"id":"a","text":"3月4日"},{"id":"b","text":"3月5日"}]}]""";

    private readonly HandTime time = new("2026-03-02 09:00");
    private readonly WeComPlatform platform;
    private AppService service = null!;
    private WeComMember leader = null!;
    private WeComMember deputy = null!;

    public CardsOfWeCom() => platform = new(time: time);

    public async ValueTask InitializeAsync()
    {
        service = await AppService.Start(platform);
        (leader, deputy) = (platform.NewMember("秦文漪", "L02"), platform.NewMember("柏若安", "L04"));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_tap_carries_key_task_and_a_code_and_its_answer_greys_the_buttons()
    {
        await Approval("task-1");
        service.Answers = inner => service.Reply(inner, "update_button", new XElement("Button", new XElement("ReplaceName", "已同意")));

        await leader.Tap("同意");

        var pushed = service.Pushed[^1];
        Assert.Equal(("template_card_event", "0|同意审批 T123", "task-1", "button_interaction"), (Of("Event"), Of("EventKey"), Of("TaskId"), Of("CardType")));
        Assert.NotEmpty(Of("ResponseCode"));
        Assert.Equal("已同意", leader.Card("审批").GreyText);
        Assert.Equal("【检查任务待审批】T123\n企业：云岚精工\n〖已同意〗", leader.Card("审批").ToString());
        await Assert.ThrowsAsync<InvalidOperationException>(() => leader.Tap(leader.Card("审批"), "退回"));
        await leader.Tap(leader.Card("审批"), "退回", unaware: true);
        Assert.Equal("0|退回 T123", service.Pushed[^1].Element("EventKey")!.Value);
        Assert.Empty(platform.Violations);

        string Of(string name) => pushed.Element(name)!.Value;
    }

    [Fact]
    public async Task The_code_of_the_message_changes_everybodys_card_once_and_a_taps_code_only_ones_own()
    {
        var code = (string)(await Approval("task-1", "l02|l04"))["response_code"]!;
        Assert.Equal(0, AppService.Code(await Update(code, "l02|L04", "\"button\":{\"replace_name\":\"已由秦文漪同意\"}")));
        Assert.Equal(["已由秦文漪同意", "已由秦文漪同意"], new[] { leader, deputy }.Select(member => member.Card("审批").GreyText));
        Assert.Equal(40058, AppService.Code(await Update(code, "l02", "\"button\":{\"replace_name\":\"再来\"}")));

        await Approval("task-2", "l02|l04");
        await leader.Tap("同意");
        var tapped = await Update(service.Pushed[^1].Element("ResponseCode")!.Value, "l02|l04", "\"button\":{\"replace_name\":\"已同意\"}");
        Assert.Equal(["l04"], tapped["invaliduser"]!.AsArray().Select(id => (string)id!));
        Assert.Equal(["已同意", null], new[] { leader, deputy }.Select(member => member.Card("审批").GreyText));
    }

    [Fact]
    public async Task Codes_live_72_hours_and_a_passive_update_spends_the_taps()
    {
        var code = (string)(await Approval("task-1"))["response_code"]!;
        service.Answers = inner => service.Reply(inner, "update_button", new XElement("Button", new XElement("ReplaceName", "已同意")));
        await leader.Tap("同意");
        Assert.Equal(40058, AppService.Code(await Update(service.Pushed[^1].Element("ResponseCode")!.Value, "l02", "\"button\":{\"replace_name\":\"又\"}")));
        time.Advance(TimeSpan.FromHours(73));
        await service.LogIn();
        Assert.Equal(40058, AppService.Code(await Update(code, "l02", "\"button\":{\"replace_name\":\"晚了\"}")));
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task A_form_is_filled_in_sent_and_replaced_passively()
    {
        await service.Send("l02", $$$"""
            "msgtype":"template_card","template_card":{"card_type":"multiple_interaction","task_id":"m1","main_title":{"title":"并办提示"},"select_list":{{{Lists}}},"submit_button":{"text":"提交","key":"S3|"}}
            """);
        service.Answers = inner => service.Reply(inner, "update_template_card", new XElement(
            "TemplateCard",
            new XElement("CardType", "multiple_interaction"),
            new XElement("MainTitle", new XElement("Title", "并办已定"), new XElement("Desc", "3月5日")),
            new XElement("SelectList", new XElement("QuestionKey", "unit"), new XElement("Disable", 1), new XElement("OptionList", new XElement("Id", "2"), new XElement("Text", "消防救援大队"))),
            new XElement("ReplaceText", "已提交")));

        await leader.Submit(leader.Card("并办"), ("牵头单位", "消防救援大队"));

        var items = service.Pushed[^1].Element("SelectedItems")!.Elements("SelectedItem").Select(item => $"{item.Element("QuestionKey")!.Value}={item.Element("OptionIds")!.Element("OptionId")!.Value}");
        Assert.Equal(["unit=2", "day=b"], items);
        var card = Assert.Single(leader.Cards);
        Assert.Equal(("并办已定", "3月5日", "已提交", "m1", false), (card.Title, card.Description, card.GreyText, card.TaskId, card.Usable));
        Assert.True(Assert.Single(card.Questions).Disabled);
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task A_text_does_not_answer_a_tap()
    {
        await Approval("task-1");
        service.Answers = inner => service.Reply(inner, "text", new XElement("Content", "好的"));
        Assert.Equal(Ended.Wrong, (await leader.Tap("同意")).Attempts[^1].Ended);
        Assert.Equal(19, Assert.Single(platform.Violations).Rule);
    }

    [Theory]
    [InlineData("""{"card_type":"button_interaction","main_title":{"title":"x"},"button_list":[{"text":"好","key":"1"}]}""", "task_id")]
    [InlineData("""{"card_type":"button_interaction","task_id":"t","main_title":{"title":"x"}}""", "button_list")]
    [InlineData("""{"card_type":"button_interaction","task_id":"a b","main_title":{"title":"x"},"button_list":[{"text":"好","key":"1"}]}""", "task_id")]
    [InlineData("""{"card_type":"button_interaction","task_id":"t","main_title":{"title":"x"},"button_list":[{"text":"好","key":"1"},{"text":"坏","key":"1"}]}""", "not unique")]
    [InlineData("""{"card_type":"text_notice","main_title":{"title":"x"}}""", "card_action")]
    [InlineData("""{"card_type":"text_notice","main_title":{"title":"x"},"card_action":{"type":1}}""", "url of card_action")]
    [InlineData("""{"card_type":"text_notice","main_title":{"title":"x"},"card_action":{"type":1,"url":"https://example.com"},"horizontal_content_list":[{},{},{},{},{},{},{}]}""", "7 entries")]
    [InlineData("""{"card_type":"multiple_interaction","task_id":"t","main_title":{"title":"x"},"select_list":[{"question_key":"q","option_list":[]}],"submit_button":{"text":"好","key":"1"}}""", "0 entries")]
    [InlineData("""{"card_type":"poll"}""", "card_type")]
    public async Task A_card_that_lacks_something_is_refused(string card, string why)
    {
        var refused = await service.Send("l02", $"\"msgtype\":\"template_card\",\"template_card\":{card}");

        Assert.Equal(40058, AppService.Code(refused));
        Assert.Contains(why, (string)refused["errmsg"]!, StringComparison.Ordinal);
        Assert.Empty(leader.Cards);
        Assert.Equal(15, Assert.Single(platform.Violations).Rule);
    }

    [Fact]
    public async Task A_task_id_is_used_once_and_long_words_are_written_down()
    {
        await Approval("task-1");
        Assert.Equal(40058, AppService.Code(await Approval("task-1")));
        await Approval("task-2", title: new string('长', 37));
        Assert.Equal(2, leader.Cards.Count);
        Assert.Equal([15, 15], platform.Violations.Select(violation => violation.Rule));
    }

    [Fact]
    public async Task Whoever_waits_for_a_card_to_change_is_told()
    {
        var code = (string)(await Approval("task-1"))["response_code"]!;
        var settled = leader.Sees(entry => entry.Card?.GreyText == "已结束");
        Assert.False(settled.IsCompleted);
        await Update(code, "l02", "\"button\":{\"replace_name\":\"已结束\"}");
        Assert.Equal(1, (await settled).Card!.Updates);
    }

    private Task<System.Text.Json.Nodes.JsonNode> Approval(string task, string to = "l02", string title = "检查任务待审批") => service.Send(to, $$"""
        "msgtype":"template_card","template_card":{"card_type":"button_interaction","task_id":"{{task}}","main_title":{"title":"{{title}}","desc":"T123"},"horizontal_content_list":[{"keyname":"企业","value":"云岚精工"}],"button_list":{{Buttons}}}
        """);

    private Task<System.Text.Json.Nodes.JsonNode> Update(string code, string members, string what) => service.Call(
        "message/update_template_card",
        $$"""{"userids":[{{string.Join(',', members.Split('|').Select(id => $"\"{id}\""))}}],"agentid":{{platform.App.AgentId}},"response_code":"{{code}}",{{what}}}""");
}
