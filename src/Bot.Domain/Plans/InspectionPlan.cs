namespace Bot.Domain.Plans;

/// <summary>年度, 专项, 上级指定, 临时 (J07–J09, J14).</summary>
public enum PlanKind
{
    Annual,
    Special,
    FromAbove,
    AdHoc,
}

/// <summary>A unit's filed plan (检查计划): the year, what and whom it means to inspect, and how far its filing has come (J08, S25–S28).</summary>
public sealed class InspectionPlan
{
    private InspectionPlan()
    {
    }

    public InspectionPlan(string id, string unitId, int year, PlanKind kind, string title, DateOnly uploadedOn)
    {
        (Id, UnitId, Year, Kind, Title, UploadedOn) = (id, unitId, year, kind, title, uploadedOn);
    }

    public string Id { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public int Year { get; private set; }
    public PlanKind Kind { get; private set; }
    public string Title { get; private set; } = "";
    public DateOnly UploadedOn { get; private set; }

    /// <summary>With the city's unit, before the justice bureau (S26); not asked from towns and streets (S27).</summary>
    public DateOnly? SuperiorFiledOn { get; set; }
    public string? SuperiorNumber { get; set; }

    /// <summary>A special plan is approved by the district government or the superior.</summary>
    public DateOnly? GovernmentApprovedOn { get; set; }

    /// <summary>With the district's justice bureau; allows special inspections on quiet days (J14).</summary>
    public DateOnly? JusticeFiledOn { get; set; }
    public DateOnly? PublishedOn { get; set; }

    /// <summary>Why quiet days cannot be avoided.</summary>
    public string QuietDayReason { get; set; } = "";

    /// <summary>When the unit asked the justice bureau to file it for quiet days (J14).</summary>
    public DateOnly? QuietDaysAskedOn { get; private set; }

    public void AskForQuietDays(string because, DateOnly on) => (QuietDayReason, QuietDaysAskedOn) = (because, on);
}
