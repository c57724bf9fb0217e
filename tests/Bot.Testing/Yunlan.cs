using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Testing;

/// <summary>A few units, people and inspections of the invented 云澜区, in an office of their own.</summary>
public sealed class Yunlan : IDisposable
{
    public Yunlan(string now = "2026-11-22 10:00", Action<IServiceCollection>? also = null)
    {
        Office = new Office(now, also: also);
        Office.Add(
            UnitOf("U01", "云澜区市场监督管理局", "市场监管", "0000-86000100"),
            UnitOf("U02", "云澜区应急管理局", "应急管理", "0000-86000200", desk: "I05"),
            UnitOf("U03", "江临市云澜生态环境局", "生态环境", "0000-86000300", desk: "I09"),
            UnitOf("U04", "云澜区消防救援大队", "消防救援", "0000-86000400"),
            UnitOf("U09", "云澜区交通运输局", "交通运输", "0000-86000900", desk: "I23"),
            new Enterprise("E001", "云澜区青禾特种钢锭铸造有限公司", "91321299MA9001HM4Q") { IndustryAndTrade = true },
            new Enterprise("E010", "云澜区石桥河食品有限公司", "91321299MA7CLA2B5T"),
            new Enterprise("E054", "云澜区远帆运输有限公司", "91321299MA7CLA010M"),
            new InspectionItem("IT-U02-1", "U02", "工贸企业安全生产检查", "《中华人民共和国安全生产法》")
            {
                Content = "安全管理和现场作业",
                Method = "现场检查",
                Published = true,
                Standards = ["有限空间有辨识台账", "作业人员经过培训", "有限空间作业有审批单", "应急器材齐全可用"],
            }.ReviewedAs(ItemReview.Approved),
            new InspectionItem("IT-U02-2", "U02", "粉尘防爆检查", "《中华人民共和国安全生产法》") { Published = true }.ReviewedAs(ItemReview.Approved),
            new NumberSeries("云指", 2026, 57));
        Qinghe = Office.Person("P001", "周青禾", ActorRole.EnterpriseUser, enterpriseId: "E001");
        Shiqiaohe = Office.Person("P010", "石小桥", ActorRole.EnterpriseUser, enterpriseId: "E010");
        Yuanfan = Office.Person("P054", "远小帆", ActorRole.EnterpriseUser, enterpriseId: "E054");
        Safety = Office.Person("I05", "何安宁", ActorRole.Inspector, "U02");
        SafetyColleague = Office.Person("I06", "许如山", ActorRole.Inspector, "U02");
        SafetyLiaison = Office.Person("LI-U02", "沈知微", ActorRole.UnitLiaison, "U02");
        SafetyLeader = Office.Person("L-U02", "秦文漪", ActorRole.UnitLeader, "U02");
        Ecology = Office.Person("I09", "江雨晴", ActorRole.Inspector, "U03");
        Transport = Office.Person("I23", "路长风", ActorRole.Inspector, "U09");
        TransportLeader = Office.Person("L-U09", "柳怀谷", ActorRole.UnitLeader, "U09");
        Office.Certify("I05", "99020001005");
        Office.Certify("I06", "99020001006");
        Office.Certify("I09", "99030001009");
        Office.Certify("I23", "99090001023");
        Bureau = Office.Person("S1", "顾司正", ActorRole.Supervisor);
    }

    public Office Office { get; }

    public Actor Qinghe { get; }

    public Actor Shiqiaohe { get; }

    public Actor Yuanfan { get; }

    public Actor Safety { get; }

    public Actor SafetyColleague { get; }

    public Actor SafetyLiaison { get; }

    public Actor SafetyLeader { get; }

    public Actor Ecology { get; }

    public Actor Transport { get; }

    public Actor TransportLeader { get; }

    public Actor Bureau { get; }

    /// <summary>Adds an approved inspection of 青禾 by the safety bureau on 18 December in the morning.</summary>
    public InspectionTask Inspection(string id = "T101", bool previewed = true, bool waived = false, string item = "IT-U02-1", string enterprise = "E001", Func<TaskFacts, TaskFacts>? but = null)
    {
        var facts = new TaskFacts(id, waived ? InspectionType.Special : InspectionType.Daily, "U02", enterprise, new DateOnly(2026, 12, 18), new DateOnly(2026, 11, 2))
        {
            HalfDay = "上午",
            ItemIds = [item],
            InspectorIds = ["I05", "I06"],
            ApprovedOn = new DateOnly(2026, 11, 4),
            ApprovedBy = "L-U02",
            PreviewSentOn = previewed ? new DateOnly(2026, 11, 10) : null,
            PreviewWaived = waived,
        };
        var task = new InspectionTask(but?.Invoke(facts) ?? facts);
        Office.Add(task);
        return task;
    }

    /// <summary>Who was told something of a kind, by id.</summary>
    public IReadOnlyList<string> Told(string kind) =>
        Office.Use(db => db.Notices.Where(n => n.Kind == kind).Select(n => n.PersonId).AsEnumerable().Order(StringComparer.Ordinal).ToList());

    public string Notice(string kind, string personId) =>
        Office.Use(db => db.Notices.Where(n => n.Kind == kind && n.PersonId == personId).AsEnumerable().OrderBy(n => n.Id).Last().Text);

    public void Dispose() => Office.Dispose();

    private static Unit UnitOf(string id, string name, string field, string phone, string? desk = null) =>
        new(id, name, "district", field, phone) { GuidanceDeskPersonId = desk };
}
