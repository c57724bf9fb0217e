using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Forms;

/// <summary>An observer from an association passes on what its members have trouble with (W36). Only within the term of office; it opens no inspection.</summary>
[Allowed(ActorRole.LegalObserver)]
public sealed record ReportTradeProblem(Actor By, IReadOnlyList<FormAnswer> Answers) : ICommand<TradeProblemReported>;

public sealed record TradeProblemReported(string FilledId) : IReceipt
{
    string IReceipt.Subject => FilledId;
}

/// <summary>What associations reported, the latest first (W36).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record TradeProblems(Actor By) : IQuery<IReadOnlyList<TradeProblem>>;

/// <param name="On">When.</param>
/// <param name="From">The observer and what they are.</param>
/// <param name="Lines">Question and answer in words.</param>
public sealed record TradeProblem(DateOnly On, string From, IReadOnlyList<string> Lines);

internal sealed class ReportTradeProblemHandler(ISupervisionDb db, FormBook forms, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<ReportTradeProblem, TradeProblemReported>,
    IRequestHandler<TradeProblems, IReadOnlyList<TradeProblem>>
{
    private const int Shown = 20;

    private static readonly Rule InOffice = new("您不在聘期内，暂时不能代表协会提交；有意见可以说“意见反馈”，续聘请联系司法局。", "W36");

    public async Task<TradeProblemReported> Handle(ReportTradeProblem command, CancellationToken cancellationToken)
    {
        var me = await db.People.FirstOrDefaultAsync(p => p.Id == command.By.PersonId, cancellationToken);
        InOffice.Require(me?.InOfficeOn(clock.Today) == true);
        var form = forms.Get(FormBook.TradeProblems);
        var filled = FilledForm.Named(form, "", null, me!.Id, clock.Today, command.Answers);
        db.FilledForms.Add(filled);
        var answers = filled.Read();
        foreach (var supervisor in await db.Supervisors(cancellationToken))
        {
            await notices.Owe(
                supervisor,
                "N153",
                $"N153:{filled.Id:N}:{supervisor}",
                filled.Id.ToString("N"),
                new Dictionary<string, string> { ["observer"] = From(me), ["lines"] = string.Join('\n', Lines(form, answers)) },
                cancellationToken,
                digest: true,
                actions: ["行业问题"]);
        }

        return new TradeProblemReported(filled.Id.ToString("N"));
    }

    public async Task<IReadOnlyList<TradeProblem>> Handle(TradeProblems query, CancellationToken cancellationToken)
    {
        var form = forms.Get(FormBook.TradeProblems);
        var filled = await db.FilledForms.Where(f => f.FormId == form.Id).OrderByDescending(f => f.GivenOn).ThenBy(f => f.Id).Take(Shown).ToListAsync(cancellationToken);
        var found = new List<TradeProblem>(filled.Count);
        foreach (var one in filled)
            found.Add(new TradeProblem(one.GivenOn!.Value, From(await db.People.FirstAsync(p => p.Id == one.PersonId, cancellationToken)), Lines(form, one.Read())));
        return found;
    }

    private static string From(Person person) => person.Title is { Length: > 0 } title ? $"{person.Name}（{title}）" : person.Name;

    private static List<string> Lines(Form form, IReadOnlyList<FormAnswer> answers) =>
    [
        .. form.Questions.Select(question => (question, answer: answers.FirstOrDefault(answer => answer.Key == question.Key)))
            .Where(pair => pair.answer is not null)
            .Select(pair => $"{pair.question.Text}：{pair.question.InWords(pair.answer!.Value)}"),
    ];
}
