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
    private static readonly Column Trigger = new("trigger", "检查事由");
    private static readonly Column Section = new("section", "科室");
    private static readonly Column Items = new("items", "事项编号", Many: true);
    private static readonly Column Inspectors = new("inspectors", "检查人员", Many: true);
    private static readonly Column JointUnits = new("jointUnits", "联合单位", Many: true);
    private static readonly Column ApprovedOn = new("approvedOn", "批准日期");
    private static readonly Column ApprovedBy = new("approvedBy", "批准人");
    private static readonly Column PreviewWaived = new("previewWaived", "免予预告");
    private static readonly Column PreviewSentOn = new("previewSentOn", "预告日期");
    private static readonly Column ScannedInAt = new("scannedInAt", "扫码时间");
    private static readonly Column NoScanReason = new("noScanReason", "未扫码理由");
    private static readonly Column CompletedOn = new("completedOn", "完成日期");
    private static readonly Column Result = new("result", "检查结果");
    private static readonly Column ResultEnteredOn = new("resultEnteredOn", "结果录入日期");
    private static readonly Column PublishedOn = new("publishedOn", "公示日期");

    public static Kind Kind { get; } = new(
        "tasks",
        "任务",
        [
            Id, Type, Unit, Enterprise, ScheduledOn, HalfDay, RegisteredOn, Plan, Trigger, Section, Items, Inspectors, JointUnits,
            ApprovedOn, ApprovedBy, PreviewWaived, PreviewSentOn, ScannedInAt, NoScanReason, CompletedOn, Result, ResultEnteredOn, PublishedOn,
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
        registry.Put(new InspectionTask(
            registry.Once(line, Id), type, line.Reference(Unit, registry.Units), line.Reference(Enterprise, registry.Enterprises), scheduled, registered)
        {
            HalfDay = halfDay,
            PlanId = line.OptionalText(Plan),
            Trigger = line.OptionalText(Trigger) ?? "",
            Section = line.OptionalText(Section) ?? "",
            ItemIds = line.References(Items, registry.Items),
            InspectorIds = line.References(Inspectors, registry.People),
            JointUnitIds = line.References(JointUnits, registry.Units),
            ApprovedOn = line.OptionalDate(ApprovedOn),
            ApprovedBy = line.OptionalReference(ApprovedBy, registry.People),
            PreviewWaived = line.Flag(PreviewWaived),
            PreviewSentOn = line.OptionalDate(PreviewSentOn),
            ScannedInAt = line.OptionalInstant(ScannedInAt),
            NoScanReason = line.OptionalText(NoScanReason),
            CompletedOn = line.OptionalDate(CompletedOn),
            Result = line.OptionalText(Result),
            ResultEnteredOn = line.OptionalDate(ResultEnteredOn),
            PublishedOn = line.OptionalDate(PublishedOn),
        });
    }
}
