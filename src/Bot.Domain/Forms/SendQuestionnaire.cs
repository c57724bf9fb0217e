using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Forms;

/// <summary>Asks enterprises to fill in a form: those that the unit inspected this year, or all that can be reached (S08, S09).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record SendQuestionnaire(Actor By, string FormId, string? UnitId) : ICommand<QuestionnaireSent>;

/// <param name="QuestionnaireId">W26-1.</param>
/// <param name="Number">云监问〔2026〕1号</param>
/// <param name="Enterprises">To how many enterprises.</param>
/// <param name="Until">The last day for it.</param>
public sealed record QuestionnaireSent(string QuestionnaireId, string Number, int Enterprises, DateOnly Until) : IReceipt
{
    string IReceipt.Subject => QuestionnaireId;
}

/// <summary>What could be sent out, and to how many.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record QuestionnaireForms(Actor By) : IQuery<IReadOnlyList<QuestionnaireForm>>;

public sealed record QuestionnaireForm(string Id, string Title, int Questions);

/// <summary>How many enterprises a questionnaire about this unit, or about all, would go to.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record QuestionnaireReach(Actor By, string? UnitId) : IQuery<int>;

internal sealed class SendQuestionnaireHandler(ISupervisionDb db, FormBook forms, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock) :
    IRequestHandler<SendQuestionnaire, QuestionnaireSent>,
    IRequestHandler<QuestionnaireForms, IReadOnlyList<QuestionnaireForm>>,
    IRequestHandler<QuestionnaireReach, int>
{
    private static readonly Rule KnownForm = new("没有这份问卷，说“发问卷”可以看到现有的。", "S09");
    private static readonly Rule KnownUnit = new("没有这个单位，请核对名称。", "S09");
    private static readonly Rule SomebodyToAsk = new("没有可以发的企业：这个单位今年没有检查过已绑定的企业。", "S09");

    public async Task<QuestionnaireSent> Handle(SendQuestionnaire command, CancellationToken cancellationToken)
    {
        var form = forms.Questionnaires.FirstOrDefault(one => one.Id == command.FormId);
        KnownForm.Require(form is not null);
        var unit = command.UnitId is null ? null : await db.Units.Where(u => u.Id == command.UnitId).Select(u => u.Name).FirstOrDefaultAsync(cancellationToken);
        KnownUnit.Require(command.UnitId is null || unit is not null);
        var asked = await Asked(command.UnitId, cancellationToken);
        SomebodyToAsk.Require(asked.Count > 0);
        var number = await Numbers.Take(db, rules.Series("questionnaire"), "W", clock.Today.Year, 1, cancellationToken);
        var until = calendars.Current.Due(clock.Today, rules.QuestionnaireOpen.Period).On;
        db.Questionnaires.Add(new Questionnaire(number.Id, number.Printed, form!, command.UnitId, command.By.PersonId!, clock.Today, until, asked.Keys));
        var fields = new Dictionary<string, string>
        {
            ["title"] = form!.Title,
            ["about"] = unit is null ? "今年的涉企行政检查" : $"{unit}今年的检查",
            ["count"] = form.Questions.Count.ToString(CultureInfo.InvariantCulture),
            ["until"] = ChineseDates.WithWeekday(until),
            ["from"] = rules.RatingsShownFrom.Value.ToString(CultureInfo.InvariantCulture),
            ["office"] = rules.SupervisionOffice.Name,
        };
        foreach (var contact in asked.Values.SelectMany(people => people).Distinct(StringComparer.Ordinal))
            await notices.Owe(contact, "N151", $"N151:{number.Id}:{contact}", number.Id, fields, cancellationToken, actions: [$"填问卷 {number.Id}"]);
        return new QuestionnaireSent(number.Id, number.Printed, asked.Count, until);
    }

    public Task<IReadOnlyList<QuestionnaireForm>> Handle(QuestionnaireForms query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<QuestionnaireForm>>([.. forms.Questionnaires.Select(form => new QuestionnaireForm(form.Id, form.Title, form.Questions.Count))]);

    public async Task<int> Handle(QuestionnaireReach query, CancellationToken cancellationToken) => (await Asked(query.UnitId, cancellationToken)).Count;

    /// <summary>By enterprise who speaks for it.</summary>
    private async Task<SortedDictionary<string, List<string>>> Asked(string? unitId, CancellationToken cancellationToken)
    {
        var newYear = new DateOnly(clock.Today.Year, 1, 1);
        var bound = db.Bindings.Where(b => b.State == BindingState.Active);
        if (unitId is not null)
        {
            var inspected = db.Tasks.Where(t => t.CompletedOn >= newYear && (t.UnitId == unitId || t.JointUnitIds.Contains(unitId))).Select(t => t.EnterpriseId);
            bound = bound.Where(b => inspected.Contains(b.EnterpriseId));
        }

        var rows = await bound.Select(b => new { b.EnterpriseId, b.PersonId }).Distinct().ToListAsync(cancellationToken);
        return new(rows.GroupBy(b => b.EnterpriseId, b => b.PersonId, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.ToList(), StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
