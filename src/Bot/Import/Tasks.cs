using Bot.Domain.Inspections;

namespace Bot.Import;

/// <summary>检查任务 as the inspection platform exports them, from registration to publication.</summary>
internal static class Tasks
{
    private static readonly Column Id = new("id", "任务编号");
    private static readonly Column Type = new("type", "检查类型");
    private static readonly Column Unit = new("unit", "单位编号");
    private static readonly Column Enterprise = new("enterprise", "企业编号");
    private static readonly Column ScheduledOn = new("scheduledOn", "检查日期");
    private static readonly Column HalfDay = new("halfDay", "上下午");
    private static readonly Column RegisteredOn = new("registeredOn", "登记日期");
    private static readonly Column Plan = new("plan", "计划编号");
    private static readonly Column Ground = new("trigger", "检查事由");
    private static readonly Column SourceNumber = new("sourceNumber", "来源编号");
    private static readonly Column Section = new("section", "科室");
    private static readonly Column Items = new("items", "事项编号", Many: true);
    private static readonly Column Inspectors = new("inspectors", "检查人员", Many: true);
    private static readonly Column JointUnits = new("jointUnits", "联合单位", Many: true);
    private static readonly Column ApprovedOn = new("approvedOn", "批准日期");
    private static readonly Column ApprovedBy = new("approvedBy", "批准人");
    private static readonly Column PreviewWaived = new("previewWaived", "免予预告");
    private static readonly Column PreviewWaiverReason = new("previewWaiverReason", "免予预告理由");
    private static readonly Column PreviewSentOn = new("previewSentOn", "预告日期");
    private static readonly Column ScannedInAt = new("scannedInAt", "扫码时间");
    private static readonly Column NoScanReason = new("noScanReason", "未扫码理由");
    private static readonly Column RecorderNumber = new("recorder", "执法记录仪编号");
    private static readonly Column CompletedOn = new("completedOn", "完成日期");
    private static readonly Column Result = new("result", "检查结果");
    private static readonly Column ResultEnteredOn = new("resultEnteredOn", "结果录入日期");
    private static readonly Column PublishedOn = new("publishedOn", "公示日期");
    private static readonly Column NotPublishedBecause = new("notPublishedBecause", "不公示理由");
    private static readonly Column MergedInto = new("mergedInto", "已并入任务");
    private static readonly Column ExemptionWanted = new("exemptionWanted", "拟免予现场检查");
    private static readonly Column FullCoverage = new("fullCoverage", "全覆盖检查");

    public static Kind Kind { get; } = new(
        "tasks",
        "任务",
        [
            Id, Type, Unit, Enterprise, ScheduledOn, HalfDay, RegisteredOn, Plan, Ground, SourceNumber, Section, Items, Inspectors, JointUnits,
            ApprovedOn, ApprovedBy, PreviewWaived, PreviewWaiverReason, PreviewSentOn, ScannedInAt, NoScanReason, RecorderNumber, CompletedOn, Result, ResultEnteredOn,
            PublishedOn, NotPublishedBecause, MergedInto, ExemptionWanted, FullCoverage,
        ],
        Take);

    private static void Take(Line line, Registry registry)
    {
        var type = line.OneOf(
            Type,
            ("日常", InspectionType.Daily),
            (nameof(InspectionType.Daily), InspectionType.Daily),
            ("专项", InspectionType.Special),
            (nameof(InspectionType.Special), InspectionType.Special),
            ("临时", InspectionType.AdHoc),
            (nameof(InspectionType.AdHoc), InspectionType.AdHoc));
        var halfDay = line.OptionalText(HalfDay) ?? "";
        if (halfDay is not ("" or "上午" or "下午"))
            line.Report(HalfDay, $"不认识“{halfDay}”，可以写：上午、下午");
        var (scheduled, registered) = (line.Date(ScheduledOn), line.Date(RegisteredOn));
        if (scheduled != default && registered > scheduled)
            line.Report(RegisteredOn, "晚于检查日期");
        var ground = line.OptionalText(Ground) is { } word ? InspectionGrounds.Named(word) : InspectionGround.Plan;
        if (ground is null)
            line.Report(Ground, $"不认识“{line.OptionalText(Ground)}”，可以写：{string.Join('、', Enum.GetValues<InspectionGround>().Select(known => known.Name()))}");
        registry.Put(new TaskFacts(
            registry.Once(line, Id), type, line.Reference(Unit, registry.Units), line.Reference(Enterprise, registry.Enterprises), scheduled, registered)
        {
            HalfDay = halfDay,
            PlanId = line.OptionalText(Plan),
            Ground = ground ?? InspectionGround.Other,
            SourceNumber = line.OptionalText(SourceNumber),
            Section = line.OptionalText(Section) ?? "",
            ItemIds = line.References(Items, registry.Items),
            InspectorIds = line.References(Inspectors, registry.People),
            JointUnitIds = line.References(JointUnits, registry.Units),
            ApprovedOn = line.OptionalDate(ApprovedOn),
            ApprovedBy = line.OptionalReference(ApprovedBy, registry.People),
            PreviewWaived = line.Flag(PreviewWaived),
            PreviewWaiverReason = line.OptionalText(PreviewWaiverReason),
            PreviewSentOn = line.OptionalDate(PreviewSentOn),
            ScannedInAt = line.OptionalInstant(ScannedInAt),
            NoScanReason = line.OptionalText(NoScanReason),
            RecorderNumber = line.OptionalText(RecorderNumber),
            CompletedOn = line.OptionalDate(CompletedOn),
            Result = line.OptionalText(Result),
            ResultEnteredOn = line.OptionalDate(ResultEnteredOn),
            PublishedOn = line.OptionalDate(PublishedOn),
            NotPublishedBecause = line.OptionalText(NotPublishedBecause),
            MergedIntoTaskId = line.OptionalText(MergedInto),
            ExemptionWanted = line.Flag(ExemptionWanted),
            FullCoverage = line.Flag(FullCoverage),
        });
    }
}
