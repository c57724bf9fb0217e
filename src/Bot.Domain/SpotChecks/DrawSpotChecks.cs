using System.Security.Cryptography;
using System.Text;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Drawing;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.SpotChecks;

/// <summary>How a quarter stands (S03).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record QuarterOfSpotChecks(Actor By) : IQuery<QuarterView>;

/// <param name="Quarter">Which.</param>
/// <param name="Units">How many units inspect.</param>
/// <param name="Percent">The share of the pack.</param>
/// <param name="Needed">How many are owed at least.</param>
/// <param name="Checks">Those of the quarter, replaced ones too.</param>
/// <param name="Others">Units that are not among them, by id and name.</param>
public sealed record QuarterView(Quarter Quarter, int Units, int Percent, int Needed, IReadOnlyList<SpotCheckLine> Checks, IReadOnlyList<KeyValuePair<string, string>> Others);

public sealed record SpotCheckLine(string Id, string UnitId, string UnitName, IReadOnlyList<SpotCheckMeans> Means, SpotCheckState State, string? Findings);

/// <summary>Draws units for the quarter, names some, or both (C27). The draw can be made again from its seed and list.</summary>
/// <param name="By">A supervisor.</param>
/// <param name="Count">How many are drawn at random.</param>
/// <param name="NamedUnitIds">Units that are looked into without a draw.</param>
/// <param name="Means">How they are looked into.</param>
[Allowed(ActorRole.Supervisor)]
public sealed record DrawSpotChecks(Actor By, int Count, IReadOnlyList<string> NamedUnitIds, IReadOnlyList<SpotCheckMeans> Means) : ICommand<SpotChecksDrawn>;

/// <param name="Quarter">2026Q4.</param>
/// <param name="Checks">The units, in the order of the draw.</param>
/// <param name="Seed">Null where nothing was drawn.</param>
/// <param name="ListHash">SHA-256 of the list; null where nothing was drawn.</param>
public sealed record SpotChecksDrawn(string Quarter, IReadOnlyList<SpotCheckLine> Checks, string? Seed, string? ListHash) : IReceipt
{
    string IReceipt.Subject => Quarter;
}

/// <summary>Another unit in its place, with a reason: the next of the draw (C27).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ReplaceSpotCheck(Actor By, string SpotCheckId, [property: AtMost(500)] string Because) : ICommand<SpotCheckReplaced>;

public sealed record SpotCheckReplaced(string SpotCheckId, SpotCheckLine By) : IReceipt
{
    string IReceipt.Subject => SpotCheckId;
}

internal sealed class DrawSpotChecksHandler(ISupervisionDb db, SpotCheckBook book, RulePack rules, ChinaClock clock) :
    IRequestHandler<QuarterOfSpotChecks, QuarterView>,
    IRequestHandler<DrawSpotChecks, SpotChecksDrawn>,
    IRequestHandler<ReplaceSpotCheck, SpotCheckReplaced>
{
    private const int Average = 100;
    private const int SeedBytes = 16;

    private static readonly Rule Somebody = new("请说抽几个单位，或者指定单位。", "S03");
    private static readonly Rule EnoughUnits = new("可抽的单位没有这么多：本季度已经在抽查的单位不再抽。", "S03");
    private static readonly Rule NotTwice = new("这个单位本季度已经在抽查名单里。", "S03");
    private static readonly Rule NextInLine = new("抽取名单里没有可以换入的单位了，请指定单位。", "S03");

    public async Task<QuarterView> Handle(QuarterOfSpotChecks query, CancellationToken cancellationToken)
    {
        var quarter = Quarter.Of(clock.Today);
        var units = await book.Units(cancellationToken);
        var names = units.ToDictionary(unit => unit.Id, unit => unit.Name, StringComparer.Ordinal);
        var checks = await book.Of(quarter, cancellationToken);
        var among = checks.Where(check => check.State != SpotCheckState.Replaced).Select(check => check.UnitId).ToHashSet(StringComparer.Ordinal);
        return new QuarterView(
            quarter,
            units.Count,
            rules.SpotCheckPercent.Value,
            book.Needed(units.Count),
            checks.ConvertAll(check => Line(check, names)),
            [.. units.Where(unit => !among.Contains(unit.Id)).Select(unit => KeyValuePair.Create(unit.Id, unit.Name))]);
    }

    public async Task<SpotChecksDrawn> Handle(DrawSpotChecks command, CancellationToken cancellationToken)
    {
        var quarter = Quarter.Of(clock.Today);
        var units = await book.Units(cancellationToken);
        var names = units.ToDictionary(unit => unit.Id, unit => unit.Name, StringComparer.Ordinal);
        var checks = await book.Of(quarter, cancellationToken);
        var taken = checks.Where(check => check.State != SpotCheckState.Replaced).Select(check => check.UnitId).ToHashSet(StringComparer.Ordinal);
        Somebody.Require(command.Count > 0 || command.NamedUnitIds.Count > 0);
        NotTwice.Require(command.NamedUnitIds.All(unit => names.ContainsKey(unit) && taken.Add(unit)));
        var open = units.Where(unit => !taken.Contains(unit.Id)).ToList();
        EnoughUnits.Require(command.Count <= open.Count);

        var begun = new List<SpotCheck>();
        foreach (var unit in command.NamedUnitIds)
            begun.Add(await book.Begin(quarter, unit, null, command.Means, command.By, cancellationToken));
        var draw = command.Count > 0 ? await Draw(quarter, open.Select(unit => unit.Id), command.By, cancellationToken) : null;
        foreach (var unit in draw?.Order.Take(command.Count) ?? [])
            begun.Add(await book.Begin(quarter, unit, draw!.Id, command.Means, command.By, cancellationToken));
        await book.Count(quarter, [.. checks, .. begun], cancellationToken);
        return new SpotChecksDrawn(quarter.Id, begun.ConvertAll(check => Line(check, names)), draw?.Seed, draw?.ListHash);
    }

    public async Task<SpotCheckReplaced> Handle(ReplaceSpotCheck command, CancellationToken cancellationToken)
    {
        var check = await book.Named(command.SpotCheckId, cancellationToken);
        check.Replace(command.Because);
        var quarter = Quarter.Of(check.BegunOn);
        var names = (await book.Units(cancellationToken)).ToDictionary(unit => unit.Id, unit => unit.Name, StringComparer.Ordinal);
        var checks = await book.Of(quarter, cancellationToken);
        var draws = await db.SpotCheckDraws.Where(d => d.Quarter == check.Quarter).OrderBy(d => d.DrawnAt).ToListAsync(cancellationToken);

        // Whoever was replaced once does not come back by the draw.
        var next = draws.Where(draw => check.DrawId is null || draw.Id == check.DrawId).SelectMany(draw => draw.Order).FirstOrDefault(unit => names.ContainsKey(unit) && checks.TrueForAll(other => other.UnitId != unit));
        NextInLine.Require(next is not null);
        var instead = await book.Begin(quarter, next!, check.DrawId, check.Means, command.By, cancellationToken);
        await book.TellReplaced(check, quarter, cancellationToken);
        await book.Count(quarter, [.. checks, instead], cancellationToken);
        return new SpotCheckReplaced(check.Id, Line(instead, names));
    }

    private async Task<SpotCheckDraw> Draw(Quarter quarter, IEnumerable<string> unitIds, Actor by, CancellationToken cancellationToken)
    {
        var list = WeightedDraw.InOrder(unitIds.Select(unit => new DrawEntry(unit, Average)));
        var now = clock.UtcNow;
        var before = await db.SpotCheckDraws.CountAsync(d => d.Quarter == quarter.Id, cancellationToken);

        // From the instant of the draw and the list, so that whoever draws has no seed to choose; each draw stays on record, and a unit only leaves it with a reason.
        var moment = FormattableString.Invariant($"{quarter}\n{before}\n{now.Ticks}\n{WeightedDraw.HashOf(list)}");
        var seed = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(moment)).AsSpan(0, SeedBytes));
        var draw = new SpotCheckDraw(
            FormattableString.Invariant($"{quarter}-{before + 1}"),
            quarter.Id,
            seed,
            DrawList.Write(list),
            WeightedDraw.HashOf(list),
            WeightedDraw.Pick(seed, list, list.Length).Select(place => list[place].Id),
            by.PersonId!,
            now);
        db.SpotCheckDraws.Add(draw);
        return draw;
    }

    private static SpotCheckLine Line(SpotCheck check, Dictionary<string, string> names) =>
        new(check.Id, check.UnitId, names.GetValueOrDefault(check.UnitId, check.UnitId), check.Means, check.State, check.Findings);
}
