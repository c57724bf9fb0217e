using Bot.Domain.Inspections;
using Bot.Domain.Manifests;
using Bot.Domain.Monitoring;
using Bot.Domain.Rules;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Bot.Testing.YearOfPlans;

namespace Bot.Domain.Tests.Monitoring;

/// <summary>W21, W22: another system's anomaly is a proposal to the unit and a word to the enterprise, never a task, and once an hour.</summary>
public sealed class TakingAnomalies : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan("2026-11-23 10:00").WithPlans();

    [Fact]
    public async Task W21_it_is_put_to_the_units_liaison_and_makes_no_task()
    {
        await Seen("A1", 6.2m, "09:10");

        Assert.Equal(["LI-U02"], yunlan.Told("N55"));
        Assert.StartsWith("监测建议Y26-1：云澜区青禾特种钢锭铸造有限公司粉尘浓度监测值6.2 mg/m³，阈值4 mg/m³（较大，11月23日 09:10，来源：互联网+监管）。", yunlan.Notice("N55", "LI-U02"), StringComparison.Ordinal);
        Assert.Equal(["P001"], yunlan.Told("N56"));
        Assert.Contains("监测值异常，请先自查：先停产尘设备", yunlan.Notice("N56", "P001"), StringComparison.Ordinal);
        Assert.Empty(yunlan.Office.Use(db => db.Tasks.ToList()));
        await yunlan.Office.Round();
        Assert.Empty(yunlan.Office.Use(db => db.Tasks.ToList()));
    }

    [Theory]
    [InlineData("09:10", "09:40", 1)]
    [InlineData("09:10", "10:10", 1)]
    [InlineData("09:10", "10:11", 2)]
    [InlineData("09:40", "09:10", 1)] // reports come in any order
    public async Task W22_the_same_within_an_hour_is_told_once(string first, string second, int told)
    {
        await Seen("A1", 6.2m, first);
        await Seen("A2", 7m, second);

        Assert.Equal((told, told), (yunlan.Told("N55").Count, yunlan.Told("N56").Count));
        Assert.Equal(2, yunlan.Office.Use(db => db.Anomalies.Count()));
    }

    [Fact]
    public async Task W22_a_repeat_does_not_put_the_next_word_off()
    {
        await Seen("A1", 6.2m, "08:00");
        await Seen("A2", 6.2m, "08:50");
        await Seen("A3", 6.2m, "09:20");

        Assert.Equal([AnomalyState.Proposed, AnomalyState.Repeated, AnomalyState.Proposed], yunlan.Office.Use(db => db.Anomalies.OrderBy(a => a.SeenAt).Select(a => a.State).ToList()));
    }

    [Fact]
    public async Task W22_another_enterprise_or_indicator_is_another_anomaly()
    {
        await Seen("A1", 6.2m, "09:10");
        await Seen("A2", 6.2m, "09:10", enterprise: "E010");
        await Seen("A3", 30m, "09:10", indicator: "可燃气体浓度");

        Assert.Equal(["P001", "P001", "P010"], yunlan.Told("N56"));
    }

    [Theory]
    [InlineData("粉尘浓度", 4, 4, null)]
    [InlineData("粉尘浓度", 4.1, 4, "一般")]
    [InlineData("粉尘浓度", 6, 4, "较大")]
    [InlineData("粉尘浓度", 8, 4, "重大")]
    [InlineData("消防水压", 0.3, 0.3, null)]
    [InlineData("消防水压", 0.2, 0.3, "一般")]
    [InlineData("消防水压", 0.15, 0.3, "较大")]
    [InlineData("消防水压", 0, 0.3, "较大")]
    [InlineData("粉尘浓度", 8, 0, null)]
    public void W22_the_level_follows_from_the_indicators_own_steps(string indicator, decimal value, decimal threshold, string? level) =>
        Assert.Equal(level, Indicator(indicator).LevelOf(value, threshold)?.Name);

    [Fact]
    public async Task W22_the_highest_level_does_not_wait_for_the_morning()
    {
        await Seen("A1", 9m, "02:10");
        await Seen("A2", 5m, "02:10", enterprise: "E010");

        Assert.Equal([("P001", true), ("P010", false)], yunlan.Office.Use(db => db.Notices.Where(n => n.Kind == "N56").OrderBy(n => n.PersonId).Select(n => new { n.PersonId, n.Urgent }).AsEnumerable().Select(n => (n.PersonId, n.Urgent)).ToList()));
    }

    [Fact]
    public async Task W21_accepted_it_goes_to_an_inspector_who_registers_the_task_under_its_number()
    {
        await Seen("A1", 6.2m, "09:10");
        await Refused(new AnomalyToRegister(yunlan.Safety, "Y26-1"), "W21", "还没有受理");
        await Refused(new AcceptAnomaly(yunlan.SafetyLiaison, "Y26-1", "I09"), "W21", "本单位的执法人员");
        await Refused(new AcceptAnomaly(yunlan.TransportLeader, "Y26-1", "I23"), "D15", "没有找到这条监测建议");
        await Refused(new AcceptAnomaly(yunlan.Safety, "Y26-1", "I05"), "D15", "您的身份");

        await yunlan.Office.Send(new AcceptAnomaly(yunlan.SafetyLiaison, "y26-1", "I05"));
        Assert.Contains("来源编号（云监测〔2026〕1号）已填好", yunlan.Notice("N57", "I05"), StringComparison.Ordinal);
        var facts = await yunlan.Office.Send(new AnomalyToRegister(yunlan.SafetyColleague, "Y26-1"));
        await Refused(new SetAsideAnomaly(yunlan.SafetyLiaison, "Y26-1", "误报"), "W21", "已经处理");
        var task = await yunlan.Office.Send(new RegisterTask(yunlan.Safety, Draft("2026-12-03") with
        {
            Type = InspectionType.AdHoc,
            Ground = InspectionGround.DataMonitoring,
            PlanId = null,
            SourceNumber = facts.SourceNumber,
            Explanation = facts.Explanation,
            Trigger = "监测预警值异常",
        }));

        Assert.Equal((AnomalyState.Registered, task.TaskId), yunlan.Office.Use(db => db.Anomalies.AsEnumerable().Select(a => (a.State, a.TaskId)).Single()));
    }

    [Fact]
    public async Task W21_set_aside_it_keeps_its_reason_and_nobody_inspects()
    {
        await Seen("A1", 6.2m, "09:10");
        await Refused(new SetAsideAnomaly(yunlan.SafetyLiaison, "Y26-1", " "), "W21", "请写明理由");

        await yunlan.Office.Send(new SetAsideAnomaly(yunlan.SafetyLiaison, "Y26-1", "传感器校准，误报"));

        Assert.Empty(await yunlan.Office.Send(new AnomalyProposals(yunlan.SafetyLiaison)));
        Assert.Equal("传感器校准，误报", yunlan.Office.Use(db => db.Anomalies.Single().SetAsideBecause));
        await Refused(new AcceptAnomaly(yunlan.SafetyLiaison, "Y26-1", "I05"), "W21", "已经处理");
    }

    [Fact]
    public async Task W21_each_unit_sees_its_own_proposals_and_the_bureau_all()
    {
        await Seen("A1", 6.2m, "09:10");

        Assert.Equal(["Y26-1"], (await yunlan.Office.Send(new AnomalyProposals(yunlan.SafetyLeader))).Select(one => one.Id));
        Assert.Empty(await yunlan.Office.Send(new AnomalyProposals(yunlan.TransportLeader)));
        Assert.Single(await yunlan.Office.Send(new AnomalyProposals(yunlan.Bureau)));
    }

    [Theory]
    [InlineData("""{ "indicators": [{ "name": "甲", "measure": "m", "field": "f", "danger": "up", "levels": [{ "name": "一般", "fromPercent": 100 }], "selfCheck": "看" }] }""", "danger")]
    [InlineData("""{ "indicators": [{ "name": "甲", "measure": "m", "field": "f", "danger": "above", "levels": [{ "name": "较大", "fromPercent": 150 }], "selfCheck": "看" }] }""", "从100开始")]
    [InlineData("""{ "indicators": [{ "name": "甲", "measure": "m", "field": "f", "danger": "above", "levels": [{ "name": "一般", "fromPercent": 100 }, { "name": "较大", "fromPercent": 100 }], "selfCheck": "看" }] }""", "从低到高")]
    [InlineData("""{ "indicators": [{ "name": "甲", "measure": "m", "field": "f", "danger": "above", "levels": [], "selfCheck": "看" }] }""", "levels")]
    [InlineData("{}", "indicators")]
    public void W22_a_wrong_indicator_is_named_with_its_place(string json, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("indicators");
        File.WriteAllText(Path.Combine(folder.FullName, RiskIndicators.FileName), json);

        Assert.Contains(RiskIndicators.Check(folder.FullName), problem => problem.ToString().Contains(reason, StringComparison.Ordinal));
        Assert.Throws<ManifestException>(() => RiskIndicators.Load(folder.FullName));
        folder.Delete(recursive: true);
    }

    public void Dispose() => yunlan.Dispose();

    private static RiskIndicator Indicator(string name) => RiskIndicators.Load(Bot.Testing.Manifests.Folder).Named(name)!;

    private async Task Seen(string id, decimal value, string at, string enterprise = "E001", string indicator = "粉尘浓度")
    {
        var seenAt = new HandTime($"2026-11-23 {at}").GetUtcNow().UtcDateTime;
        await using var scope = yunlan.Office.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AnomalyDesk>().Take(new Anomaly("互联网+监管", id, enterprise, Indicator(indicator), value, 4m, seenAt), CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(CancellationToken.None);
    }

    private async Task Refused<T>(MediatR.IRequest<T> command, string clause, string because)
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command));
        Assert.Equal(clause, broken.Rule.Clause);
        Assert.Contains(because, broken.Message, StringComparison.Ordinal);
    }
}
