using Bot.Domain.Calendar;
using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>How an inspection stands with its preview (检查预告): J16, J19.</summary>
public enum PreviewState
{
    /// <summary>Not approved yet: nothing can be sent.</summary>
    NotYet,

    /// <summary>Looked into at once: a complaint, an anomaly, the enterprise's own request.</summary>
    NotNeeded,

    Sent,

    /// <summary>A special inspection whose surprise the leader agreed to (J19).</summary>
    Waived,

    /// <summary>Approved and not sent.</summary>
    Missing,
}

/// <param name="State">Where it stands.</param>
/// <param name="WaiverInvalid">A waiver was noted that J19 does not know: not a special inspection, or without the leader. The preview has to go out.</param>
/// <param name="LatestOn">The last day on which the preview is in time.</param>
public sealed record PreviewRuling(PreviewState State, bool WaiverInvalid, DateOnly LatestOn)
{
    public bool IsMissing => State == PreviewState.Missing;

    /// <summary>Too late on <paramref name="today"/> to be sent in time.</summary>
    public bool IsLate(DateOnly today) => IsMissing && today > LatestOn;

    /// <param name="type">Daily, special or ad-hoc.</param>
    /// <param name="approved">The leader has agreed to the inspection.</param>
    /// <param name="sentOn">When a preview went out.</param>
    /// <param name="waived">A waiver is noted.</param>
    /// <param name="waivedByLeader">It is the leader's.</param>
    /// <param name="scheduledOn">The day of the inspection.</param>
    /// <param name="calendar">The calendar in force.</param>
    /// <param name="rules">The district's pack.</param>
    public static PreviewRuling Of(InspectionType type, bool approved, DateOnly? sentOn, bool waived, bool waivedByLeader, DateOnly scheduledOn, WorkingCalendar calendar, RulePack rules)
    {
        var valid = waived && waivedByLeader && type == InspectionType.Special;
        var state = (valid, sentOn, approved, type) switch
        {
            (true, _, _, _) => PreviewState.Waived,
            (_, not null, _, _) => PreviewState.Sent,
            (_, _, false, _) => PreviewState.NotYet,
            (_, _, _, InspectionType.AdHoc) => PreviewState.NotNeeded,
            _ => PreviewState.Missing,
        };
        return new PreviewRuling(state, waived && !valid, calendar.Before(scheduledOn, rules.PreviewAtLatestBefore.Period.Amount));
    }

    public static PreviewRuling Of(InspectionTask task, WorkingCalendar calendar, RulePack rules) =>
        Of(task.Type, task.ApprovedOn is not null, task.PreviewSentOn, task.PreviewWaived, task.PreviewWaivedBy is not null, task.ScheduledOn, calendar, rules);
}
