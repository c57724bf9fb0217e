using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Bot.Domain.Visits;
using Bot.Testing;

namespace Bot.Domain.Tests.Visits;

/// <summary>J01: an inspection that went past the platform comes to the justice bureau's ears.</summary>
public sealed class ReportingInspections : IDisposable
{
    private static readonly DateOnly Friday = new(2026, 11, 20);

    private readonly Yunlan yunlan = new("2026-11-20 16:00");

    [Fact]
    public async Task J01_without_a_task_the_bureau_hears_which_unit_it_was_and_the_unit_what_to_do()
    {
        var reported = await Report();

        Assert.Equal(("R26-1", "云澜区青禾特种钢锭铸造有限公司", null), (reported.ReportId, reported.EnterpriseName, reported.TaskId));
        Assert.Equal(["S1"], yunlan.Told("N52"));
        Assert.StartsWith("未使用平台检查：云澜区应急管理局11月20日到云澜区青禾特种钢锭铸造有限公司检查（R26-1），没有任务编号。", yunlan.Notice("N52", "S1"), StringComparison.Ordinal);
        Assert.Equal(["LI-U02"], yunlan.Told("N53"));
        Assert.Contains("本次检查未在平台登记，请先登记后再开展", yunlan.Notice("N53", "LI-U02"), StringComparison.Ordinal);
        Assert.Equal(["R26-1"], (await yunlan.Office.Send(new UnregisteredInspections(yunlan.Bureau))).Select(one => one.ReportId));
        Assert.Single(await yunlan.Office.Send(new UnregisteredInspections(yunlan.SafetyLeader)));
        Assert.Empty(await yunlan.Office.Send(new UnregisteredInspections(yunlan.TransportLeader)));
    }

    [Fact]
    public async Task J01_one_visit_is_told_of_once_whoever_of_the_unit_reports_it_again()
    {
        await Report();
        var again = await yunlan.Office.Send(new ReportInspection(yunlan.SafetyLiaison, "青禾", Friday, null, "看了车间"));
        await yunlan.Office.Send(new ReportInspection(yunlan.Ecology, "E001", Friday, null, "看了排口"));

        Assert.Equal("R26-1", again.ReportId);
        Assert.Equal(["S1", "S1"], yunlan.Told("N52"));
        Assert.Equal(["R26-1", "R26-2"], yunlan.Office.Use(db => db.ReportedInspections.Select(r => r.Id).Order().ToList()));
    }

    [Theory]
    [InlineData("T404")] // no such task
    [InlineData("T201")] // another unit's
    [InlineData("T202")] // another enterprise's
    [InlineData("T203")] // registered on the day after
    [InlineData("T204")] // withdrawn
    public async Task J01_a_number_that_names_no_registered_task_of_this_inspection_is_none(string named)
    {
        Registered("T201", unit: "U03");
        Registered("T202", enterprise: "E010");
        Registered("T203", registered: Friday.AddDays(1));
        Registered("T204", withdrawn: true);

        Assert.Null((await Report(named)).TaskId);
        Assert.Contains($"所写任务{named}没有登记或不是这次检查的任务", yunlan.Notice("N52", "S1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t205")]
    [InlineData(null)]
    public async Task J01_an_inspection_that_was_registered_before_is_nobodys_concern(string? named)
    {
        Registered("T205", registered: Friday);

        Assert.Equal("T205", (await Report(named)).TaskId);
        Assert.Empty(yunlan.Told("N52"));
        Assert.Empty(yunlan.Told("N53"));
    }

    [Fact]
    public async Task J12_what_is_urgent_is_registered_by_its_scan()
    {
        Registered("T206", registered: Friday.AddDays(1), ground: InspectionGround.Urgent);

        Assert.Equal("T206", (await Report("T206")).TaskId);
    }

    [Fact]
    public async Task J01_a_report_is_about_what_happened_at_one_known_enterprise()
    {
        await Refused(new ReportInspection(yunlan.Safety, "E001", Friday.AddDays(1), null, "看了车间"), "J04", "已经发生");
        await Refused(new ReportInspection(yunlan.Safety, "云澜区", Friday, null, "看了车间"), "J01", "好几家");
        await Refused(new ReportInspection(yunlan.Safety, "E999", Friday, null, "看了车间"), "J01", "没有查到");
        await Refused(new ReportInspection(yunlan.Safety, "E001", Friday, null, " "), "J35", "请用一两句话");
        await Refused(new ReportInspection(yunlan.Safety, "E001", Friday, null, new string('长', 501)), "J35", "500字");
        await Refused(new ReportInspection(yunlan.Safety, "E001", Friday, new string('T', 61), "看了车间"), "J01", "60字");
        await Refused(new ReportInspection(yunlan.Qinghe, "E001", Friday, null, "看了车间"), "D15", "您的身份不能办理");

        Assert.Empty(yunlan.Office.Use(db => db.ReportedInspections.ToList()));
    }

    public void Dispose() => yunlan.Dispose();

    private Task<InspectionReported> Report(string? task = null) => yunlan.Office.Send(new ReportInspection(yunlan.Safety, "E001", Friday, task, "看了车间"));

    private void Registered(string id, string unit = "U02", string enterprise = "E001", DateOnly? registered = null, bool withdrawn = false, InspectionGround ground = InspectionGround.Plan)
    {
        var task = new InspectionTask(new TaskFacts(id, InspectionType.Daily, unit, enterprise, Friday, registered ?? new DateOnly(2026, 11, 2)) { Ground = ground });
        if (withdrawn)
            task.Withdraw("不去了");
        yunlan.Office.Add(task);
    }

    private async Task Refused<T>(MediatR.IRequest<T> command, string clause, string because)
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command));
        Assert.Equal(clause, broken.Rule.Clause);
        Assert.Contains(because, broken.Message, StringComparison.Ordinal);
    }
}
