using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>From registration to approval: J10–J12, J19, J23.</summary>
public sealed partial class InspectionTask
{
    private static readonly Rule Changeable = new("检查已经开始或结束，不能再改。", "J06");
    private static readonly Rule WaitsForSubmission = new("任务不在报审阶段。", "J06");
    private static readonly Rule WaitsForApproval = new("任务不在待批准阶段，没有要审批的。", "J10");
    private static readonly Rule OnlySpecialWithoutPreview = new("免预告只适用于专项检查，日常检查应当提前发送预告。", "J19");
    private static readonly Rule NoExemptionWanted = new("这个任务没有申请免予现场检查。", "J23");
    private static readonly Rule SurpriseIsGone = new("预告已经发给企业，不能再免预告。", "J19");
    private static readonly Rule NotMadeUpYet = new("这次紧急检查已经补办审批，不用再办。", "J12");
    private static readonly Rule UrgentOnly = new("这不是紧急检查，不用补办审批。", "J12");
    private static readonly Rule ReportFirst = new("请经办人先书面报告事由和结果，再补办审批。", "J12");

    public DateTime? SubmittedAt { get; private set; }
    public DateOnly? ApprovedOn { get; private set; }
    public string? ApprovedBy { get; private set; }
    public string? ReturnedBecause { get; private set; }

    /// <summary>Begun on the spot; approval is made up afterwards (J12).</summary>
    public bool Urgent { get; private set; }

    /// <summary>What was reported to the leader about ground and result of an urgent inspection.</summary>
    public string? UrgentReport { get; private set; }
    public DateTime? UrgentReportedAt { get; private set; }

    /// <summary>A surprise inspection: no word of it reaches the enterprise before it begins (J19).</summary>
    public bool PreviewWaived { get; private set; }
    public string? PreviewWaiverReason { get; private set; }
    public string? PreviewWaivedBy { get; private set; }

    /// <summary>Why the inspectors ask the leader for surprise (J19); no waiver yet.</summary>
    public string? PreviewWaiverWanted { get; private set; }
    public DateOnly? PreviewSentOn { get; private set; }

    /// <summary>The unit would leave this on-site visit out (J21–J23).</summary>
    public bool ExemptionWanted { get; private set; }
    public string? ExemptionReason { get; private set; }
    public string? ExemptedBy { get; private set; }

    /// <summary>What was said about registering late, going over a cap, repeating a kind, choosing an object outside the model (J20, J21, J36, W11).</summary>
    public string? Remark { get; private set; }

    /// <summary>What the leader said when deciding over a cap, a request on quiet days, a make-up (J12, J15, J21).</summary>
    public string? LeaderRemark { get; private set; }

    /// <summary>No word of it may reach the enterprise. A waiver on anything but a special inspection hides nothing: its preview goes out (J19).</summary>
    public bool IsSurprise => PreviewWaived && Type == InspectionType.Special;

    /// <summary>What set a triggered inspection off, from the district's list (S36).</summary>
    public string? Trigger { get; private set; }

    public void Explain(string explanation, string? sourceNumber, string? remark, string? trigger = null)
    {
        Require(Changeable, Stage.IsAhead() || Urgent);
        (Explanation, SourceNumber, Remark, Trigger) = (explanation, sourceNumber ?? SourceNumber, remark ?? Remark, trigger ?? Trigger);
    }

    /// <summary>Adds to what was said about flags, for a date or a team that raised new ones.</summary>
    public void Note(string remark)
    {
        Require(Changeable, Stage.IsAhead());
        Remark = Remark is null ? remark : $"{Remark}；{remark}";
    }

    public void RegisteredFor(string personId) => RegisteredBy = personId;

    public void Submit(DateTime at)
    {
        Require(WaitsForSubmission, Stage == InspectionStage.Registered);
        (Stage, SubmittedAt, ReturnedBecause) = (InspectionStage.Submitted, at, null);
    }

    public void Return(string because)
    {
        Require(WaitsForApproval, Stage == InspectionStage.Submitted);
        (Stage, ReturnedBecause) = (InspectionStage.Registered, because);
    }

    public void Approve(string leaderId, DateOnly on, string? remark = null)
    {
        Require(WaitsForApproval, Stage == InspectionStage.Submitted);
        (Stage, ApprovedBy, ApprovedOn, LeaderRemark) = (InspectionStage.Approved, leaderId, on, remark ?? LeaderRemark);
    }

    /// <summary>Another day: what was approved is no longer what will happen, so it goes before the leader again.</summary>
    public void Move(DateOnly on, string halfDay)
    {
        Require(Changeable, Stage.IsAhead());
        (ScheduledOn, HalfDay) = (on, halfDay);
        NeedsApprovalAgain();
    }

    /// <summary>A day that all units and, where needed, the leader have agreed to already (J26, W05): approval stays.</summary>
    public void MoveAsAgreed(DateOnly on, string halfDay)
    {
        Require(Changeable, Stage.IsAhead());
        (ScheduledOn, HalfDay) = (on, halfDay);
    }

    public void Staff(IEnumerable<string> inspectorIds)
    {
        Require(Changeable, Stage.IsAhead());
        InspectorIds = [.. inspectorIds];
        NeedsApprovalAgain();
    }

    public void Look(IEnumerable<string> itemIds)
    {
        Require(Changeable, Stage.IsAhead());
        ItemIds = [.. itemIds];
        NeedsApprovalAgain();
    }

    /// <summary>The leader agrees that the enterprise is not told before (J19).</summary>
    public void WaivePreview(string reason, string leaderId)
    {
        Require(Changeable, Stage.IsAhead());
        Require(OnlySpecialWithoutPreview, Type == InspectionType.Special);
        Require(SurpriseIsGone, PreviewSentOn is null);
        (PreviewWaived, PreviewWaiverReason, PreviewWaivedBy) = (true, reason, leaderId);
    }

    public void WantWaiver(string reason)
    {
        Require(Changeable, Stage.IsAhead());
        Require(OnlySpecialWithoutPreview, Type == InspectionType.Special);
        PreviewWaiverWanted = reason;
    }

    public void Previewed(DateOnly on)
    {
        PreviewSentOn = on;
        if (Stage == InspectionStage.Approved)
            Stage = InspectionStage.Previewed;
    }

    public void WantExemption(string reason)
    {
        Require(Changeable, Stage.IsAhead());
        (ExemptionWanted, ExemptionReason) = (true, reason);
    }

    public void KeepVisit()
    {
        Require(NoExemptionWanted, ExemptionWanted);
        (ExemptionWanted, ExemptionReason) = (false, null);
    }

    public void Exempt(string byPersonId)
    {
        Require(Changeable, Stage.IsAhead());
        (Stage, ExemptedBy) = (InspectionStage.Exempted, byPersonId);
    }

    public void Withdraw(string because)
    {
        Require(Changeable, Stage.IsAhead());
        (Stage, ReturnedBecause) = (InspectionStage.Withdrawn, because);
    }

    public void ReportUrgent(string report, DateTime at)
    {
        Require(UrgentOnly, Urgent);
        Require(NotMadeUpYet, ApprovedOn is null);
        (UrgentReport, UrgentReportedAt, ReturnedBecause) = (report, at, null);
    }

    /// <summary>The leader approves afterwards what could not wait.</summary>
    public void MakeUpApproval(string leaderId, DateOnly on)
    {
        Require(UrgentOnly, Urgent);
        Require(NotMadeUpYet, ApprovedOn is null);
        Require(ReportFirst, UrgentReport is not null);
        (ApprovedBy, ApprovedOn) = (leaderId, on);
    }

    /// <summary>The leader does not agree with what was reported: it is reported anew, and the limit goes on.</summary>
    public void ReturnUrgentReport(string because)
    {
        Require(UrgentOnly, Urgent);
        Require(NotMadeUpYet, ApprovedOn is null);
        Require(ReportFirst, UrgentReport is not null);
        (UrgentReport, UrgentReportedAt, ReturnedBecause) = (null, null, because);
    }

    private void NeedsApprovalAgain()
    {
        if (Stage is InspectionStage.Approved or InspectionStage.Previewed or InspectionStage.Submitted)
            (Stage, ApprovedBy, ApprovedOn) = (InspectionStage.Registered, null, null);
    }
}
