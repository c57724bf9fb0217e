using Bot.Domain.Appeals;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Appeals;

/// <summary>C8, W38.</summary>
public sealed class AppealingByChat : IDisposable
{
    private readonly Yunlan yunlan = new();

    public AppealingByChat() => yunlan.Inspection("T305", but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 16), CompletedOn = new DateOnly(2026, 11, 16), Result = "责令改正" });

    [Fact]
    public async Task C8_from_the_objection_to_the_number_and_who_will_see_it()
    {
        const string script = """
            U: 我要申诉
            B: 您对 T305（11月16日，云澜区应急管理局）的结果有异议，对吗？
               [1]对 [2]是别的检查
            U: 1
            B: T305 的结果：责令改正
               不认可哪一条？请说明理由，可以附照片或台账。
            U: 第二条，那是隔壁租户的仓库
            B: 请看一遍。云澜区应急管理局会看到是哪次检查、您的理由和材料，不会看到是贵单位的哪一位提出的：
               1. 检查：T305，11月16日，云澜区应急管理局
               2. 理由：第二条，那是隔壁租户的仓库
               3. 材料：没有
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 1
            B: 已登记申诉 云监诉〔2026〕1号，云澜区应急管理局须在11月25日（周三）前提供检查依据并说明，云澜区司法局最迟11月27日（周五）答复您。
               申诉不影响您依法申请行政复议或提起诉讼；收到行政处罚等决定的，期限以决定书写明的为准。
            U: 会不会得罪人
            B: 申诉和投诉是您的权利，处理由云澜区司法局跟踪。因此增加检查、刁难的，请再投诉，不分实名匿名都会核查。若已收到行政处罚等决定，您还可以依法申请行政复议或提起诉讼，期限以决定书写明的为准。
            """;
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);

        Assert.Equal(script, await talk.Play(script));
        Assert.Contains("不能代替机关或律师下结论", await talk.Hear("帮我判断他们合不合法"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C8_the_unit_gives_its_basis_and_the_bureau_answers()
    {
        await yunlan.Office.Send(new FileAppeal(yunlan.Qinghe, "T305", "那是隔壁租户的仓库", []));
        var bureau = new Talk(yunlan.Office, yunlan.Bureau);
        Assert.Contains("检查单位最迟11月25日（周三）提供依据", await bureau.Hear("打开 A26-1"), StringComparison.Ordinal);
        const string unit = """
            U: 打开 A26-1
            B: A26-1（云监诉〔2026〕1号）：云澜区青禾特种钢锭铸造有限公司对11月16日的检查（T305）有异议。
               原结果：责令改正
               理由：那是隔壁租户的仓库
               请于11月25日（周三）前提供检查依据并说明。申诉是企业的权利，不得因此增加检查。
               [1]提供依据 [2]先不办
            U: 提供依据
            B: 检查依据？请写法律、法规、规章或标准的名称和条款。
            U: 《安全生产法》第四十一条
            B: 情况说明？企业会看到。
            U: 现场由贵单位使用
            B: 有检查记录、照片等材料可以现在发，没有就回复“没有”。
            U: 没有
            B: 依据和说明会发给企业和司法局：
               1. 依据：《安全生产法》第四十一条
               2. 说明：现场由贵单位使用
               3. 材料：没有
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已提交，云澜区司法局最迟11月27日（周五）答复企业，也会告诉您结果。
            """;
        Assert.Equal(unit, await new Talk(yunlan.Office, yunlan.SafetyLiaison).Play(unit));

        Assert.Contains("提供的依据：《安全生产法》第四十一条", await bureau.Hear("申诉台账") + await bureau.Hear("打开 A26-1"), StringComparison.Ordinal);
        foreach (var line in new[] { "请单位更正", "仓库由他人承租", "检查对象有误" })
            await bureau.Say(line);
        Assert.Contains("云监诉〔2026〕1号 已答复", await bureau.Hear("答复"), StringComparison.Ordinal);
        Assert.Contains("请检查单位更正。查明：仓库由他人承租", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("办理进度"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C8_how_does_my_appeal_stand_shows_it_and_begins_no_other_one()
    {
        await yunlan.Office.Send(new FileAppeal(yunlan.Qinghe, "T305", "那是隔壁租户的仓库", []));
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);

        foreach (var words in new[] { "我的申诉怎么样了", "申诉有结果了吗", "申诉进度" })
            Assert.Contains("（云监诉〔2026〕1号）", await talk.Hear(words), StringComparison.Ordinal);
        Assert.Contains("您对 T305", await talk.Hear("我要申诉"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C8_the_materials_are_opened_by_a_link_and_a_day_that_is_over_is_said_so()
    {
        await yunlan.Office.Send(new FileAppeal(yunlan.Qinghe, "T305", "那是隔壁租户的仓库", ["AAAA"]));
        yunlan.Office.Time.Set("2026-12-01 09:00");
        var unit = new Talk(yunlan.Office, yunlan.SafetyLiaison);

        Assert.Contains("应于11月25日（周三）前提供检查依据并说明，已超期，请尽快提供", await unit.Hear("打开 A26-1"), StringComparison.Ordinal);
        Assert.Contains("材料1：https://yunlan.example/v3/directline/attachments/AAAA", await unit.Hear("看照片"), StringComparison.Ordinal);

        var bureau = new Talk(yunlan.Office, yunlan.Bureau);
        Assert.Contains("应于11月27日（周五）答复，已超期", await bureau.Hear("打开 A26-1"), StringComparison.Ordinal);
        Assert.Contains("企业材料1：https://yunlan.example/v3/directline/attachments/AAAA", await bureau.Hear("查看附件"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_to_do_leads_the_liaison_to_the_appeal()
    {
        await yunlan.Office.Send(new FileAppeal(yunlan.Qinghe, "T305", "那是隔壁租户的仓库", []));
        yunlan.Office.Time.Set("2026-11-26 09:00");
        var liaison = new Talk(yunlan.Office, yunlan.SafetyLiaison);

        Assert.Contains("A26-1提供依据", await liaison.Hear("今日待办"), StringComparison.Ordinal);
        Assert.Contains("隔壁租户", await liaison.Hear("先看超期的"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_inspection_may_be_meant_and_one_may_be_withdrawn()
    {
        yunlan.Inspection("T205", but: facts => facts with { ScheduledOn = new DateOnly(2026, 9, 16), CompletedOn = new DateOnly(2026, 9, 16), Result = "其他：待复核" });
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);
        await talk.Say("申诉结果");
        await talk.Say("2");
        Assert.Contains("T205 的结果", await talk.Hear("1"), StringComparison.Ordinal);
        await talk.Say("那天没有来过");
        await talk.Say("提交");

        await talk.Say("撤回申诉");
        Assert.Contains("已撤回", await talk.Hear("确定撤回"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_told_of_another_enterprises_inspection()
    {
        Assert.Contains("还没有登记了结果的检查", await new Talk(yunlan.Office, yunlan.Shiqiaohe).Hear("我要申诉"), StringComparison.Ordinal);
        Assert.DoesNotContain("T305", await new Talk(yunlan.Office, yunlan.Ecology).Hear("申诉依据"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();
}
