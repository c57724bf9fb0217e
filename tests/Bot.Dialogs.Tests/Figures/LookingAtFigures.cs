using Bot.Testing;

namespace Bot.Dialogs.Tests.Figures;

/// <summary>C20, C28: figures in talk, what a leader does about them, objections, and reports as links (J39, S38, S39, W40, W42).</summary>
public sealed class LookingAtFigures : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-22 10:00");

    public LookingAtFigures()
    {
        Visit("T301", "2026-11-12", scanned: true, entered: "2026-11-13");
        Visit("T302", "2026-11-13", scanned: true, entered: "2026-11-16");
        Visit("T303", "2026-11-17", scanned: false, entered: "2026-11-18");
        Visit("T305", "2026-11-16", scanned: true, entered: null);
    }

    // C20, J39, W40
    [Fact]
    public async Task C20_J39_the_leader_sees_the_month_with_a_chart_and_wants_it_in_writing()
    {
        const string script =
            """
            U: 本单位怎么样
            B: 11月至今：检查4次，扫码3/4，预告4/4，结果按期3/4。
               规范办理率75.0%（6/8），第1名（共1个单位）。
               [1]看未扫码 [2]看超期 [3]看排名 [4]知道了
               [看未扫码] [看超期] [看排名] [知道了]
            U: 1
            B: T303，11月17日，云澜区青禾特种钢锭铸造有限公司，无扫码无原因。
               [1]催办 [2]要求书面说明 [3]先不办
            U: 2
            B: 已发给经办人，请其11月24日（周二）前说明，说明会发给您。
            """;
        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.SafetyLeader).Play(script));

        const string inspector =
            """
            U: 说明 T303
            B: 请写明任务T303的情况，会发给单位负责人。
            U: 企业停电，扫码设备没电
            B: 已发给单位负责人：企业停电，扫码设备没电
            """;
        Assert.Equal(inspector.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Safety).Play(inspector));
        Assert.Contains("企业停电", yunlan.Notice("N174", "L-U02"), StringComparison.Ordinal);
        Assert.Contains("没有等您说明的事", await new Talk(yunlan.Office, yunlan.Safety).Hear("说明 T303 还是停电"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C20_what_is_late_is_urged_and_the_picture_shows_the_same_figures()
    {
        var talk = new Talk(yunlan.Office, yunlan.SafetyLeader);
        var reply = Assert.Single(await talk.Say("本单位11月数据"));
        Assert.Equal("云澜区应急管理局 2026年11月", reply.Chart!.Title);
        Assert.Equal([("扫码", 75d, "3/4", true), ("预告", 100d, "4/4", false), ("结果按期", 75d, "3/4", true)], reply.Chart.Bars.Select(bar => (bar.Label, bar.Percent, bar.Value, bar.Weak)));

        Assert.Contains("T305，11月16日，云澜区青禾特种钢锭铸造有限公司，应于11月19日前回填，还没有回填，已超期1个工作日。", await talk.Hear("看超期"), StringComparison.Ordinal);
        Assert.Equal("已催办T305，2名检查人员会收到。", await talk.Hear("催办"));
        Assert.Equal(["I05", "I06"], yunlan.Told("N175"));
    }

    // W40
    [Fact]
    public async Task W40_the_ranking_is_open_to_every_unit()
    {
        Assert.Equal(
            """
            2026年11月规范办理率排名（扫码、结果、公示、并办、指导五项按期办到的比例）：
            1. 云澜区应急管理局 75.0%（6/8）
            另有4个单位没有应办事项，不排名。
            """.ReplaceLineEndings("\n"),
            await new Talk(yunlan.Office, yunlan.TransportLeader).Hear("单位排名"));
    }

    // S39
    [Fact]
    public async Task S39_the_leader_objects_and_the_bureau_answers()
    {
        yunlan.Office.Time.Set("2026-12-01 09:00");
        const string script =
            """
            U: 数据有异议 2026-11
            B: 对2026年11月的哪一项有异议？每项只能提一次，到12月4日（周五）为止。
               [1]检查4 [2]扫码3/4 [3]预告4/4 [4]结果按期3/4 [5]联合检查0/4 [6]非现场0/4 [7]回填用时1.7
            U: 2
            B: 扫码：本期结束的检查中到场扫码的。
               请写明理由，最好写出任务编号和实际情况。
            U: T303当天停电，有执法记录仪录像
            B: 对2026年11月“扫码”的异议：T303当天停电，有执法记录仪录像
               提交后不能修改，会附在报告里。提交吗？
            U: 提交
            B: 已提交对“扫码3/4”的异议，云澜区司法局核实后答复您，异议和答复一并附在报告里。
            """;
        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.SafetyLeader).Play(script));

        const string bureau =
            """
            U: 数据异议
            B: 云澜区应急管理局对2026年11月“扫码3/4”提出：T303当天停电，有执法记录仪录像
               口径：本期结束的检查中到场扫码的。
               属实吗？
            U: 不采纳
            B: 请写明不采纳的理由。
            U: 没有登记记录仪编号
            B: 已答复云澜区应急管理局：未采纳。没有登记记录仪编号
            U: 数据异议
            B: 没有待核实的数据异议。
            """;
        Assert.Equal(bureau.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Bureau).Play(bureau));
        Assert.Contains("未采纳：没有登记记录仪编号", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear("本单位数据 2026-11"), StringComparison.Ordinal);

        yunlan.Office.Time.Set("2026-12-05 09:00");
        Assert.Contains("没有可以提异议的数据", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear("数据有异议 2026-11"), StringComparison.Ordinal);
    }

    // J39, S38, W06
    [Fact]
    public async Task S38_C28_the_bureau_makes_a_report_as_a_draft()
    {
        const string script =
            """
            U: 出11月监督报告
            B: 口径：2026年11月1日至今。任务、扫码、并办、公示、指导、投诉、预警七部分，附单位排名、未办清单和单位异议。导出Word还是Excel？
               [1]Word [2]Excel
            U: Word
            B: 联合监管比例0.0%（0/4），低于25%；口径：本年度已完成任务。要改口径吗？
               [1]不改 [2]改为本期
            U: 不改
            B: 已生成2026年11月监督报告草稿，48小时内有效，请不要转发：
               https://yunlan.example/drafts/※
               请人工补“原因分析”和“下步建议”，系统不代写结论。
            """;
        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Bureau).Play(script));
        Assert.Contains("系统还没有设置访问地址", await new Talk(yunlan.Office, yunlan.Bureau) { Pages = new(null) }.Hear("月报"), StringComparison.Ordinal);
    }

    // S01, S32, W25
    [Fact]
    public async Task J39_the_bureau_sees_the_district_one_unit_and_what_is_behind()
    {
        var talk = new Talk(yunlan.Office, yunlan.Bureau);
        var reply = Assert.Single(await talk.Say("统计"));
        Assert.StartsWith("2026年11月至今，云澜区5个单位：检查4次，扫码3/4，预告4/4，结果按期3/4。\n规范办理率75.0%（6/8），上期—。\n联合监管比例0.0%（0/4），低于25%；口径：本年度已完成任务。", reply.Text, StringComparison.Ordinal);
        Assert.Equal("各单位规范办理率 2026年11月", reply.Chart!.Title);
        Assert.Equal("未扫码1件：\nT303，云澜区应急管理局，11月17日，无扫码无原因", await talk.Hear("看未扫码"));
        Assert.Equal("没有处罚数比上期增长超过50%的单位。", await Second(talk, "处罚波动"));
        Assert.StartsWith("2026年没有现场检查6次及以上的企业", await talk.Hear("高频企业"), StringComparison.Ordinal);
        Assert.StartsWith("云澜区应急管理局2026年11月：检查4次", await talk.Hear("应急局11月数据"), StringComparison.Ordinal);
    }

    // W42
    [Fact]
    public async Task W42_the_trail_of_a_task_is_exported_by_whoever_may_see_it()
    {
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        Assert.Contains("导出Word还是Excel", await talk.Hear("导出T303全程记录"), StringComparison.Ordinal);
        Assert.Contains("https://yunlan.example/drafts/", await talk.Hear("Excel"), StringComparison.Ordinal);
        Assert.True(talk.Fleeting);

        var other = new Talk(yunlan.Office, yunlan.Transport);
        await other.Hear("导出T303全程记录");
        Assert.DoesNotContain("drafts", await other.Hear("Word"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("上个月数据", "2026年10月")]
    [InlineData("第三季度数据", "2026年第三季度")]
    [InlineData("12月数据", "2025年12月")]
    [InlineData("上季度全区数据", "2026年第三季度")]
    [InlineData("全区今年数据", "2026年至今")]
    [InlineData("去年四季度统计", "2025年第四季度")]
    [InlineData("2026-09数据", "2026年9月")]
    [InlineData("十月数据", "2026年10月")]
    public async Task A_period_is_understood_as_people_say_it(string said, string named) =>
        Assert.StartsWith(named, await new Talk(yunlan.Office, yunlan.Bureau).Hear(said), StringComparison.Ordinal);

    public void Dispose() => yunlan.Dispose();

    private static async Task<string> Second(Talk talk, string choice)
    {
        await talk.Say("统计");
        return await talk.Hear(choice);
    }

    private void Visit(string id, string on, bool scanned, string? entered) => yunlan.Inspection(id, but: facts => facts with
    {
        ScheduledOn = DateOnly.Parse(on, null),
        CompletedOn = DateOnly.Parse(on, null),
        ScannedInAt = scanned ? new HandTime($"{on} 09:30").GetUtcNow().UtcDateTime : null,
        Result = entered is null ? null : "未发现问题",
        ResultEnteredOn = entered is null ? null : DateOnly.Parse(entered, null),
    });
}
