using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Todo;

/// <summary>Chooses when on working days one is reminded (C18).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record RemindMeAt(Actor By, TimeOnly Time) : ICommand<ReminderTime>;

public sealed record ReminderTime(string PersonId, TimeOnly Time) : IReceipt
{
    public string Subject => PersonId;
}

internal sealed class RemindMeAtHandler(ISupervisionDb db, RulePack rules) : IRequestHandler<RemindMeAt, ReminderTime>
{
    private static readonly Rule Registered = new("没有找到您的登记信息，请联系司法局。", "D15");
    private static readonly Rule OutsideNightRest = new("这个时间在夜间免打扰时段内，请换一个时间。", "J18");

    public async Task<ReminderTime> Handle(RemindMeAt command, CancellationToken cancellationToken)
    {
        var person = await db.People.FirstOrDefaultAsync(p => p.Id == command.By.PersonId, cancellationToken);
        Registered.Require(person is not null);
        OutsideNightRest.Require(
            !command.Time.IsBetween(rules.NightRest.From, rules.NightRest.To),
            FormattableString.Invariant($"{rules.NightRest.From:HH:mm}到次日{rules.NightRest.To:HH:mm}不发提醒，请选白天的时间。"));
        person!.RemindAt = command.Time;
        return new ReminderTime(person.Id, command.Time);
    }
}
