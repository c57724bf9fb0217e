using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bot.Domain.Commands;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>
/// What makes a link a key: 256 random bits, told once; only a hash is stored. So much cannot be tried through, hence a fast hash is enough.
/// </summary>
public static class LinkSecret
{
    private const int Bytes = 32;

    /// <summary>As many characters as one has.</summary>
    public const int Length = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Whether a stored hash is that of a secret; takes the same time wherever they differ.</summary>
    public static bool Fits(string hash, string secret) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(HashOf(secret)));
}

/// <summary>
/// Whom a link or a session was made for: as what, for which unit, on which channel. It opens nothing any more as soon as one of these is no longer so
/// (design.md decision 8).
/// </summary>
public sealed record Holder(string PersonId, string Channel, ActorRole Role, string? UnitId)
{
    internal static Holder Of(Actor by) => new(by.PersonId!, by.Address.Channel, by.Role, by.UnitId);

    /// <summary>The person, with the rights of this moment; null when they have left the channel or have another role or unit.</summary>
    internal async Task<Actor?> StillThere(ISupervisionDb db, CancellationToken cancellationToken)
    {
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == PersonId, cancellationToken);
        if (person is null || (person.Role, person.UnitId) != (Role, UnitId))
            return null;
        var address = await db.Addresses.AsNoTracking().Where(a => a.PersonId == PersonId && a.Channel == Channel).OrderBy(a => a.ExternalId).Select(a => a.ExternalId).FirstOrDefaultAsync(cancellationToken);
        return address is null ? null : new Actor(person.Id, person.Role, person.Name, new Address(Channel, address), person.CurrentEnterpriseId, person.UnitId);
    }
}
