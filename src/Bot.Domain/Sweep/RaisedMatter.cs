using Bot.Domain.Results;
using Bot.Domain.Rules;

namespace Bot.Domain.Sweep;

/// <summary>A matter that was raised: told to whom it concerns, or written into the book of deadlines. There is one row for one cause, however often it is found.</summary>
public sealed class RaisedMatter
{
    private RaisedMatter()
    {
    }

    internal RaisedMatter(Matter matter, DateTime at)
    {
        (Key, Kind, SubjectId, UnitId, DueOn, RaisedAt) = (matter.Key, matter.Kind, matter.SubjectId, matter.UnitId, matter.DueOn, at);
    }

    public string Key { get; private set; } = "";
    public MatterKind Kind { get; private set; }
    public string SubjectId { get; private set; } = "";
    public string? UnitId { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public DateTime RaisedAt { get; private set; }
}

/// <summary>Which matters are deadlines that somebody has to meet: design.md decision 3.</summary>
internal static class RaisedDeadlines
{
    public const string UrgentApproval = TaskDeadlines.UrgentApproval;

    /// <summary>The kind of deadline that a matter opens; null for those that are told as they are, and while the limit does not count yet.</summary>
    public static string? KindOf(Matter matter) => matter.StartedOn is null ? null : matter.Kind switch
    {
        MatterKind.ResultPending or MatterKind.ResultOverdue => TaskDeadlines.Result,
        MatterKind.PublicityPending or MatterKind.PublicityDueSoon or MatterKind.PublicityOverdue => TaskDeadlines.Publication,
        MatterKind.UrgentApprovalMissing => UrgentApproval,
        _ => null,
    };

    public static Limit LimitOf(string kind, RulePack rules) => kind switch
    {
        TaskDeadlines.Result => rules.ResultEntry,
        TaskDeadlines.Publication => rules.Publication,
        _ => rules.UrgentApproval,
    };

    public static string Title(string kind, string taskId) => kind switch
    {
        TaskDeadlines.Result => TaskDeadlines.ResultTitle(taskId),
        TaskDeadlines.Publication => TaskDeadlines.PublicationTitle(taskId),
        _ => $"紧急检查{taskId}补办审批",
    };
}
