using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Deadlines;

/// <summary>J18, N7, N8: reminders half-way and on the due morning, then the ladder of people, each told once.</summary>
public sealed class RemindingAndEscalating : IDisposable
{
    private readonly Office office = new("2026-02-13 16:00");

    public RemindingAndEscalating()
    {
        office.Person("I1", "经办", ActorRole.Inspector, "U1");
        office.Person("LI1", "联络", ActorRole.UnitLiaison, "U1");
        office.Person("L1", "负责", ActorRole.UnitLeader, "U1");
        office.Person("L2", "别的单位", ActorRole.UnitLeader, "U2");
        office.Person("S1", "监督", ActorRole.Supervisor);
    }

    [Fact]
    public async Task Across_the_Spring_Festival_each_step_comes_on_its_working_morning_and_once()
    {
        await Open();

        Assert.Equal([], await SweepAt("2026-02-14 08:29"));
        Assert.Equal(["I1 N7"], await SweepAt("2026-02-14 08:30"));
        Assert.Equal([], await SweepAt("2026-02-20 08:30"));
        Assert.Equal(["I1 N7b"], await SweepAt("2026-02-24 08:30"));
        Assert.Equal([], await SweepAt("2026-02-24 23:59"));
        Assert.Equal(["I1 N8", "LI1 N8"], await SweepAt("2026-02-25 08:30"));
        Assert.Equal(["L1 N8"], await SweepAt("2026-02-26 08:30"));
        Assert.Equal(["S1 N8"], await SweepAt("2026-02-27 08:30"));
        Assert.Equal([], await SweepAt("2026-03-30 08:30"));
    }

    [Fact]
    public async Task After_a_standstill_stale_reminders_are_left_out_but_nobody_on_the_ladder_is()
    {
        await Open();

        Assert.Equal(["I1 N8", "L1 N8", "LI1 N8", "S1 N8"], await SweepAt("2026-02-27 09:00"));
    }

    [Fact]
    public async Task A_met_deadline_says_nothing_more()
    {
        await Open();
        office.Use(db =>
        {
            db.Deadlines.Single().Meet(office.Time.GetUtcNow().UtcDateTime);
            return db.SaveChanges();
        });

        Assert.Equal([], await SweepAt("2026-02-25 08:30"));
    }

    [Fact]
    public async Task Sweeping_twice_writes_nothing_twice()
    {
        await Open();
        await SweepAt("2026-02-25 08:30");

        Assert.Equal([], await SweepAt("2026-02-25 08:30"));
    }

    [Fact]
    public async Task A_step_that_moved_since_it_was_scheduled_waits_for_its_new_morning()
    {
        await Open();
        await SweepAt("2026-02-24 08:30");

        // An invented notice that makes the days after the due day days off.
        var year = new HolidayYear(2026, "示例", "示例", null, [new Holiday("春节", [.. Enumerable.Range(25, 3).Select(day => new DateOnly(2026, 2, day))], [])]);
        office.Calendars.Replace(office.Calendars.Current.With(year));

        Assert.Equal([], await SweepAt("2026-02-25 08:30"));
        Assert.Equal(0, (await office.Send(new TakeDueSteps(Actor.Service))).Count);
        Assert.Equal(["I1 N8", "LI1 N8"], await SweepAt("2026-03-02 08:30"));
    }

    [Fact]
    public async Task What_settles_one_limit_of_a_case_takes_back_its_own_reminders_only()
    {
        using (var scope = office.Services.CreateScope())
        {
            var deadlines = scope.ServiceProvider.GetRequiredService<DeadlineBook>();
            deadlines.Open("complaint.contact", office.Rules.GuidanceReply, "K26-1", "投诉首次联系", null, "S1");
            deadlines.Open("complaint.reply", office.Rules.GuidanceReply, "K26-1", "投诉答复", null, "S1");
            await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
        }

        await SweepAt("2026-02-24 09:00");
        using (var scope = office.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<DeadlineBook>().Drop("complaint.contact", "K26-1", TestContext.Current.CancellationToken);
            await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
        }

        var owed = office.Use(db => db.Notices.AsEnumerable().ToLookup(n => n.Text.Contains("答复", StringComparison.Ordinal), n => n.State));
        Assert.All(owed[true], state => Assert.Equal(NoticeState.Owed, state));
        Assert.All(owed[false], state => Assert.Equal(NoticeState.Withdrawn, state));
        Assert.NotEmpty(owed[true]);
        Assert.NotEmpty(owed[false]);
    }

    [Fact]
    public async Task Two_reminders_of_one_morning_are_one()
    {
        using (var scope = office.Services.CreateScope())
        {
            scope.ServiceProvider.GetRequiredService<DeadlineBook>().Open("complaint.reply", office.Rules.ComplaintReply, "K26-1", "投诉答复", null, "S1");
            await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
        }

        var told = new List<string>();
        foreach (var morning in new[] { "2026-02-14", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27" })
            told.AddRange(await SweepAt($"{morning} 08:30"));

        Assert.Equal(["S1 N7", "S1 N7b"], told);
    }

    public void Dispose() => office.Dispose();

    private async Task Open()
    {
        using var scope = office.Services.CreateScope();
        var due = scope.ServiceProvider.GetRequiredService<DeadlineBook>()
            .Open("guidance.reply", office.Rules.GuidanceReply, "G26-1", "指导申请 云指〔2026〕1号", "U1", "I1");
        await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
        Assert.Equal(new DateOnly(2026, 2, 24), due.On);
    }

    private async Task<IEnumerable<string>> SweepAt(string time)
    {
        var before = office.Use(db => db.Notices.Select(n => n.Key).ToHashSet());
        office.Time.Set(time);
        await office.Send(new TakeDueSteps(Actor.Service));
        return office.Use(db => db.Notices.AsEnumerable().Where(n => !before.Contains(n.Key)).OrderBy(n => n.PersonId, StringComparer.Ordinal).Select(n => $"{n.PersonId} {n.Kind}").ToList());
    }
}
