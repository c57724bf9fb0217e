using Bot.Testing;

namespace Bot.Dialogs.Tests.Meetings;

/// <summary>S43, S44, S02, W27 in talk.</summary>
public sealed class CallingTogetherInTalk : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-23 10:00");

    [Fact]
    public async Task S43_a_consultation_is_called_seen_moved_and_cancelled()
    {
        const string calling = """
            U: 约会商
            B: 工作会商的主题是什么？
            U: 第四季度会商
            B: 哪一天？
            U: 12月5日
            B: 12月5日（周六）不上班（周末），请另定一个工作日。
            U: 下周三
            B: 几点到几点？例如“9:00到11:00”。
            U: 开完为止
            B: 请说起止时间，例如“9:00到11:00”“下午2点到4点”。
            U: 下午2点到4点半
            B: 在哪里？
            U: 区司法局三楼
            B: 请哪些单位？说单位名称，用顿号隔开，或者说“全部”。
               [全部]
            U: 应急、火星局
            B: “火星局”没认出是哪个单位。可以说“消防”“交通运输局”“城管”这样的叫法。
            U: 应急、环保
            B: 议程或内容是什么？没有就回复“没有议程”。
               [没有议程]
            U: 扫码入企；并办提示
            B: 工作会商通知，将发给1人：
               1. 主题：第四季度会商
               2. 日期：2026年12月2日（周三）
               3. 时间：14:00—16:30
               4. 地点：区司法局三楼
               5. 范围：云澜区应急管理局、江临市云澜生态环境局
               6. 议程：扫码入企；并办提示
               发出吗？要修改请说“改第1项”。[1]发出 [2]修改 [3]不发
            U: 改第4项
            B: 在哪里？
            U: 区司法局五楼
            B: 工作会商通知，将发给1人：
               1. 主题：第四季度会商
               2. 日期：2026年12月2日（周三）
               3. 时间：14:00—16:30
               4. 地点：区司法局五楼
               5. 范围：云澜区应急管理局、江临市云澜生态环境局
               6. 议程：扫码入企；并办提示
               发出吗？要修改请说“改第1项”。[1]发出 [2]修改 [3]不发
            U: 发出
            B: 已发出，云司会〔2026〕1号，通知1人，附日历文件。要改期说“改期会议 H26-1”，取消说“取消会议 H26-1”。
               [会议 H26-1]
            """;
        Assert.Equal(calling, await Bureau().Play(calling));

        const string seeing = """
            U: 会议
            B: 云司会〔2026〕1号 工作会商：第四季度会商
               时间：2026年12月2日（周三）14:00—16:30
               地点：区司法局五楼
               议程：扫码入企；并办提示
               日历文件：https://yunlan.example/meetings/※.ics
            """;
        Assert.Equal(seeing, await new Talk(yunlan.Office, yunlan.SafetyLiaison).Play(seeing));
        Assert.Equal("近期没有请您参加的会议、培训或课程。", await new Talk(yunlan.Office, yunlan.SafetyLeader).Hear("会议"));

        const string changing = """
            U: 改期会议 H26-1
            B: 12月2日（周三）工作会商“第四季度会商”改到哪一天？
            U: 12月4日
            B: 几点到几点？例如“9:00到11:00”。
            U: 9:00-11:00
            B: 地点变吗？原来是区司法局五楼，不变就回复“不变”。
               [不变]
            U: 不变
            B: 已改到2026年12月4日（周五）09:00—11:00，告知1人。
            U: 取消会议 H26-1
            B: 取消12月4日（周五）工作会商“第四季度会商”，请写明原因，参加的人会看到。
            U: 与区里会议冲突
            B: 已取消，告知1人。
            """;
        Assert.Equal(changing, await Bureau().Play(changing));
        Assert.Equal("没有查到这次会议，说“会议”可以看到现有的。", await Bureau().Hear("取消会议 H26-9"));
    }

    [Fact]
    public async Task W27_a_course_for_small_enterprises_says_that_it_is_free()
    {
        yunlan.Office.Use(db =>
        {
            db.Enterprises.Single(e => e.Id == "E010").Employees = 9;
            return db.SaveChanges();
        });
        var talk = Bureau();
        foreach (var words in new[] { "企业公益课", "食品小作坊怎么过关", "12月5日", "9点到11点", "文化馆" })
            await talk.Hear(words);

        Assert.Equal("议程或内容是什么？没有就回复“没有议程”。", await talk.Hear("全部"));
        Assert.Contains("5. 范围：1家企业", await talk.Hear("没有议程"), StringComparison.Ordinal);
        Assert.StartsWith("已发出，云司会〔2026〕1号，通知1人", await talk.Hear("发出"), StringComparison.Ordinal);
        Assert.Contains("免费", yunlan.Notice("N155", "P010"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S44_a_joint_action_is_planned_seen_by_its_units_and_ended()
    {
        const string planning = """
            U: 发起联合行动
            B: 在哪个重点领域？例如“危险化学品”。
            U: 危险化学品
            B: 哪个单位牵头？
            U: 应急
            B: 哪些单位参加？用顿号隔开。
            U: 环保、交通
            B: 从哪天开始？
            U: 12月1日
            B: 到哪天结束？
            U: 11月30日
            B: 结束不能早于12月1日（周二）。
            U: 12月31日
            B: 要做哪些事？
            U: 联合抽查仓储企业的检查记录
            B: 联合监督行动：
               1. 领域：危险化学品
               2. 牵头：云澜区应急管理局
               3. 参加：江临市云澜生态环境局、云澜区交通运输局
               4. 开始：2026年12月1日（周二）
               5. 结束：2026年12月31日（周四）
               6. 内容：联合抽查仓储企业的检查记录
               发出吗？要修改请说“改第1项”。[1]发出 [2]修改 [3]不发
            U: 发出
            B: 已发出，云监联〔2026〕1号，通知各单位负责人和联络员3人。结束后说“结束联合行动 LD26-1”登记结果。
               [联合行动]
            """;
        Assert.Equal(planning, await Bureau().Play(planning));

        const string seeing = """
            U: 联合行动
            B: 云监联〔2026〕1号 危险化学品，12月1日至12月31日
               牵头：云澜区应急管理局；参加：江临市云澜生态环境局、云澜区交通运输局
               内容：联合抽查仓储企业的检查记录
            """;
        Assert.Equal(seeing, await new Talk(yunlan.Office, yunlan.SafetyLeader).Play(seeing));

        const string ending = """
            U: 结束联合行动 LD26-1
            B: 结果怎么样？请写明查了什么、发现什么、怎么处理。
            U: 查12家，发现问题3个，均已改正
            B: 云监联〔2026〕1号 已登记结束。
            U: 联合行动
            B: 现在没有联合监督行动。
               [发起联合行动]
            """;
        Assert.Equal(ending, await Bureau().Play(ending));
    }

    [Fact]
    public async Task S02_the_pack_comes_as_a_link_that_ends_after_two_days()
    {
        const string script = """
            U: 导出联席会议材料
            B: 联席会议材料已准备（Word），5个单位共5项未结：
               https://yunlan.example/packs/※
               11月25日 10:00前有效。投诉人信息和投诉内容不在里面。请核对后使用。
               [召集会议]
            """;
        var talk = Bureau();
        Assert.Equal(script, await talk.Play(script));
        Assert.True(talk.Fleeting);
        Assert.Equal("文件还不能导出：系统还没有设置访问地址，请联系管理员。", await new Talk(yunlan.Office, yunlan.Bureau) { Pages = new(null) }.Hear("导出联席会议材料"));
    }

    public void Dispose() => yunlan.Dispose();

    private Talk Bureau() => new(yunlan.Office, yunlan.Bureau);
}
