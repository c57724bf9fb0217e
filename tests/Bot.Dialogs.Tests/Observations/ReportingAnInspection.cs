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
            B: 已提交给云澜区司法局，编号 云监观〔2026〕1号。被观察单位只看到汇总，看不到您的名字。
            """;

        Assert.Equal(script, await Observer("O1", "秦以宁").Play(script));
        Assert.Equal(["Yes", "Yes", "Yes", "NotNoticed"], office.Use(db => db.Observations.Single().Read()).Select(answer => answer.Value));
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
