using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using MediatR;

namespace Bot.Domain.Progress;

/// <summary>What an enterprise user has under way or got an answer to: requests for guidance, newest first (C6).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record MyCases(Actor By) : IQuery<IReadOnlyList<CaseLine>>;

public enum CaseKind
{
    Guidance,
    Complaint,
}

/// <summary>One case in a list.</summary>
/// <param name="Id">The short id: G26-58.</param>
/// <param name="Number">As printed: 云指〔2026〕58号.</param>
/// <param name="Kind">Which conversation goes on with it.</param>
/// <param name="About">The first words of what was asked or reported.</param>
/// <param name="Unit">Who has to act.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="State">In words: 待答复, 已答复 …</param>
/// <param name="Open">Somebody still owes the enterprise something.</param>
/// <param name="DueOn">By when, while open.</param>
/// <param name="Overdue">The last day is over.</param>
public sealed record CaseLine(string Id, string Number, CaseKind Kind, string About, string Unit, DateTime ReceivedAt, string State, bool Open, DateOnly? DueOn, bool Overdue);

internal sealed class MyCasesHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<MyCases, IReadOnlyList<CaseLine>>
{
    public async Task<IReadOnlyList<CaseLine>> Handle(MyCases query, CancellationToken cancellationToken)
    {
        var guidance = await GuidanceLines.OfEnterprise(db, query.By.EnterpriseId, clock.Today, cancellationToken);
        return [.. guidance.OrderByDescending(line => line.ReceivedAt)];
    }
}
