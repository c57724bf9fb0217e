using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Dialogs.Tests.Complaints;

/// <summary>C26, in its simplest form.</summary>
public sealed class WorkingAtTheDesk : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor complainant;
    private readonly Talk desk;
    private readonly Actor other;

    public WorkingAtTheDesk()
    {
        office.Add(
            new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"),
            new Unit("U04", "云澜区消防救援大队", "district", "消防救援", "0000-86000400"),
            new NumberSeries("云监投", 2026, 42),
            new Person("SJ3", "范景行", ActorRole.Supervisor) { OnComplaintDesk = true });
        complainant = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        other = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
        desk = new Talk(office, new Actor("SJ3", ActorRole.Supervisor, "范景行", new Address("web", "SJ3")));
    }

    [Fact]
    public async Task C26_an_integrity_case_is_opened_transferred_and_told()
    {
        await File(ComplaintKind.Integrity, "检查后暗示买他朋友的灭火器");
        const string script = """
            U: 打开K26-43
            B: K26-43 涉嫌索要好处，实名（对被投诉单位保密）。本类只限专岗查看，已留痕您的查看。
               被投诉单位：云澜区消防救援大队
               时间：11月18日
               内容：检查后暗示买他朋友的灭火器
               投诉人：王芳，云澜区青榆精密机械有限公司
               最迟11月23日（周一）首次联系或告知受理
               最迟11月27日（周五）答复
               [1]移送登记 [2]补充材料 [3]联系投诉人 [4]回避
            U: 1
            B: 请录移送机关、文号、日期。被投诉单位不会收到任何提示。
            U: 区纪委监委 2026-11-20
            B: 还缺文号。请这样写：区纪委监委 2026-11-20 云司函〔2026〕31号。
            U: 区纪委监委 2026-11-20 云司函〔2026〕31号
            B: 已登记。是否告知投诉人“已按规定移送”？
               [1]告知 [2]暂不
            U: 1
            B: 已告知。
            """;

        Assert.Equal(script, await desk.Play(script));
        var complaint = office.Use(db => db.Complaints.Single());
        Assert.Equal(("区纪委监委", "云司函〔2026〕31号", new DateOnly(2026, 11, 20)), (complaint.TransferredTo, complaint.TransferDocument, complaint.TransferredOn));
        Assert.Equal(1, office.Use(db => db.Notices.Count(n => n.Kind == "N35" && n.PersonId == "P1")));
    }

    [Fact]
    public async Task C26_an_ordinary_case_from_the_ledger_to_the_answer()
    {
        await File(ComplaintKind.RudeConduct, "态度很差");
        const string script = """
            U: 投诉台账
            B: 在办投诉1件：
               K26-43 态度生硬，实名，云澜区消防救援大队，待受理，最迟11月23日（周一）
               回复“打开”加编号办理。
               [打开 K26-43]
            U: 打开 K26-43
            B: K26-43 态度生硬，实名（对被投诉单位保密）。已留痕您的查看。
               被投诉单位：云澜区消防救援大队
               时间：11月18日
               内容：态度很差
               投诉人：王芳，云澜区青榆精密机械有限公司
               最迟11月23日（周一）首次联系或告知受理
               最迟11月27日（周五）答复
               [1]受理 [2]联系投诉人 [3]认定复杂 [4]回避
            U: 受理
            B: 已受理，已告知投诉人。最迟11月23日（周一）首次联系，11月27日（周五）答复。
            """;

        Assert.Equal(script, await desk.Play(script));

        foreach (var line in new[] { "打开 K26-43", "办结", "现场录像显示言语不当", "约谈检查人员", "检查应当文明" })
            await desk.Say(line);
        Assert.Contains("已办结", await desk.Hear("办结"), StringComparison.Ordinal);
        Assert.Contains("约谈检查人员", office.Use(db => db.Notices.Single(n => n.Kind == "N12").Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_is_recorded_and_others_are_refused_what_only_the_desk_reads()
    {
        await File(ComplaintKind.Integrity, "检查后暗示买他朋友的灭火器");
        var talk = new Talk(office, other);

        var said = await talk.Hear("打开K26-43");

        Assert.Contains("只限投诉处理专岗", said, StringComparison.Ordinal);
        Assert.DoesNotContain("灭火器", said, StringComparison.Ordinal);
        Assert.Contains("没有在办的投诉", await talk.Hear("投诉台账"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ActorRole.Inspector)]
    [InlineData(ActorRole.UnitLeader)]
    [InlineData(ActorRole.UnitLiaison)]
    public async Task Nobody_of_a_unit_gets_to_a_complaint(ActorRole role)
    {
        await File(ComplaintKind.RudeConduct, "态度很差");
        var talk = new Talk(office, office.Person("X1", "庄牧野", role, "U04"));

        Assert.DoesNotContain("态度", await talk.Hear("投诉台账"), StringComparison.Ordinal);
        Assert.DoesNotContain("态度", await talk.Hear("打开 K26-43"), StringComparison.Ordinal);
    }

    /// <summary>N12: 请评价本次办理.</summary>
    [Theory]
    [InlineData("评价办理", "满意", "已记下“满意”", "满意")]
    [InlineData("评价本次办理", "2", "已记下“基本满意”", "基本满意")]
    [InlineData("评价办理", "很不满意", "请回复“仍未解决”", "不满意")]
    [InlineData("办理很满意", null, "已记下“满意”", "满意")]
    public async Task S37_who_is_asked_how_it_was_handled_can_say_so_and_the_desk_reads_it(string opening, string? then, string answer, string read)
    {
        await File(ComplaintKind.RudeConduct, "态度很差");
        var talk = new Talk(office, complainant);
        Assert.Contains("没有查到您已办结的实名投诉", await talk.Hear(opening), StringComparison.Ordinal);
        foreach (var line in new[] { "打开 K26-43", "受理", "打开 K26-43", "办结", "属实", "约谈", "依规", "办结" })
            await desk.Say(line);

        var said = await talk.Hear(opening);
        if (then is not null)
            said = await talk.Hear(then);

        Assert.Contains(answer, said, StringComparison.Ordinal);
        Assert.Contains($"投诉人对办理的评价：{read}\n", await desk.Hear("打开 K26-43"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complainant_supplements_and_says_that_it_is_not_settled()
    {
        await File(ComplaintKind.RudeConduct, "态度很差");
        var talk = new Talk(office, complainant);
        await talk.Say("补充");
        Assert.Contains("已补充", await talk.Hear("他还拍桌子"), StringComparison.Ordinal);

        foreach (var line in new[] { "打开 K26-43", "受理", "打开 K26-43", "办结", "属实", "约谈", "依规", "办结" })
            await desk.Say(line);
        await talk.Say("仍未解决");
        Assert.Contains("已转复核，最迟11月27日（周五）答复", await talk.Hear("昨天又来骂人"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S37_the_desk_opens_what_was_handed_in_and_sees_who_spoke_and_how_it_stands()
    {
        await office.Send(new FileComplaint(complainant, new ComplaintFacts(ComplaintKind.RudeConduct, new DateOnly(2026, 11, 18), null, "U04", "态度很差") { EvidenceIds = ["AAAA"] }, Anonymous: false));
        var talk = new Talk(office, complainant);
        foreach (var line in new[] { "打开 K26-43", "联系投诉人", "当时谁在场？" })
            await desk.Say(line);
        await talk.Say("补充");
        await talk.Say("厂长在场");

        var shown = await desk.Hear("打开 K26-43");
        Assert.Contains("11月22日办理单位问：当时谁在场？\n11月22日投诉人补充：厂长在场", shown, StringComparison.Ordinal);
        Assert.Contains("附件1：https://yunlan.example/v3/directline/attachments/AAAA", await desk.Hear("看照片"), StringComparison.Ordinal);

        foreach (var line in new[] { "受理", "打开 K26-43", "办结", "属实", "约谈", "依规", "办结" })
            await desk.Say(line);
        Assert.Contains("11月22日办结：查明：属实；处理：约谈；理由：依规。\n状态：已办结", await desk.Hear("打开 K26-43"), StringComparison.Ordinal);

        await talk.Say("仍未解决");
        await talk.Say("昨天又来骂人");
        office.Time.Set("2026-11-24 09:00");
        await talk.Say("撤回投诉");
        await talk.Say("确定撤回");
        shown = await desk.Hear("打开 K26-43");
        Assert.Contains("11月22日办结（投诉人未认可）：查明：属实；处理：约谈；理由：依规。\n11月22日投诉人：仍未解决，昨天又来骂人", shown, StringComparison.Ordinal);
        Assert.Contains("状态：投诉人11月24日撤回，不再办理", shown, StringComparison.Ordinal);
        Assert.Contains("已撤回，不再办理", await talk.Hear("办理进度"), StringComparison.Ordinal);
        Assert.Contains("没有查到您已办结的实名投诉", await talk.Hear("仍未解决"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S37_a_day_that_is_over_is_not_promised()
    {
        await File(ComplaintKind.RudeConduct, "态度很差");
        office.Time.Set("2026-12-02 09:00");
        await desk.Say("打开 K26-43");

        var said = await desk.Hear("受理");
        Assert.Contains("应于11月23日（周一）首次联系，已超期，请尽快办理，应于11月27日（周五）答复，已超期", said, StringComparison.Ordinal);
        Assert.Contains("将尽快与您联系（应于11月23日前，已超期，对不起）", office.Use(db => db.Notices.Single(n => n.Kind == "N11").Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task W28_a_look_up_code_is_never_kept_in_another_case_and_words_said_with_the_wish_are_taken()
    {
        await File(ComplaintKind.RudeConduct, "态度很差");
        var talk = new Talk(office, complainant);

        await talk.Say("补充");
        Assert.Contains("这是查询码，没有记进这件投诉", await talk.Hear("8M7W-9X5L 他还拍桌子"), StringComparison.Ordinal);
        Assert.DoesNotContain("8M7W", talk.Stored!, StringComparison.Ordinal);
        Assert.Contains("已补充", await talk.Hear("他还拍桌子"), StringComparison.Ordinal);
        Assert.Contains("这是查询码，没有记进这件投诉", await talk.Hear("补充 8M7W-9X5L"), StringComparison.Ordinal);
        Assert.Contains("已补充", await talk.Hear("我想补充 他姓王"), StringComparison.Ordinal);
        Assert.Equal(["他还拍桌子", "他姓王"], office.Use(db => db.ComplaintRemarks.OrderBy(r => r.Ordinal).Select(r => r.Text).ToArray()));
    }

    [Fact]
    public async Task Withdrawing_is_offered_by_the_bare_word_and_leaving_it_says_that_it_goes_on()
    {
        var talk = new Talk(office, complainant);
        Assert.Contains("现在没有正在办的事", await talk.Hear("撤回"), StringComparison.Ordinal);
        await File(ComplaintKind.Other, "说不清");

        Assert.Contains("确定撤回这件投诉吗", await talk.Hear("撤回"), StringComparison.Ordinal);
        Assert.Equal("好的，没有撤回，投诉继续办理。", await talk.Hear("取消"));
        Assert.Contains("请说要补充的内容", await talk.Hear("补充"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_of_12345_about_the_same_matter_is_offered_and_joined_by_one_word()
    {
        // S07
        await File(ComplaintKind.NoScanOrCertificate, "没亮证");
        await using (var scope = office.Services.CreateAsyncScope())
        {
            var facts = new ComplaintFacts(ComplaintKind.NoScanOrCertificate, new DateOnly(2026, 11, 18), null, "U04", "来电反映未出示证件");
            await scope.ServiceProvider.GetRequiredService<HotlineTickets>().Take([new HotlineTicket("GD-20261118-7", new DateTime(2026, 11, 18, 3, 0, 0, DateTimeKind.Utc), "E1", facts)], TestContext.Current.CancellationToken);
            await scope.ServiceProvider.GetRequiredService<Domain.ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
        }

        var shown = await desk.Hear("打开 K26-43");
        Assert.Contains("可能是同一件事：K26-44（12345工单GD-20261118-7，11月18日，未扫码/未亮证）", shown, StringComparison.Ordinal);
        Assert.Contains("[4]与K26-44并案 [5]不是同一件事 [6]回避", shown, StringComparison.Ordinal);
        Assert.Contains("已并案，按 云监投〔2026〕044号 办理，最迟11月25日（周三）答复", await desk.Hear("并案"), StringComparison.Ordinal);
        Assert.Contains("12345转来（工单GD-20261118-7）", await desk.Hear("打开 K26-44"), StringComparison.Ordinal);
        Assert.Contains("请在12345系统同步告知", await desk.Hear("受理"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stands_aside_sees_it_no_more()
    {
        await File(ComplaintKind.RudeConduct, "态度很差");
        await desk.Say("打开 K26-43");
        await desk.Say("回避");

        Assert.Contains("已登记回避", await desk.Hear("被投诉人是我的亲属"), StringComparison.Ordinal);
        Assert.Contains("没有查到这件投诉", await desk.Hear("打开 K26-43"), StringComparison.Ordinal);
        Assert.Contains("态度很差", await new Talk(office, other).Hear("打开 K26-43"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stray_submit_does_not_withdraw_a_complaint()
    {
        await File(ComplaintKind.Other, "说不清");
        var talk = new Talk(office, complainant);
        await talk.Say("撤回投诉");

        Assert.DoesNotContain("已撤回", await talk.Hear("提交"), StringComparison.Ordinal);
        Assert.Contains("已撤回", await talk.Hear("确定撤回"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_complaint_can_be_opened_while_one_lies_open()
    {
        await File(ComplaintKind.Other, "第一件");
        await File(ComplaintKind.Other, "第二件");
        await desk.Say("打开 K26-43");

        Assert.StartsWith("K26-44 ", await desk.Hear("打开 K26-44"), StringComparison.Ordinal);
    }

    public void Dispose() => office.Dispose();

    private Task<ComplaintReceipt> File(ComplaintKind kind, string text) =>
        office.Send(new FileComplaint(complainant, new ComplaintFacts(kind, new DateOnly(2026, 11, 18), null, "U04", text), Anonymous: false));
}
