using System.Collections.Frozen;

namespace Bot.Domain.Clues;

/// <summary>What a clue says that a unit did not keep to.</summary>
public enum ClueKind
{
    /// <summary>An inspection that was never registered (J01, J40).</summary>
    NotOnPlatform,

    /// <summary>A visit without scan and without a reason for it (J30, J40).</summary>
    NotScanned,

    /// <summary>A daily inspection on a quiet day (J13).</summary>
    OnQuietDay,

    /// <summary>An inspection that the enterprise had no preview of, or one without standards (J16).</summary>
    WithoutPreview,

    /// <summary>A visit without the leader's approval, or an urgent one whose approval was not made up (J10, J12).</summary>
    WithoutApproval,

    /// <summary>People who may not inspect (J05, S22–S24).</summary>
    UnqualifiedPeople,

    /// <summary>A result that is not entered in time (J37).</summary>
    ResultOverdue,

    /// <summary>A result that is not published in time (D17).</summary>
    PublicationOverdue,

    /// <summary>应整合未整合: a prompt to merge that was not dealt with in time (J27, J28, J40).</summary>
    NotMerged,

    /// <summary>The same matter at the same enterprise again in one year (W11).</summary>
    RepeatedInspection,

    /// <summary>An enterprise visited far too often (S33).</summary>
    TooFrequent,

    /// <summary>An inspection in the guise of guidance or a visit (J32–J34).</summary>
    VisitInDisguise,

    /// <summary>A request for guidance that is not answered in time (J18).</summary>
    GuidanceOverdue,

    /// <summary>The yearly plan is not uploaded in time (J08).</summary>
    PlanNotUploaded,

    /// <summary>A plan that is not filed (S10, S26, S27).</summary>
    PlanNotFiled,

    /// <summary>A plan that is not made public (S28).</summary>
    PlanNotPublished,

    /// <summary>An entrustment that has ended (S23).</summary>
    EntrustmentEnded,

    /// <summary>Several complaints about one unit in a short time (S12).</summary>
    ComplaintTrend,

    /// <summary>Any other time limit of a unit that has passed.</summary>
    LimitPassed,

    /// <summary>Handed over by the reconsideration body (S05).</summary>
    FromReconsideration,

    /// <summary>Found in a quarter's spot check (S03, S04).</summary>
    FromSpotCheck,
}

public static class ClueKinds
{
    private static readonly FrozenDictionary<ClueKind, string> Names = new Dictionary<ClueKind, string>
    {
        [ClueKind.NotOnPlatform] = "未使用平台检查",
        [ClueKind.NotScanned] = "未扫码入企",
        [ClueKind.OnQuietDay] = "安静日开展日常检查",
        [ClueKind.WithoutPreview] = "未按要求发送检查预告",
        [ClueKind.WithoutApproval] = "未经批准或未补办审批",
        [ClueKind.UnqualifiedPeople] = "检查人员资格不符",
        [ClueKind.ResultOverdue] = "检查结果超期未回填",
        [ClueKind.PublicationOverdue] = "检查结果超期未公示",
        [ClueKind.NotMerged] = "应整合未整合",
        [ClueKind.RepeatedInspection] = "同类事项重复检查",
        [ClueKind.TooFrequent] = "检查频次过高",
        [ClueKind.VisitInDisguise] = "以走访指导等名义变相检查",
        [ClueKind.GuidanceOverdue] = "行政指导超期未答复",
        [ClueKind.PlanNotUploaded] = "年度检查计划未按期上传",
        [ClueKind.PlanNotFiled] = "检查计划未备案",
        [ClueKind.PlanNotPublished] = "检查计划未公告",
        [ClueKind.EntrustmentEnded] = "委托期限届满",
        [ClueKind.ComplaintTrend] = "投诉集中",
        [ClueKind.LimitPassed] = "其他事项超期",
        [ClueKind.FromReconsideration] = "行政复议移送",
        [ClueKind.FromSpotCheck] = "抽查发现问题",
    }.ToFrozenDictionary();

    public static string InChinese(this ClueKind kind) => Names[kind];

    /// <summary>What shows who complained is for the bureau's eyes: such evidence is never quoted to the unit (S06, N6).</summary>
    public static bool NamesComplaints(this ClueKind kind) => kind == ClueKind.ComplaintTrend;
}
