using Bot.Domain.Inspections;

namespace Bot.Domain.Drawing;

/// <summary>One draw of 双随机 as it is published: from seed and list anybody comes to the same objects and people (D10).</summary>
public sealed class Draw
{
    private Draw()
    {
    }

    internal Draw(string id, string number, string unitId, DrawWish wish, string drawnBy, DateOnly on, DateTime at)
    {
        (Id, Number, UnitId, DrawnBy, DrawnOn, DrawnAt, Year) = (id, number, unitId, drawnBy, on, at, on.Year);
        (Objects, Ratio, Type, PlanId, Seed, OverCapReason) = (wish.Objects, wish.Ratio, wish.Type, wish.PlanId, wish.Seed, wish.OverCapReason);
    }

    public string Id { get; private set; } = "";
    public string Number { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public int Year { get; private set; }

    /// <summary>The words that named the list: 全部, a town, an industry.</summary>
    public string Objects { get; private set; } = "";
    public decimal Ratio { get; private set; }

    /// <summary>Daily, or special where a general problem is looked into (D21).</summary>
    public InspectionType Type { get; private set; }
    public string? PlanId { get; private set; }
    public string Seed { get; private set; } = "";
    public string DrawnBy { get; private set; } = "";
    public DateOnly DrawnOn { get; private set; }
    public DateTime DrawnAt { get; private set; }
    public string ObjectsHash { get; private set; } = "";
    public string InspectorsHash { get; private set; } = "";
    public int ListSize { get; private set; }

    /// <summary>The list as it was hashed, for whoever wants to draw again.</summary>
    public string List { get; private set; } = "";
    public List<string> Inspectors { get; private set; } = [];

    /// <summary>Who was drawn and had to step back, and why (D10).</summary>
    public List<string> Redraws { get; private set; } = [];

    /// <summary>Why objects at their cap were drawn all the same (D11).</summary>
    public string? OverCapReason { get; private set; }

    internal void Record(ReadOnlySpan<DrawEntry> list, IEnumerable<string> inspectors, string inspectorsHash, IEnumerable<string> redraws)
    {
        (ObjectsHash, ListSize, List) = (WeightedDraw.HashOf(list), list.Length, DrawList.Write(list));
        (Inspectors, InspectorsHash, Redraws) = ([.. inspectors], inspectorsHash, [.. redraws]);
    }
}

/// <summary>What is to be drawn.</summary>
/// <param name="Objects">全部, a town or an industry.</param>
/// <param name="Ratio">The share in percent.</param>
/// <param name="Type">Daily or special (D21).</param>
/// <param name="Seed">Published; best a number that nobody could choose.</param>
public sealed record DrawWish(string Objects, decimal Ratio, InspectionType Type, string Seed)
{
    public string? PlanId { get; init; }

    /// <summary>Enterprises that one more visit would take over their cap stay out of the list (D11).</summary>
    public bool LeaveOutCapped { get; init; } = true;
    public string? OverCapReason { get; init; }
}

/// <summary>An enterprise that was drawn, with the people who go there.</summary>
public sealed class DrawnObject
{
    private DrawnObject()
    {
    }

    internal DrawnObject(string drawId, string enterpriseId, int ordinal, DrawWeight weight, IEnumerable<string> inspectorIds)
    {
        (DrawId, EnterpriseId, Ordinal, Weight, WeightReason) = (drawId, enterpriseId, ordinal, weight.Weight, weight.Why);
        InspectorIds = [.. inspectorIds];
    }

    public string DrawId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public int Ordinal { get; private set; }
    public int Weight { get; private set; }
    public string WeightReason { get; private set; } = "";
    public List<string> InspectorIds { get; private set; } = [];
}

/// <summary>An inspector who must not inspect an enterprise: kin, shares, a former employer (回避, D10).</summary>
public sealed class ConflictOfInterest
{
    private ConflictOfInterest()
    {
    }

    public ConflictOfInterest(string personId, string enterpriseId, string reason, DateOnly declaredOn)
    {
        (PersonId, EnterpriseId, Reason, DeclaredOn) = (personId, enterpriseId, reason, declaredOn);
    }

    public string PersonId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public string Reason { get; private set; } = "";
    public DateOnly DeclaredOn { get; private set; }
}
