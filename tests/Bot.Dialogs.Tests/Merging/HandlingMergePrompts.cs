using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;

namespace Bot.Dialogs.Tests.Merging;

/// <summary>C21: merge prompts in talk (J24–J28, D08, W14).</summary>
public sealed class HandlingMergePrompts : IDisposable
{
    private readonly Colliding town = new();

    [Fact]
    public async Task C21_a_liaison_agrees_waits_and_urges_the_others()
    {
        await town.ThreeUnitsMeet();
        const string script =
            """
            U: 并办提示
            B: 并办提示M26-1：云澜区澄湖铝合金压延有限公司，应急管理12月17日、生态环境12月22日、消防救援12月24日，工贸企业（按线上线下协作联动机制办理），最迟11月23日（周一）处理。建议12月17日一次完成，应急管理牵头。
               [1]同意 [2]换日期 [3]不并并说明
               [同意] [换日期] [不并并说明]
            U: 1
            B: 已记录应急管理同意12月17日一次完成。等待：生态环境、消防救援。都同意后生成联合任务并通知企业。
               [1]催一下 [2]他们不同意呢 [3]知道了
               [催一下] [他们不同意呢] [知道了]
            U: 他们不同意呢
            B: 三方不一致时由云澜区司法局协调；超期计入“应整合未整合”。
               [1]催一下 [2]他们不同意呢 [3]知道了
            U: 催一下
            B: 已各提醒一次（今天已提醒过的不重复）。
               [1]催一下 [2]他们不同意呢 [3]知道了
            U: 催一下
            B: 生态环境、消防救援今天已提醒过，不重复提醒。
               [1]催一下 [2]他们不同意呢 [3]知道了
            U: 知道了
            B: 好的，有结果会告诉您。
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(town.Office, town.Liaisons["U02"]).Play(script));
        Assert.Equal([MergeAnswer.Agreed, MergeAnswer.Awaited, MergeAnswer.Awaited], town.Prompt("M26-1").Parties.OrderBy(party => party.UnitId, StringComparer.Ordinal).Select(party => party.Answer));
        Assert.NotNull(town.Prompt("M26-1").PartyOf("U02")!.SeenAt); // J24
    }

    [Fact]
    public async Task C21_another_day_is_proposed_and_the_last_consent_makes_the_joint_task()
    {
        var id = await town.ThreeUnitsMeet();
        await town.Agree("U02", id);
        await town.Agree("U03", id);
        var talk = new Talk(town.Office, town.Liaisons["U04"]);
        await talk.Say($"打开 {id}");
        Assert.Contains("改到哪天", await talk.Hear("换日期"), StringComparison.Ordinal);
        Assert.Contains("最早可选12月16日", await talk.Hear("12月3日"), StringComparison.Ordinal);
        Assert.Contains("已记录消防救援同意12月21日一次完成。等待：应急管理、生态环境。", await talk.Hear("12月21日下午"), StringComparison.Ordinal);
        await town.Agree("U02", id);

        const string script =
            """
            U: 同意并办 M26-1
            B: 已定：12月21日一次完成，任务T104、T105并入T103，事项和人员一并带入。日期或人员有变化，由牵头单位负责人批准后通知企业。
            U: 打开 M26-1
            B: 并办提示M26-1已处理：云澜区澄湖铝合金压延有限公司的检查并入任务T103，按期处理。
            U: 并办提示
            B: 现在没有待处理的并办提示。
            """;
        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(town.Office, town.Liaisons["U03"]).Play(script));
        Assert.Equal("下午", town.Stored("T103").HalfDay);
    }

    [Fact]
    public async Task J27_inside_one_unit_the_lead_section_is_asked_for()
    {
        await town.TwoSectionsMeet();
        const string script =
            """
            U: 并办提示
            B: 并办提示M26-1：云澜区澄湖铝合金压延有限公司，工贸科12月18日、综合执法大队12月21日，最迟11月19日（周四）处理。建议12月18日一次完成，工贸科牵头。
               [1]同意 [2]换日期 [3]不并并说明
            U: 同意
            B: 由哪个科室牵头？
               [1]工贸科 [2]综合执法大队
            U: 2
            B: 已定：12月18日一次完成，任务T101并入T102，事项和人员一并带入。日期或人员有变化，由牵头单位负责人批准后通知企业。
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(town.Office, town.Liaisons["U02"]).Play(script));
        Assert.Equal(InspectionStage.Submitted, town.Stored("T102").Stage);
    }

    [Fact]
    public async Task C21_a_unit_says_why_not_and_the_justice_bureau_settles_it()
    {
        await town.ThreeUnitsMeet();
        var fire = new Talk(town.Office, town.Liaisons["U04"]);
        await fire.Say("并办提示");
        await fire.Say("3");
        Assert.Equal("已记录理由并告知其他单位。各方不一致时由云澜区司法局协调，最迟11月23日（周一）24时；超期计入“应整合未整合”。", await fire.Hear("消防检查须断电进行"));

        const string script =
            """
            U: 打开 M26-1
            B: 并办提示M26-1：云澜区澄湖铝合金压延有限公司，应急管理12月17日、生态环境12月22日、消防救援12月24日，工贸企业（按线上线下协作联动机制办理），最迟11月23日（周一）处理。建议12月17日一次完成，应急管理牵头。
               应急管理还没有回复；生态环境还没有回复；消防救援不同意（消防检查须断电进行）。
               [1]按建议并办 [2]另定日期 [3]不并并说明
            U: 3
            B: 请写协调决定的理由，各单位都会看到。
            U: 断电检查影响取样
            B: 已记录：不并办，各自检查；已告知各单位。
            """;
        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(town.Office, town.Bureau).Play(script));
    }

    [Fact]
    public async Task D08_W14_why_a_task_is_in_no_prompt_and_where_the_units_own_meet()
    {
        await town.Office.Use(db => db.Items.Where(item => item.Id == "IT-U04-1").ExecuteUpdateAsync(item => item.SetProperty(i => i.FixedByLaw, true)));
        await town.TwoSectionsMeet();
        await town.Register(Colliding.Task("T105", "U04", "2026-12-24"));

        Assert.Equal("消防监督检查：本事项不参与并办：法定方式。", await new Talk(town.Office, town.Liaisons["U04"]).Hear("T105为什么不并办"));
        Assert.Equal("本月本单位没有在同一企业碰头的检查。", await new Talk(town.Office, town.Liaisons["U02"]).Hear("本月冲突"));
        town.Office.Time.Set("2026-12-01 09:00");
        Assert.Contains("工贸科12月18日（T101）、综合执法大队12月21日（T102），见M26-1", await new Talk(town.Office, town.Liaisons["U02"]).Hear("本月冲突"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task J24_several_are_listed_by_their_limits_and_today_list_leads_to_them()
    {
        await town.ThreeUnitsMeet();
        await town.Register(Colliding.Task("T106", "U02", "2026-12-16", "E049"));
        await town.Register(Colliding.Task("T107", "U02", "2026-12-23", "E049"));
        var talk = new Talk(town.Office, town.Liaisons["U02"]);

        Assert.StartsWith("并办提示2条，最早到期11月19日（周四）。看哪一条？\n[1]M26-2 云澜区望岚餐饮有限公司（最迟11月19日）", await talk.Hear("并办提示"), StringComparison.Ordinal);
        Assert.StartsWith("并办提示M26-2", await talk.Hear("M26-2"), StringComparison.Ordinal);

        var todo = new Talk(town.Office, town.Liaisons["U02"]);
        await todo.Say("待办");
        Assert.Contains("[1]同意", await todo.Hear("M26-2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task D15_a_prompt_of_other_units_is_not_shown()
    {
        await town.TwoSectionsMeet();

        Assert.Equal("没有找到这条并办提示，或者它与您的单位无关。说“并办提示”可以看到本单位的。", await new Talk(town.Office, town.Liaisons["U03"]).Hear("打开 M26-1"));
    }

    public void Dispose() => town.Dispose();
}
