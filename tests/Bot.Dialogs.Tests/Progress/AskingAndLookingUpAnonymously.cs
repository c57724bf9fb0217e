using System.Text.RegularExpressions;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Guidance;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Progress;

/// <summary>C31, C33.</summary>
public sealed partial class AskingAndLookingUpAnonymously : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Talk talk;
    private readonly Actor inspector;
    private readonly Actor supervisor;

    public AskingAndLookingUpAnonymously()
    {
        office.Add(
            new Unit("U05", "云澜区人力资源和社会保障局", "district", "劳动监察", "0000-86000500") { GuidanceDeskPersonId = "I15" },
            new Unit("U06", "云澜区城市管理局", "district", "城市管理", "0000-86000600"));
        inspector = office.Person("I15", "葛知远", ActorRole.Inspector, "U05");
        supervisor = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
        talk = new Talk(office, Office.Visitor("openid-31"));
    }

    [Fact]
    public async Task C31_a_question_without_a_name_gets_a_date_and_a_code()
    {
        const string script = """
            U: 不想留名字问个事
            B: 可以。匿名时我不会把您的身份写进问题里，只保存问题、提交日期和查询码的密文；请保存查询码来看答复。想问什么？
            U: 学徒工要签什么合同
            B: 已转云澜区人力资源和社会保障局专业人员，最迟11月24日（周二）答复（2个工作日），查询码 ※。请保存，到时把它发给我就能看答复。
            U: 我忘了码怎么办
            B: 没有码就无法再查到，这也是为了保护您；可以重新提问。需要登记企业办理的事，可随时绑定企业。
            U: 好
            B: 好的，需要时随时叫我。
            """;

        Assert.Equal(script, await talk.Play(script));
        Assert.True(office.Use(db => db.GuidanceRequests.Single().Anonymous));
        Assert.DoesNotContain("openid-31", office.Use(db => string.Join('|', db.Notices.Select(n => n.Text + n.Fields + n.Key))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C31_what_tells_of_inspectors_who_did_wrong_does_not_just_go_to_their_unit()
    {
        const string script = """
            U: 匿名咨询
            B: 可以。匿名时我不会把您的身份写进问题里，只保存问题、提交日期和查询码的密文；请保存查询码来看答复。想问什么？
            U: 城管的检查人员昨天下午来了骂我们电工，还要我们买指定的灭火器
            B: 您说的像是对检查的投诉。投诉由云澜区司法局办理，不转给被投诉的单位；作为问题，会转给管这件事的单位。要怎么办？
               [1]匿名投诉 [2]作为问题转给单位
            U: 1
            B: 您说的情况由云澜区司法局专岗办理，只有专岗能看，绝不会转给被投诉的单位和人员；需要时依规移送纪检监察机关。
            B: 可以再补充经过，也可以发照片。没有就回复“没有”。
            U: 没有
            B: 请看一遍（匿名）。会保存的：您写的内容、照片、提交的日期、查询码的密文；不保存您是谁、从哪里发来、几点发来，对话记录半小时后删除：
               1. 单位：云澜区城市管理局
               2. 时间：11月21日
               3. 情况：涉嫌索要好处、态度生硬（您说：城管的检查人员昨天下午来了骂我们电工，还要我们买指定的灭火器）
               4. 经过：未补充
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            """;

        Assert.StartsWith(script, await talk.Play(script), StringComparison.Ordinal);
        Assert.Empty(office.Use(db => db.GuidanceRequests.ToList()));
        Assert.Null(office.Use(db => db.Complaints.Single().PersonId));
    }

    [Fact]
    public async Task C31_a_question_of_no_known_field_asks_for_the_unit_and_is_not_sent_to_the_wrong_one()
    {
        const string script = """
            U: 匿名咨询
            B: 可以。匿名时我不会把您的身份写进问题里，只保存问题、提交日期和查询码的密文；请保存查询码来看答复。想问什么？
            U: 门口能不能摆花盆
            B: 这件事归哪个单位管？可以说“人社”“消防”“市场监管”这样的叫法，不知道就说“不清楚”。
               [不清楚]
            U: 城管
            B: 已转云澜区城市管理局专业人员，最迟11月24日（周二）答复（2个工作日），查询码 ※。请保存，到时把它发给我就能看答复。
            """;

        Assert.Equal(script, await talk.Play(script));
    }

    [Fact]
    public async Task C33_the_code_shows_the_answer_and_takes_a_follow_up()
    {
        await talk.Say("匿名咨询");
        var code = Code().Match(await talk.Hear("学徒工要签什么合同")).Value;
        var id = office.Use(db => db.GuidanceRequests.Single().Id);
        Assert.Contains("还没有答复", await talk.Hear(code), StringComparison.Ordinal);
        await office.Send(new AnswerGuidance(inspector, id, "应当签订劳动合同。", "《劳动合同法》", "先签合同再上岗"));
        var script = $"""
            @ 2026-11-24 10:00
            U: {code}
            B: 您的匿名咨询已答复：应当签订劳动合同。依据：《劳动合同法》。建议这样做：先签合同再上岗。有帮助吗？[1]有 [2]没有 [3]追问
            U: 3 试用期最长多久
            B: 追问已提交，最迟11月26日（周四）答复，还用这个查询码。
            U: 码会过期吗
            B: 办完后90天内有效，之后内容会删除，只留统计。
            U: 行
            B: 好的，需要时随时叫我。
            """;

        Assert.Equal(script, await talk.Play(script));
        Assert.True(office.Use(db => db.GuidanceRequests.Single().FollowUps.Count == 0) || office.Use(db => db.Set<FollowUp>().Count()) == 1);
    }

    [Fact]
    public async Task C33_an_anonymous_complaint_is_read_supplemented_and_reopened_by_code()
    {
        var receipt = await office.Send(new FileComplaint(Office.Visitor("openid-32"), new ComplaintFacts(ComplaintKind.RudeConduct, null, null, "U06", "态度很差"), Anonymous: true));
        await office.Send(new AcceptComplaint(supervisor, receipt.ComplaintId));
        await office.Send(new ContactComplainant(supervisor, receipt.ComplaintId, "大约几点？"));
        var script = $"""
            U: {receipt.Code}
            B: 您反映的“态度生硬”（11月22日收到）：已受理，办理中，最迟11月27日（周五）答复。
               办理人员想了解：大约几点？
               [1]补充 [2]知道了 [3]撤回投诉
            U: 1
            B: 请说要补充的内容，也可以发照片。照片会去掉拍摄位置等信息。不补充了就回复“没有”。
            U: 下午三点
            B: 已补充，办理人员会看到。
            """;
        Assert.Equal(script, await talk.Play(script));
        Assert.True(talk.Fleeting);

        await office.Send(new ResolveComplaint(supervisor, receipt.ComplaintId, "属实", "约谈", "依规"));
        Assert.Contains("查明：属实；处理：约谈；理由：依规。", await talk.Hear(receipt.Code!), StringComparison.Ordinal);
        await talk.Say("评价办理");
        Assert.Contains("请再发一次查询码", await talk.Hear("不满意"), StringComparison.Ordinal);
        await talk.Say(receipt.Code!);
        await talk.Say("仍未解决");
        Assert.Contains("已转复核", await talk.Hear("又来了"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C32_who_wants_to_add_something_is_asked_for_the_code_and_warned_of_faces()
    {
        var receipt = await office.Send(new FileComplaint(Office.Visitor("openid-32"), new ComplaintFacts(ComplaintKind.NoScanOrCertificate, null, null, "U06", "没亮证没扫码"), Anonymous: true));
        const string script = """
            U: 我之前匿名投诉的想补充
            B: 请输查询码（如 7K3F-92QX）。
            U: 忘记是多少
            B: 这不像查询码。查询码是8位数字和字母，如 7K3F-92QX；忘了就回复“码忘了”。
            """;
        Assert.Equal(script, await talk.Play(script));
        Assert.Contains("未扫码/未亮证", await talk.Hear(receipt.Code!), StringComparison.Ordinal);
        Assert.Contains("照片会去掉拍摄位置等信息", await talk.Hear("补充"), StringComparison.Ordinal);
        await talk.Say("[图片]");
        Assert.Contains("建议遮挡后重发", await talk.Hear("车牌拍到了"), StringComparison.Ordinal);
        await talk.Say("换一张");
        await talk.Say("[图片]");
        Assert.Contains("已补充", await talk.Hear("没有"), StringComparison.Ordinal);
        Assert.Single(office.Use(db => db.ComplaintRemarks.Single().EvidenceIds));
    }

    [Fact]
    public async Task An_anonymous_complaint_is_withdrawn_by_its_code_alone()
    {
        var receipt = await office.Send(new FileComplaint(Office.Visitor("openid-32"), new ComplaintFacts(ComplaintKind.RudeConduct, null, null, "U06", "态度很差"), Anonymous: true));
        await talk.Say(receipt.Code!);
        await talk.Say("撤回投诉");

        Assert.Contains("已撤回，不再办理", await talk.Hear("确定撤回"), StringComparison.Ordinal);
        Assert.Contains("已撤回", await talk.Hear(receipt.Code!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_finds_nothing_and_says_so() =>
        Assert.Contains("没有查到", await talk.Hear("2A2A-2A2A"), StringComparison.Ordinal);

    public void Dispose() => office.Dispose();

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Code();
}
