namespace Bot.Domain.Inspections;

/// <summary>What another platform's file says about a task, or what an inspector registers. Days are civil dates in China, instants UTC.</summary>
public sealed record TaskFacts(string Id, InspectionType Type, string UnitId, string EnterpriseId, DateOnly ScheduledOn, DateOnly RegisteredOn)
{
    /// <summary>上午 or 下午, empty when not fixed.</summary>
    public string HalfDay { get; init; } = "";
    public string? PlanId { get; init; }
    public InspectionGround Ground { get; init; }

    /// <summary>The number of the complaint, the assignment, the enterprise's letter (J11).</summary>
    public string? SourceNumber { get; init; }
    public string Section { get; init; } = "";
    public List<string> ItemIds { get; init; } = [];
    public List<string> InspectorIds { get; init; } = [];
    public List<string> JointUnitIds { get; init; } = [];
    public DateOnly? ApprovedOn { get; init; }
    public string? ApprovedBy { get; init; }
    public bool PreviewWaived { get; init; }
    public string? PreviewWaiverReason { get; init; }
    public DateOnly? PreviewSentOn { get; init; }
    public DateTime? ScannedInAt { get; init; }
    public string? NoScanReason { get; init; }
    public string? RecorderNumber { get; init; }
    public DateOnly? CompletedOn { get; init; }
    public string? Result { get; init; }
    public DateOnly? ResultEnteredOn { get; init; }
    public DateOnly? PublishedOn { get; init; }
    public string? NotPublishedBecause { get; init; }
    public string? MergedIntoTaskId { get; init; }
    public bool ExemptionWanted { get; init; }
    public bool FullCoverage { get; init; }

    /// <summary>As it was known at an instant: what the file says about later has not happened yet.</summary>
    public TaskFacts AsOf(DateTime at, DateOnly today) => this with
    {
        ApprovedOn = ApprovedOn > today ? null : ApprovedOn,
        ApprovedBy = ApprovedOn > today ? null : ApprovedBy,
        PreviewSentOn = PreviewSentOn > today ? null : PreviewSentOn,
        ScannedInAt = ScannedInAt > at ? null : ScannedInAt,
        CompletedOn = CompletedOn > today ? null : CompletedOn,
        NoScanReason = CompletedOn > today ? null : NoScanReason,
        RecorderNumber = CompletedOn > today ? null : RecorderNumber,
        MergedIntoTaskId = ScheduledOn > today ? null : MergedIntoTaskId,
        Result = ResultEnteredOn > today ? null : Result,
        ResultEnteredOn = ResultEnteredOn > today ? null : ResultEnteredOn,
        PublishedOn = PublishedOn > today ? null : PublishedOn,
    };
}
