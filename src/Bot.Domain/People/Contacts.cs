using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

internal static class Contacts
{
    /// <summary>The people who may speak for an enterprise now.</summary>
    public static Task<List<string>> ContactsOf(this ISupervisionDb db, string enterpriseId, CancellationToken cancellationToken) =>
        db.Bindings.Where(b => b.EnterpriseId == enterpriseId && b.State == BindingState.Active).Select(b => b.PersonId).Distinct().ToListAsync(cancellationToken);
}
