using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>Acts for another of one's own enterprises from now on (C1).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record SwitchEnterprise(Actor By, string EnterpriseId) : ICommand<EnterpriseSwitched>;

public sealed record EnterpriseSwitched(string EnterpriseId, string Name) : IReceipt
{
    string IReceipt.Subject => EnterpriseId;
}

internal sealed class SwitchEnterpriseHandler(ISupervisionDb db) : IRequestHandler<SwitchEnterprise, EnterpriseSwitched>
{
    private static readonly Rule OnlyOwn = new("您没有绑定这家企业，请先绑定。", "D15");

    public async Task<EnterpriseSwitched> Handle(SwitchEnterprise command, CancellationToken cancellationToken)
    {
        var contacts = await db.ContactsOf(command.EnterpriseId, cancellationToken);
        OnlyOwn.Require(contacts.Contains(command.By.PersonId ?? ""));
        var person = await db.People.SingleAsync(p => p.Id == command.By.PersonId, cancellationToken);
        person.CurrentEnterpriseId = command.EnterpriseId;
        var enterprise = await db.Enterprises.SingleAsync(e => e.Id == command.EnterpriseId, cancellationToken);
        return new EnterpriseSwitched(enterprise.Id, enterprise.Name);
    }
}
