using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>Finds requests for whoever may see them, says how they stand, and tells the people of the unit.</summary>
internal sealed class GuidanceRegister(ISupervisionDb db, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>One sentence for "does not exist" and "not yours": neither reveals the other's cases.</summary>
    public static readonly Rule Found = new("没有找到这件指导申请，请核对编号；说“办理进度”可以看到您自己的全部事项。", "D15") { Boundary = true };
    public static readonly Rule CodeFits = new("没有找到这个查询码对应的提问，请核对后再发一次。", "W28") { Boundary = true };
    public static readonly Rule OwnUnit = new("没有找到这件指导申请，或者它不由您的单位办理。说“指导答复”可以看到本单位待答复的申请。", "D15") { Boundary = true };

    public async Task<GuidanceRequest> OfEnterprise(Actor by, string reference, CancellationToken cancellationToken)
    {
        var request = await Find(reference, cancellationToken);
        Found.Require(request?.EnterpriseId is { } owner && owner == by.EnterpriseId);
        return request!;
    }

    public async Task<GuidanceRequest> ByCode(string code, CancellationToken cancellationToken)
    {
        var hash = LookupCode.Hash(code);
        var request = await db.GuidanceRequests.Include(r => r.FollowUps).FirstOrDefaultAsync(r => r.LookupHash == hash, cancellationToken);
        CodeFits.Require(request is not null);
        return request!;
    }

    /// <summary>Officials see their own unit's requests, the justice bureau sees all.</summary>
    public async Task<GuidanceRequest> OfUnit(Actor by, string reference, CancellationToken cancellationToken)
    {
        var request = await Find(reference, cancellationToken);
        OwnUnit.Require(request is not null && (by.Role == ActorRole.Supervisor || request.UnitId == by.UnitId));
        return request!;
    }

    public async Task<Deadline> DeadlineOf(GuidanceRequest request, CancellationToken cancellationToken)
    {
        var id = GuidanceDeadlines.Current(request);
        return db.Deadlines.Local.FirstOrDefault(d => d.Id == id) ?? await db.Deadlines.FirstAsync(d => d.Id == id, cancellationToken);
    }

    /// <summary>
    /// The inspectors of the inspection that was asked about, otherwise the unit's guidance desk, its liaison, its leader, and at last the justice
    /// bureau: a request that nobody hears of would first come up when it is late.
    /// </summary>
    public async Task<IReadOnlyList<string>> HandlersAt(Unit unit, InspectionTask? task, CancellationToken cancellationToken)
    {
        if (task is { InspectorIds.Count: > 0 } && task.UnitId == unit.Id)
            return task.InspectorIds;
        if (unit.GuidanceDeskPersonId is { } desk)
            return [desk];
        foreach (var role in (ActorRole[])[ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor])
        {
            var people = await db.People.Where(p => p.Role == role && (p.UnitId == unit.Id || role == ActorRole.Supervisor)).Select(p => p.Id).ToListAsync(cancellationToken);
            if (people.Count > 0)
                return people;
        }

        return [];
    }

    /// <summary>N2b to the handlers and the unit's liaison, once for each time the request reaches them.</summary>
    public async Task TellUnit(GuidanceRequest request, Deadline deadline, CancellationToken cancellationToken)
    {
        var again = request.FollowUps.Count > 0;
        var fields = new Dictionary<string, string>
        {
            ["no"] = request.Number + (again ? "（追问）" : ""),
            ["enterprise"] = await EnterpriseName(request, cancellationToken) ?? "匿名提问人",
            ["due"] = Due(deadline),
        };
        foreach (var person in deadline.HandlerIds.Concat(await LiaisonsOf(request.UnitId, cancellationToken)).Distinct())
        {
            var key = FormattableString.Invariant($"N2b:{deadline.SubjectId}:{request.Moves}:{person}");
            await notices.Owe(person, "N2b", key, deadline.SubjectId, fields, cancellationToken, unrushed: request is { Anonymous: true, Moves: 0 }, actions: [$"答复 {request.Id}"]);
        }
    }

    public async Task<IReadOnlyList<string>> LiaisonsOf(string unitId, CancellationToken cancellationToken) =>
        await db.OfficialsOf(unitId, ActorRole.UnitLiaison, cancellationToken);

    public async Task<GuidanceView> View(GuidanceRequest request, CancellationToken cancellationToken)
    {
        var unit = await db.Units.FirstAsync(u => u.Id == request.UnitId, cancellationToken);
        var deadline = await DeadlineOf(request, cancellationToken);
        var first = request.FollowUps.Count == 0 ? deadline : await db.Deadlines.FirstAsync(d => d.Id == GuidanceDeadlines.IdOf(request), cancellationToken);
        var followUps = new List<GuidanceExchange>();
        foreach (var followUp in request.FollowUps.OrderBy(f => f.Ordinal))
        {
            var own = await db.Deadlines.FirstAsync(d => d.Id == GuidanceDeadlines.IdOf(followUp), cancellationToken);
            followUps.Add(new(followUp.Question, ChinaClock.ToChinaDate(followUp.ReceivedAt), Answer(followUp.Answer, followUp.Basis, followUp.Steps, followUp.AnsweredAt, own)));
        }

        var handlers = await db.People.Where(p => deadline.HandlerIds.Contains(p.Id)).Select(p => p.Name).ToListAsync(cancellationToken);
        var calendar = calendars.Current;
        var overdue = request.AwaitsAnswer && clock.Today > deadline.DueOn;
        return new GuidanceView(
            request.Id,
            request.Number,
            unit.Id,
            unit.Name,
            unit.Phone,
            await EnterpriseName(request, cancellationToken),
            request.Question,
            ChinaClock.ToChinaDate(request.ReceivedAt),
            deadline.Period.ToString(),
            deadline.DueOn,
            deadline.Provisional,
            GuidanceLines.State(request),
            request.AwaitsAnswer,
            overdue,
            overdue ? calendar.WorkingDaysBetween(deadline.DueOn, clock.Today) : 0,
            overdue ? 0 : calendar.WorkingDaysBetween(clock.Today, deadline.DueOn),
            HowCounted(deadline, overdue),
            Answer(request.Answer, request.Basis, request.Steps, request.AnsweredAt, first),
            followUps,
            Math.Max(0, rules.GuidanceFollowUps.Value - request.FollowUps.Count),
            request.Useful,
            string.Join('、', handlers))
        {
            FileIds = request.FileIds,
        };
    }

    /// <summary>The due day for a notice, marked when a holiday notice is still missing.</summary>
    public static string Due(Deadline deadline) => ChineseDates.Due(deadline.DueOn, deadline.Provisional);

    private static GuidanceAnswer? Answer(string? text, string basis, string steps, DateTime? at, Deadline deadline)
    {
        if (text is null || at is not { } answeredAt)
            return null;
        var on = ChinaClock.ToChinaDate(answeredAt);
        return new(text, basis, steps, on, deadline.OnTime(on));
    }

    private async Task<GuidanceRequest?> Find(string reference, CancellationToken cancellationToken)
    {
        var id = FollowUp.RequestOf(reference.ToUpperInvariant());
        return db.GuidanceRequests.Local.FirstOrDefault(r => r.Id == id)
            ?? await db.GuidanceRequests.Include(r => r.FollowUps).FirstOrDefaultAsync(r => r.Id == id || r.Number == reference, cancellationToken);
    }

    private async Task<string?> EnterpriseName(GuidanceRequest request, CancellationToken cancellationToken) =>
        request.EnterpriseId is { } id ? await db.Enterprises.Where(e => e.Id == id).Select(e => e.Name).FirstAsync(cancellationToken) : null;

    private string HowCounted(Deadline deadline, bool overdue)
    {
        var calendar = calendars.Current;
        var text = calendar.Explain(deadline.StartedOn, calendar.Due(deadline.StartedOn, deadline.Period));
        if (deadline.FirstDueOn != deadline.DueOn)
            text += $"最初告诉您的是{ChineseDates.WithWeekday(deadline.FirstDueOn)}，放假安排更新后改为{ChineseDates.WithWeekday(deadline.DueOn)}。";
        return overdue ? text + Since(deadline.DueOn) : text;
    }

    /// <summary>The days after the last one, so that "2 working days late" can be checked.</summary>
    private string Since(DateOnly dueOn)
    {
        const int namedOneByOne = 5;
        var days = Enumerable.Range(1, clock.Today.DayNumber - dueOn.DayNumber).Select(dueOn.AddDays).Select(calendars.Current.Describe).ToList();
        var late = days.Where(day => day.IsWorking).ToList();
        if (late.Count == 0)
            return $"之后到今天都不是工作日（{string.Join('、', days.Select(day => day.Why).Distinct())}）。";
        if (late.Count > namedOneByOne)
            return FormattableString.Invariant($"之后到今天已有{late.Count}个工作日。");
        var off = days.Where(day => !day.IsWorking).ToList();
        var text = $"之后的工作日是{string.Join('、', late.Select(day => ChineseDates.Short(day.On)))}";
        return off.Count == 0
            ? $"{text}。"
            : $"{text}；{string.Join('，', off.GroupBy(day => day.Why).Select(group => $"{string.Join('、', group.Select(day => ChineseDates.Short(day.On)))}是{group.Key}"))}。";
    }
}
