using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

internal static class Contacts
{
    /// <summary>The people who may speak for an enterprise now.</summary>
    public static Task<List<string>> ContactsOf(this ISupervisionDb db, string enterpriseId, CancellationToken cancellationToken) =>
        db.Bindings.Where(b => b.EnterpriseId == enterpriseId && b.State == BindingState.Active).Select(b => b.PersonId).Distinct().ToListAsync(cancellationToken);

    /// <summary>Without what the command under way has just ended.</summary>
    public static async Task<List<Binding>> ActiveBindings(this ISupervisionDb db, string enterpriseId, CancellationToken cancellationToken)
    {
        var stored = await db.Bindings.Where(b => b.EnterpriseId == enterpriseId && b.State == BindingState.Active).ToListAsync(cancellationToken);
        return stored.FindAll(b => b.State == BindingState.Active);
    }

    /// <summary>Where nobody in charge is bound, those who are bound decide; else nobody could ever be let in.</summary>
    public static bool MayAdmit(this IReadOnlyCollection<Binding> bindings, string? personId) =>
        bindings.Any(b => b.PersonId == personId) && (bindings.Any(b => b.PersonId == personId && ContactRoles.Leads(b.ContactRole)) || !bindings.Any(b => ContactRoles.Leads(b.ContactRole)));

    /// <summary>Nobody puts out the legal representative, and nobody himself: that is unbinding.</summary>
    public static bool MayRemove(this IReadOnlyCollection<Binding> bindings, string? personId, Binding other) =>
        other.PersonId != personId && bindings.MayAdmit(personId)
        && (other.ContactRole != ContactRoles.LegalRepresentative || bindings.Any(b => b.PersonId == personId && b.ContactRole == ContactRoles.LegalRepresentative));
}
