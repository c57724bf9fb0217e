using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>What the quiet days (企业安静日) mean for one inspection on one day: J13–J15.</summary>
public enum QuietDayRuling
{
    /// <summary>The day is not a quiet day, or the district has none.</summary>
    NotQuiet,

    /// <summary>Not on this day (J13).</summary>
    Blocked,

    /// <summary>The plan or scheme is filed with the justice bureau (J14).</summary>
    Filed,

    /// <summary>It has to be filed first (J14).</summary>
    NotFiled,

    /// <summary>A complaint, an anomaly and the like cannot wait (J15).</summary>
    Exempt,

    /// <summary>The enterprise asked itself; with its own text and the leader's consent (J15, default of the pack).</summary>
    NeedsDecision,
}

public static class QuietDayRulings
{
    /// <param name="type">Daily, special or ad-hoc.</param>
    /// <param name="ground">Why it takes place.</param>
    /// <param name="day">The civil date in China.</param>
    /// <param name="planFiledOn">When the plan was filed with the justice bureau, if it was.</param>
    /// <param name="rules">The district's pack.</param>
    public static QuietDayRuling Of(InspectionType type, InspectionGround ground, DateOnly day, DateOnly? planFiledOn, RulePack rules)
    {
        if (rules.QuietDays is not { } quiet || !quiet.Covers(day))
            return QuietDayRuling.NotQuiet;
        if (type == InspectionType.Special)
            return planFiledOn <= day ? QuietDayRuling.Filed : QuietDayRuling.NotFiled;
        if (ground == InspectionGround.EnterpriseRequest)
            return rules.EnterpriseRequestOnQuietDays ? QuietDayRuling.NeedsDecision : QuietDayRuling.Blocked;
        return type == InspectionType.AdHoc && ground.NeedsPromptness() ? QuietDayRuling.Exempt : QuietDayRuling.Blocked;
    }

    /// <summary>Whether the leader may approve.</summary>
    public static bool Allows(this QuietDayRuling ruling) => ruling is not (QuietDayRuling.Blocked or QuietDayRuling.NotFiled);
}
