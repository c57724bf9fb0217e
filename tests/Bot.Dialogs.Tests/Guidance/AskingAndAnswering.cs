using Bot.Domain.Guidance;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Guidance;

/// <summary>C3, C17, J18, N3: the enterprise asks, the official answers, the enterprise reacts.</summary>
public sealed class AskingAndAnswering : IDisposable
{
    private readonly Yunlan yunlan = new();

    [Fact]
    public async Task C3_a_question_in_between_is_answered_and_giving_up_leaves_nothing()
    {
        const string script =
            """
            U: 申请行政指导
            B: 您想请哪个单位指导？
               [1]应急管理局 [2]生态环境局 [3]市场监管局 [4]其他
               [应急管理局] [生态环境局] [市场监管局] [其他]
            U: 安静日到底是几号
            B: 企业安静日是每月1日到15日，日常检查不安排在这几天。今天（11月22日）不在安静日内。投诉举报、监测异常等需立即检查的和已备案的专项检查除外。（泰姜政办〔2025〕13号 二（三））
               ——回到刚才：您想请哪个单位指导？
               [1]应急管理局 [2]生态环境局 [3]市场监管局 [4]其他
            U: 2
            B: 想问什么？
            U: 算了不问了
            B: 好的，这次申请没有提交，内容已清除。需要时随时叫我。
            """;

        Assert.Equal(Lines(script), await new Talk(yunlan.Office, yunlan.Qinghe).Play(Lines(script)));
        Assert.Empty(yunlan.Office.Use(db => db.GuidanceRequests.ToList()));
    }

    [Fact]
    public async Task J18_over_the_Spring_Festival_the_counted_days_can_be_asked_for()
    {
        const string script =
            """
            @ 2026-02-13 16:00
            U: 申请行政指导
            B: 您想请哪个单位指导？
               [1]应急管理局 [2]生态环境局 [3]市场监管局 [4]其他
            U: 4
            B: 请说单位名称，比如“消防”“交通运输局”。
            U: 消防
            B: 想问什么？
            U: 春节后复工前要不要先报备
            B: 请看一遍：
               1. 单位：云澜区消防救援大队
               2. 问题：春节后复工前要不要先报备
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 改第2项
            B: 想问什么？
            U: 复工前要不要报备
            B: 请看一遍：
               1. 单位：云澜区消防救援大队
               2. 问题：复工前要不要报备
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已提交，编号 云指〔2026〕58号，云澜区消防救援大队最迟2月24日（周二）答复（从收到次日起算2个工作日），到时我会发给您。急需可致电0000-86000400。
               [怎么算出来的] [办理进度]
            U: 怎么算出来的
            B: 云指〔2026〕58号，2个工作日：2026年2月13日当天不算；第1个工作日2月14日（周六），第2个工作日2月24日（周二），当天24时为止。不计的日子：2月15日至2月23日（春节）。调休上班计入：2月14日（周六）。依据：泰姜政办〔2025〕13号 二（四）。
            """;

        Assert.Equal(Lines(script), await new Talk(yunlan.Office, yunlan.Qinghe).Play(Lines(script)));
    }

    [Fact]
    public async Task At_the_end_of_the_year_the_date_is_said_to_be_provisional()
    {
        yunlan.Office.Time.Set("2026-12-30 10:00");
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);
        await talk.Say("申请行政指导");
        await talk.Say("应急管理局");
        await talk.Say("有限空间作业审批单有模板吗");

        var receipt = await talk.Hear("提交");

        Assert.Contains("最迟1月4日（周一，暂定）答复", receipt, StringComparison.Ordinal);
        Assert.Contains("2027年的放假安排尚未发布，日期是暂定的", receipt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C17_answered_from_the_button_of_the_notice_after_a_look_at_it()
    {
        yunlan.Office.Time.Set("2026-11-19 17:58");
        await yunlan.Office.Send(new RequestGuidance(yunlan.Shiqiaohe, "U03", "排污许可证到期前多久要申请延续?"));
        const string script =
            """
            @ 2026-11-22 10:00
            U: 答复 G26-58
            B: 指导申请G26-58（云指〔2026〕58号），云澜区石桥河食品有限公司11月19日提出，最迟11月23日（周一），剩1个工作日。
               排污许可证到期前多久要申请延续?
               [1]现在答复 [2]转给别人 [3]不属于我局
               [现在答复] [转给别人] [不属于我局]
            U: 1
            B: 请写答复。建议包含：结论、依据名称、怎么做、找谁。
            U: 应在有效期届满前申请延续。依据：《排污许可管理条例》。怎么做：在许可证平台提交延续申请
            B: 发送前预览：
               应在有效期届满前申请延续。
               依据：《排污许可管理条例》。
               建议这样做：在许可证平台提交延续申请
               发送吗？
               [1]发送 [2]重写 [3]先不发
            U: 发
            B: 已发送给企业，按期。企业可追问一次，追问从收到时另起2个工作日。
            U: 好
            B: 好的，需要时随时叫我。
            U: 答复 G26-58
            B: 这件申请已经答复过了，不能重复答复。企业如果追问，会另外通知您。
            """;

        Assert.Equal(Lines(script), await new Talk(yunlan.Office, yunlan.Ecology).Play(Lines(script)));
        Assert.Contains("依据：《排污许可管理条例》。建议这样做：在许可证平台提交延续申请。", yunlan.Notice("N3", "P010"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewritten_before_it_goes_out_the_last_words_are_sent()
    {
        await Ask();
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("指导答复");
        await talk.Say("1");
        Assert.Contains("没有写依据", await talk.Hear("先培训"), StringComparison.Ordinal);
        await talk.Say("重写");
        await talk.Say("先辨识，再培训，作业前审批");

        Assert.StartsWith("已发送给企业，按期。", await talk.Hear("发送"), StringComparison.Ordinal);
        Assert.Contains("答复如下：先辨识，再培训，作业前审批。", yunlan.Notice("N3b", "P001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handed_to_a_colleague_by_name()
    {
        await Ask();
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("指导答复");

        Assert.Contains("许如山", await talk.Hear("转给别人"), StringComparison.Ordinal);
        Assert.Equal("已转给许如山，期限不变，仍是11月24日（周二）24时前。", await talk.Hear("许如山"));
        Assert.Equal("现在没有等您答复的指导申请。", await talk.Hear("指导答复"));
        Assert.Contains("[1]现在答复", await new Talk(yunlan.Office, yunlan.SafetyColleague).Hear("指导答复"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asked_without_a_name_is_not_said_to_have_been_told() // W28
    {
        await yunlan.Office.Send(new RequestGuidance(Office.Visitor(), "U02", "排污许可怎么办？", Anonymous: true));
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        foreach (var line in (string[])["指导答复", "3", "环保", "这是排污许可事项"])
            await talk.Say(line);

        Assert.EndsWith("仍是11月24日（周二）24时前。", await talk.Hear("转交"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Returned_to_the_right_unit_with_a_reason_the_enterprise_reads()
    {
        await Ask();
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("指导答复");
        await talk.Say("3");
        await talk.Say("环保");
        await talk.Say("这是排污许可事项");

        Assert.Equal("已转给江临市云澜生态环境局，期限不变，仍是11月24日（周二）24时前；企业也已告知。", await talk.Hear("转交"));
        Assert.Contains("这是排污许可事项", yunlan.Notice("N2c", "P001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task N3_useful_once_and_one_more_question()
    {
        await Ask();
        await yunlan.Office.Send(new AnswerGuidance(yunlan.Safety, "G26-58", "有，附件一。"));
        const string script =
            """
            U: 有用 G26-58
            B: 谢谢，很高兴帮上忙。您的评价已记下。
            U: 没用
            B: 您已经评价过这次答复了，谢谢。
            U: 追问
            B: 请说要追问什么。
            U: 审批人可以是班组长吗
            B: 追问已提交（云指〔2026〕58号），最迟11月24日（周二）答复（从收到次日起另算2个工作日），到时我会发给您。
               [怎么算出来的] [办理进度]
            U: 追问 G26-58 那监护人呢
            B: 单位还没有答复，暂时不用追问；着急可以说“催一下”。
            """;

        Assert.Equal(Lines(script), await new Talk(yunlan.Office, yunlan.Qinghe).Play(Lines(script)));
        Assert.Contains("审批人可以是班组长吗", await new Talk(yunlan.Office, yunlan.Safety).Hear("答复 G26-58-追1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_asked_outright_is_not_asked_for_again()
    {
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);

        await talk.Say("有限空间作业审批单怎么填");
        var review = await talk.Hear("1");

        Assert.Contains("2. 问题：有限空间作业审批单怎么填", review, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_never_sent_as_the_answer_to_a_later_question()
    {
        await yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U02", "审批单有没有模板"));
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("答复 G26-58");
        await talk.Say("1");
        await talk.Say("有，在窗口领。");
        await yunlan.Office.Send(new AnswerGuidance(yunlan.SafetyColleague, "G26-58", "有，附件一。"));
        await yunlan.Office.Send(new AskFollowUp(yunlan.Qinghe, "G26-58", "有电子版吗"));

        Assert.Contains("企业追问：有电子版吗\n请写答复", await talk.Hear("发送"), StringComparison.Ordinal);
        Assert.Contains("追问：有电子版吗", await new Talk(yunlan.Office, yunlan.SafetyColleague).Hear("答复 G26-58"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_enterprise_it_is_said_before_a_form_is_filled_in()
    {
        var unbound = yunlan.Office.Person("P9", "葛一诺", Bot.Domain.Commands.ActorRole.EnterpriseUser);

        Assert.StartsWith("绑定企业后才能以企业名义申请指导。请先绑定企业。", await new Talk(yunlan.Office, unbound).Hear("申请行政指导"), StringComparison.Ordinal);
        Assert.StartsWith("检查预告只发给已绑定的企业。", await new Talk(yunlan.Office, unbound).Hear("最近谁要来查"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();

    private Task<GuidanceReceipt> Ask() => yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U02", "审批单有模板吗？"));

    private static string Lines(string script) => script.ReplaceLineEndings("\n");
}
