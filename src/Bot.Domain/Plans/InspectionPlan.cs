using Bot.Domain.Rules;

namespace Bot.Domain.Plans;

/// <summary>年度, 专项, 上级指定, 临时 (J07–J09, J14).</summary>
public enum PlanKind
{
    Annual,
    Special,
    FromAbove,
    AdHoc,
}

public static class PlanKinds
{
    public static string Name(this PlanKind kind) => kind switch
    {
        PlanKind.Annual => "年度检查计划",
        PlanKind.Special => "专项检查计划",
        PlanKind.FromAbove => "上级指定检查计划",
        _ => "临时检查计划",
    };
}

/// <summary>
/// A unit's filed plan (检查计划): the year, what and whom it means to inspect, and how far its filing has come (J08, S25–S28).
/// The lines stand in <see cref="PlanLine"/>, one set a version; what an earlier version was stays in <see cref="PlanVersion"/> (J09).
/// </summary>
public sealed class InspectionPlan
{
    private static readonly Rule SuperiorOnce = new("市级备案已经登记过。", "S26");
    private static readonly Rule SuperiorFirst = new("请先完成市级备案并登记备案编号，再报区司法局。", "S26");
    private static readonly Rule NotOfTowns = new("镇街的计划不用报市级备案，请直接报区司法局备案。", "S27");
    private static readonly Rule ApprovedFirst = new("专项检查计划请先登记政府或上级的批准，再报区司法局备案。", "J14");
    private static readonly Rule ApprovalOfSpecial = new("只有专项和上级指定的计划要登记批准文件。", "J14");
    private static readonly Rule JusticeOnce = new("这个计划已经报区司法局备案。", "S26");
    private static readonly Rule FiledFirst = new("请先报区司法局备案，再向社会公告。", "S28");
    private static readonly Rule PublishedOnce = new("这个计划已经公告。", "S28");
    private static readonly Rule ReviewedAfterFiling = new("计划还没有报区司法局备案，报来以后才能审查。", "S25");
    private static readonly Rule ReasonForNo = new("有“不合法”“不合理”或“不协调”的，请写明理由，单位会看到。", "S25");

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

    /// <summary>The document number, of a plan uploaded here.</summary>
    public string? Number { get; private set; }

    /// <summary>When the first version came; a later one does not make it late (J08, J09).</summary>
    public DateOnly UploadedOn { get; private set; }
    public int Version { get; private set; } = 1;

    /// <summary>With the city's unit, before the justice bureau (S26); not asked from towns and streets (S27).</summary>
    public DateOnly? SuperiorFiledOn { get; set; }
    public string? SuperiorNumber { get; set; }

    /// <summary>A special plan is approved by the district government or the superior.</summary>
    public DateOnly? GovernmentApprovedOn { get; set; }
    public string? GovernmentNumber { get; private set; }

    /// <summary>With the district's justice bureau; allows special inspections on quiet days (J14).</summary>
    public DateOnly? JusticeFiledOn { get; set; }
    public DateOnly? PublishedOn { get; set; }

    /// <summary>Why quiet days cannot be avoided.</summary>
    public string QuietDayReason { get; set; } = "";

    /// <summary>When the unit asked the justice bureau to file it for quiet days (J14).</summary>
    public DateOnly? QuietDaysAskedOn { get; private set; }

    /// <summary>合法、合理、协调 as the justice bureau found it (S25); null while it has not looked.</summary>
    public bool? Lawful { get; private set; }
    public bool? Reasonable { get; private set; }
    public bool? Coordinated { get; private set; }
    public string ReviewNote { get; private set; } = "";
    public DateOnly? ReviewedOn { get; private set; }

    /// <summary>Special and assigned plans stand under somebody's approval, annual ones under the superior's filing.</summary>
    public bool NeedsApproval => Kind == PlanKind.Special;

    public bool NeedsSuperior(string unitLevel) => Kind == PlanKind.Annual && unitLevel == People.Unit.DistrictLevel;

    /// <summary>Only the annual plan has a day by which it must be there (J08).</summary>
    public bool IsLate(RulePack rules) => Kind == PlanKind.Annual && UploadedOn > rules.AnnualPlanBy.In(Year);

    public void AskForQuietDays(string because, DateOnly on) => (QuietDayReason, QuietDaysAskedOn) = (because, on);

    public void IsNumbered(string number) => Number = number;

    public void FileWithSuperior(string unitLevel, string number, DateOnly on)
    {
        NotOfTowns.Require(unitLevel == People.Unit.DistrictLevel);
        SuperiorOnce.Require(SuperiorFiledOn is null);
        (SuperiorFiledOn, SuperiorNumber) = (on, number);
    }

    public void ApproveByGovernment(string number, DateOnly on)
    {
        ApprovalOfSpecial.Require(Kind is PlanKind.Special or PlanKind.FromAbove);
        (GovernmentApprovedOn, GovernmentNumber) = (on, number);
    }

    public void FileWithJustice(string unitLevel, DateOnly on)
    {
        JusticeOnce.Require(JusticeFiledOn is null);
        SuperiorFirst.Require(!NeedsSuperior(unitLevel) || SuperiorFiledOn is not null);
        ApprovedFirst.Require(!NeedsApproval || GovernmentApprovedOn is not null);
        JusticeFiledOn = on;
    }

    public void Publish(DateOnly on)
    {
        PublishedOnce.Require(PublishedOn is null);
        FiledFirst.Require(JusticeFiledOn is not null);
        PublishedOn = on;
    }

    public void Review(bool lawful, bool reasonable, bool coordinated, string note, DateOnly on)
    {
        ReviewedAfterFiling.Require(JusticeFiledOn is not null);
        ReasonForNo.Require((lawful && reasonable && coordinated) || !string.IsNullOrWhiteSpace(note));
        (Lawful, Reasonable, Coordinated, ReviewNote, ReviewedOn) = (lawful, reasonable, coordinated, note, on);
    }

    /// <summary>Another version; what was filed, reviewed and published was the one before (J09).</summary>
    public PlanVersion Revise(string title, string reason, DateOnly on)
    {
        var before = new PlanVersion(this, reason, on);
        (Title, Version) = (title, Version + 1);
        (SuperiorFiledOn, SuperiorNumber, GovernmentApprovedOn, GovernmentNumber, JusticeFiledOn, PublishedOn) = (null, null, null, null, null, null);
        (Lawful, Reasonable, Coordinated, ReviewNote, ReviewedOn, QuietDaysAskedOn) = (null, null, null, "", null, null);
        return before;
    }

    /// <summary>What another platform's file says; what it does not know stays.</summary>
    public void TakeOver(InspectionPlan said)
    {
        (UnitId, Year, Kind, Title, UploadedOn) = (said.UnitId, said.Year, said.Kind, said.Title, said.UploadedOn);
        (SuperiorFiledOn, SuperiorNumber) = (said.SuperiorFiledOn ?? SuperiorFiledOn, said.SuperiorNumber ?? SuperiorNumber);
        (GovernmentApprovedOn, JusticeFiledOn) = (said.GovernmentApprovedOn ?? GovernmentApprovedOn, said.JusticeFiledOn ?? JusticeFiledOn);
        (PublishedOn, QuietDayReason) = (said.PublishedOn ?? PublishedOn, said.QuietDayReason.Length > 0 ? said.QuietDayReason : QuietDayReason);
    }

    /// <summary>What is to be done next, as a state people know.</summary>
    public string Stage(string unitLevel) => this switch
    {
        { JusticeFiledOn: null, SuperiorFiledOn: null } when NeedsSuperior(unitLevel) => "待市级备案",
        { JusticeFiledOn: null, GovernmentApprovedOn: null } when NeedsApproval => "待政府批准",
        { JusticeFiledOn: null } => "待报区司法局备案",
        { PublishedOn: null } when unitLevel == People.Unit.DistrictLevel => "待公告",
        { PublishedOn: null } => "已备案",
        _ => "已公告",
    };
}

/// <summary>An earlier version as it stood when the next one replaced it, and why it did (J09).</summary>
public sealed class PlanVersion
{
    private PlanVersion()
    {
    }

    internal PlanVersion(InspectionPlan plan, string replacedBecause, DateOnly replacedOn)
    {
        (PlanId, Version, Title, ReplacedBecause, ReplacedOn) = (plan.Id, plan.Version, plan.Title, replacedBecause, replacedOn);
        (SuperiorFiledOn, JusticeFiledOn, PublishedOn) = (plan.SuperiorFiledOn, plan.JusticeFiledOn, plan.PublishedOn);
    }

    public string PlanId { get; private set; } = "";
    public int Version { get; private set; }
    public string Title { get; private set; } = "";
    public string ReplacedBecause { get; private set; } = "";
    public DateOnly ReplacedOn { get; private set; }
    public DateOnly? SuperiorFiledOn { get; private set; }
    public DateOnly? JusticeFiledOn { get; private set; }
    public DateOnly? PublishedOn { get; private set; }
}
