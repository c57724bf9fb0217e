using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Visits;

/// <summary>The visit begins; never without consent (J33).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record StartVisit(Actor By, string VisitId) : ICommand<VisitHeld>;

/// <summary>What the visit was about; words that belong to inspections are put before a person (J32).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record RecordVisit(Actor By, string VisitId, string Notes) : ICommand<VisitHeld>;

/// <summary>A sign of something wrong: the enterprise is told first what to put right, and by when (J34).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record NoteCorrection(Actor By, string VisitId, string Clue, bool Urgent, string Correction, DateOnly CorrectBy) : ICommand<VisitHeld>;

/// <summary>转入执法流程: only what is urgent, or was not put right in time (J34).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record TurnVisitIntoCase(Actor By, string VisitId) : ICommand<VisitHeld>;

/// <param name="VisitId">The visit.</param>
/// <param name="EnterpriseName">Where.</param>
/// <param name="Flagged">Words of the notes that a supervisor will look at.</param>
public sealed record VisitHeld(string VisitId, string EnterpriseName, IReadOnlyList<string> Flagged) : IReceipt
{
    string IReceipt.Subject => VisitId;
}

/// <summary>The visits of the asker's unit that are to come or were lately.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record VisitsOfUnit(Actor By) : IQuery<IReadOnlyList<UnitVisit>>;

public sealed record UnitVisit(string Id, string EnterpriseName, string Kind, DateOnly On, string HalfDay, string Content, Consent Consent, string? OtherTimeWished, bool TookPlace);

/// <summary>Visits that look like inspections (J32–J34); the unit's leader sees those of the own unit.</summary>
[Allowed(ActorRole.Supervisor, ActorRole.UnitLeader)]
public sealed record AlarmingVisits(Actor By) : IQuery<IReadOnlyList<AlarmingVisit>>;

public sealed record AlarmingVisit(string Id, string UnitId, DateOnly On, IReadOnlyList<VisitAlert> Alerts, string InWords);

internal sealed class HoldVisitHandler(ISupervisionDb db, VisitAlarms alarms, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<StartVisit, VisitHeld>,
    IRequestHandler<RecordVisit, VisitHeld>,
    IRequestHandler<NoteCorrection, VisitHeld>,
    IRequestHandler<TurnVisitIntoCase, VisitHeld>,
    IRequestHandler<VisitsOfUnit, IReadOnlyList<UnitVisit>>,
    IRequestHandler<AlarmingVisits, IReadOnlyList<AlarmingVisit>>
{
    private const int Longest = 2000;
    private const int Shown = 9;

    private static readonly Rule OwnVisit = new("没有找到这次走访，或者它不是您的单位安排的。说“走访”可以看到本单位的走访。", "D15") { Boundary = true };
    private static readonly Rule WithNotes = new("请写走访情况（最多2000字）。", "J32");
    private static readonly Rule WithCorrection = new("请写明看到什么、改什么（各最多2000字）。", "J34");
    private static readonly Rule DayAhead = new("改正日期已经过了，请写今天或以后的日期。", "J34");

    public async Task<VisitHeld> Handle(StartVisit command, CancellationToken cancellationToken)
    {
        var visit = await Own(command.By, command.VisitId, cancellationToken);
        visit.Start(clock.Today, clock.UtcNow);
        return await Held(visit, cancellationToken);
    }

    public async Task<VisitHeld> Handle(RecordVisit command, CancellationToken cancellationToken)
    {
        WithNotes.Require(command.Notes.Trim().Length is > 0 and <= Longest);
        var visit = await Own(command.By, command.VisitId, cancellationToken);
        visit.Record(command.Notes.Trim());
        if (visit.Flagged.Count > 0)
            await alarms.Tell(visit, VisitAlert.WordsOfInspection, cancellationToken);
        return await Held(visit, cancellationToken);
    }

    public async Task<VisitHeld> Handle(NoteCorrection command, CancellationToken cancellationToken)
    {
        WithCorrection.Require(command.Clue.Trim().Length is > 0 and <= Longest && command.Correction.Trim().Length is > 0 and <= Longest);
        DayAhead.Require(command.CorrectBy >= clock.Today);
        var visit = await Own(command.By, command.VisitId, cancellationToken);
        visit.Notice(command.Clue.Trim(), command.Urgent, command.Correction.Trim(), command.CorrectBy);
        var fields = new Dictionary<string, string>
        {
            ["unit"] = await db.Units.Where(u => u.Id == visit.UnitId).Select(u => u.Name).FirstAsync(cancellationToken),
            ["name"] = visit.Kind.Name(),
            ["date"] = ChineseDates.Short(visit.On),
            ["clue"] = visit.Clue!,
            ["correction"] = visit.CorrectionNote!,
            ["correctBy"] = ChineseDates.WithWeekday(command.CorrectBy),
        };
        foreach (var contact in await db.ContactsOf(visit.EnterpriseId, cancellationToken))
            await notices.Owe(contact, "N60", $"N60:{visit.Id}:{command.CorrectBy:yyyyMMdd}:{contact}", visit.Id, fields, cancellationToken, actions: [$"这其实是检查 {visit.Id}", "申请行政指导"]);
        return await Held(visit, cancellationToken);
    }

    public async Task<VisitHeld> Handle(TurnVisitIntoCase command, CancellationToken cancellationToken)
    {
        var visit = await Own(command.By, command.VisitId, cancellationToken);
        visit.TurnIntoCase(clock.Today);
        return await Held(visit, cancellationToken);
    }

    public async Task<IReadOnlyList<UnitVisit>> Handle(VisitsOfUnit query, CancellationToken cancellationToken)
    {
        var visits = await db.Visits.Where(v => v.UnitId == query.By.UnitId).OrderByDescending(v => v.On).ThenByDescending(v => v.Id).Take(Shown).ToListAsync(cancellationToken);
        var ids = visits.ConvertAll(v => v.EnterpriseId);
        var names = await db.Enterprises.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        return [.. visits.Select(v => new UnitVisit(v.Id, names[v.EnterpriseId], v.Kind.Name(), v.On, v.HalfDay, v.Content, v.Consent, v.OtherTimeWished, v.TookPlace))];
    }

    public async Task<IReadOnlyList<AlarmingVisit>> Handle(AlarmingVisits query, CancellationToken cancellationToken)
    {
        var unit = query.By.Role == ActorRole.Supervisor ? null : query.By.UnitId ?? "";
        var visits = await db.Visits.Where(v => unit == null || v.UnitId == unit).OrderBy(v => v.Id).ToListAsync(cancellationToken);
        return
        [
            .. visits.Where(v => v.Alerts.Count > 0)
                .Select(v => new AlarmingVisit(v.Id, v.UnitId, v.On, v.Alerts, string.Join('；', v.Alerts.Select(alert => VisitAlarms.Say(v, alert))))),
        ];
    }

    private async Task<Visit> Own(Actor by, string visitId, CancellationToken cancellationToken)
    {
        var visit = await db.Visits.FirstOrDefaultAsync(v => v.Id == visitId, cancellationToken);
        OwnVisit.Require(visit is not null && by.UnitId is not null && visit.UnitId == by.UnitId);
        return visit!;
    }

    private async Task<VisitHeld> Held(Visit visit, CancellationToken cancellationToken) =>
        new(visit.Id, await db.Enterprises.Where(e => e.Id == visit.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken), visit.Flagged);
}

/// <summary>Part of the sweep: tells of visits from other platforms' files that look like inspections, each once (J32–J34).</summary>
[Allowed]
public sealed record TellOfAlarmingVisits(Actor By) : ICommand<AlarmingVisitsTold>, IRecordsItself;

public sealed record AlarmingVisitsTold(int Count) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class TellOfAlarmingVisitsHandler(ISupervisionDb db, VisitAlarms alarms) : IRequestHandler<TellOfAlarmingVisits, AlarmingVisitsTold>
{
    public async Task<AlarmingVisitsTold> Handle(TellOfAlarmingVisits command, CancellationToken cancellationToken)
    {
        var alarming = (await db.Visits.Where(v => v.StartedAt != null || v.CalledInspectionAt != null).OrderBy(v => v.Id).ToListAsync(cancellationToken)).FindAll(v => v.Alerts.Count > 0);
        foreach (var visit in alarming)
        {
            foreach (var alert in visit.Alerts)
                await alarms.Tell(visit, alert, cancellationToken);
        }

        return new AlarmingVisitsTold(alarming.Count);
    }
}
