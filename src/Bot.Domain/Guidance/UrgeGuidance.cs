using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>Urges the answer: the handler and the unit's leader are told, and the justice bureau once the last day is over. Once a day (C6).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record UrgeGuidance(Actor By, string RequestId) : ICommand<UrgeReceipt>;

public sealed record UrgeReceipt(string Id, string Number, string UnitName, bool LeaderTold, bool BureauTold) : IReceipt
{
    public string Subject => Id;
}

internal sealed class UrgeGuidanceHandler(ISupervisionDb db, GuidanceRegister register, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock)
    : IRequestHandler<UrgeGuidance, UrgeReceipt>
{
    public async Task<UrgeReceipt> Handle(UrgeGuidance command, CancellationToken cancellationToken)
    {
        var request = await register.OfEnterprise(command.By, command.RequestId, cancellationToken);
        request.Urge(clock.Today);
        var unit = await db.Units.Where(u => u.Id == request.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);
        var deadline = await register.DeadlineOf(request, cancellationToken);
        var overdue = clock.Today > deadline.DueOn;
        var leaders = await db.OfficialsOf(request.UnitId, ActorRole.UnitLeader, cancellationToken);
        var bureau = overdue ? await db.Supervisors(cancellationToken) : [];

        var fields = new Dictionary<string, string>
        {
            ["object"] = $"企业催办的{deadline.Title}",
            ["due"] = GuidanceRegister.Due(deadline),
            ["left"] = calendars.Current.WorkingDaysBetween(clock.Today, deadline.DueOn).ToString(CultureInfo.InvariantCulture),
            ["over"] = calendars.Current.WorkingDaysBetween(deadline.DueOn, clock.Today).ToString(CultureInfo.InvariantCulture),
            ["copied"] = leaders.Count > 0 ? $"{unit}负责人和{rules.SupervisionOffice.Name}" : rules.SupervisionOffice.Name,
        };
        foreach (var person in deadline.HandlerIds.Concat(leaders).Concat(bureau).Distinct())
        {
            var key = FormattableString.Invariant($"urged:{deadline.SubjectId}:{clock.Today:yyyy-MM-dd}:{person}");
            string[] actions = bureau.Contains(person) ? [] : [$"答复 {request.Id}"];
            await notices.Owe(person, overdue ? "N8" : "N7", key, deadline.SubjectId, fields, cancellationToken, actions: actions);
        }

        return new UrgeReceipt(request.Id, request.Number, unit, leaders.Count > 0, bureau.Count > 0);
    }
}
