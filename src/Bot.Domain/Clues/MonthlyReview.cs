using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Sweep;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Clues;

/// <summary>Part of the daily round: on the first working day of a month the justice bureau hears what the units uploaded last month and what of it is wrong (S11). Safe to repeat.</summary>
[Allowed]
public sealed record TellMonthlyReview(Actor By) : ICommand<MonthlyReviewTold>, IRecordsItself;

public sealed record MonthlyReviewTold(bool Told) : IReceipt
{
    string IReceipt.Subject => "";
}

/// <summary>What was uploaded in a month and what of it is wrong, unit by unit (S11, J39).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ReviewOfMonth(Actor By, DateOnly Month) : IQuery<MonthView>;

/// <param name="Month">Its first day.</param>
/// <param name="Materials">Results and plans uploaded in the month.</param>
/// <param name="Lines">For each unit and kind what was found, with the evidence.</param>
public sealed record MonthView(DateOnly Month, int Materials, IReadOnlyList<MonthLine> Lines)
{
    public int Anomalies => Lines.Sum(line => line.EvidenceIds.Count);
}

public sealed record MonthLine(string UnitId, string UnitName, ClueKind Kind, IReadOnlyList<string> EvidenceIds);

internal sealed class MonthlyReviewHandler(ISupervisionDb db, CalendarBook calendars, NoticeBoard notices, ChinaClock clock, AuditTrail trail) :
    IRequestHandler<TellMonthlyReview, MonthlyReviewTold>,
    IRequestHandler<ReviewOfMonth, MonthView>
{
    public async Task<MonthlyReviewTold> Handle(TellMonthlyReview command, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var month = new DateOnly(today.Year, today.Month, 1);
        var first = calendars.Current.NextWorkingDay(month.AddDays(-1));
        var last = month.AddMonths(-1);
        var matter = new Matter(MatterKind.ReviewOfMonth, "district", Severity.Record) { Version = last.ToString("yyyyMM", CultureInfo.InvariantCulture) };
        if (today < first || await db.RaisedMatters.AnyAsync(m => m.Key == matter.Key, cancellationToken))
            return new MonthlyReviewTold(false);

        // A morning on which nothing ran is made up for; a service that begins in the middle of a month has nothing to tell of the one before.
        var began = ChinaClock.ToUtc(first, TimeOnly.MinValue);
        if (today > first && !await db.RaisedMatters.AnyAsync(m => m.RaisedAt < began, cancellationToken))
            return new MonthlyReviewTold(false);
        db.RaisedMatters.Add(new RaisedMatter(matter, clock.UtcNow));
        var view = await Read(last, cancellationToken);
        var kinds = view.Lines.GroupBy(line => line.Kind).OrderByDescending(same => same.Sum(line => line.EvidenceIds.Count)).Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Key.InChinese()}{same.Sum(line => line.EvidenceIds.Count)}件"));
        var fields = new Dictionary<string, string>
        {
            ["month"] = last.ToString("M月", CultureInfo.InvariantCulture),
            ["materials"] = view.Materials.ToString(CultureInfo.InvariantCulture),
            ["count"] = view.Anomalies.ToString(CultureInfo.InvariantCulture),
            ["kinds"] = view.Anomalies == 0 ? "" : $"（{string.Join('、', kinds)}）",
        };
        foreach (var supervisor in await db.Supervisors(cancellationToken))
            await notices.Owe(supervisor, "N106", $"N106:{matter.Version}:{supervisor}", "review", fields, cancellationToken, digest: true, actions: ["上月异常"]);
        trail.Add(command.By.PersonId!, nameof(TellMonthlyReview), "", matter.Version);
        return new MonthlyReviewTold(true);
    }

    public Task<MonthView> Handle(ReviewOfMonth query, CancellationToken cancellationToken) => Read(new DateOnly(query.Month.Year, query.Month.Month, 1), cancellationToken);

    private async Task<MonthView> Read(DateOnly month, CancellationToken cancellationToken)
    {
        var last = month.AddMonths(1).AddDays(-1);
        var materials = await db.Tasks.CountAsync(t => t.ResultEnteredOn >= month && t.ResultEnteredOn <= last, cancellationToken)
            + await db.Plans.CountAsync(p => p.UploadedOn >= month && p.UploadedOn <= last, cancellationToken);
        var evidence = await db.ClueEvidence.AsNoTracking().Where(e => e.On >= month && e.On <= last).OrderBy(e => e.On).ThenBy(e => e.EvidenceId).Select(e => new { e.UnitId, e.Kind, e.EvidenceId }).ToListAsync(cancellationToken);
        var names = await db.Units.AsNoTracking().ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return new MonthView(month, materials, [.. evidence
            .GroupBy(e => (e.UnitId, e.Kind))
            .OrderBy(same => same.Key.UnitId, StringComparer.Ordinal).ThenBy(same => same.Key.Kind)
            .Select(same => new MonthLine(same.Key.UnitId, names.GetValueOrDefault(same.Key.UnitId, same.Key.UnitId), same.Key.Kind, [.. same.Select(e => e.EvidenceId)]))]);
    }
}
