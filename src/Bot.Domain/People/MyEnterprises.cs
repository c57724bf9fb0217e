using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>The enterprises a person speaks for, and those where agreement is still awaited.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public)]
public sealed record MyEnterprises(Actor By) : IQuery<IReadOnlyList<MyEnterprise>>;

public sealed record MyEnterprise(string EnterpriseId, string Name, BindingState State, bool Current, DateOnly? ExpiresOn)
{
    /// <summary>How many others speak for it.</summary>
    public int Others { get; init; }
}

internal sealed class MyEnterprisesHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<MyEnterprises, IReadOnlyList<MyEnterprise>>
{
    public async Task<IReadOnlyList<MyEnterprise>> Handle(MyEnterprises query, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow;
        var (channel, externalId) = query.By.Address;

        // Who has just asked for a first binding may still be a stranger to the channel.
        var person = query.By.PersonId
            ?? await db.Addresses.Where(a => a.Channel == channel && a.ExternalId == externalId).Select(a => a.PersonId).FirstOrDefaultAsync(cancellationToken);
        var rows = await db.Bindings
            .Where(b => b.PersonId == person && (b.State == BindingState.Active || (b.State == BindingState.Waiting && b.ExpiresAt > now)))
            .Join(db.Enterprises, b => b.EnterpriseId, e => e.Id, (b, e) => new { Binding = b, e.Name })
            .ToListAsync(cancellationToken);
        var enterprises = rows.ConvertAll(row => row.Binding.EnterpriseId);
        var others = (await db.Bindings
                .Where(b => enterprises.Contains(b.EnterpriseId) && b.State == BindingState.Active && b.PersonId != person)
                .Select(b => new { b.EnterpriseId, b.PersonId })
                .Distinct()
                .ToListAsync(cancellationToken))
            .ToLookup(b => b.EnterpriseId, StringComparer.Ordinal);
        return
        [
            .. rows
                .Select(row => new MyEnterprise(row.Binding.EnterpriseId, row.Name, row.Binding.State, row.Binding.EnterpriseId == query.By.EnterpriseId, row.Binding.LastDay) { Others = others[row.Binding.EnterpriseId].Count() })
                .OrderByDescending(mine => mine.Current)
                .ThenBy(mine => mine.Name, StringComparer.Ordinal),
        ];
    }
}
