using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.People;
using Bot.Domain.Unlicensed;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Progress;

/// <summary>What a look-up code leads to (C33). A command, because wrong codes are counted; nothing of a right one is kept.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record LookUpByCode(Actor By, string Code) : ICommand<FoundByCode>, IMayBeAnonymous
{
    public bool Anonymous => true;
}

/// <param name="Complaint">The complaint; null when the code belongs to a question, or to nothing.</param>
/// <param name="IsQuestion">The code belongs to an anonymous request for guidance.</param>
/// <param name="Report">The report of a business without licence.</param>
public sealed record FoundByCode(ComplaintProgress? Complaint, bool IsQuestion, UnlicensedProgress? Report = null);

internal sealed class LookUpByCodeHandler(ISupervisionDb db, ComplaintProgressReader progress, UnlicensedProgressReader reports, ChinaClock clock) : IRequestHandler<LookUpByCode, FoundByCode>
{
    public async Task<FoundByCode> Handle(LookUpByCode command, CancellationToken cancellationToken)
    {
        var tries = await WrongTries.Of(db, command.By.Address, "code", cancellationToken);
        tries.RequireRoom(clock.UtcNow);
        var hash = LookupCode.Hash(command.Code);
        if (await db.Complaints.FirstOrDefaultAsync(c => c.CodeHash == hash, cancellationToken) is { } complaint)
            return new FoundByCode(await progress.Of(complaint, cancellationToken), IsQuestion: false);
        if (await db.GuidanceRequests.AnyAsync(r => r.LookupHash == hash, cancellationToken))
            return new FoundByCode(null, IsQuestion: true);
        if (await db.UnlicensedReports.FirstOrDefaultAsync(r => r.CodeHash == hash, cancellationToken) is { } report)
            return new FoundByCode(null, IsQuestion: false, await reports.Of(report, cancellationToken));
        tries.Note(db, clock.UtcNow);
        return new FoundByCode(null, IsQuestion: false);
    }
}
