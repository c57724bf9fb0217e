using Bot.Domain.Commands;

namespace Bot.Domain.People;

/// <summary>
/// Makes a stranger reachable who asks for something that must be answered: a named complaint, a message to a person, a binding.
/// Whoever stays anonymous is never introduced.
/// </summary>
internal static class Introductions
{
    public static async Task<Person> Introduce(this ISupervisionDb db, Actor by, string? name, string? phone, CancellationToken cancellationToken)
    {
        var address = await db.Addresses.FindAsync([by.Address.Channel, by.Address.ExternalId], cancellationToken);
        var personId = by.PersonId ?? address?.PersonId;
        var person = personId is null ? null : await db.People.FindAsync([personId], cancellationToken);
        if (person is null)
        {
            person = new Person($"P-{Guid.CreateVersion7():N}", name ?? Person.Unnamed, ActorRole.Public);
            db.People.Add(person);
            if (address is null)
                db.Addresses.Add(new ChannelAddress(by.Address.Channel, by.Address.ExternalId, person.Id));
            else
                address.PersonId = person.Id;
        }

        if (phone is not null)
            person.Phone = phone;
        return person;
    }
}
