using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Results;

/// <summary>设观察期 with a result or afterwards: the enterprise hears until when it runs and what to do (W24).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record SetObservationPeriod(Actor By, string TaskId, string Matter, DateOnly Until, string WhatToDo) : ICommand<ObservationSet>;

/// <param name="PeriodId">Q26-1.</param>
/// <param name="EnterpriseName">Who is given the time.</param>
/// <param name="Until">The last day.</param>
/// <param name="RemindOn">When both are reminded; null when that day is over already.</param>
/// <param name="Told">How many contacts were told.</param>
public sealed record ObservationSet(string PeriodId, string EnterpriseName, DateOnly Until, DateOnly? RemindOn, int Told) : IReceipt
{
    string IReceipt.Subject => PeriodId;
}

/// <summary>What came of it: done, at any time; not done, only after its end (W24).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record CloseObservationPeriod(Actor By, string PeriodId, bool Kept, string Seen) : ICommand<ObservationClosed>;

public sealed record ObservationClosed(string PeriodId, bool Kept) : IReceipt
{
    string IReceipt.Subject => PeriodId;
}

/// <summary>The observation periods that are not settled: the unit's own, the enterprise's own.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.EnterpriseUser)]
public sealed record ObservationPeriods(Actor By) : IQuery<IReadOnlyList<ObservationView>>;

public sealed record ObservationView(string Id, string TaskId, string UnitName, string EnterpriseName, string Matter, string WhatToDo, DateOnly Until, bool Over);

/// <summary>The problems of an inspection of one's own that an observation period may be about.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record MattersOfResult(Actor By, string TaskId) : IQuery<ResultMatters>;

public sealed record ResultMatters(string EnterpriseName, IReadOnlyList<string> Problems);

/// <summary>Part of the daily round: reminds both sides some working days before the end, and notes the end (W24). Safe to repeat.</summary>
[Allowed]
public sealed record WatchObservationPeriods(Actor By) : ICommand<ObservationsWatched>, IRecordsItself;

public sealed record ObservationsWatched(int Reminded, int Ended) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class KeepObservationHandler(ISupervisionDb db, ResultDesk desk, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock, AuditTrail trail) :
    IRequestHandler<SetObservationPeriod, ObservationSet>,
    IRequestHandler<CloseObservationPeriod, ObservationClosed>,
    IRequestHandler<ObservationPeriods, IReadOnlyList<ObservationView>>,
    IRequestHandler<MattersOfResult, ResultMatters>,
    IRequestHandler<WatchObservationPeriods, ObservationsWatched>
{
    private const int Longest = 500;
    private const int Shown = 20;

    private static readonly Rule AfterTheResult = new("请先回填结果，再设观察期；结果等负责人确认的，确认后再设。", "W24");
    private static readonly Rule MatterSaid = new("请写明给哪个问题或事项设观察期（最多500字）。", "W24");
    private static readonly Rule WhatToDoSaid = new("请写明观察期内企业要做什么（最多500字），企业会看到。", "W24");
    private static readonly Rule EndAhead = new("观察期的截止日期要晚于今天，请核对。", "W24");
    private static readonly Rule OnePerMatter = new("这个事项正在观察期内，不用再设；要调整的，请先登记原来观察期的情况。", "W24");
    private static readonly Rule OwnPeriod = new("没有找到这个观察期，或者它不由您的单位设定。说“观察期”可以看到本单位的。", "D15") { Boundary = true };
    private static readonly Rule SeenSaid = new("请用一句话写明怎么核实的（最多500字）。", "W24");

    public async Task<ObservationSet> Handle(SetObservationPeriod command, CancellationToken cancellationToken)
    {
        var task = await desk.OfTeam(command.By, command.TaskId, cancellationToken);
        AfterTheResult.Require(task.ResultEnteredOn is not null);
        var (matter, what, today) = (command.Matter.Trim(), command.WhatToDo.Trim(), clock.Today);
        MatterSaid.Require(matter.Length is > 0 and <= Longest);
        WhatToDoSaid.Require(what.Length is > 0 and <= Longest);
        EndAhead.Require(command.Until > today);
        OnePerMatter.Require(!await db.ObservationPeriods.AnyAsync(p => p.TaskId == task.Id && p.Matter == matter && p.ClosedOn == null && p.Until >= today, cancellationToken));
        var number = await Numbers.Take(db, rules.Series("observationPeriod"), "Q", today.Year, 1, cancellationToken);
        var period = new ObservationPeriod(number.Id, task.Id, task.UnitId, task.EnterpriseId, matter, what, command.Until, command.By.PersonId!, today);
        db.ObservationPeriods.Add(period);
        var fields = await Fields(period, cancellationToken);
        var told = await TellEnterprise(period, "N90", fields, cancellationToken);
        var remind = RemindOn(period);
        return new ObservationSet(period.Id, fields["enterprise"], period.Until, remind > today ? remind : null, told);
    }

    public async Task<ObservationClosed> Handle(CloseObservationPeriod command, CancellationToken cancellationToken)
    {
        var period = await db.ObservationPeriods.FirstOrDefaultAsync(p => p.Id == command.PeriodId, cancellationToken);
        OwnPeriod.Require(period is not null && command.By.UnitId is not null && period.UnitId == command.By.UnitId);
        SeenSaid.Require(command.Seen.Trim().Length is > 0 and <= Longest);
        period!.Close(command.Kept, command.Seen.Trim(), command.By.PersonId!, clock.Today);
        var fields = await Fields(period, cancellationToken);
        (fields["outcome"], fields["seen"]) = (command.Kept ? "已做到" : "没有做到", period.Seen!.TrimEnd('。'));
        await TellEnterprise(period, "N93", fields, cancellationToken);
        return new ObservationClosed(period.Id, command.Kept);
    }

    public async Task<IReadOnlyList<ObservationView>> Handle(ObservationPeriods query, CancellationToken cancellationToken)
    {
        var open = db.ObservationPeriods.Where(p => p.ClosedOn == null);
        var (unit, enterprise) = (query.By.UnitId ?? "", query.By.EnterpriseId ?? "");
        open = query.By.Role == ActorRole.EnterpriseUser ? open.Where(p => p.EnterpriseId == enterprise) : open.Where(p => p.UnitId == unit);
        var found = new List<ObservationView>();
        foreach (var period in await open.OrderBy(p => p.Until).ThenBy(p => p.Id).Take(Shown).ToListAsync(cancellationToken))
        {
            var fields = await Fields(period, cancellationToken);
            found.Add(new ObservationView(period.Id, period.TaskId, fields["unit"], fields["enterprise"], period.Matter, period.WhatToDo, period.Until, clock.Today > period.Until));
        }

        return found;
    }

    public async Task<ResultMatters> Handle(MattersOfResult query, CancellationToken cancellationToken)
    {
        var task = await desk.OfTeam(query.By, query.TaskId, cancellationToken);
        AfterTheResult.Require(task.ResultEnteredOn is not null);
        return new ResultMatters(
            await db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken),
            await db.Problems.Where(p => p.TaskId == task.Id).OrderBy(p => p.Id).Select(p => p.Text).ToListAsync(cancellationToken));
    }

    public async Task<ObservationsWatched> Handle(WatchObservationPeriods command, CancellationToken cancellationToken)
    {
        var (today, reminded, ended) = (clock.Today, 0, 0);
        foreach (var period in await db.ObservationPeriods.Where(p => p.ClosedOn == null && p.EndNotedOn == null).OrderBy(p => p.Id).ToListAsync(cancellationToken))
        {
            if (today > period.Until)
            {
                period.Ended(today);
                await TellBoth(period, "N92", "N92b", cancellationToken);
                trail.Add(command.By.PersonId!, nameof(WatchObservationPeriods), period.Id, "ended");
                ended++;
            }
            else if (period.RemindedOn is null && today >= RemindOn(period) && RemindOn(period) > period.SetOn)
            {
                period.Reminded(today);
                await TellBoth(period, "N91", "N91b", cancellationToken);
                trail.Add(command.By.PersonId!, nameof(WatchObservationPeriods), period.Id, "reminded");
                reminded++;
            }
        }

        return new ObservationsWatched(reminded, ended);
    }

    private DateOnly RemindOn(ObservationPeriod period) => calendars.Current.AddWorkingDays(period.Until, -rules.ObservationEndNotice.Period.Amount);

    private async Task TellBoth(ObservationPeriod period, string toEnterprise, string toUnit, CancellationToken cancellationToken)
    {
        var fields = await Fields(period, cancellationToken);
        await TellEnterprise(period, toEnterprise, fields, cancellationToken);
        var team = await db.Tasks.Where(t => t.Id == period.TaskId).Select(t => t.InspectorIds).FirstAsync(cancellationToken);
        foreach (var person in team.Append(period.SetById).Distinct())
            await notices.Owe(person, toUnit, $"{toUnit}:{period.Id}:{person}", period.Id, fields, cancellationToken, digest: true, actions: [$"观察期 {period.Id}"]);
    }

    private async Task<int> TellEnterprise(ObservationPeriod period, string kind, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var contacts = await db.ContactsOf(period.EnterpriseId, cancellationToken);
        foreach (var contact in contacts)
            await notices.Owe(contact, kind, $"{kind}:{period.Id}:{contact}", period.Id, fields, cancellationToken, actions: ["观察期", "申请行政指导"]);
        return contacts.Count;
    }

    private async Task<Dictionary<string, string>> Fields(ObservationPeriod period, CancellationToken cancellationToken)
    {
        var unit = await db.Units.FirstAsync(u => u.Id == period.UnitId, cancellationToken);
        return new Dictionary<string, string>
        {
            ["id"] = period.Id,
            ["task"] = period.TaskId,
            ["unit"] = unit.Name,
            ["phone"] = unit.Phone,
            ["enterprise"] = await db.Enterprises.Where(e => e.Id == period.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken),
            ["matter"] = period.Matter.TrimEnd('。'),
            ["what"] = period.WhatToDo.TrimEnd('。'),
            ["until"] = ChineseDates.WithWeekday(period.Until),
            ["days"] = rules.ObservationEndNotice.Period.ToString(),
        };
    }
}
