using Bot.Domain.Calendar;
using Bot.Domain.Merging;

namespace Bot.Import;

/// <summary>并办提示 that another platform gave, and what came of them (J25). Their limit is counted here, from the day of the hint.</summary>
internal static class MergeHints
{
    private static readonly Column Id = new("id", "提示编号");
    private static readonly Column Scope = new("scope", "范围");
    private static readonly Column Enterprise = new("enterprise", "企业编号");
    private static readonly Column TaskIds = new("tasks", "任务编号", Many: true);
    private static readonly Column IssuedAt = new("issuedAt", "提示时间");
    private static readonly Column DueOn = new("dueOn", "期限");
    private static readonly Column HandledAt = new("handledAt", "处理时间");
    private static readonly Column Lead = new("leadUnitOrSection", "牵头单位或科室");
    private static readonly Column Mechanism = new("gongmaoMechanism", "工贸协作联动");
    private static readonly Column Status = new("statusAtNow", "状态");
    private static readonly Column Note = new("note", "说明");

    public static Kind Kind { get; } = new(
        "mergeHints",
        "并办提示",
        [Id, Scope, Enterprise, TaskIds, IssuedAt, DueOn, HandledAt, Lead, Mechanism, Status, Note],
        Take);

    private static void Take(Line line, Registry registry)
    {
        var id = registry.Once(line, Id);
        var scope = line.OneOf(Scope, ("同一部门", MergeScope.SameUnit), ("跨部门", MergeScope.AcrossUnits));
        var enterprise = line.Reference(Enterprise, registry.Enterprises);
        var tasks = line.References(TaskIds, registry.Tasks);
        if (tasks.Distinct(StringComparer.Ordinal).Count() < 2)
            line.Report(TaskIds, "至少要有两个不同的任务");
        if (!line.Has(IssuedAt))
            line.Report(IssuedAt, "不能为空");
        var (issued, handled) = (line.OptionalInstant(IssuedAt), line.OptionalInstant(HandledAt));
        if (handled < issued)
            line.Report(HandledAt, "早于提示时间");
        if (issued is { } at && line.OptionalDate(DueOn) < ChinaClock.ToChinaDate(at))
            line.Report(DueOn, "早于提示时间");
        if (line.OptionalText(Status) is "按期处理" or "超期处理" && handled is null)
            line.Report(HandledAt, "状态写的是已处理，请写明处理时间");
        if (registry.MechanismOf(enterprise) is { } trade && line.Has(Mechanism) && line.Flag(Mechanism) != (trade && scope == MergeScope.AcrossUnits))
            line.Report(Mechanism, "和企业名单里的“工贸企业”不一致，请核对");
        var section = scope == MergeScope.SameUnit ? line.OptionalText(Lead) : null;
        registry.Put(new MergePrompt(id, id, scope, enterprise, tasks, issued ?? default).FromElsewhere(section, line.OptionalText(Note)), handled);
    }
}
