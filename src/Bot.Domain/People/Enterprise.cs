namespace Bot.Domain.People;

/// <summary>An inspected enterprise as the registry imports it (经营主体).</summary>
public sealed class Enterprise
{
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
}

/// <summary>An enforcing unit (行政执法单位).</summary>
public sealed class Unit
{
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

    /// <summary>Who answers guidance requests that no task's inspectors are there for (J18).</summary>
    public string? GuidanceDeskPersonId { get; set; }
}
