using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>Whoever is asked on which ground (凭什么): the entries of the published lists that carry these words, with their basis (W02).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record BasisOfItem(Actor By, string Words) : IQuery<IReadOnlyList<ItemBasis>>;

public sealed record ItemBasis(string ItemId, string UnitName, string Name, string Basis, string Content);

internal sealed class BasisOfItemHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<BasisOfItem, IReadOnlyList<ItemBasis>>
{
    private const int Most = 3;
    private const int ShortestWords = 2;

    private static readonly Rule OnTheList = new("已公布的清单里没有这个检查事项。没有公布的事项不能检查，您可以请对方说明，也可以投诉。", "W02");

    public async Task<IReadOnlyList<ItemBasis>> Handle(BasisOfItem query, CancellationToken cancellationToken)
    {
        var words = query.Words.Trim();
        var today = clock.Today;
        var items = await db.Items.Where(item => item.Published && item.Review == ItemReview.Approved).OrderBy(item => item.Id).ToListAsync(cancellationToken);
        var found = items
            .Where(item => item.Selectable(today) && words.Length >= ShortestWords)
            .Where(item => item.Id.Equals(words, StringComparison.OrdinalIgnoreCase) || item.Name.Contains(words, StringComparison.Ordinal) || words.Contains(item.Name, StringComparison.Ordinal))
            .Take(Most)
            .ToList();
        OnTheList.Require(found.Count > 0, $"已公布的清单里没有“{(words.Length > 20 ? words[..20] + "…" : words)}”这个检查事项。没有公布的事项不能检查，您可以请对方说明，也可以投诉。");
        var unitIds = found.ConvertAll(item => item.UnitId);
        var units = await db.Units.Where(unit => unitIds.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken);
        return found.ConvertAll(item => new ItemBasis(item.Id, units[item.UnitId], item.Name, item.Basis, item.Content));
    }
}
