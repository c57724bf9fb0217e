using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Deadlines;

public sealed class LoadingAHolidayNotice : IDisposable
{
    private readonly Office office = new("2026-12-30 10:00");

    [Fact]
    public async Task Open_deadlines_are_counted_anew_and_both_dates_are_kept()
    {
        office.Person("I1", "经办", ActorRole.Inspector, "U1");
        using (var scope = office.Services.CreateScope())
        {
            var due = scope.ServiceProvider.GetRequiredService<DeadlineBook>()
                .Open("guidance.reply", office.Rules.GuidanceReply, "G26-1", "指导申请 云指〔2026〕1号", "U1", "I1");
            await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
            Assert.True(due.Provisional);
        }

        // An invented notice: New Year's Day with a bridge to 4 January.
        var notice = new HolidayYear(2027, "示例", "示例", null, [new Holiday("元旦", [.. Enumerable.Range(1, 4).Select(day => new DateOnly(2027, 1, day))], [])]);
        office.Calendars.Replace(office.Calendars.Current.With(notice));
        var recounted = await office.Send(new RecountDeadlines(Actor.Service));

        Assert.Equal(1, recounted.Moved);
        var deadline = office.Use(db => db.Deadlines.Single());
        Assert.Equal((new DateOnly(2027, 1, 5), new DateOnly(2027, 1, 4), false), (deadline.DueOn, deadline.FirstDueOn, deadline.Provisional));
        Assert.NotNull(deadline.RecountedAt);
        Assert.Contains("1月4日（周一）调整为1月5日（周二）", office.Use(db => db.Notices.Single().Text), StringComparison.Ordinal);
        Assert.Equal(0, (await office.Send(new RecountDeadlines(Actor.Service))).Moved);
    }

    [Fact]
    public async Task A_later_due_day_is_reminded_of_though_the_old_one_already_was()
    {
        office.Person("I1", "经办", ActorRole.Inspector, "U1");
        using (var scope = office.Services.CreateScope())
        {
            scope.ServiceProvider.GetRequiredService<DeadlineBook>().Open("guidance.reply", office.Rules.GuidanceReply, "G26-1", "指导申请", "U1", "I1");
            await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
        }

        office.Time.Set("2027-01-04 09:00");
        await office.Send(new TakeDueSteps(Actor.Service));
        var notice = new HolidayYear(2027, "示例", "示例", null, [new Holiday("元旦", [.. Enumerable.Range(1, 4).Select(day => new DateOnly(2027, 1, day))], [])]);
        office.Calendars.Replace(office.Calendars.Current.With(notice));
        await office.Send(new RecountDeadlines(Actor.Service));
        office.Time.Set("2027-01-05 09:00");
        await office.Send(new TakeDueSteps(Actor.Service));

        Assert.Contains(office.Use(db => db.Notices.Select(n => n.Key).ToList()), key => key.StartsWith("guidance.reply:G26-1:20270105", StringComparison.Ordinal));
    }

    public void Dispose() => office.Dispose();
}
