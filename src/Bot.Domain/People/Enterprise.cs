namespace Bot.Domain.People;

/// <summary>An inspected enterprise as the registry imports it (经营主体).</summary>
public sealed class Enterprise
{
    public const string HighRisk = "高";

    private Enterprise()
    {
    }

    public Enterprise(string id, string name, string? creditCode)
    {
        (Id, Name, CreditCode) = (id, name, creditCode);
    }

    public string Id { get; private set; } = "";
    public string Name { get; private set; } = "";

    /// <summary>统一社会信用代码, GB 32100-2015, 18 characters; null for one without a licence (未申领执照, J31), to which nobody can be bound.</summary>
    public string? CreditCode { get; private set; }
    public string Town { get; set; } = "";
    public string Industry { get; set; } = "";
    public string IndustryCode { get; set; } = "";

    /// <summary>工贸 enterprise; decides J29 only.</summary>
    public bool IndustryAndTrade { get; set; }
    public int Employees { get; set; }
    public string CreditLevel { get; set; } = "";
    public string RiskLevel { get; set; } = "";
    public bool LongTermTopCredit { get; set; }
    public bool FlexibleWhitelist { get; set; }
    public int? AnnualOnSiteCapPerUnit { get; set; }

    /// <summary>The day it moved to where it is now; the place it left no longer inspects it (W16).</summary>
    public DateOnly? MovedOn { get; set; }

    /// <summary>经营异常名录 or 严重违法失信名单: looked at more closely (D12).</summary>
    public bool Abnormal { get; set; }

    /// <summary>Complaints about it this year, as the hotline counts them (D12).</summary>
    public int ComplaintsThisYear { get; set; }
}

/// <summary>An enforcing unit (行政执法单位).</summary>
public sealed class Unit
{
    public const string DistrictLevel = "district";

    private Unit()
    {
    }

    public Unit(string id, string name, string level, string field, string phone)
    {
        (Id, Name, Level, Field, Phone) = (id, name, level, field, phone);
    }

    public string Id { get; private set; } = "";
    public string Name { get; private set; } = "";

    /// <summary><c>district</c>, <c>town</c> or <c>subdistrict</c>; <c>city</c> for one whose results are taken over (W15).</summary>
    public string Level { get; private set; } = "";
    public string Field { get; private set; } = "";
    public string Phone { get; private set; } = "";
    public List<string> Sections { get; set; } = [];

    /// <summary>Its plans are filed and watched here; those of the city's units, known for what they inspected (W15), are not.</summary>
    public bool IsOfThisDistrict => Level is DistrictLevel or "town" or "subdistrict";

    /// <summary>综合监管领域 that this unit leads where several oversee (W03).</summary>
    public List<string> LeadsFields { get; set; } = [];

    /// <summary>Who entrusted the unit with its power, and the last day of it (S23); both null for a unit that has its own.</summary>
    public string? EntrustedBy { get; set; }
    public DateOnly? EntrustedUntil { get; set; }

    /// <summary>Who answers guidance requests that no task's inspectors are there for (J18).</summary>
    public string? GuidanceDeskPersonId { get; set; }
}
