using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Supervision;

/// <summary>What a clue brings to a warning, for a supervisor to read through before it goes out (S13).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record WarningFromClue(Actor By, string ClueId) : IQuery<SupervisionFacts>;

internal sealed class WarningFromClueHandler(ISupervisionDb db) : IRequestHandler<WarningFromClue, SupervisionFacts>
{
    private const int MostFacts = 10;

    private static readonly Rule StillOpen = new("没有查到等处理的这条线索，可能已经用过。说“监督线索”可以看到还没处理的。", "S13");

    /// <summary>What complaints and observers tell is not passed on word by word: the unit would know who it was.</summary>
    private static readonly ClueKind[] Confidential = [ClueKind.ComplaintTrend];

    public async Task<SupervisionFacts> Handle(WarningFromClue query, CancellationToken cancellationToken)
    {
        var id = query.ClueId.Trim().ToUpperInvariant();
        var clue = await db.Clues.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id && one.State == ClueState.Open, cancellationToken);
        StillOpen.Require(clue is not null);
        var facts = Confidential.Contains(clue!.Kind)
            ? [clue.Summary]
            : await db.ClueEvidence.AsNoTracking().Where(one => one.ClueId == clue.Id).OrderBy(one => one.On).ThenBy(one => one.EvidenceId).Select(one => one.InWords).ToListAsync(cancellationToken);
        facts = [.. facts.Distinct(StringComparer.Ordinal).Take(MostFacts)];
        return new SupervisionFacts(clue.UnitId, clue.Kind.InChinese(), clue.Clause, facts.Count > 0 ? facts : [clue.Summary]) { EvidenceIds = clue.EvidenceIds, ClueIds = [clue.Id] };
    }
}
