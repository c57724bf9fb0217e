using Bot.Domain.Plans;

namespace Bot.Import;

/// <summary>检查计划: what each unit means to inspect in a year, and how far its filing has come (J08, S25–S28).</summary>
internal static class Plans
{
    private static readonly Column Id = new("id", "计划编号");
    private static readonly Column Unit = new("unit", "单位编号");
    private static readonly Column Year = new("year", "年度");
    private static readonly Column PlanKind = new("type", "计划类型");
    private static readonly Column Title = new("title", "计划名称");
    private static readonly Column UploadedOn = new("uploadedOn", "上传日期");
    private static readonly Column SuperiorFiledOn = new("superiorFiledOn", "市级备案日期");
    private static readonly Column SuperiorNumber = new("superiorNumber", "市级备案编号");
    private static readonly Column GovernmentApprovedOn = new("governmentApprovedOn", "政府批准日期");
    private static readonly Column JusticeFiledOn = new("justiceFiledOn", "司法局备案日期");
    private static readonly Column PublishedOn = new("publishedOn", "公布日期");
    private static readonly Column QuietDayReason = new("quietDayReason", "安静日实施理由");

    public static Kind Kind { get; } = new(
        "plans",
        "计划",
        [Id, Unit, Year, PlanKind, Title, UploadedOn, SuperiorFiledOn, SuperiorNumber, GovernmentApprovedOn, JusticeFiledOn, PublishedOn, QuietDayReason],
        Take);

    private static void Take(Line line, Registry registry)
    {
        var kind = line.OneOf(
            PlanKind,
            ("日常", Domain.Plans.PlanKind.Annual),
            ("年度", Domain.Plans.PlanKind.Annual),
            ("专项", Domain.Plans.PlanKind.Special),
            ("上级指定", Domain.Plans.PlanKind.FromAbove),
            ("临时", Domain.Plans.PlanKind.AdHoc));
        var year = line.OptionalNumber(Year);
        if (year is null or < 2000 or > 2100)
            line.Report(Year, "请写四位年份");
        registry.Put(new InspectionPlan(registry.Once(line, Id), line.Reference(Unit, registry.Units), year ?? 0, kind, line.Text(Title), line.Date(UploadedOn))
        {
            SuperiorFiledOn = line.OptionalDate(SuperiorFiledOn),
            SuperiorNumber = line.OptionalText(SuperiorNumber),
            GovernmentApprovedOn = line.OptionalDate(GovernmentApprovedOn),
            JusticeFiledOn = line.OptionalDate(JusticeFiledOn),
            PublishedOn = line.OptionalDate(PublishedOn),
            QuietDayReason = line.OptionalText(QuietDayReason) ?? "",
        });
    }
}
