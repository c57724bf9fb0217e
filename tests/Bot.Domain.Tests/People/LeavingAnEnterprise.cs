using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.People;

/// <summary>C11: unbinding and being taken out, at once and without a preview being lost (J16).</summary>
public sealed class LeavingAnEnterprise : IDisposable
{
    private readonly Yunlan yunlan = new();

    private Office Office => yunlan.Office;

    [Fact]
    public async Task The_last_contact_leaves_and_the_bureau_hears_of_it()
    {
        var left = await Office.Send(new Unbind(yunlan.Qinghe, "E001"));

        Assert.Equal(0, left.Left);
        var person = Office.Use(db => db.People.Single(p => p.Id == "P001"));
        Assert.Equal((ActorRole.Public, null), (person.Role, person.CurrentEnterpriseId));
        var told = Office.Use(db => db.Notices.Single(n => n.Kind == "N42"));
        Assert.Equal(("S1", "发绑定码 91321299MA9001HM4Q"), (told.PersonId, Assert.Single(told.Actions)));
    }

    [Fact]
    public async Task While_somebody_else_is_bound_nobody_need_hear_of_it()
    {
        Colleague("P002", "李雷", ContactRoles.Clerk);

        Assert.Equal(1, (await Office.Send(new Unbind(yunlan.Qinghe, "E001"))).Left);
        Assert.Equal(0, Office.Use(db => db.Notices.Count()));
    }

    [Fact]
    public async Task A_preview_on_its_way_is_held_back_and_the_unit_is_told_to_use_another_way()
    {
        yunlan.Inspection(previewed: false);
        await Office.Send(new SendPreview(yunlan.Safety, "T101"));

        await Office.Send(new Unbind(yunlan.Qinghe, "E001"));

        Assert.Equal(NoticeState.Withdrawn, Office.Use(db => db.Notices.Single(n => n.Kind == "N1").State));
        var told = Office.Use(db => db.Notices.Single(n => n.Kind == "N21"));
        Assert.Equal(("LI-U02", "T101"), (told.PersonId, told.SubjectId));
    }

    [Fact]
    public async Task Unbinding_twice_is_refused_and_so_is_what_is_not_ones_own()
    {
        await Office.Send(new Unbind(yunlan.Qinghe, "E001"));

        await Assert.ThrowsAsync<RuleBrokenException>(() => Office.Send(new Unbind(yunlan.Qinghe, "E001")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Office.Send(new Unbind(yunlan.Qinghe, "E010")));
        Assert.Equal(BindingState.Active, Office.Use(db => db.Bindings.Single(b => b.PersonId == "P010").State));
    }

    [Fact]
    public async Task Who_speaks_for_two_keeps_the_other_one()
    {
        Office.Add(new Binding("B-2", "P001", "E010", ContactRoles.Clerk, BindingState.Active, DateTime.UnixEpoch, null));

        await Office.Send(new Unbind(yunlan.Qinghe, "E001"));

        var person = Office.Use(db => db.People.Single(p => p.Id == "P001"));
        Assert.Equal((ActorRole.EnterpriseUser, null), (person.Role, person.CurrentEnterpriseId));
        Assert.Equal("E010", Assert.Single(await Office.Send(new MyEnterprises(yunlan.Qinghe))).EnterpriseId);
    }

    [Fact]
    public async Task A_request_that_only_the_leaver_could_agree_to_goes_to_the_bureau()
    {
        var asked = await Office.Send(new RequestBinding(Office.Visitor("new"), "91321299MA9001HM4Q", ContactRoles.Clerk));

        await Office.Send(new Unbind(yunlan.Qinghe, "E001"));

        Assert.Equal(["S1"], Office.Use(db => db.Deadlines.Single(d => d.SubjectId == asked.BindingId).HandlerIds));
    }

    [Fact]
    public async Task Everybody_bound_sees_who_is_bound_and_only_who_is_in_charge_may_take_out()
    {
        var boss = Colleague("P002", "李雷", ContactRoles.LegalRepresentative);

        var seen = await Office.Send(new MyColleagues(yunlan.Qinghe));
        Assert.False(seen.MayInvite);
        Assert.Equal([("周青禾", true, false), ("李雷", false, false)], seen.People.Select(one => (one.Name, one.IsMe, one.MayBeRemoved)));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Office.Send(new RemoveColleague(yunlan.Qinghe, "B-P002")));

        Assert.True((await Office.Send(new MyColleagues(boss))).People[0].MayBeRemoved);
        Assert.Equal("周青禾", (await Office.Send(new RemoveColleague(boss, "B-P001"))).Name);
        Assert.Equal("P001", Office.Use(db => db.Notices.Single(n => n.Kind == "N44").PersonId));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Office.Send(new RemoveColleague(boss, "B-P001")));
    }

    [Theory]
    [InlineData(ContactRoles.SafetyOfficer, ContactRoles.LegalRepresentative, false)]
    [InlineData(ContactRoles.LegalRepresentative, ContactRoles.LegalRepresentative, true)]
    [InlineData(ContactRoles.SafetyOfficer, ContactRoles.SafetyOfficer, true)]
    [InlineData(ContactRoles.Clerk, ContactRoles.SafetyOfficer, false)]
    public async Task Nobody_puts_out_the_legal_representative_but_another_one(string by, string other, bool allowed)
    {
        var actor = Colleague("P002", "李雷", by);
        Colleague("P003", "韩梅", other);

        Assert.Equal(allowed, (await Office.Send(new MyColleagues(actor))).People.Single(one => one.Name == "韩梅").MayBeRemoved);
    }

    [Fact]
    public async Task Nobody_is_taken_out_of_another_enterprise_or_takes_out_himself()
    {
        var boss = Colleague("P002", "李雷", ContactRoles.LegalRepresentative);

        await Assert.ThrowsAsync<RuleBrokenException>(() => Office.Send(new RemoveColleague(boss, "B-P010")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Office.Send(new RemoveColleague(boss, "B-P002")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Office.Send(new MyColleagues(boss with { EnterpriseId = "E010" })));
        Assert.Equal(BindingState.Active, Office.Use(db => db.Bindings.Single(b => b.Id == "B-P010").State));
    }

    [Fact]
    public async Task The_own_name_can_be_taken_out_while_the_binding_stays()
    {
        await Office.Send(new EraseMyDetails(yunlan.Qinghe));

        Assert.Equal(Person.Unnamed, Office.Use(db => db.People.Single(p => p.Id == "P001").Name));
        Assert.Equal(BindingState.Active, Office.Use(db => db.Bindings.Single(b => b.PersonId == "P001").State));
    }

    public void Dispose() => yunlan.Dispose();

    private Actor Colleague(string id, string name, string role)
    {
        Office.Add(
            new Person(id, name, ActorRole.EnterpriseUser) { CurrentEnterpriseId = "E001" },
            new ChannelAddress("web", id, id),
            new Binding($"B-{id}", id, "E001", role, BindingState.Active, Office.Time.GetUtcNow().UtcDateTime.AddMinutes(1), null));
        return new Actor(id, ActorRole.EnterpriseUser, name, new Address("web", id), "E001");
    }
}
