using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Unlicensed;

/// <summary>Reads one report in full. A command, because the reading itself is recorded. Who reported it is for the town that handles it.</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record OpenUnlicensed(Actor By, string ReportId) : ICommand<OpenedUnlicensed>;

public sealed record OpenedUnlicensed(
    string ReportId,
    string Number,
    bool Anonymous,
    string TownId,
    string TownName,
    string Place,
    string Text,
    int EvidenceCount,
    DateOnly ReceivedOn,
    DateOnly DueOn,
    bool Late,
    string? ReporterName,
    string? ReporterPhone,
    UnlicensedOutcome? Outcome,
    string? Result) : IReceipt
{
    string IReceipt.Subject => ReportId;
}

/// <summary>台账: a town's own open reports, the district's for the justice bureau; the earliest due first.</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record UnlicensedLedger(Actor By) : IQuery<UnlicensedBook>;

/// <param name="Open">What is not settled.</param>
/// <param name="ReceivedThisYear">All of this year.</param>
/// <param name="SettledThisYear">Of those, the settled.</param>
public sealed record UnlicensedBook(IReadOnlyList<UnlicensedLine> Open, int ReceivedThisYear, int SettledThisYear);

public sealed record UnlicensedLine(string ReportId, string TownName, bool Anonymous, DateOnly ReceivedOn, DateOnly DueOn, bool Late);

/// <summary>A person's own named reports, newest first. Anonymous ones are nobody's: they are found by code only.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record MyUnlicensed(Actor By) : IQuery<IReadOnlyList<UnlicensedProgress>>;

/// <summary>How far a report is, as its reporter may know it.</summary>
public sealed record UnlicensedProgress(string ReportId, string Number, string TownName, DateOnly ReceivedOn, DateOnly? DueOn, bool Late, string? MovedBecause, string? Answer);

/// <summary>The reporter's view of a report.</summary>
public sealed class UnlicensedProgressReader(UnlicensedDesk desk, ChinaClock clock)
{
    public async Task<UnlicensedProgress> Of(UnlicensedReport report, CancellationToken cancellationToken)
    {
        var due = (await desk.Deadline(report, cancellationToken)).DueOn;
        var town = await desk.TownName(report, cancellationToken);
        var answer = report.Outcome is { } outcome ? $"{outcome.InChinese()}。{report.Result!.TrimEnd('。')}。" : null;
        return new UnlicensedProgress(report.Id, report.Number, town, report.ReceivedOn, report.IsOpen ? due : null, report.IsOpen && clock.Today > due, report.MovedBecause, answer);
    }
}

internal sealed class LookingAtUnlicensed(ISupervisionDb db, UnlicensedDesk desk, UnlicensedProgressReader progress, ChinaClock clock) :
    IRequestHandler<OpenUnlicensed, OpenedUnlicensed>,
    IRequestHandler<UnlicensedLedger, UnlicensedBook>,
    IRequestHandler<MyUnlicensed, IReadOnlyList<UnlicensedProgress>>
{
    public async Task<OpenedUnlicensed> Handle(OpenUnlicensed command, CancellationToken cancellationToken)
    {
        var report = await desk.ForHandling(command.By, command.ReportId, cancellationToken);
        var town = await desk.TownName(report, cancellationToken);
        var due = (await desk.Deadline(report, cancellationToken)).DueOn;
        var reporter = command.By.UnitId == report.UnitId ? await db.People.FirstOrDefaultAsync(p => p.Id == report.PersonId, cancellationToken) : null;
        return new OpenedUnlicensed(
            report.Id,
            report.Number,
            report.Anonymous,
            report.UnitId,
            town,
            report.Place,
            report.Text,
            report.EvidenceIds.Count,
            report.ReceivedOn,
            due,
            report.IsOpen && clock.Today > due,
            reporter?.Name,
            reporter?.Phone,
            report.Outcome,
            report.Result);
    }

    public async Task<UnlicensedBook> Handle(UnlicensedLedger query, CancellationToken cancellationToken)
    {
        var (all, unit) = (query.By.Role == ActorRole.Supervisor, query.By.UnitId);
        var own = db.UnlicensedReports.Where(r => all || r.UnitId == unit);
        var newYear = new DateOnly(clock.Today.Year, 1, 1);
        var open = await own.Where(r => r.SettledOn == null)
            .Join(db.Deadlines.Where(d => d.Kind == UnlicensedDesk.ResultDeadline), r => r.Id, d => d.SubjectId, (r, d) => new { Report = r, d.DueOn })
            .Join(db.Units, one => one.Report.UnitId, u => u.Id, (one, u) => new { one.Report, one.DueOn, u.Name })
            .OrderBy(one => one.DueOn).ThenBy(one => one.Report.Id)
            .ToListAsync(cancellationToken);
        var thisYear = own.Where(r => r.ReceivedOn >= newYear);
        return new UnlicensedBook(
            [.. open.Select(one => new UnlicensedLine(one.Report.Id, one.Name, one.Report.Anonymous, one.Report.ReceivedOn, one.DueOn, clock.Today > one.DueOn))],
            await thisYear.CountAsync(cancellationToken),
            await thisYear.CountAsync(r => r.SettledOn != null, cancellationToken));
    }

    public async Task<IReadOnlyList<UnlicensedProgress>> Handle(MyUnlicensed query, CancellationToken cancellationToken)
    {
        var mine = query.By.PersonId is { } person
            ? await db.UnlicensedReports.Where(r => r.PersonId == person).OrderByDescending(r => r.ReceivedOn).ThenByDescending(r => r.Id).ToListAsync(cancellationToken)
            : [];
        var lines = new List<UnlicensedProgress>(mine.Count);
        foreach (var report in mine)
            lines.Add(await progress.Of(report, cancellationToken));
        return lines;
    }
}
