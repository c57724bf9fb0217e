using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Testing;

namespace Bot.Domain.Tests.Plans;

/// <summary>The invented district with a town, and a plan of one good line.</summary>
internal sealed class PlanOffice : IDisposable
{
    private readonly Yunlan yunlan;

    public PlanOffice(string now = "2027-01-20 10:00")
    {
        yunlan = new Yunlan(now);
        Office.Add(
            new Unit("U12", "望岚街道办事处", "subdistrict", "综合行政执法", "0000-86001200"),
            new InspectionItem("IT-U12-1", "U12", "沿街商铺安全检查", "《江苏省安全生产条例》") { Content = "用电和通道", Method = "现场检查", Published = true }.ReviewedAs(ItemReview.Approved));
        TownLiaison = Office.Person("LI-U12", "谢望岚", ActorRole.UnitLiaison, "U12");
    }

    public Office Office => yunlan.Office;

    public Yunlan Yunlan => yunlan;

    public Actor Liaison => yunlan.SafetyLiaison;

    public Actor TownLiaison { get; }

    public static PlanLineFacts Line(int row = 2, string item = "IT-U02-1") =>
        new(row, "工贸企业") { ItemIds = [item], MonthFrom = 3, MonthTo = 5, Ratio = 10, Visits = 1, Way = "现场检查" };

    public Task<PlanReceipt> Upload(int year = 2027, PlanKind kind = PlanKind.Annual, params IReadOnlyList<PlanLineFacts> lines) =>
        Office.Send(new UploadPlan(Liaison, year, kind, $"{year}年度行政检查计划", lines.Count > 0 ? lines : [Line()]));

    public Task<PlanReceipt> UploadOfTown(int year = 2027) =>
        Office.Send(new UploadPlan(TownLiaison, year, PlanKind.Annual, $"{year}年度行政检查计划", [Line(item: "IT-U12-1")]));

    public InspectionPlan Plan(string id) => Office.Use(db => db.Plans.Single(plan => plan.Id == id));

    public void Dispose() => yunlan.Dispose();
}
