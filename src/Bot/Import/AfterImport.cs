using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.Directories;
using Bot.Domain.Inspections;
using Bot.Domain.Monitoring;
using Bot.Domain.Plans;
using Bot.Domain.Transfers;
using Bot.Domain.Visits;
using Microsoft.EntityFrameworkCore;

namespace Bot.Import;

/// <summary>What follows from a file beyond its own lines: changed entries are told, plans meet their deadline, inspections without a task and anomalies are told of, directories count as looked after.</summary>
internal sealed class AfterImport(ISupervisionDb db, ItemBook items, DeadlineBook deadlines, ReportedInspections reports, AnomalyDesk anomalies, HotlineTickets hotline, ReferralDesk referrals, ChinaClock clock)
{
    public async Task Keep(Registry registry, CancellationToken cancellationToken)
    {
        foreach (var (before, now) in registry.Entries)
            await items.Keep(before, now, cancellationToken);
        foreach (var plan in registry.PlansTaken.Where(plan => plan.Kind == PlanKind.Annual))
            await deadlines.Meet(PlanDeadlines.Upload, PlanDeadlines.UploadSubject(plan.UnitId, plan.Year), cancellationToken);
        foreach (var anomaly in registry.AnomaliesTaken.OrderBy(anomaly => anomaly.SeenAt))
            await anomalies.Take(anomaly, cancellationToken);
        foreach (var report in registry.ReportsTaken)
            await reports.Settle(report, cancellationToken);
        await hotline.Take(registry.TicketsTaken, cancellationToken);
        await referrals.Take(registry.ReferralsTaken, cancellationToken);
        foreach (var unit in registry.UnitsOfPeople)
            await Updated(DirectoryKind.Inspectors, unit, cancellationToken);
        if (registry.TookEnterprises)
            await Updated(DirectoryKind.Entities, DirectoryUpdate.WholeDistrict, cancellationToken);
    }

    private async Task Updated(DirectoryKind directory, string unitId, CancellationToken cancellationToken)
    {
        var update = await db.DirectoryUpdates.FirstOrDefaultAsync(u => u.Directory == directory && u.UnitId == unitId, cancellationToken);
        if (update is null)
            db.DirectoryUpdates.Add(new DirectoryUpdate(directory, unitId, clock.Today));
        else
            update.Again(clock.Today);
    }
}
