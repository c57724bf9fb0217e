using Bot.Domain.Commands;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Clues;

/// <summary>C24 and what follows from it, as it is talked: clues, feedback to a unit, common problems, transfers (J39–J41, S05, S11, S13, S31).</summary>
public sealed class HandlingClues : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan("2026-11-20 10:00").WithFiledPlans();

    [Fact]
    public async Task C24_a_supervisor_looks_at_a_clue_and_sets_it_aside_with_a_reason() // S13, J40
    {
        Unscanned("T303");
        const string script =
            """
            U: 监督线索
            B: 现在没有等处理的线索。每天早上自动查找一次，也可以说“查找线索”马上查一遍。
            U: 查找线索
            B: 已查找一遍，新增或有变化的线索1条。
               [监督线索]
            U: 监督线索
            B: 等处理的线索1条。每条把同一单位同类问题合在一起，是否预警由您决定。
               X26-1 云澜区应急管理局 未扫码入企1件
               看哪一条？
               [1]X26-1
            U: 监督线索 应急
            B: 云澜区应急管理局等处理的线索1条。每条把同一单位同类问题合在一起，是否预警由您决定。
               X26-1 云澜区应急管理局 未扫码入企1件
               看哪一条？
               [1]X26-1
            U: 监督线索 消防
            B: 云澜区消防救援大队现在没有等处理的线索。每天早上自动查找一次，也可以说“查找线索”马上查一遍。
            U: 监督线索
            B: 等处理的线索1条。每条把同一单位同类问题合在一起，是否预警由您决定。
               X26-1 云澜区应急管理局 未扫码入企1件
               看哪一条？
               [1]X26-1
            U: 1
            B: X26-1（云监线〔2026〕1号）云澜区应急管理局：未扫码入企，1件。
               依据：凡检查必扫码（泰姜政办〔2025〕13号 三（一））
               T303 11月17日 云澜区青禾特种钢锭铸造有限公司：检查未扫码，也没有登记未扫码原因（现在待公示）
               [1]发预警提醒 [2]情况反馈 [3]不采用并写理由 [4]先不处理
            U: 3
            B: X26-1（云监线〔2026〕1号）云澜区应急管理局：未扫码入企，1件。
               为什么不采用？理由会留存备查。
            U: 当天平台停机，已核实
            B: X26-1已记为不采用，理由已留存。
               [监督线索]
            U: 线索 X26-1
            B: X26-1（云监线〔2026〕1号）云澜区应急管理局：未扫码入企，1件。
               没有采用，理由：当天平台停机，已核实
            """;
        await Holds(yunlan.Bureau, script);
    }

    [Fact]
    public async Task J40_a_unit_is_told_and_answers_with_proof_and_the_bureau_reads_it()
    {
        Unscanned("T303");
        await yunlan.Office.Round();
        await Holds(yunlan.Bureau,
            """
            U: X26-1
            B: X26-1（云监线〔2026〕1号）云澜区应急管理局：未扫码入企，1件。
               依据：凡检查必扫码（泰姜政办〔2025〕13号 三（一））
               T303 11月17日 云澜区青禾特种钢锭铸造有限公司：检查未扫码，也没有登记未扫码原因（现在待公示）
               [1]发预警提醒 [2]情况反馈 [3]不采用并写理由 [4]先不处理
            U: 2
            B: 把上面的事实反馈给云澜区应急管理局，请其5个工作日内说明情况？负责人和联络员都会收到；这不是预警。
               [反馈] [先不]
            U: 反馈
            B: 已反馈，云监反〔2026〕1号，请云澜区应急管理局11月27日（周五）前说明。线索X26-1仍留在等处理里。
               [情况反馈]
            """);
        Assert.Contains("请于11月27日（周五）前在此说明情况", yunlan.Notice("N101", "LI-U02"), StringComparison.Ordinal);

        await Holds(yunlan.SafetyLiaison,
            """
            U: 说明情况 FK26-1
            B: 云监反〔2026〕1号：
               T303 11月17日 云澜区青禾特种钢锭铸造有限公司：检查未扫码，也没有登记未扫码原因
               请11月27日（周五）前说明情况和已采取的措施，可以几句话。
            U: 新来的同事不熟，已培训
            B: 有佐证吗？培训记录或照片。没有可回复“没有”。
               [没有]
            U: 没有
            B: 已提交给云澜区司法局，和反馈的事实一并留存。
            U: 情况反馈
            B: 没有等说明的情况反馈。
               FK26-1 云监反〔2026〕1号 云澜区应急管理局，11月20日反馈1件：T303 11月17日 云澜区青禾特种钢锭铸造有限公司：检查未扫码，也没有登记未扫码原因。11月20日说明：新来的同事不熟，已培训
            """);
        Assert.Contains("11月20日说明：新来的同事不熟，已培训", await new Talk(yunlan.Office, yunlan.Bureau).Hear("情况反馈"), StringComparison.Ordinal);
        Assert.Equal("司法局目前没有向本单位反馈情况。", await new Talk(yunlan.Office, yunlan.TransportLeader).Hear("情况反馈"));
    }

    [Fact]
    public async Task S11_S31_the_month_and_what_is_common_are_read_and_all_are_reminded_once()
    {
        Unscanned("T1");
        Unscanned("T2", "U03");
        Unscanned("T3", "U09");
        await yunlan.Office.Round();
        await Holds(yunlan.Bureau,
            """
            U: 本月异常
            B: 2026年11月上传材料3件，异常3件：
               云澜区应急管理局 未扫码入企1件：T1
               江临市云澜生态环境局 未扫码入企1件：T2
               云澜区交通运输局 未扫码入企1件：T3
            U: 普遍问题
            B: P26Q4-1 未扫码入企，涉及3个单位（云澜区应急管理局、江临市云澜生态环境局、云澜区交通运输局），指导性意见最迟12月21日（周一）。
               [普遍提醒 P26Q4-1] [指导性意见]
            U: 普遍提醒 P26Q4-1
            B: P26Q4-1 未扫码入企，涉及3个单位（云澜区应急管理局、江临市云澜生态环境局、云澜区交通运输局），指导性意见最迟12月21日（周一）。
               请写一个例子，不带单位和企业名称，会发给全部单位的联络员。
            U: 到场先看现场，结束才想起扫码
            B: 提醒内容：“未扫码入企”，例如：到场先看现场，结束才想起扫码。发给全部单位联络员？
               [发送] [先不发]
            U: 发送
            B: 已提醒5个单位的联络员，只发这一次。
               [普遍问题]
            """);
    }

    [Fact]
    public async Task J41_S05_transfers_are_the_bureaus_alone()
    {
        await Holds(yunlan.Bureau,
            """
            U: 登记复议线索
            B: 复议机构移送的线索涉及哪个单位？该单位看不到。
            U: 交通运输局
            B: 线索内容？
            U: 复议中发现检查记录没有两名执法人员签字
            B: 请录移送机构、文号、日期，例如：区行政复议局 2026-11-18 云复移〔2026〕3号。
            U: 区行政复议局 2026-11-18 云复移〔2026〕3号
            B: 复议机构移送线索1条，已登记为X26-1。
               [线索 X26-1]
            U: 移送登记 X26-1
            B: 区行政复议局云复移〔2026〕3号：复议中发现检查记录没有两名执法人员签字
               移送的事实是什么？
            U: 检查人员涉嫌弄虚作假
            B: 移送给哪类机关？
               [1]纪检监察机关 [2]效能部门 [3]司法机关 [4]其他有权机关 [5]行政复议机构
            U: 1
            B: 请录移送机关、文号、日期，例如：区纪委监委 2026-11-20 云司函〔2026〕31号。
            U: 区纪委监委
            B: 还缺文号。请这样写：区纪委监委 2026-11-20 云司函〔2026〕31号。
            U: 区纪委监委 2026-11-20 云司函〔2026〕31号
            B: 已登记移送YS26-1：区纪委监委，云司函〔2026〕31号，2026年11月20日。仅司法局可见。
               [移送台账]
            U: 移送台账
            B: 移送台账（1，仅司法局可见）：
               YS26-1 云澜区交通运输局，2026年11月20日移送区纪委监委（云司函〔2026〕31号）：检查人员涉嫌弄虚作假（线索X26-1）
               [移送登记] [登记复议线索] [移送结果 YS26-1]
            U: 移送结果 YS26-1
            B: 有关机关反馈的处理结果是什么？
            U: 已立案
            B: YS26-1的处理结果已登记。
               [移送台账]
            """);

        Assert.Equal("移送信息您无权查看，这次查询已经记录。", await new Talk(yunlan.Office, yunlan.Transport).Hear("我们单位移送纪委了吗"));
        Assert.Equal("移送信息您无权查看，这次查询已经记录。", await new Talk(yunlan.Office, yunlan.TransportLeader).Hear("移送台账"));
        Assert.DoesNotContain("X26-1", await new Talk(yunlan.Office, yunlan.TransportLeader).Hear("监督线索"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Holds(Actor person, string script) =>
        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, person).Play(script));

    private void Unscanned(string id, string unit = "U02") => yunlan.Inspection(id, but: facts => facts with
    {
        UnitId = unit,
        ScheduledOn = new DateOnly(2026, 11, 17),
        CompletedOn = new DateOnly(2026, 11, 17),
        ResultEnteredOn = new DateOnly(2026, 11, 18),
    });
}
