using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.Forms;
using Bot.Domain.Guidance;
using Bot.Domain.Meetings;
using Bot.Domain.Merging;
using Bot.Domain.Numbering;
using Bot.Domain.Observations;
using Bot.Domain.Observers;
using Bot.Domain.Ratings;
using Bot.Domain.Rules;
using Bot.Domain.SpotChecks;
using Bot.Domain.Supervision;
using Bot.Domain.Sweep;
using Bot.Domain.Transfers;
using Bot.Domain.Visits;
using Bot.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Demo;

/// <summary>Lets what happened before the demonstration happen again, each thing at its own time and by its own command.</summary>
internal sealed class DemoHistory(DemoFiles files, Work work, DemoClock clock)
{
    private readonly SupervisionDb db = work.Services.GetRequiredService<SupervisionDb>();
    private readonly IMediator mediator = work.Services.GetRequiredService<IMediator>();
    private readonly RulePack rules = work.Services.GetRequiredService<RulePack>();

    /// <summary>Plays all that lies before <paramref name="until"/> (UTC). What people were told then they have been told: no notice of it is still owed.</summary>
    public async Task Play(DateTime until, CancellationToken cancellationToken)
    {
        foreach (var (at, act) in Guidance().Concat(Complaints()).Concat(Ratings()).Concat(Observations()).Concat(Supervision()).Concat(SpotChecks()).Concat(HandedOver()).Concat(MonthsOfObservers()).Where(happening => happening.At.UtcDateTime <= until).OrderBy(happening => happening.At))
        {
            clock.Set(at.UtcDateTime);
            await act(cancellationToken);
        }

        clock.Set(until);
        await mediator.Send(new TellOfAlarmingVisits(Actor.Service), cancellationToken);
        string? after = null;
        do
            after = (await mediator.Send(new MatchImported(Actor.Service, after), cancellationToken)).Next;
        while (after is not null);
        await foreach (var matters in work.Services.GetRequiredService<DayRound>().Find(cancellationToken))
            await mediator.Send(new RaiseMatters(Actor.Service, matters), cancellationToken);
        await mediator.Send(new ScanForClues(Actor.Service), cancellationToken);
        while ((await mediator.Send(new TakeDueSteps(Actor.Service), cancellationToken)).Count > 0)
        {
        }

        foreach (var notice in await db.Notices.ToListAsync(cancellationToken))
            notice.Withdraw();
        foreach (var (kind, last) in files.Outline.Series)
            await CountTo(rules.Series(kind), last, cancellationToken);
    }

    private IEnumerable<Happening> Guidance()
    {
        foreach (var past in files.Guidance)
        {
            var id = "";
            yield return new(past.At, async token =>
            {
                await CountTo(rules.Series("guidance"), past.Number - 1, token);
                var request = new RequestGuidance(await Asker(past.By, past.Enterprise, token), past.Unit, past.Question, past.Task, Anonymous: past.By is null);
                id = (await mediator.Send(request, token)).Id;
            });
            if (past is { AnsweredAt: { } at, AnsweredBy: { } by })
                yield return new(at, async token => await mediator.Send(new AnswerGuidance(await Known(by, token), id, past.Answer!, past.Basis ?? "", past.Steps ?? ""), token));
        }
    }

    private IEnumerable<Happening> Complaints()
    {
        foreach (var past in files.Complaints)
        {
            var id = "";
            yield return new(past.At, async token =>
            {
                await CountTo(rules.Series("complaint"), past.Number - 1, token);
                var facts = new ComplaintFacts(ComplaintKinds.Of(past.Kind), ChinaClock.ToChinaDate(past.At.UtcDateTime), null, past.AgainstUnit, past.Text);
                id = (await mediator.Send(new FileComplaint(await Asker(past.By, past.Enterprise, token), facts, Anonymous: past.By is null), token)).ComplaintId;
            });
            if (past.AcceptedAt is { } acceptedAt)
                yield return new(acceptedAt, async token => await mediator.Send(new AcceptComplaint(await Desk(id, token), id), token));
            if (past.ResolvedAt is { } resolvedAt)
                yield return new(resolvedAt, async token => await mediator.Send(new ResolveComplaint(await Desk(id, token), id, past.Finding!, past.Action!, past.Reason!), token));
            if (past.WithdrawnAt is { } withdrawnAt)
                yield return new(withdrawnAt, async token => await mediator.Send(new WithdrawComplaint(await Asker(past.By, past.Enterprise, token), id), token));
        }
    }

    private IEnumerable<Happening> Ratings() => files.Ratings.Select(past => new Happening(
        past.At,
        async token => await mediator.Send(new RateInspection(await Asker(past.By, past.Enterprise, token), past.Task, past.Score, past.Text, past.Anonymous), token)));

    /// <summary>The observers were asked for the month's observations on its first working day.</summary>
    private IEnumerable<Happening> MonthsOfObservers()
    {
        var start = ChinaClock.ToChinaDate(files.Outline.Clock.UtcDateTime);
        var asked = work.Services.GetRequiredService<CalendarBook>().Current.NextWorkingDay(new DateOnly(start.Year, start.Month, 1).AddDays(-1));
        yield return new(ChinaClock.ToUtc(asked, rules.NightRest.To), token => mediator.Send(new OfferObservations(Actor.Service), token));
        foreach (var happening in OfBureau(DemoBureau.Of(files)))
            yield return happening;
    }

    private IEnumerable<Happening> OfBureau(DemoBureau past)
    {
        foreach (var questionnaire in past.Questionnaires)
        {
            var id = "";
            yield return new(questionnaire.At, async token => id = (await mediator.Send(new SendQuestionnaire(await Known(questionnaire.By, token), questionnaire.Form, null), token)).QuestionnaireId);
            foreach (var answer in questionnaire.Answers)
                yield return new(answer.At, async token => await mediator.Send(new AnswerQuestionnaire(await Asker(answer.By, answer.Enterprise, token), id, Answers(answer.Values)), token));
        }

        foreach (var check in past.SelfChecks)
            yield return new(check.At, async token => await mediator.Send(new SubmitSelfCheck(await Known(check.By, token), Answers(check.Values)), token));
        foreach (var meeting in past.Meetings)
        {
            yield return new(meeting.At, async token => await mediator.Send(
                new CallMeeting(await Known(meeting.By, token), meeting.Kind, meeting.Topic, new MeetingTime(meeting.On, meeting.From, meeting.To, meeting.Place), meeting.Agenda, [], "", null), token));
        }
    }

    private static List<FormAnswer> Answers(IReadOnlyDictionary<string, string> values) => [.. values.Select(value => new FormAnswer(value.Key, value.Value))];

    private IEnumerable<Happening> Observations() => files.Observations.Select(past => new Happening(past.At, async token =>
    {
        await CountTo(rules.Series("observation"), past.Number - 1, token);
        await mediator.Send(new SubmitObservation(await Known(past.By, token), past.Task, Answers(past.Answers), past.Text, []), token);
    }));

    /// <summary>In the order of the form.</summary>
    private List<FormAnswer> Answers(IEnumerable<string> values) => [.. work.Services.GetRequiredService<FormBook>().Get(FormBook.Observation).Questions.Zip(values, (question, value) => new FormAnswer(question.Key, value))];

    private IEnumerable<Happening> Supervision()
    {
        foreach (var past in files.Supervision)
        {
            var id = "";
            yield return new(past.WarnedAt, async token =>
            {
                await CountTo(rules.Series("warning"), past.Number - 1, token);
                id = (await mediator.Send(new IssueWarning(await Bureau(token), past.Unit, past.Problem, past.Rule, past.Facts, past.Evidence), token)).CaseId;
            });
            if (past.AnsweredAt is { } answeredAt)
                yield return new(answeredAt, async token => await mediator.Send(new AnswerWarning(await Liaison(past.Unit, token), id, past.Answer!, []), token));
            if (past.UncorrectedAt is { } uncorrectedAt)
                yield return new(uncorrectedAt, async token => await mediator.Send(new FindUncorrected(await Bureau(token), id, past.Finding!), token));
            if (past.FactAt is { } factAt)
                yield return new(factAt, async token => await mediator.Send(new AddFact(await Bureau(token), id, past.Fact!, past.FactEvidence ?? []), token));
            if (past.IssuedAt is { } issuedAt)
            {
                yield return new(issuedAt, async token =>
                {
                    await CountTo(rules.Series("suggestion"), past.LetterNumber!.Value - 1, token);
                    await mediator.Send(new DraftLetter(await Bureau(token), id, past.Facts, past.Rule, past.Advice!), token);
                    await mediator.Send(new IssueLetter(await Bureau(token), id), token);
                });
            }

            if (past.ServedAt is { } servedAt)
            {
                yield return new(servedAt, async token => await mediator.Send(new ServeLetter(await Bureau(token), id), token));
                yield return new(servedAt, async token => await mediator.Send(new AcknowledgeLetter(await Liaison(past.Unit, token), id), token));
            }

            if (past.RectifiedAt is { } rectifiedAt)
                yield return new(rectifiedAt, async token => await mediator.Send(new ReportRectified(await Liaison(past.Unit, token), id, past.Rectified!, []), token));
            if (past.RecheckedAt is { } recheckedAt)
                yield return new(recheckedAt, async token => await mediator.Send(new CheckAgain(await Bureau(token), id, past.Corrected, past.Recheck!), token));
            if (past.ReportedAt is { } reportedAt)
                yield return new(reportedAt, async token => await mediator.Send(new ReportToGovernment(await Bureau(token), id), token));
            if (past.DecisionAt is { } decisionAt)
                yield return new(decisionAt, async token => await mediator.Send(new RecordDecision(await Bureau(token), id, past.Decision!, past.DecisionIssuedOn!.Value, past.DecisionServedOn!.Value), token));
            if (past.ClosedAt is { } closedAt)
                yield return new(closedAt, async token => await mediator.Send(new CloseWarning(await Bureau(token), id, past.Closing!), token));
        }
    }

    private IEnumerable<Happening> SpotChecks()
    {
        foreach (var past in files.SpotChecks)
        {
            var id = "";
            yield return new(past.At, async token => id = (await mediator.Send(new DrawSpotChecks(await Known(past.By, token), 0, [past.Unit], [.. past.Means.Select(Enum.Parse<SpotCheckMeans>)]), token)).Checks[0].Id);
            if (past is { ClosedAt: { } at, Findings: { } findings })
                yield return new(at, async token => await mediator.Send(new CloseSpotCheck(await Known(past.By, token), id, [], findings, past.FoundProblems, []), token));
        }
    }

    private IEnumerable<Happening> HandedOver() => files.HandedOver.Select(past => new Happening(
        past.At,
        async token => await mediator.Send(new TakeInClue(await Known(past.By, token), past.Unit, past.Organ, past.Document, past.On, past.Facts), token)));

    private async Task<Actor> Asker(string? personId, string? enterpriseId, CancellationToken cancellationToken) => personId is null
        ? new Actor(null, ActorRole.Public, "访客", new Address("web", "demo-history"))
        : await Known(personId, cancellationToken) with { EnterpriseId = enterpriseId };

    private async Task<Actor> Known(string personId, CancellationToken cancellationToken)
    {
        var person = await db.People.FirstAsync(p => p.Id == personId, cancellationToken);
        return new Actor(person.Id, person.Role, person.Name, new Address("web", person.Id), null, person.UnitId);
    }

    private async Task<Actor> Bureau(CancellationToken cancellationToken) =>
        await Known((await db.People.Where(p => p.Role == ActorRole.Supervisor).OrderBy(p => p.Id).FirstAsync(cancellationToken)).Id, cancellationToken);

    private async Task<Actor> Liaison(string unitId, CancellationToken cancellationToken) =>
        await Known((await db.People.Where(p => p.UnitId == unitId && p.Role == ActorRole.UnitLiaison).OrderBy(p => p.Id).FirstAsync(cancellationToken)).Id, cancellationToken);

    private async Task<Actor> Desk(string complaintId, CancellationToken cancellationToken)
    {
        var complaint = await db.Complaints.FirstAsync(c => c.Id == complaintId, cancellationToken);
        return await Known((await work.Services.GetRequiredService<ComplaintDesk>().Handlers(complaint, cancellationToken))[0], cancellationToken);
    }

    /// <summary>Numbers were given out to cases that are not part of the story too; the clerk's book is ahead of it.</summary>
    private async Task CountTo(string series, int last, CancellationToken cancellationToken)
    {
        var year = files.Outline.Clock.Year;
        var row = await db.NumberSeries.FirstOrDefaultAsync(s => s.Series == series && s.Year == year, cancellationToken);
        if (row is null)
            db.NumberSeries.Add(row = new NumberSeries(series, year, last));
        row.GoOnFrom(last);
        await db.SaveChangesAsync(cancellationToken);
    }

    private sealed record Happening(DateTimeOffset At, Func<CancellationToken, Task> Act);
}
