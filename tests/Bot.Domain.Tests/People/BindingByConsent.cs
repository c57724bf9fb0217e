using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.People;

/// <summary>C1, design decision 8: a credit code is public and proves nothing; somebody of the enterprise must agree.</summary>
public sealed class BindingByConsent : IDisposable
{
    private const string Code = "91321299MA7CLA010M";

    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor newcomer = Office.Visitor("openid-new");
    private readonly Actor contact;
    private readonly Actor supervisor;

    public BindingByConsent()
    {
        office.Add(new Enterprise("E1", "青禾钢锭公司", Code), new Enterprise("E2", "石桥河食品公司", "91321299MA7CLA2B5T"));
        contact = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        supervisor = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Fact]
    public async Task The_contact_is_asked_and_until_then_the_newcomer_may_do_nothing_more()
    {
        var asked = await Request();

        Assert.True(asked.AskedContact);
        Assert.Equal("P1", office.Use(db => db.Notices.Single().PersonId));
        Assert.Equal([$"同意绑定 {asked.BindingId}", $"不同意绑定 {asked.BindingId}"], office.Use(db => db.Notices.Single().Actions));
        Assert.Equal(ActorRole.Public, Newcomer().Role);
        Assert.Null(Newcomer().CurrentEnterpriseId);
    }

    [Fact]
    public async Task Consent_makes_an_enterprise_user_and_says_so()
    {
        var asked = await Request();

        await office.Send(new ConfirmBinding(contact, asked.BindingId, Agree: true));

        Assert.Equal((ActorRole.EnterpriseUser, "E1"), (Newcomer().Role, Newcomer().CurrentEnterpriseId));
        Assert.Contains("绑定成功", office.Use(db => db.Notices.Single(n => n.Kind == "N31").Text), StringComparison.Ordinal);
        Assert.Same(Binding.StillWaiting, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ConfirmBinding(contact, asked.BindingId, Agree: true)))).Rule);
    }

    [Fact]
    public async Task A_refusal_lets_nobody_in()
    {
        var asked = await Request();

        await office.Send(new ConfirmBinding(contact, asked.BindingId, Agree: false));

        Assert.Equal(ActorRole.Public, Newcomer().Role);
        Assert.Equal(1, office.Use(db => db.Notices.Count(n => n.Kind == "N32")));
    }

    [Theory]
    [InlineData("2026-11-25 23:59", true)]
    [InlineData("2026-11-26 00:00", false)]
    public async Task Consent_on_the_last_day_counts_and_after_midnight_it_does_not(string now, bool inTime)
    {
        var asked = await Request();
        office.Time.Set(now);

        if (inTime)
            Assert.True((await office.Send(new ConfirmBinding(contact, asked.BindingId, Agree: true))).Agreed);
        else
            Assert.Same(Binding.InTime, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ConfirmBinding(contact, asked.BindingId, Agree: true)))).Rule);
    }

    [Fact]
    public async Task A_request_that_ends_in_a_holiday_lives_until_the_next_working_day()
    {
        office.Time.Set("2026-09-30 10:00");

        Assert.Equal(new DateOnly(2026, 10, 8), (await Request()).ExpiresOn);
    }

    [Fact]
    public async Task The_sweep_ends_a_request_nobody_answered_once_and_it_may_be_made_again()
    {
        var asked = await Request();
        office.Time.Set("2026-11-26 08:30");

        await office.Send(new Domain.Deadlines.TakeDueSteps(Actor.Service));
        await office.Send(new Domain.Deadlines.TakeDueSteps(Actor.Service));

        Assert.Equal(BindingState.Expired, office.Use(db => db.Bindings.Single(b => b.Id == asked.BindingId).State));
        Assert.Equal(1, office.Use(db => db.Notices.Count(n => n.Kind == "N32")));
        Assert.NotEqual(asked.BindingId, (await Request()).BindingId);
    }

    [Fact]
    public async Task Asking_twice_is_one_request()
    {
        var first = await Request();
        var second = await Request();

        Assert.Equal(first, second);
        Assert.Equal(1, office.Use(db => db.Notices.Count()));
    }

    [Fact]
    public async Task Without_a_contact_the_justice_bureau_verifies()
    {
        var asked = await office.Send(new RequestBinding(newcomer, "91321299MA7CLA2B5T", "法定代表人"));

        Assert.False(asked.AskedContact);
        Assert.Equal("SJ1", office.Use(db => db.Notices.Single().PersonId));
        Assert.True((await office.Send(new ConfirmBinding(supervisor, asked.BindingId, Agree: true))).Agreed);
    }

    [Fact]
    public async Task Another_enterprises_contact_cannot_agree_and_learns_nothing()
    {
        var asked = await Request();
        var stranger = office.Person("P2", "李雷", ActorRole.EnterpriseUser, enterpriseId: "E2");

        var notYours = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ConfirmBinding(stranger, asked.BindingId, Agree: true)));
        var notThere = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ConfirmBinding(stranger, "B26-999", Agree: true)));

        Assert.Equal(notThere.Message, notYours.Message);
    }

    [Fact]
    public async Task Credit_codes_cannot_be_found_by_trying()
    {
        for (var i = 0; i < WrongTries.Most; i++)
            Assert.Null((await office.Send(new FindEnterprise(newcomer, "92321299MA7CLC3D3P"))).Name);

        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new FindEnterprise(newcomer, Code)));
        Assert.Equal("青禾钢锭公司", (await office.Send(new FindEnterprise(Office.Visitor("another"), Code))).Name);
    }

    [Fact]
    public async Task One_switches_only_between_enterprises_one_speaks_for()
    {
        office.Add(new Binding("B-2", "P1", "E2", "办事人员", BindingState.Active, DateTime.UnixEpoch, null));

        await office.Send(new SwitchEnterprise(contact, "E2"));

        Assert.Equal("E2", office.Use(db => db.People.Single(p => p.Id == "P1").CurrentEnterpriseId));
        Assert.Equal(2, (await office.Send(new MyEnterprises(contact))).Count);
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new SwitchEnterprise(contact, "E3")));
    }

    public void Dispose() => office.Dispose();

    private Task<BindingRequested> Request() => office.Send(new RequestBinding(newcomer, Code, "办事人员", "李华"));

    private Person Newcomer() => office.Use(db => db.People.Single(p => p.Id == db.Addresses.Single(a => a.ExternalId == "openid-new").PersonId));
}
