using Bot.Domain.Visits;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Visits;

/// <summary>C10 and the official's side of it (J32, J33, J34).</summary>
public sealed class AskingForConsent : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-22 10:00");

    [Fact]
    public async Task C10_the_enterprise_asks_about_consequences_and_wishes_another_day()
    {
        await Asked();
        const string script =
            """
            @ 2026-11-23 09:00
            U: 走访
            B: 云澜区应急管理局拟于11月26日（周四）上午到贵单位开展行政指导（不是检查），内容：喷涂车间通风。是否同意？[1]同意 [2]不同意 [3]换时间
               [同意] [不同意] [换时间]
            U: 不同意会不会有影响
            B: 不会。咨询、投诉、评价、不同意指导走访都是您的权利，不影响信用，也不影响检查安排。担心的话可以匿名；如遇刁难，请直接告诉云澜区司法局，电话0000-86000900。
               ——回到刚才：云澜区应急管理局拟于11月26日（周四）上午到贵单位开展行政指导（不是检查），内容：喷涂车间通风。是否同意？[1]同意 [2]不同意 [3]换时间
            U: 换到下周一
            B: 已转告：希望11月30日（周一）。对方确认后再通知您。
            U: 如果来了变成检查呢
            B: 指导中发现问题应先提示您改正，非紧急情况不得转入执法流程。若发生，请回复“这其实是检查”，我会记录并交司法局。
               [这其实是检查]
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Qinghe).Play(script));
        Assert.Contains("希望换时间：11月30日（周一）", yunlan.Notice("N68", "I05"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_buttons_of_the_invitation_answer_it()
    {
        // J33
        await Asked();
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);

        Assert.StartsWith("已告诉云澜区应急管理局：不同意。", await talk.Hear("不同意 V26-1"), StringComparison.Ordinal);
        Assert.Contains("同意11月26日（周四）上午来行政指导", await talk.Hear("同意 V26-1"), StringComparison.Ordinal);
        Assert.Equal(Consent.Given, yunlan.Office.Use(db => db.Visits.Single().Consent));
        Assert.Contains("没有找到这次走访", await new Talk(yunlan.Office, yunlan.Shiqiaohe).Hear("同意 V26-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task This_is_an_inspection_in_one_tap()
    {
        // J32
        await Asked();
        await yunlan.Office.Send(new AnswerVisit(yunlan.Qinghe, "V26-1", Consent.Given));
        yunlan.Office.Time.Set("2026-11-26 09:00");
        await yunlan.Office.Send(new StartVisit(yunlan.Safety, "V26-1"));

        Assert.StartsWith("已记录：11月26日云澜区应急管理局的行政指导，您认为其实是检查。", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("这其实是检查"), StringComparison.Ordinal);
        Assert.Equal(["L-U02", "S1"], yunlan.Told("N69"));
        Assert.StartsWith("没有查到与贵单位有关的走访登记", await new Talk(yunlan.Office, yunlan.Shiqiaohe).Hear("这其实是检查"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_official_asks_is_held_back_without_consent_and_writes_down_what_happened()
    {
        // J33, J32, J34
        const string script =
            """
            U: 征求走访同意
            B: 开展哪一种？
               [1]行政指导 [2]辅导 [3]走访 [4]观摩
            U: 1
            B: 到哪家企业？请发名称（可以只写一部分）或企业编号。
            U: 青禾
            B: 哪天去？例如“11月26日上午”。
            U: 11月26日上午
            B: 内容是什么？用一句话写，企业会看到。
            U: 喷涂车间通风
            B: 请看一遍：
               1. 类型：行政指导
               2. 企业：青禾
               3. 时间：11月26日（周四）上午
               4. 内容：喷涂车间通风
               发送吗？要修改请说“改第1项”。[1]发送 [2]修改 [3]不发
            U: 发送
            B: 已向云澜区青禾特种钢锭铸造有限公司征求同意（V26-1）。没有回复视为不同意，答复后会通知您。
            @ 2026-11-26 09:00
            U: 走访 V26-1
            B: V26-1 11月26日（周四）上午 云澜区青禾特种钢锭铸造有限公司 行政指导（企业未答复，不能开始）。
               [1]开始走访 [2]另约时间 [3]先不
            U: 1
            B: 企业还没有同意，不能开始。没有回复视为不同意；可以另约时间再征求一次，不得改为检查。
            """;
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        Assert.Equal(script.ReplaceLineEndings("\n"), await talk.Play(script));
        await yunlan.Office.Send(new AnswerVisit(yunlan.Qinghe, "V26-1", Consent.Given));

        await talk.Say("走访 V26-1");
        Assert.StartsWith("已登记开始。走访不是检查", await talk.Hear("1"), StringComparison.Ordinal);
        await talk.Say("走访 V26-1");
        await talk.Say("写走访记录");
        Assert.Equal("已记录。记录里有“笔录”，属于检查用语，司法局会请人看一下是否变相检查。", await talk.Hear("看了喷涂车间，做了笔录"));
        await talk.Say("走访 V26-1");
        Assert.Contains("没有记录线索", await talk.Hear("转入执法流程"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();

    private Task<ConsentAsked> Asked() =>
        yunlan.Office.Send(new AskConsent(yunlan.Safety, VisitKind.Guidance, "E001", new DateOnly(2026, 11, 26), "上午", "喷涂车间通风"));
}
