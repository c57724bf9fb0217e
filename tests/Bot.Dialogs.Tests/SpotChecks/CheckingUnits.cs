using System.Text.RegularExpressions;
using Bot.Testing;

namespace Bot.Dialogs.Tests.SpotChecks;

/// <summary>C27 as it is talked: the draw, its means, a replacement, and the findings (S03, S04).</summary>
public sealed partial class CheckingUnits : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan("2026-11-20 10:00").WithFiledPlans();

    [Fact]
    public async Task C27_units_are_drawn_with_a_seed_anybody_can_check_and_one_is_replaced()
    {
        var talk = new Talk(yunlan.Office, yunlan.Bureau);

        Assert.Equal("第四季度：5个执法单位，不低于10%，应抽不少于1个，已抽0个、办结0个，12月31日前完成。用随机抽取吗？\n[1]随机抽取 [2]指定单位 [3]随机加指定", await talk.Hear("第四季度抽查"));
        Assert.Equal("随机抽几个？可抽5个，还差1个到下限。", await talk.Hear("1"));
        Assert.Equal("请回复1到5的数字，例如“抽3个”。", (await talk.Hear("抽9个")).Split('\n')[0]);
        Assert.StartsWith("抽查方式？可以多选。\n[1]查阅资料 [2]实地查看检查活动 [3]评查案卷", await talk.Hear("抽2个"), StringComparison.Ordinal);
        var drawn = await talk.Hear("1和3");
        Assert.StartsWith("本季度抽查已生成2项：\nQ26-1 ", drawn, StringComparison.Ordinal);
        Assert.Contains("查阅资料、评查案卷，待办", drawn, StringComparison.Ordinal);
        Assert.Matches(Seed(), drawn);

        Assert.Contains("更换须写理由并留痕，为什么换？", await talk.Hear("更换抽查 Q26-1"), StringComparison.Ordinal);
        Assert.Matches("^理由已留痕，按抽取次序更换为.*（Q26-3），两家都已通知。", await talk.Hear("上季度刚查过"));
        Assert.Contains("已抽2个", await talk.Hear("季度抽查"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C27_a_named_unit_is_looked_into_and_what_is_wrong_becomes_a_clue()
    {
        const string script =
            """
            U: 季度抽查
            B: 第四季度：5个执法单位，不低于10%，应抽不少于1个，已抽0个、办结0个，12月31日前完成。用随机抽取吗？
               [1]随机抽取 [2]指定单位 [3]随机加指定
            U: 2
            B: 指定哪个单位？
            U: 应急
            B: 抽查方式？可以多选。
               [1]查阅资料 [2]实地查看检查活动 [3]评查案卷
               [查阅资料] [实地查看检查活动] [评查案卷]
            U: 看案卷
            B: 本季度抽查已生成1项：
               Q26-1 云澜区应急管理局，评查案卷，待办
               已通知这些单位准备材料，12月31日前完成；提前30天、10天提醒您。要换单位说“更换抽查”加编号。
               [更换抽查 Q26-1] [办结抽查 Q26-1]
            U: 办结抽查 Q26-1
            B: 云澜区应急管理局：抽查情况怎么样？看了什么、发现什么，都写上。
            U: 看了6份案卷，2份没有审批页
            B: 发现问题了吗？发现问题的会形成监督线索。
               [1]发现问题 [2]没有发现问题
            U: 1
            B: 有记录表或照片吗？没有可回复“没有”。
               [没有]
            U: 没有
            B: Q26-1已办结，本季度办结1个，下限1个，已达到。已形成线索X26-1。
               [线索 X26-1]
            U: 办结抽查 Q26-1
            B: Q26-1 云澜区应急管理局，评查案卷，已办结：看了6份案卷，2份没有审批页。
            """;
        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Bureau).Play(script));
    }

    public void Dispose() => yunlan.Dispose();

    [GeneratedRegex("种子：[0-9a-f]{32}\n单位名单SHA-256：[0-9a-f]{64}")]
    private static partial Regex Seed();
}
