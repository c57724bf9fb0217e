using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Demo;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Door;
using Bot.Domain.Guidance;
using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Domain.Notices;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Import;
using Bot.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Demo;

/// <summary>
/// The year 2026 of the invented district, day by day through the real sweep and outbox: plans and tasks come by file on their day, people act or
/// stay silent by a seed.
/// </summary>
public sealed class AYearInTheDistrict : IAsyncDisposable
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Last = new(2026, 12, 31);

    private readonly Random chance;
    private readonly int seed;
    private readonly string folder = Directory.CreateTempSubdirectory("bot-year-").FullName;
    private readonly SortedDictionary<string, int> acts = new(StringComparer.Ordinal);
    private DemoBot demo = null!;

    public AYearInTheDistrict()
    {
        seed = int.TryParse(Environment.GetEnvironmentVariable("BOT_TEST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 2026;
        chance = new Random(seed);
    }

    [Fact]
    public async Task Every_limit_is_met_or_escalated_once_and_nobody_is_disturbed_at_night_or_on_a_day_off()
    {
        demo = await DemoBot.Start();
        await demo.MoveTo("2026-01-01T07:00:00+08:00");
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            await Files(day);
            await Move(day, 12);
            if (Calendar.IsWorkingDay(day))
                await People(day);
            await Move(day, 23);
        }

        var notices = demo.Look(db => db.Notices.AsNoTracking().ToList());
        Report(notices);
        Considerate(notices);
        MetOrEscalated(notices);
    }

    public async ValueTask DisposeAsync()
    {
        await demo.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private WorkingCalendar Calendar => demo.Running.Services.GetRequiredService<CalendarBook>().Current;

    private RulePack Rules => demo.Running.Services.GetRequiredService<RulePack>();

    private Task Move(DateOnly day, int hour) => demo.Running.Services.GetRequiredService<DemoTime>().MoveTo(ChinaClock.ToUtc(day, new TimeOnly(hour, 0)), Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The plans uploaded and the tasks registered on this day, in a file as the other platform sends it.</summary>
    private async Task Files(DateOnly day)
    {
        await File("plans", "uploadedOn", day, plan => plan);
        await File("tasks", "registeredOn", day, task =>
        {
            string[] known = ["id", "type", "unit", "enterprise", "scheduledOn", "halfDay", "registeredOn", "plan", "trigger", "section", "items", "inspectors", "sourceNumber"];
            return new JsonObject(task.Where(field => known.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        });
    }

    private async Task File(string kind, string on, DateOnly day, Func<JsonObject, JsonObject> but)
    {
        var all = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(Testing.Manifests.Path("demo", $"{kind}.json"), Token))!["records"]!.AsArray();
        var records = all.Select(record => record!.AsObject()).Where(record => (string?)record[on] == day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Select(but).Select(record => record.DeepClone()).ToArray();
        if (records.Length == 0 || demo.Look(db => db.Tasks.Any(t => t.Id == (string?)records[0]["id"]) || db.Plans.Any(p => p.Id == (string?)records[0]["id"])))
            return;
        var path = Path.Combine(folder, $"{kind}.json");
        await System.IO.File.WriteAllTextAsync(path, new JsonObject { ["records"] = new JsonArray(records) }.ToJsonString(), Token);
        var imported = await Importing.Take(demo.Running.Services.GetRequiredService<Transactions>(), path, Kind.Named(kind)!, dryRun: false, Token);
        Assert.Empty(imported.Bad);
    }

    /// <summary>Who has something to do today does it, or lets it lie.</summary>
    private async Task People(DateOnly today)
    {
        foreach (var task in demo.Look(db => db.Tasks.AsNoTracking().ToList()).Where(task => task.Stage < InspectionStage.Published))
        {
            var inspector = task.InspectorIds[0];
            switch (task.Stage)
            {
                case InspectionStage.Registered when task.Ground != InspectionGround.Urgent:
                    await Act(0.8, inspector, by => new SubmitTask(by, task.Id));
                    break;
                case InspectionStage.Submitted:
                    await Act(0.6, $"L-{task.UnitId}", by => new ApproveTask(by, task.Id, "同意，已核对必要性"));
                    break;
                case InspectionStage.Approved or InspectionStage.Previewed when task.ScheduledOn == today:
                    if (chance.NextDouble() < 0.8)
                        await Act(1, inspector, by => new ScanIn(by, task.Id));
                    else
                        await Act(0.5, inspector, by => new RecordNoScan(by, task.Id, NoScanReason.Refused, "REC-1"));
                    break;
                case InspectionStage.UnderWay or InspectionStage.Finished:
                    await Act(0.3, inspector, by => new EnterResult(by, task.Id, ResultKind.NothingFound, []));
                    break;
                case InspectionStage.Reported:
                    await Act(0.06, inspector, by => new PublishResult(by, task.Id));
                    break;
            }
        }

        foreach (var prompt in demo.Look(db => db.MergePrompts.AsNoTracking().Include(p => p.Parties).Where(p => p.State == MergeState.Open).ToList()))
        {
            foreach (var party in prompt.Parties.Where(party => party.Answer == MergeAnswer.Awaited))
                await Act(0.35, $"LI-{party.UnitId}", by => new AgreeToMerge(by, prompt.Id, prompt.Scope == MergeScope.SameUnit ? demo.Look(db => db.Tasks.Single(t => t.Id == prompt.TaskIds[0]).Section) : null));
        }

        if (chance.NextDouble() < 0.2)
            await Act(1, "C001", by => new RequestGuidance(by with { EnterpriseId = "E001" }, "U02", "有限空间作业审批单怎么填"));
        foreach (var request in demo.Look(db => db.Deadlines.AsNoTracking().Where(d => d.Kind == "guidance.reply" && d.MetAt == null && d.DroppedAt == null).ToList()))
            await Act(0.3, request.HandlerIds[0], by => new AnswerGuidance(by, request.SubjectId, "按现行样式填写，由作业负责人签字。"));
    }

    private async Task Act<T>(double likely, string personId, Func<Actor, IRequest<T>> command)
    {
        if (chance.NextDouble() >= likely)
            return;
        var person = demo.Look(db => db.People.AsNoTracking().Single(p => p.Id == personId));
        var given = command(new Actor(person.Id, person.Role, person.Name, new Address("web", person.Id), null, person.UnitId));
        var outcome = "done";
        try
        {
            await demo.Running.Services.GetRequiredService<Transactions>().Run("year", (work, token) => work.Services.GetRequiredService<IMediator>().Send(given, token), Token);
        }
        catch (RuleBrokenException refused)
        {
            outcome = $"refused {refused.Rule.Clause}";
        }

        var name = $"{given.GetType().Name} {outcome}";
        acts[name] = acts.GetValueOrDefault(name) + 1;
    }

    private void Report(List<Notice> notices)
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"seed {seed}");
        output.WriteLine($"notices by kind: {string.Join(' ', notices.GroupBy(n => n.Kind).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => $"{same.Key}={same.Count()}"))}");
        output.WriteLine($"notices by state: {string.Join(' ', notices.GroupBy(n => n.State).Select(same => $"{same.Key}={same.Count()}"))}");
        output.WriteLine($"matters: {string.Join(' ', demo.Look(db => db.RaisedMatters.AsNoTracking().ToList()).GroupBy(m => m.Kind).Select(same => $"{same.Key}={same.Count()}"))}");
        output.WriteLine($"deadlines: {string.Join(' ', demo.Look(db => db.Deadlines.AsNoTracking().ToList()).GroupBy(d => d.Kind).Select(same => $"{same.Key}={same.Count()} (met {same.Count(d => d.MetAt is not null)}, dropped {same.Count(d => d.DroppedAt is not null)})"))}");
        output.WriteLine($"acts: {string.Join("; ", acts.Select(act => $"{act.Key}={act.Value}"))}");
        Assert.True(acts.GetValueOrDefault("PublishResult done") > 10);
    }

    private void Considerate(List<Notice> notices)
    {
        var officials = demo.Look(db => db.People.AsNoTracking().ToList()).Where(person => person.Role.IsOfficial()).Select(person => person.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var notice in notices.Where(n => n.SentAt is not null && !n.Urgent))
        {
            var at = ChinaClock.ToChina(notice.SentAt!.Value);
            Assert.False(Rules.NightRest.Covers(at), $"{notice.Key} was sent at {at}");
            Assert.False(officials.Contains(notice.PersonId) && !Calendar.IsWorkingDay(DateOnly.FromDateTime(at)), $"{notice.Key} was sent on {at}, a day off");
        }
    }

    /// <summary>Each step of escalation that came before the thing was done is told to each person once, and none without need.</summary>
    private void MetOrEscalated(List<Notice> notices)
    {
        var escalations = notices.Where(n => n.Kind is "N8" or "N8c").ToLookup(n => n.Key[..n.Key.LastIndexOf(':')], StringComparer.Ordinal);
        var end = ChinaClock.ToUtc(Last, new TimeOnly(23, 0));
        var (met, escalated) = (0, 0);
        foreach (var deadline in demo.Look(db => db.Deadlines.AsNoTracking().ToList()))
        {
            var closed = deadline.MetAt ?? deadline.DroppedAt ?? end;
            var steps = ReminderPlan.Of(deadline, Rules, Calendar);
            for (var i = 0; i < steps.Count; i++)
            {
                if (steps[i].Step.When != ReminderMoment.Overdue)
                    continue;
                var told = escalations[FormattableString.Invariant($"{deadline.Id}:{deadline.DueOn:yyyyMMdd}:{i}")].Select(n => n.PersonId).ToList();
                Assert.Equal(told.Distinct().Count(), told.Count);
                if (steps[i].At < closed)
                    Assert.True(told.Count > 0, $"{deadline.Id} was not escalated at step {i}");
                escalated += told.Count > 0 ? 1 : 0;
            }

            met += deadline.MetAt is { } at && deadline.OnTime(ChinaClock.ToChinaDate(at)) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"met in time {met}, steps of escalation {escalated}");
        Assert.True(met > 50 && escalated > 10);
    }
}
