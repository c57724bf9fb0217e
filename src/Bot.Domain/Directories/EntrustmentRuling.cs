using Bot.Domain.People;
using Bot.Domain.Rules;

namespace Bot.Domain.Directories;

/// <summary>What a unit's entrustment (委托执法) means for an inspection on a day (S23).</summary>
public enum EntrustmentRuling
{
    /// <summary>The unit has its power by law.</summary>
    OwnPower,

    InForce,

    /// <summary>In force, and near its end.</summary>
    EndsSoon,

    /// <summary>The last day is over: no inspection.</summary>
    Ended,
}

public static class EntrustmentRulings
{
    public static readonly Rule InForce = new("委托执法的期限已经届满，不能再开展检查，请先办理续期或由委托机关实施。", "S23");

    /// <param name="unit">Who inspects.</param>
    /// <param name="day">The day of the inspection; the last day of the term still counts.</param>
    /// <param name="rules">The district's pack.</param>
    public static EntrustmentRuling Of(Unit unit, DateOnly day, RulePack rules) => unit switch
    {
        { EntrustedBy: null, EntrustedUntil: null } => EntrustmentRuling.OwnPower,
        { EntrustedUntil: { } until } when until < day => EntrustmentRuling.Ended,
        { EntrustedUntil: { } until } when until <= day.AddDays(rules.EntrustmentExpiryNotice.Period.Amount) => EntrustmentRuling.EndsSoon,
        _ => EntrustmentRuling.InForce,
    };

    public static bool Allows(this EntrustmentRuling ruling) => ruling != EntrustmentRuling.Ended;
}
