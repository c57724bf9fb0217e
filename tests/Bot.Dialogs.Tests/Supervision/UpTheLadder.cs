using Bot.Domain.Commands;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Supervision;

/// <summary>C23, C25 and C20's letter part: warning, answer, letter, term, re-check and report as talks of both sides (S13–S17).</summary>
public sealed class UpTheLadder : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-10 10:00");
    private readonly Dictionary<string, Talk> talks = new(StringComparer.Ordinal);

    [Fact]
    public async Task S13_S14_S15_S16_S17_from_the_warning_to_the_decision_of_the_government()
    {
        await Holds(
            yunlan.Bureau,
            """
            U: 发预警给应急局
            U: 多次未扫码入企
            U: 11月2日T303未扫码；11月4日、6日两次也没有扫码
            U: 《云澜区涉企行政检查规则》：凡检查必扫码
            U: 1
            U: 发出预警
            """);
        await Holds(
            yunlan.SafetyLiaison,
            """
            U: 收到建议书了吗
            U: 看SV26-1
            U: 2
            U: 1 新来的同事不熟，已培训
            U: [图片]
            U: 没有
            U: 预警与建议书
            U: 知道了
            """);
        await Holds(
            yunlan.Bureau,
            """
            @ 2026-11-16 10:00
            U: 预警与建议书
            U: SV26-1
            U: 看证据
            U: 认定未改正
            U: 复看11月12日、13日仍有2次未扫码
            @ 2026-11-23 09:30
            U: SV26-1什么情况
            U: 1
            U: 逐次扫码，对全体检查人员开展培训并报送记录
            U: 签发 云司监建〔2026〕第3号
            U: 确认
            U: 改建议 逐次扫码；11月30日前全员培训并报送记录
            U: 签发 云司监建〔2026〕第1号
            U: 1
            """);
        await Holds(
            yunlan.SafetyLeader,
            """
            U: 收到建议书了吗
            U: 看SV26-1
            U: 已收到
            U: 已收到 SV26-1
            U: 提交整改 SV26-1
            U: 已全员培训，11月24日起逐次扫码
            U: [图片]
            U: 没有
            """);
        await Holds(
            yunlan.Bureau,
            """
            @ 2026-12-15 09:30
            U: 打开 SV26-1
            U: 1
            U: 未整改
            U: 抽查12月10日至14日4次检查，2次未扫码
            """);
        await Holds(
            yunlan.SafetyLeader,
            """
            U: SV26-1
            """);
        await Holds(
            yunlan.Bureau,
            """
            U: 报请区政府 SV26-1
            U: 写报告稿
            """);
        await Holds(
            yunlan.SafetyLeader,
            """
            U: SV26-1
            """);
        await Holds(
            yunlan.Bureau,
            """
            U: 登记决定书 SV26-1
            U: 云政监决〔2026〕2号
            U: 今天
            U: 今天
            U: 登记后续措施 SV26-1
            U: 12月15日约谈主要负责人
            U: 办结 SV26-1
            U: 已按决定书整改
            U: 预警与建议书
            """);
        await Holds(
            yunlan.SafetyLeader,
            """
            U: 收到建议书了吗
            """);
    }

    [Fact]
    public async Task S13_more_time_is_given_once_an_answer_is_sent_back_and_the_warning_closed()
    {
        await Holds(
            yunlan.Bureau,
            """
            U: 发预警给应急局
            U: 多次未扫码入企
            U: 11月2日T303未扫码；11月4日、6日两次也没有扫码
            U: 《云澜区涉企行政检查规则》：凡检查必扫码
            U: 1
            U: 发出预警
            """);
        await Holds(
            yunlan.SafetyLiaison,
            """
            U: 申请延期 SV26-1
            U: 材料还在整理
            U: SV26-1
            U: 以后再说
            """);
        await Holds(
            yunlan.Bureau,
            """
            U: 同意延期 SV26-1
            """);
        await Holds(
            yunlan.SafetyLiaison,
            """
            U: SV26-1
            U: 现在回复
            U: 已整改
            U: 没有
            """);
        await Holds(
            yunlan.Bureau,
            """
            U: SV26-1
            U: 请单位补充
            U: 请附培训记录
            """);
        await Holds(
            yunlan.SafetyLeader,
            """
            U: SV26-1
            U: 1 培训记录见图
            U: [图片]
            U: 没有
            """);
        await Holds(
            yunlan.Bureau,
            """
            U: 打开 SV26-1
            U: 认定已整改
            U: 看了培训记录，抽查5次检查都已扫码
            """);
    }

    [Fact]
    public async Task S13_S15_a_unit_that_disagrees_is_heard_before_and_after_the_letter()
    {
        await Holds(
            yunlan.Bureau,
            """
            U: 发预警给应急局
            U: 多次未扫码入企
            U: 11月2日T303未扫码；11月4日、6日两次也没有扫码
            U: 《云澜区涉企行政检查规则》：凡检查必扫码
            U: 1
            U: 发出预警
            """);
        await Holds(
            yunlan.SafetyLiaison,
            """
            U: 不同意预警 SV26-1
            U: 11月2日是企业不让扫码，有执法记录仪
            U: 没有
            """);
        await Holds(
            yunlan.Bureau,
            """
            U: 打开 SV26-1
            U: 认定未改正
            U: 11月4日、6日两次没有理由
            U: 起草建议书 SV26-1
            U: 逐次扫码
            U: 1
            U: 再改改
            U: 改事实 11月4日未扫码；11月6日未扫码
            U: 先不签发
            U: 起草 SV26-1
            U: 签发
            U: 确认
            """);
        await Holds(
            yunlan.SafetyLeader,
            """
            U: 有异议 SV26-1
            U: 11月6日没有检查任务
            """);
        await Holds(
            yunlan.Bureau,
            """
            U: SV26-1
            U: 答复异议
            U: 异议成立
            U: 核对台账，11月6日确无检查，11月4日已补登
            """);
    }

    [Fact]
    public async Task S29_an_order_to_correct_needs_no_warning_and_is_not_seen_before_it_is_served()
    {
        await Holds(
            yunlan.Bureau,
            """
            U: 责令改正 应急局
            U: 未按市级检查标准检查
            U: 11月5日T290检查只查了3项，标准是7项
            U: 江临市工贸企业检查标准第三条
            U: 起草文书
            """);
        await Holds(
            yunlan.SafetyLiaison,
            """
            U: 打开 ZG26-1
            """);
        await Holds(
            yunlan.Bureau,
            """
            U: 起草 ZG26-1
            U: 按标准补查并培训
            U: 签发
            U: 确认
            """);
        await Holds(
            yunlan.SafetyLiaison,
            """
            U: 打开 ZG26-1
            U: 提交整改
            U: 已按7项补查
            U: 没有
            """);
        await Holds(
            yunlan.Bureau,
            """
            U: 登记复查结果 ZG26-1
            U: 期满后再查
            U: 登记复查结果 ZG26-1
            U: 已整改
            U: 看了补查记录
            """);
    }

    [Fact]
    public async Task S41_a_widespread_problem_becomes_a_guiding_opinion_within_a_month()
    {
        await Holds(
            yunlan.Bureau,
            """
            U: 指导性意见
            U: 登记普遍问题
            U: 预告没写合规标准
            U: 应急、生态环境、月球局
            U: 应急、生态环境、消防
            U: 部分预告只写“按规定准备”
            U: 本区涉企行政检查规则：预告应当写明合规标准
            U: 指导性意见
            U: 1
            U: 一、预告逐项写明标准；二、附自查清单
            U: 印发
            """);
        Assert.Equal(["L-U02", "LI-U02"], yunlan.Told("N121"));
        Assert.Equal(
            "云澜区司法局印发《行政执法指导性意见》（云司监导〔2026〕1号）：预告没写合规标准。依据：本区涉企行政检查规则：预告应当写明合规标准。意见：一、预告逐项写明标准；二、附自查清单。",
            yunlan.Notice("N121", "LI-U02"));
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Holds(Actor who, string script) => await File.AppendAllTextAsync("/tmp/ladder-play.txt", await Talk(who).Play(script) + "\n=====\n");

    private Talk Talk(Actor who) => talks.TryGetValue(who.PersonId!, out var talk) ? talk : talks[who.PersonId!] = new Talk(yunlan.Office, who);
}
