using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Clues;

/// <summary>Part of the daily round: writes down what the rules found. Safe to repeat, and to make in several places at once.</summary>
[Allowed]
public sealed record RecordClues(Actor By, IReadOnlyList<Finding> Findings) : ICommand<CluesRecorded>, IRecordsItself;

/// <summary>查找线索: the whole scan, when a supervisor wants it (C24).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ScanForClues(Actor By) : ICommand<CluesRecorded>, IRecordsItself;

/// <summary>Part of the daily round: once a day the justice bureau hears of clues that are new (J03). Safe to repeat.</summary>
[Allowed]
public sealed record TellOfNewClues(Actor By) : ICommand<CluesRecorded>, IRecordsItself;

/// <param name="Count">How many clues are new or have grown.</param>
public sealed record CluesRecorded(int Count) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class RecordCluesHandler(ISupervisionDb db, ClueDesk desk, ClueBooks books, NoticeBoard notices, ChinaClock clock, AuditTrail trail) :
    IRequestHandler<RecordClues, CluesRecorded>,
    IRequestHandler<ScanForClues, CluesRecorded>,
    IRequestHandler<TellOfNewClues, CluesRecorded>
{
    private const int Named = 5;

    public async Task<CluesRecorded> Handle(RecordClues command, CancellationToken cancellationToken) =>
        new((await Record(command.By, command.Findings, cancellationToken)).Count);

    public async Task<CluesRecorded> Handle(ScanForClues command, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var findings in books.Find(cancellationToken))
        {
            found.UnionWith(await Record(command.By, findings, cancellationToken));
            await db.SaveChanges(cancellationToken);
        }

        trail.Add(command.By.PersonId!, nameof(ScanForClues), "");
        return new CluesRecorded(found.Count);
    }

    public async Task<CluesRecorded> Handle(TellOfNewClues command, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var version = today.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var fresh = await db.Clues.AsNoTracking().Where(c => c.State == ClueState.Open && c.FoundOn == today).OrderBy(c => c.Id).Select(c => new { c.Id, c.UnitId, c.Kind }).ToListAsync(cancellationToken);
        if (fresh.Count == 0)
            return new CluesRecorded(0);
        var unitIds = fresh.Select(clue => clue.UnitId).Distinct().ToList();
        var units = await db.Units.Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["count"] = fresh.Count.ToString(CultureInfo.InvariantCulture),
            ["clues"] = string.Join('；', fresh.Take(Named).Select(clue => $"{clue.Id} {units.GetValueOrDefault(clue.UnitId, clue.UnitId)} {clue.Kind.InChinese()}")) + (fresh.Count > Named ? "等" : ""),
        };
        foreach (var supervisor in await db.Supervisors(cancellationToken))
            await notices.Owe(supervisor, "N100", $"N100:{version}:{supervisor}", "clues", fields, cancellationToken, digest: true, actions: ["监督线索"]);
        return new CluesRecorded(fresh.Count);
    }

    private async Task<IReadOnlyList<string>> Record(Actor by, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var clues = await desk.Take(findings, cancellationToken);
        foreach (var clue in clues)
            trail.Add(by.PersonId!, nameof(RecordClues), clue.Id, clue.Kind.ToString());
        return [.. clues.Select(clue => clue.Id).Distinct(StringComparer.Ordinal)];
    }
}
