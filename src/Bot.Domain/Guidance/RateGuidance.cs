using Bot.Domain.Commands;
using MediatR;

namespace Bot.Domain.Guidance;

/// <summary>Says whether an answer helped (有用/没用, W37).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record RateGuidance(Actor By, string RequestId, bool Useful) : ICommand<GuidanceRated>;

public sealed record GuidanceRated(string Id, string Number, bool Useful) : IReceipt
{
    public string Subject => Id;
}

internal sealed class RateGuidanceHandler(GuidanceRegister register) : IRequestHandler<RateGuidance, GuidanceRated>
{
    public async Task<GuidanceRated> Handle(RateGuidance command, CancellationToken cancellationToken)
    {
        var request = await register.OfEnterprise(command.By, command.RequestId, cancellationToken);
        request.Rate(command.Useful);
        return new GuidanceRated(request.Id, request.Number, command.Useful);
    }
}
