using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>How strictly an enterprise is supervised (分级分类): J21–J23, W18–W20.</summary>
public enum SupervisionGrade
{
    /// <summary>Long-time top credit or on the white list: off-site, triggered and prompting ways first (J21, W20).</summary>
    OffSiteFirst,

    /// <summary>Higher or average credit: fewer visits or none, as the unit sees fit (J22).</summary>
    MayBeLess,

    /// <summary>Low credit or high risk: no fewer visits without the leader (J23).</summary>
    Strict,
}

public static class SupervisionGrades
{
    private const string HighRisk = "高";

    public static SupervisionGrade Of(Enterprise enterprise) =>
        Of(enterprise.CreditLevel, enterprise.RiskLevel, enterprise.LongTermTopCredit, enterprise.FlexibleWhitelist);

    public static SupervisionGrade Of(string creditLevel, string riskLevel, bool longTermTopCredit, bool flexibleWhitelist) => 0 switch
    {
        _ when creditLevel is "C" or "D" || riskLevel == HighRisk => SupervisionGrade.Strict,
        _ when longTermTopCredit || flexibleWhitelist => SupervisionGrade.OffSiteFirst,
        _ => SupervisionGrade.MayBeLess,
    };

    /// <summary>Leaving an on-site visit out needs the leader (J23); elsewhere it is only recorded (J22).</summary>
    public static bool ExemptionNeedsLeader(this SupervisionGrade grade) => grade == SupervisionGrade.Strict;
}

/// <summary>Whether one more visit keeps to how often a unit may visit an enterprise in a civil year (J21, S33).</summary>
/// <param name="Visits">Visits of this unit to this enterprise in the year, joint ones included.</param>
/// <param name="Cap">The enterprise's own cap, else the pack's for its credit level.</param>
/// <param name="Counts">Full coverage, what is ordered from above and what cannot wait are not held back by the cap (J20, J15).</param>
/// <param name="Grade">How strictly the enterprise is supervised.</param>
public sealed record FrequencyRuling(int Visits, int Cap, bool Counts, SupervisionGrade Grade)
{
    public bool OverCap => Counts && Visits >= Cap;

    /// <param name="visits">Visits of this unit to this enterprise that took place in the civil year of the planned one.</param>
    /// <param name="enterpriseCap">The enterprise's own cap, if one is set.</param>
    /// <param name="creditLevel">Its credit level.</param>
    /// <param name="ground">Why the inspection takes place.</param>
    /// <param name="plan">The kind of its plan, if it has one.</param>
    /// <param name="fullCoverage">Every object of the kind is visited.</param>
    /// <param name="grade">How strictly the enterprise is supervised.</param>
    /// <param name="rules">The district's pack.</param>
    public static FrequencyRuling Of(int visits, int? enterpriseCap, string creditLevel, InspectionGround ground, PlanKind? plan, bool fullCoverage, SupervisionGrade grade, RulePack rules) =>
        new(visits, enterpriseCap ?? rules.VisitCap(creditLevel).Value, !fullCoverage && plan != PlanKind.FromAbove && !ground.NeedsPromptness(), grade);

    public static FrequencyRuling Of(int visits, Enterprise enterprise, InspectionGround ground, PlanKind? plan, bool fullCoverage, RulePack rules) =>
        Of(visits, enterprise.AnnualOnSiteCapPerUnit, enterprise.CreditLevel, ground, plan, fullCoverage, SupervisionGrades.Of(enterprise), rules);
}
