using Bot.Domain.Calendar;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Clues;

/// <summary>Puts what was found together: one open clue for each unit, kind and matter (S12).</summary>
public sealed class ClueDesk(ISupervisionDb db, RulePack rules, ChinaClock clock)
{
    /// <summary>Takes findings in and gives the clues that are new or have grown. What is part of a clue already is passed over.</summary>
    public async Task<IReadOnlyList<Clue>> Take(IReadOnlyCollection<Finding> findings, CancellationToken cancellationToken)
    {
        var unknown = await ClueBooks.Unknown(db, findings, cancellationToken);
        var units = unknown.Select(finding => finding.UnitId).Distinct(StringComparer.Ordinal).ToList();
        var open = await db.Clues.Where(c => c.State == ClueState.Open && units.Contains(c.UnitId)).ToDictionaryAsync(c => (c.UnitId, c.Kind, c.Matter), cancellationToken);
        var grown = new List<Clue>();
        foreach (var same in unknown.GroupBy(finding => (finding.UnitId, finding.Kind, finding.Matter)))
        {
            if (!open.TryGetValue(same.Key, out var clue))
                open[same.Key] = clue = await Begin(same.Key.UnitId, same.Key.Kind, same.Key.Matter, ClueClauses.Of(same.Key.Kind, rules), cancellationToken);
            Add(clue, [.. same.OrderBy(finding => finding.On).ThenBy(finding => finding.EvidenceId, StringComparer.Ordinal)]);
            grown.Add(clue);
        }

        return grown;
    }

    internal async Task<Clue> Begin(string unitId, ClueKind kind, string matter, string clause, CancellationToken cancellationToken)
    {
        var number = await Numbers.Take(db, rules.Series("clue"), "X", clock.Today.Year, 1, cancellationToken);
        var clue = new Clue(number.Id, number.Printed, unitId, kind, matter, clause, clock.Today);
        db.Clues.Add(clue);
        return clue;
    }

    internal void Add(Clue clue, IReadOnlyList<Finding> findings)
    {
        db.ClueEvidence.AddRange(findings.Select(finding => new ClueEvidence(clue.Id, clue.UnitId, clue.Kind, finding.EvidenceId, finding.On, finding.InWords)));
        clue.Grow([.. findings.Select(finding => finding.EvidenceId)], findings.SelectMany(finding => finding.OtherUnitIds), findings[^1].InWords, clock.Today);
    }
}

public static class ClueClauses
{
    /// <summary>Which rule was not kept, with its paper: 凡检查必扫码（泰姜政办〔2025〕13号 三（一））.</summary>
    public static string Of(ClueKind kind, RulePack rules)
    {
        var name = kind.ToString();
        return rules.Clauses[char.ToLowerInvariant(name[0]) + name[1..]].ToString();
    }
}
