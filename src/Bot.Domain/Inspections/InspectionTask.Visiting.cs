using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>At the door and after: J30, J31, J37, D17; and being done together with another task (J26–J28).</summary>
public sealed partial class InspectionTask
{
    private static readonly Rule ReadyForTheDoor = new("还不能到场：任务要先经单位负责人批准。紧急情况请用“紧急检查”当场登记，事后补办审批。", "J06");
    private static readonly Rule RecorderNeeded = new("没有扫码的，请登记执法记录仪编号。", "J31");
    private static readonly Rule ScanFirst = new("请先扫码，或登记未扫码原因，再回填结果。", "J06");
    private static readonly Rule ResultOnce = new("结果已经回填。", "J37");
    private static readonly Rule ResultFirst = new("请先回填结果，再公示。", "D17");
    private static readonly Rule PublishedOnce = new("结果已经公示，不用再办。", "D17");
    private static readonly Rule Withheld = new("这次结果经负责人同意依法不公示，不能再公示。", "D17");
    private static readonly Rule NothingToDecide = new("这个任务没有等您确认的不公示申请。", "D17");
    private static readonly Rule StillAhead = new("只有还没开始的任务可以并办。", "J26");

    public DateTime? ScannedInAt { get; private set; }
    public string? NoScanReason { get; private set; }

    /// <summary>The body camera that recorded a visit without a scan (J31).</summary>
    public string? RecorderNumber { get; private set; }
    public DateTime? NoScanNotedAt { get; private set; }
    public DateOnly? CompletedOn { get; private set; }
    public string? Result { get; private set; }
    public DateOnly? ResultEnteredOn { get; private set; }
    public DateOnly? PublishedOn { get; private set; }

    /// <summary>Why the law keeps the result from publication, agreed to by the leader (D17).</summary>
    public string? NotPublishedBecause { get; private set; }

    /// <summary>Why the inspector wants to keep it from publication; counts once the leader agrees (D17).</summary>
    public string? WithholdingWanted { get; private set; }

    /// <summary>The task in whose course this one is done.</summary>
    public string? MergedIntoTaskId { get; private set; }

    public bool IsJoint => JointUnitIds.Count > 0;

    /// <summary>What merging brought to this visit from others, and when (J26–J28). Another platform's file, which knows the task as it was, does not take it away.</summary>
    public List<string> BroughtItemIds { get; private set; } = [];
    public List<string> BroughtInspectorIds { get; private set; } = [];
    public List<string> BroughtUnitIds { get; private set; } = [];
    public DateOnly? JoinedOn { get; private set; }

    /// <summary>The inspectors have scanned at the door; an urgent inspection begins with this (J12).</summary>
    public void ScanIn(DateTime at)
    {
        Require(ReadyForTheDoor, MayBegin);
        (Stage, ScannedInAt) = (InspectionStage.UnderWay, at);
    }

    public void BeginWithoutScan(string reason, string recorderNumber, DateTime at)
    {
        Require(ReadyForTheDoor, MayBegin);
        RecorderNeeded.Require(!string.IsNullOrWhiteSpace(recorderNumber));
        (Stage, NoScanReason, RecorderNumber, NoScanNotedAt) = (InspectionStage.UnderWay, reason, recorderNumber, at);
    }

    public void Finish(DateOnly on)
    {
        Require(ScanFirst, Stage == InspectionStage.UnderWay);
        (Stage, CompletedOn) = (InspectionStage.Finished, on);
    }

    public void Report(string result, DateOnly on)
    {
        Require(ResultOnce, ResultEnteredOn is null);
        Require(ScanFirst, Stage is InspectionStage.UnderWay or InspectionStage.Finished);
        CompletedOn ??= on;
        (Stage, Result, ResultEnteredOn) = (InspectionStage.Reported, result, on);
    }

    public void Publish(DateOnly on)
    {
        Require(PublishedOnce, Stage != InspectionStage.Published);
        Require(ResultFirst, Stage == InspectionStage.Reported);
        Require(Withheld, NotPublishedBecause is null);
        (Stage, PublishedOn) = (InspectionStage.Published, on);
    }

    public void WantWithholding(string because)
    {
        Require(ResultFirst, Stage == InspectionStage.Reported);
        WithholdingWanted = because;
    }

    /// <summary>The leader's word on what was wanted: no publication, or publication after all.</summary>
    public void DecideWithholding(bool agreed)
    {
        Require(NothingToDecide, WithholdingWanted is not null);
        (NotPublishedBecause, WithholdingWanted) = (agreed ? WithholdingWanted : NotPublishedBecause, null);
    }

    /// <summary>Takes the items and people of another task along on this visit.</summary>
    public void TakeAlong(InspectionTask other, DateOnly on)
    {
        Require(StillAhead, Stage.IsAhead());
        JoinedOn = on;
        BroughtItemIds = [.. BroughtItemIds.Union(other.ItemIds.Except(ItemIds))];
        BroughtInspectorIds = [.. BroughtInspectorIds.Union(other.InspectorIds.Except(InspectorIds))];
        if (other.UnitId != UnitId)
            BroughtUnitIds = [.. BroughtUnitIds.Union(other.JointUnitIds.Prepend(other.UnitId).Except(JointUnitIds).Where(unit => unit != UnitId))];
        KeepWhatWasBrought();
    }

    public void MergeInto(string taskId)
    {
        Require(StillAhead, Stage.IsAhead());
        (Stage, MergedIntoTaskId) = (InspectionStage.Merged, taskId);
    }

    private void KeepWhatWasBrought()
    {
        ItemIds = [.. ItemIds.Union(BroughtItemIds)];
        InspectorIds = [.. InspectorIds.Union(BroughtInspectorIds)];
        JointUnitIds = [.. JointUnitIds.Union(BroughtUnitIds)];
    }

    private bool MayBegin => Stage is InspectionStage.Approved or InspectionStage.Previewed || (Urgent && Stage == InspectionStage.Registered);
}
