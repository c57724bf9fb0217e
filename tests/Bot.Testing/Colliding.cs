using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Testing;

/// <summary>Three units of the invented 云澜区 whose inspections meet at the same enterprises, with everybody who hears of it.</summary>
public sealed class Colliding : IDisposable
{
    public Colliding(string now = "2026-11-18 14:00", Databases? database = null)
    {
        Office = new Office(now, database: database);
        Office.Add(
            new Unit("U02", "云澜区应急管理局", "district", "应急管理", "0000-86000200") { Sections = ["工贸科", "综合执法大队"] },
            new Unit("U03", "江临市云澜生态环境局", "district", "生态环境", "0000-86000300"),
            new Unit("U04", "云澜区消防救援大队", "district", "消防救援", "0000-86000400"),
            new Unit("U05", "云澜区人力资源和社会保障局", "district", "人力资源", "0000-86000500"),
            new Enterprise("E002", "云澜区澄湖铝合金压延有限公司", "91321299MA9001HM4Q") { IndustryAndTrade = true },
            new Enterprise("E049", "云澜区望岚餐饮有限公司", "91321299MA7CLA2B5T"),
            Item("IT-U02-1", "U02", "工贸企业安全生产检查"),
            Item("IT-U02-2", "U02", "粉尘涉爆作业检查"),
            Item("IT-U03-1", "U03", "水污染防治检查"),
            Item("IT-U04-1", "U04", "消防监督检查"),
            Item("IT-U05-1", "U05", "劳动用工检查"));
        foreach (var unit in (string[])["U02", "U03", "U04"])
        {
            Liaisons[unit] = Office.Person($"LI-{unit}", $"联络员{unit}", ActorRole.UnitLiaison, unit);
            Leaders[unit] = Office.Person($"L-{unit}", $"负责人{unit}", ActorRole.UnitLeader, unit);
        }

        Leaders["U05"] = Office.Person("L-U05", "负责人U05", ActorRole.UnitLeader, "U05");
        foreach (var (id, unit) in new[] { ("I05", "U02"), ("I06", "U02"), ("I07", "U02"), ("I09", "U03"), ("I10", "U03"), ("I12", "U04"), ("I13", "U04"), ("I15", "U05"), ("I16", "U05") })
            Inspector(id, unit);
        Bureau = Office.Person("SJ1", "顾司正", ActorRole.Supervisor);
        Enterprise = Office.Person("C002", "周澄湖", ActorRole.EnterpriseUser, enterpriseId: "E002");
    }

    public Office Office { get; }

    public Dictionary<string, Actor> Liaisons { get; } = [];

    public Dictionary<string, Actor> Leaders { get; } = [];

    public Actor Bureau { get; }

    public Actor Enterprise { get; }

    /// <summary>An approved and previewed daily inspection by two people of the unit; <paramref name="but"/> changes what matters.</summary>
    public static InspectionTask Task(string id, string unit, string on, string enterprise = "E002", Func<TaskFacts, TaskFacts>? but = null) => new(Facts(id, unit, on, enterprise, but));

    /// <summary>What another platform's file says of it.</summary>
    public static TaskFacts Facts(string id, string unit, string on, string enterprise = "E002", Func<TaskFacts, TaskFacts>? but = null)
    {
        var (people, section) = unit switch
        {
            "U02" => (new List<string> { "I05", "I06" }, "工贸科"),
            "U03" => (["I09", "I10"], "水环境科"),
            "U04" => (["I12", "I13"], "防火监督一科"),
            _ => (["I15", "I16"], "劳动监察大队"),
        };
        var facts = new TaskFacts(id, InspectionType.Daily, unit, enterprise, DateOnly.Parse(on, null), new DateOnly(2026, 11, 2))
        {
            ItemIds = [$"IT-{unit}-1"],
            InspectorIds = people,
            Section = section,
            ApprovedOn = new DateOnly(2026, 11, 4),
            ApprovedBy = $"L-{unit}",
            PreviewSentOn = new DateOnly(2026, 11, 10),
        };
        return but?.Invoke(facts) ?? facts;
    }

    /// <summary>Stores a task and matches it, as the command that registers it does.</summary>
    public async Task<MergePrompt?> Register(InspectionTask task)
    {
        using var scope = Office.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<Storage.SupervisionDb>();
        db.Tasks.Add(task);
        var prompt = await scope.ServiceProvider.GetRequiredService<Matching>().Match(task, CancellationToken.None);
        await db.SaveChangesAsync();
        return prompt;
    }

    /// <summary>The three of prompt M2 in the demonstration's district: 17, 22 and 24 December at one 工贸 enterprise.</summary>
    public async Task<string> ThreeUnitsMeet()
    {
        await Register(Task("T103", "U02", "2026-12-17"));
        await Register(Task("T104", "U03", "2026-12-22"));
        return (await Register(Task("T105", "U04", "2026-12-24")))!.Id;
    }

    /// <summary>Two sections of one unit meet.</summary>
    public async Task<string> TwoSectionsMeet()
    {
        await Register(Task("T101", "U02", "2026-12-18"));
        return (await Register(Task("T102", "U02", "2026-12-21", but: facts => facts with { Section = "综合执法大队", ItemIds = ["IT-U02-2"], InspectorIds = ["I06", "I07"] })))!.Id;
    }

    public Task<MergeReceipt> Agree(string unit, string prompt, string? section = null) => Office.Send(new AgreeToMerge(Liaisons[unit], prompt, section));

    public MergePrompt Prompt(string id) => Office.Use(db => db.MergePrompts.AsNoTracking().Include(prompt => prompt.Parties).Single(prompt => prompt.Id == id));

    public InspectionTask Stored(string id) => Office.Use(db => db.Tasks.AsNoTracking().Single(task => task.Id == id));

    /// <summary>Who was told something of a kind, by id.</summary>
    public IReadOnlyList<string> Told(string kind) =>
        Office.Use(db => db.Notices.Where(n => n.Kind == kind).Select(n => n.PersonId).Distinct().AsEnumerable().Order(StringComparer.Ordinal).ToList());

    public string Notice(string kind, string personId) =>
        Office.Use(db => db.Notices.Where(n => n.Kind == kind && n.PersonId == personId).AsEnumerable().OrderBy(n => n.Id).Last().Text);

    public void Dispose() => Office.Dispose();

    private static InspectionItem Item(string id, string unit, string name) => new(id, unit, name, "《中华人民共和国安全生产法》") { Standards = [$"{name}有台账", $"{name}有人负责"] };

    private void Inspector(string id, string unit) => Office.Add(
        new Person(id, $"检查{id}", ActorRole.Inspector, unit) { Phone = "0000-1" }.WithCertificate($"99{id}", new DateOnly(2029, 12, 31), "有效"),
        new ChannelAddress("web", id, id));
}
