using Bot.Domain.Commands;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>
/// How often an address guessed wrong lately: credit codes and look-up codes must not be found by trying. Holds no guess, and nothing of a right one.
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

    internal WrongTries(Address address, string about)
    {
        (Channel, ExternalId, About) = (address.Channel, address.ExternalId, about);
    }

    public string Channel { get; private set; } = "";
    public string ExternalId { get; private set; } = "";

    /// <summary>What was tried: <c>enterprise</c> or <c>code</c>.</summary>
    public string About { get; private set; } = "";
    public int Count { get; private set; }
    public DateTime Since { get; private set; }

    public void RequireRoom(DateTime now) => NotByTrying.Require(Count < Most || now - Since >= Window);

    public void Add(DateTime now)
    {
        if (Count == 0 || now - Since >= Window)
            (Count, Since) = (0, now);
        Count++;
    }

    internal static async Task<WrongTries> Of(ISupervisionDb db, Address address, string about, CancellationToken cancellationToken) =>
        await db.WrongTries.FindAsync([address.Channel, address.ExternalId, about], cancellationToken) ?? new WrongTries(address, about);

    /// <summary>Past its hour a count is of no use, and would tell for ever that somebody at this address has had a look-up code to mistype (W28).</summary>
    internal static async Task Forget(ISupervisionDb db, DateTime now, CancellationToken cancellationToken)
    {
        var over = now - Window;
        db.WrongTries.RemoveRange(await db.WrongTries.Where(t => t.Since <= over).ToListAsync(cancellationToken));
    }

    internal void Note(ISupervisionDb db, DateTime now)
    {
        Add(now);
        if (!db.WrongTries.Local.Contains(this))
            db.WrongTries.Add(this);
    }
}
