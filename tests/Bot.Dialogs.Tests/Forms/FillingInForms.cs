using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Forms;

/// <summary>Questionnaires (S08, S09), self-checks (S42, D23), trade problems (W36) and the points of conduct (S34) in talk.</summary>
public sealed class FillingInForms : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Actor leader;
    private readonly Actor bureau;
    private readonly List<Actor> enterprises = [];

    public FillingInForms()
    {
        office.Add(new Unit("U06", "云澜区城市管理局", "district", "城市管理", "0000-86000600"), new Unit("U07", "云澜区农业农村局", "district", "农业农村", "0000-86000700"));
        leader = office.Person("L6", "陆知白", ActorRole.UnitLeader, "U06");
        bureau = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
        for (var i = 1; i <= 6; i++)
        {
            office.Add(
                new Enterprise($"E00{i}", $"第{i}家公司", null),
                new InspectionTask(new TaskFacts($"T50{i}", InspectionType.Daily, "U06", $"E00{i}", new DateOnly(2026, 10, 20), new DateOnly(2026, 10, 1)) { CompletedOn = new DateOnly(2026, 10, 20) }));
            enterprises.Add(office.Person($"C00{i}", $"联系人{i}", ActorRole.EnterpriseUser, enterpriseId: $"E00{i}"));
        }
    }

    [Fact]
    public async Task S09_a_questionnaire_is_sent_filled_in_with_questions_skipped_and_shown_from_five_answers_on()
    {
        const string sending = """
            U: 发问卷
            B: 《涉企行政检查问卷》问哪个单位的检查？说单位名称，就发给它今年检查过的企业；或者说“全部”，发给全部已绑定的企业。
               [全部]
            U: 城管
            B: 将发给云澜区城市管理局今年检查过的6家企业，10个工作日内填写有效，答卷不记名。现在发吗？
               [发出] [不发]
            U: 发出
            B: 已发给6家企业，编号 云监问〔2026〕1号，12月4日（周五）截止。说“问卷结果”可以看汇总。
               [问卷结果]
            """;
        const string filling = """
            U: 填问卷 W26-1
            B: 《涉企行政检查问卷》，关于云澜区城市管理局今年的检查，共5题，写明“可跳过”的都可以跳过。答卷不记贵单位的名称和您的姓名，少于5份不展示结果。
            B: 第1题，共5题：检查前是否收到预告？（可跳过）
               [1]都收到了 [2]有的收到 [3]没收到 [4]记不清 [5]跳过
            U: 2
            B: 第2题，共5题：检查人员是否亮证、扫码、说明来意？（可跳过）
               [1]都做到了 [2]有的没做到 [3]都没做到 [4]记不清 [5]跳过
            U: 跳过
            B: 第3题，共5题：检查对生产经营的影响？（可跳过）
               [1]没有影响 [2]有些影响 [3]影响较大 [4]跳过
            U: 没有影响
            B: 第4题，共5题：检查和指导对合规经营的帮助，1到5分？（可跳过）
               [1]1分 [2]2分 [3]3分 [4]4分 [5]5分 [6]跳过
            U: 4分
            B: 第5题，共5题：最希望改进的一件事？（可跳过）
               [跳过]
            U: 少开重复的会
            B: 答了4题，现在提交吗？提交后不能修改，因为我们不知道哪一份是您的。
               [提交] [不提交]
            U: 提交
            B: 已提交，谢谢。云澜区司法局只看到汇总。
            """;

        Assert.Equal(sending, await new Talk(office, bureau).Play(sending));
        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("样本不足，不展示", await new Talk(office, bureau).Hear("问卷结果"), StringComparison.Ordinal);
            var talk = new Talk(office, enterprises[i]);
            Assert.Equal(filling, await talk.Play(filling));
            Assert.True(talk.Fleeting);
            Assert.Equal("现在没有等贵单位填写的问卷。有意见随时可以说“意见反馈”。", await talk.Hear("问卷"));
        }

        const string result = """
            U: 问卷结果
            B: 云监问〔2026〕1号 《涉企行政检查问卷》（云澜区城市管理局）：发出6家，收回5份，12月4日（周五）截止。
               1. 检查前是否收到预告：有的收到5
               2. 检查人员是否亮证、扫码、说明来意：
               3. 检查对生产经营的影响：没有影响5
               4. 检查和指导对合规经营的帮助，1到5分：4分5
               文字意见5条：
               · 少开重复的会
               · 少开重复的会
               · 少开重复的会
               · 少开重复的会
               · 少开重复的会
            """;
        Assert.Equal(result, await new Talk(office, bureau).Play(result));
    }

    [Fact]
    public async Task Few_enterprises_and_none_are_said_before_anything_is_sent()
    {
        office.Add(new InspectionTask(new TaskFacts("T601", InspectionType.Daily, "U07", "E001", new DateOnly(2026, 9, 20), new DateOnly(2026, 9, 1)) { CompletedOn = new DateOnly(2026, 9, 20) }));
        var talk = new Talk(office, bureau);
        await talk.Hear("发问卷");

        Assert.Equal("将发给云澜区农业农村局今年检查过的1家企业，10个工作日内填写有效，答卷不记名。收回少于5份不展示，这次最多1份，看不到结果。现在发吗？", await talk.Hear("农业农村局"));
        Assert.Equal("好的，没有发。", await talk.Hear("不发"));
        Assert.Equal(0, office.Use(db => db.Questionnaires.Count()));
    }

    [Fact]
    public async Task S42_the_head_of_a_unit_fills_in_the_self_check_and_D23_sees_how_far_the_others_are()
    {
        const string script = """
            U: 季度自查
            B: 2026年第四季度《涉企行政检查季度自查表》，共9题，12月31日（周四）前填写，到期前可以重填。请按本季度实际情况填写，由单位主要负责人对内容负责。
            B: 第1题，共9题：检查计划是否已备案并向社会公告？
               [1]是 [2]否
            U: 是
            B: 第2题，共9题：安静日内是否没有安排日常检查？
               [1]是 [2]否
            U: 1
            B: 第3题，共9题：检查前是否都发了预告和自查清单？
               [1]是 [2]否
            U: 是
            B: 第4题，共9题：到企检查是否都扫码并出示证件？
               [1]是 [2]否
            U: 否
            B: 第5题，共9题：检查结果是否都按时回填和公示？
               [1]是 [2]否
            U: 是
            B: 第6题，共9题：是否没有无证人员或辅助人员单独检查？
               [1]是 [2]否
            U: 是
            B: 第7题，共9题：自查发现问题几个？
            U: 好多
            B: 请回复一个整数，例如“3”，没有就回复“0”。
            U: 3个
            B: 第8题，共9题：其中已经改正几个？
            U: 2
            B: 第9题，共9题：主要问题和下一步措施？（可跳过）
               [跳过]
            U: 跳过
            B: 答“否”的有1项：到企检查是否都扫码并出示证件。以单位名义提交吗？
               [提交] [不提交]
            U: 提交
            B: 2026年第四季度自查表已提交：发现问题3个，已改正2个。
               [自查进度]
            U: 自查进度
            B: 2026年第四季度自查：2个单位，已交1个，12月31日（周四）截止。
               已交 11月20日 云澜区城市管理局：发现3个，改正2个，没有做到：到企检查是否都扫码并出示证件
               未交 云澜区农业农村局
            """;

        Assert.Equal(script, await new Talk(office, leader).Play(script));
    }

    [Fact]
    public async Task W36_an_association_tells_what_its_trade_has_trouble_with_and_the_bureau_reads_it()
    {
        office.Add(new Person("O2", "周清和", ActorRole.LegalObserver, title: "行业协会秘书长（机械）").WithTerm(new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29)));
        const string script = """
            U: 行业问题
            B: 这里收集会员企业普遍反映的问题，不是投诉；具体的检查行为问题请企业自己投诉。请不要写企业和个人的名称。
            B: 第1题，共5题：是哪个行业？
            U: 机械加工
            B: 第2题，共5题：主要是哪类问题？
               [1]检查次数多 [2]多头检查 [3]标准不一致 [4]检查影响经营 [5]不知道怎么合规 [6]其他
            U: 标准不一致
            B: 第3题，共5题：请说明问题？
            U: 除尘设备的间距两个部门说法不同
            B: 第4题，共5题：大约几家企业反映？（可跳过）
               [跳过]
            U: 6家
            B: 第5题，共5题：有什么建议？（可跳过）
               [跳过]
            U: 跳过
            B: 提交给云澜区司法局吗？
               [提交] [不提交]
            U: 提交
            B: 已提交给云澜区司法局，谢谢。这里只收集问题，不会因此发起对企业的检查。
            """;

        Assert.Equal(script, await new Talk(office, new Actor("O2", ActorRole.LegalObserver, "周清和", new Address("web", "O2"))).Play(script));
        Assert.Equal(
            "11月20日 周清和（行业协会秘书长（机械））\n是哪个行业：机械加工\n主要是哪类问题：标准不一致\n请说明问题：除尘设备的间距两个部门说法不同\n大约几家企业反映：6",
            await new Talk(office, bureau).Hear("行业问题"));
        Assert.Equal(["SJ1"], office.Use(db => db.Notices.Where(n => n.Kind == "N153").Select(n => n.PersonId).ToList()));
    }

    [Fact]
    public async Task S34_the_program_invents_no_points_of_conduct_and_says_where_they_stand()
    {
        var said = await new Talk(office, enterprises[0]).Hear("五个严禁");

        Assert.Contains("“五个严禁”：本地还没有录入全文，以国务院办公厅《关于严格规范涉企行政检查的意见》（国办发〔2024〕54号）原文为准。", said, StringComparison.Ordinal);
        Assert.Contains("要求检查人员两人以上", said, StringComparison.Ordinal);
    }

    public void Dispose() => office.Dispose();
}
