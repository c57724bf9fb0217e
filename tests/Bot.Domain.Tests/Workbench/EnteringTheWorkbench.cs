using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Domain.Workbench;
using Bot.Testing;

namespace Bot.Domain.Tests.Workbench;

/// <summary>The one-time link to the officials' page: once, for ten minutes, for one person, as long as they are what they were (D15).</summary>
public sealed class EnteringTheWorkbench : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-20 10:00");

    [Fact]
    public async Task A_ticket_lets_its_person_in_once()
    {
        var ticket = await Ticket(yunlan.Safety);
        var session = await Enter(ticket);

        Assert.Equal("I05", (await Visitor(session)).PersonId);
        await Refused(() => Enter(ticket));
        Assert.Equal("I05", (await Visitor(session)).PersonId);
        Assert.DoesNotContain(session, yunlan.Office.Use(db => db.WorkbenchSessions.Single().Hash), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_good_for_ten_minutes_and_the_session_for_eight_hours()
    {
        var (late, early) = (await Ticket(yunlan.Safety), await Ticket(yunlan.Transport));

        yunlan.Office.Time.Set("2026-11-20 10:09");
        var session = await Enter(early);
        yunlan.Office.Time.Set("2026-11-20 10:10");
        await Refused(() => Enter(late));
        yunlan.Office.Time.Set("2026-11-20 18:08");
        await Visitor(session);
        yunlan.Office.Time.Set("2026-11-20 18:09");
        await Refused(() => Visitor(session));
    }

    [Fact]
    public async Task A_newer_link_voids_the_one_before_but_not_that_of_somebody_else()
    {
        var (first, other, second) = (await Ticket(yunlan.Safety), await Ticket(yunlan.Transport), await Ticket(yunlan.Safety));

        await Refused(() => Enter(first));
        Assert.Equal("I05", (await Visitor(await Enter(second))).PersonId);
        Assert.Equal("I23", (await Visitor(await Enter(other))).PersonId);
    }

    [Fact]
    public async Task Another_persons_ticket_ends_the_session_that_the_browser_had()
    {
        var mine = await Enter(await Ticket(yunlan.Safety));
        var theirs = await Enter(await Ticket(yunlan.Transport), mine);

        await Refused(() => Visitor(mine));
        Assert.Equal("I23", (await Visitor(theirs)).PersonId);
    }

    [Fact]
    public async Task It_ends_at_once_when_the_person_leaves_or_has_another_role_and_comes_not_back_by_itself()
    {
        var (session, ticket) = (await Enter(await Ticket(yunlan.Safety)), await Ticket(yunlan.Safety));
        var leader = await Enter(await Ticket(yunlan.TransportLeader));

        await yunlan.Office.Send(new StopAccess(Actor.Service, yunlan.Safety.Address, yunlan.Office.Time.GetUtcNow().UtcDateTime, AccessEnd.ForNow));
        yunlan.Office.Use(db =>
        {
            db.Remove(db.People.Single(person => person.Id == "L-U09"));
            db.SaveChanges();
            db.Add(new Person("L-U09", "柳怀谷", ActorRole.UnitLeader, "U02"));
            return db.SaveChanges();
        });

        await Refused(() => Visitor(session));
        await Refused(() => Enter(ticket));
        await Refused(() => Visitor(leader));
    }

    [Fact]
    public async Task Signing_out_ends_it()
    {
        var session = await Enter(await Ticket(yunlan.Safety));

        Assert.True((await yunlan.Office.Send(new LeaveWorkbench(Actor.Service, session))).WasIn);
        Assert.False((await yunlan.Office.Send(new LeaveWorkbench(Actor.Service, session))).WasIn);
        await Refused(() => Visitor(session));
    }

    [Fact]
    public async Task Nothing_that_is_guessed_lets_anybody_in_and_no_enterprise_gets_a_ticket()
    {
        var ticket = await Ticket(yunlan.Safety);
        var hash = yunlan.Office.Use(db => db.WorkbenchTickets.Single().Hash);

        foreach (var guess in new[] { "", "x", hash, ticket[..^1], LinkSecret.New(), ticket.ToUpperInvariant() })
        {
            await Refused(() => Enter(guess));
            await Refused(() => Visitor(guess));
        }

        await Refused(() => yunlan.Office.Send(new IssueWorkbenchTicket(yunlan.Qinghe)));
        await Enter(ticket);
    }

    public void Dispose() => yunlan.Dispose();

    private async Task<string> Ticket(Actor by) => (await yunlan.Office.Send(new IssueWorkbenchTicket(by))).Ticket;

    private async Task<string> Enter(string ticket, string? former = null) => (await yunlan.Office.Send(new EnterWorkbench(Actor.Service, ticket, former))).Session;

    private Task<Actor> Visitor(string session) => yunlan.Office.Send(new WorkbenchVisitor(Actor.Service, session));

    private static async Task Refused<T>(Func<Task<T>> tried) => await Assert.ThrowsAsync<RuleBrokenException>(tried);
}
