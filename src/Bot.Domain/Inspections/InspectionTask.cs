using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>Daily 日常 (double-random included), special 专项, ad-hoc 临时 (J07).</summary>
public enum InspectionType
{
    Daily,
    Special,
    AdHoc,
}

public static class InspectionTypes
{
    /// <summary>The type as people read it (J07).</summary>
    public static string Name(this InspectionType type) => type switch
    {
        InspectionType.Daily => "日常检查",
        InspectionType.Special => "专项检查",
        _ => "临时检查",
    };
}

/// <summary>
/// One visit to one enterprise by one or more units (检查任务). One method a step; each refuses what the way does not allow and names the missing step (J06).
/// Whether a day, a team or a frequency is allowed is decided by the rulings beside it, which need more than the task itself.
/// </summary>
public sealed partial class InspectionTask
{
    private InspectionTask()
    {
    }

    public InspectionTask(TaskFacts facts)
    {
        (Id, RegisteredOn) = (facts.Id, facts.RegisteredOn);
        TakeOver(facts);
    }

    public string Id { get; private set; } = "";
    public InspectionType Type { get; private set; }
    public string UnitId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public DateOnly ScheduledOn { get; private set; }

    /// <summary>上午 or 下午, empty when not fixed.</summary>
    public string HalfDay { get; private set; } = "";
    public DateOnly RegisteredOn { get; private set; }
    public InspectionStage Stage { get; private set; }
    public string? PlanId { get; private set; }
    public InspectionGround Ground { get; private set; }

    /// <summary>The number of the complaint, the assignment, the enterprise's letter (J11).</summary>
    public string? SourceNumber { get; private set; }

    /// <summary>The ground in words, for who approves.</summary>
    public string Explanation { get; private set; } = "";
    public string Section { get; private set; } = "";
    public List<string> ItemIds { get; private set; } = [];
    public List<string> InspectorIds { get; private set; } = [];
    public List<string> JointUnitIds { get; private set; } = [];

    /// <summary>Every object of its kind is visited: the frequency cap and the model do not hold it back (J20).</summary>
    public bool FullCoverage { get; private set; }

    /// <summary>Who registered it here.</summary>
    public string? RegisteredBy { get; private set; }

    /// <summary>What another platform's file says. What it says nothing about stays as it is, and no stage is taken back.</summary>
    public void TakeOver(TaskFacts facts)
    {
        (Type, UnitId, EnterpriseId, PlanId, Ground, Section) = (facts.Type, facts.UnitId, facts.EnterpriseId, facts.PlanId, facts.Ground, facts.Section);
        (ItemIds, InspectorIds, JointUnitIds, FullCoverage) = ([.. facts.ItemIds], [.. facts.InspectorIds], [.. facts.JointUnitIds], facts.FullCoverage);
        KeepWhatWasBrought();
        SourceNumber = facts.SourceNumber ?? SourceNumber;

        // The day that all units agreed to stands, and what was approved before they did is not what will happen (J10, J26).
        if (JoinedOn is null && MergedIntoTaskId is null)
            (ScheduledOn, HalfDay) = (facts.ScheduledOn, facts.HalfDay);
        if (JoinedOn is null || facts.ApprovedOn > JoinedOn)
            (ApprovedOn, ApprovedBy) = (facts.ApprovedOn ?? ApprovedOn, facts.ApprovedBy ?? ApprovedBy);
        (PreviewWaived, PreviewWaiverReason) = (facts.PreviewWaived || PreviewWaived, facts.PreviewWaiverReason ?? PreviewWaiverReason);
        PreviewWaivedBy ??= facts.PreviewWaived ? ApprovedBy : null;
        (PreviewSentOn, ScannedInAt) = (facts.PreviewSentOn ?? PreviewSentOn, facts.ScannedInAt ?? ScannedInAt);
        (NoScanReason, RecorderNumber) = (facts.NoScanReason ?? NoScanReason, facts.RecorderNumber ?? RecorderNumber);
        (CompletedOn, Result) = (facts.CompletedOn ?? CompletedOn, facts.Result ?? Result);
        (ResultEnteredOn, PublishedOn) = (facts.ResultEnteredOn ?? ResultEnteredOn, facts.PublishedOn ?? PublishedOn);
        (NotPublishedBecause, MergedIntoTaskId) = (facts.NotPublishedBecause ?? NotPublishedBecause, facts.MergedIntoTaskId ?? MergedIntoTaskId);
        ExemptionWanted = facts.ExemptionWanted || ExemptionWanted;
        Urgent = facts.Ground == InspectionGround.Urgent;
        var stage = StageOf();
        if (stage > Stage)
            Stage = stage;
    }

    private InspectionStage StageOf() => this switch
    {
        { MergedIntoTaskId: not null } => InspectionStage.Merged,
        { PublishedOn: not null } => InspectionStage.Published,
        { ResultEnteredOn: not null } => InspectionStage.Reported,
        { CompletedOn: not null } => InspectionStage.Finished,
        { ScannedInAt: not null } or { NoScanReason: not null } => InspectionStage.UnderWay,
        { ApprovedOn: not null, PreviewSentOn: not null } => InspectionStage.Previewed,
        { ApprovedOn: not null } => InspectionStage.Approved,
        _ => InspectionStage.Registered,
    };

    private void Require(Rule rule, bool holds) => rule.Require(holds, $"{rule.Sentence}（任务{Id}现在是“{Stage.Name()}”）");
}
