using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>Ends one's own binding, at once (C11).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record Unbind(Actor By, string EnterpriseId) : ICommand<Unbound>;

/// <param name="BindingId">The binding that has ended.</param>
/// <param name="EnterpriseName">Of which enterprise.</param>
/// <param name="Left">How many others still speak for the enterprise.</param>
public sealed record Unbound(string BindingId, string EnterpriseName, int Left) : IReceipt
{
    string IReceipt.Subject => BindingId;
}

internal sealed class UnbindHandler(ISupervisionDb db, Leaving leaving) : IRequestHandler<Unbind, Unbound>
{
    private static readonly Rule OnlyOwn = new("您没有绑定这家企业，不用解绑。", "D15");

    public async Task<Unbound> Handle(Unbind command, CancellationToken cancellationToken)
    {
        var mine = (await db.ActiveBindings(command.EnterpriseId, cancellationToken)).Where(b => b.PersonId == command.By.PersonId).ToList();
        OnlyOwn.Require(mine.Count > 0);
        var left = 0;
        foreach (var binding in mine)
            left = await leaving.End(binding, "收件人已解除绑定", cancellationToken);
        var enterprise = await db.Enterprises.SingleAsync(e => e.Id == command.EnterpriseId, cancellationToken);
        return new Unbound(mine[0].Id, enterprise.Name, left);
    }
}

/// <summary>Takes one's own name and telephone number out of the books; what the law wants kept stays without them (C11).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public)]
public sealed record EraseMyDetails(Actor By) : ICommand<DetailsErased>;

public sealed record DetailsErased : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class EraseMyDetailsHandler(ISupervisionDb db, Erasure erasure) : IRequestHandler<EraseMyDetails, DetailsErased>
{
    public async Task<DetailsErased> Handle(EraseMyDetails command, CancellationToken cancellationToken)
    {
        if (command.By.PersonId is { } id)
            await erasure.Of(await db.People.SingleAsync(p => p.Id == id, cancellationToken), Person.Unnamed, cancellationToken);
        return new DetailsErased();
    }
}
