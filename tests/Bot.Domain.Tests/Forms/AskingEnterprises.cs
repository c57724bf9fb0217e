using System.Text.Json;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Forms;

/// <summary>S08, S09: questionnaires to enterprises, of which nobody learns who said what.</summary>
public sealed class AskingEnterprises : IDisposable
{
    private static readonly FormAnswer[] Answers = [new("conduct", "有的没做到"), new("help", "4"), new("wish", "少跑一趟")];

    private readonly Office office = new("2026-11-20 10:00");
    private readonly List<Actor> enterprises = [];
    private readonly Actor bureau;

    public AskingEnterprises()
    {
        office.Add(new Unit("U06", "区城市管理局", "district", "城市管理", "0000-86000600"), new Unit("U07", "区农业农村局", "district", "农业农村", "0000-86000700"));
        bureau = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
        for (var i = 1; i <= 6; i++)
        {
            office.Add(new Enterprise($"E00{i}", $"第{i}家公司", null), Visited(i, "U06"));
            enterprises.Add(office.Person($"C00{i}", $"联系人{i}", ActorRole.EnterpriseUser, enterpriseId: $"E00{i}"));
        }
    }

    [Fact]
    public async Task S09_six_answers_are_shown_and_fewer_than_five_are_not()
    {
        var sent = await office.Send(new SendQuestionnaire(bureau, "inspection-experience", "U06"));
        Assert.Equal((6, new DateOnly(2026, 12, 4)), (sent.Enterprises, sent.Until));

        for (var i = 0; i < 6; i++)
        {
            var before = await Result(sent.QuestionnaireId);
            Assert.Equal(i < 5, before.Sums.Count == 0 && before.Words.Count == 0);
            await office.Send(new AnswerQuestionnaire(enterprises[i], sent.QuestionnaireId, Answers));
        }

        var result = await Result(sent.QuestionnaireId);
        Assert.Equal(6, result.Answered);
        Assert.Equal(new ValueCount("有的没做到", 6), result.Sums.Single(sum => sum.Key == "conduct").Values[1]);
        Assert.Equal(new ValueCount("4分", 6), result.Sums.Single(sum => sum.Key == "help").Values[3]);
        Assert.Equal(6, result.Words.Count);
    }

    [Fact]
    public async Task S09_nothing_stored_says_who_gave_which_answers_or_when()
    {
        var sent = await office.Send(new SendQuestionnaire(bureau, "inspection-experience", "U06"));
        await office.Send(new AnswerQuestionnaire(enterprises[2], sent.QuestionnaireId, Answers));

        var filled = office.Use(db => db.FilledForms.Single());
        Assert.Null(filled.PersonId);
        Assert.Null(filled.GivenOn);
        var stored = JsonSerializer.Serialize(filled);
        Assert.DoesNotContain("C003", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("E003", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("E003", office.Use(db => db.Questionnaires.Single().WaitingFor));
    }

    [Fact]
    public async Task Each_enterprise_answers_once_until_the_last_day()
    {
        var sent = await office.Send(new SendQuestionnaire(bureau, "inspection-experience", "U06"));
        await office.Send(new AnswerQuestionnaire(enterprises[0], sent.QuestionnaireId, Answers));
        Assert.Same(Questionnaire.WaitedFor, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new AnswerQuestionnaire(enterprises[0], sent.QuestionnaireId, Answers)))).Rule);
        Assert.Empty(await office.Send(new QuestionnairesForMe(enterprises[0])));

        office.Time.Set("2026-12-04 23:59");
        await office.Send(new AnswerQuestionnaire(enterprises[1], sent.QuestionnaireId, Answers));
        office.Time.Set("2026-12-05 00:01");
        Assert.Same(Questionnaire.StillOpen, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new AnswerQuestionnaire(enterprises[2], sent.QuestionnaireId, Answers)))).Rule);
    }

    [Fact]
    public async Task It_goes_to_those_whom_the_unit_inspected_this_year_and_to_all_when_no_unit_is_named()
    {
        office.Add(Visited(1, "U07"), new Enterprise("E009", "去年查过的公司", null));
        office.Person("C009", "联系人9", ActorRole.EnterpriseUser, enterpriseId: "E009");
        office.Add(new InspectionTask(new TaskFacts("T-old", InspectionType.Daily, "U07", "E009", new DateOnly(2025, 12, 30), new DateOnly(2025, 12, 1)) { CompletedOn = new DateOnly(2025, 12, 31) }));

        Assert.Equal(1, await office.Send(new QuestionnaireReach(bureau, "U07")));
        Assert.Equal(7, await office.Send(new QuestionnaireReach(bureau, null)));
        Assert.Equal(1, (await office.Send(new SendQuestionnaire(bureau, "inspection-experience", "U07"))).Enterprises);
        Assert.Equal(["C001"], office.Use(db => db.Notices.Where(n => n.Kind == "N151").Select(n => n.PersonId).ToList()));
    }

    public void Dispose() => office.Dispose();

    private async Task<QuestionnaireResult> Result(string id) => Assert.Single(await office.Send(new QuestionnaireResults(bureau, id)));

    private static InspectionTask Visited(int i, string unit) => new(new TaskFacts($"T-{unit}-{i}", InspectionType.Daily, unit, $"E00{i}", new DateOnly(2026, 10, 20), new DateOnly(2026, 10, 1)) { CompletedOn = new DateOnly(2026, 10, 20) });
}
