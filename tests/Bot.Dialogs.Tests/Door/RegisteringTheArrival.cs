using Bot.Domain.Door;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Door;

/// <summary>C15: the inspector at the door (J30, J31).</summary>
public sealed class RegisteringTheArrival : IDisposable
{
    private readonly Yunlan yunlan = new("2026-12-18 14:05");

    [Fact]
    public async Task C15_the_enterprise_does_not_let_them_scan()
    {
        // J31
        yunlan.Inspection();
        const string script =
            """
            U: 企业不让扫码
            B: 请选原因：
               [1]未申领执照 [2]现场看不到执照 [3]当事人拒不配合
            U: 3
            B: 请输入执法记录仪编号。检查可以正常开展。
            U: 没有
            B: 请发执法记录仪的编号，例如 REC-0617。没有编号不能登记。
            U: REC-0617
            B: 已登记14:05，原因和记录仪编号已留痕。结果请在12月23日（周三）前回填。
               [回填 T101]
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Safety).Play(script));
    }

    [Fact]
    public async Task The_code_is_shown_with_a_picture_or_the_arrival_is_registered()
    {
        // J30
        yunlan.Inspection();
        var talk = new Talk(yunlan.Office, yunlan.Safety);

        Assert.Equal("T101 云澜区青禾特种钢锭铸造有限公司（上午）：\n[1]出示检查码 [2]登记到场 [3]没法扫码", await talk.Hear("扫码登记"));
        var shown = (await talk.Say("1"))[0];
        Assert.StartsWith("检查码：", shown.Text, StringComparison.Ordinal);
        Assert.Equal(InspectionCode.Scene(shown.Text[4..18]), shown.Picture);
        Assert.Equal("已登记到场14:05，企业已收到人员和事项的通知。结果请在12月23日（周三）前回填。", await talk.Hear("登记到场 T101"));
    }

    [Fact]
    public async Task Without_a_task_today_the_missing_step_is_named()
    {
        // J06
        yunlan.Inspection(but: facts => facts with { ApprovedOn = null, ApprovedBy = null, PreviewSentOn = null });
        var talk = new Talk(yunlan.Office, yunlan.Safety);

        Assert.StartsWith("今天没有您可以登记到场的任务。任务要先经单位负责人批准", await talk.Hear("扫码登记"), StringComparison.Ordinal);
        Assert.Contains("请先报审，经单位负责人批准", await talk.Hear("登记到场 T101"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_one_is_chosen()
    {
        yunlan.Inspection();
        yunlan.Inspection("T102", enterprise: "E010");
        var talk = new Talk(yunlan.Office, yunlan.Safety);

        Assert.Contains("[2]T102 云澜区石桥河食品有限公司（上午）", await talk.Hear("扫码登记"), StringComparison.Ordinal);
        Assert.Contains("[2]登记到场", await talk.Hear("2"), StringComparison.Ordinal);
        Assert.StartsWith("已登记到场14:05", await talk.Hear("2"), StringComparison.Ordinal);
        Assert.Equal(["P010"], yunlan.Told("N14"));
    }

    public void Dispose() => yunlan.Dispose();
}
