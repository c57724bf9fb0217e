using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Demo;
using Bot.Domain.Calendar;
using Bot.Domain.Complaints;
using Bot.Domain.Merging;
using Bot.Domain.Notices;
using Bot.Storage;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Demo;

/// <summary>The invented district after the first start with --demo.</summary>
public sealed class TheDistrict
{
    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task It_is_loaded_once_and_a_second_start_keeps_what_was_done(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        int[] before;
        await using (var first = await DemoBot.Start(database.Location))
        {
            before = Count(first);
            Assert.Equal((12, 61, 19, 65), (before[0], before[1], before[2], before[3]));
            Assert.Equal("云指〔2026〕58号", (await first.AskForGuidance()).Number);
        }

        await using var second = await DemoBot.Start(database.Location);

        Assert.Equal(before, Count(second));
        Assert.Equal(9, second.Look(db => db.GuidanceRequests.Count()));
        Assert.StartsWith("2026-11-22T10:", await second.Clock(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_cases_stand_as_the_answer_key_says_and_nothing_of_the_past_is_still_to_be_told()
    {
        await using var demo = await DemoBot.Start();

        var key = AnswerKey()["cases"]!;
        var due = demo.Look(db => db.Deadlines.AsNoTracking().ToDictionary(deadline => deadline.Id));
        foreach (var (expected, number) in key["guidance"]!.AsArray().Select((g, i) => (g!, 47 + i)))
        {
            var deadline = due[$"guidance.reply:G26-{number}"];
            Assert.Equal((string?)expected["dueOn"], Iso(deadline.DueOn));
            Assert.Equal((string?)expected["statusAtNow"] is "按期答复" or "超期答复", deadline.MetAt is not null);
        }

        foreach (var (expected, number) in key["complaints"]!.AsArray().Select((k, i) => (k!, 41 + i)).Where(pair => pair.Item1["ackDueOn"] is not null))
            Assert.Equal((string?)expected["ackDueOn"], Iso(due[$"complaint.contact:K26-{number}"].DueOn));

        Assert.Equal("云指〔2026〕51号", demo.Look(db => db.GuidanceRequests.Single(request => request.Id == "G26-51").Number));
        Assert.Equal(ComplaintStage.Withdrawn, demo.Look(db => db.Complaints.Single(complaint => complaint.Id == "K26-48").Stage));
        // What the round of the start finds is of today: the clues it tells the bureau of.
        Assert.DoesNotContain(demo.Look(db => db.Notices.ToList()), notice => notice.State != NoticeState.Withdrawn && notice.Kind != "N100");
        Assert.DoesNotContain(due.Values, deadline => deadline.NextStepAt <= ChinaClock.ToUtc(new DateOnly(2026, 11, 22), new TimeOnly(10, 0)));
        Assert.Empty(await demo.Told("L-U09", "云指〔2026〕51号"));
    }

    [Fact]
    public async Task Its_merge_prompts_stand_as_the_answer_key_says_and_matching_finds_no_other_pair()
    {
        await using var demo = await DemoBot.Start();

        var expected = AnswerKey()["expectedAlertsByRule"]!;
        var (prompts, due) = demo.Look(db => (db.MergePrompts.AsNoTracking().ToList(), db.Deadlines.AsNoTracking().Where(deadline => deadline.Kind.StartsWith("merge.")).ToDictionary(deadline => deadline.SubjectId)));
        foreach (var (rule, standing) in new[] { ("mergeOpen", MergeStanding.Open), ("mergeOverdue", MergeStanding.Overdue), ("mergeOnTime", MergeStanding.OnTime), ("mergeLate", MergeStanding.LateHandled) })
        {
            Assert.Equal(
                expected[rule]!.AsArray().Select(id => (string)id!),
                prompts.Where(prompt => MergeStandings.Of(prompt, due[prompt.Id].DueOn, new DateOnly(2026, 11, 22)) == standing).Select(prompt => prompt.Id).Order(StringComparer.Ordinal));
        }

        foreach (var situation in AnswerKey()["expected"]!.AsArray().Where(x => ((string)x!["id"]!).StartsWith("X-M", StringComparison.Ordinal) && x["due"] is not null))
            Assert.Equal((string?)situation!["due"], Iso(due[(string)situation["given"]![0]!].DueOn));
        Assert.Equal(7, prompts.Count);
        Assert.Equal(new DateOnly(2026, 12, 17), prompts.Single(prompt => prompt.Id == "M2").On);
        Assert.Equal((new DateOnly(2026, 11, 24), "T112"), (prompts.Single(prompt => prompt.Id == "M7").On!.Value, prompts.Single(prompt => prompt.Id == "M7").LeadTaskId));
    }

    [Fact]
    public async Task Two_of_its_visits_look_like_inspections_and_its_unlicensed_object_is_inspected_all_the_same()
    {
        await using var demo = await DemoBot.Start();

        // J32–J34: V2 without consent, V5 made a case on the same day.
        Assert.Equal(["V2", "V5"], demo.Look(db => db.Visits.AsEnumerable().Where(visit => visit.Alerts.Count > 0).Select(visit => visit.Id).Order(StringComparer.Ordinal).ToList()));

        // J31: no licence, no credit code, and a record by body camera.
        Assert.Null(demo.Look(db => db.Enterprises.Single(enterprise => enterprise.Id == "X01").CreditCode));
        Assert.Equal("REC-1104", demo.Look(db => db.Tasks.Single(task => task.Id == "T304").RecorderNumber));
    }

    [Fact]
    public async Task Units_have_somebody_at_the_guidance_desk_and_items_have_standards_in_plain_words()
    {
        await using var demo = await DemoBot.Start();

        Assert.All(demo.Look(db => db.Units.ToList()), unit => Assert.NotNull(unit.GuidanceDeskPersonId));
        Assert.Equal("I05", demo.Look(db => db.Units.Single(unit => unit.Id == "U02").GuidanceDeskPersonId));
        Assert.All(demo.Look(db => db.Items.ToList()), item => Assert.InRange(item.Standards.Count, 3, 6));
        var first = demo.Look(db => db.Tasks.Single(task => task.Id == "T101"));
        Assert.Equal((new DateOnly(2026, 12, 18), "上午"), (first.ScheduledOn, first.HalfDay));
    }

    [Fact]
    public async Task There_is_a_persona_of_every_actor_with_a_token_of_their_own()
    {
        await using var demo = await DemoBot.Start();

        var personas = await demo.Personas();

        Assert.Equal(
            ["EnterpriseUser", "Inspector", "LegalObserver", "Public", "Supervisor", "UnitLeader", "UnitLiaison"],
            personas.Select(persona => (string)persona["role"]!).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(("C001", "庄亦舟", "云澜区青禾特种钢锭铸造有限公司"), ((string?)personas[0]["id"], (string?)personas[0]["name"], (string?)personas[0]["unitOrEnterprise"]));
        Assert.Equal("云澜区应急管理局", (string?)personas.First(persona => (string?)persona["role"] == "Inspector")["unitOrEnterprise"]);
        Assert.Contains(personas, persona => (string?)persona["unitOrEnterprise"] == "云澜区北屿纸制品有限公司、云澜区晨溪纺织印染有限公司");
        Assert.Contains(personas, persona => (string?)persona["unitOrEnterprise"] == "还没有绑定企业");
        Assert.Contains(personas, persona => ((string)persona["unitOrEnterprise"]!).EndsWith("聘期已满", StringComparison.Ordinal));
        foreach (var persona in personas)
        {
            var client = await demo.Be((string)persona["id"]!);
            await client.Start();
            Assert.Single(await client.History());
        }
    }

    [Fact]
    public async Task The_shipped_files_have_no_mistakes()
    {
        Assert.Empty(await DemoFiles.Check(Path.Combine(Manifests.Folder, "demo"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_mistake_in_a_file_is_named_with_its_place()
    {
        var folder = Directory.CreateTempSubdirectory("demo");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Manifests.Folder, "demo")))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        var units = Path.Combine(folder.FullName, "units.json");
        var text = await File.ReadAllTextAsync(units, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(units, text.Replace("\"level\": \"subdistrict\"", "\"level\": \"village\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(folder.FullName, "ratings.json"));

        var problems = await DemoFiles.Check(folder.FullName, TestContext.Current.CancellationToken);

        Assert.Contains("demo/units.json，第12条 层级（level）：不认识“village”，可以写：市级、区级、镇、街道", problems.Select(problem => problem.ToString()));
        Assert.Contains("demo/ratings.json：没有这个文件", problems.Select(problem => problem.ToString()));
        folder.Delete(recursive: true);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int[] Count(DemoBot demo) => demo.Look(db => new[]
    {
        db.Units.Count(), db.Enterprises.Count(), db.Items.Count(), db.Tasks.Count(), db.People.Count(), db.Complaints.Count(), db.Feedback.Count(),
        db.Observations.Count(), db.Addresses.Count(), db.Bindings.Count(),
    });

    private static JsonNode AnswerKey() => JsonNode.Parse(File.ReadAllText(
        Path.Combine(Directory.GetParent(Manifests.Folder)!.FullName, "tests", "Bot.Domain.Tests", "Demo", "answer-key.json")))!;
}
