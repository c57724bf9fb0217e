using Bot.Domain.Attachments;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Complaints;

/// <summary>Part of the sweep: once a look-up code has run out, what was said anonymously is erased and only the figures stay (W28).</summary>
internal sealed class RunOutCodes(ISupervisionDb db, RulePack rules, IMediator mediator, ChinaClock clock)
{
    public async Task Erase(CancellationToken cancellationToken)
    {
        var keptFrom = clock.Today.AddDays(-rules.LookupCodeKept.Period.Amount);
        var over = await db.Complaints
            .Where(c => c.CodeHash != null && c.Stage != ComplaintStage.Received && c.Stage != ComplaintStage.Accepted && c.LastStepOn < keptFrom)
            .ToListAsync(cancellationToken);
        foreach (var complaint in over)
        {
            var remarks = await db.ComplaintRemarks.Where(r => r.ComplaintId == complaint.Id).ToListAsync(cancellationToken);
            await mediator.Publish(new FilesErased([.. complaint.EvidenceIds, .. remarks.SelectMany(r => r.EvidenceIds)]), cancellationToken);
            complaint.Erase();
            db.ComplaintRemarks.RemoveRange(remarks);
        }

        await EraseQuestions(ChinaClock.ToUtc(keptFrom, TimeOnly.MinValue), cancellationToken);
        await EraseReports(keptFrom, cancellationToken);
    }

    private async Task EraseReports(DateOnly keptFrom, CancellationToken cancellationToken)
    {
        foreach (var report in await db.UnlicensedReports.Where(r => r.CodeHash != null && r.SettledOn < keptFrom).ToListAsync(cancellationToken))
        {
            await mediator.Publish(new FilesErased([.. report.EvidenceIds]), cancellationToken);
            report.Erase();
        }
    }

    private async Task EraseQuestions(DateTime keptFrom, CancellationToken cancellationToken)
    {
        var answered = await db.GuidanceRequests.Include(r => r.FollowUps)
            .Where(r => r.LookupHash != null && r.AnsweredAt < keptFrom && r.FollowUps.All(f => f.AnsweredAt < keptFrom))
            .ToListAsync(cancellationToken);
        foreach (var request in answered)
        {
            await mediator.Publish(new FilesErased([.. request.FileIds]), cancellationToken);
            request.Erase();
        }
    }
}
