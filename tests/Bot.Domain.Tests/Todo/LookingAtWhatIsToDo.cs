using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.Guidance;
using Bot.Domain.Rules;
using Bot.Domain.Todo;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Todo;

/// <summary>C18: what an official has to do, why it is late, when to be reminded.</summary>
public sealed class LookingAtWhatIsToDo : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-16 09:00");

    [Fact]
    public async Task Everyone_sees_their_own_and_liaisons_leaders_and_the_bureau_more()
    {
        await Owe("task.result", "T305", "U09", "I23");
        var asked = await yunlan.Office.Send(new RequestGuidance(yunlan.Qinghe, "U02", "？"));
        yunlan.Office.Time.Set("2026-11-22 10:00");

        Assert.Equal(["T305结果"], (await Todo(yunlan.Transport)).Overdue.Select(item => item.Label));
        Assert.Equal(["T305结果"], (await Todo(yunlan.TransportLeader)).Overdue.Select(item => item.Label));
        Assert.Empty((await Todo(yunlan.SafetyColleague)).Overdue);
        Assert.Equal([$"{asked.Id}答复"], (await Todo(yunlan.SafetyLiaison)).Overdue.Select(item => item.Label));
        Assert.Equal(2, (await Todo(yunlan.Bureau)).Overdue.Count);
    }

    [Fact]
    public async Task An_official_of_no_unit_sees_nothing_of_what_belongs_to_no_unit()
    {
        await yunlan.Office.Send(new FileComplaint(yunlan.Qinghe, new ComplaintFacts(ComplaintKind.Other, null, null, "U02", "？"), Anonymous: false));
        var nowhere = yunlan.Office.Person("L-0", "无单位", ActorRole.UnitLeader);
        yunlan.Office.Time.Set("2027-11-22 10:00");

        Assert.Empty((await Todo(nowhere)).Overdue);
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new ExplainDelay(nowhere, yunlan.Office.Use(db => db.Deadlines.First().Id), "？")));
    }

    [Fact]
    public async Task Days_are_told_apart_and_overdue_is_counted_in_working_days()
    {
        await Owe("task.result", "T305", "U09", "I23");

        yunlan.Office.Time.Set("2026-11-18 10:00");
        Assert.Single((await Todo(yunlan.Transport)).DueTomorrow);
        yunlan.Office.Time.Set("2026-11-19 23:59");
        Assert.Single((await Todo(yunlan.Transport)).DueToday);
        yunlan.Office.Time.Set("2026-11-22 10:00");
        Assert.Equal(1, (await Todo(yunlan.Transport)).Overdue.Single().OverdueBy);
    }

    [Fact]
    public async Task A_reason_stays_beside_the_delay_and_brings_one_reminder_on_the_next_working_morning()
    {
        await Owe("task.result", "T305", "U09", "I23");
        await Assert.ThrowsAsync<RuleBrokenException>(() => Explain(yunlan.Transport));
        yunlan.Office.Time.Set("2026-11-22 10:00");

        var explained = await Explain(yunlan.Transport);
        await Explain(yunlan.Transport);

        Assert.Equal((1, new DateOnly(2026, 11, 23), new TimeOnly(8, 30)), (explained.OverdueBy, explained.RemindOn, explained.RemindAt));
        Assert.Equal("企业停电没法核对", (await Todo(yunlan.Transport)).Overdue.Single().DelayReason);
        Assert.Equal(["I23"], yunlan.Told("N8b"));
        Assert.Equal(new DateTime(2026, 11, 23, 0, 30, 0, DateTimeKind.Utc), yunlan.Office.Use(db => db.Notices.Single(n => n.Kind == "N8b").NextAttemptAt));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Explain(yunlan.Safety));
    }

    [Fact]
    public async Task The_time_of_reminders_may_be_chosen_outside_the_night()
    {
        await yunlan.Office.Send(new RemindMeAt(yunlan.Transport, new TimeOnly(9, 30)));
        await yunlan.Office.Send(new RemindMeAt(yunlan.Transport, new TimeOnly(9, 45)));

        Assert.Equal(new TimeOnly(9, 45), (await Todo(yunlan.Transport)).RemindAt);
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new RemindMeAt(yunlan.Transport, new TimeOnly(23, 0))));
    }

    public void Dispose() => yunlan.Dispose();

    private Task<TodoList> Todo(Actor by) => yunlan.Office.Send(new MyTodo(by));

    private Task<DelayExplained> Explain(Actor by) => yunlan.Office.Send(new ExplainDelay(by, "task.result:T305", "企业停电没法核对"));

    private async Task Owe(string kind, string subject, string unit, string handler)
    {
        using var scope = yunlan.Office.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<DeadlineBook>().Open(kind, yunlan.Office.Rules.ResultEntry, subject, $"检查任务{subject}的结果", unit, handler);
        await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
    }
}
