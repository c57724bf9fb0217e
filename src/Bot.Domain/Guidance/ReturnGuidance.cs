using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>Not our unit's matter: the request moves to the right unit with the deadline unchanged, and both sides are told.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record ReturnGuidance(Actor By, string RequestId, string ToUnitId, string Reason) : ICommand<ReturnReceipt>;

public sealed record ReturnReceipt(string Id, string Number, string ToUnitName, DateOnly DueOn, bool Provisional) : IReceipt
{
    public string Subject => Id;
}

internal sealed class ReturnGuidanceHandler(ISupervisionDb db, GuidanceRegister register, NoticeBoard notices) : IRequestHandler<ReturnGuidance, ReturnReceipt>
{
    private static readonly Rule WithReason = new("请说明为什么不属于本单位，企业也会看到这句话。", "J18");
    private static readonly Rule ToAnotherUnit = new("请选择另一个单位。", "J18");

    public async Task<ReturnReceipt> Handle(ReturnGuidance command, CancellationToken cancellationToken)
    {
        WithReason.Require(!string.IsNullOrWhiteSpace(command.Reason));
        var request = await register.OfUnit(command.By, command.RequestId, cancellationToken);
        var to = await db.Units.FirstOrDefaultAsync(u => u.Id == command.ToUnitId && u.Id != request.UnitId, cancellationToken);
        ToAnotherUnit.Require(to is not null);
        var from = await db.Units.Where(u => u.Id == request.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);

        request.MoveTo(to!.Id, command.Reason.Trim());
        var deadline = await register.DeadlineOf(request, cancellationToken);
        deadline.MoveTo(to.Id, await register.HandlersAt(to, null, cancellationToken));
        await register.TellUnit(request, deadline, cancellationToken);
        if (request.AskedById is { } asker)
        {
            var fields = new Dictionary<string, string>
            {
                ["no"] = request.Number,
                ["from"] = from,
                ["to"] = to.Name,
                ["reason"] = request.ReturnReason!,
                ["due"] = GuidanceRegister.Due(deadline),
                ["phone"] = to.Phone,
            };
            var key = FormattableString.Invariant($"N2c:{request.Id}:{request.Moves}:{asker}");
            await notices.Owe(asker, "N2c", key, request.Id, fields, cancellationToken, actions: ["办理进度"]);
        }

        return new ReturnReceipt(request.Id, request.Number, to.Name, deadline.DueOn, deadline.Provisional);
    }
}
