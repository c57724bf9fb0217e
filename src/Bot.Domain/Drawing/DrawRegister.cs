using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Drawing;

/// <summary>What a drawn list says about an object of a task (J20).</summary>
public enum DrawnListRuling
{
    /// <summary>The unit has drawn no list this year.</summary>
    NoList,
    OnTheList,

    /// <summary>Not drawn: say where the object comes from.</summary>
    NotOnTheList,
}

/// <summary>Puts the list of a draw together, and knows what was drawn.</summary>
public sealed class DrawRegister(ISupervisionDb db, RulePack rules, ChinaClock clock)
{
    public const string Everything = "全部";

    public static readonly Rule SomebodyMeant = new("没有找到这样的检查对象。可以说“全部”、镇街名称（如“青榆镇”）或行业（如“餐饮”）。", "D09");

    /// <summary>Whether the unit's own draws of the year have this enterprise (J20).</summary>
    public async Task<DrawnListRuling> Contains(string unitId, string enterpriseId, int year, CancellationToken cancellationToken)
    {
        var draws = await db.Draws.Where(d => d.UnitId == unitId && d.Year == year).Select(d => d.Id).ToListAsync(cancellationToken);
        if (draws.Count == 0)
            return DrawnListRuling.NoList;
        return await db.DrawnObjects.AnyAsync(d => draws.Contains(d.DrawId) && d.EnterpriseId == enterpriseId, cancellationToken) ? DrawnListRuling.OnTheList : DrawnListRuling.NotOnTheList;
    }

    /// <summary>Every enterprise that is meant, with its weight and how often the unit has been or will be there this year.</summary>
    internal async Task<IReadOnlyList<Candidate>> Candidates(string unitId, string objects, CancellationToken cancellationToken)
    {
        var (words, year) = (objects.Trim(), clock.Today.Year);
        SomebodyMeant.Require(words.Length > 0);
        var all = words == Everything;
        var enterprises = await db.Enterprises.AsNoTracking().Where(e => all || e.Town == words || e.Industry.Contains(words)).ToListAsync(cancellationToken);
        SomebodyMeant.Require(enterprises.Count > 0);

        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var visits = await db.Tasks
            .Where(t => t.UnitId == unitId && t.ScheduledOn >= first && t.ScheduledOn <= last && t.Stage != InspectionStage.Merged && t.Stage != InspectionStage.Exempted && t.Stage != InspectionStage.Withdrawn)
            .GroupBy(t => t.EnterpriseId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var drawn = await db.DrawnObjects
            .Join(db.Draws.Where(d => d.Year == year), o => o.DrawId, d => d.Id, (o, d) => o.EnterpriseId)
            .GroupBy(id => id).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return
        [
            .. enterprises
                .OrderBy(e => e.Id, StringComparer.Ordinal)
                .Select(e => new Candidate(e, DrawWeight.Of(e, drawn.GetValueOrDefault(e.Id), rules), visits.GetValueOrDefault(e.Id), e.AnnualOnSiteCapPerUnit ?? rules.VisitCap(e.CreditLevel).Value)),
        ];
    }
}

/// <param name="Enterprise">Who may be drawn.</param>
/// <param name="Weight">How heavy it lies.</param>
/// <param name="Visits">The unit's visits of the year, made and planned.</param>
/// <param name="Cap">How many it may make.</param>
internal sealed record Candidate(Enterprise Enterprise, DrawWeight Weight, int Visits, int Cap)
{
    public bool AtCap => Visits + 1 > Cap;
}
