using Bot.Domain.Rules;

namespace Bot.Domain.Sweep;

/// <summary>What a look at the books can find: something due, missing, late or against a rule.</summary>
public enum MatterKind
{
    QuietDayBlocked,
    QuietDayAllowedFiled,
    QuietDayBlockedNotFiled,
    QuietDayExempt,
    QuietDayNeedsDecision,
    RegisteredLate,
    PreviewMissing,
    PreviewWaiverInvalid,
    InspectorsInvalid,
    ExemptionNeedsLeader,
    FrequencyCapExceeded,
    SameYearRepeat,
    VisitToday,
    NotScanned,
    ResultPending,
    ResultOverdue,
    PublicityPending,
    PublicityDueSoon,
    PublicityOverdue,
    PublishedLate,
    UrgentApprovalMissing,
    MergeOpen,
    MergeOverdue,
    MergeOnTime,
    MergeLate,
    MergePromptsUnseen,
    GuidanceWaiting,
    GuidanceDueSoon,
    GuidanceOverdue,
    GuidanceOnTime,
    GuidanceLate,
    VisitWithoutConsent,
    VisitTurnedIntoCase,
    VisitLikeInspection,
    HighFrequencyEnterprise,
    CertificatesEnding,
    EntrustmentEnding,
    EntrustmentEnded,
    LiaisonMissing,
    DirectoryNotFresh,
    PlanNotUploaded,
    PlanLate,
    PlanNotFiledWithSuperior,
    PlanNotFiled,
    PlanFiledOutOfOrder,
    PlanNotPublished,
    JointShareLow,
    MergePromptsToday,
    AttentionToday,
    DutiesOfMonth,
    FiguresOfMonth,
    ReviewOfMonth,
    MonthlyCase,
}

/// <summary>How much a matter weighs.</summary>
public enum Severity
{
    /// <summary>For the books and the figures; nobody has to act.</summary>
    Record,

    /// <summary>Somebody has something to do and is in time.</summary>
    Remind,

    /// <summary>A rule is not kept.</summary>
    Alert,
}

/// <summary>One thing found. The same cause gives the same key, so that whoever is told is told once.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="SubjectId">The task, prompt, plan, enterprise, unit or person it is about.</param>
/// <param name="Severity">How much it weighs.</param>
public sealed record Matter(MatterKind Kind, string SubjectId, Severity Severity)
{
    /// <summary>Whose matter it is; null when no one unit's.</summary>
    public string? UnitId { get; init; }

    /// <summary>The day from which the limit counts, where there is one, and the last day of it.</summary>
    public DateOnly? StartedOn { get; init; }
    public DateOnly? DueOn { get; init; }

    /// <summary>Who is to hear of it.</summary>
    public IReadOnlyList<ReminderTarget> Tell { get; init; } = [];

    /// <summary>Those who do the work; they are told as <see cref="ReminderTarget.Handler"/>.</summary>
    public IReadOnlyList<string> HandlerIds { get; init; } = [];

    /// <summary>Other units concerned, whose people are told too.</summary>
    public IReadOnlyList<string> OtherUnitIds { get; init; } = [];

    /// <summary>What tells this occurrence from an earlier one of the same kind: the day it is planned on, the year, the step.</summary>
    public string Version { get; init; } = "";

    /// <summary>What the notice says about it, field by field.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public string Key => Version.Length == 0 ? $"{Kind}:{SubjectId}" : $"{Kind}:{SubjectId}:{Version}";
}
