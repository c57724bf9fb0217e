using System.Runtime.CompilerServices;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Sweep;

/// <summary>The daily round: reads the books, asks the function what is due, and hands on what was not raised before. It writes nothing itself.</summary>
public sealed class DayRound(ISupervisionDb db, Books books, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>So many matters are raised in one transaction; others who write come in between.</summary>
    public const int RaisedTogether = 200;

    private const int LookedUpTogether = 500;

    /// <summary>What has to be raised, a transaction's worth at a time. Nothing is found twice, however often the round is made.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Matter>> Find([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var since = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        await foreach (var facts in books.Read(today, since, rules.HighFrequencyVisits.Value, cancellationToken))
        {
            var matters = WhatIsDue.Of(facts, today, rules, calendars.Current).Where(IsToBeRaised).ToList();
            foreach (var some in matters.Chunk(LookedUpTogether))
            {
                foreach (var unraised in (await NotRaised(db, some, cancellationToken)).Chunk(RaisedTogether))
                    yield return unraised;
            }
        }
    }

    /// <summary>Those of the matters that have not been raised yet.</summary>
    internal static async Task<IReadOnlyList<Matter>> NotRaised(ISupervisionDb db, IReadOnlyCollection<Matter> matters, CancellationToken cancellationToken)
    {
        var keys = matters.Select(matter => matter.Key).ToList();
        var known = await db.RaisedMatters.AsNoTracking().Where(m => keys.Contains(m.Key)).Select(m => m.Key).ToListAsync(cancellationToken);
        return known.Count == matters.Count ? [] : [.. matters.ExceptBy(known, matter => matter.Key)];
    }

    /// <summary>How prompts and requests stand is for figures; they have deadlines of their own from the beginning.</summary>
    private static bool IsToBeRaised(Matter matter) => matter.Tell.Count > 0 || RaisedDeadlines.KindOf(matter) is not null || matter.Kind is MatterKind.PublishedLate or MatterKind.PlanLate;
}
