using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Forms;

/// <summary>The enterprise's answers to a questionnaire; nothing of them leads back to it (S09).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record AnswerQuestionnaire(Actor By, string QuestionnaireId, IReadOnlyList<FormAnswer> Answers) : ICommand<QuestionnaireAnswered>, IMayBeAnonymous
{
    bool IMayBeAnonymous.Anonymous => true;
}

public sealed record QuestionnaireAnswered(string QuestionnaireId) : IReceipt
{
    string IReceipt.Subject => QuestionnaireId;
}

/// <summary>The questionnaires that wait for the asker's enterprise.</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record QuestionnairesForMe(Actor By) : IQuery<IReadOnlyList<OpenQuestionnaire>>;

/// <param name="Id">W26-1.</param>
/// <param name="Form">What is asked.</param>
/// <param name="About">The unit it is about; null for inspections in general.</param>
/// <param name="Until">The last day for it.</param>
public sealed record OpenQuestionnaire(string Id, Form Form, string? About, DateOnly Until);

/// <summary>What came of the questionnaires, the latest first; of any with too few answers only how many there are (S09).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record QuestionnaireResults(Actor By, string? QuestionnaireId) : IQuery<IReadOnlyList<QuestionnaireResult>>;

/// <param name="Id">W26-1.</param>
/// <param name="Number">云监问〔2026〕1号</param>
/// <param name="Title">The form's title.</param>
/// <param name="About">The unit it is about; null for inspections in general.</param>
/// <param name="Until">The last day for it.</param>
/// <param name="Sent">To how many enterprises it went.</param>
/// <param name="Answered">How many answered.</param>
/// <param name="ShownFrom">From how many answers on the results are shown.</param>
/// <param name="Sums">Empty while there are too few.</param>
/// <param name="Words">What was written, in no order; empty while there are too few.</param>
public sealed record QuestionnaireResult(string Id, string Number, string Title, string? About, DateOnly Until, int Sent, int Answered, int ShownFrom, IReadOnlyList<QuestionSum> Sums, IReadOnlyList<string> Words);

internal sealed class AnswerQuestionnaireHandler(ISupervisionDb db, FormBook forms, RulePack rules, ChinaClock clock) :
    IRequestHandler<AnswerQuestionnaire, QuestionnaireAnswered>,
    IRequestHandler<QuestionnairesForMe, IReadOnlyList<OpenQuestionnaire>>,
    IRequestHandler<QuestionnaireResults, IReadOnlyList<QuestionnaireResult>>
{
    private const int Shown = 10;

    public async Task<QuestionnaireAnswered> Handle(AnswerQuestionnaire command, CancellationToken cancellationToken)
    {
        var questionnaire = await db.Questionnaires.FirstOrDefaultAsync(q => q.Id == command.QuestionnaireId, cancellationToken);
        Questionnaire.WaitedFor.Require(questionnaire is not null && command.By.EnterpriseId is not null);
        questionnaire!.Answered(command.By.EnterpriseId!, clock.Today);
        var form = forms.Find(questionnaire.FormId);
        Form.KnownQuestion.Require(form is not null);
        db.FilledForms.Add(FilledForm.Anonymous(form!, questionnaire.Id, questionnaire.UnitId, command.Answers));
        return new QuestionnaireAnswered(questionnaire.Id);
    }

    public async Task<IReadOnlyList<OpenQuestionnaire>> Handle(QuestionnairesForMe query, CancellationToken cancellationToken)
    {
        var (today, enterprise) = (clock.Today, query.By.EnterpriseId);
        if (enterprise is null)
            return [];
        var open = await db.Questionnaires.Where(q => q.Until >= today && q.WaitingFor.Contains(enterprise)).OrderBy(q => q.Until).ThenBy(q => q.Id).ToListAsync(cancellationToken);
        var found = new List<OpenQuestionnaire>();
        foreach (var questionnaire in open)
        {
            if (forms.Find(questionnaire.FormId) is { } form)
                found.Add(new OpenQuestionnaire(questionnaire.Id, form, await NameOf(questionnaire.UnitId, cancellationToken), questionnaire.Until));
        }

        return found;
    }

    public async Task<IReadOnlyList<QuestionnaireResult>> Handle(QuestionnaireResults query, CancellationToken cancellationToken)
    {
        var (id, from, found) = (query.QuestionnaireId, rules.RatingsShownFrom.Value, new List<QuestionnaireResult>());
        foreach (var one in await db.Questionnaires.Where(q => id == null || q.Id == id).OrderByDescending(q => q.AskedOn).ThenByDescending(q => q.Number).Take(Shown).ToListAsync(cancellationToken))
        {
            var filled = (await db.FilledForms.Where(f => f.SubjectId == one.Id).OrderBy(f => f.Id).ToListAsync(cancellationToken)).ConvertAll(f => f.Read());
            var (form, enough) = (forms.Find(one.FormId), filled.Count >= from);
            found.Add(new QuestionnaireResult(
                one.Id,
                one.Number,
                form?.Title ?? one.FormId,
                await NameOf(one.UnitId, cancellationToken),
                one.Until,
                one.Sent,
                filled.Count,
                from,
                enough && form is not null ? form.Sums(filled) : [],
                enough && form is not null ? [.. form.Questions.Where(question => question.Kind == QuestionKind.Text).SelectMany(question => filled.SelectMany(answers => answers.Where(answer => answer.Key == question.Key)).Select(answer => answer.Value))] : []));
        }

        return found;
    }

    private async Task<string?> NameOf(string? unitId, CancellationToken cancellationToken) =>
        unitId is null ? null : await db.Units.Where(u => u.Id == unitId).Select(u => u.Name).FirstAsync(cancellationToken);
}
