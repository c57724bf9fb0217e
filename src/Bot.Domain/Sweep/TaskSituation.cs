using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Plans;

namespace Bot.Domain.Sweep;

/// <summary>A task with all that decides what is due about it.</summary>
public sealed record TaskSituation(string Id, InspectionType Type, InspectionGround Ground, InspectionStage Stage, string UnitId, string EnterpriseId, DateOnly ScheduledOn, DateOnly RegisteredOn)
{
    public string Section { get; init; } = "";
    public IReadOnlyList<string> InspectorIds { get; init; } = [];
    public IReadOnlyList<string> JointUnitIds { get; init; } = [];
    public IReadOnlyList<string> ItemIds { get; init; } = [];
    public string? PlanId { get; init; }
    public string? RegisteredBy { get; init; }
    public DateOnly? ApprovedOn { get; init; }
    public bool Urgent { get; init; }
    public DateOnly? PreviewSentOn { get; init; }
    public bool PreviewWaived { get; init; }
    public string? PreviewWaivedBy { get; init; }
    public bool ExemptionWanted { get; init; }
    public bool FullCoverage { get; init; }
    public DateTime? ScannedInAt { get; init; }
    public string? NoScanReason { get; init; }
    public DateOnly? CompletedOn { get; init; }
    public DateOnly? ResultEnteredOn { get; init; }
    public DateOnly? PublishedOn { get; init; }
    public string? NotPublishedBecause { get; init; }

    /// <summary>The task with what stands around it; only a task that is still ahead needs that.</summary>
    public Surroundings Around { get; init; } = Surroundings.None;

    public IReadOnlyList<string> HandlerIds => InspectorIds.Count > 0 ? InspectorIds : RegisteredBy is { } by ? [by] : [];
}

/// <summary>What stands around a planned visit.</summary>
public sealed record Surroundings
{
    public static Surroundings None { get; } = new();

    public PlanKind? Plan { get; init; }

    /// <summary>When the plan was filed with the justice bureau.</summary>
    public DateOnly? PlanFiledOn { get; init; }
    public IReadOnlyList<Person> Team { get; init; } = [];
    public EnterpriseStanding Enterprise { get; init; } = new("", "", "", false, false, null);

    /// <summary>The planned visit and those that took place at the enterprise this year, as the once-a-year rule sees them.</summary>
    public VisitFacts? Planned { get; init; }
    public IReadOnlyList<VisitFacts> Visits { get; init; } = [];
}

/// <summary>What an enterprise's record says about how it is to be supervised.</summary>
public sealed record EnterpriseStanding(string Name, string CreditLevel, string RiskLevel, bool LongTermTopCredit, bool FlexibleWhitelist, int? Cap)
{
    public SupervisionGrade Grade => SupervisionGrades.Of(CreditLevel, RiskLevel, LongTermTopCredit, FlexibleWhitelist);
}
