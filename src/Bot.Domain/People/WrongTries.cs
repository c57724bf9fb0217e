using System.Security.Cryptography;
using System.Text;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>
/// How often an address guessed wrong lately: credit codes, look-up codes and binding codes must not be found by trying. Holds no guess, nothing
/// of a right one, and of the address only a hash: whoever goes and comes back is still counted, and leaves no trace (W28).
/// </summary>
public sealed class WrongTries
{
    /// <summary>Enough for typing errors, far too few for guessing.</summary>
    public const int Most = 5;

    public static readonly Rule NotByTrying = new("输错次数太多，请一小时后再试；也可以回复“人工”请工作人员帮忙。", "D15");

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private WrongTries()
    {
    }

    private WrongTries(string who, string about)
    {
        (Who, About) = (who, about);
    }

    public string Who { get; private set; } = "";

    /// <summary>What was tried: <c>enterprise</c>, <c>code</c> or <c>binding</c>.</summary>
    public string About { get; private set; } = "";
    public int Count { get; private set; }

    /// <summary>When counting begins anew, UTC.</summary>
    public DateTime Until { get; private set; }

    public void RequireRoom(DateTime now) => NotByTrying.Require(HasRoom(now));

    public bool HasRoom(DateTime now) => Count < Most || now >= Until;

    internal static async Task<WrongTries> Of(ISupervisionDb db, Address address, string about, CancellationToken cancellationToken)
    {
        var who = Hash(address);
        return await db.WrongTries.FindAsync([who, about], cancellationToken) ?? new WrongTries(who, about);
    }

    /// <summary>Past its time a count is of no use, and would tell for ever that somebody at this address has had a look-up code to mistype (W28).</summary>
    internal static async Task Forget(ISupervisionDb db, DateTime now, CancellationToken cancellationToken) =>
        db.WrongTries.RemoveRange(await db.WrongTries.Where(t => t.Until <= now).ToListAsync(cancellationToken));

    /// <summary>Counts a wrong guess. <paramref name="lockedFor"/>: how long the last one that is allowed shuts the door; without it, the hour runs out as it began.</summary>
    internal void Note(ISupervisionDb db, DateTime now, TimeSpan? lockedFor = null)
    {
        if (Count == 0 || now >= Until)
            (Count, Until) = (0, now + Window);
        Count++;
        if (Count == Most && lockedFor is { } closed)
            Until = now + closed;
        if (!db.WrongTries.Local.Contains(this))
            db.WrongTries.Add(this);
    }

    /// <summary>Whoever has a list of addresses can hash them and compare: what protects is that a count is deleted after an hour.</summary>
    private static string Hash(Address address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToString())).AsSpan(0, 16));
}
