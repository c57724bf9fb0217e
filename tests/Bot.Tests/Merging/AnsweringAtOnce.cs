using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Storage;
using Bot.Testing;

namespace Bot.Tests.Merging;

/// <summary>J25, J28: what happens when people act at the same moment, on both databases.</summary>
public sealed class AnsweringAtOnce
{
    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Two_liaisons_who_agree_at_the_same_moment_make_one_visit(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var town = new Colliding(database: database);
        var prompts = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            town.Office.Add(new Domain.People.Enterprise($"X{i}", $"企业{i}", $"9132129900000{i:00000}"));
            await town.Register(Colliding.Task($"A{i}", "U02", "2026-12-17", $"X{i}"));
            prompts.Add((await town.Register(Colliding.Task($"B{i}", "U03", "2026-12-22", $"X{i}")))!.Id);
        }

        foreach (var (prompt, i) in prompts.Select((prompt, i) => (prompt, i)))
        {
            var receipts = await Task.WhenAll(Task.Run(() => Agree(town, "U02", prompt)), Task.Run(() => Agree(town, "U03", prompt)));

            Assert.Single(receipts, receipt => receipt.JointTaskId == $"A{i}");
            Assert.Single(receipts, receipt => receipt.JointTaskId is null);
            Assert.Equal(MergeState.Merged, town.Prompt(prompt).State);
            Assert.Equal((InspectionStage.Merged, $"A{i}"), (town.Stored($"B{i}").Stage, town.Stored($"B{i}").MergedIntoTaskId));
            Assert.Equal(["U03"], town.Stored($"A{i}").JointUnitIds);
            Assert.Equal(2, town.Office.Use(db => db.Notices.Count(n => n.Kind == "N5b" && n.SubjectId == prompt && n.PersonId.StartsWith("LI-"))));
        }
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task One_liaison_who_sends_the_same_consent_twice_at_once_is_heard_once(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var town = new Colliding(database: database);
        var prompt = await town.ThreeUnitsMeet();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(async () =>
            await Record.ExceptionAsync(() => town.Office.SendAs($"phone{i}", new AgreeToMerge(town.Liaisons["U02"], prompt))))));

        Assert.Single(outcomes, outcome => outcome is null);
        Assert.All(outcomes.OfType<Exception>(), refused => Assert.Contains("已经同意", refused.Message, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task What_two_matchings_at_the_same_moment_find_is_put_before_the_units_once(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var town = new Colliding(database: database);
        town.Office.Add(Colliding.Task("T103", "U02", "2026-12-17"), Colliding.Task("T104", "U03", "2026-12-22"), Colliding.Task("T105", "U04", "2026-12-24"));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => town.Office.SendAs($"match{i}", new MatchImported(Domain.Commands.Actor.Service)))));

        Assert.Equal(["T103", "T104", "T105"], Assert.Single(town.Office.Use(db => db.MergePrompts.ToList())).TaskIds);
    }

    /// <summary>Each liaison by a key of their own, as turns of different people run.</summary>
    private static Task<MergeReceipt> Agree(Colliding town, string unit, string prompt) => town.Office.SendAs(town.Liaisons[unit].PersonId!, new AgreeToMerge(town.Liaisons[unit], prompt));
}
