using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.People;

/// <summary>C1.</summary>
public sealed class BindingAnEnterprise : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor contact;
    private readonly Talk newcomer;

    public BindingAnEnterprise()
    {
        office.Add(new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"), new Enterprise("E2", "云澜区石桥河食品有限公司", "91321299MA7CLA2B5T"));
        contact = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
        newcomer = new Talk(office, Office.Visitor("openid-new"));
    }

    [Fact]
    public async Task C1_from_the_code_to_the_consent()
    {
        const string script = """
            U: 我要绑定公司
            B: 请发18位统一社会信用代码（营业执照上有）；有绑定码的，直接发绑定码。回复“取消”可随时退出。
            U: 91321299ma7cla010m
            B: 查到：云澜区青榆精密机械有限公司。您的身份是？[1]法定代表人 [2]安全/合规负责人 [3]办事人员
               可以带上姓名，对方好认出您，例如“3 王芳”。
               [法定代表人] [安全/合规负责人] [办事人员]
            U: 3
            B: 我们已请该企业已登记的联系人确认。对方确认前，您只能使用匿名咨询和投诉。
            U: 要等多久
            B: 云澜区青榆精密机械有限公司的绑定，对方同意后立即生效；3天没有确认（11月25日（周三）24时止），这次申请会自动失效，可以重来，也可联系司法局核实（0000-86000900）。
            U: 谢谢
            B: 不客气，需要时随时叫我。
            """;

        Assert.Equal(script, await newcomer.Play(script));

        var notice = office.Use(db => db.Notices.Single());
        Assert.Contains("办事人员", notice.Text, StringComparison.Ordinal);
        Assert.Contains("已同意", await new Talk(office, contact).Hear(notice.Actions[0]), StringComparison.Ordinal);
        Assert.Contains("绑定成功", office.Use(db => db.Notices.Single(n => n.Kind == "N31").Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_cannot_be_is_named_with_its_place_and_nothing_is_bound()
    {
        const string script = """
            U: 绑定企业
            B: 请发18位统一社会信用代码（营业执照上有）；有绑定码的，直接发绑定码。回复“取消”可随时退出。
            U: 92321299MA7COC3D3P
            B: 第13位是字母O，代码里不用I、O、S、V、Z，是不是数字0？请核对后再发。
            U: 93321299MA7CLE4F1
            B: 统一社会信用代码是18位，这里是17位，少1位，请核对后再发。
            U: [图片: 营业执照]
            B: 照片收到了，但我从照片里认代码容易认错。请把执照上的18位统一社会信用代码打出来发给我。
            U: 92321299MA7CLC3D3P
            B: 没有查到这个代码对应的企业。请对照营业执照再发一次；确认无误的，可能还没有登记，请回复“人工”。
            U: 取消
            B: 好的。需要时随时叫我。
            """;

        Assert.Equal(script, await newcomer.Play(script));
        Assert.Equal(0, office.Use(db => db.Bindings.Count(b => b.State == BindingState.Waiting)));
    }

    [Fact]
    public async Task A_code_inside_a_pasted_sentence_is_enough_and_without_contacts_the_bureau_verifies()
    {
        const string script = """
            U: 名称：云澜区石桥河食品有限公司 统一社会信用代码：91321299MA7CLA2B5T 帮我绑定
            B: 查到：云澜区石桥河食品有限公司。您的身份是？[1]法定代表人 [2]安全/合规负责人 [3]办事人员
               可以带上姓名，对方好认出您，例如“3 王芳”。
            U: 1 李华
            B: 我们已请云澜区司法局（该企业还没有登记联系人）确认。对方确认前，您只能使用匿名咨询和投诉。
            """;

        Assert.Equal(script, await newcomer.Play(script));
        Assert.Contains("李华", office.Use(db => db.Notices.Single(n => n.PersonId == "SJ1").Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_who_does_not_know_the_person_refuses_in_one_message()
    {
        await newcomer.Say("91321299MA7CLA010M");
        await newcomer.Say("3");

        Assert.Contains("已拒绝", await new Talk(office, contact).Hear(office.Use(db => db.Notices.Single().Actions[1])), StringComparison.Ordinal);
        Assert.Equal(BindingState.Refused, office.Use(db => db.Bindings.Single(b => b.Id != "B-P1").State));
    }

    [Fact]
    public async Task Somebody_with_two_enterprises_switches_between_them()
    {
        office.Add(new Binding("B-2", "P1", "E2", "办事人员", BindingState.Active, DateTime.UnixEpoch, null));
        const string script = """
            U: 切换企业
            B: 换到哪一家？
               [1]云澜区青榆精密机械有限公司 [2]云澜区石桥河食品有限公司
            U: 2
            B: 现在为云澜区石桥河食品有限公司办事。
            """;

        Assert.Equal(script, await new Talk(office, contact).Play(script));
    }

    public void Dispose() => office.Dispose();
}
