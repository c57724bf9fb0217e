namespace Bot.Domain.Merging;

/// <summary>检验、检测、技术鉴定.</summary>
public enum TestKind
{
    Inspection,
    Testing,
    Appraisal,
}

/// <summary>A test or appraisal made in the course of an inspection; every unit uses it instead of sampling again (W10).</summary>
public sealed class TestReport
{
    private TestReport()
    {
    }

    internal TestReport(string id, string taskId, string unitId, string enterpriseId, string itemName, TestKind kind, DateOnly on)
    {
        (Id, TaskId, UnitId, EnterpriseId, ItemName, Kind, On) = (id, taskId, unitId, enterpriseId, itemName, kind, on);
    }

    public string Id { get; private set; } = "";
    public string TaskId { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";

    /// <summary>By name: every unit has ids of its own for the same item.</summary>
    public string ItemName { get; private set; } = "";
    public TestKind Kind { get; private set; }
    public DateOnly On { get; private set; }

    /// <summary>Who tested, and the report's own number.</summary>
    public string Institute { get; init; } = "";
    public string ReportNumber { get; init; } = "";
    public string Conclusion { get; init; } = "";

    /// <summary>Why it was tested again within the year.</summary>
    public string? AgainBecause { get; init; }
}

public static class TestKinds
{
    public static string Name(this TestKind kind) => kind switch
    {
        TestKind.Inspection => "检验",
        TestKind.Testing => "检测",
        _ => "技术鉴定",
    };
}
