using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Visits;

/// <summary>同意, 不同意 or 换时间 (C10). A refusal has no consequence of any kind (J33).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record AnswerVisit(Actor By, string VisitId, Consent Answer, string OtherTime = "") : ICommand<VisitAnswered>;

public sealed record VisitAnswered(string VisitId, Consent Answer, string UnitName) : IReceipt
{
    string IReceipt.Subject => VisitId;
}

/// <summary>“这其实是检查”: one tap by the enterprise; the supervisor and the unit's leader hear of it (J32).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record CallItInspection(Actor By, string VisitId, string Because = "") : ICommand<CalledInspection>;

public sealed record CalledInspection(string VisitId, string UnitId, string UnitName) : IReceipt
{
    string IReceipt.Subject => VisitId;
}

/// <summary>The visits to the asking enterprise that are to come, or were in the last days; the newest first.</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record MyVisits(Actor By) : IQuery<IReadOnlyList<VisitCard>>;

/// <param name="Id">V26-7.</param>
/// <param name="UnitName">Who wants to come.</param>
/// <param name="Kind">行政指导 …</param>
/// <param name="On">When.</param>
/// <param name="HalfDay">上午, 下午 or empty.</param>
/// <param name="Content">What for.</param>
/// <param name="Consent">What was answered.</param>
/// <param name="TookPlace">They came.</param>
public sealed record VisitCard(string Id, string UnitName, string Kind, DateOnly On, string HalfDay, string Content, Consent Consent, bool TookPlace);

internal sealed class AnswerVisitHandler(ISupervisionDb db, VisitAlarms alarms, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<AnswerVisit, VisitAnswered>,
    IRequestHandler<CallItInspection, CalledInspection>,
    IRequestHandler<MyVisits, IReadOnlyList<VisitCard>>
{
    private const int Longest = 300;
    private const int Shown = 9;

    private static readonly Rule OwnVisit = new("没有找到这次走访，说“走访”可以看到与贵单位有关的走访。", "D15") { Boundary = true };
    private static readonly Rule OneOfThree = new("请回复同意、不同意或换时间。", "J33");
    private static readonly Rule WithTime = new("请说明什么时候方便（最多300字）。", "J33");
    private static readonly Rule NotTooLong = new("请控制在300字以内，细节可以在投诉里写。", "J32");

    public async Task<VisitAnswered> Handle(AnswerVisit command, CancellationToken cancellationToken)
    {
        OneOfThree.Require(command.Answer is Consent.Given or Consent.Refused or Consent.OtherTime);
        var other = command.OtherTime.Trim();
        WithTime.Require(command.Answer != Consent.OtherTime || other.Length is > 0 and <= Longest);
        var visit = await Own(command.By, command.VisitId, cancellationToken);
        visit.Answer(command.Answer, command.Answer == Consent.OtherTime ? other : null, command.By.PersonId!, clock.UtcNow);
        var fields = new Dictionary<string, string>
        {
            ["enterprise"] = await db.Enterprises.Where(e => e.Id == visit.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken),
            ["name"] = visit.Kind.Name(),
            ["date"] = ChineseDates.WithWeekday(visit.On) + visit.HalfDay,
            ["answer"] = command.Answer switch
            {
                Consent.Given => "同意",
                Consent.Refused => "不同意，请不要前往，也不要改为检查",
                _ => $"希望换时间：{other}。请重新征求同意，同意前不要前往",
            },
            ["visit"] = visit.Id,
        };
        if (visit.AskedById is { } asker)
            await notices.Owe(asker, "N68", FormattableString.Invariant($"N68:{visit.Id}:{clock.UtcNow:yyyyMMddHHmmss}"), visit.Id, fields, cancellationToken, actions: [$"走访 {visit.Id}"]);
        return new VisitAnswered(visit.Id, command.Answer, await UnitName(visit, cancellationToken));
    }

    public async Task<CalledInspection> Handle(CallItInspection command, CancellationToken cancellationToken)
    {
        NotTooLong.Require(command.Because.Length <= Longest);
        var visit = await Own(command.By, command.VisitId, cancellationToken);
        visit.CallInspection(command.Because.Trim(), clock.UtcNow);
        await alarms.Tell(visit, VisitAlert.EnterpriseSaysInspection, cancellationToken);
        return new CalledInspection(visit.Id, visit.UnitId, await UnitName(visit, cancellationToken));
    }

    public async Task<IReadOnlyList<VisitCard>> Handle(MyVisits query, CancellationToken cancellationToken)
    {
        var own = query.By.EnterpriseId ?? "";
        var visits = await db.Visits.Where(v => v.EnterpriseId == own).OrderByDescending(v => v.On).ThenByDescending(v => v.Id).Take(Shown).ToListAsync(cancellationToken);
        var units = await db.Units.ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return [.. visits.Select(v => new VisitCard(v.Id, units[v.UnitId], v.Kind.Name(), v.On, v.HalfDay, v.Content, v.Consent, v.TookPlace))];
    }

    private async Task<Visit> Own(Actor by, string visitId, CancellationToken cancellationToken)
    {
        var visit = await db.Visits.FirstOrDefaultAsync(v => v.Id == visitId, cancellationToken);
        OwnVisit.Require(visit is not null && visit.EnterpriseId == by.EnterpriseId);
        return visit!;
    }

    private Task<string> UnitName(Visit visit, CancellationToken cancellationToken) =>
        db.Units.Where(u => u.Id == visit.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);
}

/// <summary>Who hears of a visit that looks like an inspection: the justice bureau and the unit's leader, each once for each sign (J32–J34).</summary>
internal sealed class VisitAlarms(ISupervisionDb db, NoticeBoard notices)
{
    public async Task Tell(Visit visit, VisitAlert alert, CancellationToken cancellationToken)
    {
        var unit = await db.Units.Where(u => u.Id == visit.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);
        var enterprise = await db.Enterprises.Where(e => e.Id == visit.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["unit"] = unit,
            ["enterprise"] = enterprise,
            ["date"] = ChineseDates.Short(visit.On),
            ["name"] = visit.Kind.Name(),
            ["visit"] = visit.Id,
            ["sign"] = Say(visit, alert),
        };
        var people = await db.People
            .Where(p => p.Role == ActorRole.Supervisor || (p.Role == ActorRole.UnitLeader && p.UnitId == visit.UnitId))
            .Select(p => p.Id)
            .ToListAsync(cancellationToken);
        foreach (var person in people)
            await notices.Owe(person, "N69", $"N69:{visit.Id}:{alert}:{person}", visit.Id, fields, cancellationToken, digest: true);
    }

    public static string Say(Visit visit, VisitAlert alert) => alert switch
    {
        VisitAlert.WithoutConsent => "没有企业的同意记录",
        VisitAlert.TurnedIntoCase => "非紧急情况，当日转入执法流程",
        VisitAlert.EnterpriseSaysInspection => visit.CalledInspectionBecause is { Length: > 0 } because ? $"企业反映“这其实是检查”：{because}" : "企业反映“这其实是检查”",
        _ => $"走访记录中出现“{string.Join("”“", visit.Flagged)}”",
    };
}
