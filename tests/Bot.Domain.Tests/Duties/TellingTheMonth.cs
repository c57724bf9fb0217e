using Bot.Domain.Commands;
using Bot.Domain.Duties;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Bot.Domain.Sweep;
using Bot.Testing;
using static Bot.Testing.YearOfPlans;

namespace Bot.Domain.Tests.Duties;

/// <summary>J02: four duties, four figures, once a month, each with its list; what quiet days kept off is really counted.</summary>
public sealed class TellingTheMonth : IDisposable
{
    private static readonly DateOnly March = new(2026, 3, 1);

    private readonly Yunlan yunlan = new Yunlan("2026-03-16 10:00").WithPlans();
    private readonly Actor leader;

    public TellingTheMonth() => leader = yunlan.Office.Person("L-U01", "苏明远", ActorRole.UnitLeader, "U01");

    [Fact]
    public async Task J02_the_leader_of_U01_gets_four_figures_each_with_the_words_that_open_its_list()
    {
        AMarchOfU01();

        yunlan.Office.Time.Set("2026-04-01 08:00");
        await yunlan.Office.TellDuties();

        Assert.Equal(
            """
            云澜区市场监督管理局2026年3月四项情况：
            扫码入企：应扫3次，已扫2次（应扫清单 2026-03）
            安静日：拦截1次（拦截清单 2026-03）
            分级分类：降频1件（降频清单 2026-03）
            综合查一次：并办3件（并办清单 2026-03）
            回复括号里的词可以打开对应的任务清单。
            """.ReplaceLineEndings("\n"),
            yunlan.Notice("N54", "L-U01"));
        Assert.Equal(["应扫清单 2026-03", "拦截清单 2026-03", "降频清单 2026-03", "并办清单 2026-03"], yunlan.Office.Use(db => db.Notices.Single(n => n.Kind == "N54" && n.PersonId == "L-U01").Actions));
        Assert.Equal(["T1", "T2", "T3"], await List(Duty.Scan));
        Assert.Equal([null], await List(Duty.QuietDays));
        Assert.Equal(["T5"], await List(Duty.LessOften));
        Assert.Equal(["T3", "T6", "T8"], await List(Duty.Together));
    }

    [Fact]
    public async Task J02_another_units_figures_and_another_months_are_its_own()
    {
        AMarchOfU01();

        Assert.Equal(new FourFigures(3, 2, 1, 1, 3), await yunlan.Office.Send(new FiguresOfMonth(leader, March)));
        Assert.Equal(new FourFigures(1, 0, 0, 0, 0), await yunlan.Office.Send(new FiguresOfMonth(leader, March.AddMonths(1))));
        Assert.Equal(new FourFigures(1, 0, 0, 0, 2), await yunlan.Office.Send(new FiguresOfMonth(yunlan.SafetyLeader, March)));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new FiguresOfMonth(yunlan.Qinghe, March)));
    }

    [Theory]
    [InlineData("2026-11-01", "2026-11-02")] // a Sunday before
    [InlineData("2026-10-07", "2026-10-08")] // after National Day
    [InlineData("2026-01-03", "2026-01-04")] // the make-up Sunday after New Year
    [InlineData("2026-05-05", "2026-05-06")] // after Labour Day
    public async Task J02_it_goes_out_on_the_first_working_day_and_once(string before, string first)
    {
        yunlan.Office.Time.Set($"{before} 08:00");
        await yunlan.Office.TellDuties();
        Assert.Empty(yunlan.Told("N54"));

        yunlan.Office.Time.Set($"{first} 08:00");
        await yunlan.Office.TellDuties();
        await yunlan.Office.TellDuties();
        yunlan.Office.Time.Set(FormattableString.Invariant($"{DateOnly.Parse(first, null).AddDays(1):yyyy-MM-dd} 08:00"));
        await yunlan.Office.TellDuties();

        Assert.Equal(["L-U01", "L-U02", "L-U09"], yunlan.Told("N54"));
    }

    [Fact]
    public async Task J02_a_missed_morning_is_made_up_for_but_a_service_that_just_began_tells_nothing()
    {
        yunlan.Office.Time.Set("2026-11-22 08:00");
        await yunlan.Office.TellDuties();
        Assert.Empty(yunlan.Told("N54"));

        yunlan.Office.Time.Set("2026-12-01 08:00");
        await yunlan.Office.TellDuties();
        yunlan.Office.Time.Set("2027-01-06 08:00");
        await yunlan.Office.TellDuties();

        Assert.Equal(2, yunlan.Office.Use(db => db.RaisedMatters.Count(m => m.Kind == MatterKind.DutiesOfMonth)));
    }

    [Fact]
    public async Task J13_every_refusal_because_of_a_quiet_day_is_in_the_book_once_a_day()
    {
        yunlan.Office.Time.Set("2026-11-22 10:00");
        await Refused(new RegisterTask(yunlan.Safety, Draft("2026-12-03")));
        await Refused(new RegisterTask(yunlan.Safety, Draft("2026-12-03")));
        await yunlan.Office.Send(new NoteQuietDayRefusal(yunlan.SafetyColleague, "E001", new DateOnly(2026, 12, 3), InspectionType.Daily, InspectionGround.Plan, Annual));
        Assert.Equal(["U02:E001:20261203:20261122"], Book());

        await Refused(new RegisterTask(yunlan.Safety, Draft("2026-12-04")));
        yunlan.Office.Time.Set("2026-11-23 10:00");
        await Refused(new RegisterTask(yunlan.Safety, Draft("2026-12-03")));
        Assert.Equal(3, Book().Count);
    }

    [Fact]
    public async Task J13_moving_into_quiet_days_counts_with_the_task_and_what_is_allowed_does_not()
    {
        yunlan.Office.Time.Set("2026-11-22 10:00");
        var id = await yunlan.Submitted(Draft("2026-12-18"));
        Assert.Empty(Book());

        await Refused(new MoveTask(yunlan.Safety, id, new DateOnly(2026, 12, 10), "上午", ""));

        Assert.Equal([id], yunlan.Office.Use(db => db.QuietDayRefusals.Select(r => r.TaskId).ToList()));
        var allowed = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new NoteQuietDayRefusal(yunlan.Safety, "E001", new DateOnly(2026, 12, 16), InspectionType.Daily, InspectionGround.Plan, Annual)));
        Assert.Contains("没有拦截", allowed.Message, StringComparison.Ordinal);
        Assert.Single(Book());
    }

    public void Dispose() => yunlan.Dispose();

    private List<string> Book() => yunlan.Office.Use(db => db.QuietDayRefusals.Select(r => r.Id).Order().ToList());

    private async Task Refused<T>(MediatR.IRequest<T> command) =>
        Assert.Contains("在企业安静日", (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command))).Message, StringComparison.Ordinal);

    private async Task<IEnumerable<string?>> List(Duty duty) => (await yunlan.Office.Send(new DutyList(leader, duty, March))).Select(line => line.TaskId).Order(StringComparer.Ordinal);

    private void AMarchOfU01()
    {
        Visit("T1", "2026-03-17", scanned: true);
        Visit("T2", "2026-03-31", scanned: false);
        Visit("T3", "2026-03-18", scanned: true, joint: "U02");
        Visit("T4", "2026-04-01", scanned: false);
        var leftOut = Task("T5", "2026-03-20");
        leftOut.Exempt("L-U01");
        var merged = Task("T6", "2026-03-24");
        merged.MergeInto("T9");
        Visit("T8", "2026-03-19", scanned: false, unit: "U02", joint: "U01");
        yunlan.Office.Add(leftOut, merged);
        var inspector = yunlan.Office.Person("I01", "丁一然", ActorRole.Inspector, "U01");
        yunlan.Office.Send(new NoteQuietDayRefusal(inspector, "E010", new DateOnly(2026, 4, 3), InspectionType.Daily, InspectionGround.Plan, null)).GetAwaiter().GetResult();
    }

    private void Visit(string id, string on, bool scanned, string unit = "U01", string? joint = null) => yunlan.Office.Add(Task(id, on, unit, facts => facts with
    {
        CompletedOn = DateOnly.Parse(on, null),
        ScannedInAt = scanned ? new HandTime($"{on} 09:30").GetUtcNow().UtcDateTime : null,
        JointUnitIds = joint is null ? [] : [joint],
    }));

    private static InspectionTask Task(string id, string on, string unit = "U01", Func<TaskFacts, TaskFacts>? but = null)
    {
        var facts = new TaskFacts(id, InspectionType.Daily, unit, "E001", DateOnly.Parse(on, null), new DateOnly(2026, 3, 2));
        return new InspectionTask(but?.Invoke(facts) ?? facts);
    }
}
