using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Complaints;

/// <summary>回避: a handler has to do with the people or the enterprise of a complaint. From then on it is there for the others only (S37).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record StandAside(Actor By, string ComplaintId, [property: AtMost(200)] string Reason) : ICommand<ComplaintHandled>;

internal sealed class StandAsideHandler(ComplaintDesk desk) : IRequestHandler<StandAside, ComplaintHandled>
{
    private static readonly Rule ReasonGiven = new("请用一句话说明为什么要回避，例如“与被投诉人是亲属”。", "S37");
    private static readonly Rule SomebodyElse = new("没有别的人员可以办理这件投诉，请先由司法局增加办理人员，再申请回避。", "S37");

    public async Task<ComplaintHandled> Handle(StandAside command, CancellationToken cancellationToken)
    {
        ReasonGiven.Require(!string.IsNullOrWhiteSpace(command.Reason));
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        Complaint.StillOpen.Require(complaint.IsOpen);
        complaint.KeepFrom([command.By.PersonId!]);
        SomebodyElse.Require((await desk.Handlers(complaint, cancellationToken)).Count > 0);
        await desk.HandOn(complaint, cancellationToken);
        await desk.TellHandlers(complaint, "N146", command.By.PersonId!, new Dictionary<string, string> { ["no"] = complaint.Number, ["id"] = complaint.Id }, cancellationToken);
        var reply = await desk.Reply(complaint, cancellationToken);
        return new ComplaintHandled(complaint.Id, complaint.Number, reply is { IsOpen: true } ? reply.DueOn : null, complaint.Anonymous);
    }
}
