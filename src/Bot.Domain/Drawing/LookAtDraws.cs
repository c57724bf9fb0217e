using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Drawing;

/// <summary>The record of a draw, drawn again from its seed and list on the way (D10).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Inspector, ActorRole.Supervisor)]
public sealed record DrawDetail(Actor By, string DrawId) : IQuery<DrawView>;

/// <param name="Id">D26-1.</param>
/// <param name="Number">云抽〔2026〕1号.</param>
/// <param name="On">The day.</param>
/// <param name="Type">Daily or special.</param>
/// <param name="Objects">The words that named the list.</param>
/// <param name="Ratio">In percent.</param>
/// <param name="ListSize">How many stood in it.</param>
/// <param name="Seed">As published.</param>
/// <param name="ObjectsHash">Of the list.</param>
/// <param name="InspectorsHash">Of the roster.</param>
/// <param name="Drawn">The objects in order with their people.</param>
/// <param name="Redraws">Who stepped back, and why.</param>
/// <param name="Repeated">Drawn again from seed and list, it comes to the same.</param>
public sealed record DrawView(
    string Id,
    string Number,
    DateOnly On,
    InspectionType Type,
    string Objects,
    decimal Ratio,
    int ListSize,
    string Seed,
    string ObjectsHash,
    string InspectorsHash,
    IReadOnlyList<DrawnLine> Drawn,
    IReadOnlyList<string> Redraws,
    bool Repeated);

internal sealed class LookAtDrawsHandler(ISupervisionDb db) : IRequestHandler<DrawDetail, DrawView>
{
    private static readonly Rule Found = new("没有找到这次抽取，或者它不是您单位的。", "D15") { Boundary = true };

    public async Task<DrawView> Handle(DrawDetail query, CancellationToken cancellationToken)
    {
        var draw = await db.Draws.FirstOrDefaultAsync(d => d.Id == query.DrawId, cancellationToken);
        Found.Require(draw is not null && (query.By.Role == ActorRole.Supervisor || draw.UnitId == query.By.UnitId));
        var drawn = await db.DrawnObjects.Where(o => o.DrawId == draw!.Id).OrderBy(o => o.Ordinal).ToListAsync(cancellationToken);
        var enterpriseIds = drawn.ConvertAll(o => o.EnterpriseId);
        var enterprises = await db.Enterprises.Where(e => enterpriseIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        var people = await db.People.Where(p => draw!.Inspectors.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        return new DrawView(
            draw!.Id,
            draw.Number,
            draw.DrawnOn,
            draw.Type,
            draw.Objects,
            draw.Ratio,
            draw.ListSize,
            draw.Seed,
            draw.ObjectsHash,
            draw.InspectorsHash,
            drawn.ConvertAll(o => new DrawnLine(o.EnterpriseId, enterprises[o.EnterpriseId], string.Join('、', o.InspectorIds.Select(id => people[id])), o.WeightReason)),
            draw.Redraws,
            ComesToTheSame(draw, enterpriseIds));
    }

    private static bool ComesToTheSame(Draw draw, List<string> drawn)
    {
        var list = DrawList.Read(draw.List);
        return WeightedDraw.HashOf(list) == draw.ObjectsHash
            && WeightedDraw.Pick(draw.Seed, list, WeightedDraw.CountOf(list.Length, draw.Ratio)).Select(place => list[place].Id).SequenceEqual(drawn, StringComparer.Ordinal);
    }
}
