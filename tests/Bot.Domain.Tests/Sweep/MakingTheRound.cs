using Bot.Domain.Calendar;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Sweep;
using Bot.Testing;

namespace Bot.Domain.Tests.Sweep;

/// <summary>The daily round: everybody is told once, and what another platform's file says is taken for done.</summary>
public sealed class MakingTheRound : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-20 08:00");

    [Fact]
    public async Task A_round_made_again_finds_nothing() // D15
    {
        yunlan.Inspection("T120", but: facts => facts with { ScheduledOn = new DateOnly(2026, 12, 3) });
        yunlan.Inspection("T130", but: facts => facts with { ScheduledOn = new DateOnly(2026, 12, 18), RegisteredOn = new DateOnly(2026, 12, 15) });

        Assert.True(await yunlan.Office.Round() > 0);
        var told = Notices();

        Assert.Equal(0, await yunlan.Office.Round());
        Assert.Equal(told, Notices());
    }

    [Fact]
    public async Task A_file_that_moves_a_task_to_another_quiet_day_is_told_anew() // J13
    {
        var task = yunlan.Inspection("T120", but: facts => facts with { ScheduledOn = new DateOnly(2026, 12, 3) });
        await yunlan.Office.Round();

        Change(task.Id, facts => facts with { ScheduledOn = new DateOnly(2026, 12, 8) });
        await yunlan.Office.Round();
        Change(task.Id, facts => facts with { ScheduledOn = new DateOnly(2026, 12, 17) });
        await yunlan.Office.Round();

        Assert.Equal(["I05", "I05", "I06", "I06", "LI-U02", "LI-U02"], yunlan.Told("N4"));
    }

    [Fact]
    public async Task A_missing_preview_is_asked_for_once_after_approval_and_once_on_the_last_day() // J16
    {
        yunlan.Inspection("T132", previewed: false);

        foreach (var day in new[] { "2026-11-20", "2026-11-23", "2026-12-14", "2026-12-15", "2026-12-16" })
        {
            yunlan.Office.Time.Set($"{day} 08:00");
            await yunlan.Office.Round();
        }

        Assert.Equal(["I05", "I05", "I06", "I06"], yunlan.Told("N72"));
        Assert.Contains("最迟12月15日（周二）", yunlan.Notice("N72", "I05"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_goes_to_an_enterprise_today_is_told_to_scan() // J30
    {
        yunlan.Inspection("T101");

        yunlan.Office.Time.Set("2026-12-17 08:00");
        await yunlan.Office.Round();
        Assert.Empty(yunlan.Told("N79"));
        yunlan.Office.Time.Set("2026-12-18 08:00");
        await yunlan.Office.Round();

        Assert.Equal(["I05", "I06"], yunlan.Told("N79"));
    }

    [Fact]
    public async Task A_unit_without_a_liaison_is_told_to_name_one() // J24
    {
        await yunlan.Office.Round();

        Assert.Contains("S1", yunlan.Told("N84"));
        Assert.DoesNotContain(yunlan.Office.Use(db => db.RaisedMatters.Where(m => m.Kind == MatterKind.LiaisonMissing).Select(m => m.SubjectId).ToList()), unit => unit == "U02");
    }

    [Theory]
    [InlineData("2026-11-23", true)]
    [InlineData("2026-11-22", false)]
    public async Task The_bureau_hears_on_working_mornings_how_much_needs_its_eye(string day, bool told) // J03
    {
        yunlan.Inspection("T305", but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 10), ScannedInAt = new DateTime(2026, 11, 10, 2, 0, 0, DateTimeKind.Utc), CompletedOn = new DateOnly(2026, 11, 10) });
        await yunlan.Office.Round();

        yunlan.Office.Time.Set($"{day} 08:00");
        await yunlan.Office.Round();
        await yunlan.Office.Round();

        Assert.Equal(told ? 1 : 0, yunlan.Office.Use(db => db.Notices.Count(n => n.Kind == "N88" && n.Key.Contains(day.Replace("-", "", StringComparison.Ordinal)) && n.PersonId == "S1")));
    }

    [Fact]
    public async Task A_result_that_comes_by_file_meets_its_limit_on_the_day_it_names() // J04, J37
    {
        var task = yunlan.Inspection("T305", but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 16), ScannedInAt = new DateTime(2026, 11, 16, 2, 0, 0, DateTimeKind.Utc), CompletedOn = new DateOnly(2026, 11, 16) });
        await yunlan.Office.Round();
        Assert.True(Deadline("task.result:T305").IsOpen);

        yunlan.Office.Time.Set("2026-11-24 08:00");
        Change(task.Id, facts => facts with { Result = "未发现问题", ResultEnteredOn = new DateOnly(2026, 11, 18) });
        await yunlan.Office.Round();

        var met = Deadline("task.result:T305");
        Assert.True(met.OnTime(ChinaClock.ToChinaDate(met.MetAt!.Value)));
        Assert.True(Deadline("task.publication:T305").IsOpen);
    }

    [Fact]
    public async Task An_enterprise_visited_too_often_is_told_of_once_and_again_when_the_count_has_doubled() // S33
    {
        for (var i = 0; i < 13; i++)
        {
            var on = new DateOnly(2026, 1, 20).AddDays(i * 20);
            yunlan.Inspection($"V{i:00}", but: facts => facts with { ScheduledOn = on, ScannedInAt = on.ToDateTime(new TimeOnly(2, 0), DateTimeKind.Utc), CompletedOn = on, Result = "未发现问题", ResultEnteredOn = on, PublishedOn = on });
            if (i is 5 or 8 or 11 or 12)
                await yunlan.Office.Round();
        }

        Assert.Equal(2, yunlan.Office.Use(db => db.RaisedMatters.Count(m => m.Kind == MatterKind.HighFrequencyEnterprise)));
    }

    public void Dispose() => yunlan.Dispose();

    private int Notices() => yunlan.Office.Use(db => db.Notices.Count());

    private Deadline Deadline(string id) => yunlan.Office.Use(db => db.Deadlines.Single(d => d.Id == id));

    /// <summary>As another platform's next file says it.</summary>
    private void Change(string taskId, Func<TaskFacts, TaskFacts> but) => yunlan.Office.Use(db =>
    {
        var task = db.Tasks.Single(t => t.Id == taskId);
        task.TakeOver(but(new TaskFacts(task.Id, task.Type, task.UnitId, task.EnterpriseId, task.ScheduledOn, task.RegisteredOn)
        {
            ItemIds = task.ItemIds,
            InspectorIds = task.InspectorIds,
            ApprovedOn = task.ApprovedOn,
            ApprovedBy = task.ApprovedBy,
            PreviewSentOn = task.PreviewSentOn,
        }));
        return db.SaveChanges();
    });
}
