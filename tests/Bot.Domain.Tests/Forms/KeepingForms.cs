using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Manifests;
using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Forms;

/// <summary>S09, S34: forms are the operator's files; their mistakes are named, and points of conduct come from the rule pack.</summary>
public sealed class KeepingForms : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("forms").FullName;

    [Fact]
    public void The_forms_that_come_with_the_service_are_right_and_the_questionnaire_has_five_questions_that_may_all_be_skipped()
    {
        Assert.Empty(FormBook.Check(Testing.Manifests.Path("forms")));
        var questionnaire = Assert.Single(FormBook.Load(Testing.Manifests.Path("forms"), RulePack.Load(Testing.Manifests.Path("rules"), "yunlan")).Questionnaires);
        Assert.Equal(5, questionnaire.Questions.Count);
        Assert.All(questionnaire.Questions, question => Assert.True(question.Skippable));
    }

    [Fact]
    public void S34_the_points_of_conduct_of_the_rule_pack_become_questions_of_the_observers_form()
    {
        var rules = PackWith("""{ "五个严禁": ["不做甲", "不做乙"] }""");
        var form = FormBook.Load(Testing.Manifests.Path("forms"), rules).Get(FormBook.Observation);

        Assert.Equal(["是否做到：不做甲", "是否做到：不做乙"], form.Questions.Skip(4).Select(question => question.Text));
        Assert.Equal(4, FormBook.Load(Testing.Manifests.Path("forms"), RulePack.Load(Testing.Manifests.Path("rules"), "jinshan")).Get(FormBook.Observation).Questions.Count);
    }

    [Theory]
    [InlineData("""{ "id": "A B", "version": 1, "title": "表", "for": "企业", "questions": [{ "key": "a", "kind": "text", "text": "问" }] }""", "小写英文字母")]
    [InlineData("""{ "id": "a", "version": 1, "title": "表", "for": "路人", "questions": [{ "key": "a", "kind": "text", "text": "问" }] }""", "“for”应为")]
    [InlineData("""{ "id": "a", "version": 1, "title": "表", "for": "企业", "questions": [] }""", "1到30题")]
    [InlineData("""{ "id": "a", "version": 1, "title": "表", "for": "企业", "questions": [{ "key": "a", "kind": "choice", "text": "问", "options": ["只有一个"] }] }""", "两个以上")]
    [InlineData("""{ "id": "a", "version": 1, "title": "表", "for": "企业", "questions": [{ "key": "a", "kind": "essay", "text": "问" }] }""", "“kind”应为")]
    [InlineData("""{ "id": "a", "version": 1, "title": "表", "for": "企业", "questions": [{ "key": "a", "kind": "text", "text": "问" }, { "key": "a", "kind": "text", "text": "又问" }] }""", "不止一次")]
    [InlineData("""{ "id": "a", "version": 1, "title": "表", "for": "企业", "sample": true, "questions": [{ "key": "a", "kind": "text", "text": "问" }] }""", "样例")]
    public void A_mistake_is_named_with_its_file(string json, string reason)
    {
        File.WriteAllText(Path.Combine(folder, "a.json"), json);

        Assert.Contains(FormBook.Check(folder), problem => problem.File == "forms/a.json" && problem.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Throws<ManifestException>(() => FormBook.Load(folder, RulePack.Load(Testing.Manifests.Path("rules"), "yunlan")));
    }

    [Fact]
    public void A_form_that_the_service_needs_is_missed()
    {
        File.Copy(Testing.Manifests.Path("forms/observation.json"), Path.Combine(folder, "observation.json"));

        Assert.Contains(FormBook.Check(folder), problem => problem.Place == FormBook.SelfCheck);
    }

    [Fact]
    public void Answers_are_of_known_questions_fit_and_none_that_is_wanted_is_missing()
    {
        var form = new Form("f", 1, "表", "", ActorRole.EnterpriseUser,
        [
            new FormQuestion("yes", QuestionKind.YesNo, "是吗"),
            new FormQuestion("points", QuestionKind.Score, "几分") { Skippable = true },
            new FormQuestion("many", QuestionKind.Number, "几个") { Skippable = true },
        ]);

        Assert.Equal([new FormAnswer("yes", FormQuestion.No), new FormAnswer("many", "3")], form.Accept([new("many", "3"), new("yes", FormQuestion.No)]));
        Assert.Same(Form.EveryQuestionAnswered, Assert.Throws<RuleBrokenException>(() => form.Accept([new("many", "3")])).Rule);
        Assert.Same(Form.KnownQuestion, Assert.Throws<RuleBrokenException>(() => form.Accept([new("yes", FormQuestion.Yes), new("other", "3")])).Rule);
        Assert.Same(Form.KnownQuestion, Assert.Throws<RuleBrokenException>(() => form.Accept([new("yes", FormQuestion.Yes), new("yes", FormQuestion.No)])).Rule);
        Assert.Same(Form.FittingAnswer, Assert.Throws<RuleBrokenException>(() => form.Accept([new("yes", FormQuestion.Yes), new("points", "6")])).Rule);
        Assert.Same(Form.FittingAnswer, Assert.Throws<RuleBrokenException>(() => form.Accept([new("yes", FormQuestion.Yes), new("many", "-1")])).Rule);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private RulePack PackWith(string points)
    {
        foreach (var file in Directory.GetFiles(Testing.Manifests.Path("rules")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var path = Path.Combine(folder, "yunlan.json");
        var json = File.ReadAllText(path).TrimEnd();
        File.WriteAllText(path, $"{json[..^1]}, \"points\": {points} }}");
        return RulePack.Load(folder, "yunlan");
    }
}
