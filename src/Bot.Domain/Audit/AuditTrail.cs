using Bot.Domain.Calendar;

namespace Bot.Domain.Audit;

/// <summary>What happened, by whom, to which case; becomes a row of the hash chain when the transaction is written (D15).</summary>
public sealed record AuditEntry(DateTime At, string Actor, string Action, string Subject, string Detail);

/// <summary>
/// Collects the entries of one transaction in order. The storage appends them to the chain just before commit, so that a rolled back
/// command leaves no trace. Never put message texts, names or addresses into an entry: only ids, actions and stages.
/// </summary>
public sealed class AuditTrail(ChinaClock clock)
{
    public const string AnonymousActor = "anonymous";
    public const string UnknownActor = "unknown";

    private readonly List<AuditEntry> entries = [];

    public IReadOnlyList<AuditEntry> Entries => entries;

    /// <summary>Of an anonymous act only the day is kept: a second would point at the chat message it came in (W28).</summary>
    public void Add(string actor, string action, string subject, string detail = "") =>
        entries.Add(new AuditEntry(actor == AnonymousActor ? ChinaClock.ToUtc(clock.Today, TimeOnly.MinValue) : clock.UtcNow, actor, action, subject, detail));

    /// <summary>Hands the entries over to storage and begins anew.</summary>
    public IReadOnlyList<AuditEntry> Take()
    {
        var taken = entries.ToArray();
        entries.Clear();
        return taken;
    }
}
