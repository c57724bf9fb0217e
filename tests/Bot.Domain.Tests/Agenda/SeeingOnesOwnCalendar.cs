using Bot.Domain.Agenda;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.Guidance;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Agenda;

/// <summary>What is in whose calendar (D15, J19), and how changes are told to programs that read it again.</summary>
public sealed class SeeingOnesOwnCalendar : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-22 10:00");

    [Fact]
    public async Task An_inspector_sees_where_they_go_and_nothing_of_others()
    {
        yunlan.Inspection();

        var entry = Assert.Single(await Inspections(yunlan.Safety));

        Assert.Equal(("inspection:T101@yunlan", new DateOnly(2026, 12, 18), new TimeOnly(9, 0), new TimeOnly(12, 0)), (entry.Uid, entry.On, entry.From, entry.To));
        Assert.Contains("青禾", entry.Place, StringComparison.Ordinal);
        Assert.Contains("工贸企业安全生产检查", entry.Details, StringComparison.Ordinal);
        Assert.Contains("何安宁、许如山", entry.Details, StringComparison.Ordinal);
        Assert.Equal(AgendaStanding.Certain, entry.Standing);
        Assert.Empty(await Inspections(yunlan.Ecology));
        Assert.Empty(await Inspections(yunlan.TransportLeader));
    }

    [Fact]
    public async Task A_leader_sees_the_units_inspections_also_where_it_comes_along()
    {
        yunlan.Inspection(but: facts => facts with { JointUnitIds = ["U09"], HalfDay = "" });

        var along = Assert.Single(await Inspections(yunlan.TransportLeader));

        Assert.StartsWith("参加联合检查 T101", along.Title, StringComparison.Ordinal);
        Assert.Null(along.From);
        Assert.StartsWith("联合检查 T101", Assert.Single(await Inspections(yunlan.SafetyLiaison)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_approved_is_tentative()
    {
        yunlan.Inspection(previewed: false, but: facts => facts with { ApprovedOn = null, ApprovedBy = null });

        Assert.Equal(AgendaStanding.Tentative, Assert.Single(await Inspections(yunlan.Safety)).Standing);
    }

    [Fact]
    public async Task An_enterprise_sees_what_was_announced_and_never_a_surprise()
    {
        yunlan.Inspection();
        yunlan.Inspection("T102", previewed: false, waived: true);
        yunlan.Inspection("T103", previewed: true, waived: true);
        yunlan.Inspection("T104", previewed: false);
        yunlan.Inspection("T105", enterprise: "E010");

        var agenda = await Agenda(yunlan.Qinghe);

        Assert.Equal("inspection:T101@yunlan", Assert.Single(agenda).Uid);
        Assert.DoesNotContain(agenda, entry => entry.Kind == AgendaKind.QuietDays);
    }

    [Fact]
    public async Task An_enterprise_sees_its_own_open_cases_without_their_words()
    {
        var asked = await yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U02", "有限空间怎么办"));
        await yunlan.Office.Send(new FileComplaint(yunlan.Qinghe, new ComplaintFacts(ComplaintKind.Other, null, null, "U02", "态度不好"), Anonymous: false));
        await yunlan.Office.Send(new FileComplaint(yunlan.Qinghe, new ComplaintFacts(ComplaintKind.Other, null, null, "U02", "没有署名"), Anonymous: true));

        var cases = await Agenda(yunlan.Qinghe);

        Assert.Equal(2, cases.Count);
        Assert.All(cases, one => Assert.Equal(AgendaKind.Case, one.Kind));
        Assert.Contains(cases, one => one.Uid == $"case:{asked.Id}@yunlan" && one.On == asked.DueOn);
        Assert.DoesNotContain(cases, one => (one.Title + one.Details).Contains("态度", StringComparison.Ordinal) || (one.Title + one.Details).Contains("有限空间", StringComparison.Ordinal));
        Assert.Empty(await Agenda(yunlan.Shiqiaohe));
    }

    [Fact]
    public async Task A_deadline_reminds_at_nine_on_its_day_and_on_the_working_day_before_be_it_a_made_up_Sunday()
    {
        // 2026-09-20 is a Sunday on which offices work; the Saturday before is none.
        yunlan.Office.Time.Set("2026-09-17 10:00");
        await Owe("T305", new DateOnly(2026, 9, 17), 2);

        var entry = Assert.Single(await Deadlines(yunlan.Transport));

        Assert.Equal(new DateOnly(2026, 9, 20), entry.On);
        Assert.Equal([Utc("2026-09-18"), Utc("2026-09-20")], entry.Alarms);
        Assert.Empty(await Deadlines(yunlan.Safety));
        Assert.Empty(await Deadlines(yunlan.Bureau));
        Assert.Single(await Deadlines(yunlan.TransportLeader));
    }

    [Fact]
    public async Task Officials_see_the_quiet_days_as_whole_days()
    {
        var quiet = (await Agenda(yunlan.Bureau)).Where(entry => entry.Kind == AgendaKind.QuietDays).ToList();

        var days = yunlan.Office.Rules.QuietDays!;
        Assert.True(quiet.Count >= 6);
        Assert.All(quiet, entry => Assert.Equal((days.From, days.To, null), (entry.On.Day, entry.LastDay!.Value.Day, entry.From)));
        Assert.Contains(quiet, entry => entry.Uid == "quiet:2026-12@yunlan");
    }

    [Fact]
    public async Task It_reaches_from_a_month_back_to_half_a_year_ahead()
    {
        foreach (var (id, on) in new[] { ("T1", "2026-10-22"), ("T2", "2026-10-23"), ("T3", "2027-05-21"), ("T4", "2027-05-22") })
            yunlan.Inspection(id, but: facts => facts with { ScheduledOn = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture) });

        Assert.Equal(["inspection:T2@yunlan", "inspection:T3@yunlan"], (await Inspections(yunlan.Safety)).Select(entry => entry.Uid));
    }

    [Fact]
    public async Task What_moves_is_a_new_version_and_what_stays_is_none()
    {
        yunlan.Inspection();
        var secret = await Link(yunlan.Safety);
        Assert.False((await Look(secret)).Remembered);
        Assert.Equal(0, Assert.Single(await Published(secret)).Sequence);
        Assert.True((await Look(secret)).Remembered);

        yunlan.Office.Time.Set("2026-11-23 09:00");
        Change(task => task.Move(new DateOnly(2026, 12, 22), "下午"));
        var moved = Assert.Single(await Published(secret));

        Assert.Equal((1, new DateOnly(2026, 12, 22), new TimeOnly(13, 30)), (moved.Sequence, moved.Entry.On, moved.Entry.From!.Value));
        Assert.Equal(new DateTime(2026, 11, 23, 1, 0, 0, DateTimeKind.Utc), moved.ChangedAt);
        yunlan.Office.Time.Set("2026-11-24 09:00");
        Assert.Equal(moved.ChangedAt, Assert.Single(await Published(secret)).ChangedAt);
    }

    [Fact]
    public async Task What_is_called_off_is_told_as_cancelled_for_some_weeks()
    {
        yunlan.Inspection();
        var secret = await Link(yunlan.Safety);
        await Published(secret);

        Change(task => task.Withdraw("企业停产"));
        var cancelled = Assert.Single(await Published(secret));

        Assert.Equal((AgendaStanding.Cancelled, 1), (cancelled.Entry.Standing, cancelled.Sequence));
        yunlan.Office.Time.Set("2026-12-19 10:00");
        Assert.Single(await Published(secret));
        yunlan.Office.Time.Set("2026-12-21 10:00");
        Assert.Empty(await Published(secret));
        Assert.Empty(await Published(await Link(yunlan.SafetyColleague)));
    }

    [Fact]
    public async Task Who_is_taken_off_the_team_sees_it_cancelled()
    {
        yunlan.Inspection();
        var secret = await Link(yunlan.SafetyColleague);
        await Published(secret);

        Change(task => task.Staff(["I05"]));

        Assert.Equal(AgendaStanding.Cancelled, Assert.Single(await Published(secret)).Entry.Standing);
    }

    /// <summary>J19: that it was announced before must not make "cancelled" a lie.</summary>
    [Fact]
    public async Task An_announced_inspection_that_became_a_surprise_is_gone_without_a_word()
    {
        var task = yunlan.Inspection("T103", but: facts => facts with { Type = InspectionType.Special });
        var secret = await Link(yunlan.Qinghe);
        Assert.Single(await Published(secret));

        Change(
            found => found.TakeOver(new TaskFacts(task.Id, InspectionType.Special, "U02", "E001", task.ScheduledOn, task.RegisteredOn) { PreviewWaived = true, ItemIds = ["IT-U02-1"], InspectorIds = ["I05", "I06"] }),
            task.Id);

        Assert.Empty(await Published(secret));
    }

    [Fact]
    public async Task A_new_link_voids_the_old_one_and_an_ended_one_opens_nothing()
    {
        yunlan.Inspection();
        var old = await Link(yunlan.Safety);
        var renewed = await Link(yunlan.Safety);

        await Assert.ThrowsAsync<RuleBrokenException>(() => Look(old));
        await Look(renewed);
        Assert.DoesNotContain(renewed, yunlan.Office.Use(db => db.CalendarLinks.Single(link => link.PersonId == "I05").Hash), StringComparison.Ordinal);
        await yunlan.Office.Send(new EndCalendarLink(yunlan.Safety));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Look(renewed));
        Assert.Equal(0, yunlan.Office.Use(db => db.PublishedEntries.Count()));
    }

    [Fact]
    public async Task It_shuts_at_once_when_the_person_leaves_or_has_another_role()
    {
        var (safety, qinghe, ecology) = (await Link(yunlan.Safety), await Link(yunlan.Qinghe), await Link(yunlan.Ecology));

        await yunlan.Office.Send(new StopAccess(Actor.Service, yunlan.Safety.Address, yunlan.Office.Time.GetUtcNow().UtcDateTime, AccessEnd.ForNow));
        await yunlan.Office.Send(new LeaveChannel(yunlan.Qinghe, []));
        yunlan.Office.Use(db =>
        {
            db.Remove(db.People.Single(person => person.Id == "I09"));
            db.SaveChanges();
            db.Add(new Person("I09", "江雨晴", ActorRole.UnitLiaison, "U03"));
            return db.SaveChanges();
        });

        foreach (var secret in new[] { safety, qinghe, ecology })
            await Assert.ThrowsAsync<RuleBrokenException>(() => Look(secret));
    }

    [Fact]
    public async Task Only_who_has_a_calendar_gets_a_link()
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new MakeCalendarLink(Office.Visitor())));
        Assert.Equal(Permissions.OnlyByRole, broken.Rule);
    }

    public void Dispose() => yunlan.Dispose();

    private static DateTime Utc(string day) => ChinaClock.ToUtc(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(9, 0));

    private async Task<IReadOnlyList<AgendaEntry>> Agenda(Actor by) => (await yunlan.Office.Send(new MyAgenda(by))).Entries;

    private async Task<List<AgendaEntry>> Inspections(Actor by) => [.. (await Agenda(by)).Where(entry => entry.Kind == AgendaKind.Inspection)];

    private async Task<List<AgendaEntry>> Deadlines(Actor by) => [.. (await Agenda(by)).Where(entry => entry.Kind == AgendaKind.Deadline)];

    private async Task<string> Link(Actor by) => (await yunlan.Office.Send(new MakeCalendarLink(by))).Secret;

    private Task<PublishedCalendar> Look(string secret) => yunlan.Office.Send(new CalendarBehindLink(Actor.Service, secret));

    private async Task<List<VersionedEntry>> Published(string secret) =>
        [.. (await yunlan.Office.Send(new PublishCalendar(Actor.Service, secret))).Entries.Where(entry => entry.Entry.Kind == AgendaKind.Inspection)];

    private void Change(Action<InspectionTask> change, string id = "T101") => yunlan.Office.Use(db =>
    {
        change(db.Tasks.Single(task => task.Id == id));
        return db.SaveChanges();
    });

    private async Task Owe(string subject, DateOnly from, int workingDays)
    {
        await using var scope = yunlan.Office.Services.CreateAsyncScope();
        var limit = yunlan.Office.Rules.ResultEntry with { Period = new Period(workingDays, PeriodUnit.WorkingDays) };
        scope.ServiceProvider.GetRequiredService<DeadlineBook>().OpenFrom(from, "task.result", limit, subject, $"任务{subject}结果回填", "U09", ["I23"]);
        await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
    }
}
