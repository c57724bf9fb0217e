using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.Observers;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Observations;

/// <summary>A legal observer reports what was seen (C29). Only within the term of office (S08).</summary>
[Allowed(ActorRole.LegalObserver)]
public sealed record SubmitObservation(Actor By, string? TaskId, IReadOnlyList<FormAnswer> Answers, string Text, IReadOnlyList<string> FileIds) : ICommand<ObservationReceipt>
{
    /// <summary>Whom it is about when it is of no certain inspection; that of an inspection is known by it.</summary>
    public string? UnitId { get; init; }
}

public sealed record ObservationReceipt(string ObservationId, string Number) : IReceipt
{
    string IReceipt.Subject => ObservationId;
}

/// <summary>The observer's own term of office.</summary>
[Allowed(ActorRole.LegalObserver)]
public sealed record MyTerm(Actor By) : IQuery<ObserverTerm>;

public sealed record ObserverTerm(DateOnly? From, DateOnly? To, bool InOffice);

/// <summary>Tells the justice bureau that somebody whose term has ended came to report, once a day (S08).</summary>
[Allowed(ActorRole.LegalObserver)]
public sealed record TellOfEndedTerm(Actor By) : ICommand<EndedTermTold>;

public sealed record EndedTermTold(DateOnly? To);

internal sealed class ObservationHandler(ISupervisionDb db, FormBook forms, ObservationOffers offers, RulePack rules, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<SubmitObservation, ObservationReceipt>,
    IRequestHandler<MyTerm, ObserverTerm>,
    IRequestHandler<TellOfEndedTerm, EndedTermTold>
{
    public static readonly Rule InOffice = new("您的聘期已满，暂时不能提交观察意见；感谢您的参与，续聘请联系司法局。", "S08");
    private static readonly Rule OnTheRoster = new("名册里还没有您的聘任信息，暂时不能提交观察意见，请联系司法局。", "S08");
    private static readonly Rule KnownUnit = new("没有查到这个单位，请说单位名称，例如“市场监管”“消防”。", "S08");
    private static readonly Rule KnownInspection = new("没有查到这次检查，请核对编号；没有编号也可以直接填写。", "S08");

    public async Task<ObservationReceipt> Handle(SubmitObservation command, CancellationToken cancellationToken)
    {
        InOffice.Require((await Term(command.By, cancellationToken)).InOffice);
        var unit = command.TaskId is { } task ? await db.Tasks.Where(t => t.Id == task).Select(t => t.UnitId).FirstOrDefaultAsync(cancellationToken) : command.UnitId;
        KnownInspection.Require(command.TaskId is null || unit is not null);
        KnownUnit.Require(unit is null || await db.Units.AnyAsync(u => u.Id == unit, cancellationToken));
        if (command.TaskId is not null
            && await db.Observations.FirstOrDefaultAsync(o => o.TaskId == command.TaskId && o.PersonId == command.By.PersonId && o.On == clock.Today, cancellationToken) is { } earlier)
            return new ObservationReceipt(earlier.Id, earlier.Number);

        var number = await Numbers.Take(db, rules.Series("observation"), "O", clock.Today.Year, 1, cancellationToken);
        db.Observations.Add(new Observation(number.Id, number.Printed, command.By.PersonId!, command.TaskId, unit, forms.Get(FormBook.Observation), command.Answers, command.Text, command.FileIds, clock.Today));
        await offers.Done(command.By.PersonId!, command.TaskId, cancellationToken);
        return new ObservationReceipt(number.Id, number.Printed);
    }

    public Task<ObserverTerm> Handle(MyTerm query, CancellationToken cancellationToken) => Term(query.By, cancellationToken);

    public async Task<EndedTermTold> Handle(TellOfEndedTerm command, CancellationToken cancellationToken)
    {
        var observer = await db.People.FirstOrDefaultAsync(p => p.Id == command.By.PersonId, cancellationToken);
        OnTheRoster.Require(observer is not null);
        await Tell(observer!, cancellationToken);
        return new EndedTermTold(observer!.TermTo);
    }

    private async Task Tell(Person observer, CancellationToken cancellationToken)
    {
        foreach (var supervisor in await db.Supervisors(cancellationToken))
        {
            await notices.Owe(
                supervisor,
                "N40",
                $"N40:{observer.Id}:{clock.Today:yyyyMMdd}:{supervisor}",
                observer.Id,
                new Dictionary<string, string>
                {
                    ["observer"] = observer.Name,
                    ["to"] = observer.TermTo is { } to ? ChineseDates.Long(to) : "未登记",
                    ["on"] = ChineseDates.Short(clock.Today),
                },
                cancellationToken);
        }
    }

    private async Task<ObserverTerm> Term(Actor by, CancellationToken cancellationToken)
    {
        var me = await db.People.FirstOrDefaultAsync(p => p.Id == by.PersonId, cancellationToken);
        return new ObserverTerm(me?.TermFrom, me?.TermTo, me?.InOfficeOn(clock.Today) == true);
    }
}
