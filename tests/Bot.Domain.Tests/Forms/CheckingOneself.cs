using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Forms;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Forms;

/// <summary>S42, D23: heads of units fill in the quarter's self-check, and how far the units are is told openly.</summary>
public sealed class CheckingOneself : IDisposable
{
    private static readonly string[] Duties = ["plan", "quiet", "preview", "scan", "publish", "unqualified"];

    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor first;
    private readonly Actor second;
    private readonly Actor bureau;

    public CheckingOneself()
    {
        office.Add(new Unit("U01", "区市场监督管理局", "district", "市场监管", "0000-86000100"), new Unit("U02", "区应急管理局", "district", "应急管理", "0000-86000200"), new Unit("U99", "市应急管理局", "city", "应急管理", ""));
        first = office.Person("L1", "言知行", ActorRole.UnitLeader, "U01");
        second = office.Person("L2", "秦文漪", ActorRole.UnitLeader, "U02");
        bureau = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Fact]
    public async Task S42_it_is_asked_for_on_the_first_working_day_of_the_last_month_and_reminded_of_once_at_the_quarters_end()
    {
        office.Time.Set("2026-11-30 08:00");
        Assert.Equal(0, (await office.Send(new AskForSelfChecks(Actor.Service))).Units);
        office.Time.Set("2026-12-01 08:00");
        Assert.Equal(2, (await office.Send(new AskForSelfChecks(Actor.Service))).Units);
        Assert.Equal(0, (await office.Send(new AskForSelfChecks(Actor.Service))).Units);
        Assert.Equal(["L1", "L2"], Told("N152"));

        await office.Send(new SubmitSelfCheck(first, Answers()));
        office.Time.Set("2026-12-31 08:29");
        await Sweep();
        Assert.Empty(Told("N7b"));
        office.Time.Set("2026-12-31 08:30");
        await Sweep();
        Assert.Equal(["L2"], Told("N7b"));
        office.Time.Set("2027-01-20 09:00");
        await Sweep();
        Assert.Equal(["L2"], Told("N7b"));
        Assert.Empty(Told("N8"));
    }

    [Fact]
    public async Task A_quarter_that_ends_on_a_day_off_is_due_on_its_last_working_day()
    {
        office.Time.Set("2028-12-01 08:00");

        var progress = await office.Send(new SelfCheckProgress(bureau));

        Assert.Equal(("2028年第四季度", new DateOnly(2028, 12, 29)), (progress.Quarter, progress.Until));
    }

    [Fact]
    public async Task D23_all_units_see_who_has_done_it_and_only_the_bureau_and_the_unit_see_what_was_found()
    {
        await office.Send(new SubmitSelfCheck(first, Answers(found: 3, corrected: 2, denied: "scan")));

        var byBureau = await office.Send(new SelfCheckProgress(bureau));
        Assert.Equal(2, byBureau.Units.Count);
        Assert.Equal((new DateOnly(2026, 11, 22), 3, 2), (byBureau.Units[0].DoneOn, byBureau.Units[0].Found, byBureau.Units[0].Corrected));
        Assert.Equal(["到企检查是否都扫码并出示证件"], byBureau.Units[0].Denied);
        Assert.Null(byBureau.Units[1].DoneOn);
        var byOther = await office.Send(new SelfCheckProgress(second));
        Assert.Equal((new DateOnly(2026, 11, 22), null), (byOther.Units[0].DoneOn, byOther.Units[0].Found));
        Assert.Empty(byOther.Units[0].Denied);
        Assert.Equal(3, (await office.Send(new SelfCheckProgress(first))).Units[0].Found);
    }

    [Fact]
    public async Task Within_the_quarter_it_may_be_filled_in_again_and_more_corrected_than_found_is_refused()
    {
        await office.Send(new SubmitSelfCheck(first, Answers(found: 3, corrected: 1)));
        Assert.True((await office.Send(new SubmitSelfCheck(first, Answers(found: 3, corrected: 3)))).Replaced);
        Assert.Equal(1, office.Use(db => db.FilledForms.Count()));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new SubmitSelfCheck(first, Answers(found: 1, corrected: 2))));

        office.Time.Set("2027-01-04 10:00");
        Assert.False((await office.Send(new SubmitSelfCheck(first, Answers()))).Replaced);
    }

    public void Dispose() => office.Dispose();

    private static FormAnswer[] Answers(int found = 0, int corrected = 0, string? denied = null) =>
    [
        .. Duties.Select(key => new FormAnswer(key, key == denied ? FormQuestion.No : FormQuestion.Yes)),
        new("found", $"{found}"),
        new("corrected", $"{corrected}"),
    ];

    private List<string> Told(string kind) => office.Use(db => db.Notices.Where(n => n.Kind == kind).Select(n => n.PersonId).OrderBy(id => id).ToList());

    private async Task Sweep()
    {
        while ((await office.Send(new TakeDueSteps(Actor.Service))).Count > 0)
        {
        }
    }
}
