using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>Gives a request to a colleague of the same unit; the deadline stays.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record HandOverGuidance(Actor By, string RequestId, string ToPersonId) : ICommand<HandOverReceipt>;

public sealed record HandOverReceipt(string Id, string Number, string ToName, DateOnly DueOn, bool Provisional) : IReceipt
{
    public string Subject => Id;
}

/// <summary>The people of one's own unit who could take a request over.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record Colleagues(Actor By) : IQuery<IReadOnlyList<Colleague>>;

public sealed record Colleague(string Id, string Name, string Title);

internal sealed class HandOverGuidanceHandler(ISupervisionDb db, GuidanceRegister register)
    : IRequestHandler<HandOverGuidance, HandOverReceipt>, IRequestHandler<Colleagues, IReadOnlyList<Colleague>>
{
    private static readonly Rule ToColleague = new("只能转给本单位的同事；不属于本单位的，请选“不属于我局”。", "J18");
    private static readonly Rule ToSomebodyElse = new("这件申请已经由这位同事办理了。", "J18");

    public async Task<HandOverReceipt> Handle(HandOverGuidance command, CancellationToken cancellationToken)
    {
        var request = await register.OfUnit(command.By, command.RequestId, cancellationToken);
        var colleague = await db.People.FirstOrDefaultAsync(p => p.Id == command.ToPersonId && p.UnitId == request.UnitId, cancellationToken);
        ToColleague.Require(colleague is not null);
        var deadline = await register.DeadlineOf(request, cancellationToken);
        request.HandOn();
        ToSomebodyElse.Require(deadline.HandlerIds is not [var only] || only != colleague!.Id);
        deadline.HandTo([colleague!.Id]);
        await register.TellUnit(request, deadline, cancellationToken);
        return new HandOverReceipt(request.Id, request.Number, colleague.Name, deadline.DueOn, deadline.Provisional);
    }

    public async Task<IReadOnlyList<Colleague>> Handle(Colleagues query, CancellationToken cancellationToken)
    {
        ActorRole[] roles = [ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader];
        return await db.People
            .Where(p => p.UnitId == query.By.UnitId && p.Id != query.By.PersonId && roles.Contains(p.Role))
            .OrderBy(p => p.Id)
            .Select(p => new Colleague(p.Id, p.Name, p.Title ?? ""))
            .ToListAsync(cancellationToken);
    }
}
