using System.Globalization;

namespace Bot.Domain.Plans;

/// <summary>One line of a plan as its maker wrote it, checked against the lists.</summary>
/// <param name="Row">The row of the file, for whoever has to mend it.</param>
/// <param name="Target">An enterprise's name, or the group that is drawn from: 餐饮服务单位.</param>
public sealed record PlanLineFacts(int Row, string Target)
{
    /// <summary>Null for a group.</summary>
    public string? EnterpriseId { get; init; }
    public List<string> ItemIds { get; init; } = [];
    public int MonthFrom { get; init; }
    public int MonthTo { get; init; }

    /// <summary>抽查比例 in percent; null when the file has none.</summary>
    public decimal? Ratio { get; init; }

    /// <summary>How often one object is visited in the year (W08).</summary>
    public int? Visits { get; init; }
    public string Way { get; init; } = "";
    public List<string> JointUnitIds { get; init; } = [];

    /// <summary>分工: who does what in a joint inspection (W04).</summary>
    public string Division { get; init; } = "";

    /// <summary>综合监管领域; its lead unit leads the line (W03).</summary>
    public string Field { get; init; } = "";
    public string? LeadUnitId { get; init; }

    /// <summary>What a plan must say and this line does not (W04, W08), as the column is called.</summary>
    public IEnumerable<string> Lacks()
    {
        if (Target.Length == 0)
            yield return PlanColumns.Target;
        if (ItemIds.Count == 0)
            yield return PlanColumns.Items;
        if (MonthFrom == 0)
            yield return PlanColumns.Month;
        if (Ratio is null)
            yield return PlanColumns.Ratio;
        if (JointUnitIds.Count == 0)
            yield break;
        if (Visits is null)
            yield return PlanColumns.Visits;
        if (Way.Length == 0)
            yield return PlanColumns.Way;
        if (Division.Length == 0)
            yield return PlanColumns.Division;
    }
}

/// <summary>The headings of a plan sheet.</summary>
public static class PlanColumns
{
    public const string Target = "检查对象";
    public const string Items = "检查事项";
    public const string Month = "月份";
    public const string Ratio = "检查比例";
    public const string Visits = "频次";
    public const string Way = "检查方式";
    public const string JointUnits = "联合单位";
    public const string Division = "分工";
    public const string Field = "综合监管领域";

    public static IReadOnlyList<string> All { get; } = [Target, Items, Month, Ratio, Visits, Way, JointUnits, Division, Field];

    /// <summary>A sheet without these is no plan.</summary>
    public static IReadOnlyList<string> Needed { get; } = [Target, Items, Month, Ratio];
}

/// <summary>A line of one version of a plan, kept for good (J09).</summary>
public sealed class PlanLine
{
    private PlanLine()
    {
    }

    internal PlanLine(InspectionPlan plan, int ordinal, PlanLineFacts facts)
    {
        (PlanId, Version, Ordinal) = (plan.Id, plan.Version, ordinal);
        (Target, EnterpriseId, ItemIds, MonthFrom, MonthTo) = (facts.Target, facts.EnterpriseId, [.. facts.ItemIds], facts.MonthFrom, facts.MonthTo);
        (Ratio, Visits, Way, JointUnitIds) = (facts.Ratio ?? 0, facts.Visits ?? 1, facts.Way, [.. facts.JointUnitIds]);
        (Division, Field, LeadUnitId) = (facts.Division, facts.Field, facts.LeadUnitId ?? plan.UnitId);
    }

    public string PlanId { get; private set; } = "";
    public int Version { get; private set; }
    public int Ordinal { get; private set; }
    public string Target { get; private set; } = "";
    public string? EnterpriseId { get; private set; }
    public List<string> ItemIds { get; private set; } = [];
    public int MonthFrom { get; private set; }
    public int MonthTo { get; private set; }
    public decimal Ratio { get; private set; }
    public int Visits { get; private set; }
    public string Way { get; private set; } = "";
    public List<string> JointUnitIds { get; private set; } = [];
    public string Division { get; private set; } = "";
    public string Field { get; private set; } = "";
    public string LeadUnitId { get; private set; } = "";

    public bool IsJoint => JointUnitIds.Count > 0;

    public string InWords =>
        string.Create(CultureInfo.InvariantCulture, $"{Target}，{(MonthFrom == MonthTo ? $"{MonthFrom}月" : $"{MonthFrom}—{MonthTo}月")}，比例{Ratio:0.##}%，每家{Visits}次{(IsJoint ? "，联合检查" : "")}");
}
