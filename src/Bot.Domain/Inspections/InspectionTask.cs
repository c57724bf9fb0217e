namespace Bot.Domain.Inspections;

/// <summary>Daily 日常 (double-random included), special 专项, ad-hoc 临时 (J07).</summary>
public enum InspectionType
{
    Daily,
    Special,
    AdHoc,
}

/// <summary>
/// One visit to one enterprise by one or more units (检查任务). Holds the facts a preview, a rating and a complaint need;
/// the way from registration to publication is imported here until the platform's own steps run in this service.
/// </summary>
public sealed class InspectionTask
{
    private InspectionTask()
    {
    }

    public InspectionTask(string id, InspectionType type, string unitId, string enterpriseId, DateOnly scheduledOn, DateOnly registeredOn)
    {
        (Id, Type, UnitId, EnterpriseId, ScheduledOn, RegisteredOn) = (id, type, unitId, enterpriseId, scheduledOn, registeredOn);
    }

    public string Id { get; private set; } = "";
    public InspectionType Type { get; private set; }
    public string UnitId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public DateOnly ScheduledOn { get; private set; }

    /// <summary>上午 or 下午, empty when not fixed.</summary>
    public string HalfDay { get; set; } = "";
    public DateOnly RegisteredOn { get; private set; }
    public string? PlanId { get; set; }

    /// <summary>The ground: 计划, 投诉举报, 转办交办 … (J11).</summary>
    public string Trigger { get; set; } = "";
    public string Section { get; set; } = "";
    public List<string> ItemIds { get; set; } = [];
    public List<string> InspectorIds { get; set; } = [];
    public List<string> JointUnitIds { get; set; } = [];
    public DateOnly? ApprovedOn { get; set; }
    public string? ApprovedBy { get; set; }

    /// <summary>A surprise inspection: no word of it reaches the enterprise before it begins (J19).</summary>
    public bool PreviewWaived { get; set; }
    public DateOnly? PreviewSentOn { get; set; }
    public DateTime? ScannedInAt { get; set; }
    public string? NoScanReason { get; set; }
    public DateOnly? CompletedOn { get; set; }
    public string? Result { get; set; }
    public DateOnly? ResultEnteredOn { get; set; }
    public DateOnly? PublishedOn { get; set; }
}

/// <summary>An item of a unit's published list (检查事项): what is looked at, on which basis, against which standard.</summary>
public sealed class InspectionItem
{
    private InspectionItem()
    {
    }

    public InspectionItem(string id, string unitId, string name, string basis)
    {
        (Id, UnitId, Name, Basis) = (id, unitId, name, basis);
    }

    public string Id { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string Basis { get; private set; } = "";
    public string Content { get; set; } = "";
    public string Method { get; set; } = "";
    public bool Published { get; set; }

    /// <summary>The standards in plain words, one a line; they are the self-check list too (J16, J17).</summary>
    public List<string> Standards { get; set; } = [];
}
