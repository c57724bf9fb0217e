using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Observers;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Observers;

/// <summary>C30 and then C29: what is taken on is observed and reported (S08).</summary>
public sealed class TakingObservations : IDisposable
{
    private readonly Office office = new("2026-11-02 08:00");

    public TakingObservations()
    {
        office.Add(
            new Unit("U01", "云澜区市场监督管理局", "district", "市场监管", "0000-86000100"),
            new InspectionTask(new TaskFacts("T301", InspectionType.Daily, "U01", "E1", new DateOnly(2026, 11, 18), new DateOnly(2026, 10, 20)) { ApprovedOn = new DateOnly(2026, 10, 22), PreviewSentOn = new DateOnly(2026, 10, 23) }),
            new Person("O1", "秦以宁", ActorRole.LegalObserver).WithTerm(new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29)));
        office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Fact]
    public async Task C30_one_of_two_is_taken_and_reported_after_the_inspection()
    {
        await office.Send(new OfferObservations(Actor.Service));
        const string script = """
            U: 观察任务
            B: 11月观察任务2件：①T301 11月18日 市场监管；②自选一次。是否接受？
               [都接受] [都不方便]
            U: 第二件选不了，都在外地
            B: 那只安排第一件，可以吗？
               [可以] [都不参加]
            U: 可以
            B: 提示：不干扰检查；不得透露未公开的检查安排；拍照避开人脸和商业秘密。
               [明白]
            U: 明白
            B: 已登记1件。检查后回复“观察”即可填写，11月30日前有效。
            U: 观察任务
            B: 11月观察任务：①T301 11月18日 市场监管（已接受）；②自选一次（不参加）。检查后说“观察”填写。
            @ 2026-11-18 16:00
            U: 观察
            B: 是哪次检查？
               [1]T301 11月18日 市场监管 [2]不是某一次检查
               别的检查请说编号，或企业和单位。
               [T301] [不是某一次检查]
            U: 1
            B: 请逐条回答：人员是否两人以上？ 证件是否出示？ 是否扫码？ 是否说明事项和依据？
               按顺序答 是/否/没注意，例如“是 是 是 没注意”。
            U: 都是
            B: 还有要说明的吗？可发照片，请避开无关人员面部和商业秘密。没有就回复“没有”。
            U: 没有
            B: 请看一遍：
               1. 检查：T301 11月18日 市场监管
               2. 人员是否两人以上：是
               3. 证件是否出示：是
               4. 是否扫码：是
               5. 是否说明事项和依据：是
               6. 说明：没有
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已提交给云澜区司法局，编号 云监观〔2026〕1号。被观察单位只看到汇总，看不到您的名字。
            U: 观察任务
            B: 11月观察任务：①T301 11月18日 市场监管（已完成）；②自选一次（不参加）。检查后说“观察”填写。
            """;

        Assert.Equal(script, await Observer().Play(script));
    }

    [Fact]
    public async Task Who_cannot_says_so_without_a_reason()
    {
        await office.Send(new OfferObservations(Actor.Service));
        const string script = """
            U: 本月观察任务
            B: 11月观察任务2件：①T301 11月18日 市场监管；②自选一次。是否接受？
            U: 哪里哪里
            B: 请说“都接受”“都不方便”，或者“第二件选不了”这样的话。
            U: 这个月没空
            B: 好的，本月不安排。谢谢您告知，不需要说明原因。
            """;

        Assert.Equal(script, await Observer().Play(script));
        Assert.All(office.Use(db => db.ObservationTasks.ToList()), task => Assert.Equal(OfferState.Declined, task.State));
    }

    [Fact]
    public async Task The_bureau_sees_how_the_months_observations_stand()
    {
        var bureau = new Talk(office, new Actor("SJ1", ActorRole.Supervisor, "沈宛青", new Address("web", "SJ1")));
        Assert.Equal("本月还没有安排观察任务：每月第一个工作日自动发给在聘期内的观察员。", await bureau.Hear("观察任务"));

        await office.Send(new OfferObservations(Actor.Service));

        Assert.Equal("11月观察任务：\n秦以宁：①T301 11月18日 市场监管（待答复）；②自选一次（待答复）", await bureau.Hear("观察任务"));
    }

    public void Dispose() => office.Dispose();

    private Talk Observer() => new(office, new Actor("O1", ActorRole.LegalObserver, "秦以宁", new Address("web", "O1")));
}
