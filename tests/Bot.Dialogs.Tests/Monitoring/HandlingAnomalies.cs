using Bot.Domain.Inspections;
using Bot.Domain.Monitoring;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Dialogs.Tests.Monitoring;

/// <summary>From another system's anomaly to a registered task, or to a reason why not (W21, W22).</summary>
public sealed class HandlingAnomalies : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan("2026-11-23 10:00").WithPlans();

    [Fact]
    public async Task W21_the_liaison_accepts_and_the_inspector_finds_everything_filled_in()
    {
        await Seen();
        const string liaison =
            """
            U: 监测建议
            B: Y26-1 云澜区青禾特种钢锭铸造有限公司：粉尘浓度监测值6.2 mg/m³，阈值4 mg/m³（较大，11月23日 09:10，来源：互联网+监管）。
               是否临时检查由贵单位决定，企业已收到先自查的提示。
               [1]受理，交人登记任务 [2]搁置并写理由 [3]先不处理
            U: 1
            B: Y26-1 云澜区青禾特种钢锭铸造有限公司：粉尘浓度监测值6.2 mg/m³，阈值4 mg/m³（较大，11月23日 09:10，来源：互联网+监管）。
               交给谁登记临时检查任务？
               [1]何安宁 [2]许如山 [3]程以南 [4]邵望舒 [5]谢晚舟
            U: 何安宁
            B: 已受理Y26-1，何安宁会收到，企业、事由和来源编号已填好，登记后照常报单位负责人审批。
            """;
        Assert.Equal(liaison.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.SafetyLiaison).Play(liaison));

        var talk = new Talk(yunlan.Office, yunlan.Safety);
        Assert.StartsWith("检查什么事项？", await talk.Hear("登记任务 Y26-1"), StringComparison.Ordinal);
        Assert.StartsWith("哪天去？", await talk.Hear("1"), StringComparison.Ordinal);
        Assert.StartsWith("检查人员？", await talk.Hear("12月3日上午"), StringComparison.Ordinal); // a quiet day, which monitoring does not wait for (J15)
        Assert.Contains("请选择触发情形", await talk.Hear("1、2"), StringComparison.Ordinal);
        var review = await talk.Hear("1");
        Assert.Contains("1. 企业：云澜区青禾特种钢锭铸造有限公司", review, StringComparison.Ordinal);
        Assert.Contains("临时检查，数据监测（云监测〔2026〕1号）：监测异常Y26-1：粉尘浓度监测值6.2 mg/m³", review, StringComparison.Ordinal);
        Assert.StartsWith("已提交单位负责人审批", await talk.Hear("提交报审"), StringComparison.Ordinal);

        var task = yunlan.Office.Use(db => db.Tasks.Single());
        Assert.Equal((InspectionType.AdHoc, InspectionGround.DataMonitoring, "云监测〔2026〕1号"), (task.Type, task.Ground, task.SourceNumber));
        Assert.Equal((AnomalyState.Registered, task.Id), yunlan.Office.Use(db => db.Anomalies.AsEnumerable().Select(a => (a.State, a.TaskId!)).Single()));
    }

    [Fact]
    public async Task W21_from_the_button_it_is_set_aside_with_a_reason()
    {
        await Seen();
        var talk = new Talk(yunlan.Office, yunlan.SafetyLiaison);

        Assert.Contains("为什么不检查？请写明理由。", await talk.Hear("搁置 Y26-1"), StringComparison.Ordinal);
        Assert.Equal("已搁置Y26-1，理由已留存。", await talk.Hear("传感器正在校准"));
        Assert.Contains("没有找到这条监测建议", await talk.Hear("受理 Y26-1"), StringComparison.Ordinal);
        Assert.Equal("本单位现在没有等处理的监测建议。", await talk.Hear("监测建议"));
        Assert.Contains("还没有受理", await new Talk(yunlan.Office, yunlan.Safety).Hear("登记任务 Y26-1"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Seen()
    {
        var indicator = RiskIndicators.Load(Manifests.Folder).Named("粉尘浓度")!;
        await using var scope = yunlan.Office.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AnomalyDesk>().Take(new Anomaly("互联网+监管", "A1", "E001", indicator, 6.2m, 4m, new HandTime("2026-11-23 09:10").GetUtcNow().UtcDateTime), CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<Bot.Domain.ISupervisionDb>().SaveChanges(CancellationToken.None);
    }
}
