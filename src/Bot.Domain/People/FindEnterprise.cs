using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>Looks an enterprise up by its credit code before a binding (C1). Tells the name and nothing else; wrong codes are counted per address.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public)]
public sealed record FindEnterprise(Actor By, string CreditCode) : ICommand<EnterpriseFound>;

/// <summary>The enterprise's name, or null when no registered enterprise has the code.</summary>
public sealed record EnterpriseFound(string? Name);

internal sealed class FindEnterpriseHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<FindEnterprise, EnterpriseFound>
{
    public async Task<EnterpriseFound> Handle(FindEnterprise command, CancellationToken cancellationToken)
    {
        var tries = await WrongTries.Of(db, command.By.Address, "enterprise", cancellationToken);
        tries.RequireRoom(clock.UtcNow);
        var name = await db.Enterprises.Where(e => e.CreditCode == command.CreditCode).Select(e => e.Name).FirstOrDefaultAsync(cancellationToken);
        if (name is null)
            tries.Note(db, clock.UtcNow);
        return new EnterpriseFound(name);
    }
}
