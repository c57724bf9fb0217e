using Bot.Domain.Complaints;
using Bot.Domain.Inspections;

namespace Bot.Domain.Clues;

/// <summary>One thing that a rule found against a unit. The same thing gives the same kind, unit and evidence, so that it is written down once.</summary>
/// <param name="Kind">Which rule was not kept.</param>
/// <param name="UnitId">By whom.</param>
/// <param name="EvidenceId">The task, prompt, plan, visit, complaint … that shows it.</param>
/// <param name="On">The day it happened, or from which it is late.</param>
/// <param name="InWords">In one sentence for the justice bureau; names no complainant.</param>
public sealed record Finding(ClueKind Kind, string UnitId, string EvidenceId, DateOnly On, string InWords)
{
    /// <summary>What keeps it apart from other findings of its kind about the unit; empty for most.</summary>
    public string Matter { get; init; } = "";
    public IReadOnlyList<string> OtherUnitIds { get; init; } = [];
}

/// <summary>A visit that took place, as far as it may give a clue.</summary>
public sealed record VisitMade(string Id, string UnitId, string EnterpriseName, InspectionType Type, InspectionGround Ground, DateOnly CompletedOn)
{
    public bool Urgent { get; init; }
    public DateOnly? ApprovedOn { get; init; }
    public DateOnly? PreviewSentOn { get; init; }
    public bool PreviewWaived { get; init; }
    public bool Scanned { get; init; }
    public string? NoScanReason { get; init; }
    public DateOnly? ResultEnteredOn { get; init; }
    public DateOnly? PublishedOn { get; init; }
    public string? NotPublishedBecause { get; init; }

    /// <summary>When the plan it stands in was filed with the justice bureau (J14).</summary>
    public DateOnly? PlanFiledOn { get; init; }

    /// <summary>The items looked at for which the enterprise was given nothing to go by (J16).</summary>
    public IReadOnlyList<string> ItemsWithoutStandards { get; init; } = [];

    /// <summary>What the morning round had said about it before it took place.</summary>
    public IReadOnlyList<Sweep.MatterKind> WarnedOf { get; init; } = [];

    /// <summary>Why its people may not inspect; null when they may.</summary>
    public string? UnqualifiedBecause { get; init; }
}

/// <summary>A time limit of a unit that has passed with nothing done.</summary>
public sealed record PassedLimit(string Kind, string SubjectId, string Title, string UnitId, DateOnly DueOn);

/// <summary>A prompt to merge whose limit passed, with the units that did not answer it in time.</summary>
public sealed record UnmergedPrompt(string Id, string EnterpriseName, DateOnly DueOn, IReadOnlyList<string> UnitIds);

/// <summary>An enterprise visited far too often in a year, with its visits in order (S33).</summary>
public sealed record OftenVisited(string EnterpriseId, string EnterpriseName, int Year, IReadOnlyList<VisitOfUnit> Visits);

public sealed record VisitOfUnit(string TaskId, string UnitId, DateOnly On);

/// <summary>A complaint that may be one of several; nothing of who complained (S12).</summary>
public sealed record ComplaintOfUnit(string Id, string UnitId, ComplaintKind Kind, DateOnly On);
