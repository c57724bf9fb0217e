using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.People;

/// <summary>Decision 8: a one-time code is the proof that the enterprise let somebody in.</summary>
public sealed class BindingByCode : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Actor boss;
    private readonly Actor clerk;
    private readonly Actor bureau;
    private readonly Actor newcomer = Office.Visitor("openid-new");

    public BindingByCode()
    {
        office.Add(new Enterprise("E1", "青榆精密机械公司", "91321299MA7CLA010M"), new Enterprise("E2", "石桥河食品公司", "91321299MA7CLA2B5T"));
        boss = Contact("P1", "王芳", ContactRoles.LegalRepresentative);
        clerk = Contact("P2", "李雷", ContactRoles.Clerk);
        bureau = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Fact]
    public async Task The_code_binds_at_once_and_who_sent_it_is_told()
    {
        var issued = await Issue();

        var bound = await Bind(newcomer, issued.Code, name: "韩梅");

        Assert.Equal(("青榆精密机械公司", ContactRoles.Clerk, true), (bound.EnterpriseName, bound.ContactRole, bound.IsCurrent));
        Assert.Equal((ActorRole.EnterpriseUser, "韩梅", "E1"), (Newcomer().Role, Newcomer().Name, Newcomer().CurrentEnterpriseId));
        var told = office.Use(db => db.Notices.Single(n => n.Kind == "N41"));
        Assert.Equal("P1", told.PersonId);
        Assert.Contains("韩梅", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_hash_of_the_code_is_stored()
    {
        var issued = await Issue();

        var stored = office.Use(db => db.BindingCodes.Single());
        Assert.DoesNotContain(issued.Code.Replace("-", "", StringComparison.Ordinal), stored.Hash, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(32, stored.Hash.Length);
    }

    [Fact]
    public void A_code_has_ten_characters_that_cannot_be_misread()
    {
        for (var i = 0; i < 200; i++)
        {
            var code = BindingCode.New();
            Assert.Matches("^[2-9A-HJ-NP-RTUWXY]{5}-[2-9A-HJ-NP-RTUWXY]{5}$", code);
            Assert.Equal(code, BindingCode.Read(code));
            Assert.True(BindingCode.Scene(code).Length <= 64);
        }
    }

    [Theory]
    [InlineData("7KQ2M-4XF9T", "7KQ2M-4XF9T")]
    [InlineData("7kq2m4xf9t", "7KQ2M-4XF9T")]
    [InlineData("7KQ2M 4XF9T", "7KQ2M-4XF9T")]
    [InlineData("7KQ2-M4XF", null)]
    [InlineData("7KQ2M-4XF9O", null)]
    [InlineData("HELLMHELLM", null)]
    [InlineData("2345678923", null)]
    [InlineData("91321299MA7CLA010M", null)]
    [InlineData("", null)]
    public void It_is_read_however_it_was_typed(string typed, string? code) => Assert.Equal(code, BindingCode.Read(typed));

    [Fact]
    public async Task A_used_a_wrong_and_an_expired_code_get_the_same_answer_and_bind_nobody()
    {
        var used = await Issue();
        await Bind(newcomer, used.Code);
        var expired = await Issue();
        var late = Office.Visitor("late");

        Assert.Null((await Check(late, used.Code)).EnterpriseName);
        Assert.Null((await Check(late, "2A3B4-C5D6E")).EnterpriseName);
        Assert.Null((await Bind(late, used.Code)).BindingId);
        office.Time.Set("2026-11-24 00:00");
        Assert.Equal(new BindingCodeChecked(null, null, false), await Check(late, expired.Code));
        Assert.False(office.Use(db => db.Addresses.Any(a => a.ExternalId == "late")));
    }

    [Theory]
    [InlineData("2026-11-23 23:59", true)]
    [InlineData("2026-11-24 00:00", false)]
    public async Task It_can_be_used_until_the_last_day_is_over(string now, bool inTime)
    {
        var issued = await Issue();
        Assert.Equal(new DateOnly(2026, 11, 23), issued.LastDay);
        office.Time.Set(now);

        Assert.Equal(inTime, (await Bind(newcomer, issued.Code)).BindingId is not null);
    }

    [Fact]
    public async Task The_sweep_deletes_codes_that_have_run_out_and_only_those()
    {
        await Issue();
        office.Time.Set("2026-11-23 12:00");
        await Issue();
        office.Time.Set("2026-11-24 08:30");

        await office.Send(new TakeDueSteps(Actor.Service));

        Assert.Equal(new DateTime(2026, 11, 23, 4, 0, 0, DateTimeKind.Utc), office.Use(db => db.BindingCodes.Single().IssuedAt));
    }

    [Fact]
    public async Task Who_scans_the_same_code_again_is_bound_once_and_has_not_guessed()
    {
        var issued = await Issue();
        var first = await Bind(newcomer, issued.Code);
        var known = newcomer with { PersonId = Newcomer().Id, Role = ActorRole.EnterpriseUser, EnterpriseId = "E1" };

        for (var i = 0; i <= WrongTries.Most; i++)
            Assert.True((await Check(known, issued.Code)).AlreadyBound);
        var second = await Bind(known, issued.Code);

        Assert.Equal(first.BindingId, second.BindingId);
        Assert.Empty(office.Use(db => db.WrongTries.ToList()));
        Assert.Equal(1, office.Use(db => db.Notices.Count(n => n.Kind == "N41")));
    }

    [Fact]
    public async Task Who_was_taken_out_again_does_not_come_back_with_the_old_code()
    {
        var issued = await Issue();
        var bound = await Bind(newcomer, issued.Code);
        await office.Send(new RemoveColleague(boss, bound.BindingId!));

        Assert.Null((await Bind(newcomer with { PersonId = Newcomer().Id }, issued.Code)).BindingId);
    }

    [Fact]
    public async Task A_contact_who_tries_a_colleagues_code_leaves_it_good()
    {
        var issued = await Issue();

        Assert.True((await Check(clerk, issued.Code)).AlreadyBound);
        Assert.Equal("B-P2", (await Bind(clerk, issued.Code)).BindingId);
        Assert.NotNull((await Bind(newcomer, issued.Code)).BindingId);
    }

    [Fact]
    public async Task Somebody_bound_elsewhere_speaks_for_both_and_goes_on_acting_for_the_first()
    {
        var other = office.Person("P9", "石小桥", ActorRole.EnterpriseUser, enterpriseId: "E2");
        var issued = await Issue();

        var bound = await Bind(other, issued.Code);

        Assert.False(bound.IsCurrent);
        Assert.Equal(2, (await office.Send(new MyEnterprises(other))).Count(mine => mine.State == BindingState.Active));
    }

    [Fact]
    public async Task A_request_that_waited_for_consent_is_settled_by_the_code()
    {
        var asked = await office.Send(new RequestBinding(newcomer, "91321299MA7CLA010M", ContactRoles.Clerk));
        var issued = await Issue();

        await Bind(newcomer with { PersonId = Newcomer().Id }, issued.Code);

        Assert.Equal(BindingState.Ended, office.Use(db => db.Bindings.Single(b => b.Id == asked.BindingId).State));
        Assert.All(office.Use(db => db.Notices.Where(n => n.Kind == "N30").ToList()), notice => Assert.Equal(Domain.Notices.NoticeState.Withdrawn, notice.State));
        Assert.NotNull(office.Use(db => db.Deadlines.Single().DroppedAt));
    }

    [Fact]
    public async Task The_code_of_an_enterprise_that_is_gone_opens_nothing()
    {
        var issued = await Issue();
        office.Use(db =>
        {
            db.Enterprises.Remove(db.Enterprises.Single(e => e.Id == "E1"));
            return db.SaveChanges();
        });

        Assert.Null((await Check(newcomer, issued.Code)).EnterpriseName);
        Assert.Null((await Bind(newcomer, issued.Code)).BindingId);
    }

    [Fact]
    public async Task With_who_leaves_go_the_codes_not_yet_used()
    {
        var safety = Contact("P3", "何安", ContactRoles.SafetyOfficer);
        var issued = await office.Send(new IssueBindingCode(safety, ContactRoles.Clerk));

        await office.Send(new Unbind(safety, "E1"));

        Assert.Null((await Bind(newcomer, issued.Code)).BindingId);
    }

    [Fact]
    public async Task A_clerk_invites_only_where_nobody_in_charge_is_bound()
    {
        Assert.Contains("法定代表人", await Refused(new IssueBindingCode(clerk, ContactRoles.Clerk)), StringComparison.Ordinal);

        await office.Send(new Unbind(boss, "E1"));

        Assert.NotNull((await office.Send(new IssueBindingCode(clerk, ContactRoles.LegalRepresentative))).Code);
    }

    [Fact]
    public async Task The_bureau_gives_the_first_code_and_the_newcomer_says_as_what()
    {
        var issued = await office.Send(new IssueBindingCode(bureau, null, "E2"));

        Assert.Equal(new BindingCodeChecked("石桥河食品公司", null, false), await Check(newcomer, issued.Code));
        Assert.Equal(ContactRoles.LegalRepresentative, (await office.Send(new BindByCode(newcomer, issued.Code, ContactRoles.LegalRepresentative))).ContactRole);
        Assert.Contains("已经有联系人", await Refused(new IssueBindingCode(bureau, null, "E2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_codes_own_role_goes_before_what_the_newcomer_says()
    {
        var issued = await Issue();

        Assert.Equal(ContactRoles.Clerk, (await office.Send(new BindByCode(newcomer, issued.Code, ContactRoles.LegalRepresentative))).ContactRole);
    }

    [Fact]
    public async Task Nobody_invites_to_an_enterprise_that_is_not_his_or_without_a_role()
    {
        await Refused(new IssueBindingCode(boss with { EnterpriseId = "E2" }, ContactRoles.Clerk));
        await Refused(new IssueBindingCode(boss with { EnterpriseId = null }, ContactRoles.Clerk));
        await Refused(new IssueBindingCode(boss, null));
        await Refused(new IssueBindingCode(boss, "总经理"));
        await Refused(new IssueBindingCode(newcomer, ContactRoles.Clerk));
        await Refused(new IssueBindingCode(bureau, null, "E9"));
    }

    [Fact]
    public async Task A_day_has_ten_codes_and_the_next_day_again()
    {
        for (var i = 0; i < office.Rules.BindingCodesPerDay.Value; i++)
            await Issue();

        Assert.Contains("明天再发", await Refused(new IssueBindingCode(boss, ContactRoles.Clerk)), StringComparison.Ordinal);
        office.Time.Set("2026-11-20 23:59");
        await Refused(new IssueBindingCode(boss, ContactRoles.Clerk));
        office.Time.Set("2026-11-21 00:00");
        Assert.NotNull((await Issue()).Code);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_address_even_for_a_right_one_and_nobody_else()
    {
        var issued = await Issue();
        await Guess(WrongTries.Most);

        Assert.Contains("11月21日10:00后再试", await Refused(new CheckBindingCode(newcomer, issued.Code)), StringComparison.Ordinal);
        Assert.Contains("后再试", await Refused(new BindByCode(newcomer, issued.Code, ContactRoles.Clerk)), StringComparison.Ordinal);
        Assert.NotNull((await Bind(Office.Visitor("another"), issued.Code)).BindingId);
    }

    [Theory]
    [InlineData("2026-11-21 09:59", false)]
    [InlineData("2026-11-21 10:00", true)]
    public async Task The_lock_ends_after_a_day_and_no_sweep_ends_it_earlier(string now, bool open)
    {
        var issued = await Issue();
        await Guess(WrongTries.Most);
        office.Time.Set(now);
        await office.Send(new TakeDueSteps(Actor.Service));

        if (open)
            Assert.NotNull((await Bind(newcomer, issued.Code)).BindingId);
        else
            await Refused(new CheckBindingCode(newcomer, issued.Code));
    }

    [Fact]
    public async Task Four_wrong_codes_are_forgotten_after_an_hour()
    {
        var issued = await Issue();
        await Guess(WrongTries.Most - 1);
        office.Time.Set("2026-11-20 11:00");
        await Guess(WrongTries.Most - 1);

        Assert.NotNull((await Bind(newcomer, issued.Code)).BindingId);
    }

    [Fact]
    public async Task The_bureau_hears_of_locks_once_a_day_without_the_address()
    {
        await Guess(WrongTries.Most);
        await Guess(WrongTries.Most, "another");
        var alarm = office.Use(db => db.Notices.Single(n => n.Kind == "N43"));
        Assert.Equal("SJ1", alarm.PersonId);
        Assert.DoesNotContain("another", alarm.Text + alarm.Fields + alarm.Key, StringComparison.Ordinal);

        office.Time.Set("2026-11-21 00:00");
        await Guess(WrongTries.Most, "a-third");

        Assert.Equal(2, office.Use(db => db.Notices.Count(n => n.Kind == "N43")));
    }

    [Fact]
    public async Task Wrong_credit_codes_and_wrong_binding_codes_are_counted_apart()
    {
        for (var i = 0; i < WrongTries.Most; i++)
            await office.Send(new FindEnterprise(newcomer, "92321299MA7CLC3D3P"));

        Assert.NotNull((await Bind(newcomer, (await Issue()).Code)).BindingId);
    }

    [Theory]
    [InlineData(ActorRole.Inspector)]
    [InlineData(ActorRole.Supervisor)]
    [InlineData(ActorRole.LegalObserver)]
    public async Task Officials_and_observers_are_not_bound(ActorRole role)
    {
        var issued = await Issue();
        var official = office.Person("X1", "何安宁", role, "U02");

        Assert.Same(Permissions.OnlyByRole, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new CheckBindingCode(official, issued.Code)))).Rule);
        Assert.Same(Permissions.OnlyByRole, (await Assert.ThrowsAsync<RuleBrokenException>(() => Bind(official, issued.Code))).Rule);
    }

    public void Dispose() => office.Dispose();

    private Actor Contact(string id, string name, string role)
    {
        office.Add(
            new Person(id, name, ActorRole.EnterpriseUser) { CurrentEnterpriseId = "E1" },
            new ChannelAddress("web", id, id),
            new Binding($"B-{id}", id, "E1", role, BindingState.Active, office.Time.GetUtcNow().UtcDateTime, null));
        return new Actor(id, ActorRole.EnterpriseUser, name, new Address("web", id), "E1");
    }

    private Task<BindingCodeIssued> Issue() => office.Send(new IssueBindingCode(boss, ContactRoles.Clerk));

    private Task<BindingCodeChecked> Check(Actor by, string code) => office.Send(new CheckBindingCode(by, code));

    private Task<BoundByCode> Bind(Actor by, string code, string? name = null) => office.Send(new BindByCode(by, code, ContactRoles.Clerk, name));

    private async Task Guess(int times, string from = "openid-new")
    {
        for (var i = 0; i < times; i++)
            Assert.Null((await Check(Office.Visitor(from), "2A3B4-C5D6E")).EnterpriseName);
    }

    private async Task<string> Refused<T>(MediatR.IRequest<T> command) => (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(command))).Message;

    private Person Newcomer() => office.Use(db => db.People.Single(p => p.Id == db.Addresses.Single(a => a.ExternalId == "openid-new").PersonId));
}
