using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Plans;

namespace Bot.Testing;

/// <summary>What the safety bureau of <see cref="Yunlan"/> needs to register inspections: plans, published items, people who may go and people who may not.</summary>
public static class YearOfPlans
{
    public const string Annual = "P-U02-2026";
    public const string Special = "P-U02-2026-S1";

    public static Yunlan WithPlans(this Yunlan yunlan)
    {
        yunlan.Office.Use(db =>
        {
            foreach (var item in db.Items)
                item.Published = true;
            db.Items.Single(item => item.Id == "IT-U02-2").Standards = ["粉尘每班清扫有记录"];
            db.Units.Single(unit => unit.Id == "U02").Sections = ["工贸科", "危化科"];
            var enterprise = db.Enterprises.Single(e => e.Id == "E001");
            (enterprise.CreditLevel, enterprise.RiskLevel) = ("B", "一般");
            db.Add(Plan(Annual, PlanKind.Annual, filed: true));
            db.Add(Plan(Special, PlanKind.Special, filed: false));
            db.Add(Inspector("I08", "邵望舒", "2026-10-31", "有效"));
            db.Add(Inspector("I11", "谢晚舟", "2029-12-31", "有效"));
            db.Add(Inspector("I07", "程以南", "2029-12-31", "暂停"));
            db.Add(new Person("AUX1", "庄承礼", ActorRole.Inspector, "U02", "执法辅助人员"));
            return db.SaveChanges();
        });
        return yunlan;
    }

    /// <summary>Every unit has its annual plan uploaded, filed and published in time, so that nothing is found about plans.</summary>
    public static Yunlan WithFiledPlans(this Yunlan yunlan)
    {
        yunlan.Office.Use(db =>
        {
            foreach (var unit in db.Units.Select(unit => unit.Id).ToList())
            {
                db.Add(new InspectionPlan($"P-{unit}-2026", unit, 2026, PlanKind.Annual, "2026年度检查计划", Date("2026-02-10"))
                {
                    SuperiorFiledOn = Date("2026-02-20"),
                    JusticeFiledOn = Date("2026-03-02"),
                    PublishedOn = Date("2026-03-10"),
                });
            }

            return db.SaveChanges();
        });
        return yunlan;
    }

    /// <summary>A planned inspection of 青禾 by two certified inspectors on 18 December, to be changed with <c>with</c>.</summary>
    public static TaskDraft Draft(string on = "2026-12-18") => new(InspectionType.Daily, InspectionGround.Plan, "E001", Date(on))
    {
        HalfDay = "上午",
        ItemIds = ["IT-U02-1"],
        InspectorIds = ["I05", "I06"],
        PlanId = Annual,
    };

    public static TaskDraft SpecialDraft(string on = "2026-12-18") => Draft(on) with { Type = InspectionType.Special, PlanId = Special };

    public static TaskDraft Complaint(string on = "2026-12-02") => Draft(on) with
    {
        Type = InspectionType.AdHoc,
        Ground = InspectionGround.Complaint,
        PlanId = null,
        SourceNumber = "云监投〔2026〕42号",
        Explanation = "群众举报夜间作业无人看护",
    };

    /// <summary>Registers and submits as the inspector does, and gives the number.</summary>
    public static async Task<string> Submitted(this Yunlan yunlan, TaskDraft draft)
    {
        var id = (await yunlan.Office.Send(new RegisterTask(yunlan.Safety, draft))).TaskId;
        await yunlan.Office.Send(new SubmitTask(yunlan.Safety, id));
        return id;
    }

    public static InspectionTask Task(this Yunlan yunlan, string id) => yunlan.Office.Use(db => db.Tasks.Single(task => task.Id == id));

    public static DateOnly Date(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static InspectionPlan Plan(string id, PlanKind kind, bool filed) => new(id, "U02", 2026, kind, kind == PlanKind.Annual ? "2026年度行政检查计划" : "粉尘涉爆专项检查", Date("2026-02-07"))
    {
        SuperiorFiledOn = filed ? Date("2026-02-24") : null,
        GovernmentApprovedOn = kind == PlanKind.Special ? Date("2026-11-06") : null,
        JusticeFiledOn = filed ? Date("2026-03-10") : null,
    };

    private static Person Inspector(string id, string name, string validTo, string status) =>
        new Person(id, name, ActorRole.Inspector, "U02", "工贸科").WithCertificate($"99020001{id}", Date(validTo), status);
}
