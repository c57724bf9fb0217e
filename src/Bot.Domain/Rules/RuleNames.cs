using Bot.Domain.Calendar;

namespace Bot.Domain.Rules;

/// <summary>The names a rule pack file may use, each with the words shown to people. A name outside this list is a mistake in the file.</summary>
internal static class RuleNames
{
    /// <summary>A name with the only unit it may have; null where any unit is right.</summary>
    public static readonly IReadOnlyDictionary<string, (string Chinese, PeriodUnit? Unit)> Limits = new Dictionary<string, (string, PeriodUnit?)>
    {
        ["guidanceReply"] = ("行政指导答复", null),
        ["guidanceFollowUpReply"] = ("行政指导追问答复", null),
        ["helpReply"] = ("人工回复", null),
        ["mergeSameUnit"] = ("部门内并办处理", null),
        ["mergeAcrossUnits"] = ("跨部门并办处理", null),
        ["mergeWindow"] = ("并办匹配窗口", PeriodUnit.CalendarDays),
        ["mergeHintsSeen"] = ("并办提示查看", null),
        ["registerBefore"] = ("检查前登记", PeriodUnit.CalendarDays),
        ["previewAtLatestBefore"] = ("检查预告最迟提前", PeriodUnit.CalendarDays),
        ["urgentApproval"] = ("紧急检查补办审批", null),
        ["resultEntry"] = ("检查结果回填", null),
        ["adviceAfterProblems"] = ("检查后改进建议", null),
        ["publication"] = ("抽查结果公示", null),
        ["complaintContact"] = ("投诉首次联系", null),
        ["complaintReply"] = ("一般投诉答复", null),
        ["complaintReplyDifficult"] = ("复杂投诉答复", null),
        ["complaintReview"] = ("投诉申请复核", null),
        ["complaintTrendWindow"] = ("投诉集中统计窗口", PeriodUnit.CalendarDays),
        ["unlicensedResult"] = ("无证经营举报核实处理", null),
        ["appealBasis"] = ("检查单位提供申诉依据", null),
        ["appealReply"] = ("检查结果申诉答复", null),
        ["situationAnswer"] = ("情况反馈说明", null),
        ["warningAnswer"] = ("预警提醒回复", null),
        ["suggestionLetter"] = ("制作行政执法监督建议书", null),
        ["suggestionObjection"] = ("对建议书提出异议", null),
        ["rectification"] = ("整改", null),
        ["followUpCheck"] = ("整改跟踪复查", null),
        ["guidingOpinion"] = ("提出指导性意见", null),
        ["letterReceipt"] = ("签收监督文书", null),
        ["observationEndNotice"] = ("观察期届满提醒", PeriodUnit.WorkingDays),
        ["ratingChangeable"] = ("评价可修改", PeriodUnit.CalendarDays),
        ["bindingConfirmation"] = ("绑定确认", PeriodUnit.CalendarDays),
        ["bindingCodeValid"] = ("绑定码有效", PeriodUnit.CalendarDays),
        ["lookupCodeKept"] = ("查询码有效", PeriodUnit.CalendarDays),
        ["certificateExpiryNotice"] = ("执法证到期提醒", PeriodUnit.CalendarDays),
        ["entrustmentExpiryNotice"] = ("委托期限到期提醒", PeriodUnit.CalendarDays),
        ["directoryFresh"] = ("名录库更新", PeriodUnit.CalendarDays),
        ["planFiling"] = ("检查计划备案", null),
        ["questionnaireOpen"] = ("问卷可以填写", null),
        ["figureObjection"] = ("对监管数据提出异议", null),
        ["explanation"] = ("书面说明", null),
    };

    public static readonly IReadOnlyDictionary<string, string> Figures = new Dictionary<string, string>
    {
        ["spotCheckPercent"] = "每季度抽查单位比例（%）",
        ["jointSharePercent"] = "联合监管比例（%）",
        ["ratingsShownFrom"] = "评价展示的最少份数",
        ["inspectorsAtLeast"] = "最少检查人数",
        ["visitCapA"] = "A级企业每单位年度现场检查上限",
        ["visitCapB"] = "B级企业每单位年度现场检查上限",
        ["visitCapC"] = "C级企业每单位年度现场检查上限",
        ["visitCapD"] = "D级企业每单位年度现场检查上限",
        ["highFrequencyVisits"] = "高频检查企业年度次数",
        ["complaintTrend"] = "投诉集中预警件数",
        ["warningsBeforeSuggestion"] = "提出建议书的未结预警数",
        ["widespreadProblemUnits"] = "普遍问题涉及单位数",
        ["warningExtensions"] = "预警提醒可延期次数",
        ["guidanceFollowUps"] = "行政指导可追问次数",
        ["complaintExtensions"] = "投诉可延期次数",
        ["complaintReviews"] = "投诉可复核次数",
        ["smallEnterpriseBelow"] = "小微帮扶企业人数低于",
        ["anomalyRepeatHours"] = "同一监测异常不重复通知（小时）",
        ["reminderPauseHours"] = "同一事项重复提醒间隔（小时）",
        ["observationTasksPerMonth"] = "每位观察员每月观察任务件数",
        ["exportHours"] = "导出文件可以取用（小时）",
        ["bindingCodesPerDay"] = "一位联系人每天可发绑定码",
        ["bindingCodesPerDayOfBureau"] = "一位司法局人员每天可发绑定码",
        ["bindingLockHours"] = "绑定码输错锁定（小时）",
        ["drawWeightA"] = "A级企业抽取权重（%）",
        ["drawWeightB"] = "B级企业抽取权重（%）",
        ["drawWeightC"] = "C级企业抽取权重（%）",
        ["drawWeightD"] = "D级企业抽取权重（%）",
        ["drawHighRisk"] = "高风险企业权重乘数（%）",
        ["drawPerComplaint"] = "每件有效投诉增加的权重（%）",
        ["drawAgain"] = "本年度每被抽中一次的权重乘数（%）",
        ["drawHeaviest"] = "抽取权重上限（%）",
        ["penaltyRisePercent"] = "处罚异常增长（%）",
    };

    public static readonly IReadOnlyDictionary<string, string> Dates = new Dictionary<string, string>
    {
        ["annualPlanBy"] = "年度检查计划上传",
        ["planPublishedBy"] = "年度检查计划公告",
    };

    public static readonly IReadOnlyList<string> Switches = ["enterpriseRequestOnQuietDays"];

    /// <summary>What a clue of supervision is about; the pack says which place of which paper is not kept to.</summary>
    public static readonly IReadOnlyDictionary<string, string> Clauses = new Dictionary<string, string>
    {
        ["notOnPlatform"] = "检查须经平台登记",
        ["notScanned"] = "凡检查必扫码",
        ["onQuietDay"] = "企业安静日",
        ["withoutPreview"] = "日常检查预告",
        ["withoutApproval"] = "检查报审",
        ["unqualifiedPeople"] = "检查人员资格",
        ["resultOverdue"] = "检查结果回填",
        ["publicationOverdue"] = "检查结果公示",
        ["notMerged"] = "综合查一次",
        ["repeatedInspection"] = "同类事项一年一查",
        ["tooFrequent"] = "合理检查频次",
        ["visitInDisguise"] = "严禁变相检查",
        ["guidanceOverdue"] = "行政指导答复",
        ["planNotUploaded"] = "年度计划上传",
        ["planNotFiled"] = "检查计划备案",
        ["planNotPublished"] = "检查计划公告",
        ["entrustmentEnded"] = "委托权限和期限",
        ["complaintTrend"] = "动态监测",
        ["limitPassed"] = "办理时限",
        ["fromReconsideration"] = "行政复议线索互通",
        ["fromSpotCheck"] = "季度抽查",
    };

    public static readonly IReadOnlyList<string> Series =
    [
        "guidance", "complaint", "feedback", "appeal", "unlicensed", "observation", "help",
        "warning", "suggestion", "decision", "correction", "report", "opinion", "plan", "task", "merge", "visit", "draw", "visitReport", "observationPeriod", "anomaly", "questionnaire", "meeting", "jointAction", "clue", "spotCheck", "transfer", "situation", "offeredCase",
    ];
}
