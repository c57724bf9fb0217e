using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Drawing;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.SpotChecks;

/// <summary>What the commands about a quarter's spot checks share: how many are owed, how many are made, who is told.</summary>
public sealed class SpotCheckBook(ISupervisionDb db, DeadlineBook deadlines, NoticeBoard notices, RulePack rules, ChinaClock clock)
{
    public const string Deadline = "supervision.spotCheck";

    private static readonly Rule Known = new("没有找到这项抽查，请核对编号（如Q26-1）。说“季度抽查”可以看到本季度的抽查。", "S03") { Boundary = true };

    /// <summary>The units that inspect, each once.</summary>
    internal async Task<List<People.Unit>> Units(CancellationToken cancellationToken) =>
        [.. (await db.Units.AsNoTracking().OrderBy(u => u.Id).ToListAsync(cancellationToken)).Where(unit => unit.IsOfThisDistrict)];

    /// <summary>At least the pack's share, so rounded up: 12 units → 2, 10 → 1, 21 → 3 (S03).</summary>
    internal int Needed(int units) => WeightedDraw.CountOf(units, rules.SpotCheckPercent.Value);

    internal async Task<List<SpotCheck>> Of(Quarter quarter, CancellationToken cancellationToken)
    {
        var name = quarter.Id;
        return await db.SpotChecks.Where(c => c.Quarter == name).OrderBy(c => c.BegunOn).ThenBy(c => c.Id).ToListAsync(cancellationToken);
    }

    internal async Task<SpotCheck> Named(string id, CancellationToken cancellationToken)
    {
        var upper = id.Trim().ToUpperInvariant();
        var found = await db.SpotChecks.FirstOrDefaultAsync(c => c.Id == upper, cancellationToken);
        Known.Require(found is not null);
        return found!;
    }

    internal async Task<SpotCheck> Begin(Quarter quarter, string unitId, string? drawId, IReadOnlyList<SpotCheckMeans> means, Actor by, CancellationToken cancellationToken)
    {
        var number = await Numbers.Take(db, rules.Series("spotCheck"), "Q", clock.Today.Year, 1, cancellationToken);
        var check = new SpotCheck(number.Id, number.Printed, quarter.Id, unitId, drawId, means, by.PersonId!, clock.Today);
        db.SpotChecks.Add(check);
        var looks = check.Means.Count > 0 ? check.Means : [.. Enum.GetValues<SpotCheckMeans>()];
        await Tell(check, "N105", new Dictionary<string, string>
        {
            ["justice"] = rules.SupervisionOffice.Name,
            ["quarter"] = quarter.Name,
            ["number"] = check.Number,
            ["due"] = ChineseDates.Short(quarter.To),
            ["means"] = string.Join('、', looks.Select(means => means.Name())),
            ["materials"] = string.Join('；', looks.Select(means => means.ToPrepare())),
        }, cancellationToken);
        return check;
    }

    internal Task TellReplaced(SpotCheck check, Quarter quarter, CancellationToken cancellationToken) =>
        Tell(check, "N105b", new Dictionary<string, string> { ["quarter"] = quarter.Name, ["number"] = check.Number }, cancellationToken);

    /// <summary>Opens the quarter's time limit on its first day; keeps in its title how far it has come; meets it when enough are closed.</summary>
    internal async Task Count(Quarter quarter, IReadOnlyCollection<SpotCheck> checks, CancellationToken cancellationToken)
    {
        var needed = Needed((await Units(cancellationToken)).Count);
        var drawn = checks.Count(check => check.State != SpotCheckState.Replaced);
        var closed = checks.Count(check => check.State == SpotCheckState.Closed);
        var title = string.Create(CultureInfo.InvariantCulture, $"{quarter.Name}应抽查不少于{needed}个单位（已抽{drawn}个、办结{closed}个）");
        var deadline = await deadlines.Find(Deadline, quarter.Id, cancellationToken);
        if (deadline is null)
        {
            deadlines.OpenUntil(quarter.To, quarter.From, Deadline, Share(rules.SpotCheckPercent), quarter.Id, title, null);
            deadline = await deadlines.Find(Deadline, quarter.Id, cancellationToken);
        }

        deadline!.Retitle(title);
        if (closed >= needed)
            await deadlines.Meet(Deadline, quarter.Id, cancellationToken);
    }

    private static YearlyDate Share(Figure percent) => new(percent.Name, 1, percent.Clause, percent.Document, percent.IsDefault);

    private async Task Tell(SpotCheck check, string kind, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        foreach (var person in await db.LeadersAndLiaisonsOf(check.UnitId, cancellationToken))
            await notices.Owe(person, kind, $"{kind}:{check.Id}:{person}", check.Id, fields, cancellationToken, digest: true);
    }
}

/// <summary>Part of the daily round: each quarter's spot checks are owed from its first day (S03). Safe to repeat.</summary>
[Allowed]
public sealed record WatchSpotChecks(Actor By) : ICommand<SpotChecksWatched>, IRecordsItself;

/// <param name="Opened">Whether the quarter's limit was opened by this.</param>
public sealed record SpotChecksWatched(bool Opened) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class WatchSpotChecksHandler(SpotCheckBook book, DeadlineBook deadlines, ChinaClock clock, AuditTrail trail) : IRequestHandler<WatchSpotChecks, SpotChecksWatched>
{
    public async Task<SpotChecksWatched> Handle(WatchSpotChecks command, CancellationToken cancellationToken)
    {
        var quarter = Quarter.Of(clock.Today);
        if (await deadlines.Find(SpotCheckBook.Deadline, quarter.Id, cancellationToken) is not null || (await book.Units(cancellationToken)).Count == 0)
            return new SpotChecksWatched(false);
        await book.Count(quarter, await book.Of(quarter, cancellationToken), cancellationToken);
        trail.Add(command.By.PersonId!, nameof(WatchSpotChecks), quarter.Id);
        return new SpotChecksWatched(true);
    }
}
