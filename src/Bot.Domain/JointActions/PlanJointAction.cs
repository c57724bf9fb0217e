using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.JointActions;

/// <summary>The justice bureau plans a joint action; the heads and liaisons of all its units are told (S44).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record PlanJointAction(Actor By, JointActionFacts Facts) : ICommand<JointActionReceipt>;

/// <summary>It is over, and what came of it.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record CloseJointAction(Actor By, string ActionId, [property: AtMost(1000)] string Outcome) : ICommand<JointActionReceipt>;

public sealed record JointActionReceipt(string ActionId, string Number, int Told) : IReceipt
{
    string IReceipt.Subject => ActionId;
}

/// <summary>The joint actions that are not over, those of the asker's unit or, for the justice bureau, all.</summary>
[Allowed(ActorRole.Supervisor, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record JointActions(Actor By) : IQuery<IReadOnlyList<JointActionView>>;

public sealed record JointActionView(string Id, string Number, string Field, string Lead, IReadOnlyList<string> Members, DateOnly From, DateOnly To, string Measures);

internal sealed class PlanJointActionHandler(ISupervisionDb db, NoticeBoard notices, RulePack rules, ChinaClock clock) :
    IRequestHandler<PlanJointAction, JointActionReceipt>,
    IRequestHandler<CloseJointAction, JointActionReceipt>,
    IRequestHandler<JointActions, IReadOnlyList<JointActionView>>
{
    private const int Shown = 20;

    private static readonly Rule KnownAction = new("没有查到这次联合行动，说“联合行动”可以看到现有的。", "S44");
    private static readonly Rule KnownUnits = new("有的单位没有查到，请核对名称。", "S44");

    public async Task<JointActionReceipt> Handle(PlanJointAction command, CancellationToken cancellationToken)
    {
        var number = await Numbers.Take(db, rules.Series("jointAction"), "LD", clock.Today.Year, 1, cancellationToken);
        var action = new JointAction(number.Id, number.Printed, command.Facts, command.By.PersonId!, clock.Today);
        var names = await Names(cancellationToken);
        KnownUnits.Require(action.MemberUnitIds.Append(action.LeadUnitId).All(names.ContainsKey));
        db.JointActions.Add(action);
        return new JointActionReceipt(action.Id, action.Number, await Tell(action, View(action, names), cancellationToken));
    }

    public async Task<JointActionReceipt> Handle(CloseJointAction command, CancellationToken cancellationToken)
    {
        var id = command.ActionId.Trim().ToUpperInvariant();
        var action = await db.JointActions.FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
        KnownAction.Require(action is not null);
        action!.Close(command.Outcome, clock.Today);
        return new JointActionReceipt(action.Id, action.Number, 0);
    }

    public async Task<IReadOnlyList<JointActionView>> Handle(JointActions query, CancellationToken cancellationToken)
    {
        var unit = query.By.Role == ActorRole.Supervisor ? null : query.By.UnitId ?? "";
        var names = await Names(cancellationToken);
        return (await db.JointActions.Where(a => a.ClosedOn == null && (unit == null || a.LeadUnitId == unit || a.MemberUnitIds.Contains(unit))).OrderBy(a => a.From).ThenBy(a => a.Id).Take(Shown).ToListAsync(cancellationToken))
            .ConvertAll(action => View(action, names));
    }

    private Task<Dictionary<string, string>> Names(CancellationToken cancellationToken) => db.Units.ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);

    private static JointActionView View(JointAction action, Dictionary<string, string> names) =>
        new(action.Id, action.Number, action.Field, names[action.LeadUnitId], action.MemberUnitIds.ConvertAll(id => names[id]), action.From, action.To, action.Measures);

    private async Task<int> Tell(JointAction action, JointActionView view, CancellationToken cancellationToken)
    {
        var units = action.MemberUnitIds.Append(action.LeadUnitId).ToList();
        var people = await db.People.Where(p => p.UnitId != null && units.Contains(p.UnitId) && (p.Role == ActorRole.UnitLeader || p.Role == ActorRole.UnitLiaison)).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["number"] = view.Number,
            ["field"] = view.Field,
            ["lead"] = view.Lead,
            ["members"] = string.Join('、', view.Members),
            ["from"] = ChineseDates.Short(view.From),
            ["to"] = ChineseDates.WithWeekday(view.To),
            ["measures"] = view.Measures.TrimEnd('。'),
        };
        foreach (var person in people)
            await notices.Owe(person, "N157", $"N157:{action.Id}:{person}", action.Id, fields, cancellationToken, actions: ["联合行动"]);
        return people.Count;
    }
}
