using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Observations;

/// <summary>C29.</summary>
public sealed class ReportingAnInspection : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");

    public ReportingAnInspection()
    {
        office.Add(
            new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"),
            new Unit("U01", "云澜区市场监督管理局", "district", "市场监管", "0000-86000100"),
            new InspectionTask(new TaskFacts("T301", InspectionType.Daily, "U01", "E1", new DateOnly(2026, 11, 18), new DateOnly(2026, 11, 1))),
            new Person("O1", "秦以宁", ActorRole.LegalObserver).WithTerm(new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29)),
            new Person("O3", "邵怀谷", ActorRole.LegalObserver).WithTerm(new DateOnly(2024, 3, 1), new DateOnly(2026, 2, 28)));
        office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Fact]
    public async Task C29_question_by_question_to_the_receipt()
    {
        const string script = """
            U: 我今天看了T301
            B: 请逐条回答：人员是否两人以上？ 证件是否出示？ 是否扫码？ 是否说明事项和依据？
               按顺序答 是/否/没注意，例如“是 是 是 没注意”。
            U: 是 是
            B: 一共4条，收到2条，请再按顺序答一遍。
            U: 是 是 是 没注意
            B: 还有要说明的吗？可发照片，请避开无关人员面部和商业秘密。没有就回复“没有”。
            U: 没有
            B: 请看一遍：
               1. 检查：T301 11月18日 市场监管 云澜区青榆精密机械有限公司
               2. 人员是否两人以上：是
               3. 证件是否出示：是
               4. 是否扫码：是
               5. 是否说明事项和依据：没注意
               6. 说明：没有
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已提交给云澜区司法局，编号 云监观〔2026〕1号。被观察单位只看到汇总，看不到您的名字。
            """;

        Assert.Equal(script, await Observer("O1", "秦以宁").Play(script));
        Assert.Equal(["Yes", "Yes", "Yes", "NotNoticed"], office.Use(db => db.Observations.Single().Read()).Select(answer => answer.Value));
    }

    [Fact]
    public async Task C29_it_is_asked_which_inspection_it_was_and_every_answer_can_be_corrected_before_it_is_stored()
    {
        // S08, S34: without inspection and unit an observation counts for nobody.
        const string script = """
            U: 提交观察意见
            B: 是哪次检查？请说编号（如“T301”），或企业和单位（如“青榆机械，消防”）。
               [1]不是某一次检查
               [不是某一次检查]
            U: T999
            B: 没有查到“T999”这次已经进行的检查，请核对编号，或说企业和单位；不是某一次检查就说“不是某一次检查”。
               [不是某一次检查]
            U: 我上周看了T301
            B: 请逐条回答：人员是否两人以上？ 证件是否出示？ 是否扫码？ 是否说明事项和依据？
               按顺序答 是/否/没注意，例如“是 是 是 没注意”。
            U: 都是
            B: 还有要说明的吗？可发照片，请避开无关人员面部和商业秘密。没有就回复“没有”。
            U: 态度很好
            B: 请看一遍：
               1. 检查：T301 11月18日 市场监管 云澜区青榆精密机械有限公司
               2. 人员是否两人以上：是
               3. 证件是否出示：是
               4. 是否扫码：是
               5. 是否说明事项和依据：是
               6. 说明：态度很好
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 改第2项 否
            B: 请看一遍：
               1. 检查：T301 11月18日 市场监管 云澜区青榆精密机械有限公司
               2. 人员是否两人以上：否
               3. 证件是否出示：是
               4. 是否扫码：是
               5. 是否说明事项和依据：是
               6. 说明：态度很好
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已提交给云澜区司法局，编号 云监观〔2026〕1号。被观察单位只看到汇总，看不到您的名字。
            """;

        Assert.Equal(script, await Observer("O1", "秦以宁").Play(script));
        var stored = office.Use(db => db.Observations.Single());
        Assert.Equal(("T301", "U01", "态度很好"), (stored.TaskId, stored.UnitId, stored.Text));
        Assert.Equal(["No", "Yes", "Yes", "Yes"], stored.Read().Select(answer => answer.Value));
    }

    [Fact]
    public async Task C29_what_was_seen_at_no_certain_inspection_counts_for_its_unit()
    {
        var talk = Observer("O1", "秦以宁");
        foreach (var line in new[] { "观察", "不是某一次检查", "市场监管", "是 是 否 是", "没有" })
            await talk.Say(line);

        Assert.Contains("云监观〔2026〕1号", await talk.Hear("提交"), StringComparison.Ordinal);
        Assert.Equal((null, "U01"), office.Use(db => db.Observations.Select(o => ValueTuple.Create(o.TaskId, o.UnitId)).Single()));
    }

    [Fact]
    public async Task C29_the_inspection_can_be_named_by_enterprise_and_a_coming_one_is_not_told()
    {
        office.Add(
            new InspectionTask(new TaskFacts("T302", InspectionType.Daily, "U01", "E1", new DateOnly(2026, 11, 17), new DateOnly(2026, 11, 1)) { ApprovedOn = new DateOnly(2026, 11, 2), CompletedOn = new DateOnly(2026, 11, 17) }),
            new InspectionTask(new TaskFacts("T303", InspectionType.Daily, "U01", "E1", new DateOnly(2026, 11, 30), new DateOnly(2026, 11, 1)) { ApprovedOn = new DateOnly(2026, 11, 2) }));
        var talk = Observer("O1", "秦以宁");
        await talk.Say("观察");

        Assert.Contains("没有查到", await talk.Hear("T303"), StringComparison.Ordinal);
        Assert.Contains("请逐条回答", await talk.Hear("青榆精密机械，市场监管"), StringComparison.Ordinal);
        await talk.Say("都是");
        Assert.Contains("1. 检查：T302", await talk.Hear("没有"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S08_an_observer_whose_term_has_ended_is_thanked_and_refused_and_the_bureau_is_told()
    {
        const string script = """
            U: 我今天看了T301
            B: 谢谢您。您的聘期到2026年2月28日已满，这次的观察意见暂时不能提交，我已告诉云澜区司法局；续聘后就可以。发现问题也可以用“意见反馈”或“投诉”告诉我们。
            """;

        Assert.Equal(script, await Observer("O3", "邵怀谷").Play(script));
        Assert.Equal("N40", office.Use(db => db.Notices.Single(n => n.PersonId == "SJ1").Kind));
        Assert.Equal(0, office.Use(db => db.Observations.Count()));
    }

    public void Dispose() => office.Dispose();

    private Talk Observer(string id, string name) => new(office, new Actor(id, ActorRole.LegalObserver, name, new Address("web", id)));
}
