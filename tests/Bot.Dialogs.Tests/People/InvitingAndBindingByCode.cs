using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.People;

/// <summary>C1 by a one-time code, from the invitation to the binding.</summary>
public sealed class InvitingAndBindingByCode : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Talk boss;
    private readonly Talk clerk;
    private readonly Talk bureau;
    private readonly Talk newcomer;

    public InvitingAndBindingByCode()
    {
        office.Add(
            new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"),
            new Enterprise("E2", "云澜区石桥河食品有限公司", "91321299MA7CLA2B5T"),
            new Enterprise("E3", "云澜区石桥湾包装有限公司", "91321299MA9001HM4Q"));
        boss = new Talk(office, Contact("P1", "王芳", ContactRoles.LegalRepresentative));
        clerk = new Talk(office, Contact("P2", "李雷", ContactRoles.Clerk));
        bureau = new Talk(office, office.Person("SJ1", "沈宛青", ActorRole.Supervisor));
        newcomer = new Talk(office, Office.Visitor("openid-new"));
    }

    [Fact]
    public async Task The_invitation_is_words_and_a_picture_of_the_same_code()
    {
        const string script = """
            U: 邀请同事
            B: 邀请同事绑定云澜区青榆精密机械有限公司。同事的身份是？
               [1]法定代表人 [2]安全/合规负责人 [3]办事人员
            U: 3
            B: 绑定码：※
               给云澜区青榆精密机械有限公司的办事人员用，11月23日（周一）24时前有效，只能用一次。请发给同事本人：对方对我说“绑定码 ※”就可以绑定。
               码只显示这一次，请现在就转给对方，不要发到群里。
            """;

        Assert.Equal(script, await boss.Play(script));
        Assert.True(boss.Fleeting);
        Assert.Equal(new TalkState().Write(), TalkState.Read(boss.Stored).Write());

        await boss.Hear("邀请同事");
        var reply = Assert.Single(await boss.Say("办事人员"));
        Assert.Equal(BindingCode.Scene(CodeIn(reply.Text)), reply.Picture);
    }

    [Fact]
    public async Task Scanned_it_greets_shows_the_enterprise_and_binds_with_one_tap()
    {
        var code = await Invite();
        var script = $"""
            U: [扫码: {BindingCode.Scene(code)}]
            B: 您好。我是云澜区涉企行政检查服务助手。
            B: 绑定云澜区青榆精密机械有限公司，身份是办事人员，对吗？[1]绑定 [2]不绑定
               可以带上姓名，同事好认出您，例如“1 王芳”。
               [绑定] [不绑定]
            U: 绑定
            B: 绑定成功：云澜区青榆精密机械有限公司（办事人员）。您会收到这家企业的检查预告，也可以申请行政指导、评价检查。不用了说“解除绑定”。
               [检查预告] [申请行政指导]
            """;

        Assert.Equal(script, await newcomer.Play(script));
        Assert.Equal(3, office.Use(db => db.Bindings.Count(b => b.EnterpriseId == "E1" && b.State == BindingState.Active)));
        Assert.True(newcomer.Fleeting);
        Assert.DoesNotContain(code, newcomer.Stored!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("绑定码 {0}")]
    [InlineData("绑定码：{0}")]
    [InlineData("绑定码是{0}")]
    [InlineData("{0}")]
    public async Task Typed_it_does_the_same(string words)
    {
        var code = await Invite();

        Assert.Contains("绑定云澜区青榆精密机械有限公司", await newcomer.Hear(string.Format(System.Globalization.CultureInfo.InvariantCulture, words, code)), StringComparison.Ordinal);
        Assert.StartsWith("绑定成功", await newcomer.Hear("1 韩梅"), StringComparison.Ordinal);
        Assert.Contains("韩梅", office.Use(db => db.People.Select(p => p.Name).ToList()));
    }

    [Fact]
    public async Task It_may_be_typed_small_with_spaces_or_as_the_scanner_read_it()
    {
        var code = await Invite();

        Assert.Contains("对吗", await newcomer.Hear(code.Replace('-', ' ').ToLowerInvariant()), StringComparison.Ordinal);
        Assert.Contains("对吗", await newcomer.Hear(BindingCode.Scene(code)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_to_be_bound_may_send_the_code_where_the_credit_code_is_asked()
    {
        var code = await Invite();

        await newcomer.Hear("绑定企业");
        Assert.Contains("身份是办事人员，对吗？", await newcomer.Hear(code), StringComparison.Ordinal);
        Assert.True(newcomer.Fleeting);
        Assert.StartsWith("绑定成功", await newcomer.Hear("对"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scanned_in_the_middle_of_a_complaint_the_complaint_goes_on_afterwards()
    {
        var code = await Invite();
        await newcomer.Hear("我要投诉");
        var open = (await newcomer.Say("实名"))[^1].Text;

        await newcomer.Hear($"[扫码: {BindingCode.Scene(code)}]");
        var after = await newcomer.Hear("绑定");

        Assert.StartsWith("绑定成功", after, StringComparison.Ordinal);
        Assert.EndsWith($"回到刚才：{open}", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bureaus_code_asks_as_what()
    {
        await bureau.Hear("发绑定码 91321299MA7CLA2B5T");
        var code = CodeIn(await bureau.Hear("发绑定码 91321299ma7cla2b5t"));
        var script = $"""
            U: {code}
            B: 绑定云澜区石桥河食品有限公司，您的身份是？[1]法定代表人 [2]安全/合规负责人 [3]办事人员 [4]不绑定
               可以带上姓名，同事好认出您，例如“3 王芳”。
               [法定代表人] [安全/合规负责人] [办事人员] [不绑定]
            U: 老板
            B: 绑定成功：云澜区石桥河食品有限公司（法定代表人）。您会收到这家企业的检查预告，也可以申请行政指导、评价检查。不用了说“解除绑定”。
            """;

        Assert.Equal(script, await newcomer.Play(script));
    }

    [Fact]
    public async Task The_bureau_names_the_enterprise_by_a_part_of_its_name()
    {
        const string script = """
            U: 发绑定码
            B: 给哪家企业发绑定码？请发企业名称（可以只写一部分）或统一社会信用代码。
            U: 石桥
            B: 是哪一家？
               [1]云澜区石桥河食品有限公司 [2]云澜区石桥湾包装有限公司
            U: 2
            B: 绑定码：※
               给云澜区石桥湾包装有限公司用，11月23日（周一）24时前有效，只能用一次。请核实对方是这家企业的人，再当面、电话或书面交给他：对方对我说“绑定码 ※”就可以绑定。
               码只显示这一次，请现在就转给对方，不要发到群里。
            U: 发绑定码 没有这家
            B: 没有查到“没有这家”。请核对名称或统一社会信用代码；名录里没有的，请先导入名录。
            U: 发绑定码 青榆
            B: 这家企业已经有联系人，请由联系人邀请同事；联系人都联系不上的，请对方发“绑定企业”申请，您来确认。
            """;

        Assert.Equal(script, await bureau.Play(script));
    }

    [Fact]
    public async Task A_code_that_was_used_and_one_that_never_was_are_answered_alike()
    {
        var code = await Invite();
        await newcomer.Hear(code);
        await newcomer.Hear("1");
        var other = new Talk(office, Office.Visitor("other"));

        var used = await other.Hear(code);
        Assert.StartsWith("这个绑定码用不了", used, StringComparison.Ordinal);
        Assert.Equal(used, await other.Hear("绑定码 2A3B4-C5D6E"));
        Assert.Equal(used, await other.Hear("绑定码 2A3B"));
        Assert.EndsWith(used, await other.Hear("[扫码: bind_xyz]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_code_the_first_answer_wins()
    {
        var code = await Invite();
        var other = new Talk(office, Office.Visitor("other"));
        await newcomer.Hear(code);
        await other.Hear(code);

        Assert.StartsWith("绑定成功", await newcomer.Hear("绑定"), StringComparison.Ordinal);
        Assert.StartsWith("这个绑定码用不了", await other.Hear("绑定"), StringComparison.Ordinal);
        Assert.Equal(3, office.Use(db => db.Bindings.Count(b => b.State == BindingState.Active && b.EnterpriseId == "E1")));
    }

    [Fact]
    public async Task Who_says_no_leaves_the_code_good()
    {
        var code = await Invite();
        await newcomer.Hear(code);

        Assert.Equal("好的，没有绑定。这个码在有效期内还能用。", await newcomer.Hear("不绑定"));
        await newcomer.Hear(code);
        Assert.StartsWith("绑定成功", await newcomer.Hear("是的"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_wrong_codes_the_sixth_is_not_looked_at()
    {
        for (var i = 0; i < WrongTries.Most; i++)
            await newcomer.Hear("绑定码 2A3B4-C5D6E");

        Assert.Equal("绑定码输错次数太多，请11月21日10:00后再试。也可以发“绑定企业”申请，由贵单位联系人确认。", await newcomer.Hear(await Invite()));
    }

    [Fact]
    public async Task An_official_who_scans_an_invitation_is_told_that_it_is_not_for_him()
    {
        var code = await Invite();

        Assert.StartsWith("这个二维码在这里用不了", await bureau.Hear($"[扫码: {BindingCode.Scene(code)}]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clerk_is_told_who_may_invite() =>
        Assert.StartsWith("邀请同事由贵单位已绑定的法定代表人", await clerk.Hear("邀请同事"), StringComparison.Ordinal);

    [Fact]
    public async Task The_tenth_code_of_a_day_is_the_last()
    {
        for (var i = 0; i < office.Rules.BindingCodesPerDay.Value; i++)
            await Invite();

        await boss.Hear("邀请同事");
        Assert.StartsWith("今天已经发了10个绑定码", await boss.Hear("3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_in_charge_sees_who_is_bound_and_takes_one_out()
    {
        const string script = """
            U: 单位人员
            B: 云澜区青榆精密机械有限公司的联系人（2位）：
               1. 王芳（法定代表人，您）
               2. 李雷（办事人员）
               [1]知道了 [2]移除一位 [3]邀请同事
            U: 2
            B: 移除哪一位？
               [1]李雷（办事人员）
            U: 李雷
            B: 移除李雷（办事人员）吗？移除后马上看不到云澜区青榆精密机械有限公司的任何内容，也不再收到检查预告。
               [移除] [不移除]
            U: 移除
            B: 已移除李雷，马上生效。
            """;

        Assert.Equal(script, await boss.Play(script));
        Assert.Equal(BindingState.Ended, office.Use(db => db.Bindings.Single(b => b.Id == "B-P2").State));
    }

    [Fact]
    public async Task A_clerk_only_sees()
    {
        const string script = """
            U: 单位人员
            B: 云澜区青榆精密机械有限公司的联系人（2位）：
               1. 王芳（法定代表人）
               2. 李雷（办事人员，您）
               [解除绑定]
            """;

        Assert.Equal(script, await clerk.Play(script));
    }

    [Fact]
    public async Task C11_unbinding_at_once_and_the_name_goes_too_when_wanted()
    {
        const string script = """
            U: 我离职了
            B: 您绑定了1家：云澜区青榆精密机械有限公司。要解绑吗？解绑后不再收到消息，您提交过的投诉仍可凭编号由您本人查询。[1]解绑 [2]不解绑
               [解绑] [不解绑]
            U: 1
            B: 已解绑云澜区青榆精密机械有限公司。需要删除您的姓名和电话，请回复“删除我的信息”，不回复就保留。
               [删除我的信息]
            U: 删除我的信息
            B: 要删除您的姓名和电话吗？
               [1]删除 [2]保留
            U: 删
            B: 已删除。依法须保存的办理记录会去掉您的联系方式。
            """;

        Assert.Equal(script, await clerk.Play(script));
        Assert.Equal(Person.Unnamed, office.Use(db => db.People.Single(p => p.Id == "P2").Name));
        Assert.Equal(0, office.Use(db => db.Notices.Count(n => n.Kind == "N42")));
    }

    [Fact]
    public async Task C11_chosen_from_several_and_the_only_contact_is_warned()
    {
        office.Add(new Binding("B-3", "P1", "E2", ContactRoles.Clerk, BindingState.Active, DateTime.UnixEpoch, null));
        const string script = """
            U: 解除绑定
            B: 您绑定了2家，解除哪一家？
               [1]云澜区青榆精密机械有限公司 [2]云澜区石桥河食品有限公司
            U: 2
            B: 要解除云澜区石桥河食品有限公司的绑定吗？解绑后不再收到消息，您提交过的投诉仍可凭编号由您本人查询。您是这家企业唯一的联系人，解绑后检查预告没有人接收，我会告诉云澜区司法局；最好先说“邀请同事”。[1]解绑 [2]不解绑
            U: 解绑
            B: 已解绑云澜区石桥河食品有限公司。需要删除您的姓名和电话，请回复“删除我的信息”，不回复就保留。
            """;

        Assert.Equal(script, await boss.Play(script));
        Assert.Equal(1, office.Use(db => db.Notices.Count(n => n.Kind == "N42")));
        Assert.Equal(BindingState.Active, office.Use(db => db.Bindings.Single(b => b.Id == "B-P1").State));
    }

    [Fact]
    public async Task Who_is_bound_to_nothing_hears_so() =>
        Assert.StartsWith("您现在没有绑定企业", await newcomer.Hear("解除绑定"), StringComparison.Ordinal);

    public void Dispose() => office.Dispose();

    private Actor Contact(string id, string name, string role)
    {
        office.Add(
            new Person(id, name, ActorRole.EnterpriseUser) { CurrentEnterpriseId = "E1" },
            new ChannelAddress("web", id, id),
            new Binding($"B-{id}", id, "E1", role, BindingState.Active, DateTime.UnixEpoch, null));
        return new Actor(id, ActorRole.EnterpriseUser, name, new Address("web", id), "E1");
    }

    private async Task<string> Invite()
    {
        await boss.Hear("邀请同事");
        return CodeIn(await boss.Hear("3"));
    }

    private static string CodeIn(string heard) => BindingCode.Read(heard.Split('\n')[0]["绑定码：".Length..])!;
}
