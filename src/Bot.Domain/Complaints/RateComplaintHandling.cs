using Bot.Domain.Commands;
using Bot.Domain.Progress;
using MediatR;

namespace Bot.Domain.Complaints;

/// <summary>What a complainant thinks of how the complaint was handled.</summary>
public enum HandlingGrade
{
    Satisfied,
    Fairly,
    Dissatisfied,
}

/// <summary>请评价本次办理 (N12). <c>Case</c> is the number of a named complaint or the look-up code of an anonymous one; said again, the last word counts.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record RateComplaintHandling(Actor By, string Case, HandlingGrade Grade) : ICommand<ComplaintHandlingRated>, IMayBeAnonymous
{
    public bool Anonymous => LookupCode.Read(Case) is not null;
}

public sealed record ComplaintHandlingRated(string ComplaintId, string Number) : IReceipt
{
    string IReceipt.Subject => ComplaintId;
}

internal sealed class RateComplaintHandlingHandler(ComplaintDesk desk) : IRequestHandler<RateComplaintHandling, ComplaintHandlingRated>
{
    public async Task<ComplaintHandlingRated> Handle(RateComplaintHandling command, CancellationToken cancellationToken)
    {
        var complaint = await desk.OfComplainant(command.By, command.Case, cancellationToken);
        complaint.Rate(command.Grade);
        return new ComplaintHandlingRated(complaint.Id, complaint.Number);
    }
}
